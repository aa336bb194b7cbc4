"""Measures of nodes and ties in any network: centrality, communities, articulation points and bridges.

Only PageRank, and `in` and `out` of strength, use the direction of ties.
"""

from collections.abc import Mapping
from typing import Final

import networkx as nx

from tipgraph.analysis.network.ties import (
    MeasureRow,
    MeasureTable,
    Network,
    Value,
    arcs,
    behind,
    independent,
    ranked,
    ties,
)

_THING = ("thing",)
_SEED: Final = 7  # of random draws: the same network gives the same result
_RUNS, _SMALL = 10, 1_000  # of a random method on a network of at most so many nodes; a larger one has one run
_DAMPING, _STEPS, _NEAR = 0.85, 1_000, 1e-9  # of PageRank: at most so many steps, until all change by less than that


def degree(network: Network) -> MeasureTable:
    """Count the others that each node is tied to."""
    simple = ties(network)
    return _by_node(simple, ("degree",), {node: (len(simple[node]),) for node in simple})


def strength(network: Network) -> MeasureTable:
    """Count the independent sayings behind a node's ties: all, towards it and from it."""
    simple, directed = ties(network), arcs(network)
    every = [weights(weight="weight") for weights in (simple.degree, directed.in_degree, directed.out_degree)]
    notes = (
        "claims from one sentence count once, and so do claims that repeat them",
        "a tie without direction counts in and out",
    )
    strengths = {node: tuple(weights[node] for weights in every) for node in simple}
    return _by_node(simple, ("strength", "in", "out"), strengths, notes)


def betweenness(network: Network) -> MeasureTable:
    """Measure how many of the shortest ways between others lead over each node, as a share from 0 to 1."""
    simple = ties(network)
    return _by_node(simple, ("betweenness",), _rounded(nx.betweenness_centrality(simple)))


def pagerank(network: Network) -> MeasureTable:
    """Measure how much of a walk along the edges, weighted, passes each node; the shares add up to 1."""
    return _by_node(ties(network), ("PageRank",), _rounded(ranks(arcs(network))))


def ranks(directed: "nx.DiGraph[str]") -> dict[str, float]:
    """Return the weighted PageRank of each node, by the power method: networkx needs scipy for it."""
    steps = nx.stochastic_graph(directed)
    rank = {node: 1 / len(steps) for node in steps}
    for _ in range(_STEPS):
        stuck = sum(rank[node] for node in steps if not steps[node])
        last, rank = rank, {node: (1 - _DAMPING + _DAMPING * stuck) / len(steps) for node in steps}
        for start, end, share in steps.edges(data="weight"):
            rank[end] += _DAMPING * share * last[start]
        if sum(abs(rank[node] - last[node]) for node in steps) < _NEAR:
            break
    return rank


def louvain(network: Network) -> MeasureTable:
    """Find communities by the Louvain method: groups with more ties within than between them."""
    simple = ties(network)
    groups = communities(simple)
    rows = []
    for number, group in enumerate(groups, 1):
        members, label = set(group), str(network.nodes[group[0]]["label"])
        for node in group:
            inside = [data for other, tie in simple[node].items() if other in members for data in tie["edges"]]
            rows.append(MeasureRow((node,), (f"{number} around {label}", len(group)), *behind(inside)))
    quality = nx.community.modularity(simple, map(set, groups), weight="weight") if simple.number_of_edges() else 0.0
    notes = (f"{len(groups)} communities, modularity {quality:.3f}; the one with most independent claims names each",)
    return MeasureTable(_THING, ("community", "members"), rows, notes, ranked=False)


def communities(simple: "nx.Graph[str]") -> list[list[str]]:
    """Return the best groups of several runs of the Louvain method (Blondel et al. 2008).

    The largest group comes first; in each group, the node with the most weight.
    """
    best: list[set[str]] = [{node} for node in simple]
    if simple.number_of_edges():
        seeds = range(_SEED, _SEED + (_RUNS if len(simple) <= _SMALL else 1))
        runs = [nx.community.louvain_communities(simple, weight="weight", seed=seed) for seed in seeds]
        best = max(runs, key=lambda groups: float(nx.community.modularity(simple, groups, weight="weight")))
    weight: dict[str, int] = dict(simple.degree(weight="weight"))
    groups = [sorted(group, key=lambda node: (-weight[node], node)) for group in best]
    return sorted(groups, key=lambda group: (-len(group), min(group)))


def articulation_points(network: Network) -> MeasureTable:
    """Find those without whom the network falls apart: how many nodes are then cut off, in how many more pieces."""
    simple = ties(network)
    cuts: dict[str, tuple[Value, ...]] = {
        node: (sum(sizes[1:]), len(sizes) - 1) for (node, *others), sizes in cut(simple).items() if not others
    }
    pieces = nx.number_connected_components(simple)
    notes = (f"the network has {pieces} piece{'s' * (pieces != 1)} with all of them in place",)
    return _by_node(simple, ("cut off", "pieces more"), cuts, notes)


def bridges(network: Network) -> MeasureTable:
    """Find the ties without which the network falls apart, and how many nodes are then cut off."""
    simple = ties(network)
    rows = []
    for (start, *ends), sizes in cut(simple).items():
        for end in ends:
            edges = simple.edges[start, end]["edges"]
            rows.append(MeasureRow((start, end), (sizes[-1], independent(edges)), *behind(edges)))
    return MeasureTable(("thing", "other"), ("cut off", "sayings behind"), ranked(rows))


def cut(simple: "nx.Graph[str]") -> dict[tuple[str, ...], list[int]]:
    """Return the sizes of the pieces of its component without each articulation point and each bridge, largest first.

    >>> import networkx as nx
    >>> cut(nx.path_graph(["a", "b", "c"]))
    {('a', 'b'): [2, 1], ('b',): [1, 1], ('b', 'c'): [2, 1]}
    """
    blocks: list[set[str]] = list(nx.biconnected_components(simple))  # type: ignore[arg-type]  # the stubs have it wrong
    tree: nx.Graph[str | int] = nx.Graph()  # of nodes and numbers of blocks
    tree.add_edges_from((number, node) for number, block in enumerate(blocks) for node in block)
    beyond: dict[tuple[str | int, str | int], int] = {}  # the nodes beyond each edge of the tree, in both directions
    for part in nx.connected_components(tree):
        below = {item: int(isinstance(item, str)) for item in part}
        total = sum(below.values())
        for parent, item in reversed(list(nx.bfs_edges(tree, next(iter(part))))):
            below[parent] += below[item]
            beyond[parent, item], beyond[item, parent] = below[item], total - below[item]
    found: dict[tuple[str, ...], list[int]] = {}
    for item, others in tree.adjacency():
        if len(others) == 2 or (isinstance(item, str) and len(others) > 1):
            ends = (item,) if isinstance(item, str) else tuple(sorted(map(str, others)))
            found[ends] = sorted((beyond[item, other] for other in others), reverse=True)
    return dict(sorted(found.items()))


def _by_node(
    simple: "nx.Graph[str]",
    columns: tuple[str, ...],
    values_by_node: Mapping[str, tuple[Value, ...]],
    notes: tuple[str, ...] = (),
) -> MeasureTable:
    rows = [
        MeasureRow((node,), values, *behind(data for tie in simple[node].values() for data in tie["edges"]))
        for node, values in values_by_node.items()
    ]
    return MeasureTable(_THING, columns, ranked(rows), notes)


def _rounded(values: Mapping[str, float]) -> dict[str, tuple[Value, ...]]:
    return {node: (round(float(value), 6),) for node, value in values.items()}
