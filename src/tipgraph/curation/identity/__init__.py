"""Which entries may be one: blocks of names, scores, candidates, and the answers that a person gives."""
