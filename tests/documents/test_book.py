"""The book: links lead somewhere, pages load nothing from elsewhere, and a browser reads it from a folder."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Opened

from docs.making import gathering, notebooks
from docs.making.gathering import LinkToNothing, documents, gather, moved_links
from tests.documents.commands import HOME
from tests.documents.test_reference import KINDS, lacking

BUILT = HOME / "build" / "docs"
LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "embed": "src",
    "video": "src",
}


class Page(HTMLParser):
    """What a page loads, where it leads, the names within it, and pictures without words."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.loads, self.leads = path, list[str](), list[str]()
        self.names, self.wordless = set[str](), list[str]()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.names.update(said[name] for name in ("id", "name") if name in said)
        if tag == "link" and said.get("rel") not in ("canonical", "next", "prev", "search", "index"):
            self.loads.append(said.get("href", ""))
        if LOADING.get(tag) in said:
            self.loads.append(said[LOADING[tag]])
        if tag == "a" and "href" in said:
            self.leads.append(said["href"])
        if tag == "img" and not said.get("alt"):
            self.wordless.append(said.get("src", ""))


def test_every_document_leads_only_to_what_is_there() -> None:
    placed = documents(HOME)
    assert [fault for path in placed for fault in moved_links(HOME, path, placed)[1]] == []


def test_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = "[good](page.md#x) [file](../LICENSE) [bad](gone.md) `[code](no.md)`\n\n```text\n[code](no.md)\n```\n"
    (tmp_path / "docs/page.md").write_text(text, "utf-8")
    (tmp_path / "LICENSE").write_text("free", "utf-8")
    with pytest.raises(LinkToNothing, match=r"^docs/page.md: the link to gone.md leads to no file$"):
        gather(tmp_path, tmp_path / "book")
    assert "[file](files/LICENSE)" in (tmp_path / "book/page.md").read_text("utf-8")
    assert (tmp_path / "book/files/LICENSE").read_text("utf-8") == "free"


def test_documents_outside_the_folder_of_documents_lead_on_as_before(tmp_path: Path) -> None:
    (tmp_path / "docs/how-to").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "docs/how-to/one.md").write_text("[tables](../../data/README.md)", "utf-8")
    (tmp_path / "data/README.md").write_text("[one](../docs/how-to/one.md) [ref](../docs/reference/verbs.md)", "utf-8")
    gather(tmp_path, tmp_path / "book")
    assert (tmp_path / "book/how-to/one.md").read_text("utf-8") == "[tables](../kit/data.md)"
    assert (tmp_path / "book/kit/data.md").read_text("utf-8") == "[one](../how-to/one.md) [ref](../reference/verbs.md)"


