"""The site of the kit: what it costs to write, and its pages in a browser.

A page is ready when its scripts have run and its lists are loaded.
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

from playwright.sync_api import Browser, Page

from benchmarks.browser import HEIGHT, WIDTH, opened
from benchmarks.figures import Figure, Run, at_most, held_by
from benchmarks.graphs import COMMAND, SMALL, Measured, graphs

SIZES, SMOKE = ("kit",), (SMALL,)
ROUNDS = 3
LATE = {"ask.html", "map.html", "money.html", "ontology.html", "timeline.html"}  # these say when they are ready
KINDS = (
    "index.html", "map.html", "money.html", "timeline.html", "things.html", "contradictions.html", "promises.html",
    "ontology.html", "network/*.html", "source/*.html", "question/*.html",
)  # fmt: skip
WORD = "lima"  # of a search
READY = """(isLate) => document.readyState === "complete"
  && !document.querySelector('script.drawing, [aria-busy="true"]')
  && (!isLate || document.documentElement.dataset.ready === "yes") && performance.now()"""


class Reader(NamedTuple):
    """Somebody who reads the site of a graph in a browser."""

    graph: str
    browser: Browser
    site: Path

    @contextmanager
    def at(self, path: str) -> Iterator[tuple[Page, float]]:
        """Open a page of the site anew; yield it with the seconds until it was ready."""
        page = self.browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
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


class Cost(NamedTuple):
    """What writing a site cost: seconds by the clock and of the processor, and the most MB that its processes held."""

    seconds: float
    busy: float
    mb: float


def figures(run: Run) -> Iterator[Figure]:
    """Measure the site of each graph."""
    for graph in graphs(run.sizes):
        with TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            cost = written(graph, site)
            sizes = [path.stat().st_size / 1e6 for path in site.rglob("*") if path.is_file()]
            yield Figure(graph.name, "writing the site", cost.seconds, goal=at_most(12))
            yield Figure(graph.name, "writing the site, time of the processor", cost.busy)
            yield Figure(graph.name, "memory of writing the site, all processes, without files", cost.mb, "MB")
            yield Figure(graph.name, f"size of the site, {len(sizes):,} files", sum(sizes), "MB", goal=at_most(15))
            with opened("about:blank") as (browser, _):
                for measure in (openings, walk):
                    yield from measure(Reader(graph.name, browser, site), run)


def written(graph: Measured, folder: Path) -> Cost:
    """Write the site of a graph as the command does, with the site in one file; return what that cost."""
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


def openings(reader: Reader, run: Run) -> Iterator[Figure]:
    """Measure when pages are ready: the largest one of all, and of each kind the largest one."""

    def opening(path: str) -> float:
        with reader.at(path) as (_, took):
            return took

    largest = reader.largest("*/**/*.html")
    paths = [largest, *map(reader.largest, KINDS)]
    took = {path: statistics.median(opening(path) for _ in range(run.rounds(ROUNDS))) for path in paths}
    yield Figure(reader.graph, f"the largest page is ready ({largest})", took[largest], goal=at_most(0.5))
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
