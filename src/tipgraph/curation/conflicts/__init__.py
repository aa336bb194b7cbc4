"""Contradictions between and within sources: what readers and rules found, and what a person answered.

    rules (pairs of claims that may contradict)  →  cases (one contradiction each)  →  desk  ⇄  ledger (`conflicts.csv`)

A rule proposes and a person judges. Only answers are written, each with the kind of its judge.
"""

from tipgraph.curation.conflicts.cases import Case, ConflictAnswer, Tally, tally
from tipgraph.curation.conflicts.desk import ConflictDesk
from tipgraph.curation.conflicts.rules import Rule

__all__ = ["Case", "ConflictAnswer", "ConflictDesk", "Rule", "Tally", "tally"]
