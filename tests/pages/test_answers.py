"""The answer on the page on which one asks: its rows in a table, and its files."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import HOSTILE
from tests.pages.opened import read_graphml
from tests.pages.test_access import FAULTS, axe, opened
from tests.pages.test_asking import ROWS, visit, visiting
from tests.server.serving import Server, serving
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.model import DATA

__all__ = ["axe", "opened"]  # fixtures
WHOLE = "() => globalThis.askPage?.answer && !askPage.running"
TENS = " ".join(map(str, range(10)))
# A hundred thousand rows of which each holds its own number, in order.
MANY = (
    "SELECT ?n { "
    + " ".join(f"VALUES ?{name} {{ {TENS} }}" for name in "abcde")
    + " BIND(?a * 10000 + ?b * 1000 + ?c * 100 + ?d * 10 + ?e AS ?n) } ORDER BY ?n"
)
SOME = MANY.replace("ORDER", "FILTER(?n < 3000) } ORDER").replace("?n) } FILTER", "?n) FILTER")
# A test engine: a command makes it answer or fail.
WAITING = """() => {
  askPage.engine.ask = (_, signal) => new Promise((_, reject) => {
    globalThis.fail = () => reject(new Error("the engine is gone"));
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}"""


@pytest.fixture(scope="module")
def asked(small: Graph, small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store = tmp_path_factory.mktemp("answers") / "store"
    write(small, store)
    with serving(store, "--site", str(small_site), "--deadline", "20", pages=True) as server:
        yield server


@pytest.fixture
def web(browser: Browser, asked: Server) -> Iterator[Page]:
    yield from visiting(browser, asked, "desk")


def ask(page: Page, server: Server, query: str, tree: str = "") -> None:
    visit(page, server, f"{tree}ask.html#query={quote(query)}")
    page.wait_for_function(WHOLE)


def taken(page: Page, form: str) -> tuple[str, Path]:
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path())


def column(page: Page, at: int) -> list[str]:
    return [row.locator("td").nth(at).inner_text() for row in page.locator(ROWS).all()]


def test_an_answer_is_sorted_filtered_and_printed_and_its_files_have_all_rows_in_order(
    web: Page, asked: Server
) -> None:
    ask(web, asked, SOME)
    assert web.locator("#said").inner_text().startswith("3,000 rows in")
    name, path = taken(web, "JSON")
    assert name == "answer.json"
    unsaid = {"said at": [], "implied": False, "unreviewed": False, "caveats": [], "review": [], "notes": []}
    unsaid |= {"corrections": [], "contradicted": []}
    assert path.read_text("utf-8") == json.dumps([{"n": str(n), **unsaid} for n in range(3000)], indent=1)
    shown, filter_ = web.locator(f"{ROWS}:visible"), web.get_by_label("Show only lines with these words")
    assert shown.count() == 200
    web.emulate_media(media="print")
    assert shown.count() == 3000
    web.emulate_media(media="null")
    assert len(re.findall(rb"/Type\s*/Page\b", web.pdf())) > 60
    for _ in range(2):
        web.get_by_role("button", name="n", exact=True).click()
    assert web.locator(ROWS).first.inner_text().strip() == "2999"
    filter_.fill("777")
    expect(web.locator("#held")).to_have_text("3 of 3,000 rows")
    assert shown.all_inner_texts() == ["2777", "1777", "777"]
    assert len(list(csv.reader(taken(web, "CSV")[1].read_text("utf-8").splitlines()))) == 3001  # files are whole
    filter_.fill("")
    expect(web.locator("#held")).to_have_text("")
    assert shown.first.inner_text().strip() == "2999"
    ask(web, asked, 'SELECT ?__proto__ ?constructor ?claims { BIND("p" AS ?__proto__) BIND(5 AS ?claims) }')
    assert web.locator(f"{ROWS} td").all_inner_texts() == ["p", "5"]
    assert json.loads(taken(web, "JSON")[1].read_text("utf-8"))[0]["__proto__"] == "p"


def test_what_is_stopped_or_fails_leaves_no_old_answer(web: Page, asked: Server) -> None:
    for act, said, shown in (
        ("document.getElementById('stop').click()", "Stopped.", ""),
        ("fail()", "the engine is gone", "warn"),
    ):
        ask(web, asked, SOME)
        web.evaluate(WAITING)
        web.evaluate("() => { askPage.run(); }")
        expect(web.locator("#answer")).to_have_attribute("aria-busy", "true")
        web.wait_for_function("() => globalThis.fail")
        web.evaluate(act)
        expect(web.locator("#said")).to_have_text(said)
        expect(web.locator("#said")).to_have_class(shown)
        expect(web.locator("#stop")).to_be_hidden()
        expect(web.locator("#answer")).to_be_hidden()


def test_of_many_rows_the_first_are_in_the_page_and_a_button_shows_more(web: Page, asked: Server) -> None:
    ask(web, asked, MANY)
    assert web.locator("#said").inner_text().startswith("100,000 rows")
    expect(web.locator("#view-table")).to_contain_text(
        "The table has the first 5,000 of 100,000 rows; its files have all."
    )
    assert web.locator(f"{ROWS}:visible").all_inner_texts() == [str(n) for n in range(200)]
    web.get_by_role("button", name="Show all 5,000").click()
    assert web.locator(f"{ROWS}:visible").all_inner_texts() == [str(n) for n in range(5000)]
    assert len(list(csv.reader(taken(web, "CSV")[1].read_text("utf-8").splitlines()))) == 100_001
    ask(web, asked, "ASK {}")
    expect(web.get_by_role("button", name=re.compile("^Show all"))).to_be_hidden()


def test_heads_sort_all_rows_by_what_they_are(web: Page, asked: Server) -> None:
    rows = '(10 "b") (9 "a") (-2.5 "Á") (1e3 "c10") (UNDEF "c9") (0 UNDEF) ("text" "B")'
    query = f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {rows} }} }}"
    ask(web, asked, query)
    web.get_by_role("button", name="x", exact=True).click()
    assert [text.replace("1e3", "1000") for text in column(web, 0)] == ["-2.5", "0", "9", "10", "1000", "text", ""]
    expect(web.get_by_role("columnheader", name="x")).to_have_attribute("aria-sort", "ascending")
    web.get_by_role("button", name="x", exact=True).click()
    assert column(web, 0)[0] == "text"
    assert column(web, 0)[-2:] == ["-2.5", ""]
    expect(web.get_by_role("columnheader", name="x")).to_have_attribute("aria-sort", "descending")
    web.get_by_role("button", name="y", exact=True).click()
    assert column(web, 1)[-1] == ""
    assert [text.lower().replace("á", "a") for text in column(web, 1)[:-1]] == ["a", "a", "b", "b", "c9", "c10"]
    expect(web.get_by_role("columnheader", name="x")).not_to_have_attribute("aria-sort", "descending")


def test_words_are_looked_for_in_names_and_in_where_it_is_said(web: Page, asked: Server) -> None:
    visit(web, asked, "ask.html#question=funding")
    web.wait_for_function(WHOLE)
    texts = web.locator(ROWS).all_inner_texts()
    for words in ("LANTERN", "harbour-2020 s2", "nothing-like-this"):
        web.get_by_label("Show only lines with these words").fill(words)
        held = [text for text in texts if all(word in text.lower() for word in re.split(r"[\W_]+", words.lower()))]
        assert web.locator(f"{ROWS}:visible").all_inner_texts() == held, words
    expect(web.locator("#held")).to_have_text(f"0 of {len(texts)} rows")


def test_the_graphml_of_an_answer_is_read_by_networkx(browser: Browser, hostile_server: Server) -> None:
    for page in visiting(browser, hostile_server, "desk"):
        visit(page, hostile_server, "ask.html#question=funding")
        page.wait_for_function(WHOLE)
        name, path = taken(page, "GraphML")
        assert name == "funding.graphml"
        network = read_graphml(path)
        rows = json.loads(taken(page, "JSON")[1].read_text("utf-8"))
        lantern = network.nodes[f"{DATA}harbour-2020/actors/lantern-fund"]
        assert (lantern["label"], lantern["type"]) == (HOSTILE, "Actor")
        assert {data["iri"] for _, data in network.nodes(data=True)} == set(network)
        cells: dict[str, set[str]] = {}
        for row in rows:
            iris = {cell["iri"] for cell in row.values() if isinstance(cell, dict)}
            cells.setdefault(row["claim"]["iri"], set()).update(iris)
        said = {row["claim"]["iri"]: row["said at"] for row in rows}
        edges = list(network.edges(data=True))
        assert edges
        for start, end, data in edges:
            assert "→" in data["label"]
            for claim in data["claim"].split():
                assert {start, end} <= cells[claim]
                assert all(f"{one['source']} " in data["said_at"] for one in said[claim])
        manifest = json.loads(network.graph["manifest"])
        assert manifest["asked"] == {"question": "funding"}
        assert manifest["counts"] == {"rows": len(rows), "nodes": len(network), "edges": len(edges)}


def test_where_no_row_names_two_things_there_is_no_graphml(web: Page, asked: Server) -> None:
    ask(web, asked, "SELECT ?a ?b { ?a a tip:Actor BIND(?a AS ?b) }")
    button = web.get_by_role("button", name="GraphML")
    expect(button).to_be_disabled()
    expect(web.locator("#graphml-why")).to_contain_text("no row names two")
    ask(web, asked, "SELECT ?a ?b { ?a a tip:Actor . ?b a tip:Actor }")
    expect(button).to_be_enabled()
    expect(web.locator("#graphml-why")).to_be_hidden()


def test_a_long_answer_has_no_serious_fault(opened: Page, asked: Server, axe: str) -> None:
    for scheme, tree in (("light", ""), ("dark", "es/")):
        opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        ask(opened, asked, SOME, tree)
        opened.evaluate(axe)
        assert opened.evaluate(FAULTS, "too") == []
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
