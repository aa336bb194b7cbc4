"""Claims as edges: what an edge carries, how money, transit and shared undertakings are drawn."""

from typing import Any

import networkx as nx
import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, claims_of, edges_of, fold, measure, measures, networks, project
from tipgraph.display.text.networks import network_text
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.storage import load, write
from tipgraph.model import DATA

NAMED = ("partnership", "funding", "participation", "routes", "affiliation", "all")


def drawn(network: Any, edge: str = "") -> set[tuple[str, str]]:
    return {(short(a), short(b)) for a, b, _, data in edges_of(network) if data["edge"] == edge or not edge}


@pytest.mark.parametrize("name", NAMED)
def test_every_edge_names_its_claim_class_source_and_place_in_the_text(graph: Graph, name: str) -> None:
    network = project(graph, name)
    assert network.number_of_edges() > 0
    known = {row["claim"].value: row for row in graph.named("claim-list")}
    for _, _, _, data in edges_of(network):
        for claim in claims_of(data):
            assert known[claim]["class"].value.endswith(f"#{data['class']}")
        cited = {
            str(one) for claim in claims_of(data) for one in graph.cite([known[claim]["claim"]])[known[claim]["claim"]]
        }
        assert set(data["said_at"].split("; ")) == cited
        assert data["modality"] in ("stated", "implied")


@pytest.mark.parametrize("name", NAMED)
def test_every_node_has_labels_in_two_languages_a_class_and_a_type(graph: Graph, name: str) -> None:
    for iri, data in project(graph, name).nodes(data=True):
        assert data["iri"] == iri
        assert data["label"]
        assert data["label_es"]
        assert data["type"] in ("Actor", "Place", "Undertaking", "Document", "Route")
        assert data["kind"] != "Thing"


def test_a_projection_is_the_same_each_time(graph: Graph) -> None:
    one, two = project(graph, "all"), project(graph, "all")
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert edges_of(one) == edges_of(two)


def test_every_claim_that_ties_two_things_is_in_some_network(graph: Graph) -> None:
    every = {claim for _, _, _, data in edges_of(project(graph, "all")) for claim in claims_of(data)}
    for name in networks(graph):
        for _, _, _, data in edges_of(project(graph, name)):
            assert set(claims_of(data)) <= every


def test_money_runs_hop_by_hop_and_an_amount_for_several_belongs_to_none(grown: Graph) -> None:
    network = project(grown, "funding")
    money = [(short(a), short(b), d) for a, b, _, d in edges_of(network) if d["claim"].endswith("funding/g2")]
    assert {(a, b) for a, b, _ in money} == {
        ("hub", "left-ngo"), ("hub", "right-ngo"), ("left-ngo", "shelter"), ("right-ngo", "shelter"),
    }  # fmt: skip
    for start, _, data in money:
        assert "amount" not in data
        shared = (data.get("shared_amount"), data.get("shared_by"), data.get("givers"))
        assert shared == ((600, 2, 1) if start == "hub" else (None, None, None))  # said once, where it is given
    (first,) = [d for a, b, _, d in edges_of(network) if (short(a), short(b)) == ("donor", "hub")]
    assert (first["amount"], first["currency"], first["kind"]) == (1000, "USD", "awarded")
    assert ("hub", "shelter") not in drawn(network)  # the hop goes on, so the middle one does not spend it
    assert ("donor", "shelter") not in drawn(network)  # whoever receives it stands in between


def test_unknown_money_is_absent_and_not_zero(grown: Graph) -> None:
    (pledge,) = [
        d for _, _, _, d in edges_of(project(grown, "funding"))
        if d["claim"].endswith("/g4") and d["edge"] == "fundingReceiver"
    ]  # fmt: skip
    assert "amount" not in pledge
    assert "currency" not in pledge


def test_one_who_gives_to_itself_is_kept(grown: Graph) -> None:
    assert ("hub", "hub") in drawn(project(grown, "funding"))


def test_a_tie_of_money_says_no_more_than_that_a_funder_is_named(graph: Graph) -> None:
    """Whether money was promised or paid, and in what form, is seldom said; and a tie may be implied only."""
    labels = {data["label"] for _, _, data in project(graph, "funding").edges(data=True) if data["class"] == "Funding"}
    assert labels
    assert all(label.startswith(("funding ", "funder of", "channel of ", "recipient of ")) for label in labels)


