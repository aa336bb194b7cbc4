"""Money: shares, dependence, what it reaches, and the partner-funding recipe."""

import networkx as nx
import pytest

from tests.network.conftest import short
from tests.network.test_payments import HARBOUR, extra, with_claims
from tipgraph.analysis.network import (
    EVERY,
    Filter,
    claims_of,
    edges_of,
    know_recipe,
    measure,
    money,
    networks,
    project,
)
from tipgraph.analysis.network.ties import Edge
from tipgraph.analysis.payments import payments
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, tip


def by_key(graph: Graph, name: str) -> dict[tuple[str, ...], tuple[object, ...]]:
    table = measure(project(graph, "funding"), name)
    return {tuple(map(short, row.name)): (*map(short, row.things[1:]), *row.values) for row in table.rows}


def test_concentration_leaves_out_what_is_unknown_shared_pledged_proposed_or_repeated(grown: Graph) -> None:
    found = by_key(grown, "concentration")
    # Donor and the Lantern Fund give; Hub passes 600 on. The 50 EUR restate the 600, the 5 that Hub gives to itself,
    # what is pledged and the 9,000 that are only proposed are no grants.
    assert found["givers", "awarded", "USD"] == ("givers", "awarded", "USD", 1, 1000, 1, 0, 0)
    assert found["givers", "disbursed", "USD"] == ("givers", "disbursed", "USD", 1, 12500, 1, 0, 0)
    assert found["givers", "disbursed, passed on", "USD"][3:5] == (1, 600)
    assert not any("EUR" in key for key in found)
    # two receivers share the 600, so that it is nobody's
    assert ("receivers", "disbursed, passed on", "USD") not in found
    assert found["receivers", "disbursed, passed on", "claims"][3:5] == (2, 2)


def test_one_sum_of_money_in_several_claims_is_never_added_up() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="funding")
    paid = {"kind": "disbursed", "review": "person"}
    for name, giver, data in (
        ("promised", "a", {**paid, "kind": "awarded"}),
        ("paid", "a", paid),
        ("lent", "a", {**paid, "finance": "loan"}),
        ("again", "b", {**paid, "passed_on": True}),
        ("unread", "b", {"kind": "disbursed"}),
        ("revised", "a", {**paid, "counts_as": "paid"}),
        ("more", "b", {**paid, "amount": 3000.0}),
        ("back", "c", {**paid, "kind": "spent", "amount": -5.0}),
    ):
        own = {"claim": name, "edge": "fundingReceiver", "amount": 1000.0, "currency": "USD", **data}
        network.add_edge(giver, "r", name, **own)
    found = {row.key: row.values[3:] for row in money.concentration(network).rows if row.key[2] == "USD"}
    once = (1, 1000, 1, 0, 0)
    expected = {
        "awarded": once,
        "disbursed": (2, 4000, 0.625, 0.25, 0),
        "disbursed, loan": once,
        "disbursed, passed on": once,
        "disbursed, not reviewed": once,
    }
    assert found == {(side, kind, "USD"): row for side in ("givers", "receivers") for kind, row in expected.items()} | {
        ("receivers", "disbursed", "USD"): (1, 4000, 1, 0, 0)
    }
    largest = {row.key: (row.things[1], *row.values) for row in money.dependence(network).rows if row.key[1] == "USD"}
    assert largest["disbursed", "USD"] == ("b", 0.75, "disbursed", "USD", 2, 0)
    assert {kind for kind, _ in largest} == {*expected}


def test_what_several_give_together_is_the_amount_of_none_of_them() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="funding")
    shared = {"shared_amount": 100.0, "shared_by": 2, "givers": 2, "currency": "USD", "said_at": "s ¶1 s1"}
    for giver, receiver in (("a", "c"), ("b", "c")):
        network.add_edge(giver, receiver, f"x {giver}", claim="x", edge="fundingReceiver", **shared)
    network.add_edge("a", "c", "y", claim="y", edge="fundingReceiver", amount=10.0, currency="USD", said_at="s ¶2 s1")
    found = {row.key[0::2]: row.values[3:5] + row.values[-1:] for row in money.concentration(network).rows}
    assert found["givers", "USD"] == (1, 10, 1)
    assert found["receivers", "USD"] == (1, 10, 1)
    assert found["givers", "claims"] == (2, 3, 0)


