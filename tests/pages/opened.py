"""A network page that is open, as tests read it: its data, what is drawn, its table, its panel, its downloads."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import address
from tipgraph.model import DATA

Data: TypeAlias = dict[str, Any]

# A page is ready when its scripts have run, and nothing on it loads.
READY = """() => document.documentElement.dataset.ready === 'yes' && !document.querySelector('[aria-busy="true"]')"""
STILL = """() => !document.querySelector('[aria-busy="true"]')"""  # nothing on it loads
# What is drawn is asked of vis-network itself, not of our own filters.
DRAWN = """() => {
  const { network: { body: { nodes, edges } }, lines } = networkPage.picture;
  const seen = (items) => Object.values(items).filter((item) => !item.options.hidden).map((item) => item.id);
  return [seen(nodes), seen(edges).flatMap((drawn) => lines.get(drawn).ids)];
}"""
SHOWN = """() => {
  const { shown, data } = networkPage;
  return [[shown.nodes.size, data.nodes.length], [shown.edges.size, data.edges.length]];
}"""
ON_SCREEN = """(id) => {
  const { picture } = networkPage;
  const { x, y } = picture.network.canvasToDOM(picture.places().get(id));
  const { left, top } = document.getElementById("picture").getBoundingClientRect();
  return { x: left + x, y: top + y };
}"""

ROWS = "[...document.querySelectorAll('#table tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"


class Opened:
    """One network page, opened and ready."""

    def __init__(self, page: Page, site: Path, path: str) -> None:
        page.emulate_media(reduced_motion="reduce")  # the picture then goes where it goes at once
        self.page = page
        self.downloaded = 0
        page.goto(address(site, path))
        page.wait_for_function(READY)
        self.data: Data = page.evaluate("tipgraph.pageData('network')")
        self.panel = page.locator("#panel")
        self.picture = page.locator("#picture")
        self.counts = page.locator("#counts")

    def node(self, label: str) -> Data:
        (found,) = [node for node in self.data["nodes"] if node["label"] == label]
        return dict(found)

    def edge(self, key: str) -> Data:
        (found,) = [edge for edge in self.data["edges"] if edge["key"] == key]
        return dict(found)

    def box(self, group: str, label: str) -> Locator:
        """The box of the legend for a value of a facet; its name also says how many there are."""
        found = self.page.locator("#filters").get_by_role("group", name=group, exact=True)
        folded = found.locator("details:not([open]) > summary:visible")
        while folded.count():
            folded.first.click()
        text = re.escape(label).replace("/", ".")  # a slash would end the pattern where Playwright puts it
        return found.get_by_role("checkbox", name=re.compile(rf"^\s*{text}[\d/ ]*$"))

    def only(self, label: str) -> Locator:
        """The button of the legend that leaves only one value of its facet."""
        return self.page.locator("#filters").get_by_role("button", name=f"only {label}", exact=True)

    def search(self, text: str) -> None:
        """Search as a person does, and take what is found first."""
        box = self.page.locator("#search")
        box.fill(text)
        box.press("ArrowDown")
        box.press("Enter")

    def click_node(self, label: str) -> None:
        """Click on a node where vis-network draws it."""
        spot = self.page.evaluate(ON_SCREEN, self.node(label)["id"])
        self.page.mouse.click(spot["x"], spot["y"])

    def slide(self, handle: str, to: int) -> None:
        """Move a handle of the years by keys, year by year."""
        slider = self.page.get_by_role("slider", name=handle)
        by = to - int(slider.input_value())
        for _ in range(abs(by)):
            slider.press("ArrowRight" if by > 0 else "ArrowLeft")
        assert int(slider.input_value()) == to

    def drawn(self) -> tuple[set[int], set[int]]:
        nodes, edges = self.page.evaluate(DRAWN)
        return set(nodes), set(edges)

    def table(self) -> Counter[tuple[str, ...]]:
        """The rows of the table of links: both ends, the link with its caveats, and its citation."""
        self.page.get_by_role("tab", name=re.compile("Table|Tabla")).click()
        expect(self.page.locator("#table table")).to_be_visible()
        more = self.page.locator("#table").get_by_role("button", name=re.compile("^(More|Más): "))
        while more.is_visible():
            more.click()
        return Counter(tuple(row[:4]) for row in self.page.evaluate(ROWS))

    def row(self, edge: Data) -> tuple[str, ...]:
        start, tie, end, caveats = self.words(edge)
        return start, tie + caveats, end, edge["said_at"]

    def words(self, edge: Data) -> tuple[str, str, str, str]:
        """Return what an edge says: its start, its tie, its end, and the caveats that follow."""
        start, end = (self.data["nodes"][edge[name]]["label"] for name in ("from", "to"))
        caveats = f" ({edge['caveats']})" if "caveats" in edge else ""
        return start, self.data["relations"][edge["relation"]], end, caveats

    def take(self, form: str) -> Path:
        """Download what is shown."""
        menu = self.page.locator("#downloads")
        if menu.get_attribute("open") is None:
            menu.locator("summary").click()
        with self.page.expect_download() as started:
            menu.locator(f'button[data-form="{form}"]').click()
        (nodes, all_nodes), (edges, all_edges) = self.page.evaluate(SHOWN)
        filtered = "" if nodes == all_nodes and edges == all_edges else "-filtered"
        assert started.value.suggested_filename == f"{self.data['name']}{filtered}.{form}"
        return Path(started.value.path())

    def agrees(self, kept: Callable[[Data], bool]) -> None:
        """Hold the count, the picture, the table and every download to the edges that should be left."""
        edges = [edge for edge in self.data["edges"] if kept(edge)]
        ids = {edge["id"] for edge in edges}
        ends = {edge[end] for edge in edges for end in ("from", "to")}
        assert 0 < len(ids) < len(self.data["edges"]), "a filter that filters nothing or everything tests nothing"
        numbers = f"{len(ends)} of {len(self.data['nodes'])} entries, {len(ids)} of {len(self.data['edges'])} links"
        expect(self.counts).to_have_text(f"Shown: {numbers}")
        assert self.drawn() == (ends, ids)
        assert self.table() == Counter(self.row(edge) for edge in edges)
        self.files_agree({edge["key"] for edge in edges}, {self.data["nodes"][end]["iri"] for end in ends})

    def files_agree(self, keys: Iterable[str], iris: set[str]) -> None:
        """Hold every download to these edges and nodes, read by readers that are not ours."""
        edges = {DATA + key for key in keys}
        rows, things = read_csv(self.take("csv")), read_csv(self.take("nodes.csv"))
        assert (len(rows), {row["id"] for row in rows}) == (len(edges), edges)
        assert (len(things), {row["iri"] for row in things}) == (len(iris), iris)
        network = read_graphml(self.take("graphml"))
        assert set(network) == iris
        assert network.number_of_edges() == len(edges)
        assert {key for _, _, key in network.edges(keys=True)} == edges


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_graphml(path: Path) -> "nx.MultiGraph[str]":
    """Read all edges, each by its key."""
    network = nx.read_graphml(path, force_multigraph=True)
    assert isinstance(network, nx.MultiGraph)
    return network


# The colour of a pixel of a PNG, which the browser itself reads: no other library is wanted for it.
PIXEL = """async ([png, x, y]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(x < 1 ? x * image.width : x, y < 1 ? y * image.height : y, 1, 1);
  return `#${[...data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}"""

# The boxes of nodes and of lines of names, in pixels of the picture, as they are drawn when it is drawn once more.
BOXES = """() => {
  const { picture, shown } = networkPage, { network, container } = picture;
  const { prototype } = CanvasRenderingContext2D, write = prototype.fillText, names = [];
  prototype.fillText = function (text, x, y) {
    const size = this.measureText(text), ends = ["Left", "Ascent", "Right", "Descent"];
    const sides = ends.map((end) => size[`actualBoundingBox${end}`]);
    const { a, d, e, f } = this.getTransform();
    const box = [(x - sides[0]) * a + e, (y - sides[1]) * d + f, (x + sides[2]) * a + e, (y + sides[3]) * d + f];
    if (!/^[0-9 ]*$/.test(text)) names.push(box.map((at) => at / devicePixelRatio)); // not the numbers of lines
    write.call(this, text, x, y);
  };
  network.redraw();
  prototype.fillText = write;
  const nodes = [...shown.nodes].map((id) => {
    const { left, top, right, bottom } = network.getBoundingBox(id);
    const [start, end] = [network.canvasToDOM({ x: left, y: top }), network.canvasToDOM({ x: right, y: bottom })];
    return [start.x, start.y, end.x, end.y];
  });
  return { names, nodes, size: [container.clientWidth, container.clientHeight] };
}"""
