"""The answer on the page on which one asks: its rows as they come, a long one in a table, and its files."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import WIDTHS
from tests.pages.conftest import HOSTILE
from tests.pages.opened import read_graphml
from tests.pages.test_access import AXE, FAULTS
from tests.pages.test_asking import ROWS, visit, visiting
from tests.server.serving import Server, serving
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.model import DATA

WHOLE = "() => globalThis.askPage?.answer?.whole"
TENS = " ".join(map(str, range(10)))
# A hundred thousand rows of which each holds its own number, in order.
MANY = (
    "SELECT ?n { "
    + " ".join(f"VALUES ?{name} {{ {TENS} }}" for name in "abcde")
    + " BIND(?a * 10000 + ?b * 1000 + ?c * 100 + ?d * 10 + ?e AS ?n) } ORDER BY ?n"
)
SOME = MANY.replace("ORDER", "FILTER(?n < 3000) } ORDER").replace("?n) } FILTER", "?n) FILTER")
# What the page says, noted as it says it.
NOTED = """() => {
  globalThis.noted = [];
  new MutationObserver(() => noted.push([document.getElementById("said").textContent,
    askPage.answer?.rows.length ?? 0])).observe(document.getElementById("said"), { childList: true });
}"""
# An engine whose rows are told of in slices, each when its gate opens.
GATED = """(slices) => {
  globalThis.gates = [];
  const waits = Array.from({ length: slices }, (_, at) => new Promise((resolve) => { gates[at] = resolve; }));
  const datatype = "http://www.w3.org/2001/XMLSchema#integer";
  const row = (_, n) => ({ n: { type: "literal", value: String(n), datatype } });
  askPage.engine = { ask: async () => ({ columns: ["n"], rows: Array.from({ length: slices * 1000 }, row) }) };
  askPage.teller.about = async (slice, told, signal) => {
    const stopped = new Promise((_, reject) => { signal.addEventListener("abort", () => reject(signal.reason)); });
    if (await Promise.race([waits.shift(), stopped]) === "fail") throw new Error("the engine is gone");
  };
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


def own(query: str, tree: str = "") -> str:
    return f"{tree}ask.html#query={quote(query)}"


def ask(page: Page, server: Server, query: str, tree: str = "") -> None:
    visit(page, server, own(query, tree))
    page.wait_for_function(WHOLE)


def taken(page: Page, form: str) -> tuple[str, Path]:
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path())


def column(page: Page, at: int) -> list[str]:
    return [row.locator("td").nth(at).inner_text() for row in page.locator(ROWS).all()]


def test_rows_are_shown_as_they_come_and_in_their_order(web: Page, asked: Server) -> None:
    visit(web, asked, own("ASK {}"))
    web.wait_for_function(WHOLE)
    web.evaluate(NOTED)
    web.evaluate("(text) => { askPage.editor.value = text; }", SOME)
    web.get_by_role("button", name="Run").click()
    expect(web.locator("#said")).to_contain_text("3,000 rows in")
    counts = [count for text, count in web.evaluate("noted") if "so far" in text]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] < 3000
    assert all(f"{count:,} rows so far …" == text for text, count in web.evaluate("noted") if "so far" in text)
    name, path = taken(web, "JSON")
    assert name == "answer.json"
    assert [row["n"] for row in json.loads(path.read_text("utf-8"))] == [str(n) for n in range(3000)]
    unsaid = {"said at": [], "implied": False, "unreviewed": False, "caveats": [], "review": [], "notes": []}
    unsaid |= {"corrections": [], "contradicted": []}
    assert path.read_text("utf-8") == json.dumps([{"n": str(n), **unsaid} for n in range(3000)], indent=1)


@pytest.mark.parametrize(
    ("tree", "said", "part", "name"),
    [
        ("", "Stopped; the first 2,000 rows.", "part of the answer", "answer-first-2000-rows"),
        ("es/", "Detenido; las primeras 2000 filas.", "parte de la respuesta", "answer-primeras-2000-filas"),
    ],
)
def test_what_has_come_stays_when_it_is_stopped(
    web: Page, asked: Server, tree: str, said: str, part: str, name: str
) -> None:
    ask(web, asked, "ASK {}", tree)
    web.evaluate(GATED, 3)
    web.evaluate("() => { askPage.run(); gates[0](); gates[1](); }")
    web.wait_for_function("() => askPage.answer?.rows.length === 2000")
    expect(web.locator("#answer")).to_have_attribute("aria-busy", "true")
    web.locator("#stop").click()
    expect(web.locator("#said")).to_have_text(said)
    expect(web.locator("#part")).to_contain_text(part)
    expect(web.locator("#stop")).to_be_hidden()
    assert web.locator(ROWS).first.inner_text().strip() == "0"
    for form in ("CSV", "JSON"):
        found, path = taken(web, form)
        assert found == f"{name}.{form.lower()}"
        text = path.read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(text))) if form == "CSV" else json.loads(text)
        assert [row["n"] for row in rows] == [str(n) for n in range(2000)]


