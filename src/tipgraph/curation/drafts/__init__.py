"""Drafts: claims that rules and language models propose, each with the words that say it. A person decides them."""
