"""Each entry has a page, and each route a line of the map; long lists show their first items, and all when asked."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import SMALL, SMALL_TEXTS
from tests.pages.conftest import address, parsed
from tipgraph.analysis import kinds_of
from tipgraph.errors import GraphError
from tipgraph.graph.graph import Graph
from tipgraph.outputs import site as sites
from tipgraph.outputs.site import render
from tipgraph.outputs.site.site_tree import route_address, thing_path
from tipgraph.pipeline.builder import build
from tipgraph.sources.folder import Texts


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small kit with 199 more payments."""
    data = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("wordy") / "data"))
    with (data / "harbour-2020" / "funding.csv").open("a", encoding="utf-8") as file:
        for number in range(2, 201):
            file.write(f"p2-{number},lantern-fund,disbursed,casa-clara,,{number},EUR,EUR {number},2020-06,p2s1.2\n")
    return render(build(data), data.parent / "site", texts=Texts(SMALL_TEXTS)).parent


def test_an_entry_has_a_page_and_a_route_a_line_of_the_map(site: Path, graph: Graph) -> None:
    documents = {row["source"].value for row in graph.named("sources")}
    kinds = kinds_of(graph, sorted({row["thing"].value for row in graph.named("all-things")} - documents))
    routes = {iri for iri, (_, top) in kinds.items() if top == "Route"}
    pages = {path.relative_to(site).as_posix() for path in (site / "thing").rglob("*.html")}
    assert pages == {thing_path(iri) for iri in kinds if iri not in routes}
    reported = set(parsed(site / "question" / "routes.html").xpath("//table//td[1]/a/@href"))
    assert reported <= {f"../{route_address(iri)}" for iri in routes} | {f"../{page}" for page in pages}
    things = parsed(site / "things.html")
    assert things.xpath("string(//p[@class='lead']/a)") == f"The map has the {len(routes)} routes."
    assert len(things.xpath("//div[@id='things']//li")) == len(pages)


def test_more_entries_than_a_site_holds_are_refused(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "MOST_ENTRIES", 8)
    with pytest.raises(GraphError, match=r"9 entries beside routes, and a site holds at most 8; `tipgraph serve`"):
        render(small, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_list_shows_its_first_items_and_filters_and_sorts_all_of_them(page: Page, wordy: Path) -> None:
    page.goto(address(wordy, "question/funding.html"))
    rows = page.locator("#answer tbody tr")
    expect(rows).to_have_count(200)
    expect(page.locator("main")).to_contain_text("Rows shown: 200")
    page.goto(address(wordy, "thing/harbour-2020/actors/lantern-fund.html"))
    fold = page.locator("details.fold", has_text="Casa Clara").first
    expect(fold.locator("article")).to_have_count(0)
    fold.locator("summary").click()
    expect(fold.locator("article")).not_to_have_count(0)
    assert fold.locator("article").count() >= 199


def test_what_the_address_names_is_shown_though_it_is_folded_or_a_list_begins_with_others(
    page: Page, site: Path
) -> None:
    page.goto(address(site, "contradictions.html"))
    hidden = page.locator(".contradiction:not([open])").first
    expect(hidden.locator(".sides")).to_be_hidden()
    name = hidden.get_attribute("id")
    page.goto("about:blank")
    page.goto(address(site, f"contradictions.html#{name}"))
    expect(page.locator(f"[id='{name}'] .sides")).to_be_in_viewport()
    page.goto(address(site, "things.html"))
    shown = page.locator("#things section:has(#Place) li:visible")
    expect(shown).to_have_count(60)
    page.locator("#find").fill("island")
    expect(shown.first).to_contain_text("sland")
    page.locator("#find").fill("OIM")
    expect(page.get_by_role("link", name="International Organization for Migration", exact=True)).to_be_visible()
    expect(page.locator("#things section:has(#Place)")).to_be_hidden()
    page.locator("#find").fill("")
    page.locator("#things section:has(#Place)").get_by_role("button").click()
    assert shown.count() > 300
