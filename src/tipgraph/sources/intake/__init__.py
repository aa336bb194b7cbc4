"""What a person brings in: documents, quotes and rows become the text, evidence and tables of a source."""