def test_only_undertakings_that_money_reaches_are_in_the_funding_network(graph: Graph) -> None:
    network = project(graph, "funding")
    givers = {start for start, _, _, data in edges_of(network) if data["class"] == "Funding"}
    reached = set(givers)
    for giver in givers:
        reached |= nx.descendants(network, giver)
    assert set(network) == reached


def test_transit_is_kept_in_order_and_cited(grown: Graph) -> None:
    network = project(grown, "routes")
    legs = sorted((d["leg"], short(a), short(b)) for a, b, _, d in edges_of(network) if "leg" in d)
    assert legs == [(1, "port-able", "mid-one"), (2, "mid-one", "mid-two"), (3, "mid-two", "lima")]
    (middle,) = [d for _, _, _, d in edges_of(network) if d.get("leg") == 2]
    assert [short(claim) for claim in claims_of(middle)] == ["g1", "s2", "s3"]
    assert (short(middle["claim"]), middle["legs"], short(middle["origin"])) == ("g1", 3, "port-able")
    assert ("port-able", "lima") in drawn(network)  # by the other report, which names no transit


def test_a_region_and_its_countries_are_related_and_not_merged(graph: Graph) -> None:
    network = project(graph, "routes")
    within = {short(node): data.get("within", "") for node, data in network.nodes(data=True)}
    assert within["colombia"].endswith("latin-america-and-the-caribbean")
    assert within["japan"].endswith("/asia")
    assert ("colombia", "japan") in drawn(network)
    assert ("latin-america-and-the-caribbean", "japan") in drawn(network)


def test_a_route_without_a_direction_is_one_undirected_edge(graph: Graph) -> None:
    links = [data for _, _, _, data in edges_of(project(graph, "routes")) if data["edge"] == "routeUndirected"]
    assert len(links) == 3
    assert all(data["undirected"] for data in links)


def test_three_partners_are_three_pairs_of_one_claim(grown: Graph) -> None:
    of_one = [
        (short(a), short(b)) for a, b, _, d in edges_of(project(grown, "partnership")) if d["claim"].endswith("s/g1")
    ]
    assert sorted(of_one) == [("hub", "left-ngo"), ("hub", "right-ngo"), ("left-ngo", "right-ngo")]


def test_who_carry_an_undertaking_out_together_are_tied_as_implied(grown: Graph) -> None:
    joint = [(short(a), short(b), d) for a, b, _, d in edges_of(project(grown, "partnership"))
             if d["edge"] == "jointUndertaking"]  # fmt: skip
    assert [(a, b) for a, b, _ in joint] == [("donor", "left-ngo")]  # and not casa-clara, who only takes part
    assert joint[0][2]["modality"] == "implied"
    assert joint[0][2]["caveats"].split(", ")[0] == "implied"
    assert joint[0][2]["caveats_es"].split(", ")[0] == "implícito"
    assert [short(claim) for claim in claims_of(joint[0][2])] == ["g6", "g7"]
    assert joint[0][2]["via"].endswith("/clinic")  # and not the school, which is only planned


def test_no_joint_undertaking_repeats_a_partnership_on_it(graph: Graph) -> None:
    edges = edges_of(project(graph, "partnership"))
    stated = {(a, b, via) for a, b, _, d in edges if d["edge"] == "partners" for via in d.get("via", "").split()}
    assert not stated & {(a, b, d["via"]) for a, b, _, d in edges if d["edge"] == "jointUndertaking"}


def test_no_body_is_tied_to_its_own_whole_that_another_sentence_names(graph: Graph) -> None:
    joint = drawn(project(graph, "partnership"), "jointUndertaking")
    assert ("depaul", "ihrli") not in joint | {pair[::-1] for pair in joint}
    assert ("oas-tip-coordinator", "cim") in joint | {pair[::-1] for pair in joint}  # ¶23 names both


