"""Algorithms that are slow in networkx: they run in python-igraph if it is installed.

igraph is under the GPL, so it is an extra (`pip install "tipgraph[scale]"`). networkx needs scipy (the extra
`networks`) for PageRank and the layout of a large network. Both give the same results, communities the same modularity
within 0.005. All take a simple graph with `weight` on its edges.

Decision: docs/decisions/0047-igraph-is-an-extra.md.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tipgraph.runtime import is_here, need

if TYPE_CHECKING:
    import networkx as nx

SEED = 7  # of random draws: the same graph gives the same result
RUNS = 10  # of a random method on a large graph; five times as many on a small one
FEW_RUNS = 2  # on a very large graph, where one takes seconds


def betweenness(graph: "nx.Graph[str]") -> dict[str, float]:
    """Return the share of shortest paths between other nodes that pass each node (Freeman 1977), from 0 to 1."""
    import networkx as nx

    igraph = _igraph()
    if igraph is None or len(graph) < 3:
        return dict(nx.betweenness_centrality(graph))
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    values = _converted(igraph, graph).betweenness()
    return {node: value / pairs for node, value in zip(graph, values, strict=True)}


def pagerank(graph: "nx.DiGraph[str]") -> dict[str, float]:
    """Return the PageRank of each node, weighted, with damping 0.85; the values add up to 1.

    Raises MissingExtra if neither igraph nor scipy is installed.
    """
    import networkx as nx

    igraph = _igraph()
    if igraph is None or not graph:
        if not is_here("scipy"):
            need("networks", "pagerank")
        return dict(nx.pagerank(graph, alpha=0.85, weight="weight", tol=1e-10, max_iter=1000))
    values = _converted(igraph, graph).pagerank(damping=0.85, weights="weight" if graph.number_of_edges() else None)
    return dict(zip(graph, values, strict=True))


def communities(graph: "nx.Graph[str]", method: str) -> list[list[str]]:
    """Return groups of nodes with more ties within than between them, by `louvain` or `leiden`, weighted.

    The largest group comes first; in each group, the node with the most weight. Both methods are random: of several
    runs, the one with the greatest modularity is kept (Blondel et al. 2008; Traag et al. 2019). Raises MissingExtra for
    `leiden` without igraph.
    """
    weight = dict(graph.degree(weight="weight"))
    groups = sorted(_communities(graph, method), key=lambda group: (-len(group), min(group)))
    return [sorted(group, key=lambda node: (-weight[node], node)) for group in groups]


def _communities(graph: "nx.Graph[str]", method: str) -> list[set[str]]:
    igraph = _igraph()
    if not graph.number_of_edges():
        return [{node} for node in graph]
    if igraph is None:
        if method == "leiden":
            need("scale", "leiden", "take louvain")
        return _louvain(graph)
    draw, nodes = random.Random(SEED), list(graph)  # noqa: S311
    attempts = []
    with _seeded(igraph):
        for _ in range(5 * RUNS if len(nodes) <= _SMALL else RUNS if len(nodes) <= _LARGE else FEW_RUNS):
            draw.shuffle(nodes)  # runs of some methods differ only in the order of nodes
            clusters = _cluster(_converted(igraph, graph, nodes), method)
            attempts.append((clusters.modularity, [{nodes[index] for index in group} for group in clusters]))
    return max(attempts, key=lambda attempt: attempt[0])[1]


def _louvain(graph: "nx.Graph[str]") -> list[set[str]]:
    """Return the groups of the best of several runs of networkx."""
    import networkx as nx

    runs: list[list[set[str]]] = [
        [set(group) for group in nx.community.louvain_communities(graph, weight="weight", seed=SEED + run)]
        for run in range(1 if len(graph) > _SMALL else RUNS)
    ]
    return max(runs, key=lambda groups: nx.community.modularity(graph, groups, weight="weight"))


def _cluster(converted: Any, method: str) -> Any:
    if method == "louvain":
        return converted.community_multilevel(weights="weight")
    return converted.community_leiden("modularity", weights="weight", n_iterations=-1)


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
    with _seeded(igraph):
        positions = _converted(igraph, graph).layout_fruchterman_reingold(grid=len(graph) > _GRID)
    largest = max((abs(value) for place in positions for value in place), default=1.0) or 1.0
    return {
        node: (round(x * 1000 / largest, 1), round(y * 1000 / largest, 1))
        for node, (x, y) in zip(graph, positions, strict=True)
    }


_SPARSE = 500  # nodes from which networkx needs scipy
_GRID = 500  # more nodes take the faster variant
_SMALL = 1_000  # nodes of a small graph
_LARGE = 10_000  # more nodes make a very large graph


def _igraph() -> Any:
    if not is_here("igraph"):
        return None
    import igraph

    return igraph


def _converted(igraph: Any, graph: "nx.Graph[str]", nodes: Iterable[str] | None = None) -> Any:
    """Return an igraph graph with its vertices in the order of `nodes`."""
    index = {node: number for number, node in enumerate(nodes or graph)}
    edges = [(index[start], index[end]) for start, end in graph.edges()]
    weights = [data.get("weight", 1) for _, _, data in graph.edges(data=True)]
    return igraph.Graph(len(index), edges, directed=graph.is_directed(), edge_attrs={"weight": weights})


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
