"""Networks and their exports, in turn with rdflib and with SELECTs of pyoxigraph."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.figures import Figure, Goal, Run, at_least, at_most, compared, seconds, timed
from benchmarks.graphs import KIT, Measured, graphs, store
from tipgraph.model import prefixes

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Store

    Network = nx.MultiDiGraph[str]

SIZES = ("kit", "open", "1000000", "2000000")
SMOKE = ("5000",)
WITH_RDFLIB = 1_500_000  # the most statements that rdflib is asked to load
ROUNDS = 5

WALKED = ("source", "modality", "saidAt", "partnershipKind", "date", "earliest", "latest", "undertaking")


def figures(run: Run) -> Iterator[Figure]:
    """Measure networks of each graph."""
    for graph in graphs(run.sizes):
        yield from of_a_graph(graph, run)


def of_a_graph(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure the partnership network of a graph: from a store, from a file, and of a loaded graph; then exports."""
    where, path = store(graph, run), graph.path
    if graph.statements <= WITH_RDFLIB:
        (parse, walks), theirs_mb = run.apart(walked, path, run.rounds(3))
        pairs = list(zip(run.apart(to_networkx, where, len(walks))[0], walks, strict=True))
        what = "partnership network from a store"
        yield compared(graph.name, what, pairs, "walking rdflib in memory", wants(graph, at_most(0.8)))
        ours, mb = run.apart(loaded, path)
        what = "partnership network from a file of N-Quads"
        yield compared(graph.name, what, [(ours, parse + walks[0])], "rdflib in memory", wants(graph, at_least(6)))
        yield compared(graph.name, what, [(mb, theirs_mb)], "rdflib in memory", wants(graph, at_most(0.3)), "MB")
    pairs, _ = run.apart(projected, path, run.rounds(ROUNDS))
    what, alternative = "partnership network of a loaded graph", "SELECTs of the same edges, values and labels"
    yield compared(graph.name, what, pairs, alternative, at_most(1.2))
    if graph.size != KIT:
        for suffix, took in run.apart(exported, path)[0].items():
            yield Figure(graph.name, f"a million edges as {suffix}", took)


def wants(graph: Measured, goal: Goal) -> Goal | None:
    """Return a goal for a made graph; real sources have few partnerships."""
    return goal if graph.data is None else None


def walked(path: Path, rounds: int) -> tuple[float, list[float]]:
    """Return the seconds in which rdflib reads a file, and those in which its partnerships are walked."""
    import rdflib

    graph = rdflib.Dataset(default_union=True)
    parse = seconds(lambda: graph.parse(str(path), format="nquads"))
    return parse, [seconds(lambda: walk(graph)) for _ in range(rounds)]


def walk(graph: Any) -> "Network":
    """Return the network of partnerships of an rdflib graph, without labels and joint undertakings."""
    import networkx as nx
    import rdflib

    tip = rdflib.Namespace(prefixes()["tip"])
    network: Network = nx.MultiDiGraph()
    for claim in graph.subjects(rdflib.RDF.type, tip.Partnership):
        partners = sorted(map(str, graph.objects(claim, tip.partner)))
        data = {name: str(graph.value(claim, tip[name])) for name in WALKED}
        for at, partner in enumerate(partners):
            network.add_edges_from((partner, other, {"claim": str(claim), **data}) for other in partners[at + 1 :])
    return network


def to_networkx(where: Path, rounds: int) -> list[float]:
    """Return the seconds from a store to the partnership network as networkx, after one round that is not counted."""
    import tipgraph

    return _repeated(lambda: tipgraph.project(tipgraph.load(where), "partnership"), rounds)


def _repeated(function: Callable[[], object], rounds: int) -> list[float]:
    function()  # it imports libraries, which the other side has imported when it is measured
    return [seconds(function) for _ in range(rounds)]


def loaded(path: Path) -> float:
    """Return the seconds from a file to the partnership network."""
    import tipgraph

    took, graph = timed(lambda: tipgraph.load(path))
    return took + seconds(lambda: tipgraph.project(graph, "partnership"))


def projected(path: Path, rounds: int) -> list[tuple[float, float]]:
    """Return the seconds of the partnership network of a loaded graph, each beside those of its SELECTs."""
    import tipgraph

    graph = tipgraph.load(path)
    held: Store = graph._engine._store  # type: ignore[attr-defined]
    texts: list[str] = []
    with patch.object(graph._engine, "query", partial(_noted, texts, graph._engine.query)):
        tipgraph.project(graph, "partnership")
    selected(held, texts)
    return [
        (seconds(lambda: tipgraph.project(graph, "partnership")), seconds(lambda: selected(held, texts)))
        for _ in range(rounds)
    ]


def _noted(texts: list[str], query: Callable[..., Any], text: str, **how: Any) -> Any:
    texts.append(text)
    return query(text, **how)


def selected(held: "Store", texts: list[str]) -> "Network":
    """Return a bare network of the rows of some SELECTs by pyoxigraph: a node for each first term, with its values."""
    import networkx as nx
    from pyoxigraph import QuerySolutions

    network: Network = nx.MultiDiGraph()
    for text in texts:
        rows = held.query(text, prefixes=prefixes(), use_default_graph_as_union=True)
        if not isinstance(rows, QuerySolutions):
            raise TypeError(text)
        for first, *rest in rows:
            network.add_node(first.value, **{str(at): term.value for at, term in enumerate(rest) if term})
    return network


def exported(path: Path) -> dict[str, float]:
    """Return the seconds for a million edges of each format."""
    import tipgraph
    from tipgraph.outputs.files import FORMATS, extract

    taken = extract(tipgraph.load(path), network="all")
    millions = taken.network.number_of_edges() / 1e6

    def took(suffix: str) -> float:
        with TemporaryDirectory() as folder:
            return seconds(lambda: FORMATS[suffix].write(taken, Path(folder) / f"edges{suffix}")) / millions

    return {"GraphML": took(".graphml"), "Parquet": took(".parquet")}
