"""What whoever judges needs: a graph, what its nodes are called, and the book of judgements."""

from collections.abc import Sequence
from pathlib import Path

from tipgraph.curation.identity.candidates import LEAST, Proposals, judged_in, propose
from tipgraph.curation.identity.ledger import IdentityLedger
from tipgraph.errors import CallError
from tipgraph.graph import Graph
from tipgraph.pipeline import Judgement, Nodes
from tipgraph.sources import Judge

_USUAL = ("Actor", "Place")


class CandidateDesk:
    """A graph and the judgements that belong to it; `data` is the folder of sources whose book is written in.

    >>> from tipgraph import build
    >>> desk = CandidateDesk(build())
    >>> desk.nodes.short("reference/actors/iom"), len(desk.propose().found)
    ('reference/iom', 0)
    """

    def __init__(self, graph: Graph, data: Path | None = None) -> None:
        """Open the book of a folder; without one, only propose."""
        self.graph = graph
        self.nodes = Nodes.of(graph)
        self._book = IdentityLedger(data, self.nodes) if data else None

    @property
    def book(self) -> IdentityLedger:
        """The book of judgements."""
        if self._book is None:
            raise CallError("there is no folder to write judgements in; name that of your sources with --data FOLDER")
        return self._book

    def judgements(self) -> list[Judgement]:
        """Return what the graph and the book hold; of one id, what the book says, since it may have been changed."""
        built, written = judged_in(self.graph), self._book.judgements() if self._book else []
        return list({one.id: one for one in [*built, *written]}.values())

    def propose(
        self, roots: Sequence[str] = _USUAL, least: float = LEAST, source: str = "", *, reopen: bool = False
    ) -> Proposals:
        """Propose which things are one and not judged yet."""
        return propose(self.graph, roots or _USUAL, self.judgements(), least, source, reopen=reopen)

    def answer(
        self, names: Sequence[str], verdict: str, *, judge: Judge, reason: str, replace: bool = False
    ) -> Judgement:
        """Save a judgement on two nodes by their names, such as `oas-cim-2005/iom`, and return it."""
        left, right = self._two(names)
        return self.book.answer(left, right, verdict, judge=judge, reason=reason, replace=replace)

    def undo(self, names: Sequence[str]) -> Judgement:
        """Remove the judgement on two nodes, or the one of an id such as `j137`, and return it."""
        if len(names) == 1 and "/" not in names[0]:
            return self.book.undo(names[0])
        return self.book.undo(self.book.of(*self._two(names)).number)

    def _two(self, names: Sequence[str]) -> tuple[str, str]:
        if len(names) != 2:
            raise CallError("name two things: LEFT RIGHT")
        left, right = map(self.nodes.find, names)
        return left, right
