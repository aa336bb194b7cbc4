"""The reference of the ontology: nothing missing, in both languages, with examples and counts of this graph."""

import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page, expect
from rdflib import OWL, RDF, SKOS

from tests.conftest import column
from tests.pages.conftest import address
from tipgraph.graph.graph import Graph
from tipgraph.model import kit
from tipgraph.model.vocabulary import ontology
from tipgraph.outputs.site.ontology_page import OntologyPage

TERMS = ontology().graph


def ours(kind: object) -> set[str]:
    return {str(term).rpartition("#")[2] for term in TERMS.subjects(RDF.type, kind) if "tipgraph" in str(term)}  # type: ignore[arg-type]


def opened(site: Path, folder: str = "") -> html.HtmlElement:
    return html.parse(site / folder / "ontology.html").getroot()


@pytest.mark.parametrize("folder", ["", "es"])
def test_every_term_has_an_anchor_a_label_and_a_definition_in_its_language(site: Path, folder: str) -> None:
    page = opened(site, folder)
    anchors = {node.get("id"): node for node in page.xpath("//*[@id]")}
    assert len(page.xpath("//@id")) == len(anchors), "none stands twice"
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= anchors.keys()
    names = ours(OWL.Class) | ours(OWL.ObjectProperty) | ours(OWL.DatatypeProperty) | ours(OWL.AnnotationProperty)
    names |= {f"code-{name}" for name in ours(SKOS.Concept) | ours(SKOS.ConceptScheme)}
    assert names <= anchors.keys()
    for term, definition in TERMS.subject_objects(SKOS.definition):
        name = str(term).rpartition("#")[2]
        if getattr(definition, "language", "") == (folder or "en"):
            place = anchors[f"code-{name}" if "/code#" in str(term) else name]
            assert str(definition) in " ".join(place.text_content().split()), term
    tree = page.xpath("//ul[@class='tree']")[1]
    assert sorted(href[1:] for href in tree.xpath(".//a/@href")) == sorted(ontology().below("Claim")), "each once"
    alignments = page.xpath("//a[@class='address']/@href")
    assert len(alignments) > 40
    assert all(re.match(r"https://[\w.]+/", one) for one in alignments)


def test_the_files_of_the_ontology_lie_beside_the_pages(site: Path) -> None:
    for folder in ("", "es"):
        links = list(opened(site, folder).xpath("//a[@download]/@href"))
        assert len(links) == 8
        for href in links:
            copied = (site / folder / href).resolve()
            assert copied.read_bytes() == (kit.folder("ontology") / copied.name).read_bytes()


def test_a_claim_class_shows_its_columns_edges_template_diagram_and_an_example(site: Path) -> None:
    funding = opened(site).get_element_by_id("Funding")
    words = " ".join(funding.text_content().split())
    own = ontology().columns("Funding").keys() - ontology().columns("Claim").keys()
    assert {href[1:] for href in funding.xpath(".//table//td[1]/a/@href")} == own
    for said in ("giver funder of receiver", "Funding[ from {giver}]", "schema:MonetaryGrant"):
        assert said in words
    assert funding.xpath(".//article[contains(@class, 'claim')]//a[contains(@href, 'source/')]")
    assert "tip:Funding" in "".join(funding.xpath(".//pre")[0].itertext())
    left, right = funding.xpath(".//div[contains(@class, 'spokes')]/ul")
    assert "#giver" in left.xpath(".//a[@class='property']/@href")
    assert "#place" in right.xpath(".//a[@class='property']/@href")


def test_counts_are_those_of_the_graph(graph: Graph) -> None:
    terms = OntologyPage(graph, "en")
    held = column(graph, "SELECT DISTINCT ?claim { ?claim a tip:Claim ; tip:status code:status-held }")
    assert terms["https://w3id.org/tipgraph/code#status-held"].number == len(held)
    assert terms.classes["Funding"].number == len(column(graph, "SELECT DISTINCT ?claim { ?claim a tip:Funding }"))
    assert terms.classes["Result"].number == 0
    assert terms.classes["Result"].text("tip:laterUse")


def test_the_box_finds_terms_and_codes_by_the_beginnings_of_words_and_enter_leads_there(page: Page, site: Path) -> None:
    page.goto(address(site, "ontology.html"))
    box, held = page.locator("#term-box"), page.locator("#code-status-held")
    box.fill("printed")
    expect(page.locator("#amountAsPrinted")).to_be_visible()
    expect(page.locator("#role")).to_be_hidden()
    expect(page.locator("#term-count")).to_contain_text("terms")
    page.locator("#amountAsPrinted a").first.click()  # a link to a class that the box hides shows and opens it
    expect(page.locator("#Funding .diagram")).to_be_in_viewport()
    expect(page.locator("#Rating .facts")).to_be_hidden()
    for text, is_seen in (("", False), ("status held", True), ("", False)):  # its list is folded
        box.fill(text)
        expect(held).to_be_visible(visible=is_seen)
    box.fill("tip:Funding")
    page.keyboard.press("Enter")
    assert page.url.endswith("#Funding")
    expect(page.locator("#Funding")).to_be_in_viewport()
    page.goto(address(site, "es/ontology.html#code-status-held"))
    expect(held).to_be_in_viewport()
