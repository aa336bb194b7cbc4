"""Real browsers: one Playwright in a process, whatever tests ask for it."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.pages.firefox import wrapper

expect.set_options(timeout=20_000)  # a machine may be busy
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
# Decision: docs/decisions/0244-what-tests-and-ci-prove.md.
_WHOLE = ("chromium", "chromium-browser", "google-chrome")
_NAMES = ("chromium-headless-shell", *_WHOLE)
_FOXES = ("firefox-esr", "firefox")


def chromium(names: Iterable[str] = _NAMES) -> str | None:
    """Find a Chromium: the one that is named, one on PATH, or Playwright's own (None, if that is there)."""
    named = os.environ.get("TIPGRAPH_CHROMIUM")
    return named or next(filter(None, map(shutil.which, names)), None)


def firefox_program() -> str | None:
    """Find a Firefox: the one that is named, or one on PATH."""
    return os.environ.get("TIPGRAPH_FIREFOX") or next(filter(None, map(shutil.which, _FOXES)), None)


def missing(reason: str) -> NoReturn:
    """Skip what needs a browser that is not there; in CI fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What leads the browsers: of it there can be one in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Headless Chromium, without windows if that is there; without one the tests are skipped, but never in CI."""
    yield from _chromium(playwright, _NAMES)


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Headless Chromium as people have it: a query that needs much stack ends the page where there are no windows."""
    yield from _chromium(playwright, _WHOLE)


def _chromium(playwright: Playwright, names: Iterable[str]) -> Iterator[Browser]:
    found = chromium(names)
    if found is None and not Path(playwright.chromium.executable_path).exists():
        missing("no Chromium: `make system` installs Debian's, or set TIPGRAPH_CHROMIUM to one")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if as_root else [])
    yield started
    started.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Headless Firefox, as people have it; without one the tests are skipped, but never in CI."""
    found = firefox_program()
    if found is None:
        missing("no Firefox: `make system` installs Debian's, or set TIPGRAPH_FIREFOX to one")
    program = wrapper(found, tmp_path_factory.mktemp("firefox"))
    started = playwright.firefox.launch(channel="moz-firefox", executable_path=program)
    yield started
    started.close()


class Watched:
    """A page of the browser that notes every error of its console and every request that leaves the disk."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda asked: self._note(asked.url))

    def _note(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.faults.append(f"request: {url}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at a desk's width; afterwards nothing may have been asked of anybody, nor any error logged."""
    yield from watched(browser, "desk")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at a phone's width."""
    yield from watched(browser, "phone")


@pytest.fixture
def firefox_page(firefox: Browser) -> Iterator[Page]:
    """A page of Firefox at a desk's width, with no network."""
    for opened in watched(firefox, "desk"):
        opened.context.set_offline(True)
        yield opened


def watched(browser: Browser, device: str) -> Iterator[Page]:
    width, height = WIDTHS[device]
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    opened = Watched(context.new_page())
    yield opened.page
    context.close()
    assert not opened.faults, opened.faults
