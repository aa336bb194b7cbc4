"""Measures of start-up and of a query, as ratios to a named alternative, measured alternately in one run.

Run by `make bench`. Nothing here passes or fails; the goals stand beside the figures.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
GRAPH = ROOT / "build" / "graph.trig"
ROUNDS = 15

ONE_COMMAND = """
import click

@click.command()
@click.option("--name")
def main(name):
    "Say something."

main()
"""

TEN_LINES = """
import click, pyoxigraph

@click.command()
@click.argument("graph")
@click.argument("query")
def main(graph, query):
    store = pyoxigraph.Store()
    store.bulk_load(path=graph, format=pyoxigraph.RdfFormat.TRIG)
    prefixes = {"tip": "https://w3id.org/tipgraph/ns#", "code": "https://w3id.org/tipgraph/code#"}
    for row in store.query(open(query).read(), prefixes=prefixes, use_default_graph_as_union=True):
        click.echo(",".join("" if value is None else value.value for value in row))

main()
"""


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TIPGRAPH_TEXTS": ""})
    return time.perf_counter() - begun


def alternately(ours: list[str], theirs: list[str]) -> tuple[float, float, float]:
    """Return the medians of both and of the ratio, pair by pair, after one warm-up of each."""
    seconds(ours), seconds(theirs)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(two for _, two in pairs),
        statistics.median(one / two for one, two in pairs),
    )


def main() -> None:
    tipgraph = str(Path(sys.executable).parent / "tipgraph")
    subprocess.run([tipgraph, "build"], check=True, capture_output=True)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, {ROUNDS} pairs, medians")
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, tipgraph; print(*sorted(sys.modules))"],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    heavy = [name for name in ("networkx", "pyvis", "pyshacl", "SPARQLWrapper", "rdflib") if name in loaded]
    print(f"import tipgraph loads of the heavy libraries: {', '.join(heavy) or 'none'}")
    with tempfile.TemporaryDirectory() as folder:
        one, ten = Path(folder) / "one.py", Path(folder) / "ten.py"
        one.write_text(ONE_COMMAND)
        ten.write_text(TEN_LINES)
        python, question = sys.executable, str(ROOT / "queries" / "funding.rq")
        raw = [python, str(ten), str(GRAPH), question]
        query = [tipgraph, "query", "funding", "-g", str(GRAPH)]
        for name, ours, theirs, goal in [
            ("tipgraph --help / a one-command click program", [tipgraph, "--help"], [python, str(one), "--help"], 2.0),
            ("tipgraph query funding (table) / ten lines of pyoxigraph and click", query, raw, 2.0),
            ("tipgraph query funding --format csv / the same ten lines", [*query, "--format", "csv"], raw, 2.0),
        ]:
            mine, other, ratio = alternately(ours, theirs)
            print(f"{name}: {mine * 1000:.0f} ms / {other * 1000:.0f} ms = {ratio:.2f}x (goal: within {goal:.0f}x)")


if __name__ == "__main__":
    main()
