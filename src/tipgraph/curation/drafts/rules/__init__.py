"""Drafts by rules: a table of frames, `ontology/frames.csv`, and patterns of routes, amounts, dates and names."""
