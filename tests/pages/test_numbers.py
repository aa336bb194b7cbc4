"""The numbers of a thing on its page, and the drawing of who says whose number again."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.pages.conftest import address
from tests.test_numbers import made, mention
from tipgraph.analysis.estimates.phrases import Phrases
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site.things import NumbersSection

JAPAN = "thing/reference/places/japan.html"


def test_the_page_of_a_place_shows_its_numbers_and_their_lineage_which_leads_to_where_they_are_said(
    page: Page, site: Path
) -> None:
    page.goto(address(site, JAPAN))
    expect(page.get_by_text("Japan: 6 mentions (2 of it, 4 of what is near it), 3 roots")).to_be_visible()
    page.locator("#numbers ~ details > summary").first.click()
    expect(page.locator("#numbers ~ details").first.locator("ol > li")).to_have_count(6)
    picture = page.get_by_role("list", name="Repeated numbers: who repeats whom")
    assert (picture.locator("li").count(), picture.locator(".node").count()) == (3, 6)
    for said in ("the first does not support it", "bound: about → at least"):
        expect(picture.get_by_text(said)).to_be_visible()
    page.get_by_role("link", name="at least 1,700 women ap-2005 (only quoted by others)").first.click()
    page.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").click()
    assert "/source/ap-2005.html#p0/ap-2005/estimates/1" in page.url
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_be_visible()
    expect(page.get_by_text("We never had the text itself")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})  # on a phone the lineage is a list of sentences
    page.goto(address(site, f"es/{JAPAN}"))
    expect(page.get_by_role("list", name="Cifras repetidas: quién repite a quién")).to_be_hidden()
    expect(page.get_by_text("412 veces más")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_each_repetition_names_both_figures_and_those_of_a_lineage_stand_together(graph: Graph) -> None:
    mentions = [mention(number, 10 * number, "about") for number in range(1, 8)]
    found = made(mentions, [(1, 0), (2, 0), (3, 1), (3, 2), (3, 0), (5, 4), (4, 5)])
    told = NumbersSection(found, Phrases(graph, found), [], {})
    pairs = [
        (told.wording.numbers([one.restating.claim]), told.wording.numbers([one.restated.claim]))
        for one in told.repeated
    ]
    assert len(pairs) == 7  # the seventh says nothing again, and nobody says it again
    assert set(pairs[:5]) == {("2", "1"), ("3", "1"), ("4", "2"), ("4", "3"), ("4", "1")}
