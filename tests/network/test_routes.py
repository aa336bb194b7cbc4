"""Measures of routes."""

from tests.network.conftest import short
from tipgraph.graph import Graph
from tipgraph.network import Filter, measure, project


def table(graph: Graph, name: str) -> dict[tuple[str, ...], tuple[object, ...]]:
    found = measure(graph, project(graph, "routes"), name)
    return {(*map(short, row.things), *row.key[2:]): row.values for row in found.rows}


def test_reports_of_a_place_as_origin_and_destination(graph: Graph) -> None:
    found = table(graph, "route-strength")
    assert found["latin-america-and-the-caribbean",] == (4, 2, 0, 2, 1, "")  # the report that repeats counts once
    assert found["japan",] == (3, 0, 2, 1, 1, "Asia")
    assert found["colombia",][-1] == "Latin America and the Caribbean"


def test_sources_that_report_a_route(graph: Graph) -> None:
    found = table(graph, "route-sources")
    assert found["latin-america-and-the-caribbean", "japan", "to"] == (1, 1, "to", "oas-cim-2005")
    assert found["hemisphere", "japan", "not stated"][2] == "not stated"


def test_routes_with_nobody_working_on_them(graph: Graph) -> None:
    found = table(graph, "route-gaps")
    assert found["colombia", "japan", "to"][0] == 0
    assert found["colombia", "japan", "to"][-1] == "Colombia"
    lac = found["latin-america-and-the-caribbean", "japan", "to"]
    assert lac[3] == 3  # the research on Japan
    assert lac[5] == 0  # and no event there
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


def test_legs_of_transit_are_counted_one_by_one(grown: Graph) -> None:
    found = table(grown, "route-strength")
    assert found["mid-one",][:3] == (2, 1, 1)
