"""Take the pictures of pages, `docs/pictures/page-NAME.webp`, and the picture that other sites show for a link to one.

`python docs/pictures/pages.py SITE OUT PREVIEW DOCUMENT…` writes them, and updates their date in each document.
Words are shown only of sources whose licence lets a published site show whole paragraphs, such as works of the US
government. All others are hidden before a picture is taken, even if the site has them: they are not committed, not even
as a picture.
"""

import base64
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tipgraph.model import kit
from tipgraph.sources import lets_show

PAGES: Final = {
    "start": "index.html",
    "network": "network/funding.html#at=state-gtip-2009%2Factors%2Fgtip",
    "map": "map.html",
    "timeline": "timeline.html",
    "thing": "thing/oas-cim-2005/undertakings/caribbean-seminars.html",
    "numbers": "thing/reference/places/japan.html",
    "source": "source/state-tip-2022.html#p14",
    "question": "question/funding.html",
    "contradictions": "contradictions.html",
    "ask": "ask.html",
}
FROM: Final = {  # the heading at which the picture of a long page begins
    "timeline": "form",
    "numbers": "svg",
    "source": "#p14",
    "ask": "#tabs",
}
SIZE: Final = (1200, 750)
LARGEST: Final = 80_000  # bytes of a picture: that of a network, all lines, needs most to be read
_TAKEN = re.compile(r"(The pictures were taken on) (\d{4}-\d\d-\d\d)")
_READY = """(isLate) => (!isLate || document.documentElement.dataset.ready === 'yes')
  && !document.querySelector('[aria-busy="true"]')"""
HIDE_WORDS = """(open) => {
  const style = new CSSStyleSheet();  // made by a script, since the policy of the pages refuses one that is written in
  style.replaceSync(":is(q, blockquote):not(.open) { display: none !important }");
  document.adoptedStyleSheets.push(style);
  const named = (path) => /(?:^|\\/)source\\/([\\w.-]+)\\.html/.exec(path)?.[1];
  for (const words of document.querySelectorAll("q, blockquote")) {
    const link = words.matches("q") ? words.parentElement.querySelector("a")?.getAttribute("href") ?? "" : "";
    words.classList.toggle("open", open.includes(named(link.startsWith("#") || !link ? location.pathname : link)));
  }
  const side = document.querySelector(".side"), quote = side?.querySelector("q.open");
  if (quote) side.scrollTop += quote.getBoundingClientRect().top - side.getBoundingClientRect().top - 200;
}"""
CARD: Final = """() => {
  const header = document.querySelector("header");
  header.replaceChildren(document.querySelector(".name"), document.querySelector(".what"));
  document.body.replaceChildren(header);
  const style = new CSSStyleSheet();
  style.replaceSync(`
    header.site { display: grid; align-content: center; gap: 12px; height: 315px; padding: 0 40px; }
    header.site { border: 0; background: var(--ground); }
    header.site .name { font-size: 40px; }
    .what { margin: 0; font: 700 27px/1.25 var(--serif); color: var(--accent); text-wrap: balance; }
  `);
  document.adoptedStyleSheets.push(style);
}"""
_WEBP = """async ([png, quality]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def browser_program() -> str | None:
    """Return the Chromium that is named or on PATH, None for Playwright's own."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("TIPGRAPH_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def open_sources() -> list[str]:
    """Return the names of the sources whose words a published site may show."""
    settings = {
        path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in (kit.home() / "data").glob("*/source.toml")
    }
    return [name for name, setting in settings.items() if lets_show(setting["licence"])]


def taken(browser: Browser, site: Path, name: str) -> bytes:
    """Return the picture of a page as PNG, at the size of `SIZE` and in the light."""
    context = browser.new_context(
        viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address(site, PAGES[name]))
    page.wait_for_function(_READY, arg=name in ("network", "ask"))
    if name == "ask":
        _ask(page)
    page.evaluate(HIDE_WORDS, open_sources())
    if name in FROM:
        page.locator(FROM[name]).first.evaluate("(part) => scrollBy(0, part.getBoundingClientRect().top - 90)")
    png = page.screenshot()
    context.close()
    return png


def address(site: Path, path: str) -> str:
    """Return the address of a page of a site."""
    file, mark, fragment = path.partition("#")
    return (site / file).as_uri() + mark + fragment


def _ask(page: Page) -> None:
    """Ask inside the page who paid for what in the Caribbean; a page without an engine stays as it is."""
    if not page.locator("#asking").is_visible():
        return
    page.get_by_label("Question").select_option("funding")
    page.locator("#parameter-in").fill("caribbean")
    page.get_by_role("button", name="Run").click()
    page.locator("#view-table tbody tr").first.wait_for()


def preview(browser: Browser, site: Path) -> bytes:
    """Return the mark, the name and the purpose of a site as PNG, 1200 by 630 pixels; it shows no claim."""
    context = browser.new_context(viewport={"width": 600, "height": 315}, device_scale_factor=2, color_scheme="light")
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.evaluate(CARD)
    png = page.screenshot()
    context.close()
    return png


def small(browser: Browser, png: bytes, most: int = LARGEST) -> bytes:
    """Return a picture as WebP, in the best quality in which it has at most so many bytes."""
    page = browser.new_page()
    text = base64.b64encode(png).decode("ascii")
    for quality in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2):
        found = base64.b64decode(page.evaluate(_WEBP, [text, quality]))
        if len(found) <= most:
            break
    page.close()
    return found


def days_in(document: str) -> list[str]:
    """Return the dates of the pictures in a document."""
    return [day for _, day in _TAKEN.findall(document)]


def dated(document: str, day: date) -> str:
    """Return a document with another date of its pictures; raise ValueError unless it has exactly one."""
    if len(days_in(document)) != 1:
        raise ValueError(f"a document must give the date of its pictures exactly once: {_TAKEN.pattern}")
    return _TAKEN.sub(rf"\1 {day.isoformat()}", document)


def main(site: Path, out: Path, card: Path, documents: Sequence[Path]) -> None:
    """Write the picture of each kind of page of a site into a folder, its preview, and the date into each document."""
    day = datetime.now(UTC).date()
    texts = {path: dated(path.read_text("utf-8"), day) for path in documents}
    with sync_playwright() as started:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = started.chromium.launch(executable_path=browser_program(), args=["--no-sandbox"] if as_root else [])
        for name in PAGES:
            (out / f"page-{name}.webp").write_bytes(small(browser, taken(browser, site, name)))
        card.write_bytes(preview(browser, site))
        browser.close()
    for path, text in texts.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    from_site, into, shown, *dating = (Path(argument).resolve() for argument in sys.argv[1:])
    main(from_site, into, shown, dating)
