import re

import pytest
from pyoxigraph import NamedNode

from tipgraph.display.claims import StoredClaims, claim_views, claims_about, identity_of
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve

from .conftest import column


def test_every_claim_about_a_thing_is_said_with_its_place(small: Graph) -> None:
    said = claims_about(small, resolve(small, "lima-seminars"))
    assert [(one.heading, one.sentence, [str(c) for c in one.citations]) for one in said][:3] == [
        ("name in a source", "“two seminars” refers to Two seminars in Lima (description)", ["harbour-2020 ¶2 s1"]),
        (
            "funding",
            "Funding from the Lantern Fund to Harbour Watch for Two seminars in Lima: 12,500 USD, disbursed, June 2020",
            ["harbour-2020 ¶2 s1"],
        ),
        (
            "partnership",
            "Joint work of Casa Clara and Harbour Watch (joint project or event), for Two seminars in Lima (implied)",
            ["harbour-2020 ¶2 s1", "harbour-2020 ¶2 s2"],
        ),
    ]


def test_it_is_said_in_spanish(small: Graph) -> None:
    said = claims_about(small, resolve(small, "able-lima"), "es")
    assert [one.sentence for one in said] == [
        "Port Able to Lima: aproximadamente 40 personas por año (base no indicada, nuevas en ese tiempo), según Harbour Watch",  # noqa: E501
        "Se informa de una ruta desde Port Able hasta Lima; personas en ella: personas",
    ]


def test_contradictions_stand_beside_each_other(graph: Graph) -> None:
    said = claims_about(graph, resolve(graph, "caribbean-seminars"))
    six = next(one for one in said if "in 6 places" in one.sentence)
    against = {one.reason: {str(c) for c in one.other.citations} for one in six.contradictions}
    assert against["seven places are listed in ¶16, six countries counted in ¶31"] == {
        "oas-cim-2005 ¶16 s1", "oas-cim-2005 ¶16 s2",
    }  # fmt: skip
    assert {"cim-iom-caribbean-2005 ¶6 s3"} in against.values()
    answers = {one.reason: one.answer.partition(" (")[0] for one in six.contradictions}
    assert answers.pop("seven places are listed in ¶16, six countries counted in ¶31") == "both may stand"
    assert set(answers.values()) == {""}


def test_what_was_answered_is_said_with_who_when_and_why(graph: Graph) -> None:
    (only,) = (one for one in claims_about(graph, resolve(graph, "IIN")) if "only organ" in one.sentence)
    (against,) = only.contradictions
    assert against.answer == 'both may stand (tipgraph editors, AI agent, 2026-11-24): "only" may mean: besides CIM'
    (only,) = (one for one in claims_about(graph, resolve(graph, "IIN"), "es") if "only organ" in one.sentence)
    assert only.contradictions[0].answer.startswith("ambas pueden sostenerse (")


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_stumbles(graph: Graph, language: str) -> None:
    """Nothing of what was once printed: internal words, months as numbers, words twice in a row, missing articles."""
    stumbles = re.compile(
        r"""\((?:kind|tipo):  |  \bexacta?\b  |  \(persons,  |  \b[12]\d\d\d-[01]\d\b
        |  quarter\ \d  |  asks\ to\b  |  is\ reported:  |  body\ of\ the\ state  |  \bon\ (?:to\ be|carried)
        |  unknown  |  desconocido  |  \b(?:in|en)\ (\w+),?\ (?:in|en)\ \1\b(?![\w-])
        |  \b(?:in|of|to)\ (?:Bahamas|Caribbean(?!\ Counter)|United\ States)\b
        |  \b(?:a|de)\ el\ |  \ y\ i  |  [,;:—]\s*[,;:.]  |  \s\s  |  [:—]$""",
        re.VERBOSE,
    )
    found = {
        one.sentence for one in StoredClaims.of_graph(graph).views(language).values() if stumbles.search(one.sentence)
    }
    assert found == set()


def test_what_identifies_a_thing(graph: Graph) -> None:
    assert {trait.name: trait.words for trait in identity_of(graph, resolve(graph, "JP"))} == {
        "class": "country",
        "ISO alpha-2 code": "JP",
        "ISO alpha-3 code": "JPN",
        "UN M49 code": "392",
        "part of": "Eastern Asia",
    }
    kind = ("kind of actor (our classification)", "intergovernmental organization")
    assert kind in [trait[:2] for trait in identity_of(graph, resolve(graph, "IOM"))]
    assert ("clase", "organización") in [trait[:2] for trait in identity_of(graph, resolve(graph, "IOM"), "es")]


def test_every_claim_of_the_project_can_say_itself_in_both_languages(graph: Graph) -> None:
    claims = [NamedNode(iri) for iri in column(graph, "SELECT ?claim { ?claim a tip:Claim }")]
    assert len(claims) > 900
    for language in ("en", "es"):
        said = claim_views(graph, claims, language)
        assert said.keys() == set(claims)
        assert [one.sentence for one in said.values() if "…" in one.sentence.replace("Practices …", "")] == []
        assert all(one.citations for one in said.values())


def test_what_is_not_published_yet_is_not_said_to_be(graph: Graph) -> None:
    report = NamedNode("https://w3id.org/tipgraph/id/oas-cim-2005/publication-reports/p25-1")
    assert (
        "to be published by the International Organization for Migration"
        in claim_views(graph, [report])[report].sentence
    )
    assert "por publicar por la Organización" in claim_views(graph, [report], "es")[report].sentence
