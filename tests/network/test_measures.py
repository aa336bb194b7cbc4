"""Measures against networkx itself, on small random graphs."""

import random
from itertools import permutations

import networkx as nx
import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import MEASURES, Filter, edges_of, measure, measures, project
from tipgraph.analysis.network.ties import arcs, independent, ties
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve


def made(seed: int, nodes: int = 30, edges: int = 60) -> "nx.MultiDiGraph[str]":
    """A random network with parallel edges, loops, edges without direction and several pieces."""
    draw = random.Random(seed)  # noqa: S311
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="all")
    names = [f"n{number:02}" for number in range(nodes)]
    network.add_nodes_from((name, {"label": name.upper()}) for name in names)
    for number in range(edges):
        start, end = draw.choice(names), draw.choice(names)
        claim = f"c{draw.randrange(edges // 2) if draw.random() < 0.3 else number + edges}"
        network.add_edge(
            start, end, f"{number}", claim=claim, undirected=draw.random() >= 0.7, said_at=f"s ¶{number} s1"
        )
    return network


@pytest.mark.parametrize("seed", range(4))
def test_values_are_those_of_networkx(seed: int) -> None:
    network = made(seed)
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(network)
    simple.add_edges_from((a, b) for a, b in network.edges() if a != b)
    claims = {frozenset(pair): {d["claim"] for a, b, d in network.edges(data=True) if {a, b} == set(pair)}
              for pair in simple.edges()}  # fmt: skip
    for a, b in simple.edges():
        simple.edges[a, b]["weight"] = len(claims[frozenset((a, b))])
    expected = {
        "degree": dict(simple.degree()),
        "strength": dict(simple.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(simple),
        "pagerank": nx.pagerank(arcs(network), weight="weight", tol=1e-12, max_iter=1000),
    }
    for name, values in expected.items():
        table = MEASURES[name].function(network)
        assert {row.things[0]: row.values[0] for row in table.rows} == pytest.approx(values, abs=1e-6), name


def test_an_edge_without_direction_runs_both_ways() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("a", label="Network A")
    network.add_edge("a", "b", claim="x", undirected=True)
    network.add_edge("b", "c", claim="y", undirected=False)
    assert set(arcs(network).edges()) == {("a", "b"), ("b", "a"), ("b", "c")}
    assert arcs(network).nodes["a"] == ties(network).nodes["a"] == {"label": "Network A"}


@pytest.mark.parametrize("seed", range(4))
def test_communities_are_about_as_good_as_those_of_networkx_and_the_same_each_time(seed: int) -> None:
    simple = ties(made(seed, nodes=40, edges=90))
    random.seed(1)
    before = random.getstate()
    groups = measures.communities(simple)
    assert groups == measures.communities(simple)
    assert random.getstate() == before, "the random numbers of others are left alone"
    assert sorted(node for group in groups for node in group) == sorted(simple)
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    best = max(
        nx.community.modularity(simple, nx.community.louvain_communities(simple, seed=run), weight="weight")
        for run in range(10)
    )
    assert nx.community.modularity(simple, map(set, groups), weight="weight") >= best - 0.02


@pytest.mark.parametrize("seed", range(4))
def test_pieces_are_what_is_left(seed: int) -> None:
    simple = ties(made(seed, nodes=40, edges=50))
    found = measures.cut(simple)
    assert {ends[0] for ends in found if len(ends) == 1} == set(nx.articulation_points(simple))
    assert {frozenset(ends) for ends in found if len(ends) > 1} == {frozenset(edge) for edge in nx.bridges(simple)}
    for ends, sizes in found.items():
        rest = nx.Graph(simple)
        if len(ends) == 1:
            rest.remove_node(ends[0])
        else:
            rest.remove_edge(ends[0], ends[1])
        own = nx.node_connected_component(simple, ends[0])
        assert sizes == sorted((len(part & own) for part in nx.connected_components(rest) if part & own), reverse=True)


def clause(names: str, place: str, **more: str) -> list[dict[str, object]]:
    return [{"claim": name, "said_at": place, **more} for name in names]


B, A, C = {"claim": "b", "roots": "a"}, {"claim": "a"}, {"claim": "c", "roots": "elsewhere"}
OF_16, OF_31 = clause("abcdefg", "a ¶16 s1"), clause("h", "a ¶31 s1")


@pytest.mark.parametrize(
    ("edges", "number"),
    [
        ([B, A, C], 2),
        ([B, A, C, {"claim": "d", "roots": "elsewhere"}], 2),  # an echo of an echo
        ([A, {"claim": "b"}, {"claim": "c", "roots": "a b"}], 2),
        ([{"claim": "a", "roots": "a"}, B], 1),  # a circle
        ([B, A, C, {"claim": "x y", "shared": 2, "weight": 3}], 5),
        (OF_16, 1),  # what one sentence says is said once
        (OF_16 + OF_31, 2),
        ([OF_16[0], *OF_31, *clause("i", "a ¶16 s1; a ¶31 s1")], 2),
        ([OF_16[0], *clause("j", "twin ¶16 s1", sayings="a ¶16 s1")], 1),
    ],
)
def test_what_only_says_again_counts_once_in_any_order(edges: list[dict[str, object]], number: int) -> None:
    for order in permutations(edges) if len(edges) < 5 else [edges]:
        assert independent(order) == number


def test_in_the_kit_a_tie_weighs_what_its_sentences_do_and_the_strongest_names_its_community(graph: Graph) -> None:
    network = project(graph, "partnership")
    cim, iom = (resolve(graph, name).value for name in ("cim", "iom"))
    tie = ties(network).edges[cim, iom]
    assert (tie["weight"], len(tie["edges"])) == (6, 18)
    assert independent(data for data in tie["edges"] if "oas-cim-2005 ¶16 s1" in data["said_at"]) == 1  # of 7 rows
    table = measure(network, "louvain")
    assert (table.rows[0].things[0], table.rows[0].values[0]) == (cim, "1 around Inter-American Commission of Women")
    assert "modularity" in table.notes[0]
    edges = {data["claim"]: data for _, _, _, data in edges_of(project(graph, "undertakings"))}
    (report,) = [data for claim, data in edges.items() if claim.endswith("oas-cim-2005/undertaking-reports/p35-1")]
    assert [short(claim) for claim in report["restates"].split()] == ["p21-2", "p23-2"]
    assert report["roots"] == report["restates"]


@pytest.mark.parametrize("name", [name for name, found in MEASURES.items() if not found.about])
def test_each_row_has_the_claims_behind_it(graph: Graph, name: str) -> None:
    network = project(graph, "partnership")
    table = measure(network, name)
    assert table.rows
    for row in table.rows:
        of_row = [
            data for start, end, _, data in edges_of(network)
            if (set(row.things) == {start, end} if len(row.things) == 2 else row.things[0] in (start, end))
        ]  # fmt: skip
        every = {claim for data in of_row for claim in data["claim"].split()}
        assert set(row.claims) <= every
        assert row.claims
        assert row.said_at
        if name in ("degree", "betweenness", "articulation-points", "bridges"):
            assert set(row.claims) == every


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_network_has_an_empty_answer(graph: Graph, name: str) -> None:
    about = (MEASURES[name].about or ("partnership",))[0]
    network = project(graph, about, Filter(kinds=("videoconference",), sources=("state-gtip-2009",)))
    assert network.number_of_edges() == 0
    assert measure(network, name).rows == []


def test_values_are_in_order_and_equal_values_share_a_rank(graph: Graph) -> None:
    table = measure(project(graph, "partnership"), "degree")
    values = [row.values[0] for row in table.rows]
    assert values == sorted(values, reverse=True)
    ranks = table.ranks()
    assert ranks[table.rows[0].name] == 1
    by_value: dict[object, set[int]] = {}
    for row in table.rows:
        by_value.setdefault(row.values[0], set()).add(ranks[row.name])
    assert all(len(found) == 1 for found in by_value.values())


def test_a_measure_of_other_networks_is_refused(graph: Graph) -> None:
    with pytest.raises(CallError, match="its networks are funding"):
        measure(project(graph, "partnership"), "dependence")
    with pytest.raises(UnknownName, match="betweenness"):
        measure(project(graph, "partnership"), "fame")
