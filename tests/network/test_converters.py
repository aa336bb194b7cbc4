"""Every network through the converters that analysts use, and back: no attribute is lost, and none collides."""

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyvis.network import Network as PyvisNetwork

from tipgraph.analysis.network import EVERY, edges_of, project
from tipgraph.graph.graph import Graph


def edges(network: Any) -> "set[tuple[str, str, str, str]]":
    """The edges of a network with the attributes that collided: where they lead, their claim and its citation."""
    return {(start, end, data["claim"], data["document"]) for start, end, data in network.edges(data=True)}


@pytest.mark.parametrize("name", ["funding", "participation", EVERY])
def test_no_attribute_is_lost_or_collides(graph: Graph, tmp_path: Path, name: str) -> None:
    network = project(graph, name)
    nodes = [data for _, data in network.nodes(data=True)]
    values = [
        value for data in (network.graph, *nodes, *(one[3] for one in edges_of(network))) for value in data.values()
    ]
    assert all(isinstance(value, str | int | float | bool) for value in values)
    frame = nx.to_pandas_edgelist(network, edge_key="key")
    nx.write_graphml(network, tmp_path / "x.graphml")
    nx.write_gexf(network, tmp_path / "x.gexf")
    read = nx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert [data for _, data in read.nodes(data=True)] == nodes
    for back in (
        nx.from_pandas_edgelist(frame, edge_attr=True, edge_key="key", create_using=nx.MultiDiGraph),
        nx.node_link_graph(nx.node_link_data(network)),
        nx.adjacency_graph(nx.adjacency_data(network)),
        nx.cytoscape_graph(nx.cytoscape_data(network)),
        read,
        nx.read_gexf(tmp_path / "x.gexf"),
    ):
        assert edges(back) == edges(network)
    drawn = PyvisNetwork(directed=True, cdn_resources="in_line")
    drawn.from_nx(network)
    assert {(edge["from"], edge["to"], edge["claim"], edge["document"]) for edge in drawn.edges} == edges(network)
    assert len(drawn.nodes) == len(network)


def test_igraph(graph: Graph) -> None:
    igraph = pytest.importorskip("igraph", reason="no igraph, which is under the GPL")
    network = project(graph)
    taken = igraph.Graph.from_networkx(network)
    names = taken.vs["_nx_name"]
    assert {(names[e.source], names[e.target], e["claim"], e["document"]) for e in taken.es} == edges(network)
    assert edges(taken.to_networkx(create_using=nx.MultiDiGraph, vertex_attr_hashable="_nx_name")) == edges(network)


def test_rustworkx(graph: Graph) -> None:
    rustworkx = pytest.importorskip("rustworkx", reason="no rustworkx, which nothing here needs")
    network = project(graph)
    taken = rustworkx.networkx_converter(network, keep_attributes=True)
    names = [node["iri"] for node in taken.nodes()]
    found = {(names[a], names[b], data["claim"], data["document"]) for a, b, data in taken.weighted_edge_list()}
    assert found == edges(network)
