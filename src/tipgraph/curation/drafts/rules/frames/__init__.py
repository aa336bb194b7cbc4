"""The table of frames, and the parts of a clause that fill it."""
