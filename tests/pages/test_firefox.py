"""The pages open in Firefox too: from the disk, with no network, and without a fault."""

import re
import shutil
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import watched
from tests.pages.conftest import address
from tests.pages.opened import Opened, read_csv
from tests.pages.test_asking import READY, ROWS
from tests.pages.test_inside import NESTED, RUNAWAY, ask, needs_engine, visit
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


@pytest.fixture
def book(site: Path, tmp_path: Path) -> Path:
    """The site in one file, in a folder that holds nothing else."""
    return Path(shutil.copy(site / "tipgraph.html", tmp_path))


@needs_engine
def test_the_file_with_everything_in_it_answers(firefox_page: Page, book: Path, graph: Graph) -> None:
    page = firefox_page
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
    ask(page, "SELECT ?s { ?s a tip:Country } ORDER BY ?s LIMIT 3")
    expect(page.locator("#said")).to_contain_text("3 rows in ")


@needs_engine
def test_in_the_file_runaways_are_ended_and_crashes_survived(firefox_page: Page, book: Path) -> None:
    page = firefox_page
    visit(page, book, f"ask.html#query={quote(RUNAWAY)}")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#said")).to_have_text("Stopped.")
    say_seconds(page, "1")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#said")).to_contain_text("took longer than 1 seconds and was stopped")
    say_seconds(page, "60")
    page.evaluate("(text) => { askPage.editor.value = text; askPage.run(); }", NESTED)
    expect(page.locator("#said")).to_contain_text("failed on this query and was started again")
    ask(page, "ASK { ?claim a tip:Funding }")
    expect(page.locator(ROWS)).to_have_text("true")


def say_seconds(page: Page, seconds: str) -> None:
    """Put them into the field: `fill` adds to what stands in one for numbers, in this Firefox."""
    page.get_by_label("seconds at most").evaluate("(field, value) => { field.value = value; }", seconds)


@needs_engine
def test_in_the_file_hostile_labels_stay_text(firefox_page: Page, hostile: Path) -> None:
    visit(firefox_page, hostile / "tipgraph.html", "ask.html#question=funding")
    expect(firefox_page.locator("#view-table")).to_contain_text("<img src=x onerror=alert(1)>")
    assert firefox_page.evaluate("document.querySelectorAll('main img').length") == 0
