"""A question in words becomes a named question with parameters: in the terminal, and on pages by the same rules."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from tests.pages.conftest import address, site
from tipgraph.cli import main
from tipgraph.display import understand
from tipgraph.graph.graph import Graph

__all__ = ["site"]

PLACES, ACTORS = "reference/places/", "reference/actors/"
ASKED = [  # what is typed, the question, and its parameters
    ("Who pays for work in Guatemala?", "funding", {"in": f"{PLACES}guatemala"}),
    ("What does USAID fund?", "funding", {"giver": f"{ACTORS}usaid"}),
    ("who funds IOM", "funding", {"to": f"{ACTORS}iom"}),
    ("Who works with IOM?", "partners", {"of": f"{ACTORS}iom"}),
    ("Who works in Belize", "who-does-what-where", {"in": f"{PLACES}belize"}),
    (
        "How many victims are trafficked from Latin America and the Caribbean to Japan?",
        "routes",
        {"origin": f"{PLACES}latin-america-and-the-caribbean", "destination": f"{PLACES}japan"},
    ),
    ("how many victims in Japan", "numbers", {"of": f"{PLACES}japan"}),
    ("What happened in the Caribbean in 2004?", "events", {"in": f"{PLACES}caribbean", "from": "2004", "to": "2004"}),
    ("How much did the US give in 2009?", "funding-sums", {"giver": f"{ACTORS}us-government", "year": "2009"}),
    ("What is the tier of Guyana?", "ratings", {"in": f"{PLACES}guyana"}),
    ("¿Quién financia a la OIM?", "funding", {"to": f"{ACTORS}iom"}),
    (
        "Who took part in the Phnom Penh meeting?",
        "participants",
        {
            "event": "commit-phnom-penh-2006/undertakings/phnom-penh-meeting",
        },
    ),
    (
        "partners of UNODC in Belgium",
        "partners",
        {"of": "state-tip-2022/actors/united-nations-office-on-drugs-and-crime", "in": f"{PLACES}belgium"},
    ),
    ("who are its partners", "partners", {}),
    ("How much did IOM receive?", "funding-sums", {"to": f"{ACTORS}iom"}),
    ("money received by IOM from USAID", "funding", {"to": f"{ACTORS}iom", "giver": f"{ACTORS}usaid"}),
    ("What mandates were given to the CIM?", "mandates", {"to": f"{ACTORS}cim"}),
    ("routes into Japan", "routes", {"destination": f"{PLACES}japan"}),
    ("money that went to Bolivia", "funding", {"in": f"{PLACES}bolivia"}),
    ("Which donors support the OAS?", "funding", {"to": f"{ACTORS}oas"}),
    ("reports published by IOM", "publications", {"by": f"{ACTORS}iom"}),
    ("seminars in Belize since 2005", "events", {"in": f"{PLACES}belize", "from": "2005"}),
    (
        "projects since 2005 in Peru",
        "who-does-what-where",
        {"in": f"{PLACES}peru"},
    ),
]


@pytest.mark.parametrize(("text", "question", "values"), ASKED)
def test_a_question_in_words_is_read_by_rules(graph: Graph, text: str, question: str, values: dict[str, str]) -> None:
    assert understand(graph, text)[:2] == (question, values)


def test_pages_read_questions_as_the_command_does(page: Page, site: Path) -> None:
    page.goto(address(site, "index.html"))
    for text, question, values in ASKED:
        page.get_by_role("combobox").fill(text)
        link = page.locator("#meant a").first
        expect(link, text).to_be_visible()
        read = dict(parse_qsl((link.get_attribute("href") or "").partition("#")[2]))
        assert read == {"question": question, **values}, text


def test_a_question_typed_on_any_page_is_answered_on_the_page_ask(page: Page, site: Path) -> None:
    page.goto(address(site, "map.html"))
    page.get_by_role("searchbox", name="Search, or ask in words").fill("Who pays for work in Guatemala?")
    page.keyboard.press("Enter")
    expect(page.locator("#meant")).to_contain_text("Who is said to fund what, and through whom? (in: Guatemala)")
    page.get_by_role("combobox").press("Enter")
    expect(page).to_have_url(address(site, "ask.html#question=funding&in=reference%2Fplaces%2Fguatemala"))
    fields = page.locator("#parameters .field:visible")
    expect(fields).to_have_count(1)  # the one that the question gives; the answer comes next
    page.get_by_label("Show all parameters").check()
    expect(fields).to_have_count(10)


def test_what_is_not_understood_is_said(page: Page, site: Path, graph_file: Path) -> None:
    asked = CliRunner().invoke(main, ["query", "who pays for pottery?", "-g", str(graph_file)])
    assert "read as: tipgraph query funding\n" in asked.stderr
    assert "not used: pottery" in asked.stderr
    page.goto(address(site, "index.html"))
    page.get_by_role("combobox").fill("who pays for pottery?")
    expect(page.locator("#meant")).to_contain_text("Not understood: pottery.")
    page.get_by_role("combobox").fill("green hats please")
    expect(page.locator("#meant")).to_be_hidden()
