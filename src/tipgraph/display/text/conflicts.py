"""Contradictions, both sides with their evidence, and the answer of a judge."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tipgraph.display.claims import ClaimView, claim_views
from tipgraph.display.text.claims import claim_lines
from tipgraph.display.text.rows import counted, rows_text
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tipgraph.curation import Case
    from tipgraph.graph import Graph
    from tipgraph.sources import Texts

_SIDES = ("first", "second")
_HEADER = (
    "id", "answer", "judge", "judge kind", "judged", "why", "reason", "found by",
    *(f"{side}{part}" for side in _SIDES for part in ("", " said at", " quote", " claim")), "note",
)  # fmt: skip


def conflicts_text(graph: "Graph", cases: "Sequence[Case]", form: str, texts: "Texts", language: str = "en") -> str:
    """Return contradictions as text for a person (`table`), or as rows in `csv` or `json`."""
    from tipgraph.curation import tally

    views = _views(graph, cases, language)
    if form != "table":
        return rows_text(_HEADER, [_row(case, views, texts) for case in cases], form)
    if not cases:
        return "0 contradictions: neither readers nor rules found any here; --open leaves out those that are answered"
    lines = [line for case in cases for line in [*_lines(case, views, texts), ""]]
    held, opened, proposed = tally(cases)
    return "\n".join([*lines, f"{counted(held, 'contradiction')}, {opened} open; rules propose {proposed} more"])


def conflict_lines(graph: "Graph", case: "Case", texts: "Texts", language: str = "en") -> list[str]:
    """Return one contradiction for a terminal."""
    return _lines(case, _views(graph, [case], language), texts)


def _views(graph: "Graph", cases: "Sequence[Case]", language: str) -> dict["NamedNode", ClaimView]:
    return claim_views(graph, (claim for case in cases for claim in case.claims), language)


def _lines(case: "Case", views: dict["NamedNode", ClaimView], texts: "Texts") -> list[str]:
    finder = f"the rule {case.rule}" if case.rule else JUDGES[case.found_by]
    lines = [f"{case.id}  (found by {finder})", f"  {case.reason}"]
    for number, side in enumerate(case.sides, 1):
        for claim in side:
            lines += claim_lines(views[claim], texts, f"  {number} ", "        ")
    lines += [f"  note: {case.note}"] if case.note else []
    answer = "open"
    if case.answer:
        judge, kind, judged = case.answer.judge, JUDGES[case.answer.judge_kind], case.answer.judged
        answer = f"{case.verdict} ({judge}, {kind}, {judged}): {case.answer.grounds}"
    return [visible(line) for line in [*lines, f"  answer: {answer}"]]


def _row(case: "Case", views: dict["NamedNode", ClaimView], texts: "Texts") -> list[str]:
    answer = case.answer[2:] if case.answer else ("", "", "", "")
    sides = [_cells([views[claim] for claim in side], texts) for side in case.sides]
    more = [
        " || ".join(filter(None, cells)) for cells in zip(*sides[1:], strict=True)
    ]  # the third side joins the second
    return [case.id, case.verdict, *answer, case.reason, case.rule or case.found_by, *sides[0], *more, case.note]


def _cells(side: Sequence[ClaimView], texts: "Texts") -> list[str]:
    return [
        " | ".join(view.sentence for view in side),
        "; ".join(dict.fromkeys(place for view in side for place in view.places)),
        " … ".join(quote for view in side for quote in view.quotes(texts)),
        " | ".join(view.claim.value for view in side),
    ]
