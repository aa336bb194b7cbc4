"""Where sources contradict each other or themselves: what readers and rules found, and what was answered.

rules (pairs of claims that may contradict each other) · cases (one contradiction, its sides and its answer)
→  book (answers, in `conflicts.csv`)  →  desk (all of it, for whoever judges)

A rule proposes, and somebody judges: nothing is written but an answer, with the kind of its judge.
"""

from tipgraph.curation.conflicts.cases import Case, ConflictAnswer, Tally, tally
from tipgraph.curation.conflicts.desk import ConflictDesk
from tipgraph.curation.conflicts.rules import Rule

__all__ = ["Case", "ConflictAnswer", "ConflictDesk", "Rule", "Tally", "tally"]
