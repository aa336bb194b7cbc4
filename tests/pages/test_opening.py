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
    for tree, words in ((site, "without sources that only software"), (site / "es", "sin contar fuentes que solo")):
        text = (tree / "index.html").read_text("utf-8")
        head, _, rest = text.partition("<h1>")[2].partition("</h1>")
        assert re.search("41 (of|de) 47 ", head)
        assert words in head
        opened = rest.partition('<details class="proof" open>')[2].partition("</details>")[0]
        assert opened.count("data-claim=") == 41
        assert "1,700" not in head + opened


def test_every_other_headline_lists_its_proof_and_says_if_only_a_rule_read_it(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    cards = text.partition('class="cards headlines"')[2].partition("<h2>")[0].split('<p class="kind">')[1:]
    assert len(cards) >= 6
    by_rules = 0
    for card in cards:
        assert int(re.findall(r"Based on (\d+) claims", card)[0]) == card.count("<li data-claim=")
        if re.search('data-claim="state-tip-20', card):
            by_rules += 1
            assert "(also in sources that only software has read)" in card
    assert by_rules


def test_numbers_that_stand_in_two_places_are_the_same(site: Path) -> None:
    """The claims of an entry in a list and on its page; items of money; sources; partners; contradictions."""
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
    partners = re.findall(
        r"Commission of Women</?[^>]*> has (\d+) partners|Commission of Women has (\d+) partners", start
    )
    assert f"<b>{''.join(partners[0])}</b> partners" in (site / found[1]).read_text("utf-8")
    against = (site / "contradictions.html").read_text("utf-8")
    held, opened = re.findall(r"(\d+) contradictions, (\d+) of them open", against)[0]
    assert f"{opened} of {held} contradictions between or within documents" in start
    assert f"{opened} of {held} contradictions have no answer" in about
    assert f"{held} contradictions, real or apparent" in start
    assert sum(map(int, re.findall(r'<h2>[^<]*<span class="quiet">\((\d+)\)', against))) == int(held)


def test_a_graph_without_headlines_says_so(tmp_path: Path) -> None:
    page = render(Graph(ontology_statements(kit.files("ontology", "*.ttl"))), tmp_path / "site").read_text("utf-8")
    assert "No rule finds anything remarkable in this graph yet" in page
    assert "<svg" not in page


USAID_GIVES, MISSPELT = "Funding from the United States Agency", "nothing has this spelling"
# In which language what is searched for, what is found first, what is said, and the page of it that opens.
SEARCHED = [
    ("", "OIM", "International Organization for Migration", "", "/thing/reference/actors/iom.html"),
    ("es/", "JAPON", "Japón", "", ""),
    ("", "Caribbean seminars", "seminar", "", ""),
    ("", "seminars of the caribbean", "seminar", "", ""),
    ("", "caribbean-seminars", "seminar", "", ""),
    ("", "oas coordinator", "OAS Anti-Trafficking in Persons Coordinator (office)", "", ""),
    ("", "USAID money", USAID_GIVES, "", r"/source/[^#]*\.html#p\d+/"),
    ("", "USIAD mony", USAID_GIVES, MISSPELT, ""),
    ("", "Inter-Amercan Comission", "Inter-American Commission of Women", MISSPELT, ""),
    ("es/", "dinero USAID", "Financiación de la Agencia", "", ""),
    ("es/", "zzzz", "", "nada encontrado", ""),
]


def test_the_search_finds_names_and_words_of_claims_in_any_order_and_forgives_typing_errors(
    page: Page, site: Path
) -> None:
    for tree, words, first, said, path in SEARCHED:
        page.goto(address(site, f"{tree}index.html"))
        page.get_by_role("combobox").fill(words)
        option = page.get_by_role("option")
        expect(option.first if first else page.locator("#search-said")).to_contain_text(first or said)
        assert page.locator("#search-said").inner_text().startswith(said), words
        if path:
            page.keyboard.press("ArrowDown")
            expect(option.first).to_have_attribute("aria-selected", "true")
            page.keyboard.press("Enter")
            expect(page).to_have_url(re.compile(path))
    page.goto(address(site, "index.html"))  # of names that are as near to a word, the short ones come first
    names = ["A Lantern Fund for the harbours of the north", "Lantern House", "Lantern Fund", "Bridge Centre"]
    found = page.evaluate("names => tipgraph.nearFinder(names)(['lantren', 'fumd'])", names)
    assert [names[at] for at in found[:2]] == ["Lantern Fund", "A Lantern Fund for the harbours of the north"]


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
