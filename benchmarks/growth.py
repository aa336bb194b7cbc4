"""Questions to stores of several sizes, asked in turn, and how their costs grow with the statements of made graphs."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, Run, at_most, growth
from benchmarks.graphs import graphs, store
from benchmarks.questions import NINE, medians
from tipgraph.graph.query import Query

SIZES = ("open", "250000", "1000000", "2000000")
SMOKE = ("5000", "10000")
SLOW = ("single-source", "gaps", "routes")
CHAINS = "funding-chains"  # it has the most joins
ROUNDS = 3


def figures(run: Run) -> Iterator[Figure]:
    """Measure the questions that were slow, and the exponents of all."""
    asked_of = list(graphs(run.sizes))
    took, _ = run.apart(asked, [store(graph, run) for graph in asked_of], run.rounds(ROUNDS))
    for graph, times in zip(asked_of, took, strict=True):
        yield from (Figure(graph.name, f"question `{name}`, of a store", times[name], goal=at_most(3)) for name in SLOW)
    made = {graph.statements: times for graph, times in zip(asked_of, took, strict=True) if graph.data is None}
    if len(made) > 1:
        for name in took[0]:
            costs = {size: times[name] for size, times in made.items()}
            yield growth(f"question `{name}`, of a store", costs, at_most(1.1))


def asked(stores: list[Path], rounds: int) -> list[dict[str, float]]:
    """Return the median seconds of each question of each store, up to its rows; the stores are asked in turn."""
    import tipgraph

    loaded = [tipgraph.load(where) for where in stores]
    by_name = {
        name: medians(rounds, *(partial(Query.find(name).run, graph) for graph in loaded))
        for name in dict.fromkeys((*NINE, *SLOW, CHAINS))
    }
    return [{name: times[at] for name, times in by_name.items()} for at in range(len(stores))]
