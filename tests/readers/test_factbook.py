import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode

from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Answer, Query
from tipgraph.pipeline.builder import build

from .conftest import Taking

SITUATION = (
    "Mali is a source, transit, and destination country for men; boys from Guinea and Niger beg; "
    "Malian women work in Saudi Arabia and Niger (2015)"
)
RECORDS = {
    "commit_month": "2017-03",
    "records": [
        {
            "path": "x/ml.json",
            "country": "Mali",
            "current situation": SITUATION,
            "tier rating": "Tier 2 Watch List – Mali does not fully comply (2016)",
        },
        {"path": "x/cd.json", "country": "Burma", "tier rating": "<p>Tier 3 &mdash; Burma (2022)</p>"},
        {"path": "x/no.json", "country": "Nowhere", "tier rating": "Tier 1 (2022)"},
        {"path": "x/pe.json", "country": "Peru", "tier rating": "unrated"},
    ],
}
TEXT = json.dumps(RECORDS, indent=1)


def test_a_tier_has_its_year(taking: Taking) -> None:
    found = taking("factbook", TEXT)
    assert [(row["place"], row["tier"], row["date"], row["review"]) for row in found.rows["ratings"]] == [
        ("reference/places/mali", "2-watch-list", "2016", "unreviewed"),
        ("reference/places/myanmar", "3", "2022", "unreviewed"),
    ]
    assert found.faults == ["made.data:23: tier rating: the tier rating does not begin with a tier; left out"]
    assert found.taken.report.unresolved == {"Nowhere": 1}


def test_tiers_are_asked_by_place_and_by_tier(taking: Taking, tmp_path: Path) -> None:
    taking("factbook", TEXT)
    graph = build(tmp_path / "data")
    assert _ratings(graph, {}) == {("Mali", "Tier 2 Watch List", "2016"), ("Myanmar", "Tier 3", "2022")}
    assert _ratings(graph, {"in": "asia"}) == {("Myanmar", "Tier 3", "2022")}
    assert _ratings(graph, {"tier": "2-watch-list"}) == {("Mali", "Tier 2 Watch List", "2016")}


def _ratings(graph: Graph, values: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return place, tier and date; every row is cited."""
    answer = Query.find("ratings").run(graph, values)
    assert all(answer.cited(row) for row in answer.rows)
    return {tuple(map(partial(_words, answer), row[:3])) for row in answer.rows}


def _words(answer: Answer, cell: object) -> str:
    return answer.labels[cell] if isinstance(cell, NamedNode) else str(getattr(cell, "value", ""))


def test_a_country_is_origin_transit_and_destination(taking: Taking) -> None:
    found = taking("factbook", TEXT)
    assert [row["label"] for row in found.rows["routes"][:3]] == ["from Mali", "through Mali", "to Mali"]
    assert found.only("route-reports", route="routes/origin-mali")[0]["origin"] == "reference/places/mali"
    assert found.only("route-reports", route="routes/transit-mali")[0]["directed"] == "false"
    assert [(row["place"], row["stage"]) for row in found.rows["route-stops"]] == [("reference/places/mali", "transit")]


def test_countries_that_are_named_together_are_linked_without_a_direction(taking: Taking) -> None:
    found = taking("factbook", TEXT)
    links = [row for row in found.rows["route-reports"] if row.get("endpoint")]
    assert [row["endpoint"] for row in links] == [
        "reference/places/guinea | reference/places/mali",
        "reference/places/mali | reference/places/niger",
        "reference/places/mali | reference/places/saudi-arabia",
    ]
    assert {(row["directed"], row["modality"], row["review"], row["date"]) for row in links} == {
        ("false", "implied", "unreviewed", "2015")
    }
    assert all("extracted by a rule" in row["note"] for row in links)