def test_dependence_on_the_largest_funder(grown: Graph) -> None:
    found = by_key(grown, "dependence")
    given = "disbursed, passed on"
    assert found["hub", "donor", "awarded", "claims"] == ("donor", 1.0, "awarded", "claims", 1, 0)
    assert found["hub", "donor", "awarded", "USD"] == ("donor", 1.0, "awarded", "USD", 1, 0)
    assert found["left-ngo", "hub", given, "claims"] == ("hub", 1.0, given, "claims", 1, 0)
    assert ("left-ngo", "hub", given, "USD") not in found
    assert not any(key[:2] == ("hub", "hub") for key in found)
    left = measure(project(grown, "funding", Filter(focus=("left-ngo",))), "dependence")  # shared where one is left
    assert {row.values[2] for row in left.rows if short(row.things[0]) == "left-ngo"} == {"claims"}
    for shares, gini in (([5], 0), ([1, 1, 1, 1], 0), ([0, 0, 0, 1], 0.75), ([], 0)):
        assert money.gini(shares) == pytest.approx(gini)


def starts(ways: dict[str, list[list[Edge]]]) -> set[str]:
    """Return those whose money reaches something."""
    return {short(way[0][0]) for found in ways.values() for way in found}


def test_a_way_never_jumps_from_one_grant_to_another_and_what_is_not_given_reaches_nothing(
    graph: Graph, grown: Graph
) -> None:
    network = project(grown, "funding")
    ways = money.reached(network)
    by_place = {short(end): {tuple(short(edge[0]) for edge in way) for way in found} for end, found in ways.items()}
    assert ("donor", "hub", "left-ngo", "shelter") in by_place["lima"]  # the hop continues the grant
    # hub pays for the school in Port Able with other money
    assert "port-able" not in by_place
    assert starts(ways) == {"lantern-fund", "donor", "hub"}
    claims = {claim for found in ways.values() for way in found for edge in way for claim in claims_of(edge[3])}
    assert not any(claim.endswith(("/funding/g3", "/funding/g4")) for claim in claims)
    donor = next(node for node in network if short(node) == "donor")
    followed = {short(claim) for edge in money.follow(edges_of(network), [donor]) for claim in claims_of(edge[3])}
    assert {"g1", "g2"} <= followed
    assert not {"g3", "g4", "g5", "g6"} & followed
    assert "eu" not in starts(money.reached(project(graph, "funding")))
    network = project(graph, "partner-funding", Filter(focus=("gtip",)))  # it goes on by no role or partnership
    claims = {
        claim
        for found in money.reached(network).values()
        for way in found
        for edge in way
        for claim in claims_of(edge[3])
    }
    assert claims
    assert not any("/participations/" in claim or "/partnerships/" in claim for claim in claims)


def ends(graph: Graph, funder: str) -> set[tuple[str, str]]:
    edges = edges_of(project(graph, "partner-funding", Filter(focus=(funder,))))
    return {(short(start), short(end)) for start, end, _, _ in edges}


def test_partner_funding_gathers_money_intermediaries_carriers_and_partners(graph: Graph, grown: Graph) -> None:
    network = project(graph, "partner-funding", Filter(focus=("usaid",)))
    parts: dict[str, set[tuple[str, str]]] = {}
    for start, end, _, data in edges_of(network):
        parts.setdefault(data["part"], set()).add((short(start), short(end)))
    assert set(parts) == {"money", "carrying out", "partners"}
    assert {end for start, end in parts["money"] if start == "usaid"} == {
        "phase-2", "mexico-project", "research-project-1999",
    }  # fmt: skip
    assert ("depaul-university", "research-project-1999") in parts["carrying out"]
    assert ("cim", "iom") in parts["partners"]
    assert not {start for start, _ in parts["money"]} & {"prm", "us-state-department", "gtip"}
    money_claims = {d["claim"] for _, _, _, d in edges_of(network) if d["class"] == "Funding"}
    assert {short(claim) for claim in money_claims} == {"p9-1", "p13-1", "p14-1", "p30-1"}
    assert {("donor", "hub"), ("hub", "left-ngo"), ("left-ngo", "shelter")} <= ends(grown, "donor")
    assert ("caribbean-seminars", "bahamas") in ends(graph, "iom")
    assert ("iom", "tactik-project") not in ends(graph, "iom")  # paid by another grant
    for alone in ("eu", "interpol-colombia"):  # they give nothing, or only propose it
        network = project(graph, "partner-funding", Filter(focus=(alone,)))
        assert ([*map(short, network)], network.number_of_edges()) == ([alone], 0)


