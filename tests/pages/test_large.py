"""Large networks: our own renderer behind the same page, and clusters first where there are many links."""

import base64
import re
import struct
from itertools import combinations
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
from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.labels import wording
from tipgraph.outputs.site.layout import MANY, Places, arrange, clusters
from tipgraph.outputs.site.site_tree import Site

NODES, EDGES = 3_000, 6_000
BOXES = """() => {
  const { picture: { drawing, shown, sight, buffers: { all: { seen: { view } } } } } = networkPage;
  const nodes = [...shown.nodes.keys()].filter((node) => shown.nodes[node]).map((node) => {
    const [x, y] = [(drawing.xs[node] - view.x) * view.scale + view.width / 2, (drawing.ys[node] - view.y) * view.scale + view.height / 2];
    const radius = drawing.radius(node, view.scale);
    return { node, entries: drawing.entries[node], box: [x - radius, y - radius, x + radius, y + radius] };
  });
  return { nodes, names: sight.names, lines: [...shown.edges].filter(Boolean).length };
}"""  # noqa: E501
STILL = "async () => { for (let i = 0; i < 30; i++) await new Promise(requestAnimationFrame); }"


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
            "claim": claim, "class": "Funding", "document": "made", "edge": "fundingReceiver", "label": "gives to",
            "label_es": "da a", "undirected": False, "kind": "awarded", "said_at": f"made ¶{number + 1} s1",
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
    tell(site)
    return site.folder


def tell(site: Site) -> None:
    """Write the claims of made networks, and the scripts and styles."""
    (site.folder / "lens").mkdir()
    rest = dict.fromkeys(("caveats", "notes", "corrections", "also", "against"), ())
    claims = {
        f"made/funding/f{number}": rest
        | {"heading": "", "modality": "stated", "reviewer": "", "whole": None, "sentence": ["gives to"]}
        | {"said": [{"label": f"made ¶{number + 1} s1", "path": "source/made.html", "quote": ""}]}
        for number in range(EDGES)
    }
    carry(site.folder / "lens" / "en-0.js", {"claims": packed(claims)})
    carry(
        site.folder / "lens" / "en.js",
        {"about": {"tree": "", "firsts": [""], "starts": [0], "sources": {}, "words": {}}},
    )
    assets.write(site.folder)


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


@pytest.fixture(scope="module")
def clustered(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a network with some more links than are drawn one by one at first."""
    site, network = Site(tmp_path_factory.mktemp("clustered"), "en"), made(900, MANY + 300)
    found = clusters(network)
    places = arrange(network, found)
    networks.write(site, wording(small, site.language), network, "clustered", "Clustered", places, clusters=found)
    tell(site)
    return site.folder


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def test_a_network_of_many_links_opens_as_clusters_that_lie_over_nothing(page: Page, clustered: Path) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    opened = Opened(page, clustered, "network/clustered.html")
    drawn = page.evaluate(BOXES)
    nodes, names = drawn["nodes"], drawn["names"]
    assert [node["entries"] for node in nodes] == [len(cluster) for cluster in opened.data["clusters"]]
    assert sum(node["entries"] for node in nodes) == 900
    assert len(names) > len(nodes) / 2
    for boxes in (nodes, names):
        assert not [pair for pair in combinations(boxes, 2) if overlap(pair[0]["box"], pair[1]["box"])]
    assert not [(name, node) for name in names for node in nodes if overlap(name["box"], node["box"])]
    expect(page.locator("#clusters-note")).to_contain_text(
        f"Clusters: {len(nodes)}, open: 0. A cluster is our grouping"
    )
    expect(opened.counts).to_have_text("Shown: 900 of 900 entries, 2300 of 2300 links")
    assert len(read_csv(opened.take("csv"))) == 2300
    assert len(read_gexf(opened.take("gexf"))) == 900


def test_a_cluster_opens_by_click_and_by_keyboard_and_closes_again(page: Page, clustered: Path) -> None:
    opened = Opened(page, clustered, "network/clustered.html")
    closed = page.evaluate(BOXES)["nodes"]
    _, *others = (len(cluster) for cluster in opened.data["clusters"])
    place = page.evaluate(
        """(node) => {
          const { camera: { x, y, scale }, width, height, drawing: { xs, ys } } = networkPage.picture;
          const { left, top } = document.getElementById("picture").getBoundingClientRect();
          return [left + (xs[node] - x) * scale + width / 2, top + (ys[node] - y) * scale + height / 2];
        }""",
        closed[0]["node"],
    )
    page.mouse.click(*place)
    expect(opened.panel).to_contain_text("our grouping, computed")
    page.evaluate(STILL)
    drawn = page.evaluate(BOXES)["nodes"]
    assert sorted(node["node"] for node in drawn if not node["entries"]) == sorted(opened.data["clusters"][0])
    assert [node["entries"] for node in drawn if node["entries"]] == others
    opened.panel.get_by_role("button", name="Close this cluster").click()
    page.evaluate(STILL)
    assert page.evaluate(BOXES)["nodes"] == closed

    opened.picture.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")  # the walk begins anew after the largest
    second = page.locator("#chosen").text_content() or ""
    assert re.search(rf"^Cluster around .* \(our grouping, computed\): {others[0]} entries, ", second)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#chosen")).to_have_text(re.compile(r"^\d+ links: around "))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.evaluate(STILL)
    assert len(page.evaluate(BOXES)["nodes"]) == others[0] + len(others)
    assert "open=" in page.url
    page.reload()
    page.wait_for_function("() => document.documentElement.dataset.ready === 'yes'")
    assert len(page.evaluate(BOXES)["nodes"]) == others[0] + len(others)


def test_search_opens_the_cluster_of_an_entry_and_filters_count_within_clusters(page: Page, clustered: Path) -> None:
    opened = Opened(page, clustered, "network/clustered.html")
    opened.box("Entries", "group").uncheck()
    page.evaluate(STILL)
    shown = page.evaluate("networkPage.shown.nodes.size")
    assert 0 < shown == sum(node["entries"] or 1 for node in page.evaluate(BOXES)["nodes"]) < 900
    opened.search("number 440")
    expect(opened.panel.get_by_role("heading")).to_have_text("Organization number 440")
    page.evaluate(STILL)
    assert 440 in [node["node"] for node in page.evaluate(BOXES)["nodes"]]
    page.get_by_role("button", name="Open all clusters").click()
    page.evaluate(STILL)
    assert len(page.evaluate(BOXES)["nodes"]) == shown