def test_anchors_of_the_first_pages_are_headings() -> None:
    for path in (HOME / name for name in gathering.PAGES if (HOME / name).is_file()):
        text = path.read_text("utf-8")
        slugs = {_slug(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= slugs, path


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")


def test_a_notebook_begins_with_a_title_and_a_paragraph(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/1-a.ipynb").write_text(
        '{"cells": [{"cell_type": "markdown", "source": ["# A\\n", "\\n", "Of *it*."]}]}', "utf-8"
    )
    assert notebooks.read(tmp_path) == [("1-a", "A", "Of *it*.")]
    assert "make notebooks" in notebooks.text(tmp_path)
    (tmp_path / "build/notebooks").mkdir(parents=True)
    (tmp_path / "build/notebooks/1-a.html").write_text("<p>", "utf-8")
    notebooks.copy(tmp_path, tmp_path / "extra")
    assert (tmp_path / "extra/notebooks/1-a.html").is_file()
    assert '<a href="notebooks/1-a.html">' in notebooks.text(tmp_path)
    (tmp_path / "notebooks/2-b.ipynb").write_text('{"cells": [{"cell_type": "code", "source": ["1"]}]}', "utf-8")
    with pytest.raises(ValueError, match=r"2-b\.ipynb: begins with no title"):
        notebooks.read(tmp_path)


def test_every_notebook_of_ours_is_told() -> None:
    assert len(notebooks.read(HOME)) == len(list((HOME / "notebooks").glob("*.ipynb")))


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """The pages of the book that `make docs` made."""
    assert (BUILT / "index.html").is_file(), "run `make docs` first; `make docs-test` does"
    return [Page(path) for path in BUILT.rglob("*.html")]


@pytest.mark.docs
def test_pages_load_nothing_from_elsewhere(pages: list[Page]) -> None:
    assert len(pages) > 30
    loaded = {(str(page.path), one) for page in pages for one in page.loads}
    assert len(loaded) > 30
    assert [one for one in loaded if urlsplit(one[1]).scheme not in ("", "data") or one[1].startswith("//")] == []
    for sheet in BUILT.rglob("*.css"):
        assert not re.findall(r"""@import|url\(\s*["']?(?:https?:)?//""", sheet.read_text("utf-8")), sheet


@pytest.mark.docs
def test_pages_lead_only_to_what_is_there(pages: list[Page]) -> None:
    known = {page.path.resolve(): page.names for page in pages}
    lost = [f"{page.path}: {link}" for page in pages for link in page.leads if not _is_there(page, link, known)]
    assert lost == []


def _is_there(page: Page, link: str, known: dict[Path, set[str]]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path.resolve()
    named = known.get(target)
    fragment = unquote(parts.fragment)
    return target.is_file() and (named is None or fragment in ("", *named) or fragment == "top")


@pytest.mark.docs
def test_every_picture_has_words(pages: list[Page]) -> None:
    assert [(page.path, one) for page in pages for one in page.wordless if "notebooks" not in page.path.parts] == []


@pytest.mark.docs
def test_the_built_reference_tells_all_that_there_is(pages: list[Page]) -> None:
    names = {page.path.stem: page.names for page in pages if page.path.parent.name == "reference"}
    for kind in KINDS:
        for page, what in kind():
            if target := re.fullmatch(r"\(([a-z0-9-]+)\)=", what):
                assert target[1] in names[page], what
            elif door := re.fullmatch(r":: (tipgraph\.\S+)\n", what):
                assert any(door[1].partition(".")[2] in one for one in names[page]), what
    assert lacking({"names": " ".join(names["names"])}, [("names", "tipgraph.build")]) == []


@pytest.mark.docs
def test_a_browser_reads_and_searches_the_book_from_a_folder(browser: Browser) -> None:
    context = browser.new_context()
    asked, said = list[str](), list[str]()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((BUILT / "index.html").as_uri())
    page.get_by_role("link", name="Commands", exact=True).first.click()
    page.locator("#verb-store-push").wait_for(state="attached")
    page.goto(f"{(BUILT / 'search.html').as_uri()}?q=articulation")
    page.locator("#search-results a").first.wait_for()
    assert "Networks" in page.locator("#search-results").inner_text()
    context.close()
    assert said == []
    assert len(asked) > 10
    assert {urlsplit(one).scheme for one in asked} <= {"file", "data"}


@pytest.mark.docs
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_a_telephone_and_a_desk(browser: Browser, pages: list[Page], width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = [one for one in _of_ours(pages) if _overflows(page, one, width)]
    context.close()
    assert wide == []


def _of_ours(pages: list[Page]) -> Iterator[Path]:
    return (page.path for page in pages if "notebooks" not in page.path.parts)


def _overflows(opened: Opened, path: Path, width: int) -> bool:
    opened.goto(path.as_uri())
    return bool(opened.evaluate("document.documentElement.scrollWidth") > width)


@pytest.mark.docs
def test_a_warning_stops_the_book(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# One\n\n[lost](gone.md)\n", "utf-8")
    words = ["-q", "-W", "--keep-going", "-n", "-c", str(HOME / "docs"), str(tmp_path), str(tmp_path / "out")]
    made = subprocess.run([sys.executable, "-m", "sphinx", *words], capture_output=True, text=True, check=False)
    assert made.returncode
    assert "gone.md" in made.stderr
