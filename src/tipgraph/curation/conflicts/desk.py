"""Answers to contradictions: rows of `conflicts.csv`.

A contradiction within one source is a row of that source, any other a row of the reference.

Decision: docs/decisions/0016-a-rule-proposes-and-somebody-judges.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace as replaced
from itertools import combinations
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.curation.conflicts.cases import OPEN, RULE, TABLE, Case, ConflictAnswer, Side, kept, source_of
from tipgraph.curation.conflicts.rules import Rule, propose
from tipgraph.curation.desk import Decision, Desk
from tipgraph.curation.ledger import Cells, Ledger, Signature
from tipgraph.curation.verdicts import CONFLICT
from tipgraph.errors import CallError, UnknownName, shown
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.sources import SOURCE_FILE, lent_names

COLUMNS: Final = (
    "id", "claim", "reason", "foundBy", "judgement", "upheld", "judge", "judgeKind", "judged", "grounds", "evidence",
    "note",
)  # fmt: skip
_ANSWER: Final = ("judgement", "upheld", "judge", "judgeKind", "judged", "grounds")


class ConflictDesk(Desk[Case]):
    """The contradictions of a graph, and the answers in a folder of sources.

    >>> from tipgraph import build
    >>> ConflictDesk(build()).case("oas-cim-2005/p43-1").verdict
    'both may stand'
    """

    verdicts = CONFLICT

    def __init__(self, graph: Graph, data: Path | None = None) -> None:
        """Look at a graph; without a folder, nothing can be answered."""
        super().__init__(data)
        self.graph = graph

    def cases(self, rules: Iterable[Rule] | None = None, source: str = "") -> list[Case]:
        """Return the contradictions of the graph, then those that rules find; with `source`, those about its claims."""
        cases = kept(self.graph)
        known = {frozenset(pair) for case in cases for pair in combinations(case.claims, 2)}
        cases += propose(self.graph, Rule.all() if rules is None else rules, known)
        if source:
            cases = [case for case in cases if source in map(source_of, case.claims)]
        return self._current(cases) if self._data else cases

    def about(self, entry: NamedNode, cases: Iterable[Case]) -> list[Case]:
        """Return those of some contradictions that have a claim about an entry."""
        claims = {row["claim"] for row in self.graph.named("about", {"thing": [entry]})}
        return [case for case in cases if claims.intersection(case.claims)]

    def case(self, *names: str) -> Case:
        """Return the contradiction of an id, such as `oas-cim-2005/p31-1`; raise UnknownName if there is none."""
        name, cases = " ".join(names), {case.id: case for case in self.cases()}
        if name not in cases:
            raise UnknownName(
                f"{name!r} is no contradiction here; `tipgraph review conflicts` lists them with their ids"
            )
        return cases[name]

    def is_open(self, case: Case, decisions: Sequence[Decision[Case]], *, reopen: bool = False) -> bool:
        """Tell whether a contradiction has no answer; with `reopen`, no answer among these decisions."""
        if reopen:
            return case.id not in {decision.case.id for decision in decisions}
        return self._current([case])[0].answer is None

    def _saved(self, *names: str) -> tuple[str, Ledger, Sequence[str], Sequence[Cells]]:
        """Return the answer to the contradiction of an id. Without it, a finding of a rule is a proposal again."""
        (case,) = self._current([self.case(*names)])
        table = self._table(case.source)
        if not case.answer or case.row not in table.cells():
            raise CallError(f"nobody has answered {case.id}")
        opened = {"id": case.row} | dict.fromkeys(_ANSWER, "") | {"judgement": OPEN}
        return _words(case), table, [case.row] if case.rule else [], [] if case.rule else [opened]

    def _table(self, source: str) -> Ledger:
        return Ledger(self.data / source / f"{TABLE}.csv", COLUMNS, ("id", "claim"))

    def _current(self, cases: Sequence[Case]) -> list[Case]:
        """Return contradictions with the answers of the tables, which may be newer than the graph."""
        sources = {case.source for case in cases if (self.data / case.source / SOURCE_FILE).is_file()}
        rows = {source: self._table(source).cells() for source in sources}
        return [_with_answer(case, rows[case.source].get(case.row)) if case.source in rows else case for case in cases]

    def _ledger(self, case: Case) -> Ledger:
        """Return the table of a contradiction; raise CallError if it belongs to the kit or names unknown sources."""
        here, lent = {path.name for path in self.data.iterdir()}, set(lent_names(self.data))
        table = self._table(case.source)
        if case.source in lent or (lent and not case.rule and case.row not in table.cells()):
            raise CallError(f"{case.id} is a row of the kit, which a project only reads; answer those of your own")
        absent = sorted({case.source, *(set(map(source_of, case.claims)) - lent)} - here)
        if absent:
            raise CallError(
                f"{', '.join(absent)}: no such folder in {shown(self.data)}, where the answer is kept; name the "
                "folder of your sources with --data, and import a file as a folder (`tipgraph source import … -o`)"
            )
        return table

    def _rows(
        self, case: Case, verdict: str, signed: Signature, *, replace: bool
    ) -> tuple[str, Sequence[str], Sequence[Cells]]:
        before = self._table(case.source).cells().get(case.row)
        current = _with_answer(case, before)
        if current.answer and not replace:
            todo = f"--reopen replaces it, --undo {case.id} removes it"
            raise CallError(f"this was answered before: {_words(current)}; {todo}")
        answer = case.answered(verdict, signed)
        cells = (answer.judgement, _listed(answer.upheld, case.source), *signed)
        row = {"id": case.row, **({} if before else self._finding(case)), **dict(zip(_ANSWER, cells, strict=True))}
        return _words(replaced(case, answer=answer)), [], [row]

    def _finding(self, case: Case) -> dict[str, str]:
        """Return the cells of the finding of a rule, which has no row until it is answered."""
        if not case.rule:
            raise CallError(f"{case.id} is no longer a row of {shown(self._table(case.source).path)}; build the graph")
        evidence: dict[NamedNode, list[NamedNode]] = {}
        for row in self.graph.named("evidence-of", {"claim": case.claims}):
            evidence.setdefault(row["claim"], []).append(row["evidence"])
        spans = dict.fromkeys(node for claim in case.claims for node in evidence.get(claim, ()))
        return {
            "claim": _listed(case.claims, case.source),
            "reason": case.reason,
            "foundBy": RULE,
            "evidence": " | ".join(_short(node, case.source).replace("evidence/", "", 1) for node in spans),
        }


def _words(case: Case) -> str:
    """Return an answer in words: `a/p1: both may stand (the desk, a person, 2026-11-26: older)`."""
    return f"{case.id}: {case.verdict} ({Signature(*case.answer[2:])})" if case.answer else f"{case.id}: {OPEN}"


def _with_answer(case: Case, cells: Mapping[str, str] | None) -> Case:
    """Return a contradiction with the answer of its row; without a row, the finding of a rule is open."""
    if cells is None:
        return replaced(case, answer=None) if case.rule else case
    if cells.get("judgement", "") in ("", OPEN):
        return replaced(case, answer=None)
    names = {name.strip() for name in cells.get("upheld", "").split("|")} - {""}
    upheld = tuple(claim for claim in case.claims if names & _names(claim, case.source))
    answer = ConflictAnswer(cells["judgement"], upheld, *(cells.get(name, "") for name in _ANSWER[2:]))
    return replaced(case, answer=answer)


def _listed(claims: Side, source: str) -> str:
    return " | ".join(_short(claim, source) for claim in claims)


def _short(node: NamedNode, source: str) -> str:
    """Return a node as a table of a source names it: `funding/p9-1`, or `oas-cim-2005/funding/p9-1` of another."""
    return data_name(node.value).removeprefix(f"{source}/")


def _names(claim: NamedNode, source: str) -> set[str]:
    """Return every name of a claim that a row of a source may use."""
    full_name = data_name(claim.value)
    home, _, rest = full_name.partition("/")
    row_id = rest.partition("/")[2]
    return {full_name, f"{home}/{row_id}"} | ({rest, row_id} if home == source else set())