def test_the_question_and_the_network_know_the_same_partners(graph: Graph) -> None:
    tied = {
        (frozenset((one, other)), data.get("via", ""))
        for one, other, _, data in edges_of(project(graph, "partnership"))
    }
    answer = Query.find("partners").run(graph)
    rows = [
        {name: getattr(term, "value", "") for name, term in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]
    assert tied == {(frozenset((row["partner"], row["other"])), row["undertaking"]) for row in rows}


def test_keys_are_unique_and_a_focus_keeps_only_what_touches_it(graph: Graph) -> None:
    keys = [key for _, _, key, _ in edges_of(project(graph, "partnership"))]
    assert len(keys) == len(set(keys))
    near = project(graph, "partnership", Filter(focus=("iom-regional-office",)))
    assert all("iom-regional-office" in (short(a), short(b)) for a, b, _, _ in edges_of(near))


def test_a_tie_that_another_source_makes_alone_stays(graph: Graph) -> None:
    """The claims of one source are left out before those who carry an undertaking out are tied."""
    without = project(graph, "partnership", Filter(without=("oas-cim-2005",)))
    alone = project(graph, "partnership", Filter(sources=("cim-iom-caribbean-2005",)))
    for network in (without, alone):
        assert not any("oas-cim-2005" in data["document"] for _, _, _, data in edges_of(network))
    assert ("cim", "iom") in drawn(alone, "jointUndertaking")


def test_leaving_out_draws_no_edge_that_was_not_there(graph: Graph) -> None:
    whole = set(project(graph, "funding").edges(keys=True))
    for asked in (Filter(sources=("cim-iom-caribbean-2005",)), Filter(kinds=("seminar",)), Filter(stated=True),
                  Filter(without=("cim",))):  # fmt: skip
        assert set(project(graph, "funding", asked).edges(keys=True)) <= whole
    assert project(graph, "funding", Filter(sources=("cim-iom-caribbean-2005",))).number_of_edges() == 0


def test_the_printed_table_says_what_is_not_the_tie_s_own(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    network = project(graph, "activity")
    printed = network_text(network, "table").splitlines()
    inherited = [data["status"] for *_, data in edges_of(network) if "status" in data.get("inherited", "").split()]
    assert inherited
    assert sum("ongoing (of its project or event" in line for line in printed) == inherited.count("ongoing")
    assert "of its project or event" not in network_text(network, "csv")


def test_what_a_tie_takes_from_a_report_that_implies_it_is_marked(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    network = project(graph, "participation", Filter(focus=("research-project-1999",)))
    (ihrli,) = (data for *_, data in edges_of(network) if data["claim"].endswith("oas-cim-2004/participations/p11-1"))
    assert {"status", "earliest"} <= {*ihrli["concluded"].split()} <= {*ihrli["inherited"].split()}
    assert "completed (of its project or event, implied)" in network_text(network, "table")
    training = [d for _, b, _, d in edges_of(project(graph, "participation")) if short(b) == "la-paz-training"]
    assert any("inherited" in data and "concluded" not in data for data in training)


def test_what_is_inherited_comes_from_sources_that_count(graph: Graph) -> None:
    asked = Filter(without=("oas-cim-2005",))
    for _, _, _, data in edges_of(project(graph, "participation", asked)):
        assert "oas-cim-2005" not in data["document"]
    alone = project(graph, "participation", Filter(sources=("cim-iom-caribbean-2005",)))
    meeting = [data for _, end, _, data in edges_of(alone) if short(end) == "caribbean-seminars"]
    assert meeting
    assert {data["earliest"] for data in meeting} == {"2004-01-01"}  # the summer of 2004 is said by another source


def test_an_amount_stands_on_one_edge_of_its_claim(graph: Graph) -> None:
    for name in ("funding", "all"):
        claims = [data["claim"] for _, _, _, data in edges_of(project(graph, name)) if "amount" in data]
        assert len(claims) == len(set(claims)) == 12


def test_a_claim_without_dates_takes_those_of_its_undertaking_and_says_so(graph: Graph) -> None:
    edges = [d for a, b, _, d in edges_of(project(graph, "participation")) if short(b) == "la-paz-training"]
    own = [data for data in edges if data["class"] == "Participation"]
    assert own
    for data in own:
        assert (data["earliest"], data["latest"]) == ("2004-11-11", "2004-11-12")
        assert "earliest" in data["inherited"]
        assert "held" in data["status"]


def test_what_contradicts_and_what_repeats_a_claim_is_said(graph: Graph) -> None:
    data = {d["claim"]: d for _, _, _, d in edges_of(project(graph, "funding"))}
    restating = {
        short(claim): short(d["restates"]) for claim, d in data.items() if "restates" in d and "/funding/" in claim
    }
    assert restating == {"p30-1": "p13-1", "p30-2": "p14-2", "p14-1": "p13-1", "p5-1": "p10-1", "p10-1": "p15-1"}
    assert any("contradicts" in d for d in data.values())


def test_an_unknown_network_is_refused_with_those_that_are_known(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="partnership"):
        project(graph, "friendship")


def test_folding_is_the_weighted_projection_of_networkx(graph: Graph) -> None:
    network = project(graph, "participation")
    starts = {start for start, _, _, _ in edges_of(network)}
    simple = nx.Graph(network.to_undirected())
    expected = nx.bipartite.weighted_projected_graph(simple, starts)
    folded = fold(network)
    assert {frozenset((a, b)): d["shared"] for a, b, _, d in edges_of(folded)} == {
        frozenset((a, b)): d["weight"] for a, b, d in expected.edges(data=True)
    }
    assert set(folded) == starts
    for a, b, _, data in edges_of(folded):
        for hub in data["via"].split():
            assert simple.has_edge(a, hub)
            assert simple.has_edge(b, hub)
        assert all(claims_of(data))
    ends = fold(network, "ends")
    assert {data["type"] for _, data in ends.nodes(data=True)} == {"Undertaking"}


def test_a_folded_network_is_another_one(graph: Graph) -> None:
    folded = fold(project(graph, "participation"))
    with pytest.raises(CallError, match="not a measure of"):
        measure(folded, "dependence")
    with pytest.raises(CallError, match="without a direction"):
        fold(project(graph, "routes"))
    for _, data in fold(project(graph, "funding"), "ends").nodes(data=True):
        assert all(iri in folded or "/places/" in iri for iri in data.get("within", "").split())


def test_an_empty_network_is_a_network(graph: Graph) -> None:
    network = project(graph, "routes", Filter(statuses=("held",)))
    assert network.number_of_edges() == 0
    assert network.number_of_nodes() == 0


@pytest.fixture(scope="module")
def stored(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    place = tmp_path_factory.mktemp("stored") / "store"
    write(graph, place)
    return load(place)


@pytest.mark.parametrize("name", NAMED)
def test_a_store_gives_the_same_network(graph: Graph, stored: Graph, name: str) -> None:
    here, there = project(graph, name), project(stored, name)
    assert list(here.nodes(data=True)) == list(there.nodes(data=True))
    assert edges_of(here) == edges_of(there)


def test_every_node_says_where_and_of_what_kind_it_is(graph: Graph) -> None:
    nodes = project(graph).nodes
    mexico, usaid = (nodes[f"{DATA}reference/{name}"] for name in ("places/mexico", "actors/usaid"))
    assert (mexico["iso"], round(mexico["latitude"]), round(mexico["longitude"])) == ("MX", 24, -102)
    assert usaid["actor_kind"] == "government"
    assert (usaid["actor_kind_label"], usaid["actor_kind_label_es"]) == ("government", "gobierno")


def test_an_edge_without_direction_stands_in_one_direction_or_in_both(graph: Graph) -> None:
    once, both = project(graph, "routes"), project(graph, "routes", undirected=True)
    links = [edge for edge in edges_of(once) if edge[3]["undirected"]]
    assert links
    assert both.number_of_edges() == once.number_of_edges() + len(links)
    for start, end, _, _ in links:
        assert both.has_edge(start, end)
        assert both.has_edge(end, start)
    partners = project(graph, "partnership", undirected=True)
    assert dict(partners.in_degree()) == dict(partners.out_degree())
    assert measures.ranks(nx.DiGraph(partners)) == pytest.approx(nx.pagerank(nx.Graph(partners)), abs=1e-5)
