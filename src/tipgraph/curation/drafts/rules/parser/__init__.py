"""Sentences as a parser of English divides them."""
