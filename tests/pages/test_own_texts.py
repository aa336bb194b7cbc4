"""A reader opens the text of a source, and pages show its words: in both browsers, on every page, and nowhere else."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pyoxigraph import NamedNode

from tests.conftest import SMALL_TEXTS, statements_of
from tests.pages.conftest import address, carried
from tipgraph.graph.graph import Graph
from tipgraph.model import CODE, tip
from tipgraph.outputs.site import render, single_file

TEXT = SMALL_TEXTS / "harbour.txt"
SOURCE = "source/harbour-2020.html"
PAGES = ("question/partners.html", "question/funding.html", "thing/harbour-2020/actors/lantern-fund.html")
PAID = "the Lantern Fund paid $12,500"


@pytest.fixture(scope="module")
def wordless(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small kit, made without its text."""
    return render(small, tmp_path_factory.mktemp("wordless") / "site").parent


def choose(page: Page, file: Path | FilePayload) -> str:
    """Open a file on the page that is shown, and return what the page says of it."""
    place = page.locator("[data-own-text]")
    with page.expect_file_chooser() as chooser:
        place.get_by_role("button").click()
    chooser.value.set_files(file)
    page.wait_for_function("() => /[“:.]/.test(document.querySelector('[data-own-text] [role=status]').textContent)")
    expect(place.get_by_role("status")).not_to_have_text("Pages then show its words. The file stays on this computer.")
    return place.get_by_role("status").inner_text()


def edition(text: str) -> FilePayload:
    return {"name": "edition.txt", "mimeType": "text/plain", "buffer": text.encode("utf-8")}


@pytest.mark.browsers
@pytest.mark.parametrize("way", ["folder", "one file", "Firefox"])
def test_an_opened_text_is_shown_on_every_page_until_it_is_forgotten(
    request: pytest.FixtureRequest, wordless: Path, way: str
) -> None:
    page: Page = request.getfixturevalue("firefox_page" if way == "Firefox" else "page")

    def at(path: str) -> str:
        return address(wordless, f"{single_file.NAME}#/{path}" if way == "one file" else path)

    page.goto(at(SOURCE))
    assert "are shown. They stay in this browser." in choose(page, TEXT)
    for path in PAGES:
        page.goto("about:blank")
        page.goto(at(path))
        expect(page.locator(".said q mark").first, path).to_be_attached()
    link = page.locator(".claim .said a", has_text="harbour-2020 ¶2 s1").first
    link.click()
    expect(page.locator("#lens blockquote").first).to_contain_text(PAID)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_role("button", name="Forget")).to_have_count(0)
    expect(page.locator("main q")).to_have_count(0)


def test_the_words_stand_in_their_sentence_as_the_text_has_it(page: Page, wordless: Path) -> None:
    page.goto(address(wordless, SOURCE))
    choose(page, TEXT)
    text = " ".join(TEXT.read_text("utf-8").split())
    shown = page.locator(".said q").all_inner_texts()
    assert shown
    assert all(" ".join(sentence.strip("“”").split()) in text for sentence in shown)


def test_another_edition_is_named_and_shows_only_what_has_the_same_words(page: Page, wordless: Path) -> None:
    text = TEXT.read_text("utf-8")
    page.goto(address(wordless, SOURCE))
    said = choose(page, edition("Second edition, with a preface.\n\n" + text.replace("$12,500", "$99,000")))
    found, every = (int(part.split()[-1]) for part in said.partition(" passages")[0].split(" of ")[-2:])
    assert said.startswith("edition.txt is another edition of “Harbour Watch: a note on the year 2020”")
    assert 0 < found < every
    page.goto(address(wordless, PAGES[-1]))
    expect(page.locator(".said q mark").first).to_be_attached()
    assert not [words for words in page.locator("q mark").all_inner_texts() if "99,000" in words]


