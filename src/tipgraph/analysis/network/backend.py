"""Algorithms that are slow in networkx: they run in python-igraph if it is installed.

igraph is under the GPL, so it is an extra (`pip install "tipgraph[scale]"`). networkx needs scipy (the extra
`networks`) for the layout of a large network. Both give the same results, communities the same modularity within 0.005.
All take a simple graph with `weight` on its edges.

Decision: docs/decisions/0047-igraph-is-an-extra.md.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from tipgraph.runtime import is_here, need

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    from tipgraph.analysis.network.columns import Numbers

SEED = 7  # of random draws: the same graph gives the same result
RUNS = 50  # of a random method on a small graph; a large one has one run
_SLOW_RUNS = 10  # in networkx
_STEPS, _NEAR = 1000, 1e-7  # of the power method: at most so many, until the change is less than that


def betweenness(graph: "nx.Graph[str]") -> dict[str, float]:
    """Return the share of shortest paths between other nodes that pass each node (Freeman 1977), from 0 to 1."""
    import networkx as nx

    igraph = _igraph()
    if igraph is None or len(graph) < 3:
        return dict(nx.betweenness_centrality(graph))
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    values = _converted(igraph, _links(graph), range(len(graph))).betweenness()
    return {node: value / pairs for node, value in zip(graph, values, strict=True)}


def pagerank(graph: "nx.DiGraph[str]") -> dict[str, float]:
    """Return the PageRank of each node, weighted, with damping 0.85; the values add up to 1.

    This is the power method over columns: a library takes longer to convert the graph than this takes in all.
    """
    import numpy as np

    links, size = _links(graph), len(graph)
    if not size:
        return {}
    out = np.bincount(links.start, links.weight, size)
    share, ends = 0.85 * links.weight / out[links.start], np.flatnonzero(out == 0)
    begin = np.bincount(links.end, links.weight, size) + 1 / size  # near the result, so that it takes fewer steps
    rank = begin / begin.sum()
    for _ in range(_STEPS):
        anywhere = (0.85 * rank[ends].sum() + 0.15) / size
        last, rank = rank, np.bincount(links.end, share * rank[links.start], size) + anywhere
        if np.abs(rank - last).sum() < _NEAR:
            break
    return dict(zip(graph, rank.tolist(), strict=True))


def communities(graph: "nx.Graph[str]", method: str) -> list[list[str]]:
    """Return groups of nodes with more ties within than between them, by `louvain` or `leiden`, weighted.

    The largest group comes first; in each group, the node with the most weight. Both methods are random: of several
    runs on a small graph, the one with the greatest modularity is kept (Blondel et al. 2008; Traag et al. 2019). A
    large graph has one run. Raises MissingExtra for `leiden` without igraph.
    """
    import numpy as np

    links = _links(graph)
    weight = np.bincount(links.start, links.weight, len(graph)) + np.bincount(links.end, links.weight, len(graph))
    lightness = dict(zip(graph, (-weight).tolist(), strict=True))
    groups = sorted(map(sorted, _communities(graph, links, method)), key=lambda group: (-len(group), group[0]))
    return [sorted(group, key=lightness.__getitem__) for group in groups]


def _communities(graph: "nx.Graph[str]", links: "_Links", method: str) -> list[list[str]]:
    igraph = _igraph()
    if not len(links.start):
        return [[node] for node in graph]
    if igraph is None:
        if method == "leiden":
            need("scale", "leiden", "take louvain")
        return _louvain(graph)
    is_small = len(graph) <= _SMALL
    draw, nodes, order = random.Random(SEED), list(graph), list(range(len(graph)))  # noqa: S311
    attempts = []
    with _seeded(igraph):
        for run in range(RUNS if is_small else 1):
            if run:
                draw.shuffle(order)  # runs of some methods differ only in the order of nodes
            clusters = _cluster(_converted(igraph, links, order), method, is_small=is_small)
            attempts.append((clusters, list(order)))
    best, order = max(attempts, key=lambda attempt: attempt[0].modularity) if is_small else attempts[0]
    return [[nodes[order[place]] for place in group] for group in best]


def _louvain(graph: "nx.Graph[str]") -> list[list[str]]:
    """Return the groups of the best of several runs of networkx."""
    import networkx as nx

    runs: list[list[set[str]]] = [
        [set(group) for group in nx.community.louvain_communities(graph, weight="weight", seed=SEED + run)]
        for run in range(1 if len(graph) > _SMALL else _SLOW_RUNS)
    ]
    return list(map(list, max(runs, key=lambda groups: nx.community.modularity(graph, groups, weight="weight"))))


def _cluster(converted: Any, method: str, *, is_small: bool) -> Any:
    if method == "louvain":
        return converted.community_multilevel(weights="weight")
    return converted.community_leiden("modularity", weights="weight", n_iterations=-1 if is_small else 2)


def layout(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Return a position in the plane for each node, tied nodes near each other (Fruchterman and Reingold 1991).

    Raises MissingExtra for a large graph if neither igraph nor scipy is installed.
    """
    import networkx as nx

    igraph = _igraph()
    if igraph is None:
        if len(graph) >= _SPARSE and not is_here("scipy"):
            need("networks", f"the picture of a network of {len(graph):,} nodes")
        places = nx.spring_layout(graph, seed=SEED, scale=1000.0) if graph else {}
        return {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in places.items()}
    converted = _converted(igraph, _links(graph), range(len(graph)))
    with _seeded(igraph):
        positions = converted.layout_fruchterman_reingold(grid=len(graph) > _GRID)
    largest = max((abs(value) for place in positions for value in place), default=1.0) or 1.0
    return {
        node: (round(x * 1000 / largest, 1), round(y * 1000 / largest, 1))
        for node, (x, y) in zip(graph, positions, strict=True)
    }


