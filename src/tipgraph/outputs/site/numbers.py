"""The figures on the page of an entry: who repeats whose, with what changed, and the comparable ones."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis import Drift, Numbers, Phrases, numbers_of_each
from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.claim_groups import grouped
from tipgraph.outputs.site.claims import Claims, PlaceLink


class NumbersSection(NamedTuple):
    """The figures of an entry, their claims, the place of each claim, and what says them in words."""

    found: Numbers
    wording: Phrases
    claims: list[ClaimView]
    places: Mapping[NamedNode, PlaceLink]

    @property
    def lines(self) -> list[str]:
        """The lineages and the repetitions of figures in words."""
        return [*self.wording.families(), *map(self.wording.drift, self.found.drifts)]

    @property
    def repeated(self) -> list[Drift]:
        """The repetitions of figures, those of a lineage together."""
        again = grouped(self.found.drifts, lambda drift: [drift.restating.claim])
        families = self.found.lineage.families
        return [drift for family in families for claim in family.mentions for drift in again.get(claim, ())]


def figures(graph: Graph, entries: Collection[str]) -> dict[str, Numbers]:
    """Return the figures of each of some entries that has some by its IRI: a subject of estimates, an end of routes."""
    every = numbers_of_each(graph, [row["thing"] for row in graph.named("estimated") if row["thing"].value in entries])
    return {entry.value: found for entry, found in every.items() if found.mentions}


def sections(graph: Graph, claims: Claims, every: Mapping[str, Numbers], language: str) -> dict[str, NumbersSection]:
    """Return the section of each entry with figures by its IRI; `every` has the figures of each."""
    told = {}
    for iri, found in every.items():
        views = claims.of(data_name(mention.claim.value) for mention in found.mentions)
        places = {view.claim: links[0] for view in views if (links := claims.links(view))}
        told[iri] = NumbersSection(found, Phrases(graph, found, language), views, places)
    return told
