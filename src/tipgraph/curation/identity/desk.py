"""Judgements on which entries are the same: rows of `reference/identity.csv`.

Decision: docs/decisions/0016-a-rule-proposes-and-somebody-judges.md.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from tipgraph.curation.desk import Decision, Desk
from tipgraph.curation.identity.candidates import LEAST, judged_in, propose
from tipgraph.curation.identity.profiles import organization_identifier
from tipgraph.curation.identity.scores import Proposal
from tipgraph.curation.ledger import Cells, Judge, Ledger, Signature, plain, reference_ledger
from tipgraph.curation.verdicts import IDENTITY
from tipgraph.errors import CallError, shown
from tipgraph.graph import Graph
from tipgraph.model import kit
from tipgraph.pipeline import Clusters, Judgement, Nodes, contradictions, same_chain
from tipgraph.sources import Row, reference_of

COLUMNS = ("id", "left", "right", "verdict", "judge", "judgeKind", "judged", "reason")


class IdentityDesk(Desk[Proposal]):
    """The entries of a graph that may be the same, and the judgements in a folder of sources.

    >>> from tipgraph import build
    >>> desk = IdentityDesk(build())
    >>> desk.nodes.short("reference/actors/iom"), len(desk.propose())
    ('reference/iom', 0)
    """

    verdicts = IDENTITY

    def __init__(self, graph: Graph, data: Path | None = None) -> None:
        """Look at a graph; without a folder, nothing can be judged."""
        super().__init__(data)
        self.graph = graph

    @cached_property
    def nodes(self) -> Nodes:
        """The nodes that judgements can name."""
        return Nodes.of(self.graph)

    @cached_property
    def ledger(self) -> Ledger:
        """The table of judgements; raises InputError if the folder has no reference."""
        return reference_ledger(self.data, "identity", COLUMNS, "j")

    def written(self) -> list[Judgement]:
        """Return the judgements of the table; raise InputError if it cannot be read."""
        return [self._judgement(row) for row in self.ledger.rows()]

    def judgements(self) -> list[Judgement]:
        """Return the judgements of the graph and the table. If both have an id, the table is newer."""
        written = self.written() if self._data else []
        return list({judgement.id: judgement for judgement in [*judged_in(self.graph), *written]}.values())

    def propose(
        self, roots: Sequence[str] = (), least: float = LEAST, source: str = "", *, reopen: bool = False
    ) -> list[Proposal]:
        """Return entries that may be the same and are not judged yet, by default among actors and places."""
        return propose(self.graph, roots or ("Actor", "Place"), self.judgements(), least, source, reopen=reopen)

    def accept(self, proposals: Sequence[Proposal], *, judge: Judge, reason: str) -> list[Decision[Proposal]]:
        """Judge as the same what has one identifier and like names; leave out what earlier answers contradict."""
        accepted, reason = list[Decision[Proposal]](), plain(reason, "reason")
        for proposal in proposals:
            if proposal.is_certain and self.is_open(proposal, accepted):
                with suppress(CallError):
                    accepted.append(self.decide(proposal, "same", judge=judge, reason=reason))
        return accepted

    def case(self, *names: str) -> Proposal:
        """Return the pair of two names such as `oas-cim-2005/iom`, or the cluster of an identifier.

        Raises UnknownName or AmbiguousName; CallError for an identifier that no two open entries have in common.
        """
        identifier = names[0] if len(names) == 1 else ""
        found = propose(self.graph, judgements=self.judgements(), identifier=identifier) if identifier else []
        if found:
            return found[0]
        if len(names) != 2:
            raise CallError("name two entries (LEFT RIGHT), or an identifier that two unjudged entries have in common")
        left, right = map(self.nodes.find, names)
        return Proposal(left, right)

    def is_open(self, case: Proposal, decisions: Sequence[Decision[Proposal]], *, reopen: bool = False) -> bool:
        """Tell whether the judgements leave two of its entries open; with `reopen`, whether these decisions do."""
        joined = Clusters(self.written())
        now = {row_id for decision in decisions for row_id in decision.ids}
        before = [old for node in (case.left, *case.others) for old in joined.between(node, case.right)]
        settled = any(judgement.number in now for judgement in before) if reopen else bool(before)
        return not settled and not all(joined.are_one(node, case.right) for node in (case.left, *case.others))

    def _saved(self, *names: str) -> tuple[str, Ledger, Sequence[str], Sequence[Cells]]:
        """Return the judgement of an id such as `j137`, those that accepted an identifier, or the one on two names."""
        book = self.written()
        if len(names) == 1 and "/" not in names[0]:
            found = _accepted(book, names[0])
            if not found:
                where = f"{shown(self.ledger.path)}; its ids are in the first column, its identifiers begin the reasons"
                raise CallError(f"{names[0]!r} is no judgement of {where}")
        else:
            case = self.case(*names)
            if not (found := [one for one in book if one.pair == {case.left, case.right}][:1]):
                way = same_chain(book, case.left, case.right) or Clusters(book).between(case.left, case.right)
                implied = f"; these judgements decide it: {'; '.join(map(str, way))}; undo one by its id" if way else ""
                raise CallError(f"no answer is about {case.left} and {case.right}{implied}")
        return "; ".join(map(str, found)), self.ledger, [judgement.number for judgement in found], []

    def _ledger(self, case: Proposal) -> Ledger:  # noqa: ARG002  all are in one table
        return self.ledger

    def _rows(
        self, case: Proposal, verdict: str, signed: Signature, *, replace: bool
    ) -> tuple[str, Sequence[str], Sequence[Cells]]:
        if case.others and verdict != "same":
            raise CallError(
                f"{verdict} is an answer about two entries; --answer {verdict} LEFT RIGHT judges two of these"
            )
        if case.identifier and verdict == "same":
            signed = signed._replace(reason=plain(f"{case.identifier}: {signed.reason}", "reason"))
        written = self.written()
        replaced = Clusters(written).between(case.left, case.right) if replace else []
        book = [judgement for judgement in (*self._lent, *written) if judgement not in replaced]
        rows: dict[Judgement, Cells] = {}
        for node in (case.left, *case.others):
            if not (case.others and same_chain([*book, *rows], node, case.right)):
                pair = self.nodes.short(node), self.nodes.short(case.right)
                cells = self.ledger.new_row(self.data, (*pair, verdict, *signed))
                judgement = Judgement(f"reference/identity/{cells['id']}", node, case.right, verdict, *signed)
                self._check([*book, *rows], judgement)
                rows[judgement] = cells
        return "; ".join(map(str, rows)), [old.number for old in replaced], list(rows.values())

    def _check(self, book: Sequence[Judgement], new: Judgement) -> None:
        """Raise CallError for a judgement that a build would refuse, or on a pair that was judged before."""
        for judgement in book:
            if judgement.pair == new.pair:
                todo = f"--reopen replaces it, --undo {judgement.number} removes it"
                raise CallError(f"this was judged before: {judgement}; {todo}")
        roots = {node: root for one in (*book, new) for node in one.pair if (root := self.nodes.root(node))}
        before = contradictions(book, roots)
        if wrong := [fault.message for fault in contradictions([*book, new], roots) if fault not in before]:
            raise CallError(f"{new}: cannot be kept: {'; '.join(wrong)}")

    @cached_property
    def _lent(self) -> Iterable[Judgement]:
        """The judgements of the kit below those of a project; none for any other folder."""
        table = reference_of(self.data).tables.get("identity")
        is_layered = table and kit.is_layered(self.data)
        return [self._judgement(row) for row in table.rows if row.path] if table and is_layered else []

    def _judgement(self, row: Row) -> Judgement:
        row_id, left, right, *rest = (row.cells[column] for column in COLUMNS)
        return Judgement(f"reference/identity/{row_id}", self.nodes.known(left), self.nodes.known(right), *rest)


def _accepted(book: Sequence[Judgement], name: str) -> list[Judgement]:
    """Return the judgement of an id, or else those whose reason begins with an identifier: one answer made them all."""
    begin = f"{organization_identifier(name).upper()}: "
    by_id = [judgement for judgement in book if judgement.number == name]
    return by_id or [one for one in book if one.verdict == "same" and one.reason.startswith(begin)]
