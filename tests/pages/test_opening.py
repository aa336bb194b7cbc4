"""The first page opens with a headline and its proof; its search forgives typing errors; another page says who read."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import address
from tipgraph.graph import Graph, ontology_statements
from tipgraph.model import kit
from tipgraph.outputs.site import render


def test_the_first_headline_has_its_drawing_and_each_step_opens_its_claim(site: Path) -> None:
    for tree in (site, site / "es"):
        text = (tree / "index.html").read_text("utf-8")
        assert "1,700" in text.partition("<h1>")[2].partition("</h1>")[0]
        for drawing in re.findall(r'<svg class="drift.*?</svg>', text, re.DOTALL):
            steps = re.findall(r'<a href="([^"#]*)#([^"]*)" data-claim="([^"]*)"', drawing)
            assert [key for _, _, key in steps] == [
                "oas-cim-2005/estimates/p23-1", "ap-2005/estimates/1", "mcclatchy-2005/estimates/1",
                "law-forum/estimates/1",
            ]  # fmt: skip
            for path, anchor, _ in steps:
                assert f'id="{unescape(anchor)}"' in (tree / path).read_text("utf-8")
            assert drawing.count('class="unsupported"') == 1
        assert text.count('<svg class="drift') == 2


def test_every_other_headline_lists_its_proof(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    cards = text.partition('class="cards headlines"')[2].partition("<h2>")[0].split('<p class="kind">')[1:]
    assert len(cards) >= 6
    for card in cards:
        assert int(re.findall(r"Based on (\d+) claims", card)[0]) == card.count("<li data-claim=")


def test_headlines_of_rules_are_apart_and_marked(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    first, _, by_rules = text.partition('<details class="by-rules">')
    by_rules = by_rules.partition("<h2>")[0]
    assert not re.search('data-claim="state-tip-20', first)
    assert re.search('data-claim="state-tip-2022/', by_rules)
    assert by_rules.count("not reviewed</p>") == by_rules.count('<p class="kind">') > 0


def test_a_graph_without_headlines_says_so(tmp_path: Path) -> None:
    page = render(Graph(ontology_statements(kit.files("ontology", "*.ttl"))), tmp_path / "site").read_text("utf-8")
    assert "No rule finds anything remarkable in this graph yet" in page
    assert "<svg" not in page


@pytest.mark.parametrize(
    ("page_name", "words", "first", "said"),
    [
        ("index.html", "USAID money", "Funding from the United States Agency", ""),
        ("index.html", "USIAD mony", "Funding from the United States Agency", "nothing has this spelling"),
        ("index.html", "Inter-Amercan Comission", "Inter-American Commission of Women", "nothing has this spelling"),
        ("es/index.html", "dinero USAID", "Financiación de la Agencia", ""),
    ],
)
def test_the_search_finds_words_of_claims_and_forgives_typing_errors(
    page: Page, site: Path, page_name: str, words: str, first: str, said: str
) -> None:
    page.goto(address(site, page_name))
    page.locator("#search").fill(words)
    expect(page.locator("#found li").first).to_contain_text(first)
    assert page.locator("#search-said").inner_text().startswith(said)


def test_a_claim_that_the_search_finds_opens_at_its_sentence(page: Page, site: Path) -> None:
    page.goto(address(site, "index.html"))
    page.locator("#search").fill("USAID money")
    page.locator("#found li").first.click()
    expect(page).to_have_url(re.compile(r"/source/[^#]*\.html#p\d+/"))


def test_the_method_page_says_that_no_person_has_reviewed(page: Page, site: Path) -> None:
    page.goto(address(site, "index.html"))
    page.get_by_role("link", name="About and method").first.click()
    expect(page.locator("main")).to_contain_text("No person has compared any claim with its sentence yet.")
    expect(page.locator("main")).to_contain_text("2 AI agents")
