"""Dossiers and cards: footnotes that lead to sentences, few printed pages, and nothing asked of anybody."""

import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page

from tests.pages.conftest import address
from tipgraph.outputs.site.single_file import hashes


def test_a_dossier_is_printed_on_two_to_four_pages(page: Page, site: Path) -> None:
    for name in ("reference/actors/cim", "reference/places/japan"):
        page.goto(address(site, f"dossier/{name}.html"))
        assert 2 <= len(pypdfium2.PdfDocument(page.pdf())) <= 4


def test_the_footnotes_of_every_dossier_are_cited_and_lead_to_a_sentence(small_site: Path, site: Path) -> None:
    for path in [*small_site.glob("dossier/**/*.html"), *site.glob("dossier/reference/**/*.html")]:
        text = path.read_text("utf-8")
        cited = set(re.findall(r'<a href="#n(\d+)">\d+</a>', text))
        notes = re.findall(r'<li id="n(\d+)" value="\d+"><a href="(?:\.\./)+(source/[^"]+)">', text)
        assert cited == {number for number, _ in notes}, path
        if not path.name.endswith(".card.html"):
            assert f'href="{path.stem}.card.html" download' in text
            assert (path.parent / f"{path.stem}.card.html").is_file()


def test_a_card_is_small_and_asks_nobody_for_anything(small_site: Path) -> None:
    cards = list(small_site.glob("dossier/**/*.card.html"))
    assert cards
    for card in cards:
        text = card.read_text("utf-8")
        assert len(text) < 5_000
        assert not re.search(r"<script|<link rel=\"stylesheet|\bsrc=|@import|url\(| style=", text)
        (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        assert f"style-src {hashes([style])};" in text


def test_an_entry_with_enough_claims_links_to_its_dossier(site: Path) -> None:
    def names(folder: str, text: str) -> set[Path]:
        paths = (site / folder).rglob("*.html")
        return {path.relative_to(site / folder) for path in paths if text in path.read_text("utf-8")}

    assert names("dossier", 'class="colophon"') == names("thing", '<a class="button" href="../../../dossier/')
    assert (site / "dossier/oas-cim-2005/routes/colombia-japan.html").is_file()
    assert not (site / "dossier/oas-cim-2005/undertakings").exists()
