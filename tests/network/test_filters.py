"""The filters that all networks share."""

from typing import Any

import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, claims_of, edges_of, project
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph.graph import Graph


def claims(graph: Graph, name: str, asked: Filter) -> set[str]:
    return {claim for _, _, _, data in edges_of(project(graph, name, asked)) for claim in claims_of(data)}


def test_a_source_alone(graph: Graph) -> None:
    found = project(graph, "partnership", Filter(sources=("oas-cim-2004",)))
    assert {data["document"] for _, _, _, data in edges_of(found)} >= {"oas-cim-2004"}
    assert all("oas-cim-2004" in data["document"] for _, _, _, data in edges_of(found))


def test_without_is_what_a_source_alone_leaves(graph: Graph) -> None:
    every = claims(graph, "all", Filter())
    alone = claims(graph, "all", Filter(sources=("oas-cim-2005",)))
    rest = claims(graph, "all", Filter(without=("oas-cim-2005",)))
    assert alone
    assert alone | rest == every
    assert not alone & rest


def test_without_a_publisher_is_without_all_its_sources(graph: Graph) -> None:
    rest = claims(graph, "all", Filter(without=("cim",)))
    assert rest == claims(graph, "all", Filter(without=("oas-cim-2005", "oas-cim-2004", "cim-iom-caribbean-2005")))
    assert rest


def test_without_self_reported_claims_no_source_speaks_of_its_publisher(graph: Graph) -> None:
    published: dict[str, set[str]] = {}
    for source, publisher in graph.named("published"):
        published.setdefault(source.value.rpartition("/")[2], set()).add(publisher.value)
    rest = project(graph, "partnership", Filter(without=("self-reported",)))
    assert rest.number_of_edges() > 0
    for start, end, _, data in edges_of(rest):
        for source in data["document"].split():
            assert not {start, end} & published.get(source, set())
    assert claims(graph, "partnership", Filter()) - claims(graph, "partnership", Filter(without=("self-reported",)))


def test_statuses_and_kinds(graph: Graph) -> None:
    held = project(graph, "participation", Filter(statuses=("held",), kinds=("presenter",)))
    assert held.number_of_edges() > 3
    for _, _, _, data in edges_of(held):
        assert data["kind"] == "presenter"
        assert "held" in data["status"].split()


def test_a_topic_and_a_sector(graph: Graph) -> None:
    found, every = (claims(graph, "funding", Filter(topic=topic)) for topic in ("TRAFFICKING", ""))
    assert found
    assert found < every
    asked = claims(graph, "funding", Filter(topic="trafficking", sector="15160"))
    assert asked == set()  # no source of the kit gives a sector


def test_possibly_and_certainly_in_a_time(graph: Graph) -> None:
    possibly = project(graph, "funding", Filter(start="2004-06", end="2004-08"))
    certainly = project(graph, "funding", Filter(start="2004-06", end="2004-08", certainly=True))
    assert set(certainly.edges(keys=True)) < set(possibly.edges(keys=True))
    seminars = [data for _, end, _, data in edges_of(possibly) if short(end).startswith("seminar-")]
    assert len(seminars) == 7
    certain = {short(end) for _, end, _, _ in edges_of(certainly) if short(end).startswith("seminar-")}
    assert len(certain) == 5  # not Guyana and Suriname: near the equator the summer is of one hemisphere or the other
    wide = project(graph, "funding", Filter(start="2003-12", end="2005-02", certainly=True))
    undated = [data for _, _, _, data in edges_of(possibly) if "earliest" not in data and "latest" not in data]
    assert undated
    assert all("earliest" in data and "latest" in data for _, _, _, data in edges_of(wide))


def test_the_first_and_the_last_day_are_in(graph: Graph) -> None:
    for asked in (Filter(start="2004-11-12", end="2004-11-30"), Filter(start="2004-10", end="2004-11-11"),
                  Filter(start="2004-11-11", end="2004-11-12", certainly=True),
                  Filter(start="2004-11-11", certainly=True), Filter(end="2004-11-12", certainly=True)):  # fmt: skip
        assert "la-paz-training" in {short(node) for node in project(graph, "participation", asked)}, asked
    for asked in (Filter(start="2004-11-13"), Filter(end="2004-11-10"), Filter(start="2004-11-12", certainly=True),
                  Filter(end="2004-11-11", certainly=True)):  # fmt: skip
        found = project(graph, "participation", asked)
        assert "la-paz-training" not in {short(end) for _, end, _, data in edges_of(found) if "earliest" in data}, asked


