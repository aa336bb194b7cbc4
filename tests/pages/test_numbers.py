"""The numbers of a thing on its page, and the drawing of who says whose number again."""

from itertools import combinations
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.pages.conftest import address
from tests.test_numbers import made, mention
from tipgraph.analysis.estimates.phrases import Phrases
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site.numbers import drawn

JAPAN = "thing/reference/places/japan.html"


def test_the_page_of_a_place_shows_its_numbers_and_their_lineage(page: Page, site: Path) -> None:
    page.goto(address(site, JAPAN))
    expect(page.get_by_text("Japan: 6 mentions (2 of it, 4 of what is near it), 3 roots")).to_be_visible()
    page.locator("#numbers ~ details > summary").first.click()
    expect(page.locator("#numbers ~ details").first.locator("ol > li")).to_have_count(6)
    picture = page.get_by_role("group", name="Repeated numbers: who repeats whom")
    assert picture.locator("rect").count() == 4
    assert picture.locator("path.tie").count() == 3
    expect(picture.get_by_text("the first does not support it")).to_be_visible()
    expect(picture.get_by_text("bound: about → at least")).to_be_visible()


def test_a_box_leads_to_where_the_number_is_said(page: Page, site: Path) -> None:
    page.goto(address(site, JAPAN))
    page.get_by_role("link", name="at least 1,700 women, ap-2005 (cited)").click()
    page.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").click()
    assert "/source/ap-2005.html#p0/ap-2005/estimates/1" in page.url
    said = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(said).to_be_visible()
    expect(page.get_by_text("We never had the text itself")).to_be_visible()


def test_on_a_phone_the_lineage_is_a_list_of_sentences(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address(site, f"es/{JAPAN}"))
    expect(page.get_by_role("group", name="Cifras repetidas: quién repite a quién")).to_be_hidden()
    expect(page.get_by_text("412 veces más")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_in_the_drawing_covers_anything_else(graph: Graph) -> None:
    mentions = [mention(number, 10 * number, "about") for number in range(1, 8)]
    found = made(mentions, [(1, 0), (2, 0), (3, 1), (3, 2), (3, 0), (5, 4), (4, 5)])
    picture = drawn(found, Phrases(graph, found), {})
    assert len(picture.boxes) == 6  # the seventh says nothing again, and nobody says it again
    for one, other in combinations(picture.boxes, 2):
        assert one.x != other.x or abs(one.y - other.y) >= 52
    places = [(x, y) for arrow in picture.arrows for x, y, _ in arrow.lines]
    assert len(set(places)) == len(places)
    assert all(0 < y < picture.height for _, y in places)
    assert all(box.x + 230 <= picture.width and box.y + 52 <= picture.height for box in picture.boxes)
    columns = {box.number: box.x for box in picture.boxes}
    assert columns["1"] < columns["2"] == columns["3"] < columns["4"]
    assert columns["5"] == columns["6"]
    assert len(picture.arrows) == 7
    for x, y in places:  # a line of words stands right of a column, where no box is
        assert not any(box.x <= x < box.x + 230 and box.y < y < box.y + 52 for box in picture.boxes)
