"""The site in one file: its size, its opening, its engine in turn with pyoxigraph, its tab, and a long table."""

import json
import os
import statistics
import subprocess
import sys
import venv
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from benchmarks.browser import WATCH, frames, memory, opened
from benchmarks.figures import ROOT, Figure, Run, at_most, compared, mean, timed
from benchmarks.graphs import KIT, Measured, graphs
from benchmarks.questions import texts
from tipgraph.model import prefixes

SIZES, SMOKE = ("kit", "100000", "500000"), ("5000",)
ROUNDS, WARMING = 5, 3  # a browser compiles what runs often once more, and better
LONG = 100_000  # rows of a table
PATIENCE = 600_000  # ms
RAW = Path(__file__).with_name("alternatives") / "raw_queries.py"
ANSWERED = """() => globalThis.askPage && !askPage.running
  && / rows in /.test(document.getElementById("said").textContent) && performance.now()"""
ASKED = """async ([text, rounds, warming]) => {
  const took = [];
  for (let round = -warming; round < rounds; round += 1) {
    const begun = performance.now();
    await askPage.engine.ask(text, new AbortController().signal);
    took.push((performance.now() - begun) / 1000);
  }
  return took.slice(warming);
}"""


def figures(run: Run) -> Iterator[Figure]:
    """Measure the site of each graph."""
    from tipgraph.outputs.site import assets

    if not assets.is_gathered():
        print("  left out: no engine, run `make web`")
        return
    for graph in graphs(run.sizes):
        with TemporaryDirectory() as folder:
            book = Path(folder) / "site" / "tipgraph.html"
            took, mb = run.apart(written, graph.path, book)
            yield Figure(graph.name, "writing the site, with the one file", took)
            yield Figure(graph.name, "memory of writing it", mb, "MB")
            yield Figure(graph.name, "size of the file", book.stat().st_size / 1e6, "MB")
            yield from of_a_page(graph, book, run)


def written(path: Path, book: Path) -> float:
    """Write a graph as a site, with the site in one file; return the seconds."""
    import tipgraph

    graph = tipgraph.load(path)
    return timed(lambda: tipgraph.render(graph, book.parent))[0]


def of_a_page(graph: Measured, book: Path, run: Run) -> Iterator[Figure]:
    """Measure the page: its first answer, its nine questions, and a long table."""
    asked = "question=funding&in=caribbean" if graph.size == KIT else "question=partners"
    address = f"{book.as_uri()}#/ask.html?{asked}"
    openings = []
    for _ in range(run.rounds(ROUNDS)):
        with opened(address) as (_, page):
            openings.append(answered(page))
    yield Figure(graph.name, "from opening to the first answer", statistics.median(openings))
    with opened(address) as (browser, page):
        answered(page)
        yield Figure(graph.name, "memory of the tab", memory(browser), "MB")
        yield from beside_pyoxigraph(graph, page, run)
        yield from long_table(graph, browser, page, run)


def answered(page: Page) -> float:
    """Wait for the first answer; return the seconds since the page was opened."""
    return float(page.wait_for_function(ANSWERED, timeout=PATIENCE, polling=20).json_value()) / 1000


def beside_pyoxigraph(graph: Measured, page: Page, run: Run) -> Iterator[Figure]:
    """Measure the nine questions beside the pyoxigraph that tipgraph runs on, and the version inside the page.

    Each question is asked once on both sides, and then again until both are warm.
    """
    sides = {metadata.version("pyoxigraph"): sys.executable}
    if not run.is_smoke:
        sides[inside()] = python_with(inside())
    pairs = {(version, name): list[tuple[float, float]]() for version in sides for name in texts()}
    first = {name: page.evaluate(ASKED, [text, 1, 0])[0] for name, text in texts().items()}
    firsts = {(version, name): (first[name], took[0]) for version, python in sides.items()
              for name, took in raw(python, graph.path, 1).items()}  # fmt: skip
    for _ in range(run.rounds(3)):
        ours = {name: statistics.median(page.evaluate(ASKED, [text, run.rounds(ROUNDS), WARMING]))
                for name, text in texts().items()}  # fmt: skip
        for version, python in sides.items():
            for name, took in raw(python, graph.path, WARMING + run.rounds(ROUNDS)).items():
                pairs[version, name].append((ours[name], statistics.median(took[WARMING:])))
    what = "nine questions to the engine in the page"
    for version in sides:
        same = " (the version in the page)" if version == inside() else ""
        alternative = f"pyoxigraph {version}{same}"
        once = [compared(graph.name, name, [firsts[version, name]], alternative) for name in texts()]
        each = [compared(graph.name, name, pairs[version, name], alternative) for name in texts()]
        yield mean(f"{what}, for the first time", once)
        yield mean(f"{what}, when it is warm", each, at_most(2 if same else 3))


@cache
def inside() -> str:
    """Return the version of Oxigraph inside the page."""
    about = json.loads((ROOT / "node_modules" / "oxigraph" / "package.json").read_text("utf-8"))
    return str(about["version"])


@cache
def python_with(version: str) -> str:
    """Make an environment with a version of pyoxigraph, once; return its Python."""
    folder = ROOT / "build" / "benchmarks" / f"pyoxigraph-{version}"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", f"pyoxigraph=={version}"], check=True)
    return str(python)


def raw(python: str, path: Path, rounds: int) -> dict[str, list[float]]:
    """Return the seconds that pyoxigraph takes for each question, round by round, in a process of its own."""
    asked = json.dumps({"texts": texts(), "prefixes": prefixes(), "rounds": rounds})
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, str(RAW), str(path)], input=asked, capture_output=True, text=True, check=True,
                          env=alone)  # fmt: skip
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def long_table(graph: Measured, browser: Browser, page: Page, run: Run) -> Iterator[Figure]:
    """Measure the longest frame while a long answer comes."""
    rows = 1_000 if run.is_smoke else LONG
    query = f"SELECT ?a ?b ?c ?d {{ ?a ?b ?c . ?d a tip:Country }} LIMIT {rows}"
    page.evaluate("(text) => { askPage.editor.value = text; document.getElementById('seconds').value = '300'; }", query)
    page.evaluate(WATCH)
    took, _ = timed(lambda: page.evaluate("askPage.run()"))
    what = f"a table of {rows:,} rows"
    yield Figure(graph.name, what, took)
    yield Figure(graph.name, f"{what}, longest frame while it comes", max(frames(page)), "ms")
    yield Figure(graph.name, "memory of the tab after it", memory(browser), "MB")