def test_a_window_that_everything_misses_keeps_only_what_has_no_date(graph: Graph) -> None:
    for _, _, _, data in edges_of(project(graph, "all", Filter(start="1990", end="1991"))):
        assert not data.get("earliest") or not data.get("latest")


def test_a_place_keeps_edges_that_end_in_it_and_claims_about_it(graph: Graph) -> None:
    network = project(graph, "funding", Filter(place="MX"))
    ends = {short(end) for _, end, _, data in edges_of(network) if network.nodes[end]["type"] == "Place"}
    assert "mexico" in ends
    assert "monterrey" in ends
    assert not ends & {"belize", "bolivia"}
    assert ("usaid", "phase-2") in {(short(a), short(b)) for a, b, _, _ in edges_of(network)}
    routes = project(graph, "routes", Filter(place="CO"))
    assert {(short(a), short(b)) for a, b, _, _ in edges_of(routes)} == {("colombia", "japan")}


def test_stated_only(graph: Graph) -> None:
    stated = project(graph, "funding", Filter(stated=True))
    assert {data["modality"] for _, _, _, data in edges_of(stated)} == {"stated"}
    assert ("cim", "cim-specialist") not in {(short(a), short(b)) for a, b, _, _ in edges_of(stated)}


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_focus_keeps_the_edges_within_its_steps(graph: Graph, steps: int) -> None:
    import networkx as nx

    whole = project(graph, "funding")
    usaid = next(node for node in whole if short(node) == "usaid")
    near = project(graph, "funding", Filter(focus=("usaid",), steps=steps))
    reached = nx.single_source_shortest_path_length(whole.to_undirected(), usaid, cutoff=steps)
    assert set(near) == set(reached)
    closer = {node for node, length in reached.items() if length < steps}
    expected = {(a, b, key) for a, b, key in whole.edges(keys=True) if a in closer or b in closer}
    assert set(near.edges(keys=True)) == expected


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"steps": 2}, "name it"),
        ({"steps": 0, "focus": ("usaid",)}, "take 1 or more"),
        ({"certainly": True}, "say from when"),
    ],
)
def test_parts_that_stand_without_the_one_they_belong_to(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(BadValue, match=message):
        Filter(**parts)


def test_what_certainly_lies_in_a_time_need_not_be_paid_then(graph: Graph) -> None:
    """The hops that lead to a dated training are undated; the training stays."""
    kept = project(graph, "funding", Filter(start="2004", end="2004", certainly=True))
    assert "monterrey-training" in {short(node) for node in kept}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Filter(start="when"), "is no date"),
        (Filter(start="2005", end="2004"), "is later than"),
        (Filter(statuses=("heldd",)), "no such code; there are .*held"),
        (Filter(kinds=("gift", "held")), "kind 'gift', 'held': no such code; there are .*awarded"),
        (Filter(statuses=("organizer",)), "no such code; there are .*held"),
    ],
)
def test_values_that_do_not_fit(graph: Graph, asked: Filter, message: str) -> None:
    with pytest.raises(BadValue, match=message):
        project(graph, "all", asked)


@pytest.mark.parametrize(
    "asked",
    [Filter(sources=("nobody",)), Filter(place="nowhere"), Filter(focus=("nobody",)), Filter(without=("usaid",))],
)
def test_names_that_nobody_knows(graph: Graph, asked: Filter) -> None:
    with pytest.raises(UnknownName):
        project(graph, "all", asked)


def test_an_unknown_source_to_leave_out_is_refused_with_those_that_are_known(graph: Graph) -> None:
    with pytest.raises(UnknownName, match=r"oas-cim-2005.*self-reported"):
        project(graph, "all", Filter(without=("nobody",)))
