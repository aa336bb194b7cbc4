"""Importers: each reads one kind of open data into the tables of a source (`registry` lists them)."""
