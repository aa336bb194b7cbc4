"""The pictures of pages in the documents: the pages exist, the files are small, without words of sources, and dated.

No test says that they look like the pages of today: pixels differ with the fonts of a machine. `make pictures` takes
them again, and a person looks at them.
"""

import importlib.util
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser

from tipgraph.model import kit

PICTURES = kit.home() / "docs" / "pictures"
GALLERY = kit.home() / "docs/how-to/look-at-pages.md"
READMES = ["README.md", "README.es.md"]
_SHOWN = re.compile(r"!\[([^\]]+)\]\((?:docs|\.\.)/pictures/page-([a-z]+)\.webp\)")


def _taking() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures_of_pages", PICTURES / "pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


taking = _taking()


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a picture in the extended format of WebP, as its first bytes say them."""
    assert (picture[:4], picture[8:16]) == (b"RIFF", b"WEBPVP8X")
    return int.from_bytes(picture[24:27], "little") + 1, int.from_bytes(picture[27:30], "little") + 1


def kept(name: str) -> bytes:
    return (PICTURES / f"page-{name}.webp").read_bytes()


def test_there_is_a_picture_of_each_kind_of_page_and_no_other() -> None:
    assert {path.name for path in PICTURES.glob("page-*")} == {f"page-{name}.webp" for name in taking.PAGES}


def test_the_gallery_shows_each_picture_once_with_a_description() -> None:
    shown = _SHOWN.findall(GALLERY.read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(taking.PAGES)
    assert all(len(words) > 40 for words, _ in shown)


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_shows_one_picture_with_a_description(readme: str) -> None:
    [(words, name)] = _SHOWN.findall((kit.home() / readme).read_text("utf-8"))
    assert len(words) > 40
    assert name in taking.PAGES


@pytest.mark.parametrize("name", taking.PAGES)
def test_a_picture_is_small_and_of_a_page_that_there_is(name: str, site: Path) -> None:
    assert len(kept(name)) <= taking.LARGEST
    assert size_of(kept(name)) == taking.SIZE
    assert (site / taking.PAGES[name].partition("#")[0]).is_file()


def test_the_gallery_gives_the_date_of_the_pictures() -> None:
    assert date.fromisoformat(*taking.days_in(GALLERY.read_text("utf-8"))) >= date(2026, 11, 26)


def test_the_date_of_the_pictures_is_updated_in_place() -> None:
    text = GALLERY.read_text("utf-8")
    later = taking.dated(text, date(2031, 2, 3))
    assert taking.days_in(later) == ["2031-02-03"]
    assert taking.dated(later, date.fromisoformat(*taking.days_in(text))) == text
    with pytest.raises(ValueError, match="exactly once"):
        taking.dated(text + text, date(2031, 2, 3))


@pytest.mark.parametrize("name", [*taking.FROM, "network"])  # those that need more than to be opened
def test_a_picture_can_be_taken_again(name: str, browser: Browser, site: Path) -> None:
    again = taking.small(browser, taking.taken(browser, site, name))
    assert len(again) <= taking.LARGEST
    assert size_of(again) == taking.SIZE


def test_only_words_of_open_sources_are_in_a_picture(browser: Browser, small_site: Path) -> None:
    """The page of a source quotes the text that we have, and a picture does only if the licence lets a site show it."""
    assert "state-tip-2022" in taking.open_sources()
    assert "oas-cim-2005" not in taking.open_sources()
    page = browser.new_page()
    page.goto((small_site / "source" / "harbour-2020.html").as_uri())
    quotes = page.locator("q, blockquote").all()
    assert any(quote.is_visible() for quote in quotes)
    page.evaluate(taking.HIDE_WORDS, ["dock-2020"])
    assert not any(quote.is_visible() for quote in quotes)
    page.evaluate(taking.HIDE_WORDS, ["harbour-2020"])
    assert any(quote.is_visible() for quote in quotes)
    page.close()
