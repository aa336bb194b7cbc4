"""Networks too large for vis-network: another renderer behind the same page, and everything else as on small ones."""

import base64
import struct
from pathlib import Path
from random import Random
from urllib.parse import unquote

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from tests.pages.opened import PIXEL, Opened, read_csv, read_gexf, read_graphml
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA
from tipgraph.outputs.site import assets, networks
from tipgraph.outputs.site.embedded_engine import carry
from tipgraph.outputs.site.labels import wording
from tipgraph.outputs.site.layout import Places
from tipgraph.outputs.site.site_tree import Site

NODES, EDGES = 3_000, 6_000


def made(nodes: int, edges: int) -> "nx.MultiDiGraph[str]":
    """Make a network of actors that give to each other, some more than others, some at a time that is known."""
    chance = Random(4)  # noqa: S311
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(nodes):
        iri, label = f"{DATA}made/actors/a{number}", f"Organization number {number}"
        kind = ("Organization", "Group")[number % 2]
        network.add_node(iri, iri=iri, label=label, label_es=label, type="Actor", kind=kind)
    names = list(network)
    for number in range(edges):
        giver, receiver = names[int(nodes * chance.random() ** 2)], names[number % nodes]
        claim, year = f"{DATA}made/funding/f{number}", 2000 + number % 10
        data = {
            "claim": claim, "class": "Funding", "source": "made", "edge": "fundingReceiver", "label": "gives to",
            "label_es": "da a", "directed": True, "kind": "awarded", "said_at": f"made ¶{number + 1} s1",
            "modality": "implied" if number % 3 else "stated",
        }  # fmt: skip
        if number % 4:
            data |= {"date": str(year), "earliest": f"{year}-01-01", "latest": f"{year}-12-31"}
        if number % 5:
            data |= {"amount": 1000.0 * (1 + number % 50), "currency": "USD"}
        network.add_edge(giver, receiver, f"{claim}#fundingReceiver", **data)
    return network


