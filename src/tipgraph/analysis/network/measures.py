"""Measures of nodes and ties in any network: centrality, communities, articulation points and bridges.

Only PageRank, and `in` and `out` of strength, use the direction of ties.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tipgraph.analysis.network import backend
from tipgraph.analysis.network.biconnected import without_edge, without_node
from tipgraph.analysis.network.folds import independent
from tipgraph.analysis.network.table import MeasureRow, MeasureTable, Value, ranked
from tipgraph.analysis.network.ties import arcs, behind, ties

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

_THING = ("thing",)


def degree(network: "Network") -> MeasureTable:
    """Count the others that each node is tied to."""
    simple = ties(network)
    return _by_node(simple, ("degree",), {node: (len(simple[node]),) for node in simple})


def strength(network: "Network") -> MeasureTable:
    """Count the independent sayings behind a node's ties: all, towards it and from it."""
    simple, directed = ties(network), arcs(network)
    strengths = {
        node: (
            sum(tie["weight"] for tie in simple[node].values()),
            sum(directed.edges[edge]["weight"] for edge in directed.in_edges(node)),
            sum(directed.edges[edge]["weight"] for edge in directed.out_edges(node)),
        )
        for node in simple
    }
    notes = (
        "claims from one sentence count once, and so do claims that repeat them",
        "a tie without direction counts in and out",
    )
    return _by_node(simple, ("strength", "in", "out"), strengths, notes)


def betweenness(network: "Network") -> MeasureTable:
    """Measure how many of the shortest ways between others lead over each node, as a share from 0 to 1."""
    simple = ties(network)
    return _by_node(simple, ("betweenness",), _rounded(backend.betweenness(simple)))


def pagerank(network: "Network") -> MeasureTable:
    """Measure how much of a walk along the edges, weighted, passes each node; the shares add up to 1."""
    return _by_node(ties(network), ("PageRank",), _rounded(backend.pagerank(arcs(network))))


def core(network: "Network") -> MeasureTable:
    """Find the k-core of each node: the largest k such that it belongs to a group all tied to k others in it."""
    import networkx as nx

    simple = ties(network)
    return _by_node(simple, ("core",), {node: (value,) for node, value in nx.core_number(simple).items()})


def constraint(network: "Network") -> MeasureTable:
    """Measure how far a node's contacts are tied to each other (Burt 1992): low where it spans structural holes."""
    import networkx as nx

    simple = ties(network)
    constraints = nx.constraint(simple, weight="weight") if simple.number_of_edges() else {}
    known = _rounded({node: value for node, value in constraints.items() if value == value})
    alone = len(simple) - len(known)
    notes = (f"{alone} without a tie to another are left out",) if alone else ()
    return _by_node(simple, ("constraint",), known, notes, ascending=True)


def louvain(network: "Network") -> MeasureTable:
    """Find communities by the Louvain method: groups with more ties within than between them."""
    return _communities(network, "louvain")


def leiden(network: "Network") -> MeasureTable:
    """Find communities by the Leiden method, each of them connected."""
    return _communities(network, "leiden")


def articulation_points(network: "Network") -> MeasureTable:
    """Find those without whom the network falls apart: how many nodes are then cut off, in how many more pieces."""
    import networkx as nx

    simple = ties(network)
    cuts: dict[str, tuple[Value, ...]] = {
        node: (sum(pieces[1:]), len(pieces) - 1) for node, pieces in without_node(simple).items()
    }
    pieces = nx.number_connected_components(simple)
    notes = (f"the network has {pieces} piece{'s' * (pieces != 1)} with all of them in place",)
    return _by_node(simple, ("cut off", "pieces more"), cuts, notes)


def bridges(network: "Network") -> MeasureTable:
    """Find the ties without which the network falls apart, and how many nodes are then cut off."""
    simple = ties(network)
    rows = []
    for ends, cut in without_edge(simple).items():
        edges = simple.edges[ends]["edges"]
        rows.append(MeasureRow(ends, (cut, independent(edges)), *behind(edges)))
    return MeasureTable(("thing", "other"), ("cut off", "sayings behind"), ranked(rows))


def _communities(network: "Network", method: str) -> MeasureTable:
    import networkx as nx

    simple = ties(network)
    groups = backend.communities(simple, method)
    rows = []
    for number, group in enumerate(groups, 1):
        members, label = set(group), str(network.nodes[group[0]]["label"])
        for node in group:
            inside = [data for other, tie in simple[node].items() if other in members for data in tie["edges"]]
            rows.append(MeasureRow((node,), (f"{number} around {label}", len(group)), *behind(inside)))
    quality = nx.community.modularity(simple, map(set, groups), weight="weight") if simple.number_of_edges() else 0.0
    notes = (f"{len(groups)} communities, modularity {quality:.3f}; each is named by the member with the most sayings",)
    return MeasureTable(_THING, ("community", "members"), rows, notes, ranked=False)


def _by_node(
    simple: "nx.Graph[str]",
    columns: tuple[str, ...],
    values_by_node: Mapping[str, tuple[Value, ...]],
    notes: tuple[str, ...] = (),
    *,
    ascending: bool = False,
) -> MeasureTable:
    rows = [
        MeasureRow((node,), values, *behind(data for tie in simple[node].values() for data in tie["edges"]))
        for node, values in values_by_node.items()
    ]
    return MeasureTable(_THING, columns, ranked(rows, ascending=ascending), notes)


def _rounded(values: Mapping[str, float]) -> dict[str, tuple[Value, ...]]:
    return {node: (round(float(value), 6),) for node, value in values.items()}


NODE_MEASURES: dict[str, Callable[["Network"], MeasureTable]] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "pagerank": pagerank,
    "k-core": core,
    "constraint": constraint,
    "louvain": louvain,
    "leiden": leiden,
    "articulation-points": articulation_points,
    "bridges": bridges,
}
