"""The page on which one asks: questions with parameters and SPARQL over a real server."""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import WIDTHS, watched
from tests.pages.conftest import address
from tests.server.serving import Server, serving
from tipgraph.display.answers import answer_view
from tipgraph.display.text.answers import answer_records
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Answer
from tipgraph.graph.storage import write
from tipgraph.model import DATA
from tipgraph.outputs.site import assets, render, single_file
from tipgraph.sources.folder import Texts

LISTS = ("caveats", "review", "notes", "corrections", "contradicted")
UNSAID = {"implied": False, "unreviewed": False, **{name: list[str]() for name in LISTS}}  # of a row without claims
READY = "() => document.documentElement.dataset.ready === 'yes'"  # a question may be running
ROWS = "#view-table tbody tr"
DONE = re.compile(r" rows in \d|^No claim in this graph answers this")


@pytest.fixture
def web(browser: Browser, asked: Server) -> Iterator[Page]:
    yield from visiting(browser, asked, "desk")


def visiting(browser: Browser, server: Server, device: str) -> Iterator[Page]:
    """A page that may ask the server and nobody else; afterwards no error may have been logged."""
    width, height = WIDTHS[device]
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on(
        "request",
        lambda one: faults.append(one.url) if not one.url.startswith((server.address, "data:", "blob:")) else None,
    )
    yield page
    context.close()
    assert [fault for fault in faults if "status of 4" not in fault and "status of 5" not in fault] == []


def visit(page: Page, server: Server, path: str) -> None:
    for _ in range(300):  # the pages may still be written
        if server.get("/ask.html").status == 200:
            break
        time.sleep(0.2)
    page.goto("about:blank")
    page.goto(f"{server.address}/{path}")
    page.wait_for_function(READY)


def says_what_the_library_says(web: Page, answer: Answer) -> None:
    """Hold the answer to a question, with where each row is said, to that of the library, in whatever order."""
    expect(web.locator("#said")).to_have_text(DONE)
    said = web.locator("#said").inner_text()
    if not answer.rows:
        assert "No claim in this graph answers this" in said
        return
    assert said.startswith(f"{len(answer.rows):,} rows")
    with web.expect_download() as taken:
        web.get_by_role("button", name="JSON").click()
    rows = json.loads(Path(taken.value.path()).read_text("utf-8"))
    found = [[_plain(row[column]) for column in answer.columns] for row in rows]
    expected = [[None if term is None else getattr(term, "value", str(term)) for term in row] for row in answer.rows]
    assert sorted(map(str, found)) == sorted(map(str, expected))
    known = [[row[name] for name in UNSAID] for row in rows]
    records = [{**UNSAID, **record} for record in answer_records(answer_view(answer), Texts())]
    assert sorted(map(str, known)) == sorted(str([record[name] for name in UNSAID]) for record in records)
    cited = [
        sorted(
            {
                f"{one['source']} ¶{one['paragraph']} s{one['sentence']}"
                if one["paragraph"]
                else f"{one['source']} (cited)"
                for one in row["said at"]
            }
        )
        for row in rows
    ]
    assert sorted(cited) == sorted(sorted({str(one) for one in answer.cited(row)}) for row in answer.rows)


def _plain(cell: object) -> object:
    return cell["iri"] if isinstance(cell, dict) else cell


def test_a_yes_or_no_is_a_box_to_check(web: Page, asked: Server) -> None:
    visit(web, asked, "ask.html#question=partners&reviewed=true")
    expect(web.locator("#said")).to_have_text(DONE)
    box = web.get_by_label("reviewed")
    expect(box).to_be_checked()
    for is_checked in (False, True):
        box.set_checked(is_checked)
        expect(web.locator("#outdated")).to_be_visible()
        web.get_by_role("button", name="Run").click()
        expect(web.locator("#outdated")).to_be_hidden()
        assert ("reviewed=true" in web.url) == is_checked


def test_what_is_not_understood_is_said_at_its_field(web: Page, asked: Server) -> None:
    visit(web, asked, "ask.html#question=events&in=Atlantis&from=tomorrow&status=cancelled")
    expect(web.locator("#said")).to_have_text("A parameter is not valid; see above.")
    expect(web.locator("#parameter-in-fault")).to_contain_text("Atlantis is not known here")
    expect(web.locator("#parameter-from-fault")).to_contain_text("write 2004")


def test_own_sparql_with_completion_and_errors(web: Page, asked: Server) -> None:
    visit(web, asked, f"ask.html#query={quote('SELECT ?s { ?s a tip:Country } ORDER BY ?s LIMIT 3')}")
    expect(web.locator(ROWS)).to_have_count(3)
    assert web.get_by_label("Question").input_value() == ""
    for text, said in (
        ("SELECT * {", "does not parse"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s a tip:Fundng ; tip:note 'tip:Nothing' }", "tip:Fundng is not a term of this ontology"),
        ("SELECT * { tip:edge-jointUndertaking tip:edgeWhere ?role . ?role skos:inScheme code:role }", "rows in"),
    ):
        write_in(web, text)
        web.get_by_role("button", name="Run").click()
        expect(web.locator("#said")).to_contain_text(said)
    if web.locator(".CodeMirror").count():
        write_in(web, "SELECT * { ?s a ")
        web.keyboard.type("tip:Fund")
        expect(web.locator(".CodeMirror-hints")).to_contain_text("tip:Funding")
        web.keyboard.press("Escape")


