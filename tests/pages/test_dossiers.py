"""Dossiers: footnotes that lead to sentences, few printed pages, and nothing asked of anybody."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.pages.conftest import address, parsed
from tipgraph import Graph
from tipgraph.analysis import payments
from tipgraph.model import data_name


def test_a_dossier_is_printed_on_two_pages_by_its_button_which_is_not_on_paper(page: Page, site: Path) -> None:
    for name in ("reference/actors/cim", "reference/places/japan"):
        page.goto(address(site, f"dossier/{name}.html"))
        assert len(pypdfium2.PdfDocument(page.pdf())) <= 2
    page.evaluate("print = () => { globalThis.printed = true; }")
    button = page.get_by_role("button", name="Print")
    button.click()
    assert page.evaluate("printed")
    page.emulate_media(media="print")
    expect(button).to_be_hidden()


def test_the_footnotes_of_every_dossier_are_cited_and_lead_to_a_sentence(small_site: Path, site: Path) -> None:
    for path in [*small_site.glob("dossier/**/*.html"), *site.glob("dossier/reference/**/*.html")]:
        text = path.read_text("utf-8")
        cited = set(re.findall(r'<a href="#n(\d+)">\d+</a>', text))
        notes = re.findall(r'<li id="n(\d+)" value="\d+"><a href="(?:\.\./)+(source/[^"]+)">', text)
        assert cited == {number for number, _ in notes}, path


def test_a_dossier_opens_with_what_the_entry_is_and_how_many_claims_of_how_many_documents(site: Path) -> None:
    def lead(name: str) -> str:
        page = parsed(site / name)
        return " | ".join(" ".join(text.text_content().split()) for text in page.xpath("//h1 | //p[@class='lead']"))

    assert re.fullmatch(
        r"Inter-American Commission of Women \(CIM\) \| Inter-American Commission of Women \(CIM\) is an actor: "
        r"organizational unit; .*\. This graph has \d+ claims about it, from 3 sources issued since 2004, the last in "
        r"2005\.",
        lead("dossier/reference/actors/cim.html"),
    )
    for path in (site / "dossier").rglob("*.html"):
        text = path.read_text("utf-8")
        (sources,) = re.findall(r"from (\d+) sources?", text)
        documents, others = text.count('<div class="source">'), text.count("cited only for claims about other")
        assert documents - others <= int(sources), path
        assert " issue " not in text


def test_bars_of_money_add_up_what_the_page_of_money_counts_by_kind_currency_and_year(site: Path, graph: Graph) -> None:
    name = "reference/actors/iom"
    found = Counter[tuple[str, str]]()
    for one in payments(graph):
        if 0 in one.counts and one.amount is not None and [data_name(iri) for iri in one.receivers] == [name]:
            found[one.currency, one.years.replace("/", "–") or "no date"] += int(one.amount)
    page = parsed(site / f"dossier/{name}.html")
    shown = Counter[tuple[str, str]]()
    for row in page.xpath("//table[@class='years'][contains(caption, 'Funding to it')]//tr"):
        currency, amount = re.findall(r"([A-Z]{3}) ([\d,]+)", row[2].text_content())[0]
        shown[currency, row.findtext("th")] += int(amount.replace(",", ""))
    assert shown == found != {}


def test_what_may_both_be_true_is_no_contradiction(site: Path) -> None:
    page = parsed(site / "dossier/reference/actors/cim.html")
    pairs = {
        section.findtext("h2"): [pair.findtext("p/b") for pair in section.find_class("pair")]
        for section in page.xpath("//section[.//*[@class='pair']]")
    }
    assert [heading.partition(":")[0] for heading in pairs] == ["Contradictions", "Seeming contradictions"]
    assert all("Not judged yet" in pair for pair in page.xpath("//section[h2='Contradictions']/div/p/text()"))
    assert len(pairs["Seeming contradictions: both claims may be true"]) == 2


def test_an_entry_with_enough_claims_links_to_its_dossier(site: Path) -> None:
    def names(folder: str, text: str) -> set[Path]:
        paths = (site / folder).rglob("*.html")
        return {path.relative_to(site / folder) for path in paths if text in path.read_text("utf-8")}

    assert names("dossier", 'class="colophon"') == names("thing", '<a class="button" href="../../../dossier/')
    assert not (site / "dossier/oas-cim-2005/undertakings").exists()
