"""Networks and their exports, in turn with rdflib, with SELECTs of pyoxigraph, and with networkx itself."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, Goal, Run, agree, at_least, at_most, compared, seconds, timed
from benchmarks.graphs import KIT, Measured, graphs, store
from tipgraph.model import prefixes

if TYPE_CHECKING:
    import networkx as nx
    from pyoxigraph import Store

    Network = nx.MultiDiGraph[str]

SIZES = ("kit", "open", "1000000", "5000000")
SMOKE = ("5000",)
WITH_RDFLIB = 1_500_000  # the most statements that rdflib is asked to load
ROUNDS = 5
NODES, SMOKE_NODES = 10_000, 300  # of the network whose measures are compared

WALKED = ("source", "modality", "saidAt", "partnershipKind", "date", "earliest", "latest", "undertaking")
COLUMNS = (
    "OPTIONAL { ?claim tip:status ?status } OPTIONAL { ?claim tip:date ?date } "
    "OPTIONAL { ?claim tip:earliest ?earliest } OPTIONAL { ?claim tip:latest ?latest } "
)
ROLES = " ".join(f"code:role-{role}" for role in ("organizer", "convenor", "implementer", "leader", "associate",
                                                   "researcher"))  # fmt: skip
# The edges and columns of our network: the partnerships, and those who carry an undertaking out together.
SELECTS = (
    "SELECT ?from ?to ?claim ?source ?modality ?said ?kind ?undertaking ?status ?date ?earliest ?latest { "
    "?claim a tip:Partnership ; tip:partner ?from, ?to ; tip:source ?source ; tip:modality ?modality ; "
    "tip:saidAt ?said ; tip:partnershipKind ?kind FILTER(STR(?from) < STR(?to)) "
    "OPTIONAL { ?claim tip:undertaking ?undertaking } " + COLUMNS + "}",
    "SELECT ?from ?to ?claim ?other ?undertaking ?source ?source2 ?said ?said2 ?status ?date ?earliest ?latest { "
    "VALUES ?r1 { " + ROLES + " } VALUES ?r2 { " + ROLES + " } "
    "?claim a tip:Participation ; tip:participant ?from ; tip:undertaking ?undertaking ; tip:role ?r1 ; "
    "tip:source ?source ; tip:saidAt ?said . ?other a tip:Participation ; tip:participant ?to ; "
    "tip:undertaking ?undertaking ; tip:role ?r2 ; tip:source ?source2 ; tip:saidAt ?said2 "
    "FILTER(STR(?from) < STR(?to)) " + COLUMNS + "}",
)


def figures(run: Run) -> Iterator[Figure]:
    """Measure networks of each graph, and the measures of a network."""
    for graph in graphs(run.sizes):
        yield from of_a_graph(graph, run)
    yield from measures(SMOKE_NODES if run.is_smoke else NODES, run)


def of_a_graph(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure the partnership network of a graph: from a store, from a file, and of a loaded graph; then exports."""
    where, path = store(graph, run), graph.path
    if graph.statements <= WITH_RDFLIB:
        (parse, walks), theirs_mb = run.apart(walked, path, run.rounds(3))
        for kind, function, goal in (("igraph", to_igraph, 0.3), ("networkx", to_networkx, 0.8)):
            pairs = list(zip(run.apart(function, where, len(walks))[0], walks, strict=True))
            what = f"partnership network from a store to {kind}"
            yield compared(graph.name, what, pairs, "walking rdflib in memory", wants(graph, at_most(goal)))
        ours, mb = run.apart(loaded, path)
        what = "partnership network from a file of N-Quads"
        yield compared(graph.name, what, [(ours, parse + walks[0])], "rdflib in memory", wants(graph, at_least(8)))
        yield compared(graph.name, what, [(mb, theirs_mb)], "rdflib in memory", wants(graph, at_most(0.3)), "MB")
    pairs, _ = run.apart(projected, path, run.rounds(ROUNDS))
    what, alternative = "partnership network of a loaded graph", "SELECTs of the same edges and columns"
    yield compared(graph.name, what, pairs, alternative, wants(graph, at_most(1.2)))
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


def to_igraph(where: Path, rounds: int) -> list[float]:
    """Return the seconds from a store to the same as igraph, after one round that is not counted."""
    import tipgraph
    from tipgraph.analysis.network import project_columns

    return _repeated(lambda: project_columns(tipgraph.load(where), "partnership").igraph(), rounds)


def _repeated(function: Callable[[], object], rounds: int) -> list[float]:
    function()  # it imports libraries, which the other side has imported when it is measured
    return [seconds(function) for _ in range(rounds)]


