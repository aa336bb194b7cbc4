"""The page of an entry: who it is, its totals, and its claims, each once, in folds."""

import re
from pathlib import Path
from typing import Any

from lxml.html import fromstring
from playwright.sync_api import Page, expect
from pyoxigraph import NamedNode

from tests.network.test_payments import extra
from tests.pages.conftest import ACTOR, called
from tipgraph.analysis import payments
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, tip
from tipgraph.outputs.site import money
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site
from tipgraph.outputs.site.things import telling
from tipgraph.sources import Texts

LISTED = re.compile(r'data-listed="([0-9,-]*)"')


def numbers_in(told: str) -> list[int]:
    """Return the numbers that a text such as `3-9,12` names."""
    runs = [[int(end) for end in run.split("-")] for run in told.split(",") if run]
    return [number for first, *last in runs for number in range(first, (last or [first])[0] + 1)]


def test_an_entry_has_each_of_its_claims_once_and_says_who_it_is_with_the_status(site: Path, graph: Graph) -> None:
    page = (site / "thing" / "reference" / "actors" / "cim.html").read_text("utf-8")
    claims = graph.named("about", {"thing": [NamedNode(f"{DATA}reference/actors/cim")]})
    _, _, below = page.partition('<details class="fold" id="contradicted"')
    listed = [number for told in LISTED.findall(below.partition("</details>")[2]) for number in numbers_in(told)]
    assert len(set(listed)) == len(list(claims))
    assert page.count('id="contradicted"') == 1
    who = re.search(r'<div class="who">(.*?)</div>', page, re.DOTALL)
    assert who is not None
    assert "organ of the Organization of American States (implied)" in who[1]
    assert 'href="../../../source/' in who[1]
    assert "network/partnership.html#at=reference/actors/cim" in page
    cited = re.findall(r'<dt>(.*?)</dt><dd><a href="[./]*/source/(.*?)\.html">(.*?)</a>', page)
    assert ("oas-cim-2005", True) in [(name, title.startswith("Fighting the Crime")) for name, _, title in cited]


def test_claims_that_nobody_has_reviewed_are_below_the_others_of_their_heading(page: Page, site: Path) -> None:
    page.goto((site / "thing" / "reference" / "places" / "japan.html").as_uri())
    page.locator("main details:not([open]) > summary").evaluate_all("(all) => all.forEach((one) => one.click())")
    expect(page.locator(".listed[aria-busy=true]")).to_have_count(0)
    headings: dict[str, dict[str, list[str]]] = {}
    main: Any = fromstring(page.locator("main").evaluate("(main) => main.outerHTML"))
    for element in main:
        if element.tag == "h2":
            said = headings.setdefault(element.text_content(), {"": []})
            part = ""
        elif element.tag == "h3" and element.text_content().startswith("Not reviewed"):
            part = element.text_content()
            said[part] = []
        elif headings:
            said[part] += [text.text_content() for text in element.find_class("sentence")]
    divided = [parts for parts in headings.values() if len(parts) > 1]
    assert len(divided) == 3, "of its headings"
    for parts in divided:
        reviewed, others = parts.pop(""), parts.popitem()
        assert not any("not reviewed" in sentence for sentence in reviewed)
        assert all("not reviewed" in sentence for sentence in others[1])


def test_the_claim_that_describes_an_entry_is_its_own_though_another_entry_has_its_label(
    small: Graph, tmp_path: Path
) -> None:
    series, third = (f"{DATA}harbour-2020/undertakings/{name}" for name in ("lima-seminars", "third-seminar"))
    claim = f"{DATA}harbour-2020/undertaking-reports/p2-2"
    graph = extra(
        Graph(called(small, {"Third seminar of Harbour Watch": "Two seminars in Lima"})),
        *((claim, tip.NAMESPACE + name, third) for name in ("relatedTo", "mentions")),
    )
    claims = Claims(graph, Site(tmp_path, "en"), Texts())
    assert {iri: telling(iri, claims.counted(iri))[0].key for iri in (series, third)} == {
        series: "harbour-2020/undertaking-reports/p2-2",
        third: "harbour-2020/undertaking-reports/p3-1",
    }


def test_money_of_an_entry_is_by_role_and_counts_what_has_no_amount(small: Graph, tmp_path: Path) -> None:
    counted = [payment for payment in payments(small) if 0 in payment.counts]
    site = Site(tmp_path, "en")
    rows = money.write(Claims(small, site, Texts()), payments(small)).entries
    for role, name in (("Funding from it", "givers"), ("Funding to it", "receivers"), ("Funding for it", "purposes")):
        by_role = {iri: sum(row["payments"] for row in own if row["role"] == role) for iri, own in rows.items()}
        for iri, number in by_role.items():
            assert number == sum(iri in getattr(payment, name) for payment in counted)
    assert next((row["role"], row["totals"]) for row in rows[ACTOR]) == ("Funding from it", ["USD 12,500"])