def test_a_failure_in_the_middle_is_said_and_a_new_answer_is_whole_again(web: Page, asked: Server) -> None:
    ask(web, asked, "ASK {}")
    web.evaluate(GATED, 2)
    web.evaluate("() => { askPage.run(); gates[0](); gates[1]('fail'); }")
    expect(web.locator("#said")).to_have_text("Interrupted after the first 1,000 rows: the engine is gone")
    expect(web.locator("#said")).to_have_class("warn")
    expect(web.locator("#part")).to_be_visible()
    assert taken(web, "CSV")[0] == "answer-first-1000-rows.csv"
    web.evaluate(GATED, 1)
    web.evaluate("() => { askPage.run(); gates[0](); }")
    web.wait_for_function(WHOLE)
    expect(web.locator("#part")).to_be_hidden()
    assert taken(web, "CSV")[0] == "answer.csv"
    web.evaluate(GATED, 1)
    web.evaluate("() => { askPage.run(); gates[0]('fail'); }")
    expect(web.locator("#said")).to_have_text("the engine is gone")
    expect(web.locator("#answer")).to_be_hidden()


def test_stopping_before_any_row_leaves_no_old_answer(web: Page, asked: Server) -> None:
    ask(web, asked, SOME)
    web.evaluate(GATED, 1)
    web.evaluate("() => { askPage.run(); }")
    web.locator("#stop").click()
    expect(web.locator("#said")).to_have_text("Stopped.")
    expect(web.locator("#answer")).to_be_hidden()


def test_nothing_is_asked_twice_of_an_answer(web: Page, asked: Server) -> None:
    visit(web, asked, own("ASK {}"))
    web.wait_for_function(WHOLE)
    web.evaluate("""() => {
      const { engine } = askPage;
      globalThis.texts = [];
      askPage.teller.engine = { ask(text, signal) { texts.push(text); return engine.ask(text, signal); } };
    }""")
    twice = "SELECT ?claim ?thing ?n { ?claim tip:evidence ?e ; tip:source ?thing VALUES ?n { %s } }"
    query = twice % " ".join(map(str, range(400)))
    web.evaluate("(text) => { askPage.editor.value = text; }", query)
    web.evaluate("() => askPage.run()")
    assert web.evaluate("askPage.answer.rows.length") > 5000
    for slot in ("claim", "node"):
        for mark in ("tip:evidence ?evidence", "tip:modality", "?label", "?class"):
            asked_of = [
                iri
                for text in web.evaluate("texts")
                if f"VALUES ?{slot}" in text and mark in text
                for iri in set(re.findall(r"<([^>]*)>", text))
            ]
            assert len(asked_of) == len(set(asked_of))
    assert web.evaluate("askPage.answer.told.cited.size") > 5


def test_of_many_rows_the_first_are_in_the_page_and_a_button_shows_more(web: Page, asked: Server) -> None:
    ask(web, asked, MANY)
    assert web.locator("#said").inner_text().startswith("100,000 rows")
    assert web.locator(ROWS).all_inner_texts() == [str(n) for n in range(200)]
    web.get_by_role("button", name="More: 99,800").click()
    assert web.locator(ROWS).all_inner_texts() == [str(n) for n in range(400)]
    ask(web, asked, "ASK {}")
    expect(web.get_by_role("button", name=re.compile("^More"))).to_be_hidden()


