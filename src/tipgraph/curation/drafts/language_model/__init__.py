"""Drafts by a language model that the user names: one sentence per request, nothing trusted, everything counted.

sentence + title, period, known names  →  chat server  →  answer (JSON)  →  checks: form, words, names, codes  →  drafts

Decision: docs/decisions/0156-a-language-model-only-proposes.md.
"""
