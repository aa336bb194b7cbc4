"""The site of a graph: what it costs to write, and, of a large one, its pages in a browser.

A page is ready when its scripts have run and its lists are loaded. It is as tall as it is when it opens. The sites of
made graphs are only written: they say how the cost grows.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page

from benchmarks.browser import HEIGHT, WIDTH, opened
from benchmarks.figures import Figure, Goal, Run, at_most, growth, held_by, timed
from benchmarks.graphs import AID, COMMAND, OPEN, SMALL, Measured, graphs

SIZES, SMOKE = ("kit", AID, OPEN, "250000", "1000000", "5000000"), (SMALL,)
MILLION = 900_000  # statements from which a graph has the goals of a million: made ones have fewer than asked for
SCREENS = {"desk": (WIDTH, HEIGHT), "phone": (390, 844)}
ROUNDS = 3
LATE = {"ask.html", "map.html", "money.html", "ontology.html", "timeline.html"}  # these say when they are ready
KINDS = (
    "index.html", "map.html", "money.html", "timeline.html", "things.html", "contradictions.html", "promises.html",
    "ontology.html", "network/*.html", "source/*.html", "question/*.html",
)  # fmt: skip
FILTERS = (
    ("map.html", "#lines"),
    ("map.html", "#modality"),
    ("timeline.html", "[name=kind]"),
    ("money.html", "[name=funder]"),
    ("money.html", "[name=find]"),
    ("things.html", "#find"),
    ("question/things.html", "#find"),
    ("ontology.html", "#term-box"),
    ("network/*.html", "#filters input[type=checkbox]"),
)
WORD = "lima"  # of a search
READY = """(isLate) => document.readyState === "complete"
  && !document.querySelector('script.drawing, [aria-busy="true"]')
  && (!isLate || document.documentElement.dataset.ready === "yes") && performance.now()"""
# Choose something in a filter, or take it back; a filter may go on in a frame after its event.
FILTERED = """async (field, chosen) => {
  if (field.type === "checkbox") field.click();
  else {
    field[field.matches("select") ? "selectedIndex" : "value"] = field.matches("select") ? Number(!!chosen) : chosen;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}"""


class Reader(NamedTuple):
    """Somebody who reads the site of a graph in a browser."""

    graph: str
    browser: Browser
    site: Path

    @contextmanager
    def at(self, path: str, device: str = "desk") -> Iterator[tuple[Page, float]]:
        """Open a page of the site anew; yield it with the seconds until it was ready."""
        width, height = SCREENS[device]
        page = self.browser.new_page(viewport={"width": width, "height": height})
        page.goto((self.site / path).as_uri(), wait_until="commit")
        yield page, ready(page)
        page.close()

    def largest(self, kind: str) -> str:
        """Return the path of the largest page of a kind."""
        found = max(self.site.glob(kind), key=lambda path: path.stat().st_size)
        return str(found.relative_to(self.site))


def ready(page: Page) -> float:
    """Wait until a page is ready; return the seconds since it was opened."""
    name = page.url.partition("#")[0].rpartition("/")[2]
    is_late = name in LATE or "/network/" in page.url
    return float(page.wait_for_function(READY, arg=is_late, timeout=60_000).json_value()) / 1000


class Goals(NamedTuple):
    """The goals of writing a site."""

    seconds: Goal | None = None
    mb: Goal | None = None  # of memory
    size: Goal | None = None


def goals(graph: Measured) -> Goals:
    """Return the goals of the site of a graph: there are some for 14,000 claims, and for a million statements."""
    if graph.size == AID:
        return Goals(seconds=at_most(60), size=at_most(40))
    return Goals(at_most(300), at_most(2_000)) if MILLION < graph.statements < 2 * MILLION else Goals()


class Cost(NamedTuple):
    """What writing a site cost: seconds by the clock and of the processor, and the most MB that its processes held."""

    seconds: float
    busy: float
    mb: float


def figures(run: Run) -> Iterator[Figure]:
    """Measure the site of each graph, and how the cost of made ones grows with their statements."""
    busy = dict[int, float]()
    for graph in graphs(run.sizes):
        with TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            cost = written(graph, site)
            sizes = [path.stat().st_size / 1e6 for path in site.rglob("*") if path.is_file()]
            wanted = goals(graph)
            yield Figure(graph.name, "writing the site", cost.seconds, goal=wanted.seconds)
            yield Figure(graph.name, "writing the site, time of the processor", cost.busy)
            what = "memory of writing the site, all processes, without files"
            yield Figure(graph.name, what, cost.mb, "MB", goal=wanted.mb)
            yield Figure(graph.name, f"size of the site, {len(sizes):,} files", sum(sizes), "MB", goal=wanted.size)
            if graph.data is None:
                busy[graph.statements] = cost.busy
            elif graph.size in (AID, OPEN, SMALL):
                with opened("about:blank") as (browser, _):
                    for measure in (openings, walk, filters, heights):
                        yield from measure(Reader(graph.name, browser, site), run)
    if len(busy) > 1:
        yield growth("writing the site", busy, at_most(1.1))


def written(graph: Measured, folder: Path) -> Cost:
    """Write the site of a graph as the command does, with the site in one file; return what that cost."""
    if graph.size == SMALL:
        return Cost(timed(lambda: with_records(graph, folder))[0], 0, 0)
    held, begun = [0], time.perf_counter()
    process = subprocess.Popen([*COMMAND, "pages", "-g", str(graph.path), str(folder)], stdout=subprocess.DEVNULL)
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        held.append(sum(held_by(process.pid).values()))
        time.sleep(0.5)
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode:
        raise SystemExit(f"the site of {graph.name} was not written")
    used = ended[2]
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, max(held) / 1e6)


def with_records(graph: Measured, folder: Path) -> None:
    """Write the site of a small graph with a low limit, so that its entries are records."""
    import tipgraph
    from tipgraph.outputs.site import render

    render(tipgraph.load(graph.path), folder, limit=9)


def openings(reader: Reader, run: Run) -> Iterator[Figure]:
    """Measure when pages are ready: of each kind the largest one."""

    def opening(path: str) -> float:
        with reader.at(path) as (_, took):
            return took

    paths = map(reader.largest, KINDS)
    took = {path: statistics.median(opening(path) for _ in range(run.rounds(ROUNDS))) for path in paths}
    slowest = max(took, key=lambda path: took[path])
    what = f"the slowest of {len(took)} kinds of page is ready ({slowest})"
    yield Figure(reader.graph, what, took[slowest], goal=at_most(1))


def walk(reader: Reader, run: Run) -> Iterator[Figure]:
    """Measure the steps from a search to an entry, the evidence there, the map and the river of money."""
    steps = [walked(reader) for _ in range(run.rounds(ROUNDS))]
    names = (
        "a search on the first page", "from the search to the entry", "the evidence of a claim opens",
        "from there to the map", "from the map to the river of money",
    )  # fmt: skip
    for name, took in zip(names, zip(*steps, strict=True), strict=True):
        yield Figure(reader.graph, name, statistics.median(took), goal=at_most(1))


def walked(reader: Reader) -> list[float]:
    """Search, open the first entry, its first citation, the map and the money; return the seconds of each step."""
    with reader.at("index.html") as (page, _):
        times = [time.perf_counter()]
        page.get_by_role("combobox").fill(WORD)
        page.get_by_role("option").first.wait_for()
        times.append(time.perf_counter())
        page.get_by_role("option").first.click()
        citation = page.locator(".claim .said a").first
        citation.wait_for()
        ready(page)
        times.append(time.perf_counter())
        citation.click()
        page.get_by_role("dialog").get_by_role("link").first.wait_for()
        times.append(time.perf_counter())
        page.keyboard.press("Escape")
        for name, path in (("Map", "map.html"), ("Money", "money.html")):
            page.get_by_role("navigation").get_by_role("link", name=name).click(no_wait_after=True)
            page.wait_for_url(f"**/{path}", wait_until="commit")
            ready(page)
            times.append(time.perf_counter())
    return [after - before for before, after in pairwise(times)]


def filters(reader: Reader, run: Run) -> Iterator[Figure]:
    """Measure the scripts of filters; a list has loaded all its items before."""
    for kind, selector in FILTERS:
        path = reader.largest(kind)
        with reader.at(path) as (page, _):
            field = page.locator(selector).first
            if field.count():
                field.focus()
                page.wait_for_timeout(500)
                took = [max(filtered(page, field)) for _ in range(run.rounds(ROUNDS))]
                what = f"filter of {path}: `{selector}`, time of the processor"
                yield Figure(reader.graph, what, statistics.median(took), "ms", goal=at_most(100))


def filtered(page: Page, field: Locator) -> list[float]:
    """Choose something in a filter, and take it back; return the ms of the processor that scripts took for each."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(metric["value"]) for metric in metrics if metric["name"] == "ScriptDuration") * 1000

    times = [spent()]
    for choice in (WORD, ""):
        field.evaluate(FILTERED, choice)
        times.append(spent())
    session.detach()
    return [after - before for before, after in pairwise(times)]


def heights(reader: Reader, run: Run) -> Iterator[Figure]:
    """Measure how tall English pages are, without dossiers, which are for paper; a smoke run takes one of each kind."""
    every = [str(path.relative_to(reader.site)) for path in reader.site.rglob("*.html")]
    wanted = [path for path in every if not path.startswith(("es/", "dossier/"))]
    paths = list(map(reader.largest, KINDS)) if run.is_smoke else wanted
    for device in SCREENS:
        screens = {path: height(reader, path, device) for path in paths}
        tallest = max(screens, key=lambda path: screens[path])
        what = f"the tallest of {len(paths)} pages on a {device} ({tallest})"
        yield Figure(reader.graph, what, screens[tallest], "screens", goal=at_most(10))


def height(reader: Reader, path: str, device: str) -> float:
    """Return how many screens tall a page is as it opens."""
    with reader.at(path, device) as (page, _):
        return float(page.evaluate("document.documentElement.scrollHeight / innerHeight"))