def test_a_print_holds_all_rows_or_says_how_many_it_leaves_out(web: Page, asked: Server) -> None:
    for query, printed in ((SOME, 3000), (MANY, 5000)):
        ask(web, asked, query)
        web.emulate_media(media="print")
        web.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert web.locator(ROWS).count() == printed
        assert web.locator(ROWS).last.inner_text().strip() == str(printed - 1)
        left_out = web.locator(".unprinted")
        expect(left_out).to_have_text(
            "Not printed: 95,000 more rows; download them as a file." if printed == 5000 else ""
        )
        web.evaluate("dispatchEvent(new Event('afterprint'))")
        web.emulate_media(media="screen")
        expect(left_out).to_be_hidden()
        assert web.locator(ROWS).count() == 200
    web.emulate_media(media="null")
    assert len(re.findall(rb"/Type\s*/Page\b", web.pdf())) > 100


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


def test_many_rows_are_sorted_and_filtered_as_one(web: Page, asked: Server) -> None:
    ask(web, asked, MANY)
    web.get_by_role("button", name="n", exact=True).click()
    web.get_by_role("button", name="n", exact=True).click()
    assert web.locator(ROWS).first.inner_text().strip() == "99999"
    web.get_by_label("Show only lines with these words").fill("7777")
    expect(web.locator("#held")).to_have_text("19 of 100,000 rows")
    expected = [n for n in range(99_999, -1, -1) if "7777" in str(n)]
    assert web.locator(ROWS).all_inner_texts() == [str(n) for n in expected]
    assert len(list(csv.reader(taken(web, "CSV")[1].read_text("utf-8").splitlines()))) == 100_001  # files are whole
    web.get_by_label("Show only lines with these words").fill("")
    expect(web.locator("#held")).to_have_text("")
    assert web.locator(ROWS).first.inner_text().strip() == "99999"


def test_words_are_looked_for_in_names_and_in_where_it_is_said(web: Page, asked: Server) -> None:
    visit(web, asked, "ask.html#question=funding")
    web.wait_for_function(WHOLE)
    texts = web.locator(ROWS).all_inner_texts()
    for words in ("LANTERN", "harbour-2020 s2", "nothing-like-this"):
        web.get_by_label("Show only lines with these words").fill(words)
        held = [text for text in texts if all(word in text.lower() for word in re.split(r"[\W_]+", words.lower()))]
        assert web.locator(ROWS).all_inner_texts() == held, words
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
        assert lantern["label"] == HOSTILE
        assert lantern["type"] == "Actor"
        assert {data["iri"] for _, data in network.nodes(data=True)} == set(network)
        edges = list(network.edges(data=True))
        assert edges
        claims = {row["claim"]["iri"]: row["said at"] for row in rows}
        for start, end, data in edges:
            assert "→" in data["label"]
            for claim in data["claim"].split():
                ends = {
                    cell["iri"]
                    for row in rows
                    if row["claim"]["iri"] == claim
                    for cell in row.values()
                    if isinstance(cell, dict)
                }
                assert {start, end} <= ends
                assert all(f"{one['source']} " in data["said_at"] for one in claims[claim])
        manifest = json.loads(network.graph["manifest"])
        assert manifest["asked"] == {"question": "funding"}
        assert manifest["whole"] is True
        assert manifest["counts"] == {"rows": len(rows), "nodes": len(network), "edges": len(edges)}


def test_where_no_row_names_two_things_there_is_no_graphml(web: Page, asked: Server) -> None:
    ask(web, asked, "SELECT ?a ?b { ?a a tip:Actor BIND(?a AS ?b) }")
    button = web.get_by_role("button", name="GraphML")
    expect(button).to_be_disabled()
    expect(web.locator("#graphml-why")).to_contain_text("no row names two")
    ask(web, asked, "SELECT ?a ?b { ?a a tip:Actor . ?b a tip:Actor }")
    expect(button).to_be_enabled()
    expect(web.locator("#graphml-why")).to_be_hidden()


def test_a_variable_may_be_called_as_one_likes(web: Page, asked: Server) -> None:
    ask(web, asked, 'SELECT ?__proto__ ?constructor ?claims { BIND("p" AS ?__proto__) BIND(5 AS ?claims) }')
    assert web.locator(f"{ROWS} td").all_inner_texts() == ["p", "5"]
    assert json.loads(taken(web, "JSON")[1].read_text("utf-8"))[0]["__proto__"] == "p"


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_a_long_answer_has_no_serious_fault(browser: Browser, asked: Server, device: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is missing: `make web` takes it from npm")
    width, height = WIDTHS[device]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    page = context.new_page()
    for scheme, tree in (("light", ""), ("dark", "es/")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        ask(page, asked, SOME, tree)
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(FAULTS, "too") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
