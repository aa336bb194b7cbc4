"""The numbers in sources for a route or a place: which are comparable, which repeat another, which changed.

    estimate (a number, and what it counts)  →  likeness (of two) · lineage (who repeats whom)

Numbers are neither averaged nor added up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final, Literal, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates.estimate import Mention, mentions
from tipgraph.analysis.estimates.likeness import (
    EstimateChange,
    EstimateDifference,
    Places,
    Verdict,
    agreement,
    alike,
    changes,
    differences,
    supports,
)
from tipgraph.analysis.estimates.lineage import Lineage, restatements
from tipgraph.graph import Graph

SMALL: Final = 11  # a smaller count could be somebody; as the Counter-Trafficking Data Collaborative publishes
Kin: TypeAlias = Literal["echo", "one voice", "independent"]


@dataclass(frozen=True)
class Drift:
    """A number that repeats another: the change in our words and by field, and whether the other supports it."""

    restating: Mention
    restated: Mention
    change: str
    changes: list[EstimateChange]
    supported: bool


@dataclass(frozen=True)
class Pair:
    """Two numbers: the verdict, why they cannot be compared, and their kinship.

    An `echo` shares a root with the other. In `one voice` their roots have the same issuer or, if none is named, the
    same source or text. Others are `independent`.
    """

    left: Mention
    right: Mention
    verdict: Verdict
    differences: list[EstimateDifference]
    kin: Kin


@dataclass(frozen=True)
class Numbers:
    """All numbers of one thing, with their lineage, and the places that lie within others.

    Mentions are ordered by lineage, the largest first; in each, roots go before the numbers that repeat them.
    """

    thing: NamedNode
    mentions: list[Mention]
    lineage: Lineage
    lying: Places

    @cached_property
    def roots(self) -> int:
        """The number of roots: numbers that repeat no other. A circle has none."""
        return sum(len(family.roots) for family in self.lineage.families)

    @cached_property
    def drifts(self) -> list[Drift]:
        """The changes where a number repeats another."""
        drifts = []
        for claims, change in sorted(self.lineage.arcs.items(), key=str):
            restating, restated = (self._by_claim[claim] for claim in claims)
            changed, supported = changes(restating, restated, self.lying), supports(restated, restating)
            drifts.append(Drift(restating, restated, change, changed, supported))
        return drifts

    @cached_property
    def groups(self) -> list[list[Mention]]:
        """The numbers in groups that count the same; only numbers of one group can be compared."""
        return alike(self.mentions)

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair of numbers with its verdict."""
        for left, right in combinations(self.mentions, 2):
            yield self.pair(left, right)

    def pair(self, left: Mention, right: Mention) -> Pair:
        """Compare two numbers."""
        apart = differences(left, right, self.lying)
        return Pair(left, right, "not comparable" if apart else agreement(left, right), apart, self._kin(left, right))

    def _kin(self, left: Mention, right: Mention) -> Kin:
        if self.lineage.echoes(left.claim, right.claim):
            return "echo"
        return "one voice" if self._voices(left) & self._voices(right) else "independent"

    def _voices(self, estimate: Mention) -> frozenset[NamedNode]:
        roots = (self._by_claim[claim] for root in self.lineage.roots(estimate.claim) for claim in root)
        return frozenset(voice for root in roots for voice in root.issuers or {root.voice or root.source})

    @cached_property
    def _by_claim(self) -> dict[NamedNode, Mention]:
        return {estimate.claim: estimate for estimate in self.mentions}


def numbers(graph: Graph, thing: NamedNode) -> Numbers:
    """Return the numbers in sources for a route or a place, and for places and routes around it.

    For a route: its own, those of its ends, those of routes whose ends lie within its ends or hold them, and numbers
    that repeat one of these or are repeated. For a place: its own, those of places within it, and of routes that begin
    or end there.

    >>> from tipgraph import load; from tipgraph.graph import resolve
    >>> graph = load("build/graph.trig")  # doctest: +SKIP
    >>> found = numbers(graph, resolve(graph, "route:lac-japan"))  # doctest: +SKIP
    >>> len(found.mentions), found.roots  # doctest: +SKIP
    (6, 3)
    """
    return numbers_of_each(graph, [thing])[thing]


def numbers_of_each(graph: Graph, things: Iterable[NamedNode]) -> dict[NamedNode, Numbers]:
    """Return the numbers of each of some routes and places; shared ones are read once."""
    claims: dict[NamedNode, list[NamedNode]] = {thing: [] for thing in things}
    for row in graph.named("numbers-around", {"of": list(claims)}):
        claims[row["of"]].append(row["claim"])
    every = mentions(graph, (claim for own in claims.values() for claim in own))
    arcs, lying = restatements(graph, every), places_within(graph, every.values())
    found = {}
    for thing, own in claims.items():
        lineage = Lineage(own, {pair: change for pair, change in arcs.items() if set(own).issuperset(pair)})
        ordered = [every[claim] for family in lineage.families for claim in family.mentions]
        found[thing] = Numbers(thing, ordered, lineage, lying)
    return found


def places_within(graph: Graph, estimates: Iterable[Mention]) -> Places:
    """Return the places of some estimates that lie within others of them, each pair as part and whole."""
    places = sorted({place for estimate in estimates for ends in estimate.ends.values() for place in ends}, key=str)
    rows = graph.named("lying", {"part": places, "whole": places})
    return frozenset((row["part"], row["whole"]) for row in rows)
