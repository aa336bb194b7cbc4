"""What a person brings in: documents, quotes and rows become the text, evidence and tables of a source."""

from tipgraph.sources.intake import evidence_tables

__all__ = ["evidence_tables"]
