"""The engine inside the page: from a disk, without a network, in the site and in the site that is one file."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect
from pyoxigraph import QuerySolution

from tests.browsers import WIDTHS, watched
from tests.pages.conftest import HOSTILE, address
from tests.pages.test_asking import READY, ROWS, says_what_the_library_says, visiting, write_in
from tests.pages.test_asking import visit as visit_server
from tests.server.serving import Server
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.outputs.site import assets

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HEAVY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
NESTED = f"ASK {'{' * 3000}{'}' * 3000}"
SENTENCE = re.compile(r"/source/oas-cim-2005\.html[#?]p13/")

# The page says more than nothing, and more than that it asks.
ANSWERED = "() => !/^$|…$/.test(document.getElementById('said').textContent)"

needs_engine = pytest.mark.skipif(not assets.is_gathered(), reason="no engine: `make web` gathers it by npm")
pytestmark = needs_engine


@pytest.fixture(scope="module")
def alone(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in one file, in a folder that holds nothing else."""
    return Path(shutil.copy(site / "tipgraph.html", tmp_path_factory.mktemp("stick")))


@pytest.fixture
def web(browser: Browser) -> Iterator[Page]:
    yield from unplugged(browser, "desk")


def unplugged(browser: Browser, device: str) -> Iterator[Page]:
    """A page of a browser that is in no network; afterwards nothing may have been asked of anybody."""
    for page in watched(browser, device):
        page.context.set_offline(True)
        yield page


def visit(page: Page, book: Path, path: str, *, anew: bool = False) -> None:
    """Open the file at a page; where it is open, go on to another question, so that its engine starts once."""
    if anew:
        page.goto("about:blank")
    is_open = page.url.startswith(book.as_uri())
    if is_open:
        page.evaluate("document.getElementById('said').textContent = ''")
    page.goto(in_book(book, path))
    page.wait_for_function(ANSWERED if is_open else READY)


def in_book(book: Path, path: str) -> str:
    """Return where a page of a site lies in the file of it."""
    return f"{book.as_uri()}#/{path.replace('#', '?', 1)}"


def ask(page: Page, text: str) -> None:
    """Write a query by hand, and run it."""
    page.get_by_label("Question").select_option("")
    write_in(page, text)
    page.get_by_role("button", name="Run").click()


def test_who_paid_in_the_caribbean_and_which_sentence_says_so(web: Page, alone: Path) -> None:
    """By a ready question, then by a query written by hand; from a folder that holds the file alone."""
    assert [path.name for path in alone.parent.iterdir()] == ["tipgraph.html"]
    web.goto(alone.as_uri())
    web.get_by_role("navigation").get_by_role("link", name="Ask").click()
    web.wait_for_function(READY)
    web.get_by_label("Question").select_option("funding")
    web.locator("#parameter-in").fill("caribbean")
    web.get_by_role("button", name="Run").click()
    expect(web.locator("#said")).to_contain_text(" rows in ")
    row = web.locator(ROWS).filter(has_text="Population, Refugee and Migration").filter(has_text="CIM/IOM")
    row.get_by_role("link", name="oas-cim-2005 ¶13 s2").click()
    web.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").first.click()
    web.wait_for_url(SENTENCE)
    expect(web.locator(".target")).to_be_in_viewport()
    web.go_back()
    web.wait_for_function(READY)
    ask(
        web,
        "SELECT ?giver ?channel ?claim { ?claim a tip:Funding ; tip:giver ?giver ; tip:channel ?channel ; "
        "tip:purpose/^tip:undertaking/tip:place/tip:within ?place . ?place skos:prefLabel 'Caribbean'@en }",
    )
    expect(web.locator("#said")).to_contain_text(" rows in ")
    expect(web.locator(ROWS).first.get_by_role("link", name="oas-cim-2005 ¶13 s2")).to_be_visible()


def test_the_page_of_the_site_answers_from_a_disk_too(web: Page, site: Path, graph: Graph) -> None:
    expected = Query.find("routes").run(graph)
    for path in ("ask.html#question=routes", "es/ask.html#question=routes"):
        web.goto(address(site, path))
        web.wait_for_function(READY)
        expect(web.locator("#said")).to_contain_text(re.compile(" (?:rows in|filas en) "))
        assert web.locator("#said").inner_text().startswith(f"{len(expected.rows)} ")


FILLED: tuple[tuple[str, dict[str, str]], ...] = (
    ("events", {"in": "BO", "from": "2004", "to": "2005"}),
    ("events", {"from": "2004-11", "to": "2004-22"}),
    ("funding", {"in": "caribbean"}),
    ("partners", {"of": "reference/actors/iom"}),
    ("things", {"class": "event", "like": "paz"}),
    ("funding-chains", {"funder": "usaid"}),
)


