"""A person at the drafts of a source: what is shown, what is decided, what is kept."""
