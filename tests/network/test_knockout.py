"""What an answer owes to some of its sources."""

import pytest

from tests.network.conftest import short
from tipgraph.analysis.network import MEASURES, Filter, compare, edges_of, measure, project
from tipgraph.analysis.network.repertoire import GONE
from tipgraph.graph.graph import Graph


def test_betweenness_without_a_source(graph: Graph) -> None:
    table = compare(graph, "partnership", "betweenness", Filter(without=("oas-cim-2004",)))
    before = measure(project(graph, "partnership"), "betweenness")
    after = measure(project(graph, "partnership", Filter(without=("oas-cim-2004",))), "betweenness")
    changed = {row.things: row.values[1:] for row in table.rows if row.values[0] == "changes"}
    ranks, later = before.ranks(), after.ranks()
    values, then = before.measured(), after.measured()
    for things in ranks.keys() | later.keys():
        if {values.get(things, GONE), then.get(things, GONE)} == {0, GONE}:
            assert things not in changed
            continue
        pair = (ranks.get(things, GONE), later.get(things, GONE), values.get(things, GONE), then.get(things, GONE))
        if pair[0] != pair[1] or pair[2] != pair[3]:
            assert changed[things] == pair
        else:
            assert things not in changed


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


def test_without_the_first_document_little_is_left(graph: Graph) -> None:
    table = compare(graph, "partnership", "betweenness", Filter(without=("oas-cim-2005",)))
    gone = {short(row.things[0]) for row in table.rows if row.values[2] == GONE and row.values[0] == "changes"}
    assert "oas-tip-coordinator" in gone
    assert "cim" not in gone


def test_nothing_changes_without_a_source_that_says_nothing_of_it(graph: Graph) -> None:
    table = compare(graph, "partnership", "betweenness", Filter(without=("state-gtip-2009",)))
    assert table.rows == []
    assert table.notes[0].startswith("0 change, 44 stay")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_can_be_compared(graph: Graph, name: str) -> None:
    about = (MEASURES[name].about or ("partnership",))[0]
    table = compare(graph, about, name, Filter(without=("oas-cim-2005",)))
    assert table.rows
    assert table.columns[:3] == ("what", "rank before", "rank after")


def test_a_recipe_can_be_compared(graph: Graph) -> None:
    table = compare(graph, "partner-funding", "dependence", Filter(focus=("usaid",), without=("oas-cim-2005",)))
    gone = {tuple(map(short, row.things)) for row in table.rows if row.values[-1] == GONE}
    assert ("phase-2", "usaid") in gone


def test_without_self_reported_claims(graph: Graph) -> None:
    table = compare(graph, "partnership", "strength", Filter(without=("self-reported",)))
    assert any(short(row.things[0]) == "cim" and row.values[2] == GONE for row in table.rows)


def test_a_largest_funder_that_goes_is_seen(graph: Graph) -> None:
    lists = ("state-gtip-2009", "state-tip-2022", "state-tip-2024")
    table = compare(graph, "funding", "dependence", Filter(without=lists))
    before = {
        (short(row.things[0]), short(row.things[1])): row.values for row in table.rows if row.values[0] == "changes"
    }
    assert before["iom", "gtip"][3:] == (1.0, GONE)


def test_a_folded_network_can_be_compared(graph: Graph) -> None:
    table = compare(graph, "participation", "degree", Filter(without=("oas-cim-2004",)), "starts")
    assert any(row.values[0] == "tie vanishes" for row in table.rows)
