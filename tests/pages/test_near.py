"""On the page on which one asks: what stands one step away from what nothing answers, and terms that are none."""

from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import watched
from tests.pages.conftest import address
from tests.pages.test_asking import READY, visit, visiting
from tests.server.serving import Server
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.outputs.site import assets

EMPTY = [
    ("funding", {"for": "depaul"}),
    ("funding", {"giver": "usaid", "kind": "pledged"}),
    ("partners", {"of": "eu", "in": "JP"}),
    ("events", {"from": "2050"}),
]


def offers(page: Page, question: str, values: dict[str, str], graph: Graph) -> None:
    """Hold what the page offers to what the library says, and take the first offer."""
    page.wait_for_function(READY)
    answer = Query.find(question).run(graph, values)
    texts = [str(one).partition("(")[0] + f"(rows: {one.rows})" for one in answer.nearby]
    assert texts
    buttons = page.locator("#near button")
    expect(buttons).to_have_text(texts, timeout=30_000)
    buttons.first.click()
    expect(page.locator("#said")).to_contain_text(" rows in ")
    expect(page.locator("#view-table tbody tr")).to_have_count(answer.nearby[0].rows)
    expect(page.locator("#near")).to_be_empty()


@pytest.mark.skipif(not assets.is_gathered(), reason="no engine: `make web` gathers it by npm")
def test_the_engine_in_the_page_looks_around(browser: Browser, site: Path, graph: Graph) -> None:
    for page in watched(browser, "desk"):
        page.context.set_offline(True)
        for question, values in EMPTY:
            page.goto(address(site, f"ask.html#{urlencode({'question': question, **values})}"))
            offers(page, question, values, graph)


def test_over_a_server_the_page_looks_around(browser: Browser, asked: Server, graph: Graph) -> None:
    for page in visiting(browser, asked, "desk"):
        for question, values in EMPTY[:2]:
            visit(page, asked, f"ask.html#{urlencode({'question': question, **values})}")
            offers(page, question, values, graph)


def test_in_spanish_it_is_said_in_spanish(page: Page, site: Path) -> None:
    page.goto(address(site, "es/ask.html#question=events&from=2050"))
    page.wait_for_function(READY)
    expect(page.locator("#near")).to_contain_text("A un paso:")
    expect(page.locator("#near button")).to_contain_text("sin parámetros (filas: ")


STRANGE = [
    ("?claim a tip:Fundng", "tip:Fundng is not a term of this ontology; perhaps tip:Funding?"),
    (
        "?claim a <https://w3id.org/tipgraph/ns#Fundng>",
        "<https://w3id.org/tipgraph/ns#Fundng> is not a term of this ontology; perhaps tip:Funding?",
    ),
    ("?claim a t:Fundng", "t:Fundng is not a term of this ontology; perhaps tip:Funding?"),
    ("?claim tip:role code:role-organiser", "perhaps code:role-organizer?"),
    ("?claim tip:giver id:iom", "perhaps actor:iom"),
    ("?claim tip:giver <https://w3id.org/tipgraph/id/reference/actors/iomm>", "perhaps actor:iom?"),
]


def test_a_parameter_takes_what_is_printed_and_words_within_one_name(page: Page, site: Path) -> None:
    for question, values in (("publications", {"state": "under review"}), ("participants", {"event": "caracas"})):
        page.goto(address(site, f"ask.html#{urlencode({'question': question, **values})}"))
        page.wait_for_function(READY)
        expect(page.locator("#said")).to_contain_text(" rows in ")
    page.goto(address(site, "ask.html#question=participants&participant=experts"))
    expect(page.locator("#parameter-participant-fault")).to_contain_text("is the name of several entries: ")
    page.goto(address(site, "ask.html#question=participants&participant=ussaid"))
    expect(page.locator("#parameter-participant-fault")).to_contain_text("perhaps usaid?")


def test_a_term_that_the_ontology_has_not_is_told_on_the_page(page: Page, site: Path) -> None:
    for named, told in STRANGE:
        text = f"PREFIX t: <https://w3id.org/tipgraph/ns#> SELECT * {{ {named} }}"
        page.goto(address(site, f"ask.html#query={quote(text)}"))
        page.wait_for_function(READY)
        expect(page.locator("#said")).to_contain_text(told)


@pytest.mark.parametrize(("named", "told"), STRANGE)
def test_a_term_that_the_ontology_has_not_is_told_over_http(asked: Server, named: str, told: str) -> None:
    text = f"PREFIX t: <https://w3id.org/tipgraph/ns#> SELECT * {{ {named} }}"
    reply = asked.ask(text, "application/sparql-results+json")
    assert (reply.status, reply.media) == (400, "application/problem+json")
    assert told in reply.json["detail"]
