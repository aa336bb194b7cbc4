"""Clusters of nodes that judgements join, and the node that represents each.

Decision: docs/decisions/0015-the-node-that-represents-merged-nodes.md.
"""

from collections.abc import Iterable
from itertools import pairwise

import networkx as nx

from tipgraph.pipeline.merge.judgements import Judgement


class Clusters:
    """The nodes as judgements join them, and the judgements between clusters.

    >>> clusters = Clusters([Judgement("j1", "a", "b", "same"), Judgement("j2", "b", "c", "unsure")])
    >>> clusters.are_one("b", "a"), [judgement.id for judgement in clusters.between("c", "a")]
    (True, ['j2'])
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.judgements = list(judgements)
        self._representatives = representatives(self.judgements)
        self._between: dict[frozenset[str], list[Judgement]] = {}
        for judgement in self.judgements:
            self._between.setdefault(self._sides(judgement.left, judgement.right), []).append(judgement)

    def are_one(self, left: str, right: str) -> bool:
        """Return whether one node represents both."""
        return len(self._sides(left, right)) == 1

    def between(self, left: str, right: str) -> list[Judgement]:
        """Return the judgements on two nodes of different clusters, or on others of these clusters."""
        return [] if self.are_one(left, right) else self._between.get(self._sides(left, right), [])

    def _sides(self, left: str, right: str) -> frozenset[str]:
        return frozenset((self._representatives.get(left, left), self._representatives.get(right, right)))


def representatives(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return the representative of each node that has another one than itself.

    A node of the reference comes before a source, a source before the nodes of sources, and of those the one comes
    first that the judgements name first, so that a later judgement does not change the representative.

    >>> representatives([Judgement("j1", "a/actors/x", "b/actors/x", "same")])
    {'b/actors/x': 'a/actors/x'}
    """
    graph = _same(judgements)
    order = {node: (_rank(node), position) for position, node in enumerate(graph)}
    first_of: dict[str, str] = {}
    for cluster in nx.connected_components(graph):
        first = min(cluster, key=order.__getitem__)
        first_of |= dict.fromkeys(cluster - {first}, first)
    return first_of


def same_chain(judgements: Iterable[Judgement], start: str, end: str) -> list[Judgement]:
    """Return the shortest chain of judgements of *same* from one node to another; an empty list if there is none.

    >>> pairs = (("j1", "a", "b"), ("j2", "c", "b"), ("j3", "a", "d"))
    >>> [judgement.id for judgement in same_chain([Judgement(*pair, "same") for pair in pairs], "a", "c")]
    ['j1', 'j2']
    """
    graph = _same(judgements)
    before = dict(nx.bfs_predecessors(graph, start)) if start in graph else {}
    nodes = [end]
    while nodes[-1] in before:
        nodes.append(before[nodes[-1]])
    return [graph.edges[pair]["judgement"] for pair in pairwise(reversed(nodes))]


def _same(judgements: Iterable[Judgement]) -> "nx.Graph[str]":
    """Return the nodes that judgements of *same* join, with the first judgement on each pair."""
    graph: nx.Graph[str] = nx.Graph()
    for judgement in judgements:
        if judgement.verdict == "same" and not graph.has_edge(judgement.left, judgement.right):
            graph.add_edge(judgement.left, judgement.right, judgement=judgement)
    return graph


def _rank(node: str) -> int:
    if node.startswith("reference/"):
        return 0
    return 2 if "/" in node else 1
