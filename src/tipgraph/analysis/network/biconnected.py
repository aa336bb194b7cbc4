"""The pieces of a network without one of its nodes or ties, in one walk over its block tree."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T", bound=Hashable)


def without_node(graph: "nx.Graph[str]") -> dict[str, list[int]]:
    """Return, for each articulation point, the sizes of the pieces of its component without it.

    >>> import networkx as nx
    >>> without_node(nx.path_graph(["a", "b", "c"]))
    {'b': [1, 1]}
    """
    import networkx as nx

    cuts = set(nx.articulation_points(graph))
    tree: nx.Graph[str | int] = nx.Graph()
    size: dict[str | int, int] = dict.fromkeys(cuts, 1)
    blocks: Iterable[set[str]] = nx.biconnected_components(graph)  # type: ignore[assignment]  # the stubs have it wrong
    for number, block in enumerate(blocks):
        size[number] = len(block - cuts)
        tree.add_edges_from((number, cut) for cut in block & cuts)
    sides = _sides(tree, size)
    return {cut: sorted((sides[cut, block] for block in tree[cut]), reverse=True) for cut in sorted(cuts)}


def without_edge(graph: "nx.Graph[str]") -> dict[tuple[str, str], int]:
    """Return, for each bridge, the number of nodes on its smaller side.

    >>> import networkx as nx
    >>> without_edge(nx.path_graph(["a", "b", "c"]))
    {('a', 'b'): 1, ('b', 'c'): 1}
    """
    import networkx as nx

    bridges: list[tuple[str, str]] = list(nx.bridges(graph))  # type: ignore[arg-type]  # the stubs have it wrong
    rest = graph.copy()
    rest.remove_edges_from(bridges)
    piece = {node: number for number, nodes in enumerate(nx.connected_components(rest)) for node in nodes}
    tree: nx.Graph[int] = nx.Graph()
    size: dict[int, int] = {}
    for number in piece.values():
        size[number] = size.get(number, 0) + 1
    tree.add_edges_from((piece[left], piece[right]) for left, right in bridges)
    sides = _sides(tree, size)
    return {
        (min(left, right), max(left, right)): min(sides[piece[left], piece[right]], sides[piece[right], piece[left]])
        for left, right in bridges
    }


def _sides(tree: "nx.Graph[T]", size: Mapping[T, int]) -> dict[tuple[T, T], int]:
    """Return, for each edge of a forest in both directions, the total size beyond it."""
    import networkx as nx

    beyond: dict[tuple[T, T], int] = {}
    for part in nx.connected_components(tree):
        root = next(iter(part))
        total = sum(size[node] for node in part)
        below = {node: size[node] for node in part}
        for node, parent in reversed([(end, start) for start, end in nx.bfs_edges(tree, root)]):
            below[parent] += below[node]
            beyond[parent, node], beyond[node, parent] = below[node], total - below[node]
    return beyond
