"""The first page opens with a headline and its proof; its search forgives typing errors; another page says who read."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import address
from tipgraph.graph import Graph, ontology_statements
from tipgraph.model import kit
from tipgraph.outputs.site import render


def test_the_first_headline_says_what_it_counts_and_its_proof_is_open(site: Path) -> None:
    for tree, words in ((site, "without sources that only a program"), (site / "es", "sin contar fuentes que solo")):
        text = (tree / "index.html").read_text("utf-8")
        head, _, rest = text.partition("<h1>")[2].partition("</h1>")
        assert re.search("39 (of|de) 42 ", head)
        assert words in head
        opened = rest.partition('<details class="proof" open>')[2].partition("</details>")[0]
        assert opened.count("data-claim=") == 39
        assert "1,700" not in head + opened


def test_every_other_headline_lists_its_proof(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    cards = text.partition('class="cards headlines"')[2].partition("<h2>")[0].split('<p class="kind">')[1:]
    assert len(cards) >= 6
    for card in cards:
        assert int(re.findall(r"Based on (\d+) claims", card)[0]) == card.count("<li data-claim=")


def test_a_headline_that_counts_what_only_a_rule_read_says_so(site: Path) -> None:
    cards = (
        (site / "index.html").read_text("utf-8").partition('class="cards headlines"')[2].split('<p class="kind">')[1:]
    )
    by_rules = [card for card in cards if re.search('data-claim="state-tip-20', card)]
    assert by_rules
    assert all("(counted also in sources that only a program has read)" in card for card in by_rules)


def test_numbers_that_stand_in_two_places_are_the_same(site: Path) -> None:
    """The claims of an entry in a list and on its page; items of money; sources."""
    listed = (site / "things.html").read_text("utf-8")
    found = re.search(
        r'href="([^"]*)">Inter-American Commission of Women</a> <span class="quiet">[^<]*, (\d+)<', listed
    )
    assert found
    assert f"<li><b>{found[2]}</b> claims" in (site / found[1]).read_text("utf-8")
    about, money, start = ((site / f"{name}.html").read_text("utf-8") for name in ("about", "money", "index"))
    unknown, items = re.findall(r"(\d+) of (\d+) items of funding have no amount", about)[0]
    assert f"Items of funding: {items}, " in money
    assert f"Without an amount: {unknown}." in money
    sources = re.findall(r"claims from (\d+) sources", about)[0]
    assert f"<b>{sources}</b> sources" in start


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


def test_of_names_as_near_to_a_word_the_short_ones_come_first(page: Page, site: Path) -> None:
    page.goto(address(site, "index.html"))
    names = ["A Lantern Fund for the harbours of the north", "Lantern House", "Lantern Fund", "Bridge Centre"]
    found = page.evaluate("names => tipgraph.nearFinder(names)(['lantren', 'fumd'])", names)
    assert [names[at] for at in found[:2]] == ["Lantern Fund", "A Lantern Fund for the harbours of the north"]


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


@pytest.mark.parametrize("tree", ["", "es/"])
def test_a_page_in_a_folder_has_the_doors_and_the_foot_of_the_first_pages(page: Page, site: Path, tree: str) -> None:
    def around() -> list[tuple[str, str | None]]:
        links = page.locator(".skip, header.site nav a, #other-language, footer.site").all()
        return [(link.text_content() or "", link.get_attribute("aria-current")) for link in links]

    page.goto(address(site, f"{tree}things.html"))
    first = [("".join(words.split()), current and "true") for words, current in around()]
    page.goto(address(site, f"{tree}thing/reference/places/japan.html"))
    assert [("".join(words.split()), current) for words, current in around()] == first
    assert len(first) >= 12
    page.locator("#other-language").click()
    expect(page).to_have_url(re.compile("/es/thing/" if not tree else "/site/thing/"))
    page.locator("header.site nav a").nth(4).click()
    expect(page).to_have_url(re.compile("things.html$"))