def loaded(path: Path) -> float:
    """Return the seconds from a file to the partnership network."""
    import tipgraph

    took, graph = timed(lambda: tipgraph.load(path))
    return took + seconds(lambda: tipgraph.project(graph, "partnership"))


def projected(path: Path, rounds: int) -> list[tuple[float, float]]:
    """Return the seconds of the partnership network of a loaded graph, each beside those of bare SELECTs."""
    import tipgraph

    graph = tipgraph.load(path)
    held: Store = graph._engine._store  # type: ignore[attr-defined]
    tipgraph.project(graph, "partnership"), selected(held)
    return [
        (seconds(lambda: tipgraph.project(graph, "partnership")), seconds(lambda: selected(held)))
        for _ in range(rounds)
    ]


def selected(held: "Store") -> "Network":
    """Return the same edges and columns by SELECTs of pyoxigraph."""
    import networkx as nx
    from pyoxigraph import QuerySolutions

    network: Network = nx.MultiDiGraph()
    for text in SELECTS:
        rows = held.query(text, prefixes=prefixes(), use_default_graph_as_union=True)
        if not isinstance(rows, QuerySolutions):
            raise TypeError(text)
        names = [variable.value for variable in rows.variables][2:]
        network.add_edges_from(
            (row[0].value, row[1].value, {n: term.value for n, term in zip(names, list(row)[2:], strict=True) if term})
            for row in rows
        )
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


def measures(nodes: int, run: Run) -> Iterator[Figure]:
    """Measure what is slow in networkx; end the run where a result differs, or a modularity is less."""
    for what, goal in (
        ("betweenness", 40),
        ("communities by Leiden", 20),
        ("communities by Louvain", 20),
        ("PageRank", 6),
    ):
        pairs, _ = run.apart(measure, what, nodes, 1 if what == "betweenness" else run.rounds(3))
        alternative = "Louvain of networkx" if what.startswith("communities") else "networkx"
        yield compared(f"a network of {nodes:,} nodes", what, pairs, alternative, at_least(goal))


def measure(what: str, nodes: int, rounds: int) -> list[tuple[float, float]]:
    """Return the seconds of a measure, each beside those of networkx, after one of a small network."""
    for side in MEASURES[what](random_network(10))[:2]:
        side()
    ours, theirs, is_same = MEASURES[what](random_network(nodes))
    pairs = []
    for _ in range(rounds):
        (mine, found), (its, expected) = timed(ours), timed(theirs)
        agree(what, is_same=is_same(found, expected))
        pairs.append((mine, its))
    return pairs


def random_network(nodes: int) -> "nx.Graph[str]":
    """Return a network of Barabási and Albert with two links for each node, and with weights."""
    import networkx as nx

    made: nx.Graph[str] = nx.relabel_nodes(nx.barabasi_albert_graph(nodes, 2, seed=1), str)
    for start, end, data in made.edges(data=True):
        data["weight"] = 1 + (int(start) + int(end)) % 3
    return made


Sides = tuple[Callable[[], Any], Callable[[], Any], Callable[[Any, Any], bool]]


def _betweenness(graph: "nx.Graph[str]") -> Sides:
    import networkx as nx

    from tipgraph.analysis.network import backend

    return lambda: backend.betweenness(graph), lambda: nx.betweenness_centrality(graph), _near


def _pagerank(graph: "nx.Graph[str]") -> Sides:
    import networkx as nx

    from tipgraph.analysis.network import backend

    directed, tol = nx.DiGraph(graph), 1e-7 / len(graph)  # networkx multiplies it by the nodes: both stop at 1e-7
    return lambda: backend.pagerank(directed), lambda: nx.pagerank(directed, tol=tol, max_iter=1000), _near


def _communities(graph: "nx.Graph[str]", method: str, less: float) -> Sides:
    """Compare communities by their modularity, which may be `less` than that of networkx."""
    import networkx as nx

    from tipgraph.analysis.network import backend

    def modularity(groups: Iterable[Iterable[str]]) -> float:
        return float(nx.community.modularity(graph, [set(group) for group in groups], weight="weight"))

    return (
        lambda: backend.communities(graph, method),
        lambda: nx.community.louvain_communities(graph, weight="weight", seed=1),
        lambda ours, theirs: modularity(ours) >= modularity(theirs) - less,
    )


def _near(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    return ours.keys() == theirs.keys() and all(abs(ours[node] - theirs[node]) < 1e-6 for node in ours)


MEASURES: dict[str, Callable[["nx.Graph[str]"], Sides]] = {
    "betweenness": _betweenness,
    "communities by Leiden": partial(_communities, method="leiden", less=0),
    "communities by Louvain": partial(_communities, method="louvain", less=0.005),
    "PageRank": _pagerank,
}
