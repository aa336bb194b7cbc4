"""Reduce a network to a simple graph for measures: one tie for each pair of nodes.

The weight of a tie is the number of its independent sayings. Edges from a node to itself are left out.

Decision: docs/decisions/0042-weights-count-roots.md.
"""

import re
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from tipgraph.analysis.network.folds import Attributes, claims_of, independent

if TYPE_CHECKING:
    import networkx as nx


def ties(network: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """Return the ties of a network without direction; each has `weight` and `edges` (their attributes)."""
    import networkx as nx

    simple: nx.Graph[str] = nx.Graph()
    _fill(simple, network, both_ways=False)
    return simple


def arcs(network: "nx.MultiDiGraph[str]") -> "nx.DiGraph[str]":
    """Return the ties of a network with direction; an edge without one runs both ways."""
    import networkx as nx

    simple: nx.DiGraph[str] = nx.DiGraph()
    _fill(simple, network, both_ways=True)
    return simple


def _fill(simple: "nx.Graph[str]", network: "nx.MultiDiGraph[str]", *, both_ways: bool) -> None:
    simple.add_nodes_from(network)
    for start, end, data in network.edges(data=True):
        ways = [(start, end), (end, start)] if both_ways and data["undirected"] else [(start, end)]
        for source, target in ways if start != end else ():
            if simple.has_edge(source, target):
                simple.edges[source, target]["edges"].append(data)
            else:
                simple.add_edge(source, target, edges=[data])
    for _, _, tie in simple.edges(data=True):
        tie["weight"] = independent(tie["edges"])


def behind(edges: Iterable[Attributes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the claims of edges and their places, sorted and distinct."""
    every = list(edges)
    claims = dict.fromkeys(chain.from_iterable(claims_of(data) for data in every))
    places = dict.fromkeys(chain.from_iterable(filter(None, data.get("said_at", "").split("; ")) for data in every))
    return tuple(sorted(claims)), tuple(sorted(places, key=_place))


def _place(place: str) -> tuple[str, list[int]]:
    source, _, rest = place.partition(" ¶")
    return source, [int(number) for number in re.findall("[0-9]+", rest)]
