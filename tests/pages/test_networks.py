"""Network pages in a browser: choose and read, filter and see picture, table and downloads agree, send the view on."""

import base64
import json
import re
import struct
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import etree
from playwright.sync_api import Browser, Locator, Page, expect

from tests.house.test_design import contrast
from tests.pages.conftest import HOSTILE, address, box_of, called
from tests.pages.opened import BOXES, ON_SCREEN, PIXEL, READY, Data, Opened, read_csv, read_graphml
from tipgraph.analysis.network import Filter, edges_of, project
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA
from tipgraph.outputs.site import render
from tipgraph.runtime.sanitize import visible

SEMINARS = "Series of national seminars on trafficking in persons in the Caribbean, 2004"


def said(article: Locator) -> tuple[str, str, str]:
    """What a claim of the panel says, where, and the quote."""
    place = article.locator(".own .said li").first
    return (
        article.locator(".own .sentence").inner_text(),
        place.locator("a").inner_text(),
        place.locator("q").inner_text(),
    )


PLACE = """() => {
  const { x, y, width, height } = document.getElementById("picture").getBoundingClientRect();
  return { x, y, width, height, window: innerWidth - document.documentElement.clientWidth };
}"""
DRAWN_FIRST = f"""(() => {{
  const mark = performance.mark.bind(performance);
  performance.mark = (name) => {{
    const pen = document.querySelector("#picture canvas"), {{ width, height }} = pen;
    globalThis.then_ = {{
      place: ({PLACE})(), fields: document.querySelectorAll("fieldset").length,
      counts: document.getElementById("counts").textContent,
      drawn: pen.getContext("2d").getImageData(0, 0, width, height).data.some(Boolean),
    }};
    return mark(name);
  }};
}})()"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_picture_is_ready_when_it_is_drawn_and_what_is_built_around_it_later_does_not_move_it(
    page: Page, site: Path, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(DRAWN_FIRST)
    opened = Opened(page, site, "network/funding.html#without-modality=implied")
    then = page.evaluate("then_")
    assert then["drawn"]
    assert then["fields"] == 0
    assert page.locator("fieldset").count() > 2
    assert then["counts"] == opened.counts.text_content()
    assert then["place"] == page.evaluate(PLACE)


MIDDLE = """([from, to]) => {
  const { picture } = networkPage, places = picture.places(), [a, b] = [places.get(from), places.get(to)];
  const { x, y } = picture.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const { left, top } = document.getElementById("picture").getBoundingClientRect();
  return { x: left + x, y: top + y };
}"""


def test_a_click_on_a_node_or_an_edge_reads_its_claims_and_a_quote_leads_to_its_paragraph_and_back(
    page: Page, small_site: Path
) -> None:
    opened = Opened(page, small_site, "network/funding.html")
    heading, claim = opened.panel.get_by_role("heading"), opened.panel.locator("article.claim")
    place = "harbour-2020 ¶2 s1", "the Lantern Fund paid $12,500 to Harbour Watch for two seminars in Lima"
    edge = next(edge for edge in opened.data["edges"] if edge["relation"] == "fundingReceiver")
    spot = page.evaluate(MIDDLE, [edge["from"], edge["to"]])
    page.mouse.click(spot["x"], spot["y"])
    expect(heading).to_have_text("Lantern Fund funder of Harbour Watch")
    assert said(claim)[1:] == place
    box = box_of(opened.picture)
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(opened.panel).to_have_text("Choose an entry or a link to read its claims and their citations here.")
    opened.click_node("Lantern Fund")
    expect(heading).to_have_text("Lantern Fund")
    sentence = (
        "Funding from the Lantern Fund to Harbour Watch for Two seminars in Lima: 12,500 USD, disbursed, June 2020"
    )
    assert said(claim) == (sentence, *place)
    expect(page.locator("#chosen")).to_have_text("Lantern Fund (organization), links shown: 1")
    opened.panel.get_by_role("link", name=place[0]).click()
    page.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").click()
    assert page.url.startswith(address(small_site, "source/harbour-2020.html#p2/"))
    expect(page.locator("#p2 blockquote")).to_contain_text("the Lantern Fund paid $12,500")
    page.locator("#p2").get_by_role("link", name="Lantern Fund", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern Fund")
    page.go_back()
    page.go_back()
    expect(page.locator("#panel").get_by_role("heading")).to_have_text("Lantern Fund")


def test_by_keyboard_a_thing_and_its_links_are_walked_and_read(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/partnership.html")
    opened.picture.focus()
    names = page.evaluate("networkPage.picture.ranked.map((id) => networkPage.data.nodes[id].label)")
    for name in names[:2]:
        page.keyboard.press("ArrowRight")
        expect(opened.panel.get_by_role("heading")).to_have_text(name)
    here = opened.node(names[1])["id"]
    links = [edge for edge in opened.data["edges"] if here in (edge["from"], edge["to"])]
    lines = dict.fromkeys(edge.get("bundle", edge["id"]) for edge in links)
    assert len(lines) < len(links), "some claims are one line"
    for line in lines:
        page.keyboard.press("ArrowDown")
        start, tie, end, caveats = opened.words(opened.data["edges"][line])
        expect(page.locator("#chosen")).to_have_text(f"{start} {tie} {end}{caveats}")
        said = opened.panel.locator("article .own .said a")
        expect(said.first).to_be_visible()  # claims are loaded
        read = said.all_inner_texts()
        bundle = [edge for edge in links if edge.get("bundle", edge["id"]) == line]
        assert set(read) == {place for edge in bundle for place in edge["said_at"].split("; ")}
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(opened.panel.get_by_role("heading")).not_to_have_text(names[1])
    page.keyboard.press("Escape")
    expect(opened.panel).to_contain_text("Choose an entry or a link")
    expect(opened.picture).to_be_focused()


def test_a_choice_dims_the_rest_names_the_neighbours_and_leaves_only_them(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/funding.html#all")
    expect(page.get_by_role("button", name="1 step")).to_be_hidden()
    opened.search("G/TIP")
    chosen = opened.node("Office to Monitor and Combat Trafficking in Persons")["id"]
    steps = [{chosen}]
    for _ in range(2):
        touching = [edge for edge in opened.data["edges"] if steps[-1] & {edge["from"], edge["to"]}]
        steps.append({edge[end] for edge in touching for end in ("from", "to")})
    dim = page.evaluate("networkPage.picture.nodes.get().filter(({ opacity }) => opacity === 0.12).map(({ id }) => id)")
    assert set(dim) == set(range(len(opened.data["nodes"]))) - steps[1]
    assert set(page.evaluate("networkPage.picture.names.map(({ id }) => id)")) == steps[1]
    for number, name in ((1, "1 step"), (2, "2 steps")):
        page.get_by_role("button", name=name).click()
        assert opened.drawn()[0] == steps[number]
        expect(opened.counts).to_contain_text(f"Shown: {len(steps[number])} of {len(opened.data['nodes'])} entries")
        assert page.url.endswith(f"steps={number}")
    opened.agrees(lambda edge: {edge["from"], edge["to"]} <= steps[2])
    page.reload()
    page.wait_for_function(READY)
    assert opened.drawn()[0] == steps[2]
    page.get_by_role("tab", name="Picture").click()
    opened.picture.focus()
    page.keyboard.press("Escape")
    expect(opened.counts).to_contain_text(f"Shown: {len(opened.data['nodes'])} of")


def test_below_its_claim_stands_what_contradicts_it_and_what_another_source_says_too(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/funding.html")
    opened.search("Series of national seminars")
    expect(opened.panel.get_by_role("heading")).to_have_text(SEMINARS)
    more = opened.panel.get_by_role("button", name=re.compile("^More"))
    while more.is_visible():
        more.click()
    own = page.locator(".own > .sentence", has_text="in the Caribbean, in 6 places")
    claim = opened.panel.locator("article.contradicted").filter(has=own)
    beside = claim.locator(".against", has_text="seven places are listed in ¶16, six countries counted in ¶31")
    expect(beside).to_contain_text("in the Bahamas, Barbados, Guyana, Jamaica")
    own_box = box_of(claim.locator("> .own"))
    assert own_box["y"] + own_box["height"] <= box_of(beside)["y"], "one column"
    at = "cim-iom-caribbean-2005/participations/p6-7%23participation"
    claims = Opened(page, site, f"network/participation.html#at={at}").panel.locator(".claim").all()
    (also, whole), none = (claim.locator(".also").all_text_contents() for claim in claims)
    assert none == []
    assert also.startswith("oas-cim-2005 ¶16 s1 also says: International Organization for Migration: convenor of")
    assert whole == "Sources that say all of it, or imply it: 2; their publishers: 1"


def test_a_search_by_an_alias_selects_flies_and_opens_the_panel(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/partnership.html")
    name, search, option = (
        "International Organization for Migration",
        page.get_by_role("combobox"),
        page.get_by_role("option").first,
    )
    search.fill("OIM")
    expect(option).to_contain_text(name)
    expect(option).to_contain_text("OIM")
    search.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert search.get_attribute("aria-activedescendant") == option.get_attribute("id")
    search.press("Enter")
    expect(opened.panel.get_by_role("heading")).to_have_text(name)
    expect(page.get_by_role("listbox")).to_be_hidden()
    box = box_of(opened.picture)
    spots = page.evaluate(
        "() => [...networkPage.picture.near].map((id) => networkPage.picture.network.canvasToDOM("
        "networkPage.picture.places().get(id)))"
    )
    assert all(0 < spot["x"] < box["width"] and 0 < spot["y"] < box["height"] for spot in spots), "its neighbours, too"
    first = page.evaluate("() => networkPage.picture.names[0].id")
    assert first == opened.node(name)["id"], "its name has room before others"


def test_a_search_minds_neither_accents_nor_capitals_and_the_panel_leads_to_the_page_of_the_end_of_a_tie(
    page: Page, site: Path
) -> None:
    opened = Opened(page, site, "network/affiliation.html")
    heading = opened.panel.get_by_role("heading")
    for words in ("JAPÓN", "japon"):
        opened.search(words)
        expect(heading).to_have_text("Japan")
        opened.picture.focus()
        page.keyboard.press("Escape")
        expect(heading).to_have_count(0)
    (edge, *_) = [edge for edge in opened.data["edges"] if edge["to"] == opened.node("Japan")["id"]]
    page.evaluate("key => { location.hash = new URLSearchParams({ at: key }); }", edge["key"])
    opened.panel.get_by_role("button", name="Japan", exact=True).click()
    expect(heading).to_have_text("Japan")
    opened.panel.get_by_role("link", name="All claims about it").click()
    assert page.url == address(site, "thing/reference/places/japan.html")


GROUPS = {"Actor", "Place", "Undertaking", "Document", "Route"}
# Of each network: a facet of the legend, a value, whether it alone is left or left out, and which edges stay then.
# An edge stays without a value if it has another one too, or none of that facet.
LEFT: dict[str, list[tuple[str, str, bool, Callable[[Data, set[str]], bool]]]] = {
    "funding": [
        ("Entries", "Place", False, lambda _, ends: "Place" not in ends),
        ("Entries", "country", False, lambda _, ends: "Country" not in ends),
        ("Entries", "Actor", True, lambda _, ends: {"Actor"} == ends & GROUPS),
        ("Links", "funder of", False, lambda edge, _: edge["relation"] != "fundingReceiver"),
        ("Links", "funder of", True, lambda edge, _: edge["relation"] == "fundingReceiver"),
        ("Status", "held", False, lambda edge, _: edge.get("status") != "held"),
        ("Status", "not stated", False, lambda edge, _: "status" in edge),
        ("Review", "not reviewed", False, lambda edge, _: edge["review"] != "unreviewed"),
        ("Source", "oas-cim-2005", True, lambda edge, _: "oas-cim-2005" in edge["source"].split()),
    ],
    "participation": [
        ("Stated or implied", "implied", False, lambda edge, _: edge["modality"] != "implied"),
        ("Kind of link", "organizer", False, lambda edge, _: edge.get("kind") != "organizer"),
    ],
    "partnership": [("Source", "oas-cim-2004", False, lambda edge, _: edge["source"] != "oas-cim-2004")],
}


@pytest.mark.parametrize("network", LEFT)
def test_a_filter_of_the_legend_leaves_the_same_in_the_picture_the_table_and_the_downloads(
    page: Page, site: Path, network: str
) -> None:
    opened = Opened(page, site, f"network/{network}.html#all")

    def ends(edge: Data) -> set[str]:
        return {opened.data["nodes"][edge[end]][facet] for end in ("from", "to") for facet in ("group", "kind")}

    for group, label, alone, kept in LEFT[network]:
        name = opened.data["sources"][label] if group == "Source" else label
        expect(opened.box(group, name)).to_be_checked()
        opened.only(name).click() if alone else opened.box(group, name).uncheck()
        opened.agrees(lambda edge, kept=kept: kept(edge, ends(edge)))  # type: ignore[misc]
        if alone:  # the same button shows all again
            page.get_by_role("tab", name="Picture").click()
            opened.only(name).click()
        show_everything(opened, is_shown=alone)


def show_everything(opened: Opened, *, is_shown: bool = False) -> None:
    """End all filters, unless none is left, and turn to the picture."""
    if not is_shown:
        opened.page.get_by_role("button", name="Show everything").click()
    count = len(opened.data["edges"])
    expect(opened.counts).to_contain_text(f"{count} of {count} links")
    opened.page.get_by_role("tab", name="Picture").click()


def test_the_line_below_the_picture_says_what_the_filters_leave_of_what_is_chosen(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/funding.html")
    opened.search("USAID")
    node = opened.node("United States Agency for International Development")["id"]
    ties = [edge for edge in opened.data["edges"] if node in (edge["from"], edge["to"])]
    stated = [edge for edge in ties if edge["modality"] == "stated"]
    chosen = page.locator("#chosen")
    expect(chosen).to_contain_text(f"links shown: {len(ties)}")
    opened.box("Stated or implied", "implied").uncheck()
    expect(chosen).to_contain_text(f"links shown: {len(stated)}")
    opened.box("Entries", "Actor").uncheck()
    expect(chosen).to_have_text("The filters hide it.")


def test_filters_add_up_and_the_legend_counts_what_is_left(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/funding.html#all")
    opened.box("Stated or implied", "implied").uncheck()
    opened.box("Links", "takes place in").uncheck()
    opened.slide("From year", 2004)
    left = opened.drawn()[1]
    assert 0 < len(left) < len(opened.data["edges"])
    for edge in opened.data["edges"]:
        hidden = (
            edge["modality"] == "implied"
            or edge["relation"] == "undertakingPlace"
            or edge.get("latest", "9999") < "2004"
        )
        assert (edge["id"] not in left) == hidden
    gives = [edge for edge in opened.data["edges"] if edge["relation"] == "fundingReceiver"]
    shown = sum(edge["id"] in left for edge in gives)
    count = opened.box("Links", "funder of").locator("xpath=..").locator(".count")
    expect(count).to_have_text(f"{shown}/{len(gives)}")


WINDOWS: dict[str, list[tuple[int | None, int | None]]] = {
    "funding": [(2004, 2004), (2005, 2005), (2005, None), (None, 2003), (2006, 2008)],
    "participation": [(2003, 2003), (2004, 2004), (2005, 2005), (2006, 2006)],
}


@pytest.mark.parametrize("name", WINDOWS)
def test_the_years_keep_what_may_possibly_have_been_then_as_the_networks_of_python_do(
    page: Page, site: Path, graph: Graph, name: str
) -> None:
    opened = Opened(page, site, f"network/{name}.html")
    # `summer 2004`, of which no source says in which half of the world, may be from December 2003 on
    summer = {edge["id"] for edge in opened.data["edges"] if edge.get("edtf") == "2004-22"}
    assert summer or name == "funding"
    for start, end in WINDOWS[name]:
        bounds = {key: str(year) for key, year in (("from", start), ("to", end)) if year}
        page.goto(address(site, f"network/{name}.html#{urlencode(bounds)}"))
        page.wait_for_function("(asked) => location.hash === asked", arg=f"#{urlencode(bounds)}")
        expected = project(graph, name, Filter(start=bounds.get("from", ""), end=bounds.get("to", "")))
        keys = {key.removeprefix(DATA) for _, _, key, _ in edges_of(expected)}
        kept = [edge for edge in opened.data["edges"] if edge["key"] in keys]
        undated = sum("earliest" not in edge and "latest" not in edge for edge in kept)
        expect(page.locator("#years .note")).to_contain_text(f"and {undated} links without a date")
        expect(opened.counts).to_contain_text(f"{len(kept)} of {len(opened.data['edges'])} links")
        nodes, edges = opened.drawn()
        assert {opened.data["edges"][edge]["key"] for edge in edges} == keys
        assert {opened.data["nodes"][node]["iri"] for node in nodes} == set(expected)
        if name == "participation":
            assert (summer <= edges) == (start in (2003, 2004, 2005))


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"#table tbody tr td:nth-child({number})").all_inner_texts()


def test_the_table_sorts_by_text_time_and_number_shows_more_and_chooses(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/participation.html#view=table")
    total, to = len(opened.data["edges"]), page.get_by_role("button", name="To", exact=True)
    assert total > 200
    assert len(column(page, 3)) == 200
    to.click()
    expect(page.locator("#table th[aria-sort=ascending]")).to_have_text("To")
    expect(to).to_be_focused()
    first = column(page, 3)
    assert first == page.evaluate("texts => texts.sort(new Intl.Collator('en', { numeric: true }).compare)", first)
    more = page.locator("#table").get_by_role("button", name="More: ")
    more.click()
    expect(more).to_be_hidden()
    every = column(page, 3)
    assert (len(every), every[:200]) == (total, first)
    to.click()
    expect(page.locator("#table th[aria-sort=descending]")).to_have_text("To")
    assert column(page, 3)[0] == every[-1]
    row = page.locator("#table tbody tr").first
    row.get_by_role("button").click()
    expect(opened.panel.get_by_role("heading")).to_have_text(" ".join(row.locator("td").all_inner_texts()[:3]))
    page.get_by_role("button", name="Entries", exact=True).click()
    more.click()
    expect(more).to_be_hidden()
    assert len(column(page, 1)) == len(opened.data["nodes"])
    opened = Opened(page, site, "network/funding.html#view=table")
    page.get_by_role("button", name="Amount", exact=True).click()
    heads = page.locator("#table th").evaluate_all("heads => heads.map((head) => head.dataset.name)")
    texts = column(page, heads.index("amount") + 1)
    amounts = [float(re.sub(r"[^\d.].*$", "", text.replace(",", "")) or "inf") for text in texts]
    assert amounts == sorted(amounts), "unknown ones last"
    assert sum(amount != float("inf") for amount in amounts) == 12
    page.get_by_role("button", name="Date", exact=True).click()
    shown = page.evaluate("networkPage.table.items().map(({ earliest }) => earliest ?? '9999')")
    assert len(opened.data["edges"]) == len(shown)
    assert shown == sorted(shown)


@pytest.mark.parametrize(("tree", "words"), [("", "(of its project or event"), ("es/", "(de su proyecto o evento")])
def test_the_table_says_what_is_the_undertaking_s_and_not_the_tie_s_own(
    page: Page, site: Path, tree: str, words: str
) -> None:
    opened = Opened(page, site, f"{tree}network/activity.html#view=table")
    for name, names in (("status", {"status"}), ("date", {"date", "earliest", "latest"})):
        cells = page.evaluate(
            "name => networkPage.data.edges.map(networkPage.table.columns().find((one) => one.name == name).text)", name
        )
        assert len(cells) == len(opened.data["edges"])
        for edge, cell in zip(opened.data["edges"], cells, strict=True):
            assert (words in cell) == bool(names & {*edge.get("inherited", "").split()})


def test_an_address_brings_filters_years_view_and_choice_back_in_another_tab_and_in_the_other_language(
    page: Page, site: Path
) -> None:
    opened = Opened(page, site, "network/funding.html")
    opened.box("Stated or implied", "implied").uncheck()
    opened.box("Links", "is about").uncheck()
    opened.slide("From year", 2004)
    opened.slide("To year", 2005)
    opened.search("USAID")
    rows = opened.table()
    counts, heading = opened.counts.inner_text(), opened.panel.get_by_role("heading").inner_text()
    url, fragment, drawn = page.url, page.url.partition("#")[2], opened.drawn()
    assert all(part in url for part in ("without-modality=implied", "from=2004", "to=2005", "view=table", "at="))
    other = page.context.new_page()
    sent = Opened(other, site, f"network/funding.html#{fragment}")
    expect(sent.counts).to_have_text(counts)
    expect(sent.panel.get_by_role("heading")).to_have_text(heading)
    expect(other.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(sent.box("Stated or implied", "implied")).not_to_be_checked()
    expect(sent.box("Links", "is about")).not_to_be_checked()
    assert other.get_by_role("slider", name="From year").input_value() == "2004"
    assert (sent.table(), sent.drawn(), other.url) == (rows, drawn, url)
    other.reload()
    expect(sent.counts).to_have_text(counts)
    page.locator("#other-language").click()
    page.wait_for_function("() => document.documentElement.lang === 'es'")
    page.wait_for_function(READY)
    assert page.url == address(site, f"es/network/funding.html#{fragment}")
    assert opened.drawn() == drawn
    expect(opened.counts).to_contain_text("Se muestran")
    expect(opened.panel.get_by_role("heading")).to_contain_text("Agencia")
    expect(opened.panel.locator("article").first).to_contain_text("oas-cim-2005 ¶")
    nonsense = "from=%22x&at=%3Cimg%3E&view=1&without-relation=nothing&__proto__=1&steps=9"
    opened = Opened(page, site, f"network/publication.html#{nonsense}")
    expect(opened.counts).to_have_text("Shown: 60 of 60 entries, 51 of 51 links")
    expect(opened.panel).to_contain_text("Choose an entry or a link")


def test_the_downloads_of_everything_hold_everything_that_the_page_holds(page: Page, site: Path, graph: Graph) -> None:
    opened = Opened(page, site, "network/participation.html")
    opened.files_agree((edge["key"] for edge in opened.data["edges"]), {node["iri"] for node in opened.data["nodes"]})
    network = project(graph, "participation")
    read = read_graphml(opened.take("graphml"))
    for start, end, key, data in edges_of(network):
        for name in ("claim", "said_at", "modality", "earliest", "latest", "status", "kind"):
            assert read.edges[start, end, key].get(name, "") == data.get(name, ""), (key, name)


def test_the_png_is_the_whole_of_what_is_shown_larger_than_on_the_page(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/partnership.html")
    opened.search("CECRIA")  # flies there, which takes nothing out of the file
    content = opened.take("png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) > (1600, 1100)
    assert len(content) > 20_000
    expect(page.locator(".out-of-sight")).to_have_count(0)
    assert page.evaluate(PIXEL, [base64.b64encode(content).decode(), 3, 3]) == "#ffffff"


def test_a_network_that_is_taken_along_says_what_was_asked_and_whose_it_is(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/funding.html#without-modality=implied&from=2004&at=reference%2Factors%2Fusaid")
    root = etree.parse(opened.take("graphml")).getroot()
    said = root.find(".//{*}data[@key='graph0']")
    assert said is not None
    manifest = json.loads(str(said.text))
    nodes, edges = opened.drawn()
    assert manifest["asked"] == {"network": "funding", "filters": "without-modality=implied&from=2004"}
    assert manifest["counts"] == {"nodes": len(nodes), "edges": len(edges)}
    assert manifest["licence"].startswith("CC BY 4.0 for tipgraph's data")
    sources = {name for edge in edges for name in opened.data["edges"][edge]["source"].split()}
    assert set(manifest["sources"]) == sources
    assert all(source["title"] and source["licence"] for source in manifest["sources"].values())


def test_in_print_what_can_only_be_clicked_goes_the_filters_are_said_and_afterwards_all_is_as_before(
    page: Page, site: Path
) -> None:
    opened = Opened(page, site, "network/participation.html#without-kind=organizer&to=2005")
    opened.search("OIM")
    scale = "[networkPage.picture.network.getScale(), networkPage.picture.container.clientWidth]"
    before = page.evaluate(scale)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#asked")).to_have_text("Filters: Kind of link: without organizer; Years: … – 2005")
    for there in ("#asked", "#counts", "#printed canvas", ".key ul", "#panel article"):
        expect(page.locator(there).first).to_be_visible()
    width, drawn_width = (box_of(page.locator(part))["width"] for part in ("#printed", "#printed canvas"))
    assert drawn_width <= width, "nothing is cut off"
    for gone in ("#search", "#filters", "#downloads", "#fit", "#years", "#tabs", "nav", "#table .bar"):
        expect(page.locator(gone).first).to_be_hidden()
    rows = page.locator("#table tbody tr:visible")
    assert rows.count() == len(opened.drawn()[1]) > 200
    assert len(page.pdf()) > 20_000
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#printed canvas")).to_have_count(0)
    page.evaluate("async () => { for (let i = 0; i < 5; i++) await new Promise(requestAnimationFrame); }")
    assert page.evaluate(scale) == pytest.approx(before)
    page.get_by_role("tab", name="Table").click()
    assert rows.count() == 200


def test_a_menu_and_the_name_beside_the_mouse_go_when_one_goes_elsewhere(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/affiliation.html")
    spot, box = page.evaluate(ON_SCREEN, opened.node("Japan")["id"]), box_of(opened.picture)
    tip, menu = page.locator(".vis-tooltip"), page.locator("#downloads .menu")
    for x, y in ((box["x"] + 5, box["y"] + 5), (spot["x"], 3)):
        page.mouse.move(spot["x"] - 60, spot["y"] + 60)
        page.mouse.move(spot["x"], spot["y"], steps=3)
        expect(tip).to_have_text(re.compile(r"^Japan\s*country$"))
        page.mouse.move(x, y)
        expect(tip).to_be_hidden()
    opened.take("csv")
    expect(menu).to_be_hidden()
    for leave in ("Escape", "click"):
        page.locator("#downloads summary").click()
        expect(menu).to_be_visible()
        page.keyboard.press("Escape") if leave == "Escape" else page.locator("h1").click()
        expect(menu).to_be_hidden()


WRITTEN = """() => networkPage.picture.names.map(({ lines }) => lines.join(" "))"""


def test_names_go_to_the_focus_and_to_the_best_tied_actors_before_places(page: Page, site: Path) -> None:
    Opened(page, site, "network/partner-funding-usaid.html")
    assert page.evaluate(WRITTEN)[0] == "USAID"
    opened = Opened(page, site, "network/funding.html")
    assert set(page.evaluate(WRITTEN)) >= {"USAID", "G/TIP", "IOM"}
    spot = page.evaluate(ON_SCREEN, opened.node("International Organization for Migration")["id"])
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator(".vis-tooltip")).to_contain_text("International Organization for Migration")


def test_no_name_lies_over_a_name_or_is_cut_and_only_the_most_wanted_lie_over_nodes(page: Page, site: Path) -> None:
    networks = sorted(path.name for path in (site / "network").glob("*.html"))
    assert len(networks) == 9
    for size, names in (((1366, 768), networks), ((390, 844), ["funding.html", "partner-funding-usaid.html"])):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for name in names:
            Opened(page, site, f"network/{name}")
            drawn = page.evaluate(BOXES)
            width, height = drawn["size"]
            assert len(drawn["names"]) > (5 if width < 390 else 8), name
            assert not [pair for pair in combinations(drawn["names"], 2) if meet(*pair)], name
            over = [box for box in drawn["names"] if any(meet(box, node) for node in drawn["nodes"])]
            assert len(over) <= 2 * 12, f"{name}: of 12 names, each of two lines at most"
            cut = [box for box in drawn["names"] if min(box) < 0 or box[2] > width or box[3] > height]
            assert cut == [], name
            page.evaluate("networkPage.picture.zoom(1.3 / networkPage.picture.network.getScale())")
            page.evaluate("networkPage.picture.network.redraw()")
            named = page.evaluate("networkPage.picture.names.length")
            assert named > len(drawn["nodes"]) / 2, f"{name}: most nodes have their names from near"


def test_a_link_has_the_colour_of_its_family_which_is_plain_in_the_light_and_in_the_dark(
    page: Page, site: Path
) -> None:
    def mixed(colour: str, ground: str, opacity: float) -> str:
        """Return a colour that lies on a ground."""
        parts = ([int(text[at : at + 2], 16) for at in (1, 3, 5)] for text in (colour, ground))
        return "#" + "".join(
            f"{round(opacity * one + (1 - opacity) * two):02x}" for one, two in zip(*parts, strict=True)
        )

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        opened = Opened(page, site, "network/funding.html")
        families = opened.data["families"]
        assert set(families.values()) == {"money", "place", "part"}
        palette = page.evaluate("networkPage.picture.palette")
        colours = {families[relation]: colour for relation, colour in palette["relations"].items()}
        assert len(set(colours.values())) == 3
        palest = min(edge["color"]["opacity"] for edge in opened.data["edges"] if "color" in edge)
        for colour in colours.values():
            assert contrast(colour, palette["ground"]) >= 4.5
            assert contrast(mixed(colour, palette["ground"], palest), palette["ground"]) >= 3, "of what is implied, too"


def test_a_line_looks_as_its_reviewed_links_do(page: Page, site: Path) -> None:
    edges = Opened(page, site, "network/funding.html").data["edges"]
    kinds = set()
    for line in page.evaluate("[...networkPage.picture.lines.values()]"):
        own = [edges[number] for number in line["ids"]]
        reviewed = [edge for edge in own if edge["review"] != "unreviewed"]
        kinds.add((bool(reviewed), len(reviewed) < len(own)))
        looks = [edge.get("color", {"opacity": 1})["opacity"] for edge in reviewed or own]
        assert (line.get("color") or {"opacity": 1})["opacity"] == max(looks)
    assert {(True, False), (False, True)} <= kinds


def meet(one: list[float], other: list[float]) -> bool:
    """Tell whether two boxes have more than half a pixel in common in either direction."""
    return all(min(one[way + 2], other[way + 2]) - max(one[way], other[way]) > 0.5 for way in (0, 1))


def test_the_picture_fits_the_window_whose_wheel_is_the_pages_and_buttons_and_keys_zoom(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/funding.html#without-modality=implied")
    box, years = box_of(opened.picture), box_of(page.locator("#years"))
    assert (box["width"] >= 750, box["height"] >= 500, box["y"] + box["height"] <= 900) == (True, True, True)
    assert years["y"] + years["height"] <= 900, "the years are below the picture, in the same window"
    page.evaluate("scrollTo(0, 400)")
    expect(opened.picture).to_be_in_viewport(ratio=0.99)
    page.get_by_role("link", name="Skip to the picture").focus()
    page.keyboard.press("Enter")
    expect(opened.picture).to_be_focused()
    expect(page).to_have_url(re.compile("#without-modality=implied$"))
    page.set_viewport_size({"width": 1440, "height": 500})
    page.evaluate("async () => { for (let i = 0; i < 5; i++) await new Promise(requestAnimationFrame); }")
    opened.picture.hover()
    page.get_by_role("button", name="Whole picture").click()
    opened.picture.hover()
    scale = "networkPage.picture.network.getScale()"
    begun = page.evaluate(scale)
    page.evaluate("scrollTo(0, 0)")
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => scrollY > 50")
    assert page.evaluate(scale) == begun
    page.evaluate("scrollTo(0, 0)")
    opened.picture.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_function(f"before => {scale} > before", arg=begun)
    steps: tuple[tuple[str, float], ...] = (
        ("Whole picture", 1),
        ("Zoom in", 1.3),
        ("Zoom out", 1),
        ("-", 1 / 1.3),
        ("0", 1),
    )
    for name, factor in steps:
        if len(name) > 1:
            page.get_by_role("button", name=name).click()
        else:
            opened.picture.focus()
            page.keyboard.press(name)
        assert page.evaluate(scale) == pytest.approx(factor * begun), name


def test_the_colours_of_the_picture_are_those_of_a_dark_page_in_the_dark(page: Page, site: Path) -> None:
    opened = Opened(page, site, "network/affiliation.html")

    def pixel(x: float, y: float) -> str:
        shot = base64.b64encode(opened.picture.screenshot()).decode()
        return str(page.evaluate(PIXEL, [shot, x, y]))

    def colours() -> tuple[str, str]:
        page.evaluate("networkPage.picture.network.fit()")
        ground = pixel(4, 4)
        x, y = page.evaluate(
            """id => { const { network } = networkPage.picture, position = networkPage.picture.places().get(id);
              network.moveTo({ position, scale: 1 });
              const { x, y } = network.canvasToDOM(position);
              return [Math.round(x) + 1, Math.round(y) + 1]; }""",
            opened.node("Japan")["id"],
        )
        return ground, pixel(x, y)

    assert colours() == ("#ffffff", "#009e73")
    page.emulate_media(color_scheme="dark")
    page.evaluate("async () => { for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); }")
    assert colours() == ("#1d2025", "#2fc199")
    page.emulate_media(color_scheme="light")
    page.evaluate("async () => { for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); }")
    assert colours() == ("#ffffff", "#009e73")


KINDS = {
    "method": "about.html",
    "index": "index.html",
    "things": "things.html",
    "sources": "sources.html",
    "questions": "questions.html",
    "map": "map.html",
    "timeline": "timeline.html",
    "money": "money.html",
    "ontology": "ontology.html",
    "contradictions": "contradictions.html",
    "promises": "promises.html",
    "dossier": "dossier/reference/actors/cim.html",
    "network": "network/funding.html",
    "network-chosen": "network/funding.html#at=reference%2Factors%2Fusaid",
    "network-table": "network/funding.html#view=table",
    "recipe": "network/partner-funding-usaid.html",
    "thing": "thing/reference/actors/iom.html",
    "undertaking": "thing/oas-cim-2005/undertakings/caribbean-seminars.html",
    "source": "source/oas-atip-2007.html",
    "question": "question/funding.html",
}


@pytest.mark.parametrize("tree", ["", "es/"])
def test_no_page_is_wider_than_a_phone_or_taller_than_fourteen(phone: Page, site: Path, tree: str) -> None:
    wide, tall = {}, {}
    for kind, path in KINDS.items():
        phone.goto("about:blank")
        phone.goto(address(site, tree + path))
        if kind.startswith(("network", "recipe", "money", "map", "timeline")):
            phone.wait_for_function(READY)
        width = phone.evaluate("Math.max(document.scrollingElement.scrollWidth, innerWidth)")
        if width > 390:
            wide[kind] = width
        if (screens := phone.evaluate("document.scrollingElement.scrollHeight / innerHeight")) > 14:
            tall[kind] = screens
    assert (wide, tall) == ({}, {})


def test_on_a_phone_a_finger_chooses_and_the_panel_opens_below(phone: Page, site: Path) -> None:
    opened = Opened(phone, site, "network/affiliation.html")
    expect(phone.locator("#filters")).to_be_hidden()
    opened.picture.scroll_into_view_if_needed()
    opened.click_node("Japan")
    expect(opened.panel.get_by_role("heading")).to_have_text("Japan")
    expect(opened.panel.locator("article").first).to_be_visible()
    assert box_of(opened.panel)["y"] < box_of(phone.locator("#filters-fold"))["y"]
    expect(phone.locator("#chosen")).to_be_in_viewport()
    phone.get_by_role("button", name="Claims").click()
    expect(opened.panel.get_by_role("heading")).to_be_in_viewport()
    phone.get_by_text("Legend and filters").click()
    opened.box("Stated or implied", "implied").uncheck()
    stated = sum(edge["modality"] == "stated" for edge in opened.data["edges"])
    expect(opened.counts).to_contain_text(f"{stated} of {len(opened.data['edges'])} links")


def test_on_a_phone_the_picture_fills_its_box_with_nodes_to_tap_and_the_best_tied_have_their_names(
    phone: Page, site: Path
) -> None:
    Opened(phone, site, "network/funding.html")
    across, down, least = phone.evaluate("""() => {
      const { picture, data } = networkPage, { network, container } = picture;
      const spots = [...picture.places().values()].map((spot) => network.canvasToDOM(spot));
      const reach = (values) => Math.max(...values) - Math.min(...values);
      const radii = data.nodes.map(({ id }) => picture.radius(id) * network.getScale());
      return [
        reach(spots.map(({ x }) => x)) / container.clientWidth,
        reach(spots.map(({ y }) => y)) / container.clientHeight,
        Math.min(...radii),
      ];
    }""")
    assert (across > 0.6, down > 0.6, least > 3) == (True, True, True)
    assert set(phone.evaluate(WRITTEN)) >= {"USAID", "G/TIP", "IOM", "UNODC"}, "even over nodes"


def test_without_scripts_the_page_leads_to_what_says_the_same(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "network/funding.html"))
    for dead in ("#search", "#filters-fold", "#picture", "#downloads", "#fit"):
        expect(page.locator(dead)).to_be_hidden()
    for name, path in (
        ("Entries", "things.html"),
        ("Sources", "sources.html"),
        ("The same as a table", "question/funding.html"),
    ):
        page.goto(address(site, "network/funding.html"))
        page.locator("main").get_by_role("link", name=name, exact=True).click()
        assert page.url == address(site, path)
        assert (site / path).is_file()
    context.close()


def test_a_hostile_name_stays_a_name_wherever_a_network_says_it(page: Page, hostile: Path) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    name = visible(HOSTILE)
    opened = Opened(page, hostile, "network/funding.html")
    box = page.get_by_role("combobox")
    box.fill("<img")
    expect(page.get_by_role("option").first).to_have_text(name)
    box.press("Enter")
    expect(opened.panel.get_by_role("heading")).to_have_text(name)
    expect(opened.panel.locator("article").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert any(name in row for row in opened.table())
    page.get_by_role("tab", name="Picture").click()
    spot = page.evaluate(
        "() => networkPage.picture.network.canvasToDOM(networkPage.picture.places().get(networkPage.item.id))"
    )
    frame = box_of(opened.picture)
    page.mouse.move(frame["x"] + 5, frame["y"] + 5)
    page.mouse.move(frame["x"] + spot["x"], frame["y"] + spot["y"], steps=3)
    tooltip = page.locator(".vis-tooltip")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_contain_text("<img src=x onerror=alert(1)>")
    assert name in {data["label"] for _, data in read_graphml(opened.take("graphml")).nodes(data=True)}
    assert name in {row["label"] for row in read_csv(opened.take("nodes.csv"))}
    assert page.evaluate("document.querySelectorAll('img, iframe, object, [onerror]').length") == 0
    assert alerts == []


FORMULAS = {
    "Lantern Fund": '=HYPERLINK("https://example.org";"x")',
    "Harbour Watch": "+1+cmd|' /C calc'!A0",
    "Casa Clara": "@SUM(A1)",
    "Lima": "-2+3",
    "Two seminars in Lima": 'a "quoted", comma',
}


def test_cells_that_begin_like_formulas_are_neutralised_and_others_are_whole(
    page: Page, small: Graph, tmp_path: Path
) -> None:
    site = render(Graph(called(small, FORMULAS)), tmp_path / "site").parent
    opened = Opened(page, site, "network/funding.html#all")
    labels = {row["label"] for row in read_csv(opened.take("nodes.csv"))}
    assert labels == {f"'{FORMULAS[name]}" for name in ("Lantern Fund", "Harbour Watch", "Lima")} | {
        'a "quoted", comma'
    }
    for row in read_csv(opened.take("csv")):
        assert not [cell for cell in row.values() if cell[:1] in tuple("=+-@\t")]
    assert {data["label"] for _, data in read_graphml(opened.take("graphml")).nodes(data=True)} >= {FORMULAS["Lima"]}
