"""The text of a source and its places: paragraphs, sentences, spans, quotes."""
