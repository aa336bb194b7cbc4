"""Questions 2, 17 and 18 of the first document, answered through the network."""

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, claims_of, edges_of, measure, project
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query

SEVEN = {"bahamas", "barbados", "guyana", "jamaica", "netherlands-antilles", "saint-lucia", "suriname"}


def reached(graph: Graph, funder: str) -> dict[str, tuple[int, str, str, str]]:
    table = measure(graph, project(graph, "funding"), "reach")
    return {short(row.things[1]): row.values for row in table.rows if short(row.things[0]) == funder}  # type: ignore[misc]


def test_question_2_usaid_reaches_mexico_belize_and_bolivia(graph: Graph) -> None:
    places = reached(graph, "usaid")
    assert {name for name in ("mexico", "belize", "bolivia") if places[name][:2] == (2, "takes place in")} == {
        "mexico", "belize", "bolivia",
    }  # fmt: skip
    assert places["brazil"][1] == "is about (implied)"
    assert places["mexico"][3] == "stated"


def test_question_2_iom_reaches_seven_caribbean_places_and_who_gave_to_it_is_not_said(graph: Graph) -> None:
    places = reached(graph, "iom")
    assert set(places) >= SEVEN
    for name in SEVEN - {"netherlands-antilles"}:
        steps, by, over, modality = places[name]
        assert (steps, by, modality) == (3, "takes place in (implied)", "implied")
        assert over.startswith("CIM/IOM counter-trafficking project")
    table = measure(graph, project(graph, "funding"), "reach")
    bahamas = next(row for row in table.rows if [short(t) for t in row.things] == ["iom", "bahamas"])
    assert set(bahamas.said_at) >= {"oas-cim-2005 ¶13 s2"}
    assert not SEVEN & set(reached(graph, "us-state-department"))


def test_question_2_the_network_and_the_query_reach_the_same_places(graph: Graph) -> None:
    table = measure(graph, project(graph, "funding"), "reach")
    by_funder: dict[str, dict[str, str]] = {}
    for row in table.rows:
        by_funder.setdefault(row.things[0], {})[row.things[1]] = str(row.values[1])
    missed = set()
    for funder, places in by_funder.items():
        answer = Query.find("funding-chains").run(graph, {"funder": funder})
        place = answer.columns.index("place")
        asked = {row[place].value for row in answer.rows if row[place] is not None}  # type: ignore[union-attr]
        assert asked <= places.keys()
        missed |= {short(iri) for iri in places.keys() - asked if not places[iri].startswith("is about")}
    # A grant of the TIP Office names its countries: South Sudan only
    # where the grant is told again, which begins no chain.
    assert missed == {"south-sudan"}


def test_question_17_brokers(graph: Graph) -> None:
    table = measure(graph, project(graph, "partnership"), "articulation-points")
    assert [(short(row.things[0]), *row.values) for row in table.rows] == [
        ("cim", 8, 2),
        ("oas-tip-coordinator", 2, 2),
        ("iin", 1, 1),
        ("iom", 1, 1),
        ("oas", 1, 1),
    ]
    coordinator = next(row for row in table.rows if short(row.things[0]) == "oas-tip-coordinator")
    assert [short(claim) for claim in coordinator.claims if "/partnerships/" in claim] == ["p19-1", "p19-2", "p19-3"]
    assert set(coordinator.said_at) == {
        f"oas-cim-2005 ¶{place}" for place in ("19 s1", "19 s4", "20 s1", "23 s1")
    }  # and not ¶27, which is planned


def test_question_18_neighbourhood(graph: Graph) -> None:
    network = project(graph, "all", Filter(focus=("la-paz-training",), steps=1))
    assert {short(node) for node in network} == {
        "la-paz-training", "la-paz", "phase-2", "cim", "iom", "iin", "oas-tip-coordinator", "experts-chile-peru",
            "la-paz-visitor",
        "chile-police", "interpol-colombia", "colombia-family-prosecutor", "colombia-trafficking-police",
        "us-embassy-bolivia", "bolivia-government-officials", "bolivia-local-officials", "bolivia-migration-service",
        "bolivia-national-authorities", "bolivia-police", "bolivia-public-officials",
    }  # fmt: skip
    answer = Query.find("neighbourhood").run(graph, {"of": "la-paz-training"})
    asked = {row[0].value for row in answer.rows}  # type: ignore[union-attr]
    assert {claim for _, _, _, data in edges_of(network) for claim in claims_of(data)} <= asked
