"""Chromium for benchmarks: each page in a browser of its own, without a network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-headless-shell", "google-chrome")
CHROMIUM = os.environ.get("TIPGRAPH_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]  # plain pyvis asks CDNs
WIDTH, HEIGHT = 1440, 900
WATCH = """() => {
  globalThis.frames_ = [];
  const watch = (now) => { frames_.push(now); requestAnimationFrame(watch); };
  requestAnimationFrame(watch);
}"""


@contextmanager
def opened(address: str) -> Iterator[tuple[Browser, Page]]:
    """Open a page; end its browser afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(address, wait_until="commit")
            yield browser, page
        finally:
            browser.close()


def frames(page: Page) -> list[float]:
    """Return how many ms each frame lasted since the page was asked to WATCH."""
    return [after - before for before, after in pairwise(page.evaluate("() => frames_"))]


def memory(browser: Browser) -> float:
    """Return what the tab holds, in MB: the largest renderer."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    status = [Path(f"/proc/{process['id']}/status").read_text() for process in found if process["type"] == "renderer"]
    return max(int(text.partition("VmRSS:")[2].split()[0]) / 1024 for text in status)
