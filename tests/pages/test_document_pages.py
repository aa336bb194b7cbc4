"""The pages of a document in a browser: boxes on the words, claims that light them, links that lead, keys, axe."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import NamedNode

from tests.pages.conftest import address, carried
from tests.pages.paged import CLOSED, OPEN, Project, write_project
from tests.pages.test_access import FAULTS, axe
from tipgraph.display import ClaimView
from tipgraph.graph import Remark
from tipgraph.outputs.site import render, single_file
from tipgraph.outputs.site.claims import ClaimTotals
from tipgraph.outputs.site.source_text import Paragraph, ShownDocument, lay_out
from tipgraph.sources.documents.layout import Box, Layout, PlacedWord, read_layout
from tipgraph.sources.evidence.spans import locate
from tipgraph.sources.folder import Texts

__all__ = ["axe"]  # a fixture

CLAIM = f"{CLOSED}/funding/f1"
LIT = "[...document.querySelectorAll('.lit')].map(one => one.dataset.claim ?? one.id)"
# The boxes of a mark in points of the page, from where they are drawn on the screen.
DRAWN = """(id) => {
  const mark = document.getElementById(id), sheet = mark.closest(".sheet"), svg = sheet.querySelector("svg");
  const { left, top, width } = sheet.querySelector("img").getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / width;
  return [...mark.querySelectorAll("rect")].map((rect) => {
    const box = rect.getBoundingClientRect();
    return [box.left - left, box.top - top, box.right - left, box.bottom - top].map((side) => side * scale);
  });
}"""
# The share of dark pixels of a picture within a part of it, given in shares of its size.
INK = """async ([selector, left, top, right, bottom]) => {
  const image = document.querySelector(selector);
  image.loading = "eager";
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const [x, y] = [left * canvas.width, top * canvas.height];
  const { data } = context.getImageData(x, y, right * canvas.width - x, bottom * canvas.height - y);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
  return dark / (data.length / 4);
}"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_project(tmp_path_factory.mktemp("paged"))


