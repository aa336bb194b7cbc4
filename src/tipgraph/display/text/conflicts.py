"""Contradictions, both sides beside each other with their evidence, and what was answered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tipgraph.display.text.answers import claim_lines, places_of, quotes_of, remark_lines
from tipgraph.display.text.rows import counted, csv_text, json_text
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tipgraph.curation import Case
    from tipgraph.display.claims import Said
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

    said = _said(graph, cases, language)
    if form == "json":
        return json_text([_record(one, said, texts) for one in cases])
    if form == "csv":
        return csv_text(_HEADER, [_row(one, said, texts) for one in cases])
    if not cases:
        return "0 contradictions: neither readers nor rules found any here; --open leaves out those that are answered"
    lines = [line for one in cases for line in [*_lines(one, said, texts), ""]]
    held, opened, proposed = tally(cases)
    return "\n".join([*lines, f"{counted(held, 'contradiction')}, {opened} open; {proposed} more that a rule proposes"])


def conflict_lines(graph: "Graph", one: "Case", texts: "Texts", language: str = "en") -> list[str]:
    """Return one contradiction for a terminal."""
    return _lines(one, _said(graph, [one], language), texts)


def _said(graph: "Graph", cases: "Sequence[Case]", language: str) -> "dict[NamedNode, Said]":
    from tipgraph.display.claims import say_claims

    return say_claims(graph, (claim for one in cases for claim in one.claims), language)


def _lines(one: "Case", said: "dict[NamedNode, Said]", texts: "Texts") -> list[str]:
    lines = [visible(f"{one.id}  ({_finder(one)})"), visible(f"  {one.reason}")]
    for number, side in enumerate(one.sides, 1):
        for claim in side:
            first, *rest = claim_lines(said[claim], texts, "    ")
            lines += [f"  {number} {first.strip()}", *rest, *remark_lines(said[claim].remark, "        ")]
    lines += [visible(f"  note: {one.note}")] if one.note else []
    answer = one.answer
    told = (
        f"{one.verdict} ({answer.judge}, {JUDGES[answer.judge_kind]}, {answer.judged}): {answer.grounds}"
        if answer
        else "open"
    )
    return [*lines, visible(f"  answer: {told}")]


def _finder(one: "Case") -> str:
    return f"found by the rule {one.rule}" if one.rule else f"found by {JUDGES[one.found_by]}"


def _row(one: "Case", said: "dict[NamedNode, Said]", texts: "Texts") -> list[str]:
    answer = one.answer[2:] if one.answer else ("", "", "", "")
    sides = [_cells([said[claim] for claim in side], texts) for side in one.sides]
    more = [" || ".join(filter(None, cells)) for cells in zip(*sides[1:], strict=True)]  # of three sides, two in one
    return [one.id, one.verdict, *answer, one.reason, one.rule or one.found_by, *sides[0], *more, one.note]


def _cells(side: "Sequence[Said]", texts: "Texts") -> list[str]:
    citations = [citation for claim in side for citation in claim.citations]
    return [
        " | ".join(claim.sentence for claim in side),
        "; ".join(places_of(citations)),
        " … ".join(quotes_of(citations, texts)),
        " | ".join(claim.claim.value for claim in side),
    ]


def _record(one: "Case", said: "dict[NamedNode, Said]", texts: "Texts") -> dict[str, Any]:
    answer = one.answer._asdict() | {"upheld": [claim.value for claim in one.answer.upheld]} if one.answer else None
    return {
        "id": one.id,
        "iri": one.iri.value,
        "reason": one.reason,
        "found_by": one.rule or one.found_by,
        "sides": [[_claim(said[claim], texts) for claim in side] for side in one.sides],
        "answer": answer,
        "note": one.note,
    }


def _claim(said: "Said", texts: "Texts") -> dict[str, Any]:
    return {
        "claim": said.claim.value,
        "sentence": said.sentence,
        "said_at": places_of(said.citations),
        "quotes": quotes_of(said.citations, texts),
        "notes": list(said.remark.notes),
        "review": said.remark.review,
        "corrections": list(said.remark.corrections),
    }
