"""The pictures of pages in the documents: the pages exist, the files are small, without words of sources, and dated.

No test says that they look like the pages of today: pixels differ with the fonts of a machine. `make pictures` takes
them again, and a person looks at them.
"""

import re
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser

from tipgraph.model import kit

PICTURES = kit.home() / "docs" / "pictures"
GALLERY = kit.home() / "docs/how-to/look-at-pages.md"
_SHOWN = re.compile(r"!\[([^\]]+)\]\((?:docs|\.\.)/pictures/page-([a-z]+)\.webp\)")


taking: Any = ModuleType("pictures_of_pages")  # the program that takes them
exec(compile((PICTURES / "pages.py").read_text("utf-8"), PICTURES / "pages.py", "exec"), vars(taking))  # noqa: S102 - ours


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a picture in the extended format of WebP, as its first bytes say them."""
    assert (picture[:4], picture[8:16]) == (b"RIFF", b"WEBPVP8X")
    return int.from_bytes(picture[24:27], "little") + 1, int.from_bytes(picture[27:30], "little") + 1


def test_the_gallery_shows_each_picture_once_and_a_readme_one_with_descriptions_and_their_day() -> None:
    assert {path.name for path in PICTURES.glob("page-*")} == {f"page-{name}.webp" for name in taking.PAGES}
    text = GALLERY.read_text("utf-8")
    shown = _SHOWN.findall(text)
    assert sorted(name for _, name in shown) == sorted(taking.PAGES)
    for readme in ("README.md", "README.es.md"):
        ((words, name),) = _SHOWN.findall((kit.home() / readme).read_text("utf-8"))
        assert name in taking.PAGES
        shown.append((words, name))
    assert all(len(words) > 40 for words, _ in shown)
    assert date.fromisoformat(*taking.days_in(text)) >= date(2026, 11, 26)
    assert taking.days_in(taking.dated(text, date(2031, 2, 3))) == ["2031-02-03"]


def test_a_picture_is_small_and_of_a_page_that_there_is(site: Path) -> None:
    for name, path in taking.PAGES.items():
        kept = (PICTURES / f"page-{name}.webp").read_bytes()
        assert len(kept) <= taking.LARGEST
        assert size_of(kept) == taking.SIZE
        assert (site / path.partition("#")[0]).is_file()


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