def test_the_recipe_takes_filters_and_needs_a_funder(graph: Graph) -> None:
    stated = project(graph, "partner-funding", Filter(focus=("usaid",), stated=True))
    assert {data["modality"] for _, _, _, data in edges_of(stated)} == {"stated"}
    assert any(short(node) == "usaid" for node in stated)
    with pytest.raises(CallError, match="--focus"):
        project(graph, "partner-funding", Filter())
    with pytest.raises(CallError, match="leave out the steps"):
        project(graph, "partner-funding", Filter(focus=("usaid",), steps=2))
    with pytest.raises(UnknownName, match="partner-funding"):
        know_recipe("soup")


def test_money_is_followed_back_from_what_it_reaches_to_those_who_are_given_none(graph: Graph, grown: Graph) -> None:
    chains = money.reached(project(grown, "funding"))
    (shelter,) = (found for thing, found in chains.items() if short(thing) == "shelter")
    assert {tuple(short(start) for start, *_ in way) for way in shelter} == {("donor", "hub", "left-ngo")}
    ways = money.reached(project(graph, "funding"))
    (way,) = ways[f"{DATA}oas-cim-2005/undertakings/caribbean-seminars"]
    assert [short(start) for start, *_ in way] == ["iom", "caribbean-project"]
    assert [edge[3]["edge"] for edge in way] == ["fundingPurpose", "undertakingPart"]
    assert money.stated_end(way) == []
    (way,) = ways[f"{DATA}oas-cim-2005/undertakings/caribbean-project"]
    assert [short(start) for start, *_ in money.stated_end(way)] == ["iom"]
    for found in ways.values():
        keys = [[edge[2] for edge in way] for way in found]
        assert not any(one != other and other[-len(one) :] == one for one in keys for other in keys)


def test_money_given_in_a_network_is_that_of_payments(grown: Graph) -> None:
    planned = {payment.claim for payment in payments(grown) if not payment.is_given}
    counting = {payment.claim for payment in payments(grown) if 0 in payment.counts}
    weak = money.not_given()
    edges = [data for *_, data in edges_of(project(grown, "funding")) if data["edge"] in money.GIVES]
    assert {"proposed", "guarantee"} < weak
    assert {data["claim"] for data in edges} & planned
    for data in edges:
        assert money.is_money(data, weak) == (data["claim"] in counting - planned), data["claim"]


def test_a_payment_that_two_claims_tell_counts_once_in_a_network_and_with_the_one_that_a_filter_leaves(
    small: Graph,
) -> None:
    implied = "https://w3id.org/tipgraph/code#modality-implied"
    graph = extra(with_claims(small, first={"modality": implied}), (f"{DATA}first", tip.corroborates, HARBOUR))
    assert list(money.grants(project(graph, "funding"))) == [f"{DATA}first"]
    assert list(money.grants(project(graph, "funding", Filter(stated=True)))) == [HARBOUR]


def test_who_pays_for_attendance_funds_no_event_in_any_network(graph: Graph) -> None:
    attended = {row["claim"].value: row["attendance"].value for row in graph.named("attendance")}
    assert len(attended) == 3
    givers = starts(money.reached(project(graph, "funding")))
    for name in [*networks(graph), EVERY]:
        for start, end, _, data in edges_of(project(graph, name)):
            if data["claim"] in attended:
                assert data["edge"] in ("fundingAttendance", "fundingAttendee")
                assert not money.is_money(data, ())
                assert (end == attended[data["claim"]]) == (data["edge"] == "fundingAttendance")
                assert data["edge"] == "fundingAttendee" or short(start) not in givers  # who attends, not who pays
    for focus in ("cim", "iom", "italy-government", "oas-tip-coordinator"):
        found = project(graph, "partner-funding", Filter(focus=(focus,)))
        assert not attended.keys() & {data["claim"] for *_, data in edges_of(found)}
        assert not set(attended.values()) & {end for _, end, _, data in edges_of(found) if data["part"] == "money"}
