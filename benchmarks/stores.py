"""Stores, in turn with pyoxigraph, Oxigraph's command and rdflib: loading, memory, size, growth."""

import shutil
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Run, at_most, beside_python, compared, growth, seconds, spent
from benchmarks.graphs import COMMAND, Measured, Written, graphs, store, write_store

SIZES = ("kit", "open", "1000000", "5000000")
SMOKE = ("5000",)
WITH_RDFLIB = 1_500_000  # the most statements that rdflib is asked to load, and of a graph that is measured repeatedly
ROUNDS = 3
LOADING, FILLING, WRITING = "loading a file", "filling a store", "writing a store"


def figures(run: Run) -> Iterator[Figure]:
    """Measure each graph, and how the costs of made ones grow."""
    costs: dict[str, dict[int, float]] = defaultdict(dict)
    for graph in graphs(run.sizes):
        for step in (in_memory, on_disk, from_sources, beside_rdflib, by_command):
            for figure in step(graph, run):
                yield figure
                if graph.data is None and figure.what in (LOADING, FILLING, WRITING):
                    costs[figure.what][graph.statements] = figure.ours
    for what, found in costs.items():
        if len(found) > 1:
            yield growth(what, found, at_most(1.1))


def rounds(graph: Measured, run: Run) -> int:
    """Return how often a graph is measured: a large one once."""
    return run.rounds(ROUNDS if graph.statements < WITH_RDFLIB else 1)


def in_memory(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure loading, beside the bare store."""
    pairs = [(run.apart(load, graph.path)[0], run.apart(load_raw, graph.path)[0]) for _ in range(rounds(graph, run))]
    yield compared(graph.name, LOADING, pairs, "raw pyoxigraph in memory", graph.wants(at_most(1.05)))


def load(path: Path) -> float:
    """Return the seconds in which tipgraph loads a file."""
    import tipgraph

    return seconds(lambda: tipgraph.load(path))


def load_raw(path: Path) -> float:
    """Return the seconds in which pyoxigraph does."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    return seconds(lambda: store.load(path=str(path), format=RdfFormat.N_QUADS))


def load_rdflib(path: Path) -> float:
    """Return the seconds in which rdflib does."""
    import rdflib

    graph = rdflib.Dataset(default_union=True)
    return seconds(lambda: graph.parse(str(path), format="nquads"))


def written(graph: Measured, run: Run) -> Written:
    """Write the store of a graph anew; return what that cost."""
    where = graph.path.with_name("store")
    shutil.rmtree(where, ignore_errors=True)
    return run.apart(write_store, graph.path, where)[0]


def oxigraph(statements: Path) -> float:
    """Return the seconds that Oxigraph's command takes for a store of its own."""
    where = statements.with_name("oxigraph")
    took = spent([beside_python("oxigraph"), "load", "--location", str(where), "--file", str(statements)]).seconds
    shutil.rmtree(where)
    return took


def on_disk(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure a store, its filling alone and all that is written, beside Oxigraph's command."""
    pairs = [(written(graph, run), oxigraph(graph.path)) for _ in range(rounds(graph, run))]
    filling, writing = [(ours.filling, raw) for ours, raw in pairs], [(ours.all, raw) for ours, raw in pairs]
    yield compared(graph.name, FILLING, filling, "`oxigraph load`", graph.wants(at_most(1.1)))
    yield compared(graph.name, WRITING, writing, "`oxigraph load`")


def from_sources(graph: Measured, _: Run) -> Iterator[Figure]:
    """Measure the build of a store from its sources, if there are any, beside a load of the same statements."""
    if graph.data is None:
        return
    where = graph.path.with_name("built")
    built = spent([*COMMAND, "build", str(graph.data), "-o", f"{where}/"])
    what = "a store built from its sources"
    yield compared(
        graph.name, what, [(built.seconds, oxigraph(graph.path))], "`oxigraph load`", graph.wants(at_most(3))
    )
    yield Figure(graph.name, f"memory of {what}", built.mb, "MB")
    shutil.rmtree(where)


def beside_rdflib(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure a filled store and a loaded graph beside rdflib, which takes minutes for a large one."""
    if graph.statements > WITH_RDFLIB:
        return
    filling = written(graph, run).filling
    _, ours = run.apart(load, graph.path)
    slow, theirs = run.apart(load_rdflib, graph.path)
    alternative = "rdflib in memory"
    yield compared(graph.name, "filling a store once", [(filling, slow)], alternative, graph.wants(at_most(0.3)))
    yield compared(graph.name, "a loaded graph", [(ours, theirs)], alternative, graph.wants(at_most(0.35)), "MB")


def by_command(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure a small question by the command, over a bare start of Python."""
    where = store(graph, run)
    actor, _ = run.apart(a_partner, where)
    ours, bare = [*COMMAND, "query", "partners", f"of={actor}", "-g", str(where)], [sys.executable, "-c", "pass"]
    over = [spent(ours).seconds - spent(bare).seconds for _ in range(run.rounds(10))]
    what = "`query partners of=…`, over a bare start of Python"
    yield Figure(graph.name, what, statistics.median(over) * 1000, "ms", goal=at_most(150))


def a_partner(folder: Path) -> str:
    """Return the short name of an actor that has a partner."""
    from pyoxigraph import NamedNode, Store

    from tipgraph.graph import stores
    from tipgraph.model import data_name, tip

    partners = Store.read_only(str(stores.held(folder)[0].folder)).quads_for_pattern(None, NamedNode(tip.partner), None)
    quad = next(partners)
    return data_name(str(quad.object).strip("<>"))
