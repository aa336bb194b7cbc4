"""Who says whose number again: the roots of a number, and numbers that go round in a circle."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
from pyoxigraph import NamedNode

from tipgraph.graph import Graph

Arcs: TypeAlias = Mapping[tuple[NamedNode, NamedNode], str]


def restatements(graph: Graph, claims: Collection[NamedNode]) -> Arcs:
    """Return which of some claims says which of them again, and what changed in our words."""
    rows = graph.named("says-again", {"restating": list(claims)})
    return {
        (row["restating"], row["restated"]): row["change"].value if row["change"] is not None else ""
        for row in rows
        if row["restated"] in claims
    }


class Lineage:
    """The numbers as arcs lead from one that says another again to that one."""

    def __init__(self, mentions: Iterable[NamedNode], arcs: Arcs) -> None:
        """Take the numbers, and what changed in our words by each pair of a restating and a restated one."""
        self.arcs = dict(arcs)
        self._network: nx.DiGraph[NamedNode] = nx.DiGraph()
        self._network.add_nodes_from(mentions)
        self._network.add_edges_from(arcs)
        self._pieces = nx.condensation(self._network)
        self._piece: dict[NamedNode, int] = self._pieces.graph["mapping"]

    def roots(self, mention: NamedNode) -> frozenset[frozenset[NamedNode]]:
        """Return where a number begins: those that say nothing again, each alone, and circles as one."""
        piece = self._piece[mention]
        reached = {piece, *nx.descendants(self._pieces, piece)}
        return frozenset(self._members(one) for one in reached if self._pieces.out_degree(one) == 0)

    def circles(self) -> list[list[NamedNode]]:
        """Return the numbers that say each other again: circular reporting, which stands on nothing."""
        rings = [self._members(piece) for piece in self._pieces]
        loops = {one for one, other in self._network.edges if one == other}
        return sorted((sorted(ring, key=str) for ring in rings if len(ring) > 1 or ring & loops), key=str)

    def families(self) -> list["Family"]:
        """Return the numbers as lineages tie them together, the largest first."""
        found = []
        for tied in nx.weakly_connected_components(self._network):
            roots = frozenset(root for one in tied for root in self.roots(one))
            first = {one for root in roots for one in root}
            ordered = sorted(tied, key=lambda one: (one not in first, str(one)))
            found.append(Family(ordered, sorted(roots, key=lambda root: min(map(str, root)))))
        return sorted(found, key=lambda one: (-len(one.mentions), str(one.mentions[0])))

    def steps(self) -> dict[NamedNode, int]:
        """Return how many times at most a number was said again on its way: 0 for roots; a circle is one step."""
        depth: dict[int, int] = {}
        for piece in reversed(list(nx.topological_sort(self._pieces))):
            depth[piece] = max((depth[other] + 1 for other in self._pieces.successors(piece)), default=0)
        return {claim: depth[piece] for claim, piece in self._piece.items()}

    def echoes(self, one: NamedNode, other: NamedNode) -> bool:
        """Tell whether two numbers have a root in common."""
        return bool(self.roots(one) & self.roots(other))

    def _members(self, piece: int) -> frozenset[NamedNode]:
        return frozenset(self._pieces.nodes[piece]["members"])


@dataclass(frozen=True)
class Family:
    """Numbers that lineages tie together, the roots first; each root alone, or those of a circle."""

    mentions: list[NamedNode]
    roots: list[frozenset[NamedNode]]