def write_in(page: Page, text: str) -> None:
    if page.locator(".CodeMirror").count():
        page.locator(".CodeMirror").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(text)
        page.wait_for_function("(text) => askPage.editor.value === text", arg=text)
    else:
        page.locator("#sparql").fill(text)


# Of the columns of a row, those that are the ends of a tie, and its name.
TIES = {
    "?route ?from ?to": "from → to",
    "?route ?between ?and": "between – and",
    "?giver ?receiver": "giver → receiver",
    "?partner ?other": "partner – other",
}


def test_an_answer_is_a_network_and_a_map_of_ties_between_two_of_its_columns(web: Page, asked: Server) -> None:
    visit(web, asked, "ask.html#question=routes&view=network")
    expect(web.locator("#view-network canvas")).to_be_visible()
    web.get_by_role("tab", name="Map").click()
    assert web.locator("#view-map circle").count() > 3
    assert web.locator("#view-map .tie").count() > 2
    assert "view=map" in web.url
    visit(web, asked, "ask.html#question=coverage&view=network")
    expect(web.locator("#view-network")).to_contain_text("no links to draw")
    for columns, relation in TIES.items():
        names = [f"{DATA}reference/places/{name}" for name in ("japan", "colombia", "americas")][: columns.count("?")]
        query = f"SELECT {columns} {{ VALUES ({columns}) {{ ({' '.join(f'<{name}>' for name in names)}) }} }}"
        visit(web, asked, f"ask.html#query={quote(query)}&view=network")
        expect(web.locator("#view-network canvas")).to_be_visible()
        ties = web.evaluate("askPage.answer.ties.map(({ from, relation, to }) => [from, relation, to])")
        assert ties == [[names[-2], relation, names[-1]]]


def test_the_csv_is_safe_and_whole(web: Page, asked: Server) -> None:
    query = 'SELECT ?x { VALUES ?x { "=1+1" "a,b" } }'
    visit(web, asked, f"ask.html#query={quote(query)}")
    expect(web.locator(ROWS)).to_have_count(2)
    with web.expect_download() as taken:
        web.get_by_role("button", name="CSV").click()
    rows = list(csv.reader(io.StringIO(Path(taken.value.path()).read_text("utf-8"))))
    head = "x", "said at", "note", "review", "corrected", "contradicted"
    assert rows == [[*head], ["'=1+1", *[""] * 5], ["a,b", *[""] * 5]]


def test_without_npm_there_is_a_plain_box_over_a_server_and_no_engine_on_a_disk(
    browser: Browser, small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "nothing")
    site = render(small, tmp_path / "site").parent
    assert not list(site.glob("assets/engine.js")) + list(site.glob("assets/graph.js"))
    write(small, tmp_path / "store")
    with serving(tmp_path / "store", "--site", str(site), pages=True) as server:
        for page in visiting(browser, server, "desk"):
            visit(page, server, f"ask.html#query={quote('ASK {}')}")
            expect(page.locator(ROWS)).to_have_text("true")
            assert page.locator(".CodeMirror").count() == 0
            page.locator("#sparql").fill("SELECT ?s { ?s ?p ?o } LIMIT 2")
            page.get_by_role("button", name="Run").click()
            expect(page.locator(ROWS)).to_have_count(2)
    for page in watched(browser, "desk"):
        page.context.set_offline(True)
        for where in (address(site, "ask.html"), f"{(site / single_file.NAME).as_uri()}#/ask.html"):
            page.goto(where)
            page.wait_for_function(READY)
            expect(page.locator("#absent")).to_contain_text("it was made without an engine")
            page.locator("#absent").get_by_role("link", name="Questions").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Questions")


def test_odd_paths_are_no_pages_and_the_site_in_one_file_is_saved_and_not_shown(asked: Server, site: Path) -> None:
    for path in ("/%00", "/a%00.html", "/%ff", "/..%2f..%2fetc/passwd", "/%2e%2e/pyproject.toml", "/assets/", "/thing"):
        reply = asked.get(path)
        assert reply.status in (404, 405, 307), path
        assert b"root:" not in reply.body
    assert asked.call("POST", "/index.html").status == 405
    reply = asked.get(f"/{single_file.NAME}")  # its own policy allows its scripts; that of the server would not
    assert (reply.status, reply.headers.get("content-disposition")) == (200, "attachment")
    assert reply.body == (site / single_file.NAME).read_bytes()
    assert "content-disposition" not in asked.get("/index.html").headers
