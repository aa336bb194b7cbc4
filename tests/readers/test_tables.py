from collections.abc import Callable
from pathlib import Path

from tests.conftest import SMALL, column, faults_of
from tipgraph.graph.graph import Graph
from tipgraph.model import data_iri, tip
from tipgraph.model.vocabulary import ontology
from tipgraph.pipeline.builder import build
from tipgraph.sources import read
from tipgraph.sources.folder import read_sources

Spoil = Callable[[str, str, str], Path]


def test_a_row_becomes_statements_of_its_source() -> None:
    reading = read(read_sources(SMALL), ontology())
    assert reading.faults == []
    claim = data_iri("harbour-2020", "funding", "p2-1")
    said = {s.predicate.value: s.object.value for s in reading.statements if s.subject == claim}
    assert said[tip.giver].endswith("/harbour-2020/actors/lantern-fund")
    assert (said[tip.amount], said[tip.amountAsPrinted], said[tip.currency]) == ("12500", "$12,500", "USD")
    assert (said[tip.earliest], said[tip.latest]) == ("2020-06-01", "2020-06-30")
    assert said[tip.source] == data_iri("harbour-2020").value
    assert said[tip.modality].endswith("#modality-stated")
    assert {s.source for s in reading.statements if s.subject == claim} == {data_iri("harbour-2020")}


def test_a_cell_that_the_class_of_its_row_does_not_have(copy: Path) -> None:
    (copy / "harbour-2020" / "documents.csv").write_text(
        "id,type,label,licence\nnote,Publication,Note,free\nlist,Source,List,free\n", "utf-8"
    )
    faults = faults_of(copy)
    assert (
        "harbour-2020/documents.csv:2: licence: a Publication has no such column; empty the cell, or change the type"
        in faults
    )


def test_a_language_on_the_column_type_is_refused(spoil: Spoil) -> None:
    faults = faults_of(spoil("harbour-2020/actors.csv", "id,type,", "id,type@en,"))
    assert any(":1: type@en: Actor has no such column" in fault for fault in faults), faults


def test_a_judgement_day_that_is_no_day(spoil: Spoil) -> None:
    faults = faults_of(spoil("reference/identity.csv", "2026-11-24", "24/11/2026"))
    assert faults == ["reference/identity.csv:2: judged: '24/11/2026' is no day; write it as 2004-11-11"]


def test_an_id_in_two_tables_must_say_which(copy: Path) -> None:
    places = copy / "harbour-2020" / "places.csv"
    places.write_text(places.read_text("utf-8") + "able-lima,City,Able\n", "utf-8")
    estimates = copy / "harbour-2020" / "estimates.csv"
    assert any("'able-lima' is in several tables; write which" in fault for fault in faults_of(copy))
    estimates.write_text(estimates.read_text("utf-8").replace("able-lima", "routes/able-lima"), "utf-8")
    build(copy)


def test_a_column_may_carry_a_language(small: Graph) -> None:
    assert column(small, 'SELECT ?p { ?p skos:prefLabel "Perú"@es }') == [data_iri("reference", "places", "peru").value]


def test_a_row_is_not_reviewed_unless_it_or_its_source_says_who_has_compared_it(copy: Path) -> None:
    def reviews() -> set[str]:
        graph = build(copy)
        return set(
            column(
                graph,
                "SELECT ?code { ?claim a tip:Claim ; tip:source id:harbour-2020 ; tip:review/skos:notation ?code }",
            )
        )

    settings, funding = copy / "harbour-2020" / "source.toml", copy / "harbour-2020" / "funding.csv"
    settings.write_text(settings.read_text("utf-8").replace('review = "ai-agent"\n', ""), "utf-8")
    assert reviews() == {"unreviewed"}
    settings.write_text(settings.read_text("utf-8").replace("[expected]", 'review = "ai-agent"\n[expected]'), "utf-8")
    head, *rows = funding.read_text("utf-8").splitlines()
    funding.write_text("\n".join([f"{head},review", *(f"{row},person" for row in rows)]) + "\n", "utf-8")
    assert reviews() == {"ai-agent", "person"}