def in_rows(network: "nx.MultiDiGraph[str]") -> Places:
    """Set nodes in rows: where they stand is not what is tested here, and is found sooner."""
    return {node: (120.0 * (number % 60), 80.0 * (number // 60)) for number, node in enumerate(network)}


@pytest.fixture(scope="module")
def large(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of a network of 3,000 nodes, and of one that vis-network is still asked to draw."""
    site = Site(tmp_path_factory.mktemp("large"), "en")
    for name, nodes, edges in (("large", NODES, EDGES), ("limit", 2_000, 2_500)):
        network = made(nodes, edges)
        networks.write(site, wording(small, site.language), network, name, name, in_rows(network))
    (site.folder / "lens").mkdir()
    rest = dict.fromkeys(("caveats", "notes", "corrections", "also", "against"), ())
    claims = {
        f"made/funding/f{number}": rest
        | {"heading": "", "modality": "stated", "reviewer": "", "whole": None, "sentence": ["gives to"]}
        | {"said": [{"label": f"made ¶{number + 1} s1", "path": "source/made.html", "quote": ""}]}
        for number in range(EDGES)
    }
    carry(site.folder / "lens" / "en-0.js", {"claims": claims})
    carry(site.folder / "lens" / "en.js", {"about": {"tree": "", "firsts": [""], "sources": {}, "words": {}}})
    assets.write(site.folder)
    return site.folder


def middle(opened: Opened) -> tuple[float, float]:
    box = opened.picture.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_above_two_thousand_nodes_our_own_canvas_draws_and_vis_network_is_not_even_loaded(
    page: Page, large: Path
) -> None:
    opened = Opened(page, large, "network/large.html")
    assert opened.data["renderer"] == "canvas"
    assert page.evaluate("typeof vis") == "undefined"
    expect(opened.counts).to_have_text("Shown: 3000 of 3000 entries, 6000 of 6000 links")
    expect(page.locator("#physics-label")).to_be_hidden()
    assert Opened(page, large, "network/limit.html").data["renderer"] == "vis"
    assert len(opened.drawn()[0]) == 2_000
    assert page.evaluate("document.querySelectorAll('#picture .vis-network canvas').length") == 1


def test_search_flies_to_a_node_and_a_click_there_chooses_it(page: Page, large: Path) -> None:
    opened = Opened(page, large, "network/large.html")
    opened.search("number 1234")
    heading = opened.panel.get_by_role("heading")
    expect(heading).to_have_text("Organization number 1234")
    expect(opened.panel.locator("article").first).to_contain_text("gives to")
    opened.picture.focus()
    page.keyboard.press("Escape")
    expect(heading).to_have_count(0)
    page.mouse.click(*middle(opened))
    expect(heading).to_have_text("Organization number 1234")
    page.keyboard.press("Escape")
    x, y = middle(opened)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y + 90, steps=5)
    page.mouse.up()
    expect(heading).to_have_count(0)
    page.mouse.click(x + 200, y + 90)
    expect(heading).to_have_text("Organization number 1234")


def test_by_keyboard_ties_are_walked_and_read(page: Page, large: Path) -> None:
    opened = Opened(page, large, "network/large.html#at=made%2Factors%2Fa7")
    touching = [edge for edge in opened.data["edges"] if 7 in (edge["from"], edge["to"])]
    opened.picture.focus()
    for edge in touching[:3]:
        page.keyboard.press("ArrowDown")
        expect(page.locator("#chosen")).to_have_text(" ".join(opened.row(edge)[:3]))
        expect(opened.panel.locator("article .said a")).to_have_text(edge["said_at"])
    page.keyboard.press("Enter")
    last = touching[min(2, len(touching) - 1)]
    other = last["to"] if last["from"] == 7 else last["from"]
    expect(opened.panel.get_by_role("heading")).to_have_text(f"Organization number {other}")


def test_filters_leave_the_same_in_the_picture_the_table_and_the_downloads(page: Page, large: Path) -> None:
    opened = Opened(page, large, "network/large.html")
    opened.box("Entries", "group").uncheck()
    opened.box("Stated or implied", "implied").uncheck()
    opened.slide("From year", 2008)
    kept = [
        edge
        for edge in opened.data["edges"]
        if edge["from"] % 2 == 0 == edge["to"] % 2
        and edge["modality"] == "stated"
        and edge.get("latest", "9999") >= "2008"
    ]
    keys, ends = {DATA + edge["key"] for edge in kept}, {edge[end] for edge in kept for end in ("from", "to")}
    iris = {opened.data["nodes"][end]["iri"] for end in ends}
    expect(opened.counts).to_have_text(f"Shown: {len(ends)} of 3000 entries, {len(kept)} of 6000 links")
    assert {row["id"] for row in read_csv(opened.take("csv"))} == keys
    assert {row["iri"] for row in read_csv(opened.take("nodes.csv"))} == iris
    for network in (read_graphml(opened.take("graphml")), read_gexf(opened.take("gexf"))):
        assert (set(network), {key for *_, key in network.edges(keys=True)}) == (iris, keys)
    assert sum(opened.table().values()) == len(kept)
    page.get_by_role("tab", name="Picture").click()
    png = opened.take("png").read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert width >= 3200 <= 3 * height
    gone = next(number for number in range(NODES) if number not in ends)
    opened.search(f"number {gone}")
    expect(opened.panel).to_contain_text("The filters hide it.")


def test_what_filters_hide_is_not_drawn_and_cannot_be_clicked(page: Page, large: Path) -> None:
    opened = Opened(page, large, "network/large.html")
    opened.search("number 2001")  # of the kind `group`
    opened.picture.focus()
    page.keyboard.press("Escape")
    shot = {"ready": "", "hidden": ""}
    colour = {}
    for state in shot:
        page.evaluate("async () => { for (let i = 0; i < 30; i++) await new Promise(requestAnimationFrame); }")
        png = base64.b64encode(opened.picture.screenshot()).decode()
        colour[state] = page.evaluate(PIXEL, [png, 0.5, 0.5])
        if state == "ready":
            opened.box("Links", "gives to").uncheck()
    assert colour == {"ready": "#0072b2", "hidden": "#ffffff"}
    page.mouse.click(*middle(opened))
    expect(opened.panel).to_contain_text("Choose an entry or a link")


def test_the_table_turns_its_pages_and_a_row_chooses_in_the_picture(page: Page, large: Path) -> None:
    opened = Opened(page, large, "network/large.html#view=table")
    expect(page.locator("#table [role=status]")).to_have_text("1–200 / 6000")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#table [role=status]")).to_have_text("201–400 / 6000")
    row = page.locator("#table tbody tr").first
    row.get_by_role("button").click()
    edge = opened.data["edges"][200]
    expect(opened.panel.get_by_role("heading")).to_have_text(" ".join(opened.row(edge)[:3]))
    assert unquote(page.url).endswith(f"view=table&at={edge['key']}")


def test_in_the_dark_the_picture_is_painted_anew(page: Page, large: Path) -> None:
    opened = Opened(page, large, "network/large.html")
    opened.search("number 1234")
    for scheme, ground, node in (("dark", "#1d2025", "#56a8e0"), ("light", "#ffffff", "#0072b2")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate("async () => { for (let i = 0; i < 10; i++) await new Promise(requestAnimationFrame); }")
        png = base64.b64encode(opened.picture.screenshot()).decode()
        assert page.evaluate(PIXEL, [png, 0.5, 0.5]) == node
        expect(opened.picture).to_have_css(
            "background-color", f"rgb({', '.join(str(part) for part in bytes.fromhex(ground[1:]))})"
        )
