"""Numbers that sources give for a route or a place: which are comparable, which repeat another, which changed.

    estimate (a number, and what it counts)  →  likeness (of two) · lineage (who repeats whom)  →  sums (by named rules)

Nothing is averaged. Numbers that do not count alike are never added up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final, Literal, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates.estimate import ABOUT, FIELDS, Mention, belonging, mentions
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
from tipgraph.analysis.estimates.lineage import Arcs, Family, Lineage, restatements
from tipgraph.analysis.estimates.sums import Sum, sums
from tipgraph.graph import Graph

__all__ = [
    "ABOUT",
    "FIELDS",
    "SMALL",
    "Drift",
    "EstimateChange",
    "EstimateDifference",
    "Family",
    "Kin",
    "Lineage",
    "Mention",
    "Numbers",
    "Pair",
    "Sum",
    "Verdict",
    "agreement",
    "alike",
    "mentions",
    "numbers",
    "numbers_of_each",
    "places_within",
]


SMALL: Final = 11  # a smaller count could be somebody; as the Counter-Trafficking Data Collaborative publishes
Kin: TypeAlias = Literal["echo", "one voice", "independent"]


@dataclass(frozen=True)
class Drift:
    """A number that says another again: what changed, in our words and by field, and whether the other bears it out."""

    restating: Mention
    restated: Mention
    change: str
    changes: list[EstimateChange]
    supported: bool


@dataclass(frozen=True)
class Pair:
    """Two numbers: the verdict on them, why they cannot be compared, and how they are kin.

    An `echo` has a root in common; `one voice` are two whose roots are of one issuer, or where none is named, of one
    source, those with the same text being one; others are `independent`.
    """

    left: Mention
    right: Mention
    verdict: Verdict
    differences: list[EstimateDifference]
    kin: Kin


@dataclass(frozen=True)
class Numbers:
    """All numbers of one thing, with their lineage and which place lies within which.

    The mentions stand by lineage, the largest first, and in each the roots before those that say them again.
    """

    thing: NamedNode
    mentions: list[Mention]
    lineage: Lineage
    lying: Places

    @cached_property
    def roots(self) -> int:
        """How many numbers there are that say no other again; a circle has none."""
        return sum(len(family.roots) for family in self.lineage.families)

    @cached_property
    def drifts(self) -> list[Drift]:
        """What changed wherever a number says another again."""
        return [
            Drift(one, other, change, changes(one, other, self.lying), supports(other, one))
            for (restating, restated), change in sorted(self.lineage.arcs.items(), key=str)
            for one, other in ((self._by_claim[restating], self._by_claim[restated]),)
        ]

    @cached_property
    def groups(self) -> list[list[Mention]]:
        """The numbers by what they count: those of a group can be compared with each other, and with no other."""
        return alike(self.mentions)

    def pairs(self) -> Iterator[Pair]:
        """Yield every two numbers with the verdict on them; there are as many as the square of the numbers."""
        for left, right in combinations(self.mentions, 2):
            yield self.pair(left, right)

    def pair(self, left: Mention, right: Mention) -> Pair:
        """Set two numbers beside each other."""
        apart = differences(left, right, self.lying)
        return Pair(left, right, "not comparable" if apart else agreement(left, right), apart, self._kin(left, right))

    def _kin(self, left: Mention, right: Mention) -> Kin:
        if self.lineage.echoes(left.claim, right.claim):
            return "echo"
        return "one voice" if self._voices(left) & self._voices(right) else "independent"

    def _voices(self, one: Mention) -> frozenset[NamedNode]:
        roots = (self._by_claim[claim] for root in self.lineage.roots(one.claim) for claim in root)
        return frozenset(voice for root in roots for voice in root.issuers or {root.voice or root.source})

    @cached_property
    def _by_claim(self) -> dict[NamedNode, Mention]:
        return {one.claim: one for one in self.mentions}

    @cached_property
    def sums(self) -> list[Sum]:
        """The sums that can be offered, each with its rule."""
        repeating = {restating for restating, _ in self.lineage.arcs}
        return sums((one for one in self.mentions if one.claim not in repeating), self.lying)


def numbers(graph: Graph, thing: NamedNode) -> Numbers:
    """Return the numbers that sources give of a route or a place, and of what lies around it.

    Of a route: its own, those of routes whose ends lie within its ends or hold them, those of its ends, and any that
    say one of these again or are said again. Of a place: its own, those of what lies within it, and of routes that
    begin or end there.

    >>> from tipgraph import load; from tipgraph.graph import resolve
    >>> graph = load("build/graph.trig")  # doctest: +SKIP
    >>> found = numbers(graph, resolve(graph, "route:lac-japan"))  # doctest: +SKIP
    >>> len(found.mentions), found.roots  # doctest: +SKIP
    (6, 3)
    """
    return numbers_of_each(graph, [thing])[thing]


def numbers_of_each(graph: Graph, things: Iterable[NamedNode]) -> dict[NamedNode, Numbers]:
    """Return the numbers of each of some routes and places; what they share is asked once."""
    claims = belonging(graph, things)
    every = mentions(graph, (claim for some in claims.values() for claim in some))
    arcs, lying = restatements(graph, every), places_within(graph, every.values())
    return {thing: _of(thing, [every[claim] for claim in some], arcs, lying) for thing, some in claims.items()}


def _of(thing: NamedNode, some: list[Mention], arcs: Arcs, lying: Places) -> Numbers:
    own = {one.claim: one for one in some}
    lineage = Lineage(own, {pair: change for pair, change in arcs.items() if own.keys() >= set(pair)})
    return Numbers(thing, [own[claim] for family in lineage.families for claim in family.mentions], lineage, lying)


def places_within(graph: Graph, estimates: Iterable[Mention]) -> Places:
    """Return the places of some estimates that lie within others of them, each pair as part and whole."""
    places = sorted({place for one in estimates for ends in one.ends.values() for place in ends}, key=str)
    rows = graph.named("lying", {"part": places, "whole": places})
    return frozenset((row["part"], row["whole"]) for row in rows)