@pytest.fixture(scope="module")
def paged(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("paged-site") / "site"
    return render(project.graph, out, texts=Texts(project.texts), in_house=True).parent


@pytest.fixture(scope="module", params=[(1366, 768), (390, 844)], ids=["desk", "phone"])
def device(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    yield context.new_page()
    context.close()


def source_at(site: Path, fragment: str = "", tree: str = "") -> str:
    return address(site, f"{tree}source/{CLOSED}.html{fragment and '#'}{fragment}")


def test_a_citation_leads_to_its_box_and_none_to_itself(page: Page, paged: Path, site: Path) -> None:
    page.goto(source_at(paged))
    page.wait_for_function("() => document.querySelector('#page-1 .about .claim')")
    html = (paged / "source" / f"{CLOSED}.html").read_text("utf-8")
    leads = [link.get_attribute("href") or "" for link in page.locator("#page-1 .said a").all()]
    assert leads
    assert all(lead.startswith("#w1-") and f'<a id="{lead[1:]}" href="#p' in html for lead in leads)
    claims = carried(paged / "lens" / "en.js", "claims")
    pictures = {place.get("picture") for claim in claims.values() for place in claim["said"]}
    assert f"source/{CLOSED}.html{leads[0]}" in pictures
    page.goto(address(site, "source/oas-cim-2005.html"))
    page.get_by_role("button", name="Open all").click()
    here = page.locator("#p13 .about").first  # a source without words
    expect(here.locator("[data-lens]")).to_have_text("oas-cim-2005 ¶13 s1")
    expect(here.get_by_role("link")).to_have_text(["oas-cim-2005 ¶30 s1"])


def test_words_without_a_box_are_shown_beside_the_others() -> None:
    """A corrected text has words that are not in the document."""
    words = (PlacedWord(8, 12, Box(1, 0, 0, 9, 9)), PlacedWord(17, 24, Box(2, 0, 0, 9, 9)))
    document = ShownDocument(Path(), "In July 2020 the shelter opened.", Layout(((9, 9), (9, 9)), words))
    pages = lay_out("report", [Paragraph(1, "", "", start=0, end=32), Paragraph(2, "", "", start=32, end=32)], document)
    assert [[piece.text for piece in page.pieces] for page in pages] == [["In July 2020 the"], ["shelter opened.", ""]]


def test_claims_without_a_review_are_counted_apart() -> None:
    views = [
        ClaimView(NamedNode(f"c:{number}"), [], [], NamedNode("c:c"), "", Remark(modality, review, "", caveats))
        for number, (modality, review, caveats) in enumerate(
            [
                ("stated", "unreviewed", ("not reviewed",)),
                ("stated", "unreviewed", ("planned", "not reviewed")),
                ("implied", "unreviewed", ("implied", "not reviewed")),
                ("stated", "person", ("planned",)),
                ("stated", "person", ()),
            ]
        )
    ]
    found = ClaimTotals(views)
    assert (found.implied, found.weak, found.unreviewed, found.noted, found.contradicted) == (1, 2, 3, 0, 0)


def test_boxes_are_on_the_words(device: Page, paged: Path, project: Project) -> None:
    device.goto(source_at(paged))
    device.locator("details:not([open]) > summary").first.wait_for()
    layout = read_layout(project.texts / f"{CLOSED}.layout.json")
    phrase = "trained forty officers of the coast guard in Lima in June 2025, and a second course with Meadow Shelter"
    (place,) = locate(project.text(CLOSED), phrase, "blocks")
    boxes = layout.boxes(place.start, place.end)
    assert {box.page for box in boxes} == {1, 2}
    assert len(boxes) == 3
    for number in (1, 2):
        drawn = device.evaluate(DRAWN, f"w{number}-{place.start}-{place.end}")
        expected = [[box.left - 1, box.top - 1, box.right + 1, box.bottom + 1] for box in boxes if box.page == number]
        assert len(drawn) == len(expected)
        for sides, wanted in zip(drawn, expected, strict=True):
            assert sides == pytest.approx(wanted, abs=1.5)
    assert device.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_of_the_picture_are_under_the_boxes_and_nothing_is_missing(
    page: Page, paged: Path, project: Project
) -> None:
    """From the disk, under the policy of the page: the picture is drawn, and each box has ink where letters are."""
    page.goto(source_at(paged))
    layout = read_layout(project.texts / f"{CLOSED}.layout.json")
    width, height = layout.pages[0]
    (place,) = locate(project.text(CLOSED), "the Willow Trust gave 75,000 US dollars to Meadow Shelter", "blocks")
    (box,) = layout.boxes(place.start, place.end)
    page.get_by_role("img", name="Picture of page 1: Report on Meadow Shelter").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#page-1 img').naturalHeight === 1300")
    copied = page.context.new_page()  # a file may not be read back where it was shown
    picture = base64.b64encode((paged / "source" / CLOSED / "p1.png").read_bytes()).decode()
    copied.set_content(f'<img src="data:image/png;base64,{picture}">')
    sides = (box.left / width, box.top / height, box.right / width, box.bottom / height)
    inside, blank = (copied.evaluate(INK, ["img", *part]) for part in (sides, (0.02, 0.2, 0.08, 0.8)))
    assert inside > 0.08 > 0.001 > blank
    for tree, foot in (("", "About this source"), ("es/", "Sobre esta fuente")):  # digests are below the pages
        above, below = (paged / f"{tree}source/{CLOSED}.html").read_text("utf-8").split(f"<h2>{foot}</h2>")
        assert 'id="page-2"' in above
        assert [len(re.findall(r"\b[0-9a-f]{64}\b", part)) for part in (above, below)] == [0, 2]


def test_a_claim_lights_its_words_and_a_box_its_claims(device: Page, paged: Path) -> None:
    device.goto(source_at(paged))
    claim = device.locator(f'[data-claim="{CLAIM}"]')
    claim.locator(".sentence").hover()
    (mark,) = [name for name in device.evaluate(LIT) if name != CLAIM]
    assert mark.startswith("w1-")
    device.locator("h1").hover()
    assert device.evaluate(LIT) == []
    device.locator(f"#{mark} rect").hover(position={"x": 3, "y": 3})
    assert set(device.evaluate(LIT)) == {CLAIM, mark}
    device.locator("h1").hover()
    device.locator(f"#{mark}").focus()
    assert set(device.evaluate(LIT)) == {CLAIM, mark}
    device.keyboard.press("Enter")  # leads to the claim
    expect(claim).to_be_in_viewport()
    expect(device).to_have_url(re.compile(r"#p2/"))
    claim.get_by_role("link", name=f"{CLOSED} ¶2 s1").click()
    expect(device.locator(f"#{mark}:target rect")).to_be_in_viewport()
    device.goto(address(paged, f"thing/{CLOSED}/actors/funder.html"))
    device.locator(f'a[href$="#p2/{CLAIM}"]').first.click()
    device.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").first.click()
    marked = device.locator(f'[data-claims~="{CLAIM}"]')
    expect(marked).to_have_class("lit")
    expect(marked.locator("rect")).to_be_in_viewport()


def test_a_picture_leads_to_its_file_and_its_boxes_to_claims(device: Page, paged: Path) -> None:
    for at in ("key", "picture"):
        device.goto(source_at(paged))
        link = device.locator("#page-1").get_by_role("link", name="Enlarge")
        expect(link.locator("span")).to_be_visible()
        if at == "key":
            link.focus()
            device.keyboard.press("Enter")
        else:
            device.locator("#page-1 .sheet").click(position={"x": 5, "y": 60})
        expect(device).to_have_url(re.compile(r"/p1\.png$"))
    device.goto(source_at(paged))
    device.locator("#page-1 svg rect").first.click(position={"x": 3, "y": 3})
    expect(device).to_have_url(re.compile(r"#p1/"))


def test_without_scripts_each_box_is_seen_and_leads_to_its_claim(browser: Browser, paged: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(source_at(paged, tree="es/"))
    marks = page.locator("#page-1 svg a")
    assert marks.count() == 5
    for number in range(marks.count()):
        expect(marks.nth(number).locator("rect").first).to_be_visible()
        href = marks.nth(number).get_attribute("href") or ""
        assert page.locator(f'[id="{href[1:]}"]').count() == 1, href
    expect(page.locator("#page-2").get_by_role("img", name="Imagen de la página 2")).to_be_visible()
    context.close()


def test_a_site_in_one_file_shows_the_pictures(page: Page, paged: Path) -> None:
    page.goto(address(paged, f"{single_file.NAME}#/es/source/{CLOSED}.html?p2/{CLAIM}"))
    page.wait_for_function("() => document.querySelector('#page-1 img')?.naturalHeight === 1300")
    expect(page.locator(f'[data-claims~="{CLAIM}"]')).to_have_class("lit")
    expect(page.locator(".enlarge")).to_have_count(0)


def test_axe_finds_nothing(device: Page, paged: Path, axe: str) -> None:
    for tree, name in (("", CLOSED), ("es/", OPEN)):
        device.goto(address(paged, f"{tree}source/{name}.html"))
        device.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        device.evaluate(axe)
        assert device.evaluate(FAULTS, "too") == []
