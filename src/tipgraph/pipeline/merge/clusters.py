"""Clusters of nodes that judgements join, and the node that represents each.

Decision: docs/decisions/0015-the-node-that-represents-merged-nodes.md.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from tipgraph.pipeline.merge.judgements import Judgement

_Neighbours: TypeAlias = Mapping[str, Mapping[str, Judgement]]  # of each node, with the first judgement on each pair


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
    neighbours = _same(judgements)
    first_of: dict[str, str] = {}
    for node in sorted(neighbours, key=_rank):  # nodes of one rank stay in the order of the judgements
        if node not in first_of:
            first_of |= dict.fromkeys(_reached(neighbours, node), node)
    return {node: first for node, first in first_of.items() if node != first}


def same_chain(judgements: Iterable[Judgement], start: str, end: str) -> list[Judgement]:
    """Return the shortest chain of judgements of *same* from one node to another; an empty list if there is none.

    >>> pairs = (("j1", "a", "b"), ("j2", "c", "b"), ("j3", "a", "d"))
    >>> [judgement.id for judgement in same_chain([Judgement(*pair, "same") for pair in pairs], "a", "c")]
    ['j1', 'j2']
    """
    before = _reached(_same(judgements), start)
    chain: list[Judgement] = []
    while step := before.get(end):
        end, judgement = step
        chain.append(judgement)
    return chain[::-1]


def _same(judgements: Iterable[Judgement]) -> _Neighbours:
    """Return the nodes that judgements of *same* join, in the order in which these name them."""
    neighbours: dict[str, dict[str, Judgement]] = {}
    for judgement in judgements:
        if judgement.verdict == "same":
            neighbours.setdefault(judgement.left, {}).setdefault(judgement.right, judgement)
            neighbours.setdefault(judgement.right, {}).setdefault(judgement.left, judgement)
    return neighbours


def _reached(neighbours: _Neighbours, start: str) -> dict[str, tuple[str, Judgement] | None]:
    """Return the nodes of a cluster, the nearest to `start` first, each with the step before it."""
    before: dict[str, tuple[str, Judgement] | None] = {start: None}
    waiting = [start]
    for node in waiting:
        for other, judgement in neighbours.get(node, {}).items():
            if other not in before:
                before[other] = (node, judgement)
                waiting.append(other)
    return before


def _rank(node: str) -> int:
    if node.startswith("reference/"):
        return 0
    return 2 if "/" in node else 1