class Site(NamedTuple):
    """A page that asks, and how to open it at a question: over a server, or in the file with its engine."""

    page: Page
    open: Callable[[str], None]


@pytest.fixture(params=["server", "file"])
def either(request: pytest.FixtureRequest, browser: Browser, asked: Server, alone: Path) -> Iterator[Site]:
    if request.param == "server":
        yield from (Site(page, partial(visit_server, page, asked)) for page in visiting(browser, asked, "desk"))
    else:
        yield from (Site(page, partial(visit, page, alone)) for page in unplugged(browser, "desk"))


def test_every_question_and_its_parameters_mean_what_they_mean_on_the_command_line(either: Site, graph: Graph) -> None:
    web = either.page
    either.open("ask.html")
    for question in Query.all():
        web.get_by_label("Question").select_option(question.name)
        web.get_by_role("button", name="Run").click()
        says_what_the_library_says(web, question.run(graph))
    for name, values in FILLED:
        either.open(f"ask.html#{urlencode({'question': name, **values})}")
        expect(web.locator("#said")).to_contain_text(" rows in ")
        expected = Query.find(name).run(graph, values)
        assert web.locator("#said").inner_text().startswith(f"{len(expected.rows)} rows"), (name, values)


def test_a_runaway_query_is_stopped_or_ended_and_the_next_one_answered(either: Site) -> None:
    web, said = either.page, either.page.locator("#said")
    either.open(f"ask.html#query={quote(RUNAWAY)}")
    expect(said).to_have_text("Asking …")
    if seconds := web.get_by_label("seconds at most").is_visible():
        web.get_by_label("seconds at most").fill("1")  # the page is not frozen
    web.get_by_role("button", name="Stop").click()
    expect(said).to_have_text("Stopped.")
    web.get_by_role("button", name="Run").click()
    expect(said).to_contain_text(f"took longer than {1 if seconds else 8} seconds")
    if seconds:
        web.get_by_label("seconds at most").fill("60")
    ask(web, "SELECT (COUNT(?claim) AS ?n) { ?claim a tip:Funding }")
    expect(said).to_contain_text("1 rows in")


