"""The pages open in Firefox too: from the disk, with no network, and without a fault."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import address, watched
from tests.pages.opened import Opened, read_csv


def test_the_start_page_opens(firefox_page: Page, small_site: Path) -> None:
    firefox_page.goto(address(small_site, "index.html"))
    expect(firefox_page.locator("h1")).to_be_visible()
    assert "Firefox/" in firefox_page.evaluate("navigator.userAgent")
    assert firefox_page.evaluate("navigator.onLine") is False


def test_a_network_is_drawn_and_taken_along(firefox_page: Page, small_site: Path) -> None:
    """All is drawn, and the file that is downloaded has each tie."""
    opened = Opened(firefox_page, small_site, "network/partnership.html")
    nodes, edges = opened.drawn()
    assert edges == {edge["id"] for edge in opened.data["edges"]}
    assert nodes == {node["id"] for node in opened.data["nodes"]}
    assert len(read_csv(opened.take("csv"))) == len(edges) > 0


@pytest.mark.parametrize(("event", "fault"), [
    ("console", "console.error('broken')"),
    ("pageerror", "setTimeout(() => { throw new Error('broken'); })"),
    ("pageerror", "void fetch('https://example.org/').catch(() => 0)"),  # which the policy of the page forbids
])  # fmt: skip
def test_a_fault_would_be_noticed(
    event: Literal["console", "pageerror"], fault: str, firefox: Browser, small_site: Path
) -> None:
    opening = watched(firefox, "desk")
    page = next(opening)
    page.goto(address(small_site, "index.html"))
    with page.expect_event(event):
        page.evaluate(fault)
    with pytest.raises(AssertionError):
        next(opening, None)
