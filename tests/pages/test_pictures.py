"""The pictures of the README: of pages that there are, small, without words of sources, and still like the pages."""

import base64
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page

from tipgraph import kit

PICTURES = kit.home() / "docs" / "pictures"
# The mean difference of lightness, of 0 to 1: two kinds of pages are 0.044 apart or more, a page and its picture 0.005.
ALIKE = 0.035
# A picture as lightness on 48 × 30 squares: type and smoothing of another machine's fonts are evened out.
SQUARES = """async ([data, type]) => {
  const picture = new Image();
  picture.src = `data:${type};base64,${data}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 48, height: 30 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, 48, 30);
  const { data: seen } = context.getImageData(0, 0, 48, 30);
  const light = (at) => (seen[4 * at] + seen[4 * at + 1] + seen[4 * at + 2]) / 765;
  const lightness = Array.from({ length: 48 * 30 }, (_, at) => light(at));
  return [picture.width, picture.height, lightness];
}"""


def _taking() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures_of_pages", PICTURES / "pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


taking = _taking()


@pytest.fixture(scope="module")
def eye(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def seen(eye: Page, picture: bytes, media: str) -> tuple[int, int, list[float]]:
    width, height, lightness = eye.evaluate(SQUARES, [base64.b64encode(picture).decode("ascii"), media])
    return width, height, lightness


def apart(one: list[float], other: list[float]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def kept(name: str) -> bytes:
    return (PICTURES / f"page-{name}.webp").read_bytes()


def test_there_is_a_picture_of_each_kind_of_page_and_no_other() -> None:
    assert {path.name for path in PICTURES.glob("page-*")} == {f"page-{name}.webp" for name in taking.PAGES}


@pytest.mark.parametrize("readme", ["README.md", "README.es.md"])
def test_a_readme_shows_each_picture_once_with_words_for_those_who_do_not_see_it(readme: str) -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(docs/pictures/page-([a-z]+)\.webp\)", (kit.home() / readme).read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(taking.PAGES)
    assert all(len(words) > 40 for words, _ in shown)


@pytest.mark.parametrize("name", taking.PAGES)
def test_a_picture_is_still_what_the_page_looks_like(name: str, browser: Browser, eye: Page, site: Path) -> None:
    """`make pictures` takes them again where a page has changed."""
    assert len(kept(name)) <= taking.LARGEST
    width, height, now = seen(eye, taking.taken(browser, site, name), "image/png")
    assert (width, height) == taking.SIZE
    assert seen(eye, kept(name), "image/webp")[:2] == taking.SIZE
    assert apart(now, seen(eye, kept(name), "image/webp")[2]) < ALIKE, f"{name}: run `make pictures`, and look at it"


def test_pictures_of_different_pages_are_not_taken_for_alike(eye: Page) -> None:
    shades = {name: seen(eye, kept(name), "image/webp")[2] for name in taking.PAGES}
    for name, shade in shades.items():
        assert all(apart(shade, other) > ALIKE for kind, other in shades.items() if kind != name), name


def test_no_word_of_a_source_is_in_a_picture(browser: Browser, site: Path) -> None:
    """Where the texts are at hand, the page quotes them, and the picture does not."""
    page = browser.new_page()
    page.goto((site / taking.PAGES["thing"]).as_uri())
    page.evaluate(taking.HIDE_WORDS)
    assert not any(quote.is_visible() for quote in page.locator("q, blockquote").all())
    page.close()
