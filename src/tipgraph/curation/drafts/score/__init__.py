"""How good drafts are, against the claims of readers."""
