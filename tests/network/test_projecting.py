"""Claims as edges: what an edge carries, how money, transit and shared undertakings are drawn."""

from typing import Any

import networkx as nx
import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, claims_of, edges_of, fold, measure, measures, project
from tipgraph.display.text.networks import network_text
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.storage import load, write
from tipgraph.model import DATA

NAMED = ("partnership", "funding", "participation", "routes", "affiliation", "all")


def drawn(network: Any, edge: str = "") -> set[tuple[str, str]]:
    return {(short(a), short(b)) for a, b, _, data in edges_of(network) if data["edge"] == edge or not edge}


@pytest.fixture(scope="module")
def stored(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    place = tmp_path_factory.mktemp("stored") / "store"
    write(graph, place)
    return load(place)


@pytest.mark.parametrize("name", NAMED)
def test_every_edge_names_its_claims_and_every_node_itself_and_a_store_gives_the_same(
    graph: Graph, stored: Graph, name: str
) -> None:
    network, again, every = project(graph, name), project(stored, name), project(graph, "all")
    assert list(network.nodes(data=True)) == list(again.nodes(data=True))
    assert edges_of(network) == edges_of(again) == edges_of(project(graph, name)) != []
    known = {row["claim"].value: row for row in graph.named("claim-list")}
    whole = {claim for _, _, _, data in edges_of(every) for claim in claims_of(data)}
    for _, _, _, data in edges_of(network):
        claims = [known[claim]["claim"] for claim in claims_of(data)]
        assert {claim.value for claim in claims} <= whole
        assert all(known[claim.value]["class"].value.endswith(f"#{data['class']}") for claim in claims)
        cited = {str(one) for places in graph.cite(claims).values() for one in places}
        assert set(data["said_at"].split("; ")) == cited
        assert data["modality"] in ("stated", "implied")
    for iri, data in network.nodes(data=True):
        assert (data["iri"], bool(data["label"]), bool(data["label_es"])) == (iri, True, True)
        assert data["type"] in ("Actor", "Place", "Undertaking", "Document", "Route")
        assert data["kind"] != "Thing"


def test_a_node_says_where_and_of_what_kind_it_is_and_keys_are_unique(graph: Graph) -> None:
    network = project(graph)
    mexico, usaid = (network.nodes[f"{DATA}reference/{name}"] for name in ("places/mexico", "actors/usaid"))
    assert (mexico["iso"], round(mexico["latitude"]), round(mexico["longitude"])) == ("MX", 24, -102)
    assert usaid["actor_kind"] == "government"
    assert (usaid["actor_kind_label"], usaid["actor_kind_label_es"]) == ("government", "gobierno")
    keys = [key for _, _, key, _ in edges_of(network)]
    assert len(keys) == len(set(keys))
    with pytest.raises(UnknownName, match="partnership"):
        project(graph, "friendship")
    empty = project(graph, "routes", Filter(statuses=("held",)))
    assert (empty.number_of_edges(), empty.number_of_nodes()) == (0, 0)


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
    assert ("hub", "hub") in drawn(network), "one who gives to itself"
    (pledge,) = [d for _, _, _, d in edges_of(network) if d["claim"].endswith("/g4") and d["edge"] == "fundingReceiver"]
    assert not {"amount", "currency"} & pledge.keys(), "what is unknown is absent, and not zero"


def test_ties_of_money_reach_all_that_is_in_their_network_and_an_amount_stands_on_one_of_its_claim(
    graph: Graph,
) -> None:
    network = project(graph, "funding")
    paid = [(start, data) for start, _, _, data in edges_of(network) if data["class"] == "Funding"]
    reached = {start for start, _ in paid}.union(*(nx.descendants(network, start) for start, _ in paid))
    assert set(network) == reached
    # whether money was promised or paid, and in what form, is seldom said; and a tie may be implied only
    assert all(data["label"].startswith(("funding ", "funder of", "channel of ", "recipient of ")) for _, data in paid)
    for name in ("funding", "all"):
        claims = [data["claim"] for _, _, _, data in edges_of(project(graph, name)) if "amount" in data]
        assert len(claims) == len(set(claims)) == 12


def test_transit_is_kept_in_order_and_cited_and_a_region_is_not_its_countries(graph: Graph, grown: Graph) -> None:
    network = project(grown, "routes")
    legs = sorted((d["leg"], short(a), short(b)) for a, b, _, d in edges_of(network) if "leg" in d)
    assert legs == [(1, "port-able", "mid-one"), (2, "mid-one", "mid-two"), (3, "mid-two", "lima")]
    (middle,) = [d for _, _, _, d in edges_of(network) if d.get("leg") == 2]
    assert [short(claim) for claim in claims_of(middle)] == ["g1", "s2", "s3"]
    assert (short(middle["claim"]), middle["legs"], short(middle["origin"])) == ("g1", 3, "port-able")
    assert ("port-able", "lima") in drawn(network)  # by the other report, which names no transit
    network = project(graph, "routes")
    within = {short(node): short(data.get("within", "")) for node, data in network.nodes(data=True)}
    assert (within["colombia"], within["japan"]) == ("latin-america-and-the-caribbean", "asia")
    assert {("colombia", "japan"), ("latin-america-and-the-caribbean", "japan")} <= drawn(network)
    links = [data["undirected"] for _, _, _, data in edges_of(network) if data["edge"] == "routeUndirected"]
    assert links == [True] * 3


def test_partners_are_pairs_and_who_carry_an_undertaking_out_together_are_tied_as_implied(
    graph: Graph, grown: Graph
) -> None:
    edges = edges_of(project(grown, "partnership"))
    three = sorted((short(a), short(b)) for a, b, _, d in edges if d["claim"].endswith("s/g1"))
    assert three == [("hub", "left-ngo"), ("hub", "right-ngo"), ("left-ngo", "right-ngo")]
    ((a, b, _, joint),) = [edge for edge in edges if edge[3]["edge"] == "jointUndertaking"]
    assert (short(a), short(b)) == ("donor", "left-ngo")  # and not casa-clara, who only takes part
    assert joint["modality"] == "implied"
    assert [joint[name].split(", ")[0] for name in ("caveats", "caveats_es")] == ["implied", "implícito"]
    assert [short(claim) for claim in claims_of(joint)] == ["g6", "g7"]
    assert joint["via"].endswith("/clinic")  # and not the school, which is only planned
    edges = edges_of(project(graph, "partnership"))
    stated = {(a, b, via) for a, b, _, d in edges if d["edge"] == "partners" for via in d.get("via", "").split()}
    assert not stated & {(a, b, d["via"]) for a, b, _, d in edges if d["edge"] == "jointUndertaking"}
    pairs = {frozenset(pair) for pair in drawn(project(graph, "partnership"), "jointUndertaking")}
    assert frozenset(("depaul", "ihrli")) not in pairs, "no body is tied to its own whole"
    assert frozenset(("oas-tip-coordinator", "cim")) in pairs  # but ¶23 names both


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


def test_what_a_filter_leaves_is_made_of_what_is_left(graph: Graph) -> None:
    """The claims of one source are left out before those who carry an undertaking out are tied, or dates inherited."""
    without, alone = Filter(without=("oas-cim-2005",)), Filter(sources=("cim-iom-caribbean-2005",))
    for asked in (without, alone):
        for name in ("partnership", "participation"):
            assert not any("oas-cim-2005" in data["document"] for *_, data in edges_of(project(graph, name, asked)))
    assert ("cim", "iom") in drawn(project(graph, "partnership", alone), "jointUndertaking")
    meeting = [d for _, b, _, d in edges_of(project(graph, "participation", alone)) if short(b) == "caribbean-seminars"]
    assert {data["earliest"] for data in meeting} == {"2004-01-01"}  # the summer of 2004 is said by another source
    whole = set(project(graph, "funding").edges(keys=True))
    for asked in (alone, without, Filter(kinds=("seminar",)), Filter(stated=True), Filter(without=("cim",))):
        assert set(project(graph, "funding", asked).edges(keys=True)) <= whole
    assert project(graph, "funding", alone).number_of_edges() == 0


def test_a_tie_takes_dates_and_status_of_its_undertaking_and_the_printed_table_says_so(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    network = project(graph, "activity")
    printed = network_text(network, "table").splitlines()
    inherited = [data["status"] for *_, data in edges_of(network) if "status" in data.get("inherited", "").split()]
    assert sum("ongoing (of its project or event" in line for line in printed) == inherited.count("ongoing") > 0
    assert "of its project or event" not in network_text(network, "csv")
    network = project(graph, "participation", Filter(focus=("research-project-1999",)))
    (ihrli,) = (data for *_, data in edges_of(network) if data["claim"].endswith("oas-cim-2004/participations/p11-1"))
    assert {"status", "earliest"} <= {*ihrli["concluded"].split()} <= {*ihrli["inherited"].split()}
    assert "completed (of its project or event, implied)" in network_text(network, "table")
    training = [d for _, b, _, d in edges_of(project(graph, "participation")) if short(b) == "la-paz-training"]
    assert any("inherited" in data and "concluded" not in data for data in training)
    for data in (one for one in training if one["class"] == "Participation"):
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


def test_folding_is_the_weighted_projection_of_networkx_and_another_network(graph: Graph) -> None:
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
        assert all(simple.has_edge(end, hub) for hub in data["via"].split() for end in (a, b))
        assert all(claims_of(data))
    assert {data["type"] for _, data in fold(network, "ends").nodes(data=True)} == {"Undertaking"}
    with pytest.raises(CallError, match="not a measure of"):
        measure(folded, "dependence")
    with pytest.raises(CallError, match="without a direction"):
        fold(project(graph, "routes"))
    for _, data in fold(project(graph, "funding"), "ends").nodes(data=True):
        assert all(iri in folded or "/places/" in iri for iri in data.get("within", "").split())


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
