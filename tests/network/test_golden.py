"""Questions 2, 17 and 18 of the first document, answered through the network."""

from tests.network.conftest import short
from tipgraph.analysis.network import Filter, claims_of, edges_of, measure, money, project
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query

SEVEN = {"bahamas", "barbados", "guyana", "jamaica", "netherlands-antilles", "saint-lucia", "suriname"}


def places_of(graph: Graph, funder: str) -> set[str]:
    """Return the places that the money of a funder may reach."""
    answer = Query.find("funding-chains").run(graph, {"funder": funder})
    at = answer.columns.index("place")
    return {short(row[at].value) for row in answer.rows if row[at] is not None}  # type: ignore[union-attr]


def test_question_2_the_network_and_the_query_reach_the_same_places(graph: Graph) -> None:
    asked = {name: places_of(graph, name) for name in ("usaid", "iom", "us-state-department")}
    assert {"mexico", "belize", "bolivia"} <= asked["usaid"]
    assert asked["iom"] >= SEVEN
    assert not SEVEN & asked["us-state-department"], "who gave to it is not said"
    network = project(graph, "funding")
    missed = set()
    for end, ways in money.reached(network).items():
        if network.nodes[end]["type"] == "Place":
            for way in ways:
                funder, about = way[0][0], way[-1][3]["edge"] in ("undertakingSubjectPlace", "documentSubjectPlace")
                if not about and short(end) not in asked.setdefault(funder, places_of(graph, funder)):
                    missed.add(short(end))
    # A grant of the TIP Office names its countries: South Sudan only
    # where the grant is told again, which begins no chain.
    assert missed == {"south-sudan"}


def test_question_17_brokers(graph: Graph) -> None:
    table = measure(project(graph, "partnership"), "articulation-points")
    assert [(short(row.things[0]), *row.values) for row in table.rows] == [
        ("cim", 8, 2),
        ("oas-tip-coordinator", 2, 2),
        ("iom", 2, 2),
        ("iin", 1, 1),
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
