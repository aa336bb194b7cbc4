"""Measures of networks and exports on made graphs, as ratios to named alternatives in the same run.

Run by `make bench`; `python benchmarks/networks.py 100000` takes one size only. Each figure comes from a process of its
own, so that its peak of memory is its own too.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import make

SIZES = (100_000, 1_000_000, 5_000_000)
WITH_RDFLIB = 1_000_000  # the largest size that rdflib is asked to load
ROUNDS = 5

HEAD = """
import json, resource, statistics, sys, time
path = sys.argv[1]
def done(**figures):
    print(json.dumps({**figures, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
def seconds(function):
    begun = time.perf_counter()
    result = function()
    return time.perf_counter() - begun, result
"""

OURS = """
import tipgraph
load, graph = seconds(lambda: tipgraph.load(path))
first, network = seconds(lambda: tipgraph.project(graph, "partnership"))
done(load=load, project=first, edges=network.number_of_edges())
"""

RDFLIB = """
import networkx as nx, rdflib
tip = rdflib.Namespace("https://w3id.org/tipgraph/ns#")
def read():
    graph = rdflib.Dataset(default_union=True)
    graph.parse(path, format="nquads")
    return graph
def walk():
    network = nx.MultiDiGraph()
    names = [tip[name] for name in ("source", "modality", "saidAt", "partnershipKind", "date", "earliest", "latest",
                                    "undertaking")]
    for claim in graph.subjects(rdflib.RDF.type, tip.Partnership):
        partners = sorted(map(str, graph.objects(claim, tip.partner)))
        data = {str(name): str(graph.value(claim, name)) for name in names}
        network.add_edges_from((a, b, {"claim": str(claim), **data})
                               for i, a in enumerate(partners) for b in partners[i + 1:])
    return network
load, graph = seconds(read)
walked, network = seconds(walk)
done(load=load, project=walked, edges=network.number_of_edges())
"""

# The same edges and columns: the partnerships, and those who carry an undertaking out together.
SELECTS = """
import networkx as nx, pyoxigraph
PREFIXES = {"tip": "https://w3id.org/tipgraph/ns#", "code": "https://w3id.org/tipgraph/code#"}
COLUMNS = (
    "OPTIONAL { ?claim tip:status ?status } OPTIONAL { ?claim tip:date ?date } "
    "OPTIONAL { ?claim tip:earliest ?earliest } OPTIONAL { ?claim tip:latest ?latest } "
)
PARTNERS = (
    "SELECT ?from ?to ?claim ?source ?modality ?said ?kind ?undertaking ?status ?date ?earliest ?latest { "
    "?claim a tip:Partnership ; tip:partner ?from, ?to ; tip:source ?source ; tip:modality ?modality ; "
    "tip:saidAt ?said ; tip:partnershipKind ?kind FILTER(STR(?from) < STR(?to)) "
    "OPTIONAL { ?claim tip:undertaking ?undertaking } " + COLUMNS + "}"
)
ROLES = " ".join("code:role-" + one for one in
                 ("organizer", "convenor", "implementer", "leader", "associate", "researcher"))
JOINT = (
    "SELECT ?from ?to ?claim ?other ?undertaking ?source ?source2 ?said ?said2 ?status ?date ?earliest ?latest { "
    "VALUES ?r1 { " + ROLES + " } VALUES ?r2 { " + ROLES + " } "
    "?claim a tip:Participation ; tip:participant ?from ; tip:undertaking ?undertaking ; tip:role ?r1 ; "
    "tip:source ?source ; tip:saidAt ?said . ?other a tip:Participation ; tip:participant ?to ; "
    "tip:undertaking ?undertaking ; tip:role ?r2 ; tip:source ?source2 ; tip:saidAt ?said2 "
    "FILTER(STR(?from) < STR(?to)) " + COLUMNS + "}"
)
LEAST = "SELECT ?from ?to ?claim { ?claim a tip:Partnership ; tip:partner ?from, ?to FILTER(STR(?from) < STR(?to)) }"
def bare(*texts):
    network = nx.MultiDiGraph()
    for text in texts:
        rows = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        names = [variable.value for variable in rows.variables][2:]
        network.add_edges_from(
            (row[0].value, row[1].value, {name: term.value for name, term in zip(names, list(row)[2:]) if term})
            for row in rows
        )
    return network
"""

PROJECTION = (
    SELECTS
    + """
import tipgraph
graph = tipgraph.load(path)
store = graph._engine._store
tipgraph.project(graph, "partnership"), bare(PARTNERS, JOINT), bare(LEAST)
ours, same, least = [], [], []
for _ in range(int(sys.argv[2])):
    ours.append(seconds(lambda: tipgraph.project(graph, "partnership"))[0])
    same.append(seconds(lambda: bare(PARTNERS, JOINT))[0])
    least.append(seconds(lambda: bare(LEAST))[0])
done(ours=statistics.median(ours), same=statistics.median(same), least=statistics.median(least),
     ratio=statistics.median(a / b for a, b in zip(ours, same)),
     to_least=statistics.median(a / b for a, b in zip(ours, least)))
"""
)

BARE = (
    SELECTS
    + """
store = pyoxigraph.Store()
load, _ = seconds(lambda: store.load(path=path, format=pyoxigraph.RdfFormat.N_QUADS))
projected, network = seconds(lambda: bare(PARTNERS, JOINT))
done(load=load, project=projected, edges=network.number_of_edges())
"""
)

EXPORT = """
import pathlib, tempfile, tipgraph
from tipgraph.outputs.files import FORMATS, extract
graph = tipgraph.load(path)
digest, _ = seconds(lambda: graph.digest)
took, taken = seconds(lambda: extract(graph, network="all"))
figures = {}
with tempfile.TemporaryDirectory() as folder:
    for suffix in (".graphml", ".parquet"):
        figures[suffix], _ = seconds(lambda: FORMATS[suffix].write(taken, pathlib.Path(folder) / ("x" + suffix)))
done(edges=taken.network.number_of_edges(), digest=digest, extract=took, **figures)
"""


def run(program: str, *words: str) -> dict[str, float]:
    command = [sys.executable, "-c", HEAD + program, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(size: int, path: Path) -> None:
    print(f"\n{make(size, path):,} statements ({path.stat().st_size / 1e6:.0f} MB of N-Quads)")
    ours, bare = run(OURS, str(path)), run(BARE, str(path))
    total = ours["load"] + ours["project"]
    print(f"file to partnership network: {total:.1f} s (load {ours['load']:.1f}, projection {ours['project']:.2f}), "
          f"peak {ours['mb']:.0f} MB, {ours['edges']:,} edges")  # fmt: skip
    print(f"  bare pyoxigraph, the same edges and columns: {bare['load'] + bare['project']:.1f} s, {bare['mb']:.0f} MB")
    if size <= WITH_RDFLIB:
        rdflib = run(RDFLIB, str(path))
        theirs = rdflib["load"] + rdflib["project"]
        print(f"  rdflib's memory store: {theirs:.1f} s (load {rdflib['load']:.1f}, walk {rdflib['project']:.2f}), "
              f"{rdflib['mb']:.0f} MB: {theirs / total:.1f}x our time (goal: 8x), our memory is "
              f"{ours['mb'] / rdflib['mb']:.2f} of it (goal: 0.3)")  # fmt: skip
    alone = run(PROJECTION, str(path), str(ROUNDS))
    print(f"projection alone: {alone['ours']:.2f} s; {alone['ratio']:.2f}x of SELECTs that give the same edges and "
          f"columns (goal: 1.2x); {alone['to_least']:.1f}x of a SELECT of three columns")  # fmt: skip
    export = run(EXPORT, str(path))
    millions = export["edges"] / 1e6
    print(f"export of {export['edges']:,} edges: GraphML {export['.graphml'] / millions:.0f}, "
          f"Parquet {export['.parquet'] / millions:.0f} seconds per million edges (beside them: "
          f"digest {export['digest']:.1f} s, network {export['extract']:.1f} s, "
          f"peak {export['mb']:.0f} MB)")  # fmt: skip


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, medians of {ROUNDS}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(size, Path(folder) / "made.nq")


if __name__ == "__main__":
    main()
