"""The filters that all networks share."""

from typing import Any

import networkx as nx
import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, claims_of, edges_of, project
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph.graph import Graph


def claims(graph: Graph, name: str, asked: Filter) -> set[str]:
    return {claim for _, _, _, data in edges_of(project(graph, name, asked)) for claim in claims_of(data)}


def test_without_is_what_a_source_alone_leaves_and_a_publisher_is_all_its_sources(graph: Graph) -> None:
    every = claims(graph, "all", Filter())
    alone = claims(graph, "all", Filter(sources=("oas-cim-2005",)))
    rest = claims(graph, "all", Filter(without=("oas-cim-2005",)))
    assert alone
    assert (alone | rest, alone & rest) == (every, set())
    cim = claims(graph, "all", Filter(without=("cim",)))
    assert cim == claims(graph, "all", Filter(without=("oas-cim-2005", "oas-cim-2004", "cim-iom-caribbean-2005")))
    assert cim
    found = edges_of(project(graph, "partnership", Filter(sources=("oas-cim-2004",))))
    assert found
    assert all("oas-cim-2004" in data["document"] for *_, data in found)


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


def test_statuses_kinds_and_what_is_stated(graph: Graph) -> None:
    held = edges_of(project(graph, "participation", Filter(statuses=("held",), kinds=("presenter",))))
    assert len(held) > 3
    assert all(data["kind"] == "presenter" and "held" in data["status"].split() for *_, data in held)
    stated = edges_of(project(graph, "funding", Filter(stated=True)))
    assert {data["modality"] for *_, data in stated} == {"stated"}
    assert ("cim", "cim-specialist") not in {(short(a), short(b)) for a, b, _, _ in stated}


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

    def seminars(network: Any) -> int:
        return len({short(end) for _, end, _, _ in edges_of(network) if short(end).startswith("seminar-")})

    # Not Guyana and Suriname certainly: near the equator the summer is of one hemisphere or the other.
    assert (seminars(possibly), seminars(certainly)) == (7, 5)
    wide = project(graph, "funding", Filter(start="2003-12", end="2005-02", certainly=True))
    assert any("earliest" not in data and "latest" not in data for *_, data in edges_of(possibly))
    assert all("earliest" in data and "latest" in data for *_, data in edges_of(wide))
    for *_, data in edges_of(project(graph, "all", Filter(start="1990", end="1991"))):
        assert not data.get("earliest") or not data.get("latest")
    # The hops that lead to a dated training are undated; the training stays.
    kept = project(graph, "funding", Filter(start="2004", end="2004", certainly=True))
    assert "monterrey-training" in set(map(short, kept))


def test_the_first_and_the_last_day_are_in(graph: Graph) -> None:
    for asked in (Filter(start="2004-11-12", end="2004-11-30"), Filter(start="2004-10", end="2004-11-11"),
                  Filter(start="2004-11-11", end="2004-11-12", certainly=True),
                  Filter(start="2004-11-11", certainly=True), Filter(end="2004-11-12", certainly=True)):  # fmt: skip
        assert "la-paz-training" in {short(node) for node in project(graph, "participation", asked)}, asked
    for asked in (Filter(start="2004-11-13"), Filter(end="2004-11-10"), Filter(start="2004-11-12", certainly=True),
                  Filter(end="2004-11-11", certainly=True)):  # fmt: skip
        found = project(graph, "participation", asked)
        assert "la-paz-training" not in {short(end) for _, end, _, data in edges_of(found) if "earliest" in data}, asked


def test_a_place_keeps_edges_that_end_in_it_and_claims_about_it(graph: Graph) -> None:
    network = project(graph, "funding", Filter(place="MX"))
    ends = {short(end) for _, end, _, data in edges_of(network) if network.nodes[end]["type"] == "Place"}
    assert "mexico" in ends
    assert "monterrey" in ends
    assert not ends & {"belize", "bolivia"}
    assert ("usaid", "phase-2") in {(short(a), short(b)) for a, b, _, _ in edges_of(network)}
    routes = project(graph, "routes", Filter(place="CO"))
    assert {(short(a), short(b)) for a, b, _, _ in edges_of(routes)} == {("colombia", "japan")}


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_focus_keeps_the_edges_within_its_steps(graph: Graph, steps: int) -> None:
    whole = project(graph, "funding")
    near = project(graph, "funding", Filter(focus=("usaid",), steps=steps))
    usaid = next(node for node in whole if short(node) == "usaid")
    reached = nx.single_source_shortest_path_length(whole.to_undirected(), usaid, cutoff=steps)
    assert set(near) == set(reached)
    closer = {node for node, length in reached.items() if length < steps}
    assert set(near.edges(keys=True)) == {edge for edge in whole.edges(keys=True) if closer & {*edge[:2]}}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"steps": 2}, "name it"),
        ({"steps": 0, "focus": ("usaid",)}, "take 1 or more"),
        ({"certainly": True}, "say from when"),
        ({"start": "when"}, "is no date"),
        ({"start": "2005", "end": "2004"}, "is later than"),
        ({"statuses": ("heldd",)}, "no such code; there are .*held"),
        ({"kinds": ("gift", "held")}, "kind 'gift', 'held': no such code; there are .*awarded"),
        ({"statuses": ("organizer",)}, "no such code; there are .*held"),
        ({"sources": ("nobody",)}, "nobody"),
        ({"place": "nowhere"}, "nowhere"),
        ({"focus": ("nobody",)}, "nobody"),
        ({"without": ("usaid",)}, "usaid"),
        ({"without": ("nobody",)}, r"oas-cim-2005.*self-reported"),
    ],
)
def test_values_that_do_not_fit_and_names_that_nobody_knows(graph: Graph, parts: dict[str, Any], message: str) -> None:
    with pytest.raises((BadValue, UnknownName), match=message):
        project(graph, "all", Filter(**parts))
