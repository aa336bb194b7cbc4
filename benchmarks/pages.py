"""Measures of network pages in a real browser, in turn with plain pyvis and with bare vis-network on the same graph.

Run by `make bench`; `python benchmarks/pages.py 200 20000` takes some sizes only, `--every-pyvis` lets plain pyvis try
the large ones too. A graph of N nodes has 2 N edges, whose givers follow a power law. Times are from navigation to the
first stable picture, each in a browser of its own, over file://. Nothing here passes or fails.
"""

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import networkx as nx
import pyvis
from generate import CLAIMS_A_SOURCE, Maker, code, node, number, tip
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pyvis.network import Network as Pyvis

import tipgraph
from tipgraph.outputs.site import assets, networks
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import wording
from tipgraph.outputs.site.layout import Clusters, Places, arrange, clusters
from tipgraph.outputs.site.network_data import PYVIS_NODES
from tipgraph.outputs.site.site_tree import Site
from tipgraph.sources.folder import Texts

SIZES = (200, 1_000, 5_000, 20_000)
PATIENCE = 60  # seconds for a page
PLAIN = 1_000  # the largest size that plain pyvis is asked for; it settles its physics before anything is seen
PAIRS, SLOW_PAIRS = 5, 2
PANNING = 3.0  # seconds
VIEW = {"width": 1440, "height": 900}
CHROMIUM = os.environ.get("TIPGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-headless-shell")
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]  # plain pyvis asks CDNs
VIS = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"

T = TypeVar("T")
READY = "() => performance.getEntriesByName('ready')[0]?.startTime"

