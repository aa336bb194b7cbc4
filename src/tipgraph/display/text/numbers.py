"""The figures about an entry: which of them can be compared, and which only repeat another one."""

from collections.abc import Mapping
from math import comb
from typing import TYPE_CHECKING

from tipgraph.display.claims import claim_views
from tipgraph.display.text.claims import claim_lines, remark_lines
from tipgraph.display.text.rows import csv_text, json_text
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tipgraph.analysis import Drift, Numbers, Phrases
    from tipgraph.display.claims import ClaimView
    from tipgraph.graph import Graph
    from tipgraph.sources import Texts

_MOST_RECORDS = 20_000  # pairs that JSON lists
_HEADER = ("number", "sentence", "said at", "repeats", "changed", "figure supported", "claim")


def numbers_text(graph: "Graph", found: "Numbers", form: str, texts: "Texts", language: str = "en") -> str:
    """Return figures as text for a person (`table`), as rows in `csv`, or with all pairs in `json`."""
    from tipgraph.analysis import Phrases

    views = claim_views(graph, [mention.claim for mention in found.mentions], language)
    wording = Phrases(graph, found, language)
    if form != "table":
        rows = _rows(found, wording, views)
        return csv_text(_HEADER, rows) if form == "csv" else json_text(_record(found, wording, rows))
    lines = [wording.headline()]
    if not found.mentions:
        return f"{visible(lines[0])}\n{wording.say('nothing')}"
    for place, view in enumerate((views[mention.claim] for mention in found.mentions), 1):
        first, *more = claim_lines(view, texts, "     ")
        lines += [f"{place:>3}  {first.strip()}", *dict.fromkeys(more), *remark_lines(view.remark, "         ")]
    for heading, part in _parts(found, wording):
        lines += ["", heading, *(f"  {line}" for line in part)]
    return "\n".join(map(visible, lines))


def _parts(found: "Numbers", wording: "Phrases") -> list[tuple[str, list[str]]]:
    """Return the parts below the figures with their headings: lineage, comparison, sums."""
    return [
        (wording.say("Lineage"), [*wording.families(), *map(wording.drift, found.drifts)]),
        (wording.say("Two by two"), wording.compared()),
        (wording.say("Sums"), [*map(wording.sum, found.sums)] or [wording.say("no sum")]),
    ]


def _rows(found: "Numbers", wording: "Phrases", views: "Mapping[NamedNode, ClaimView]") -> list[list[str]]:
    rows = []
    drifts_of: dict[NamedNode, list[Drift]] = {}
    for drift in found.drifts:
        drifts_of.setdefault(drift.restating.claim, []).append(drift)
    for place, mention in enumerate(found.mentions, 1):
        drifts = drifts_of.get(mention.claim, [])
        rows.append([
            str(place),
            views[mention.claim].sentence,
            "; ".join(views[mention.claim].places),
            "; ".join(wording.numbers([drift.restated.claim]) for drift in drifts),
            "; ".join(wording.change(change) for drift in drifts for change in drift.changes),
            "; ".join("yes" if drift.supported else "no" for drift in drifts),
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
                "restating": drift.restating.claim.value,
                "restated": drift.restated.claim.value,
                "change": drift.change,
                "changes": [{"field": c.field, "how": c.how, "words": wording.change(c)} for c in drift.changes],
                "supported": drift.supported,
            }
            for drift in found.drifts
        ],
        "pairs": [
            {
                "left": pair.left.claim.value,
                "right": pair.right.claim.value,
                "verdict": pair.verdict,
                "kin": pair.kin,
                "differences": [
                    {"field": d.field, "kind": d.kind, "words": wording.difference(d)} for d in pair.differences
                ],
            }
            for pair in (found.pairs() if pairs <= _MOST_RECORDS else ())
        ],
        "pairs_left_out": 0 if pairs <= _MOST_RECORDS else pairs,
        "sums": [*map(wording.sum, found.sums)],
    }