@pytest.mark.parametrize(("file", "said"), [
    (edition("Another text."), "0 of "),
    ({"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\xff\xfe"}, "photo.png is no text in UTF-8."),
])  # fmt: skip
def test_a_file_that_is_no_edition_shows_nothing(page: Page, wordless: Path, file: FilePayload, said: str) -> None:
    page.goto(address(wordless, SOURCE))
    assert said in choose(page, file)
    expect(page.locator("main q")).to_have_count(0)


def test_the_first_page_finds_the_source_of_a_file_and_says_if_there_is_none(page: Page, wordless: Path) -> None:
    page.goto(address(wordless, "index.html"))
    assert choose(page, edition("Another text.")).startswith("edition.txt is the text of no source here.")
    assert choose(page, TEXT).startswith("The words of “Harbour Watch: a note on the year 2020” are shown.")


def test_hostile_words_stay_words(page: Page, wordless: Path) -> None:
    hostile = TEXT.read_text("utf-8").replace("the Lantern Fund", "<img src=x onerror=alert(1)> the Lantern Fund")
    page.goto(address(wordless, SOURCE))
    choose(page, edition(hostile))
    assert page.locator("main img").count() == 0


def test_evidence_beside_a_citation_shows_the_words_of_a_text_that_is_opened_in_it(page: Page, wordless: Path) -> None:
    page.goto(address(wordless, PAGES[-1]))
    page.locator(".claim .said a", has_text="harbour-2020 ¶2 s1").first.click()
    lens = page.get_by_role("dialog")
    with page.expect_file_chooser() as chooser:
        lens.get_by_role("button", name="I have this document").click()
    chooser.value.set_files(TEXT)
    expect(lens.locator("blockquote").first).to_contain_text(PAID)


def test_a_reader_says_whether_a_claim_says_what_its_sentence_says_and_saves_that(page: Page, wordless: Path) -> None:
    page.goto(address(wordless, PAGES[-1]))
    link, lens = page.locator(".claim .said a", has_text="harbour-2020 ¶2 s1").first, page.get_by_role("dialog")
    link.click()
    expect(lens.locator(".sentence")).to_be_visible()
    expect(lens).not_to_contain_text("Is this what the sentence says?")  # nobody can judge it without the sentence
    page.goto(address(wordless, SOURCE))
    choose(page, TEXT)
    page.goto(address(wordless, PAGES[-1]))
    link.click()
    lens.get_by_role("button", name="partly").click()
    lens.get_by_label("Remark").fill("it was promised")
    lens.get_by_role("button", name="no", exact=True).click()
    page.reload()
    link.click()
    expect(lens.get_by_role("button", name="no", exact=True)).to_have_attribute("aria-pressed", "true")
    with page.expect_download() as saved:
        lens.get_by_role("button", name="Save my answers").click()
    [row] = csv.DictReader(io.StringIO(saved.value.path().read_text("utf-8")))
    assert (row["assessment"], row["reason"]) == ("wrong", "it was promised")
    assert row["id"] == f"{row['judge']}-{row['claim'].replace('/', '-')}"
    assert re.fullmatch("reader-[a-z0-9]+ [0-9a-f]{16}", f"{row['judge']} {row['fingerprint']}")
    lens.get_by_role("button", name="Forget my answers").click()
    expect(lens.get_by_role("button", name="Save my answers")).to_have_count(0)


def test_no_reader_opens_a_text_whose_places_are_counted_in_the_words_of_its_records(
    site: Path, small: Graph, tmp_path: Path
) -> None:
    spans = carried(site / "lens" / "spans.js", "spans")
    assert (spans["oas-cim-2005"]["rule"], spans["oas-atip-2007"]["rule"]) == ("lines", "blocks")
    records = NamedNode(f"{CODE}paragraph-rule-activities")
    statements = [
        one._replace(object=records) if one.predicate.value == tip.paragraphRule else one
        for one in statements_of(small)
    ]
    of_records = render(Graph(statements), tmp_path / "site").parent
    assert carried(of_records / "lens" / "spans.js", "spans") == {}
    assert "data-own-text" not in (of_records / SOURCE).read_text("utf-8")
