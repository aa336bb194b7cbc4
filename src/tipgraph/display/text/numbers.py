"""The figures about an entry: which of them can be compared, and which only repeat another one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tipgraph.display.claims import claim_views
from tipgraph.display.text.claims import claim_lines
from tipgraph.display.text.rows import rows_text
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tipgraph.analysis import Drift, Numbers, Phrases
    from tipgraph.display.claims import ClaimView
    from tipgraph.graph import Graph
    from tipgraph.sources import Texts

_HEADER = ("number", "sentence", "said at", "repeats", "changed", "figure supported", "claim")


def numbers_text(graph: "Graph", found: "Numbers", form: str, texts: "Texts", language: str = "en") -> str:
    """Return figures as text for a person (`table`), as rows in `csv` or `json`."""
    from tipgraph.analysis import Phrases

    views = claim_views(graph, [mention.claim for mention in found.mentions], language)
    wording = Phrases(graph, found, language)
    if form != "table":
        return rows_text(_HEADER, _rows(found, wording, views), form)
    lines = [wording.headline()]
    if not found.mentions:
        return f"{visible(lines[0])}\n{wording.say('nothing')}"
    for place, view in enumerate((views[mention.claim] for mention in found.mentions), 1):
        lines += claim_lines(view, texts, f"{place:>3}  ", "         ")
    for heading, part in _parts(found, wording):
        lines += ["", heading, *(f"  {line}" for line in part)]
    return "\n".join(map(visible, lines))


def _parts(found: "Numbers", wording: "Phrases") -> list[tuple[str, list[str]]]:
    """Return the parts below the figures with their headings: lineage, comparison."""
    return [
        (wording.say("Lineage"), [*wording.families(), *map(wording.drift, found.drifts)]),
        (wording.say("Two by two"), wording.compared()),
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
