"""Drafts by rules: a table of frames, `ontology/frames.csv`, and patterns of routes, amounts, dates and names."""

from tipgraph.curation.drafts.rules.drafter import Rules as Rules
