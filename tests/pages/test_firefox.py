"""The pages open in Firefox too: from the disk, with no network, and without a fault."""

import re
import shutil
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import watched
from tests.pages.conftest import address
from tests.pages.opened import Opened, read_csv
from tests.pages.test_asking import READY, ROWS
from tests.pages.test_inside import NESTED, RUNAWAY, ask, needs_engine
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query


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


@needs_engine
def test_the_file_with_everything_in_it_answers_and_survives(
    firefox_page: Page, site: Path, tmp_path: Path, graph: Graph
) -> None:
    page, book = firefox_page, Path(shutil.copy(site / "tipgraph.html", tmp_path))
    page.goto(book.as_uri())
    page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    page.wait_for_function(READY)
    page.get_by_label("Question").select_option("funding")
    page.locator("#parameter-in").fill("caribbean")
    page.get_by_role("button", name="Run").click()
    expected = Query.find("funding").run(graph, {"in": "caribbean"})
    expect(page.locator("#said")).to_contain_text(f"{len(expected.rows)} rows in ")
    page.locator(ROWS).get_by_role("link", name="oas-cim-2005 ¶13 s2").first.click()
    page.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").first.click()
    page.wait_for_url(re.compile(r"/source/oas-cim-2005\.html\?p13/"))
    expect(page.locator(".target")).to_be_in_viewport()
    page.go_back()
    page.wait_for_function(READY)
    page.evaluate("(text) => { askPage.editor.value = text; askPage.run(); }", RUNAWAY)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#said")).to_have_text("Stopped.")
    page.evaluate("(text) => { askPage.editor.value = text; askPage.run(); }", NESTED)
    expect(page.locator("#said")).to_contain_text("failed on this query and was started again")
    ask(page, "SELECT ?s { ?s a tip:Country } ORDER BY ?s LIMIT 3")
    expect(page.locator("#said")).to_contain_text("3 rows in ")
