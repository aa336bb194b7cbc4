"""Questions, in turn with pyoxigraph and rdflib on the same statements."""

import signal
import statistics
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from benchmarks.figures import Figure, Run, agree, at_least, at_most, compared, mean, seconds
from benchmarks.graphs import Measured, graphs, store

if TYPE_CHECKING:
    from tipgraph.graph.query import Query

SIZES = ("kit", "open", "250000", "1000000")
SMOKE = ("5000",)
ROUNDS = 3
PATIENCE = 60  # seconds that rdflib may take for a question
NINE = (
    "funding", "partners", "participants", "routes", "events", "publications", "actors", "single-source",
    "who-does-what-where",
)  # fmt: skip


def figures(run: Run) -> Iterator[Figure]:
    """Measure the questions of each graph."""
    for graph in graphs(run.sizes):
        yield from nine(graph, run)


Times = dict[str, tuple[float, ...]]  # seconds of each side, by question


def nine(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure nine questions in memory and on the disk, beside pyoxigraph on the same store, and beside rdflib."""
    slow, _ = run.apart(by_rdflib, graph.path, 2 if run.is_smoke else PATIENCE)
    late = [name for name, took in slow.items() if took >= PATIENCE]
    for place, where, goal in (("in memory", graph.path, 30), ("on disk", store(graph, run), 6)):
        found, _ = run.apart(beside_raw, where, run.rounds(ROUNDS))
        what = f"nine questions {place}"
        for side, limit, words in ((0, 1.1, what), (2, 1.6, f"{what}, in rdflib's terms")):
            each = [
                compared(graph.name, name, [(took[side], took[1])], "raw pyoxigraph") for name, took in found.items()
            ]
            yield mean(words, each, graph.wants(at_most(limit)))
        alternative = f"rdflib in memory{f' ({len(late)} ended after {PATIENCE} s)' if late else ''}"
        faster = [
            compared(graph.name, name, [(took[0], slow[name])], alternative, at_least(goal))
            for name, took in found.items()
        ]
        yield mean(what, faster, graph.wants(at_least(goal)))


@cache
def texts() -> dict[str, str]:
    """Return the nine questions as SPARQL."""
    from tipgraph.graph import sparql
    from tipgraph.graph.query import Query

    return {name: sparql.bind(Query.find(name).text, {}) for name in NINE}


def beside_raw(where: Path, rounds: int) -> Times:
    """Return for each question the seconds of tipgraph, of its store, and of tipgraph in rdflib's terms."""
    import tipgraph
    from tipgraph.graph.query import Query
    from tipgraph.model import prefixes

    graph = tipgraph.load(where)
    held: Any = graph._engine._store  # type: ignore[attr-defined]

    def raw(text: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in held.query(text, prefixes=prefixes(), use_default_graph_as_union=True)]

    def sides(question: "Query", text: str) -> tuple[float, ...]:
        agree(question.name, is_same=len(question.run(graph).rows) == len(raw(text)))
        return medians(
            rounds,
            lambda: question.run(graph),
            lambda: raw(text),
            lambda: question.run(graph).to_rdflib(),
        )

    return {name: sides(Query.find(name), text) for name, text in texts().items()}


def medians(rounds: int, *sides: Callable[[], object]) -> tuple[float, ...]:
    """Return the median seconds of each side, measured in turn."""
    took = [[seconds(side) for side in sides] for _ in range(rounds)]
    return tuple(statistics.median(column) for column in zip(*took, strict=True))


def by_rdflib(path: Path, patience: int) -> dict[str, float]:
    """Return the seconds of rdflib for each question, or its patience where that ended it."""
    import rdflib

    from tipgraph.model import prefixes

    graph = rdflib.Dataset(default_union=True)
    graph.parse(str(path), format="nquads")

    def ended(text: str) -> float:
        signal.alarm(patience)
        try:
            return seconds(lambda: list(graph.query(text, initNs=prefixes())))
        except TimeoutError:
            return float(patience)
        finally:
            signal.alarm(0)

    before = signal.signal(signal.SIGALRM, _late)
    try:
        return {name: ended(text) for name, text in texts().items()}
    finally:
        signal.signal(signal.SIGALRM, before)


def _late(*_: object) -> NoReturn:
    raise TimeoutError
