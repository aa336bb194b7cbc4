"""Contradictions between and within sources: the findings of readers and rules, and the answers of a person.

    rules (pairs of claims that may contradict)  →  cases (contradictions)  →  desk (answers in `conflicts.csv`)

A rule proposes and a person judges. Only answers are written, each with the kind of its judge.
"""

from tipgraph.curation.conflicts.cases import Case, ConflictAnswer, Tally, tally
from tipgraph.curation.conflicts.desk import ConflictDesk
from tipgraph.curation.conflicts.rules import Rule

__all__ = ["Case", "ConflictAnswer", "ConflictDesk", "Rule", "Tally", "tally"]
