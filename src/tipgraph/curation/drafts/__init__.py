"""Drafts: claims that rules and language models propose, each with the words that say it. A person decides them.

draft_text  →  rules · language_model  →  draft_file  →  session (a person at the page)  →  rows and a ledger
"""
