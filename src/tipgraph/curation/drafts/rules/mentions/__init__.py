"""The entries that a sentence mentions, known, named before, or new."""
