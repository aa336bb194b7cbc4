"""Measures of a site in one file: its size, its opening, its queries beside pyoxigraph, its tab, and its long table.

Run by `make bench`; `python benchmarks/inside.py kit 100000` takes some sizes only. Each opening is that of a browser
of its own, without a network, from navigation over file:// to the whole of the first answer. The nine questions are
those of `stores.py`, asked of the engine inside the page, up to its rows as JavaScript, and then of pyoxigraph on the
same statements, up to its rows as tuples: of the one that tipgraph runs on, and of the version that the engine inside
the page has, in an environment of its own, since npm is behind. Nothing here passes or fails; the goals stand beside.
"""

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from generate import make
from playwright.sync_api import Browser, Page, sync_playwright

import tipgraph
from tipgraph.graph import sparql
from tipgraph.graph.engine import PREFIXES
from tipgraph.graph.query import Query
from tipgraph.model import kit
from tipgraph.outputs.site import embedded_engine, render_book

SIZES = ("kit", "100000", "500000")
NAMES = (
    "funding", "partners", "participants", "routes", "events", "publications", "actors", "single-source",
    "who-does-what-where",
)  # fmt: skip
ROUNDS = 5
LONG = 100_000  # rows of a table
SCROLLS = 120
CHROMIUM = os.environ.get("TIPGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-headless-shell")
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
PATIENCE = 600_000  # ms

T = TypeVar("T")
ANSWERED = """() => globalThis.askPage && !askPage.running
  && / rows in /.test(document.getElementById("said").textContent) && performance.now()"""
ASKED = """async ([text, rounds]) => {
  const took = [];
  let rows = 0;
  for (let round = -WARMING; round < rounds; round += 1) {
    const begun = performance.now();
    rows = 0;
    for await (const slice of askPage.engine.stream(text, new AbortController().signal)) rows += slice.rows.length;
    took.push((performance.now() - begun) / 1000);
  }
  return [rows, took.slice(WARMING)];
}""".replace("WARMING", "3")  # a browser compiles what runs often once more, and better
RAW = """
import json, sys, time
from pyoxigraph import RdfFormat, Store
asked, store = json.load(sys.stdin), Store()
store.load(path=sys.argv[1], format=RdfFormat.N_QUADS)
found = {}
for name, text in asked["texts"].items():
    took = []
    for _ in range(asked["rounds"] + 3):
        begun = time.perf_counter()
        rows = [tuple(row) for row in store.query(text, prefixes=asked["prefixes"], use_default_graph_as_union=True)]
        took.append(time.perf_counter() - begun)
    found[name] = took[3:]
print(json.dumps(found))
"""
WATCH = """() => {
  globalThis.frames_ = [];
  const note = (now) => { frames_.push(now); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""
LONGEST = "() => Math.max(...frames_.slice(1).map((now, at) => now - frames_[at]))"


def timed(function: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds a call took, and what it returned."""
    begun = time.perf_counter()
    result = function()
    return time.perf_counter() - begun, result


@contextmanager
def opened(book: Path, asked: str) -> Iterator[tuple[Browser, Page, float]]:
    """Open a book at a question in a browser of its own; give the seconds to its first answer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
            page.goto(f"{book.as_uri()}#/ask.html?{asked}", wait_until="commit")
            took = page.wait_for_function(ANSWERED, timeout=PATIENCE, polling=20).json_value()
            yield browser, page, float(took) / 1000
        finally:
            browser.close()


def memory(browser: Browser) -> float:
    """Return what the tab holds, in MB: the largest renderer."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    status = [Path(f"/proc/{one['id']}/status").read_text() for one in found if one["type"] == "renderer"]
    return max(int(text.partition("VmRSS:")[2].split()[0]) / 1000 for text in status)


def same_version(folder: Path) -> tuple[str, str]:
    """Make an environment with the pyoxigraph of the version inside the page; return its Python and that version."""
    version = json.loads((kit.home() / "node_modules" / "oxigraph" / "package.json").read_text("utf-8"))["version"]
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", f"pyoxigraph=={version}"], check=True)
    return python, version


