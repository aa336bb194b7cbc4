"""What an edge says is not stronger than its claim: its kind, role or state chooses the verb."""

import pytest

from tipgraph.analysis.network import edges_of, project
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA


def verbs(graph: Graph, network: str, claim: str) -> set[tuple[str, str]]:
    """Return what the edges of a claim say in both languages."""
    return {
        (data["label"], data["label_es"])
        for *_, data in edges_of(project(graph, network))
        if data["claim"] == DATA + claim
    }


@pytest.mark.parametrize(
    ("claim", "verb", "verbo"),
    [
        ("ap-2005/affiliations/1", "represents", "representa a"),
        ("ap-2005/affiliations/2", "is based in", "tiene su base en"),
        ("oas-atip-2007/affiliations/p9-1", "includes state bodies of", "incluye órganos estatales de"),
        ("oas-cim-2005/affiliations/p18-1", "is the government of", "es el gobierno de"),
        ("oas-cim-2005/affiliations/p15-11", "is a member of", "es miembro de"),
    ],
)
def test_an_affiliation_is_of_the_kind_that_the_claim_has(graph: Graph, claim: str, verb: str, verbo: str) -> None:
    assert verbs(graph, "affiliation", claim) == {(verb, verbo)}


def test_who_represents_an_organization_in_a_country_does_not_represent_the_country(graph: Graph) -> None:
    said = {label for label, _ in verbs(graph, "affiliation", "oas-cim-2005/affiliations/p15-4")}
    assert said == {"is affiliated to", "represents an organization in"}


def test_every_claim_of_an_actor_and_a_place_is_one_tie(graph: Graph) -> None:
    ties = [data for *_, data in edges_of(project(graph, "affiliation"))]
    claims = [data["claim"] for data in ties if data["edge"] not in ("affiliation", "affiliationMember")]
    rows = graph.query("SELECT ?claim { ?claim a tip:Affiliation ; tip:place ?place }")
    assert sorted(claims) == sorted(row[0].value for row in rows)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("claim", "verb", "verbo"),
    [
        ("oas-cim-2004/publication-reports/p6-1", "writes", "escribe"),
        ("oas-cim-2005/publication-reports/p2-1", "adopts", "aprueba"),
        ("oas-cim-2005/publication-reports/p45-2", "adopts", "aprueba"),
        ("oas-cim-2005/publication-reports/p45-1", "is a party to", "es parte en"),
        ("oas-cim-2005/publication-reports/p42-2", "is asked to write", "recibe el pedido de redactar"),
    ],
)
def test_who_adopts_signs_or_is_asked_for_a_document_does_not_write_it(
    graph: Graph, claim: str, verb: str, verbo: str
) -> None:
    authors = {
        (data["label"], data["label_es"])
        for *_, data in edges_of(project(graph, "publication"))
        if data["claim"] == DATA + claim and data["edge"].startswith("authorship")
    }
    assert authors == {(verb, verbo)}


@pytest.mark.parametrize(
    ("claim", "verb"),
    [
        ("oas-cim-2005/activities/p24-1", "has an activity or aim with"),  # is in touch with officials
        ("oas-cim-2005/activities/p42-4", "has an activity or aim concerning"),  # aims to follow what others do
        ("oas-cim-2005/activities/p14-3", "has an activity or aim concerning"),  # seeks researchers
        ("oas-cim-2005/activities/p38-1", "has an activity or aim related to"),  # a subject is on an agenda
    ],
)
def test_an_activity_does_not_act_on_with_or_for_others(graph: Graph, claim: str, verb: str) -> None:
    assert verb in {label for label, _ in verbs(graph, "activity", claim)}
    assert not {"acts on", "acts with", "acts for"} & {label for label, _ in verbs(graph, "activity", claim)}


@pytest.mark.parametrize(
    ("claim", "verb", "verbo"),
    [
        ("oas-cim-2005/participations/p17-2", "has a role in", "tiene un papel en"),
        ("oas-cim-2005/participations/p19-5", "is invited to", "tiene invitación a"),
        ("cim-iom-caribbean-2005/participations/p8-2", "is a target group of", "es un grupo destinatario de"),
    ],
)
def test_who_is_invited_or_meant_does_not_take_part(graph: Graph, claim: str, verb: str, verbo: str) -> None:
    assert verbs(graph, "participation", claim) == {(verb, verbo)}


def test_who_is_interviewed_does_not_take_part(graph: Graph) -> None:
    rows = graph.query("SELECT ?claim { ?claim tip:role code:role-interviewee }")
    interviewed = {row[0].value.removeprefix(DATA) for row in rows}  # type: ignore[union-attr]
    assert interviewed
    for claim in interviewed:
        assert verbs(graph, "participation", claim) == {("is interviewed for", "da una entrevista para")}


def test_every_participation_is_one_tie(graph: Graph) -> None:
    claims = [data["claim"] for *_, data in edges_of(project(graph, "all")) if data["class"] == "Participation"]
    rows = graph.query("SELECT ?claim ?undertaking { ?claim tip:participant ?who ; tip:undertaking ?undertaking }")
    assert len(claims) == len(list(rows))  # type: ignore[arg-type]
