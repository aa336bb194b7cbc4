"""The numbers that sources give of a thing, what can be compared and what is only said again."""

from math import comb
from typing import TYPE_CHECKING

from tipgraph.display.text.answers import claim_lines, remark_lines
from tipgraph.display.text.rows import csv_text, json_text
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from tipgraph.analysis import Drift, Numbers, Phrases
    from tipgraph.graph import Graph
    from tipgraph.sources import Texts

_MOST_RECORDS = 20_000  # pairs that JSON lists
_HEADER = ("number", "sentence", "said at", "says again", "changed", "figure supported", "claim")


def numbers_text(graph: "Graph", found: "Numbers", form: str, texts: "Texts", language: str = "en") -> str:
    """Return numbers as text for a person (`table`), as rows in `csv`, or whole with their pairs in `json`."""
    from tipgraph.analysis import Phrases
    from tipgraph.display.claims import say_claims

    said, wording = say_claims(graph, [one.claim for one in found.mentions], language), Phrases(graph, found, language)
    if form != "table":
        rows = _rows(found, wording, {claim: one.sentence for claim, one in said.items()})
        return csv_text(_HEADER, rows) if form == "csv" else json_text(_record(found, wording, rows))
    lines = [wording.headline()]
    if not found.mentions:
        return f"{visible(lines[0])}\n{wording.say('nothing')}"
    for place, one in enumerate(found.mentions, 1):
        first, *more = claim_lines(said[one.claim], texts, "     ")
        lines += [
            f"{place:>3}  {first.strip()}",
            *dict.fromkeys(more),
            *remark_lines(said[one.claim].remark, "         "),
        ]
    for heading, part in _parts(found, wording):
        lines += ["", heading, *(f"  {line}" for line in part)]
    return "\n".join(map(visible, lines))


def _parts(found: "Numbers", wording: "Phrases") -> list[tuple[str, list[str]]]:
    """Return the headed parts below the numbers: lineage, comparison, sums."""
    return [
        (wording.say("Lineage"), [*wording.families(), *map(wording.drift, found.drifts)]),
        (wording.say("Two by two"), wording.compared()),
        (wording.say("Sums"), [*map(wording.sum, found.sums)] or [wording.say("no sum")]),
    ]


def _rows(found: "Numbers", wording: "Phrases", said: dict[object, str]) -> list[list[str]]:
    again: dict[object, list[Drift]] = {}
    for one in found.drifts:
        again.setdefault(one.restating.claim, []).append(one)
    rows = []
    for place, mention in enumerate(found.mentions, 1):
        own = again.get(mention.claim, [])
        rows.append([
            str(place),
            said[mention.claim],
            "; ".join(dict.fromkeys(map(str, mention.citations))),
            "; ".join(wording.numbers([one.restated.claim]) for one in own),
            "; ".join(wording.change(change) for one in own for change in one.changes),
            "; ".join("yes" if one.supported else "no" for one in own),
            mention.claim.value,
        ])  # fmt: skip
    return rows


def _record(found: "Numbers", wording: "Phrases", rows: list[list[str]]) -> dict[str, object]:
    pairs = comb(len(found.mentions), 2)
    return {
        "summary": wording.headline(),
        "mentions": [dict(zip(_HEADER, row, strict=True)) for row in rows],
        "lineage": wording.families(),
        "restatements": [
            {
                "restating": one.restating.claim.value,
                "restated": one.restated.claim.value,
                "change": one.change,
                "changes": [{"field": c.field, "how": c.how, "words": wording.change(c)} for c in one.changes],
                "supported": one.supported,
            }
            for one in found.drifts
        ],
        "pairs": [
            {
                "left": one.left.claim.value,
                "right": one.right.claim.value,
                "verdict": one.verdict,
                "kin": one.kin,
                "differences": [
                    {"field": d.field, "kind": d.kind, "words": wording.difference(d)} for d in one.differences
                ],
            }
            for one in (found.pairs() if pairs <= _MOST_RECORDS else ())
        ],
        "pairs_left_out": 0 if pairs <= _MOST_RECORDS else pairs,
        "sums": [wording.sum(one) for one in found.sums],
    }
