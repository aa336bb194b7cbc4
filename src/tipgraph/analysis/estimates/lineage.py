"""Which numbers repeat which: the roots of a number, and circles of numbers that repeat each other."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import networkx as nx
from pyoxigraph import NamedNode

from tipgraph.graph import Graph

Arcs: TypeAlias = Mapping[tuple[NamedNode, NamedNode], str]


def restatements(graph: Graph, claims: Collection[NamedNode]) -> Arcs:
    """Return which of some claims repeat which of them, each with the change in our words."""
    rows = graph.named("says-again", {"restating": list(claims)})
    return {
        (row["restating"], row["restated"]): row["change"].value if row["change"] is not None else ""
        for row in rows
        if row["restated"] in claims
    }


class Lineage:
    """A network of numbers, with an arc from each number to the number that it repeats."""

    def __init__(self, mentions: Iterable[NamedNode], arcs: Arcs) -> None:
        """Take the numbers, and the arcs with the change of each in our words."""
        self.arcs = dict(arcs)
        self._network: nx.DiGraph[NamedNode] = nx.DiGraph()
        self._network.add_nodes_from(mentions)
        self._network.add_edges_from(arcs)
        self._pieces = nx.condensation(self._network)
        self._piece: dict[NamedNode, int] = self._pieces.graph["mapping"]

    def roots(self, mention: NamedNode) -> frozenset[frozenset[NamedNode]]:
        """Return the roots of a number: numbers that repeat none, each alone, and circles as one root."""
        return self._roots[self._piece[mention]]

    @cached_property
    def circles(self) -> list[frozenset[NamedNode]]:
        """The circles of numbers that repeat each other: circular reporting, which has no origin."""
        loops = {claim for claim, repeated in self._network.edges if claim == repeated}
        rings = [self._members(piece) for piece in self._pieces]
        return sorted((ring for ring in rings if len(ring) > 1 or ring & loops), key=lambda ring: min(map(str, ring)))

    @cached_property
    def families(self) -> list["Family"]:
        """The numbers of each lineage together, the largest first."""
        families = []
        for claims in nx.weakly_connected_components(self._network):
            begin = {root for claim in claims for root in self.roots(claim)}
            first = {claim for root in begin for claim in root}
            ordered = sorted(claims, key=lambda claim: (claim not in first, str(claim)))
            firm = sorted((claim for root in begin.difference(self.circles) for claim in root), key=str)
            families.append(Family(ordered, firm, [ring for ring in self.circles if ring <= claims]))
        return sorted(families, key=lambda family: (-len(family.mentions), str(family.mentions[0])))

    def echoes(self, claim: NamedNode, other: NamedNode) -> bool:
        """Tell whether two numbers share a root."""
        return bool(self.roots(claim) & self.roots(other))

    @cached_property
    def _inwards(self) -> list[int]:
        """The strongly connected pieces, roots first."""
        return list(reversed(list(nx.topological_sort(self._pieces))))

    @cached_property
    def _roots(self) -> dict[int, frozenset[frozenset[NamedNode]]]:
        roots: dict[int, frozenset[frozenset[NamedNode]]] = {}
        for piece in self._inwards:
            after = [roots[other] for other in self._pieces.successors(piece)]
            roots[piece] = frozenset().union(*after) if after else frozenset({self._members(piece)})
        return roots

    def _members(self, piece: int) -> frozenset[NamedNode]:
        return frozenset(self._pieces.nodes[piece]["members"])


@dataclass(frozen=True)
class Family:
    """The numbers of one lineage, roots and circles first; `roots` repeat no other number."""

    mentions: list[NamedNode]
    roots: list[NamedNode]
    circles: list[frozenset[NamedNode]]

    @property
    def is_alone(self) -> bool:
        """Whether it is one number that repeats none, and that none repeats."""
        return len(self.mentions) == 1 and not self.circles
