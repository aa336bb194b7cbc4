"""Which node stands for those that judgements join, and by which judgements.

Decision: docs/decisions/0015-the-node-that-represents-merged-nodes.md.
"""

from collections import deque
from collections.abc import Iterable, Mapping

from tipgraph.pipeline.merge.judgements import Judgement


class Joined:
    """The nodes as judgements join them, and what was judged between those that stand.

    >>> joined = Joined([Judgement("j1", "a", "b", "same"), Judgement("j2", "b", "c", "unsure")])
    >>> joined.are_one("b", "a"), [one.id for one in joined.between("c", "a")]
    (True, ['j2'])
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        """Take in all judgements."""
        self.judgements = list(judgements)
        self._stands = standing(self.judgements)
        self._between: dict[frozenset[str], list[Judgement]] = {}
        for one in self.judgements:
            self._between.setdefault(self._sides(one.left, one.right), []).append(one)

    def are_one(self, left: str, right: str) -> bool:
        """Tell whether one node stands for both."""
        return len(self._sides(left, right)) == 1

    def between(self, left: str, right: str) -> list[Judgement]:
        """Return what was judged of two nodes that stand apart, or of any that they stand for."""
        return [] if self.are_one(left, right) else self._between.get(self._sides(left, right), [])

    def _sides(self, left: str, right: str) -> frozenset[str]:
        return frozenset((self._stands.get(left, left), self._stands.get(right, right)))


def standing(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return for every node that does not stand for itself the one that stands for it.

    A reference node stands before a source, a source before the nodes of sources, and among those the one that the
    judgements name first, so that a later judgement does not change which node stands.

    >>> standing([Judgement("j1", "a/actors/x", "b/actors/x", "same")])
    {'b/actors/x': 'a/actors/x'}
    """
    clusters: dict[str, set[str]] = {}
    for one in judgements:
        if one.verdict == "same":
            _join(clusters, one.left, one.right)
    order = {node: (_rank(node), position) for position, node in enumerate(clusters)}
    stand = {id(cluster): min(cluster, key=order.__getitem__) for cluster in _each_once(clusters)}
    return {node: stand[id(cluster)] for node, cluster in clusters.items() if node != stand[id(cluster)]}


def path(judgements: Iterable[Judgement], start: str, end: str) -> list[Judgement]:
    """Return the shortest chain of judgements of *same* that leads from one node to another; none where none does.

    >>> ties = (("j1", "a", "b"), ("j2", "c", "b"), ("j3", "a", "d"))
    >>> [one.id for one in path([Judgement(*tie, "same") for tie in ties], "a", "c")]
    ['j1', 'j2']
    """
    ties: dict[str, list[tuple[str, Judgement]]] = {}
    for one in judgements:
        if one.verdict == "same":
            ties.setdefault(one.left, []).append((one.right, one))
            ties.setdefault(one.right, []).append((one.left, one))
    came: dict[str, tuple[str, Judgement] | None] = {start: None}
    ahead = deque([start])
    while ahead and end not in came:
        node = ahead.popleft()
        for other, by in ties.get(node, ()):
            if other not in came:
                came[other] = (node, by)
                ahead.append(other)
    return _back(came, end)


def _back(came: Mapping[str, tuple[str, Judgement] | None], end: str) -> list[Judgement]:
    steps: list[Judgement] = []
    step = came.get(end)
    while step is not None:
        end, by = step
        steps.append(by)
        step = came[end]
    return steps[::-1]


def _join(clusters: dict[str, set[str]], left: str, right: str) -> None:
    """Put the smaller cluster into the larger, so that long chains take no square of time."""
    small, large = sorted((clusters.setdefault(left, {left}), clusters.setdefault(right, {right})), key=len)
    if small is not large:
        large |= small
        clusters.update(dict.fromkeys(small, large))


def _each_once(clusters: Mapping[str, set[str]]) -> Iterable[set[str]]:
    return {id(cluster): cluster for cluster in clusters.values()}.values()


def _rank(node: str) -> int:
    if node.startswith("reference/"):
        return 0
    return 2 if "/" in node else 1