def raw_times(python: str, path: Path, asked: str) -> dict[str, list[float]]:
    """Return the seconds that pyoxigraph takes for each question, in a process of its own."""
    command = [python, "-c", RAW, str(path)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def beside_pyoxigraph(page: Page, graph: tipgraph.Graph, folder: Path) -> None:
    """Print the times of the nine questions, and the geometric means of their ratios."""
    texts = {name: sparql.bind(Query.find(name).text, {}) for name in NAMES}
    asked = json.dumps({"texts": texts, "prefixes": dict(PREFIXES), "rounds": ROUNDS})
    inside = {name: page.evaluate(ASKED, [text, ROUNDS]) for name, text in texts.items()}
    same, version = same_version(folder / "same")
    with graph.dumped(folder) as path:
        ours, theirs = (raw_times(python, path, asked) for python in (sys.executable, same))
    ratios: dict[str, list[float]] = {"ours": [], "same": []}
    for name, (rows, took) in inside.items():
        mine, its, of_version = (statistics.median(one) for one in (took, ours[name], theirs[name]))
        ratios["ours"].append(mine / its)
        ratios["same"].append(mine / of_version)
        print(f"    {name:22} {rows:7,} rows  {mine * 1000:8,.1f} ms / {its * 1000:8,.1f} ms = {mine / its:.1f}x"
              f" (of the same version {of_version * 1000:,.1f} ms = {mine / of_version:.1f}x)", flush=True)  # fmt: skip
    first, second = (math.exp(statistics.fmean(map(math.log, found))) for found in ratios.values())
    newest = metadata.version("pyoxigraph")
    print(f"  nine questions, inside the page / pyoxigraph {newest}: geometric mean {first:.1f}x (goal: within 3x); "
          f"/ pyoxigraph {version}, as inside the page: {second:.1f}x", flush=True)  # fmt: skip


def long_table(page: Page) -> None:
    """Print the longest frames while a long answer comes, and while one scrolls through it."""
    query = f"SELECT ?a ?b ?c ?d {{ ?a ?b ?c . ?d a tip:Country }} LIMIT {LONG}"
    page.evaluate("(text) => { askPage.editor.value = text; document.getElementById('seconds').value = '300'; }", query)
    page.evaluate(WATCH)
    took, _ = timed(lambda: page.evaluate("askPage.run()"))
    coming = page.evaluate(LONGEST)
    place = page.locator("#view-table .scroll")
    place.scroll_into_view_if_needed()
    place.hover()
    page.evaluate("() => { frames_.length = 0; }")
    for _ in range(SCROLLS):
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(16)
    scrolling = page.evaluate(LONGEST)
    said = page.locator("#said").inner_text()
    print(f"  a table of {LONG:,} rows: there and told after {took:.1f} s ({said}); the longest frame {coming:.0f} ms "
          f"while it comes, {scrolling:.0f} ms while one scrolls", flush=True)  # fmt: skip


def measure(size: str, folder: Path) -> None:
    """Print all that is measured at one size."""
    statements = folder / "made.nq"
    if size == "kit":
        graph = tipgraph.build()
    else:
        make(int(size), statements)
        graph = tipgraph.load(str(statements))
    writing, book = timed(lambda: render_book(graph, folder / "tipgraph.html"))
    megabytes = book.stat().st_size / 1e6
    print(f"\n{size}: {len(graph):,} statements, written in {writing:.0f} s into {megabytes:.1f} MB", flush=True)
    asked = "question=funding&in=caribbean" if size == "kit" else "question=partners"
    openings = []
    for _ in range(ROUNDS - 1):
        with opened(book, asked) as (_, _, took):
            openings.append(took)
    with opened(book, asked) as (browser, page, took):
        openings.append(took)
        print(f"  from opening to the first answer ({asked}): {statistics.median(openings):.2f} s, median of {ROUNDS}; "
              f"the tab then holds {memory(browser):,.0f} MB", flush=True)  # fmt: skip
        beside_pyoxigraph(page, graph, folder)
        long_table(page)
        print(f"  after that the tab holds {memory(browser):,.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=SIZES)
    given = parser.parse_args()
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{platform.platform()}, Python {platform.python_version()}, {cores}, {ROUNDS} rounds, medians")
    if not embedded_engine.is_gathered():
        raise SystemExit("no engine: run `make web`")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()
