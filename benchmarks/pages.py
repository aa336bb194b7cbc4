"""Pages of networks in a browser, over file://.

They are measured in turn with bare vis-network and with plain pyvis on the same graph. A graph of N nodes has 2 N
edges, whose givers follow a power law. Times are from navigation to the first stable picture.
"""

import json
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from playwright.sync_api import Error, Page

from benchmarks.browser import opened
from benchmarks.figures import Figure, Run, at_least, at_most, compared, seconds, timed
from benchmarks.generate import CLAIMS_A_SOURCE, Maker, code, node, number, tip

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]
    Places = dict[str, tuple[float, float]]

SIZES, SMOKE = ("200", "1000", "2000"), ("50",)
PATIENCE = 60  # seconds for a page
PLAIN = 1_000  # the largest size that plain pyvis is asked for; it settles its physics before anything is seen
PAIRS, SLOW_PAIRS = 5, 2

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


class Fundings(Maker):
    """Makes a graph of a number of actors, and of twice as many claims that one funds another."""

    def __init__(self, nodes: int, out: TextIO) -> None:
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


def figures(run: Run) -> Iterator[Figure]:
    """Measure the pages of a network of each number of nodes."""
    for size in map(int, run.sizes):
        with TemporaryDirectory() as folder:
            yield from of_a_network(size, run.apart(make, size, Path(folder))[0], run)


def of_a_network(nodes: int, pages: Pages, run: Run) -> Iterator[Figure]:
    """Measure the pages of a network."""
    on, bare = f"{nodes:,} nodes, {2 * nodes:,} edges", "bare vis-network"
    yield Figure(on, "writing a page with a given layout", pages.writing)
    yield Figure(on, "the layout", pages.arranging)
    sizes = (pages.ours.stat().st_size / 1e6, pages.bare.stat().st_size / 1e6)
    yield compared(on, "size of the page, without scripts", [sizes], bare, unit="MB")
    pairs = [(opening(pages.ours), opening(pages.bare)) for _ in range(run.rounds(PAIRS))]
    goal = at_most(1.2) if nodes <= PLAIN else None
    yield compared(on, "a page is ready", pairs, bare, goal)
    if nodes <= PLAIN:
        pairs = [(opening(pages.ours), opening(pages.plain)) for _ in range(run.rounds(SLOW_PAIRS))]
        late = f" (ended after {PATIENCE} s)" if any(theirs >= PATIENCE for _, theirs in pairs) else ""
        yield compared(on, "a page is ready", pairs, f"plain pyvis{late}", at_least(50) if nodes == PLAIN else None)


def make(nodes: int, folder: Path) -> Pages:
    """Write the pages of a made network into a folder."""
    import pyvis

    import tipgraph
    from tipgraph.outputs.site import assets, networks
    from tipgraph.outputs.site.labels import wording
    from tipgraph.outputs.site.layout import arrange
    from tipgraph.outputs.site.site_tree import Site

    statements = folder / "made.nq"
    with statements.open("w", encoding="utf-8") as out:
        Fundings(nodes, out).write()
    graph = tipgraph.load(str(statements))
    network = tipgraph.project(graph, "funding")
    site = Site(folder / "site", "en")
    arranging, places = timed(lambda: arrange(network))
    picture = networks.Picture("made", f"{nodes:,} nodes", network, "--network funding", places=places)
    said = wording(graph, site.language)

    def write() -> None:
        networks.write(site, graph, said, [picture])

    write()
    writing = statistics.median(seconds(write) for _ in range(3))
    assets.write(site.folder)
    shutil.copy(Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js", site.folder)
    bare, plain = site.folder / "bare.html", site.folder / "plain.html"
    bare.write_text(BARE.replace("DATA", json.dumps(bare_data(network, places), separators=(",", ":"))), "utf-8")
    plain.write_text(plain_page(network), "utf-8")
    return Pages(site.folder / "network" / "made.html", bare, plain, writing, arranging)


def bare_data(network: "Network", places: "Places") -> dict[str, Any]:
    """Return no more than vis-network needs: labels, places, ends."""
    index = {iri: position for position, iri in enumerate(network)}
    return {
        "nodes": [
            {"id": index[iri], "label": data["label"], "x": places[iri][0], "y": places[iri][1]}
            for iri, data in network.nodes(data=True)
        ],
        "edges": [{"from": index[start], "to": index[end], "arrows": "to"} for start, end in network.edges()],
    }


def plain_page(network: "Network") -> str:
    """Return the page that pyvis makes, its lists filled with what `from_nx` puts there, which is quadratic."""
    from pyvis.network import Network as Pyvis

    page = Pyvis(directed=True, cdn_resources="in_line")
    page.nodes = [
        {"color": "#97c2fc", "id": iri, "label": data["label"], "shape": "dot", "size": 10}
        for iri, data in network.nodes(data=True)
    ]
    page.edges = [{"arrows": "to", "from": start, "to": end, "width": 1} for start, end in network.edges()]
    return str(page.generate_html(notebook=False)).replace("</body>", f"{SETTLED}</body>")


def opening(path: Path) -> float:
    """Return the seconds until a page is ready, in a browser of its own."""
    with opened(path.as_uri()) as (_, page):
        return ready(page)


def ready(page: Page) -> float:
    """Return how many seconds a page took, at most those that anybody waits."""
    try:
        found = page.wait_for_function(READY, timeout=PATIENCE * 1000, polling=50)
    except Error:
        return PATIENCE
    return float(found.json_value()) / 1000
