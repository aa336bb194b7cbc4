"""Every network through the converters that analysts use, and back: no attribute is lost, and none collides."""

import io
from typing import Any

import networkx as nx
import pytest
from pyvis.network import Network as PyvisNetwork

from tipgraph.analysis.network import EVERY, edges_of, networks, project
from tipgraph.graph.graph import Graph

PLAIN = (str, int, float, bool)


@pytest.fixture(scope="module")
def every(graph: Graph) -> "dict[str, nx.MultiDiGraph[str]]":
    return {name: project(graph, name) for name in [*networks(graph), EVERY]}


def edges(network: Any) -> "set[tuple[str, str, str, str]]":
    """The edges of a network with the attributes that collided: where they lead, their claim and its citation."""
    return {(start, end, data["claim"], data["document"]) for start, end, data in network.edges(data=True)}


def test_all_attributes_are_plain(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    for network in every.values():
        values = [*network.graph.values()]
        values += [value for _, data in network.nodes(data=True) for value in data.values()]
        values += [value for *_, data in edges_of(network) for value in data.values()]
        assert all(isinstance(value, PLAIN) for value in values)


def test_pandas(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    for network in every.values():
        frame = nx.to_pandas_edgelist(network, edge_key="key")
        assert set(frame[["source", "target", "claim", "document"]].itertuples(index=False, name=None)) == edges(
            network
        )
        back = nx.from_pandas_edgelist(frame, edge_attr=True, edge_key="key", create_using=nx.MultiDiGraph)
        assert edges(back) == edges(network)


def test_node_link_adjacency_and_cytoscape_data(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    for network in every.values():
        for back in (
            nx.node_link_graph(nx.node_link_data(network)),
            nx.adjacency_graph(nx.adjacency_data(network)),
            nx.cytoscape_graph(nx.cytoscape_data(network)),
        ):
            assert edges(back) == edges(network)
            assert {node: data["label"] for node, data in back.nodes(data=True)} == {
                node: data["label"] for node, data in network.nodes(data=True)
            }


def test_graphml_and_gexf(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    for network in every.values():
        graphml, gexf = io.BytesIO(), io.BytesIO()
        nx.write_graphml(network, graphml)
        nx.write_gexf(network, gexf)
        graphml.seek(0), gexf.seek(0)
        back = nx.read_graphml(graphml, force_multigraph=True)
        assert edges(back) == edges(network)
        assert [data for _, data in back.nodes(data=True)] == [data for _, data in network.nodes(data=True)]
        assert edges(nx.read_gexf(gexf)) == edges(network)


def test_graph6(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    for network in every.values():
        simple = nx.convert_node_labels_to_integers(nx.Graph([edge[:2] for edge in edges_of(network)]))
        simple.remove_edges_from(list(nx.selfloop_edges(simple)))
        back: nx.Graph[Any] = nx.from_graph6_bytes(nx.to_graph6_bytes(simple, header=False).strip())
        assert {frozenset(edge) for edge in back.edges()} == {frozenset(edge) for edge in simple.edges()}


def test_pyvis(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    for network in every.values():
        drawn = PyvisNetwork(directed=True, cdn_resources="in_line")
        drawn.from_nx(network)
        assert {(edge["from"], edge["to"], edge["claim"], edge["document"]) for edge in drawn.edges} == edges(network)
        assert len(drawn.nodes) == len(network)


def test_igraph(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    igraph = pytest.importorskip("igraph", reason="no igraph, which is under the GPL")
    for network in every.values():
        taken = igraph.Graph.from_networkx(network)
        names = taken.vs["_nx_name"]
        assert {(names[e.source], names[e.target], e["claim"], e["document"]) for e in taken.es} == edges(network)
        assert edges(taken.to_networkx(create_using=nx.MultiDiGraph, vertex_attr_hashable="_nx_name")) == edges(network)


def test_rustworkx(every: "dict[str, nx.MultiDiGraph[str]]") -> None:
    rustworkx = pytest.importorskip("rustworkx", reason="no rustworkx, which nothing here needs")
    for network in every.values():
        taken = rustworkx.networkx_converter(network, keep_attributes=True)
        names = [node["iri"] for node in taken.nodes()]
        found = {(names[a], names[b], data["claim"], data["document"]) for a, b, data in taken.weighted_edge_list()}
        assert found == edges(network)
