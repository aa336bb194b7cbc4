"""Which node stands for those that judgements join, and by which judgements."""

from collections import deque
from collections.abc import Iterable, Mapping

from tipgraph.identity.judgements import Judgement


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
    order = {node: position for position, node in enumerate(clusters)}
    return {
        node: stands
        for node, cluster in clusters.items()
        for stands in [min(cluster, key=lambda one: (_rank(one), order[one]))]
        if node != stands
    }


def path(judgements: Iterable[Judgement], start: str, end: str) -> list[Judgement]:
    """Return the shortest chain of judgements of *same* that leads from one node to another; none where none does.

    >>> chain = [Judgement("j1", "a", "b", "same"), Judgement("j2", "c", "b", "same"), Judgement("j3", "a", "d", "same")]
    >>> [one.id for one in path(chain, "a", "c")]
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


def _rank(node: str) -> int:
    if node.startswith("reference/"):
        return 0
    return 2 if "/" in node else 1
