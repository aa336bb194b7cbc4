"""Rows that drafts and people propose, as tables have them: forms, sentences, and the claims that say the same."""
