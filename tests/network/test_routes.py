"""Measures of routes."""

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, measure, project, routes
from tipgraph.graph.graph import Graph


def table(graph: Graph, name: str) -> dict[tuple[str, ...], tuple[object, ...]]:
    found = measure(graph, project(graph, "routes"), name)
    return {(*map(short, row.things), *row.key): row.values for row in found.rows}


def test_routes_with_nobody_working_on_them(graph: Graph) -> None:
    found = table(graph, "route-gaps")
    assert found["colombia", "japan", "to"][0] == 0
    assert found["colombia", "japan", "to"][2] == 0
    lac = found["latin-america-and-the-caribbean", "japan", "to"]
    assert lac[3] == 3  # the research on Japan
    assert isinstance(lac[2], int)
    assert lac[2] > 20  # what is done in a part of a region is done in it


def test_gaps_heed_what_is_left_out(graph: Graph) -> None:
    asked = Filter(without=("oas-cim-2004", "cim-iom-caribbean-2005"))
    rows = measure(graph, project(graph, "routes", asked), "route-gaps", asked).rows
    fewer = {tuple(map(short, row.things)): row.values[2] for row in rows}
    whole = {key[:2]: values[2] for key, values in table(graph, "route-gaps").items()}
    assert int(str(fewer["latin-america-and-the-caribbean", "japan"])) < int(
        str(whole["latin-america-and-the-caribbean", "japan"])
    )


def test_a_route_by_transit_is_one_route_between_its_ends(grown: Graph) -> None:
    assert {key: values[1:4] for key, values in table(grown, "route-gaps").items()} == {
        ("port-able", "lima", "to"): ("to", 0, 2)
    }


def test_what_is_held_is_done_though_it_was_once_planned() -> None:
    assert routes._is_done({"status": "held planned"})
    assert routes._is_done({})
    assert not routes._is_done({"status": "planned proposed"})