@pytest.mark.parametrize("over", ["server", "file"])
def test_labels_that_mean_harm_stay_text_and_it_is_there_in_spanish_on_a_phone(
    browser: Browser, hostile_server: Server, hostile: Path, asked: Server, alone: Path, over: str
) -> None:
    is_file = over == "file"
    for web in unplugged(browser, "desk") if is_file else visiting(browser, hostile_server, "desk"):
        go = partial(visit, web, hostile / "tipgraph.html") if is_file else partial(visit_server, web, hostile_server)
        for view in ("table", "network", "map"):
            go(f"ask.html#question=funding&view={view}")
            expect(web.locator("#said")).to_contain_text("rows")
            assert web.evaluate("document.querySelectorAll('main img').length") == 0
        go("ask.html#question=funding")
        expect(web.locator("#view-table")).to_contain_text("<img src=x onerror=alert(1)>")
        web.goto("about:blank")
        go(f"ask.html#query={quote('<img src=x onerror=alert(1)>')}&in={quote(HOSTILE)}")
        expect(web.locator("#said")).to_contain_text("does not parse")
        assert web.evaluate("document.querySelectorAll('main img').length") == 0
    for page in unplugged(browser, "phone") if is_file else visiting(browser, asked, "phone"):
        go = partial(visit, page, alone) if is_file else partial(visit_server, page, asked)
        go("es/ask.html#question=routes&destination=JP")
        expect(page.locator("#said")).to_contain_text("filas")
        expect(page.get_by_role("button", name="Ejecutar")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"][0]
        go(f"es/ask.html#query={quote('SELECT * { SERVICE <a:b> { ?s ?p ?o } }')}")
        expect(page.locator("#said")).to_contain_text("SERVICE pregunta a otro servidor" if is_file else "SERVICE")


def test_a_query_that_brings_the_engine_down_loses_nothing(whole_browser: Browser, alone: Path) -> None:
    for web in unplugged(whole_browser, "desk"):
        visit(web, alone, "ask.html")
        web.evaluate("(text) => { askPage.editor.value = text; askPage.run(); }", NESTED)
        expect(web.locator("#said")).to_contain_text("failed on this query and was started again")
        ask(web, "ASK { ?claim a tip:Funding }")
        expect(web.locator(ROWS)).to_have_text("true")


@pytest.mark.long
def test_a_query_may_not_take_all_memory(whole_browser: Browser, alone: Path) -> None:
    for web in unplugged(whole_browser, "desk"):
        visit(web, alone, "ask.html")
        web.get_by_label("seconds at most").fill("600")
        ask(web, HEAVY)
        expect(web.locator("#said")).to_contain_text("failed on this query", timeout=600_000)
        ask(web, "ASK { ?claim a tip:Funding }")
        expect(web.locator(ROWS)).to_have_text("true")


REFUSED = (
    ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE asks another server"),
    ("SELECT * { # no comment\n service ?where { ?s ?p ?o } }", "SERVICE asks another server"),
    ('SELECT * { VALUES ?x { """abc" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } }', "SERVICE asks another server"),
    ('SELECT * { VALUES ?x { """ " } SERVICE <a:b> { ?s ?p ?o } #\\q"""\n}', "SERVICE asks another server"),
    ("SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "does not parse"),
    ("INSERT DATA { <a:b> <a:c> <a:d> }", "does not parse"),
    ("PREFIX a: <a:> DROP ALL", "does not parse"),
    ("SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }", "FROM <http://127.0.0.1/> is not a graph here"),
    ("SELECT * FROM NAMED <urn:x> { GRAPH ?g { ?s ?p ?o } }", "FROM <urn:x> is not a graph here"),
    ("SELECT * { ?s a tip:Funding\n} LIMIT x", "does not parse, at line:column 2:9"),
)
RUN = """async (text) => {
  document.getElementById("said").textContent = "";
  askPage.editor.value = text;
  await askPage.run();
}"""
# What only looks as if it wrote or left the page, and other forms: what is said, and what stands where.
RUN_THOUGH = (
    ('SELECT ?s { ?s a tip:Country . FILTER("SERVICE; INSERT" != "#") } LIMIT 2', "2 rows in", "", ""),
    ("# SERVICE and DROP in a comment\nSELECT ?s { ?s a tip:Country } LIMIT 2", "2 rows in", "", ""),
    ("SELECT ?service { ?service a tip:Country } LIMIT 2", "2 rows in", "", ""),
    ("PREFIX t: <https://w3id.org/tipgraph/ns#> SELECT ?s { ?s a t:Country } LIMIT 2", "2 rows in", "", ""),
    # its own prefix wins
    ("prefix code: <https://w3id.org/tipgraph/ns#> SELECT ?s { ?s a code:Country } LIMIT 2", "2 rows in", "", ""),
    ("SELECT ?s { ?s a <https://w3id.org/tipgraph/ns#Country> } LIMIT 2", "2 rows in", "", ""),
    ("SELECT ?s FROM <https://w3id.org/tipgraph/id/reference> { ?s a tip:Country } LIMIT 2", "2 rows in", "", ""),
    ("SELECT ?s { GRAPH <https://w3id.org/tipgraph/id/reference> { ?s a tip:Country } } LIMIT 2", "2 rows in", "", ""),
    ("CONSTRUCT { ?s a tip:Country } { ?s a tip:Country }", " rows in ", "#view-table thead", "predicate"),
    ("DESCRIBE <https://w3id.org/tipgraph/id/reference/places/japan>", " rows in ", "#view-table thead", "predicate"),
    ('CONSTRUCT { <a:a> <a:b> ?x } { VALUES ?x { "a\u2028b" "c" } }', "2 rows in", "", ""),
    ('SELECT (<<( <a:a> <a:b> "c"@en )>> AS ?t) {}', "1 rows in", ROWS, '<<( <a:a> <a:b> "c"@en )>>'),
    ("SELECT (BNODE() AS ?b) {}", "1 rows in", ROWS, "_:"),
)


def test_what_would_write_or_leave_the_page_is_refused_and_what_only_looks_like_it_is_run(
    web: Page, alone: Path, graph: Graph
) -> None:
    visit(web, alone, f"ask.html#query={quote(REFUSED[0][0])}")
    expect(web.locator("#said")).to_contain_text(REFUSED[0][1])
    rows = [(text, said, "", "") for text, said in REFUSED[1:]]
    of_one = "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/tipgraph/id/oas-cim-2005> { ?s ?p ?o }"
    (row,) = cast(Iterable[QuerySolution], graph.query(of_one))
    for text, said, where, words in (*rows, *RUN_THOUGH, (of_one, "1 rows in", ROWS, row["n"].value)):
        web.evaluate(RUN, text)
        expect(web.locator("#said")).to_contain_text(said)
        if where:
            expect(web.locator(where)).to_contain_text(words)


def test_the_address_holds_the_question(web: Page, browser: Browser, alone: Path) -> None:
    visit(web, alone, "ask.html")
    spanish = "?s a tip:Country ; skos:prefLabel ?name . FILTER(LANG(?name) = 'es')"
    ask(web, f"SELECT ?s ?name {{ {spanish} }} ORDER BY ?name LIMIT 3")
    expect(web.locator("#said")).to_contain_text("3 rows in")
    web.get_by_role("tab", name="Map").click()
    shared = web.url
    for other in unplugged(browser, "phone"):
        other.goto(shared)
        other.wait_for_function(READY)
        expect(other.locator("#said")).to_contain_text("3 rows in")
        expect(other.get_by_role("tab", name="Map")).to_have_attribute("aria-selected", "true")
        assert other.evaluate("askPage.editor.value") == web.evaluate("askPage.editor.value")


def test_the_engine_goes_on_while_one_reads_other_pages_and_who_goes_on_leaves_no_query_behind(
    web: Page, alone: Path
) -> None:
    for query, said in (("question=routes", re.compile(" rows in ")), (f"query={quote(RUNAWAY)}", "Asking …")):
        visit(web, alone, f"ask.html#{query}", anew=True)
        expect(web.locator("#said")).to_have_text(said)
        web.evaluate("globalThis.seenEngine = tipgraphEngine")
        for name in ("Sources", "Ask"):
            web.get_by_role("navigation").get_by_role("link", name=name).click()
            expect(web.get_by_role("heading", level=1)).to_contain_text(name)
        web.wait_for_function(READY)
        assert web.evaluate("globalThis.seenEngine === tipgraphEngine") or "query" in query
        ask(web, "ASK { ?claim a tip:Funding }")
        expect(web.locator(ROWS)).to_have_text("true")


def test_a_browser_that_is_too_old_is_told_so(web: Page, alone: Path, site: Path) -> None:
    web.add_init_script("delete globalThis.WebAssembly")
    for where in (in_book(alone, "ask.html"), address(site, "ask.html")):
        web.goto("about:blank")
        web.goto(where)
        web.wait_for_function(READY)
        expect(web.locator("#absent")).to_contain_text("The engine of this page does not start in this browser.")
        expect(web.locator("#asking")).to_be_hidden()


def test_a_question_that_is_none_is_answered_by_nothing(web: Page, alone: Path) -> None:
    for name in ("old-name", "constructor", "__proto__"):
        visit(web, alone, f"ask.html#question={name}&in=JP")
        expect(web.locator("#said")).to_have_text(
            f"There is no question {name} here; choose one, or write your own SPARQL."
        )
        expect(web.locator("#answer")).to_be_hidden()
        assert f"question={name}" in web.url


def test_the_address_is_that_of_the_answer_and_not_of_what_was_filled_in_since(web: Page, alone: Path) -> None:
    visit(web, alone, "ask.html#question=funding&in=caribbean&view=network")
    expect(web.locator("#view-network canvas")).to_be_visible()
    opacities = "Object.values(askPage.answer.picture.network.body.edges).map(one => one.options.color.opacity)"
    assert set(web.evaluate(opacities)) == {0.5, 1}, "what is only implied is pale"
    expect(web.locator("#outdated")).to_be_hidden()
    web.locator("#parameter-in").fill("JP")
    expect(web.locator("#outdated")).to_be_visible()
    web.get_by_role("tab", name="Map").click()
    assert "in=caribbean" in web.url
    web.locator("#parameter-in").fill("caribbean")
    expect(web.locator("#outdated")).to_be_hidden()
    web.get_by_label("Question").select_option("events")
    expect(web.locator("#outdated")).to_be_visible()
    web.get_by_role("button", name="Copy the address of this answer").click()
    assert "question=funding" in web.url


def test_what_is_long_does_not_hold_the_page_up(web: Page, alone: Path) -> None:
    for text in ("SELECT * {} " + "-" * 90_000, "tip:" + "a" * 90_000, "'<<" + "‹" * 90_000 + "'"):
        visit(web, alone, "ask.html#query=ASK{}", anew=True)
        expect(web.locator(ROWS)).to_have_text("true")
        web.evaluate("(text) => { askPage.editor = { value: text }; askPage.run(); }", text)
        expect(web.locator("#said")).to_contain_text("does not parse")
    for text in ("ASK {} #" + "a" * 100_000, "# x y z\n" * 20_000 + "ASK {}"):
        visit(web, alone, f"ask.html#query={quote(text)}", anew=True)
        expect(web.locator(ROWS)).to_have_text("true")
