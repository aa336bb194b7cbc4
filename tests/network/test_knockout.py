"""What an answer owes to some of its sources."""

import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import MEASURES, Filter, compare, edges_of, measure, project
from tipgraph.analysis.network.repertoire import GONE
from tipgraph.graph.graph import Graph


def test_betweenness_without_a_source(graph: Graph) -> None:
    asked = Filter(without=("oas-cim-2004",))
    table = compare(graph, "partnership", "betweenness", asked)
    tables = [measure(project(graph, "partnership", one), "betweenness") for one in (Filter(), asked)]
    changed = {row.things: row.values[1:] for row in table.rows if row.values[0] == "changes"}
    (ranks, later), (values, then) = ([one.ranks() for one in tables], [one.measured() for one in tables])
    for things in ranks.keys() | later.keys():
        pair = (ranks.get(things, GONE), later.get(things, GONE), values.get(things, GONE), then.get(things, GONE))
        is_same = {*pair[2:]} == {0, GONE} or (pair[0], pair[2]) == (pair[1], pair[3])
        assert changed.get(things) == (None if is_same else pair)


def test_ties_that_vanish_are_those_that_stand_on_nothing_else(graph: Graph) -> None:
    asked = Filter(without=("oas-cim-2004",))
    table = compare(graph, "partnership", "degree", asked)
    vanished = {row.things: row for row in table.rows if row.values[0] == "tie vanishes"}
    left = {edge[:2] for edge in edges_of(project(graph, "partnership", asked))}
    whole = {edge[:2] for edge in edges_of(project(graph, "partnership"))}
    assert set(vanished) == whole - left
    assert vanished
    assert all(any("oas-cim-2004" in place for place in row.said_at) for row in vanished.values())
    assert ("cim", "iom") not in {tuple(map(short, things)) for things in vanished}  # another source says it too
    assert f"{len(vanished)} ties vanish" in table.notes[0]


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_can_be_compared(graph: Graph, name: str) -> None:
    about = (MEASURES[name].about or ("partnership",))[0]
    table = compare(graph, about, name, Filter(without=("oas-cim-2005",)))
    assert table.rows
    assert table.columns[:3] == ("what", "rank before", "rank after")


LISTS = ("state-gtip-2009", "state-tip-2022", "state-tip-2024")


@pytest.mark.parametrize(
    ("network", "measured", "asked", "gone"),
    [
        ("partnership", "betweenness", Filter(without=("oas-cim-2005",)), ("oas-tip-coordinator",)),
        ("partner-funding", "dependence", Filter(focus=("usaid",), without=("oas-cim-2005",)), ("phase-2", "usaid")),
        ("partnership", "strength", Filter(without=("self-reported",)), ("cim",)),
        ("funding", "dependence", Filter(without=LISTS), ("iom", "gtip")),
    ],
)
def test_who_stands_on_what_is_left_out_is_gone(
    graph: Graph, network: str, measured: str, asked: Filter, gone: tuple[str, ...]
) -> None:
    rows = compare(graph, network, measured, asked).rows
    found = {tuple(map(short, row.things)) for row in rows if row.values[0] == "changes" and GONE in row.values}
    assert gone in found
    assert measured != "betweenness" or ("cim",) not in found


def test_nothing_changes_without_a_source_that_says_nothing_of_it_and_folded_ties_vanish(graph: Graph) -> None:
    table = compare(graph, "partnership", "betweenness", Filter(without=("state-gtip-2009",)))
    assert table.rows == []
    assert table.notes[0].startswith("0 change, 44 stay")
    table = compare(graph, "participation", "degree", Filter(without=("oas-cim-2004",)), "starts")
    assert any(row.values[0] == "tie vanishes" for row in table.rows)
