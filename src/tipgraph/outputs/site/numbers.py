"""The figures on the page of an entry: who repeats whose, with what changed, and the comparable ones."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.analysis import Drift, Mention, Numbers, Phrases, numbers_of_each
from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.claim_groups import grouped
from tipgraph.outputs.site.claims import Claims, PlaceLink


@dataclass(frozen=True)
class NumbersSection:
    """The section of figures on the page of an entry, in words; `repeated` has each repetition of a figure."""

    headline: str
    claims: list[ClaimView]
    families: list[str]
    drifts: list[str]
    compared: list[str]
    sums: list[str]
    repeated: list[dict[str, Any]]


def figures(graph: Graph, entries: Collection[str]) -> dict[str, Numbers]:
    """Return the figures of each of some entries that has some by its IRI: a subject of estimates, an end of routes."""
    wanted = frozenset(entries)
    every = numbers_of_each(graph, [row["thing"] for row in graph.named("estimated") if row["thing"].value in wanted])
    return {entry.value: found for entry, found in every.items() if found.mentions}


def sections(graph: Graph, claims: Claims, every: Mapping[str, Numbers], language: str) -> dict[str, NumbersSection]:
    """Return the section of each entry with figures by its IRI; `every` has the figures of each."""
    return {iri: _section(graph, found, claims, language) for iri, found in every.items()}


def _section(graph: Graph, found: Numbers, claims: Claims, language: str) -> NumbersSection:
    wording = Phrases(graph, found, language)
    views = claims.of(data_name(mention.claim.value) for mention in found.mentions)
    places = {view.claim: links[0] for view in views if (links := claims.links(view))}
    return NumbersSection(
        wording.headline(),
        views,
        wording.families(),
        [*map(wording.drift, found.drifts)],
        wording.compared(),
        [*map(wording.sum, found.sums)] or [wording.say("no sum")],
        list(repetitions(found, wording, places)),
    )


def repetitions(found: Numbers, wording: Phrases, places: Mapping[NamedNode, PlaceLink]) -> Iterator[dict[str, Any]]:
    """Yield each repetition, those of a lineage together: the figure, the one that repeats it, and what changed.

    It is in doubt if the first does not support it.
    """

    def box(mention: Mention) -> dict[str, str]:
        place, number = places.get(mention.claim), wording.numbers([mention.claim])
        source, path = (place.label, place.path) if place else ("", "")
        return {"number": number, "title": wording.figure(mention), "source": source, "path": path}

    again: dict[NamedNode, list[Drift]] = grouped(found.drifts, lambda drift: [drift.restating.claim])
    for family in found.lineage.families:
        for drift in (drift for claim in family.mentions for drift in again.get(claim, ())):
            yield {
                "first": box(drift.restated),
                "again": box(drift.restating),
                "changes": [*map(wording.change, drift.changes)] or [wording.say("nothing changed")],
                "doubt": "" if drift.supported else wording.say("doubt"),
            }
