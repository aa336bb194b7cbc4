"""Answers in the tables `conflicts.csv` of a folder of sources: read, given and taken back.

A contradiction within one source stands in the table of that source, any other in that of the reference. All other rows
stay as they are, byte for byte.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.curation.conflicts.cases import OPEN, RULE, TABLE, Case, ConflictAnswer, Side, source_of
from tipgraph.errors import CallError, shown
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.sources import JUDGES, SOURCE_FILE, Cells, Judge, Ledger, lent_names, plain

COLUMNS: Final = (
    "id", "claim", "reason", "foundBy", "judgement", "upheld", "judge", "judgeKind", "judged", "grounds", "evidence",
    "note",
)  # fmt: skip
_ANSWER: Final = ("judgement", "upheld", "judge", "judgeKind", "judged", "grounds")


class GivenAnswer(NamedTuple):
    """An answer that was given or taken back, and the cells of its row before; None where there was no row."""

    case: Case
    before: Cells | None

    def __str__(self) -> str:
        """Say what was answered, by whom, when and why."""
        return told(self.case)


class ConflictLedger:
    """The answers of a folder of sources; the graph knows the evidence of claims."""

    def __init__(self, data: Path, graph: Graph) -> None:
        """Open the tables of a folder."""
        self.data = data
        self._graph = graph

    def current(self, cases: Iterable[Case]) -> list[Case]:
        """Return contradictions as the tables hold them now, which may have been answered since the graph was built."""
        known = list(cases)
        rows = {source: self._rows(source) for source in {one.source for one in known} if self._has(source)}
        return [_overlaid(one, rows[one.source].get(one.row)) if one.source in rows else one for one in known]

    def answer(
        self, case: Case, verdict: str, *, judge: Judge, reason: str, replaced: bool = False, day: str = ""
    ) -> GivenAnswer:
        """Keep an answer, and return it; with `replaced` it takes the place of what was answered before.

        Raises CallError where it cannot stand: what was answered before, sources that are no folders here, or words
        that a spreadsheet would run.
        """
        judged = day or date.today().isoformat()  # noqa: DTZ011  the day of who judges
        answer = case.answered(verdict, judge.checked(), judged, plain(reason, "reason"))
        self._allow(case)
        ledger = self._ledger(case.source)
        with ledger.alone():
            before = self._rows(case.source).get(case.row)
            now = _overlaid(case, before)
            if now.answer and not replaced:
                raise CallError(
                    f"this was answered before: {told(now)}; --reopen replaces it, --undo {case.id} takes it back"
                )
            cells = _answer_cells(case, answer)
            ledger.change(put=[cells if before else self._new(case) | cells])
        return GivenAnswer(
            replace(case, answer=answer), before and {name: before.get(name, "") for name in ("id", *_ANSWER)}
        )

    def restore(self, given: GivenAnswer) -> GivenAnswer:
        """Give a row back the cells that it had before an answer, or take it away where there was none."""
        ledger = self._ledger(given.case.source)
        with ledger.alone():
            if given.before is None:
                ledger.change([given.case.row])
            else:
                ledger.change(put=[given.before])
        return given

    def undo(self, case: Case) -> GivenAnswer:
        """Take the answer to a contradiction back: what a rule found is a proposal again, any other is open."""
        (now,) = self.current([case])
        if not now.answer or case.row not in self._rows(case.source):
            raise CallError(f"nobody has answered {case.id}")
        before = {"id": case.row, "judgement": OPEN} | dict.fromkeys(_ANSWER[1:], "")
        return self.restore(GivenAnswer(now, None if case.rule else before))

    def _has(self, source: str) -> bool:
        return (self.data / source / SOURCE_FILE).is_file()

    def _ledger(self, source: str) -> Ledger:
        return Ledger(self.data / source / f"{TABLE}.csv", COLUMNS, ("id", "claim"))

    def _rows(self, source: str) -> dict[str, dict[str, str]]:
        return {row.cells["id"]: row.cells for row in self._ledger(source).rows()}

    def _allow(self, case: Case) -> None:
        """Raise CallError where a row could not be read again: it names claims of what is no folder here."""
        here, lent = {path.name for path in self.data.iterdir()}, set(lent_names(self.data))
        if case.source in lent or (lent and not case.rule and case.row not in self._rows(case.source)):
            raise CallError(f"{case.id} is a row of the kit, which a project only reads; answer those of your own")
        absent = sorted({case.source, *(set(map(source_of, case.claims)) - lent)} - here)
        if absent:
            raise CallError(
                f"{', '.join(absent)}: no such folder in {shown(self.data)}, where the answer is to be kept; name the "
                "folder of your sources with --data, and import a file as a folder (`tipgraph source import … -o`)"
            )

    def _new(self, case: Case) -> dict[str, str]:
        """Return the cells of a row that a rule's finding gets when it is answered."""
        if not case.rule:
            raise CallError(f"{case.id} is no row of {shown(self._ledger(case.source).path)} any more; build the graph")
        held: dict[NamedNode, list[NamedNode]] = {}
        for row in self._graph.named("evidence-of", {"claim": case.claims}):
            held.setdefault(row["claim"], []).append(row["evidence"])
        evidence = dict.fromkeys(node for claim in case.claims for node in held.get(claim, ()))
        spans = (_short(node, case.source).replace("evidence/", "", 1) for node in evidence)
        return {
            "claim": _listed(case.claims, case.source),
            "reason": case.reason,
            "foundBy": RULE,
            "evidence": " | ".join(spans),
        }


def told(case: Case) -> str:
    """Say of a contradiction what was answered: `a/p1: both may stand (the desk, a person, 2026-11-26: older)`."""
    if case.answer is None:
        return f"{case.id}: {OPEN}"
    one = case.answer
    return f"{case.id}: {case.verdict} ({one.judge}, {JUDGES[one.judge_kind]}, {one.judged}: {one.grounds})"


def _overlaid(case: Case, cells: Mapping[str, str] | None) -> Case:
    """Return a contradiction with the answer of its row; what a rule found is open without a row."""
    if cells is None:
        return replace(case, answer=None) if case.rule else case
    if cells.get("judgement", "") in ("", OPEN):
        return replace(case, answer=None)
    names = {name for part in cells.get("upheld", "").split("|") if (name := part.strip())}
    upheld = tuple(claim for claim in case.claims if names & _names(claim, case.source))
    said = (cells.get(name, "") for name in _ANSWER[2:])
    return replace(case, answer=ConflictAnswer(cells["judgement"], upheld, *said))


def _answer_cells(case: Case, answer: ConflictAnswer) -> dict[str, str]:
    values = (answer.judgement, _listed(answer.upheld, case.source), *answer[2:])
    return {"id": case.row} | dict(zip(_ANSWER, values, strict=True))


def _listed(claims: Side, source: str) -> str:
    return " | ".join(_short(claim, source) for claim in claims)


def _short(node: NamedNode, source: str) -> str:
    """Return a node as a table of a source names it: `funding/p9-1`, or `oas-cim-2005/funding/p9-1` of another."""
    return data_name(node.value).removeprefix(f"{source}/")


def _names(claim: NamedNode, source: str) -> set[str]:
    """Return every way in which a row of a source may name a claim."""
    whole = data_name(claim.value)
    of, _, rest = whole.partition("/")
    bare = rest.partition("/")[2]
    return {whole, f"{of}/{bare}"} | ({rest, bare} if of == source else set())
