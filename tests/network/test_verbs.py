"""What an edge says is not stronger than its claim: its kind, role or state chooses the verb."""

import pytest

from tests.conftest import column
from tipgraph.analysis.network import edges_of, project
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA

# What the edges of a claim say in a network, in both languages.
VERBS = [
    ("affiliation", "ap-2005/affiliations/1", "represents", "representa a"),
    ("affiliation", "ap-2005/affiliations/2", "is based in", "tiene su base en"),
    ("affiliation", "oas-atip-2007/affiliations/p9-1", "includes state bodies of", "incluye órganos estatales de"),
    ("affiliation", "oas-cim-2005/affiliations/p18-1", "is the government of", "es el gobierno de"),
    ("affiliation", "oas-cim-2005/affiliations/p15-11", "is a member of", "es miembro de"),
    # who represents an organization in a country does not represent the country
    ("affiliation", "oas-cim-2005/affiliations/p15-4", "is affiliated to", ""),
    ("affiliation", "oas-cim-2005/affiliations/p15-4", "represents an organization in", ""),
    # who adopts, signs or is asked for a document does not write it
    ("publication", "oas-cim-2004/publication-reports/p6-1", "writes", "escribe"),
    ("publication", "oas-cim-2005/publication-reports/p2-1", "adopts", "aprueba"),
    ("publication", "oas-cim-2005/publication-reports/p45-2", "adopts", "aprueba"),
    ("publication", "oas-cim-2005/publication-reports/p45-1", "is a party to", "es parte en"),
    ("publication", "oas-cim-2005/publication-reports/p42-2", "is asked to write", "recibe el pedido de redactar"),
    ("activity", "oas-cim-2005/activities/p24-1", "has an activity or aim with", ""),  # is in touch with officials
    ("activity", "oas-cim-2005/activities/p42-4", "has an activity or aim concerning", ""),  # follows what others do
    ("activity", "oas-cim-2005/activities/p14-3", "has an activity or aim concerning", ""),  # seeks researchers
    ("activity", "oas-cim-2005/activities/p38-1", "has an activity or aim related to", ""),  # is on an agenda
    # who is invited or meant does not take part
    ("participation", "oas-cim-2005/participations/p17-2", "has a role in", "tiene un papel en"),
    ("participation", "oas-cim-2005/participations/p19-5", "is invited to", "tiene invitación a"),
    ("participation", "cim-iom-caribbean-2005/participations/p8-2", "is a target group of",
     "es un grupo destinatario de"),
]  # fmt: skip
TOO_MUCH = {"acts on", "acts with", "acts for", "represents"}


@pytest.mark.parametrize(("network", "claim", "verb", "verbo"), VERBS)
def test_an_edge_says_what_its_claim_says_and_no_more(
    graph: Graph, network: str, claim: str, verb: str, verbo: str
) -> None:
    edges = [data for *_, data in edges_of(project(graph, network)) if data["claim"] == DATA + claim]
    said = {
        (data["label"], data["label_es"]) for data in edges
        if network != "publication" or data["edge"].startswith("authorship")
    }  # fmt: skip
    assert said == {(verb, verbo)} if verbo else verb in {label for label, _ in said}
    assert verb in TOO_MUCH or not TOO_MUCH & {label for label, _ in said}


def test_every_claim_of_two_is_one_tie(graph: Graph) -> None:
    def rows(pattern: str) -> list[str]:
        return sorted(column(graph, f"SELECT ?claim {{ {pattern} }}"))

    ties = [data for *_, data in edges_of(project(graph, "affiliation"))]
    claims = [data["claim"] for data in ties if data["edge"] not in ("affiliation", "affiliationMember")]
    assert sorted(claims) == rows("?claim a tip:Affiliation ; tip:place ?place")
    claims = [data["claim"] for *_, data in edges_of(project(graph, "all")) if data["class"] == "Participation"]
    assert sorted(claims) == rows("?claim tip:participant ?who ; tip:undertaking ?undertaking")


def test_who_is_interviewed_does_not_take_part(graph: Graph) -> None:
    interviewed = set(column(graph, "SELECT ?claim { ?claim tip:role code:role-interviewee }"))
    edges = [data for *_, data in edges_of(project(graph, "participation")) if data["claim"] in interviewed]
    assert {data["claim"] for data in edges} == interviewed != set()
    said = {(data["label"], data["label_es"]) for data in edges}
    assert said == {("is interviewed for", "da una entrevista para")}