BARE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>bare</title>
<style>html, body, #picture { margin: 0; height: 100% }</style><div id="picture"></div>
<script src="vis-network.min.js"></script><script>
const data = DATA;
const picture = new vis.Network(document.getElementById("picture"),
  { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
  { physics: false, layout: { improvedLayout: false }, interaction: { dragNodes: false }, edges: { smooth: false },
    nodes: { shape: "dot", size: 11 } });
picture.once("afterDrawing", () => performance.mark("ready"));
</script></html>"""

SETTLED = '<script>network.once("stabilizationIterationsDone", () => performance.mark("ready"))</script>'

WATCH = """() => {
  window.frames_ = [];
  const watch = (now) => { window.frames_.push(now); requestAnimationFrame(watch); };
  requestAnimationFrame(watch);
}"""


class Fundings(Maker):
    """Makes a graph of a number of actors, and of twice as many claims that one funds another."""

    def __init__(self, nodes: int, out: Any) -> None:
        super().__init__(0, 1, out)
        self.actors = nodes
        self.sources = -(-2 * nodes // CLAIMS_A_SOURCE)
        self.givers: list[int] = []

    def write(self) -> None:
        self.ontology()
        for index in range(self.actors):
            self.thing("actors", f"a{index}", "Organization", f"Organization number {index}", ("Actor",))
        for index in range(self.sources):
            self.source(index)

    def source(self, number_: int) -> None:
        name = f"doc-{number_}"
        self.say(
            node(name), node(name), (tip("title"), f'"Document {number_}"@en'), (tip("issuedBy"), '"a maker"@en'),
            ("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", tip("Source")), (tip("licence"), '"CC0"'),
        )  # fmt: skip
        for index in range(min(CLAIMS_A_SOURCE, 2 * self.actors - len(self.givers))):
            self.claim(name, index, "Funding", "funding", self.pair())

    def pair(self) -> list[tuple[str, str]]:
        """Name a giver, the sooner the more it gives already, and the next receiver."""
        receiver = len(self.givers) % self.actors
        again = self.givers and self.random.random() < 0.6
        giver = self.random.choice(self.givers) if again else self.random.randrange(self.actors)
        giver = giver if giver != receiver else (giver + 1) % self.actors
        self.givers.append(giver)
        pairs = [
            (tip("giver"), node("reference", "actors", f"a{giver}")),
            (tip("receiver"), node("reference", "actors", f"a{receiver}")),
            (tip("moneyKind"), code("money-kind-awarded")),
        ]
        if self.random.random() < 0.7:
            amount = number(self.random.randrange(1, 5000) * 1000, "decimal")
            pairs += [(tip("amount"), amount), (tip("currency"), '"USD"')]
        return pairs


class Pages(NamedTuple):
    """The same network as pages of several kinds, and the seconds that Python took for ours."""

    ours: Path
    bare: Path
    plain: Path
    writing: float
    arranging: float
    saying: float


def make(nodes: int, folder: Path) -> Pages:
    """Write the pages of a made network into a folder."""
    statements = folder / "made.nq"
    with statements.open("w", encoding="utf-8") as out:
        Fundings(nodes, out).write()
    graph = tipgraph.load(str(statements))
    network = tipgraph.project(graph, "funding")
    site = Site(folder / "site", "en")
    arranging, (found, places) = timed(lambda: arranged(network))
    saying, _ = timed(lambda: Claims(graph, site, Texts()))
    said = wording(graph, site.language)

    def write() -> None:
        networks.write(site, said, network, "made", f"{nodes:,} nodes", places, clusters=found)

    write()
    writing = statistics.median(timed(write)[0] for _ in range(3))
    assets.write(site.folder)
    shutil.copy(VIS, site.folder)
    bare, plain = site.folder / "bare.html", site.folder / "plain.html"
    bare.write_text(BARE.replace("DATA", json.dumps(bare_data(network, places), separators=(",", ":"))), "utf-8")
    plain.write_text(plain_page(network), "utf-8")
    return Pages(site.folder / "network" / "made.html", bare, plain, writing, arranging, saying)


def arranged(network: "nx.MultiDiGraph[str]") -> tuple[Clusters, Places]:
    """Return the clusters of a network and the places of its nodes, as the site finds them."""
    found = clusters(network)
    return found, arrange(network, found)


def timed(function: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds a call took, and what it returned."""
    begun = time.perf_counter()
    result = function()
    return time.perf_counter() - begun, result


def bare_data(network: "nx.MultiDiGraph[str]", places: Places) -> dict[str, Any]:
    """Return no more than vis-network needs: labels, places, ends."""
    index = {iri: position for position, iri in enumerate(network)}
    return {
        "nodes": [
            {"id": index[iri], "label": data["label"], "x": places[iri][0], "y": places[iri][1]}
            for iri, data in network.nodes(data=True)
        ],
        "edges": [{"from": index[start], "to": index[end], "arrows": "to"} for start, end in network.edges()],
    }


def plain_page(network: "nx.MultiDiGraph[str]") -> str:
    """Return the page that pyvis makes, its lists filled with what `from_nx` puts there, which is quadratic."""
    page = Pyvis(directed=True, cdn_resources="in_line")
    page.nodes = [
        {"color": "#97c2fc", "id": iri, "label": data["label"], "shape": "dot", "size": 10}
        for iri, data in network.nodes(data=True)
    ]
    page.edges = [{"arrows": "to", "from": start, "to": end, "width": 1} for start, end in network.edges()]
    return str(page.generate_html(notebook=False)).replace("</body>", f"{SETTLED}</body>")


@contextmanager
def opened(path: Path) -> Iterator[Page]:
    """Open a page in a browser of its own, which cannot reach the network."""
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            page = browser.new_page(viewport=VIEW)  # type: ignore[arg-type]
            page.goto(path.as_uri(), wait_until="commit")
            yield page
        finally:
            browser.close()


def ready(page: Page) -> float:
    """Return how many seconds a page took, infinity where it takes longer than anybody waits."""
    try:
        found = page.wait_for_function(READY, timeout=PATIENCE * 1000, polling=50)
    except Error:
        return float("inf")
    return float(found.json_value()) / 1000


def opening(path: Path) -> float:
    with opened(path) as page:
        return ready(page)


def panning(path: Path, nearer: int) -> tuple[float, float]:
    """Drag a picture about, zoomed in by some turns of the wheel: frames a second, and the longest one in ms."""
    with opened(path) as page:
        ready(page)
        page.wait_for_timeout(1000)
        x, y = VIEW["width"] // 2, VIEW["height"] // 2
        page.mouse.move(x, y)
        page.keyboard.down("Control")
        for _ in range(nearer):
            page.mouse.wheel(0, -300)
            page.wait_for_timeout(100)
        page.keyboard.up("Control")
        page.wait_for_timeout(1500)
        page.mouse.down()
        page.evaluate(WATCH)
        begun = time.perf_counter()
        while (now := time.perf_counter() - begun) < PANNING:
            page.mouse.move(x + 350 * math.sin(1.7 * now), y + 220 * math.sin(2.3 * now))
            time.sleep(1 / 60)
        frames = page.evaluate("() => window.frames_")
    lasted = [after - before for before, after in pairwise(frames)]
    return 1000 / statistics.mean(lasted), max(lasted)


def compare(other: str, ours: Path, theirs: Path, pairs: int, goal: str) -> None:
    """Open two pages in turn, and print the medians and the median of the ratios."""
    times = [(opening(ours), opening(theirs)) for _ in range(pairs)]
    mine, its = (statistics.median(column) for column in zip(*times, strict=True))
    if its == float("inf"):
        said = f"over {PATIENCE} s: more than {PATIENCE / mine:.0f}x sooner"
    else:
        ratio = statistics.median(one / two for one, two in times)
        said = f"{its * 1000:,.0f} ms = {f'{ratio:.2f}x' if ratio > 0.1 else f'{1 / ratio:.0f}x sooner'}"
    print(f"  ready, ours / {other}: {mine * 1000:,.0f} ms / {said}{goal}", flush=True)


def measure(nodes: int, folder: Path, every: bool) -> None:
    """Print all that is measured at one size."""
    pages = make(nodes, folder)
    large = nodes == SIZES[-1]
    print(f"\n{nodes:,} nodes, {2 * nodes:,} edges")
    scripts = sum(path.stat().st_size for path in (pages.ours.parent.parent / "assets").iterdir())
    sizes = [f"{path.stat().st_size / 1e6:.2f} MB" for path in (pages.ours, pages.bare, pages.plain)]
    print(f"  the file: ours {sizes[0]} (and {scripts / 1e6:.1f} MB of scripts and styles once for all pages), "
          f"bare vis-network {sizes[1]} (and {VIS.stat().st_size / 1e6:.1f} MB), plain pyvis {sizes[2]}")  # fmt: skip
    goal = " (goal: under 1 s)" if large else ""
    print(f"  Python: writing it {pages.writing:.2f} s with the layout given{goal}; before that, the layout "
          f"{pages.arranging:.2f} s, and saying all claims {pages.saying:.2f} s", flush=True)  # fmt: skip
    goal = " (goal: within 1.2x)" if nodes <= PYVIS_NODES else " (goal: within 0.5x)" if large else ""
    compare("bare vis-network", pages.ours, pages.bare, PAIRS, goal)
    if nodes <= PLAIN or every:
        goal = " (goal: 50x sooner)" if nodes == PLAIN else ""
        compare("plain pyvis", pages.ours, pages.plain, SLOW_PAIRS, goal)
    else:
        print(f"  ready, plain pyvis: not asked above {PLAIN:,} nodes, where it takes minutes (--every-pyvis asks it)")
    for name, nearer in (("the whole", 0), ("zoomed in", 6)) if large else ():
        pans = [(panning(pages.ours, nearer), panning(pages.bare, nearer)) for _ in range(SLOW_PAIRS + 1)]
        print(f"  panning {name}: ours {frames(one for one, _ in pans)} (goal: 30 a second, none over 100 ms), "
              f"bare vis-network {frames(two for _, two in pans)}", flush=True)  # fmt: skip


def frames(found: Iterable[tuple[float, float]]) -> str:
    rates, longest = zip(*found, strict=True)
    return f"{statistics.median(rates):.0f} frames a second, the longest {statistics.median(longest):.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--every-pyvis", action="store_true", help="let plain pyvis try the large graphs too")
    given = parser.parse_args()
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{platform.platform()}, Python {platform.python_version()}, {cores}, {PAIRS} pairs, medians")
    for nodes in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(nodes, Path(folder), given.every_pyvis)


if __name__ == "__main__":
    main()
