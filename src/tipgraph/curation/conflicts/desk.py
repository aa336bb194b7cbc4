"""What whoever judges contradictions needs: all that readers and rules found, and the book of answers.

Decision: docs/decisions/0017-conflicts-is-a-command-of-its-own.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from pyoxigraph import NamedNode

from tipgraph.curation.conflicts.cases import Case, kept, source_of
from tipgraph.curation.conflicts.ledger import ConflictLedger, GivenAnswer
from tipgraph.curation.conflicts.rules import Rule, propose
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph import Graph
from tipgraph.sources import Judge


class ConflictDesk:
    """A graph, and the answers that belong to it; `data` is the folder of sources whose tables are written.

    >>> from tipgraph import build
    >>> ConflictDesk(build()).case("oas-cim-2005/p43-1").verdict
    'both may stand'
    """

    def __init__(self, graph: Graph, data: Path | None = None) -> None:
        """Look at a graph; without a folder, nothing can be answered."""
        self.graph = graph
        self._book = ConflictLedger(data, graph) if data else None

    @property
    def book(self) -> ConflictLedger:
        """The book of answers."""
        if self._book is None:
            raise CallError("there is no folder to write answers in; name that of your sources with --data FOLDER")
        return self._book

    def cases(self, rules: Iterable[Rule] | None = None, source: str = "") -> list[Case]:
        """Return every contradiction: those that the graph holds, then what rules find that it does not hold.

        `source` takes those of which that source says a claim.
        """
        held = kept(self.graph)
        known = {frozenset(pair) for one in held for pair in combinations(one.claims, 2)}
        found = [*held, *propose(self.graph, Rule.all() if rules is None else rules, known)]
        if source:
            found = [one for one in found if source in map(source_of, one.claims)]
        return self._book.current(found) if self._book else found

    def about(self, thing: NamedNode, cases: Iterable[Case]) -> list[Case]:
        """Return those of some contradictions of which a claim speaks of a thing."""
        speaking = {row["claim"] for row in self.graph.named("about", {"thing": [thing]})}
        return [one for one in cases if speaking.intersection(one.claims)]

    def case(self, name: str) -> Case:
        """Return the contradiction of an id, such as `oas-cim-2005/p31-1`; raise UnknownName where there is none."""
        found = {one.id: one for one in self.cases()}
        if name not in found:
            raise UnknownName(
                f"{name!r} is no contradiction here; `tipgraph review conflicts` lists them with their ids"
            )
        return found[name]

    def answer(self, name: str, verdict: str, *, judge: Judge, reason: str, replaced: bool = False) -> GivenAnswer:
        """Keep an answer to the contradiction of an id, and return it."""
        return self.book.answer(self.case(name), verdict, judge=judge, reason=reason, replaced=replaced)

    def undo(self, name: str) -> GivenAnswer:
        """Take back the answer to the contradiction of an id, and return it."""
        return self.book.undo(self.case(name))


@dataclass
class ConflictAnswers:
    """The answers of one judge, one after the other; with `reopen` one takes the place of what was answered before."""

    book: ConflictLedger
    judge: Judge
    reopen: bool = False
    verdicts: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"1": "first-right", "2": "second-right", "b": "both-stand", "c": "cannot-tell", "n": "no-conflict"}
    )

    def open(self, one: Case, given: Sequence[GivenAnswer]) -> bool:
        """Tell whether nobody has answered yet, or in this round where all is asked again."""
        if self.reopen:
            return one.id not in {kept.case.id for kept in given}
        return self.book.current([one])[0].answer is None

    def save(self, one: Case, verdict: str, reason: str) -> GivenAnswer:
        """Keep an answer at once; raise CallError where it cannot stand."""
        return self.book.answer(one, verdict, judge=self.judge, reason=reason, replaced=self.reopen)

    def undo(self, given: GivenAnswer) -> str:
        """Take an answer back, and say which."""
        return str(self.book.restore(given))
