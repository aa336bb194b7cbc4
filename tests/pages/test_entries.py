"""The page of an entry: who it is, its totals, and its claims, each once, in folds."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pyoxigraph import Literal, NamedNode

from tests.conftest import statements_of
from tests.network.test_payments import extra
from tests.pages.conftest import ACTOR, called, parsed
from tests.pages.test_maps import with_outlines
from tipgraph.analysis import payments
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, Statement, tip
from tipgraph.outputs.site import money
from tipgraph.outputs.site.claim_groups import own_claims
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.entry_summaries import Twin, summary, twins
from tipgraph.outputs.site.site_tree import Site
from tipgraph.sources import Texts


def test_an_entry_has_each_of_its_claims_once_and_says_who_it_is_with_the_status(site: Path, graph: Graph) -> None:
    page = (site / "thing" / "reference" / "actors" / "cim.html").read_text("utf-8")
    claims = graph.named("about", {"thing": [NamedNode(f"{DATA}reference/actors/cim")]})
    assert page.count('<article class="claim') == len(list(claims))
    assert page.count('id="contradicted"') == 1
    who = re.search(r'<div class="who">(.*?)</div>', page, re.DOTALL)
    assert who is not None
    assert "organ of the Organization of American States (implied)" in who[1]
    assert 'href="../../../source/' in who[1]
    assert "network/partnership.html#at=reference/actors/cim" in page
    listed = re.findall(r'<dt>(.*?)</dt><dd><a href="[./]*/source/(.*?)\.html">(.*?)</a>', page)
    quoted = set(re.findall(r'<a href="[./]*/source/([a-z0-9-]+)\.html#p', page.partition('<details class="cited"')[2]))
    assert quoted == {name for name, path, _ in listed if name == path}
    assert ("oas-cim-2005", True) in [(name, title.startswith("Fighting the Crime")) for name, _, title in listed]


def test_claims_that_nobody_has_reviewed_are_below_the_others_of_their_heading(site: Path) -> None:
    headings: dict[str, dict[str, list[str]]] = {}
    (main,) = parsed(site / "thing" / "reference" / "places" / "japan.html").xpath("//main")
    for element in main:
        if element.tag == "h2":
            said = headings.setdefault(element.text_content(), {"": []})
            part = ""
        elif element.tag == "h3" and element.text_content().startswith("Not reviewed"):
            part = element.text_content()
            said[part] = []
        elif headings:
            sentences = element.xpath("descendant-or-self::article/p[@class='sentence']")
            said[part] += [sentence.text_content() for sentence in sentences]
    divided = [parts for parts in headings.values() if len(parts) > 1]
    assert len(divided) == 3, "of its headings"
    for parts in divided:
        reviewed, others = parts.pop(""), parts.popitem()
        assert not any("not reviewed" in sentence for sentence in reviewed)
        assert all("not reviewed" in sentence for sentence in others[1])
        assert others[0] == f"Not reviewed ({len(others[1])})"


def test_on_a_phone_a_tall_entry_folds_its_claims_and_loses_none(page: Page, site: Path) -> None:
    entry = site / "thing" / "oas-cim-2005" / "undertakings" / "research-project-1999.html"
    written = entry.read_text("utf-8")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(entry.as_uri())
    page.wait_for_function("document.documentElement.scrollHeight / innerHeight <= 10")
    assert page.locator("article.claim").count() == written.count('<article class="claim')
    assert page.locator("[data-folds]:empty").count() == 0
    folds = page.locator("[data-folds] + details.fold:not([hidden])")
    assert folds.count() > written.count('<details class="fold"><summary data-number')
    for fold in folds.all():
        said = int(fold.locator("summary").get_attribute("data-number") or 0)
        list_in_it = fold.locator(":scope > ul > li, :scope > ol > li")
        claims = fold.locator(":scope > article, :scope > div")
        assert said == list_in_it.count() + claims.count()
        expect(fold.locator("summary")).to_have_text(f"and {said} more")


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
    described = {iri: summary(iri, own_claims(claims, iri), []).who for iri in (series, third)}
    assert {iri: view.key for iri, view in described.items() if view} == {
        series: "harbour-2020/undertaking-reports/p2-2",
        third: "harbour-2020/undertaking-reports/p3-1",
    }


def test_money_of_an_entry_is_by_role_and_counts_what_has_no_amount(small: Graph, tmp_path: Path) -> None:
    counted = [payment for payment in payments(small) if 0 in payment.counts]
    site = Site(tmp_path, "en")
    rows = money.write(site, small, Claims(small, site, Texts()), payments(small)).entries
    for role, name in (("Funding from it", "givers"), ("Funding to it", "receivers"), ("Funding for it", "purposes")):
        by_role = {iri: sum(row.payments for row in own if row.role == role) for iri, own in rows.items()}
        for iri, number in by_role.items():
            assert number == sum(iri in getattr(payment, name) for payment in counted)
    assert next((row.role, row.totals) for row in rows[ACTOR]) == ("Funding from it", ["USD 12,500"])


@with_outlines
def test_a_route_and_a_region_have_a_small_map_in_words_too_and_a_city_has_none(site: Path) -> None:
    def page(name: str) -> Any:
        return parsed(site / "thing" / f"{name}.html")

    japan = page("reference/places/japan")
    (title,) = japan.xpath("//svg[@role='img']/title/text()")
    assert title.startswith("Map: Latin America and the Caribbean → Japan; ")
    assert len(japan.xpath("//svg[@role='img']/g[contains(@class, 'line')]")) == title.count("→")
    assert "Hollow arrow head: the direction is implied." in japan.xpath("string(//figure/figcaption)")
    border = page("oas-cim-2005/places/mexico-border-states")
    assert "Its exact location is not known." in border.xpath("string(//svg[@role='img']/title)")
    assert not border.xpath("//svg[@role='img']/g[contains(@class, 'line')]")
    assert not page("reference/places/santiago").xpath("//svg[@role='img']")
    text = (site / "thing" / "reference" / "places" / "asia.html").read_text("utf-8")  # many countries
    assert 0 < text.index("</svg>", text.index("small-map")) - text.index("small-map") < 40_000


def test_entries_that_share_an_identifier_name_each_other(small: Graph) -> None:
    other = f"{DATA}harbour-2020/actors/harbour-watch"
    labels = {ACTOR: "Lantern Fund", other: "Harbour Watch"}
    number = NamedNode(tip.NAMESPACE + "iatiIdentifier"), Literal("XM-DAC-47066"), NamedNode(f"{DATA}reference")
    found = twins(Graph([*statements_of(small), *(Statement(NamedNode(iri), *number) for iri in labels)]), labels, "en")
    assert found == {
        ACTOR: [Twin(other, "Harbour Watch", "XM-DAC-47066", "")],
        other: [Twin(ACTOR, "Lantern Fund", "XM-DAC-47066", "")],
    }
    assert twins(small, labels, "en") == {}