_SPARSE = 500  # nodes from which networkx needs scipy
_GRID = 500  # more nodes take the faster variant
_SMALL = 1_000  # nodes of a small graph


def _igraph() -> Any:
    if not is_here("igraph"):
        return None
    import igraph

    return igraph


class _Links(NamedTuple):
    """The edges of a simple graph as columns: the numbers of their ends, and their weights."""

    start: "Numbers"
    end: "Numbers"
    weight: "NDArray[np.float64]"


def _links(graph: "nx.Graph[str]") -> _Links:
    """Return the edges of a graph in order."""
    import numpy as np

    near = [others for _, others in graph.adjacency()]
    number = dict(zip(graph, range(len(near)), strict=True))
    start = np.repeat(np.arange(len(near)), np.fromiter(map(len, near), np.int64, len(near)))
    end = np.fromiter(map(number.__getitem__, chain.from_iterable(near)), np.int64, len(start))
    weight = np.array([data.get("weight", 1) for others in near for data in others.values()], float)
    once = slice(None) if graph.is_directed() else start <= end
    return _Links(start[once], end[once], weight[once])


def _converted(igraph: Any, links: _Links, order: Sequence[int]) -> Any:
    """Return an undirected igraph graph with its vertices in an order of the nodes."""
    import numpy as np

    place = np.argsort(np.array(order, np.int64))
    ends = zip(place[links.start].tolist(), place[links.end].tolist(), strict=True)
    return igraph.Graph(len(order), list(ends), edge_attrs={"weight": links.weight.tolist()})  # faster than an array


def igraph_of(
    ends: Sequence[tuple[int, int]], vertices: Mapping[str, Sequence[Any]], edges: Mapping[str, Sequence[Any]]
) -> Any:
    """Return a directed `igraph.Graph` of edges by the numbers of their ends, and of attributes as lists.

    Raises MissingExtra if igraph is not installed.
    """
    need("scale", "a network for igraph")
    import igraph

    return igraph.Graph(len(vertices["name"]), ends, directed=True, vertex_attrs=vertices, edge_attrs=edges)


@contextmanager
def _seeded(igraph: Any) -> Iterator[None]:
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
