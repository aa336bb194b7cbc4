"""Personal data: how it is found in cells, and what a person answered about it."""

from tipgraph.sources.privacy import allowlist

__all__ = ["allowlist"]
