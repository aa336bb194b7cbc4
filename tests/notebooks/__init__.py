"""Notebooks, and what they are made of: tables, things that show themselves, drawings."""
