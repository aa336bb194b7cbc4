"""The evidence lens: a citation opens its words and its source, by key, mouse and finger."""

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from tests.browsers import WIDTHS
from tests.pages.conftest import address, box_of


def test_a_citation_opens_the_lens_by_key_and_by_mouse(page: Page, small_site: Path) -> None:
    page.goto(address(small_site, "thing/harbour-2020/actors/lantern-fund.html"))
    link = page.locator(".claim .said a", has_text="harbour-2020 ¶2 s1").first
    link.focus()
    page.keyboard.press("Enter")
    lens = page.get_by_role("dialog", name="Evidence")
    expect(lens).to_be_focused()
    expect(lens.locator("blockquote mark")).to_contain_text("the Lantern Fund paid $12,500")
    source = "Harbour Watch: a note on the year 2020", "tipgraph tests, 2020", "¶2, sentence 1"
    for words in ("stated", "Reviewed by: AI agent", *source):
        expect(lens).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(lens).to_be_hidden()
    expect(link).to_be_focused()
    link.hover()
    expect(lens).to_be_visible()
    expect(link).to_be_focused()
    page.locator("h1").hover()
    expect(lens).to_be_hidden()
    link.click()
    page.locator("h1").hover()
    expect(lens).to_be_focused()
    lens.get_by_role("link", name="All claims of this paragraph").click()
    assert page.url.startswith(address(small_site, "source/harbour-2020.html#p2/"))


STILL = "Promise.all(document.getAnimations().map((one) => one.finished)).then(() => {})"


def test_on_a_phone_the_lens_is_a_sheet_and_says_where_words_are_that_it_may_not_show(phone: Page, site: Path) -> None:
    phone.goto(address(site, "thing/reference/actors/iom.html"))
    phone.locator(".claim .said a", has_text="oas-cim-2005 ¶13 s2").first.click()
    lens, (width, height) = phone.get_by_role("dialog"), WIDTHS["phone"]
    expect(lens.locator(".unseen").first).to_have_text(
        "The words are not shown: this site was made without the text, and no licence clearly allows us to publish it "
        "(none stated; facts, and short quotations). They are in CP/doc.4023/05, ¶13, sentence 2."
    )
    expect(lens).to_contain_text("No address is known.")
    phone.evaluate(STILL)
    box = box_of(lens)
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, width, height)
    assert box["y"] > height / 5


def test_a_panel_and_the_lens_are_busy_while_they_load_and_say_that_they_could_not(
    browser: Browser, small_site: Path
) -> None:
    page = browser.new_page()
    busy = []

    def fail(route: Route) -> None:
        busy.append(page.locator('[aria-busy="true"]').evaluate("(part) => part.id || part.parentElement.id"))
        route.abort()

    page.route("**/lens/*.js", fail)
    page.goto(address(small_site, "network/funding.html#at=harbour-2020/actors/lantern-fund"))
    expect(page.locator("#panel").get_by_role("alert")).to_have_text(
        "The claims and their sources could not be loaded. Reload the page to try again."
    )
    expect(page.locator("[aria-busy]:not(#lens)")).to_have_attribute("aria-busy", "false")
    page.goto(address(small_site, "es/question/funding.html"))
    link, lens = page.locator("td.said a").first, page.get_by_role("dialog", name="Evidencia")
    link.click()
    expect(lens).to_be_focused()
    expect(lens.get_by_role("alert")).to_have_text(
        "No se pudieron cargar las afirmaciones ni sus fuentes. Recargue la página para intentarlo de nuevo."
    )
    assert busy == ["panel", "lens"]
    page.unroute("**/lens/*.js")
    lens.get_by_role("button", name="Cerrar").click()
    expect(link).to_be_focused()
    link.click()
    expect(lens.locator(".claim")).to_be_visible()
    expect(lens).to_have_attribute("aria-busy", "false")
    page.close()


def test_beside_a_panel_the_lens_hides_neither_it_nor_the_filters(page: Page, site: Path) -> None:
    page.goto(address(site, "network/funding.html#at=reference%2Factors%2Fiom"))
    page.locator("#panel .claim.implied").first.locator(".said a").first.click()
    lens = page.get_by_role("dialog")
    expect(lens).to_contain_text("why implied: jointly; that the money was for the specialist")
    page.evaluate(STILL)
    box, panel, filters = map(box_of, (lens, page.locator(".side"), page.locator(".filters")))
    assert 0 < panel["x"] - (box["x"] + box["width"]) < 20
    assert filters["x"] + filters["width"] < box["x"]
