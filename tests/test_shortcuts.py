"""Shortcuts, one arc for a tie that some claim states, come from nothing that did not happen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.conftest import column
from tests.findings.made import Row, Tables, actor, made, same
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA

THINGS: Mapping[str, Sequence[Row]] = {
    "actors": [actor("watch"), actor("house")],
    "undertakings": [{"id": "course", "type": "Event", "label": "course"}],
}
JOINED = [
    same(f"j-{row['id']}", f"a/{table}/{row['id']}", f"b/{table}/{row['id']}")
    for table, rows in THINGS.items()
    for row in rows
]
TAKES_PART = {"id": "1", "participant": "watch", "undertaking": "course", "role": "organizer"}
WORKS_WITH = {"id": "1", "partner": "watch | house", "undertaking": "course", "partnershipKind": "coordination"}
BELONGS = {"id": "1", "affiliate": "watch", "organization": "house", "affiliationKind": "organ-of"}
WAY: Mapping[str, Sequence[Row]] = {
    "places": [{"id": name, "type": "Country", "label": name} for name in ("here", "there")],
    "routes": [{"id": "way", "type": "Route", "label": "way"}],
}
REPORTED = {"id": "1", "route": "way", "origin": "here", "destination": "there", "directed": "true"}
GIVES = {"id": "1", "giver": "watch", "receiver": "house", "moneyKind": "awarded"}


@pytest.mark.parametrize(
    ("table", "row", "own", "others", "tied"),
    [
        ("participations", TAKES_PART, "", "", True),
        ("participations", {**TAKES_PART, "status": "planned"}, "held", "", False),
        ("participations", {**TAKES_PART, "status": "held"}, "planned", "", True),
        ("participations", {**TAKES_PART, "role": "invited"}, "held", "", False),
        ("participations", {**TAKES_PART, "role": "named"}, "held", "", False),
        ("participations", {**TAKES_PART, "role": "target-group"}, "held", "", False),
        ("participations", {**TAKES_PART, "role": "secondary-reporter"}, "", "", False),
        ("participations", TAKES_PART, "planned", "", False),
        ("participations", TAKES_PART, "planned", "held", False),  # who took part then, nobody says
        ("participations", TAKES_PART, "", "cancelled", False),
        ("participations", TAKES_PART, "held", "planned", True),
        ("participations", TAKES_PART, "", "held", True),
        ("partnerships", WORKS_WITH, "", "", True),
        ("partnerships", {**WORKS_WITH, "status": "proposed"}, "", "", False),
        ("partnerships", WORKS_WITH, "proposed", "", False),
        ("funding", GIVES, "", "", True),
        ("funding", {**GIVES, "moneyKind": "proposed"}, "", "", False),
        ("funding", {**GIVES, "moneyKind": "pledged"}, "", "", False),
        ("funding", {**GIVES, "attendance": "course"}, "", "", False),
    ],
)
def test_what_did_not_happen_ties_nobody(
    table: str, row: Row, own: str, others: str, tied: bool, tmp_path: Path
) -> None:
    def reports(status: str) -> Sequence[Row]:
        return [{"id": "r", "undertaking": "course", "status": status}] if status else []

    sources: Mapping[str, Tables] = {
        "a": {**THINGS, table: [row], "undertaking-reports": reports(own)},
        "b": {**THINGS, "undertaking-reports": reports(others)},
        "reference": {"identity": JOINED},
    }
    graph = made(tmp_path, sources)
    ties = "tip:participatesIn|tip:partnerOf|tip:funds"
    assert bool(column(graph, f"SELECT ?end {{ <{DATA}a/actors/watch> {ties} ?end }}")) == tied


@pytest.mark.parametrize("modality", ["", "implied"])
@pytest.mark.parametrize(
    ("table", "row", "tie", "to"),
    [
        ("funding", GIVES, "funds", "actors/house"),
        ("participations", TAKES_PART, "participatesIn", "undertakings/course"),
        ("affiliations", BELONGS, "belongsTo", "actors/house"),
        ("route-reports", REPORTED, "routeTo", "places/there"),
    ],
)
def test_a_tie_that_a_source_states_is_marked(
    table: str, row: Row, tie: str, to: str, modality: str, tmp_path: Path
) -> None:
    told = {**row, "modality": modality, "note": "a reading"}
    graph = made(tmp_path, {"a": {**THINGS, **WAY, table: [told]}})
    found = {how: column(graph, f"SELECT ?to {{ ?from tip:{how} ?to }}") for how in (tie, f"{tie}Stated")}
    assert found == {tie: [f"{DATA}a/{to}"], f"{tie}Stated": [f"{DATA}a/{to}"] * (not modality)}


def test_names_that_sources_give_an_actor_are_labels_of_it(tmp_path: Path) -> None:
    names = {"name": "The Watch", "acronym": "TW", "description": "the guards"}
    namings = [{"id": kind, "named": "watch", "name": name, "nameKind": kind} for kind, name in names.items()]
    graph = made(tmp_path, {"a": {**THINGS, "namings": namings}})
    assert column(graph, "SELECT ?name { GRAPH id:derived { ?actor skos:altLabel ?name } } ORDER BY ?name") == [
        "TW",
        "The Watch",
    ]


def test_in_the_kit_neither_proposals_nor_contacts_are_ties(graph: Graph) -> None:
    partners = column(graph, f"SELECT ?other {{ <{DATA}oas-cim-2005/actors/eu> tip:partnerOf ?other }}")
    taking_part = column(
        graph, f"SELECT ?who {{ ?who tip:participatesIn <{DATA}oas-cim-2005/undertakings/future-seminars> }}"
    )
    assert (partners, taking_part) == ([], [])
