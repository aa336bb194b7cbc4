"""Questions and views, in turn with pyoxigraph, rdflib and maplib on the same statements."""

import signal
import statistics
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pyoxigraph import QuerySolutions

from benchmarks.figures import Figure, Run, agree, at_least, at_most, compared, mean, seconds
from benchmarks.graphs import Measured, graphs, store
from tipgraph.graph import Graph
from tipgraph.runtime import is_here

if TYPE_CHECKING:
    from tipgraph.graph.query import Query

SIZES = ("kit", "open", "250000", "1000000")
SMOKE = ("5000",)
ROUNDS, OF_VIEWS = 3, 15  # views take milliseconds
PATIENCE = 60  # seconds that rdflib may take for a question
NINE = (
    "funding", "partners", "participants", "routes", "events", "publications", "actors", "single-source",
    "who-does-what-where",
)  # fmt: skip
TAKING = "?p a tip:Participation ; tip:participant ?a ; tip:undertaking ?u . "
DOING = " ".join(f"code:role-{role}" for role in ("organizer", "convenor", "host", "implementer", "associate", "leader",
                                                   "counterpart", "researcher", "collaborator"))  # fmt: skip
# The rows of each view as SPARQL, without labels and order.
VIEWS = {
    "funders": """SELECT ?a ?k ?c (SUM(?v) AS ?s) (COUNT(*) AS ?n) {
        ?f a tip:Funding ; tip:giver ?a ; tip:moneyKind ?k . OPTIONAL { ?f tip:amount ?v ; tip:currency ?c }
        FILTER NOT EXISTS { ?r tip:restating ?f } } GROUP BY ?a ?k ?c""",
    "co-participation": "SELECT ?a ?b (COUNT(DISTINCT ?u) AS ?n) { " + TAKING + """
        ?q a tip:Participation ; tip:participant ?b ; tip:undertaking ?u
        FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b""",
    "who-does-what-where": "SELECT ?a ?k ?w (COUNT(DISTINCT ?u) AS ?n) { VALUES ?role { " + DOING + " } " + TAKING + """
        ?p tip:role ?role ; tip:source ?by .
        ?r a tip:UndertakingReport ; tip:undertaking ?u ; tip:source ?by ; tip:undertakingKind ?k .
        ?s a tip:UndertakingReport ; tip:undertaking ?u ; tip:source ?by ; tip:place ?place .
        OPTIONAL { ?place tip:within ?c . ?c a tip:Country } BIND(COALESCE(?c, ?place) AS ?w) } GROUP BY ?a ?k ?w""",
    "top-routes": """SELECT ?o ?d (COUNT(*) AS ?n) {
        ?r a tip:RouteReport ; tip:directed true ; tip:origin ?o ; tip:destination ?d
        FILTER NOT EXISTS { ?again tip:restating ?r } } GROUP BY ?o ?d""",
}  # fmt: skip


def figures(run: Run) -> Iterator[Figure]:
    """Measure the questions and the views of each graph."""
    for graph in graphs(run.sizes):
        yield from nine(graph, run)
        if graph.data is None:  # of real sources the views leave out more: what is planned, or only proposed
            yield from views(graph, run)


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
    held = graph._engine._store  # type: ignore[attr-defined]

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


def views(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure the views of claim tables, beside the same rows by SPARQL in memory and on the disk, and by maplib."""
    found, _ = run.apart(of_views, graph.path, store(graph, run), run.rounds(OF_VIEWS))
    columns = run.apart(by_maplib, graph.path, run.rounds(OF_VIEWS))[0] if is_here("maplib") else {}
    for name, (view, memory, _) in found.items():
        goal = graph.wants(at_least(3))
        yield compared(graph.name, f"view `{name}`", [(view, memory)], "Oxigraph in memory", goal)
    sides = {"Oxigraph on disk": ({name: took[2] for name, took in found.items()}, at_least(12))}
    if columns:
        sides["maplib"] = (columns, at_most(1.5))
    for alternative, (theirs, wanted) in sides.items():
        each = [compared(graph.name, name, [(found[name][0], theirs[name])], alternative, wanted) for name in VIEWS]
        yield mean("four views", each, graph.wants(wanted))


def of_views(path: Path, where: Path, rounds: int) -> Times:
    """Return for each view the seconds of the tables, and of SPARQL in memory and on the disk."""
    import tipgraph
    from tipgraph.graph.tables import Tables

    tables = Tables.open(where / "current" / "tables")
    memory, disk = tipgraph.load(path), tipgraph.load(where)

    def sides(name: str, text: str) -> tuple[float, ...]:
        agree(name, is_same=tables.view(name).num_rows == len(rows(memory, text)))
        return medians(
            rounds,
            lambda: tables.view(name),
            lambda: rows(memory, text),
            lambda: rows(disk, text),
        )

    return {name: sides(name, text) for name, text in VIEWS.items()}


def rows(graph: Graph, text: str) -> list[object]:
    """Return the rows of a SELECT."""
    found = graph.query(text)
    if isinstance(found, QuerySolutions):
        return list(found)
    raise TypeError(text)


def by_maplib(path: Path, rounds: int) -> dict[str, float]:
    """Return for each view the seconds of maplib, which reads no named graphs."""
    from maplib import Model

    from tipgraph.graph import sparql
    from tipgraph.model import prefixes

    triples = path.with_suffix(".nt")
    with path.open(encoding="utf-8") as quads, triples.open("w", encoding="utf-8") as out:
        out.writelines(f"{line.rpartition(' <')[0]} .\n" for line in quads)
    model = Model()
    model.read(str(triples), format="ntriples")
    triples.unlink()

    def once(text: str) -> float:
        query = sparql.with_prefixes(text, prefixes())
        model.query(query)
        return medians(rounds, lambda: model.query(query))[0]

    return {name: once(text) for name, text in VIEWS.items()}
