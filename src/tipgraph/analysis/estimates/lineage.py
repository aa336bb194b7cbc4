"""Who says whose number again: the roots of a number, and numbers that go round in a circle."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
        return self._roots[self._piece[mention]]

    @cached_property
    def circles(self) -> list[frozenset[NamedNode]]:
        """The numbers that say each other again: circular reporting, which stands on nothing."""
        loops = {one for one, other in self._network.edges if one == other}
        rings = [self._members(piece) for piece in self._pieces]
        return sorted((ring for ring in rings if len(ring) > 1 or ring & loops), key=lambda ring: min(map(str, ring)))

    @cached_property
    def families(self) -> list["Family"]:
        """The numbers as lineages tie them together, the largest first."""
        found = []
        for tied in nx.weakly_connected_components(self._network):
            begin = {root for one in tied for root in self.roots(one)}
            first = {one for root in begin for one in root}
            ordered = sorted(tied, key=lambda one: (one not in first, str(one)))
            firm = sorted((claim for root in begin.difference(self.circles) for claim in root), key=str)
            found.append(Family(ordered, firm, [ring for ring in self.circles if ring <= tied]))
        return sorted(found, key=lambda one: (-len(one.mentions), str(one.mentions[0])))

    def steps(self) -> dict[NamedNode, int]:
        """Return how many times at most a number was said again on its way: 0 for roots; a circle is one step."""
        depth: dict[int, int] = {}
        for piece in self._inwards:
            depth[piece] = max((depth[other] + 1 for other in self._pieces.successors(piece)), default=0)
        return {claim: depth[piece] for claim, piece in self._piece.items()}

    def echoes(self, one: NamedNode, other: NamedNode) -> bool:
        """Tell whether two numbers have a root in common."""
        return bool(self.roots(one) & self.roots(other))

    @cached_property
    def _inwards(self) -> list[int]:
        """The pieces, those that say nothing again first."""
        return list(reversed(list(nx.topological_sort(self._pieces))))

    @cached_property
    def _roots(self) -> dict[int, frozenset[frozenset[NamedNode]]]:
        found: dict[int, frozenset[frozenset[NamedNode]]] = {}
        for piece in self._inwards:
            after = [found[other] for other in self._pieces.successors(piece)]
            found[piece] = frozenset().union(*after) if after else frozenset({self._members(piece)})
        return found

    def _members(self, piece: int) -> frozenset[NamedNode]:
        return frozenset(self._pieces.nodes[piece]["members"])


@dataclass(frozen=True)
class Family:
    """Numbers that lineages tie together, roots and circles first; `roots` say nothing again."""

    mentions: list[NamedNode]
    roots: list[NamedNode]
    circles: list[frozenset[NamedNode]]
