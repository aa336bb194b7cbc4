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
@pytest.mark.parametrize("over", ["server", "disk"])
def test_the_page_looks_around(browser: Browser, asked: Server, site: Path, graph: Graph, over: str) -> None:
    is_disk = over == "disk"
    for page in watched(browser, "desk") if is_disk else visiting(browser, asked, "desk"):
        page.context.set_offline(is_disk)
        for question, values in EMPTY if is_disk else EMPTY[:2]:
            path = f"ask.html#{urlencode({'question': question, **values})}"
            page.goto(address(site, path)) if is_disk else visit(page, asked, path)
            offers(page, question, values, graph)
        if is_disk:
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


def test_a_term_that_the_ontology_has_not_is_told_on_the_page_and_over_http(
    page: Page, site: Path, asked: Server
) -> None:
    for named, told in STRANGE:
        text = f"PREFIX t: <https://w3id.org/tipgraph/ns#> SELECT * {{ {named} }}"
        page.goto(address(site, f"ask.html#query={quote(text)}"))
        page.wait_for_function(READY)
        expect(page.locator("#said")).to_contain_text(told)
        reply = asked.ask(text, "application/sparql-results+json")
        assert (reply.status, reply.media) == (400, "application/problem+json")
        assert told in reply.json["detail"]
