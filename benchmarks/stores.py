"""Measures of stores, claim tables and questions on made graphs, as ratios to named alternatives in the same run.

Run by `make bench`; `python benchmarks/stores.py 100000 1000000` takes some sizes only. Each figure comes from a
process of its own, so that its peak of memory is its own too. Nothing here passes or fails; the goals stand beside.
"""

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
from pathlib import Path

from generate import make
from networks import RDFLIB as WALK

SIZES = (100_000, 1_000_000, 5_000_000, 20_000_000)
WITH_RDFLIB = 1_000_000  # the largest size that rdflib is asked to load
PATIENCE = 60  # seconds that rdflib may take for a question
WITH_QUESTIONS = 1_000_000  # the largest size that questions and views are asked of: half an hour and more at 5 million
ROUNDS = {100_000: 5, 1_000_000: 3}  # once from there on
ROOM = 2_500  # bytes of disk a statement, for the file, the stores and what is written beside them

HEAD = """
import json, resource, statistics, sys, time
from pathlib import Path
path, where, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
def done(**figures):
    print(json.dumps({**figures, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
def seconds(function):
    begun = time.perf_counter()
    result = function()
    return time.perf_counter() - begun, result
def median(function):
    function()
    return statistics.median(seconds(function)[0] for _ in range(rounds))
"""

MEMORY = "import tipgraph\ntook, graph = seconds(lambda: tipgraph.load(path))\ndone(load=took)"

RAW_MEMORY = """
import pyoxigraph
store = pyoxigraph.Store()
took, _ = seconds(lambda: store.load(path=path, format=pyoxigraph.RdfFormat.N_QUADS))
done(load=took)
"""

RDFLIB = """
import rdflib
graph = rdflib.Dataset(default_union=True)
took, _ = seconds(lambda: graph.parse(path, format="nquads"))
done(load=took)
"""

GENERATION = """
from tipgraph.graph import sandbox as foreign
from tipgraph.graph.storage import generations
phases = {}
def fill(store):
    phases["load"], _ = seconds(lambda: (foreign.fill(store, Path(path), in_bulk=True), store.flush()))
whole, one = seconds(lambda: generations.write(where, fill, 1000))
files = one.manifest["files"]
size = sum(found["bytes"] for name, found in files.items() if name.startswith("tables/"))
done(whole=whole, tables=size, store=sum(found["bytes"] for found in files.values()) - size,
     statements=one.manifest["statements"], **phases)
"""

TABLES = """
import tipgraph
from tipgraph.graph.tables import Tables
graph = tipgraph.load(path)
took, tables = seconds(lambda: Tables.of(graph))
done(build=took)
"""

OPENING = """
import pyarrow.parquet as pq
from tipgraph.graph.tables import Tables
folder = where / "current" / "tables"
def read():
    tables = Tables.open(folder)
    return tables["Funding"], tables["Participation"]
done(open=median(read))
"""

QUESTIONS = """
import pyoxigraph, tipgraph
from tipgraph.graph.engine import PREFIXES
from tipgraph.graph.query import Query
NAMES = ("funding", "partners", "participants", "routes", "events", "publications", "actors", "single-source",
         "who-does-what-where")
graph = tipgraph.load(str(where) if sys.argv[4] == "disk" else path)
store = graph._engine._store
questions = [Query.find(name) for name in NAMES]
def raw(question):
    return [tuple(row) for row in store.query(bound[question.name], prefixes=PREFIXES, use_default_graph_as_union=True)]
from tipgraph.graph import sparql
bound = {question.name: sparql.bind(question.text, {}) for question in questions}
found = {}
for question in questions:
    rows = len(raw(question))
    question.run(graph)
    ours, bare = [], []
    for _ in range(int(sys.argv[3])):
        ours.append(seconds(lambda: question.run(graph))[0])
        bare.append(seconds(lambda: raw(question))[0])
    found[question.name] = [rows, statistics.median(ours), statistics.median(bare),
                            median(lambda: question.run(graph).to_rdflib())]
done(found=found)
"""

SLOW_QUESTIONS = (
    QUESTIONS.partition("graph = tipgraph.load")[0]
    + """
import signal
import rdflib
from tipgraph.graph import sparql
def end(*_):
    raise TimeoutError
signal.signal(signal.SIGALRM, end)
graph = rdflib.Dataset(default_union=True)
graph.parse(path, format="nquads")
found = {}
for name in NAMES:
    text = sparql.bind(Query.find(name).text, {})
    signal.alarm(int(sys.argv[4]))
    try:
        found[name], _ = seconds(lambda: list(graph.query(text, initNs=PREFIXES)))
    except TimeoutError:
        found[name] = float(sys.argv[4])
    finally:
        signal.alarm(0)
done(found=found)
"""
)

VIEWS = """
import tipgraph
from tipgraph.graph.tables import Tables
tables = Tables.open(where / "current" / "tables")
TAKING = "?p a tip:Participation ; tip:participant ?a ; tip:undertaking ?u . "
DOING = " ".join("code:role-" + one for one in ("organizer", "convenor", "host", "implementer", "associate", "leader",
                                                 "counterpart", "researcher", "collaborator"))
VIEWS = {
    "funders": '''SELECT ?a ?k ?c (SUM(?v) AS ?s) (COUNT(*) AS ?n) {
        ?f a tip:Funding ; tip:giver ?a ; tip:moneyKind ?k . OPTIONAL { ?f tip:amount ?v ; tip:currency ?c }
        FILTER NOT EXISTS { ?r tip:restating ?f } } GROUP BY ?a ?k ?c''',
    "co-participation": "SELECT ?a ?b (COUNT(DISTINCT ?u) AS ?n) { " + TAKING + '''
        ?q a tip:Participation ; tip:participant ?b ; tip:undertaking ?u
        FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b''',
    "who-does-what-where": "SELECT ?a ?k ?w (COUNT(DISTINCT ?u) AS ?n) { VALUES ?role { " + DOING + " } " + TAKING + '''
        ?p tip:role ?role ; tip:source ?by .
        ?r a tip:UndertakingReport ; tip:undertaking ?u ; tip:source ?by ; tip:undertakingKind ?k .
        ?s a tip:UndertakingReport ; tip:undertaking ?u ; tip:source ?by ; tip:place ?place .
        OPTIONAL { ?place tip:within ?c . ?c a tip:Country } BIND(COALESCE(?c, ?place) AS ?w) } GROUP BY ?a ?k ?w''',
    "top-routes": '''SELECT ?o ?d (COUNT(*) AS ?n) {
        ?r a tip:RouteReport ; tip:directed true ; tip:origin ?o ; tip:destination ?d
        FILTER NOT EXISTS { ?again tip:restating ?r } } GROUP BY ?o ?d''',
}
memory, disk = tipgraph.load(path), tipgraph.load(where)
found = {}
for name, text in VIEWS.items():
    assert tables.view(name).num_rows == len(list(memory.query(text))), name
    found[name] = [median(lambda: tables.view(name)), median(lambda: list(memory.query(text))),
                   median(lambda: list(disk.query(text)))]
done(found=found)
"""

MAPLIB = (
    VIEWS[VIEWS.index("TAKING") : VIEWS.index("memory, disk")]
    + """
from maplib import Model
triples = where.with_suffix(".nt")  # it reads no named graphs
with open(path) as quads, triples.open("w") as out:
    out.writelines(line.rpartition(" <")[0] + " .\\n" for line in quads)
model = Model()
took, _ = seconds(lambda: model.read(str(triples), format="ntriples"))
triples.unlink()
prefix = "PREFIX tip: <https://w3id.org/tipgraph/ns#> PREFIX code: <https://w3id.org/tipgraph/code#> "
done(load=took, found={name: median(lambda: model.query(prefix + text)) for name, text in VIEWS.items()})
"""
)

NETWORK = """
import tipgraph
opened, network = seconds(lambda: tipgraph.project(tipgraph.load(where), "partnership"))
done(project=opened, edges=network.number_of_edges())
"""

POINT = ("query", "partners", "of=reference/actors/a77", "--format", "csv")


def run(program: str, path: Path, where: Path, *words: str) -> dict[str, float]:
    """Run a program in a process of its own, and return the figures that it prints."""
    rounds = ROUNDS.get(int(path.stem), 1)
    command = [sys.executable, "-c", HEAD + program, str(path), str(where), str(rounds), *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def oxigraph(path: Path, where: Path) -> float:
    """Return the seconds that `oxigraph load` takes."""
    shutil.rmtree(where, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("oxigraph")), "load", "--location", str(where), "--file", str(path)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    took = time.perf_counter() - begun
    shutil.rmtree(where)
    return took


def generation(path: Path, where: Path) -> dict[str, float]:
    """Write a new store, and return what that took."""
    shutil.rmtree(where, ignore_errors=True)
    return run(GENERATION, path, where)


def commands(where: Path) -> tuple[float, float, float]:
    """Return the seconds of a point question by the command, of a bare start of Python, and of the question raw."""
    question = (
        "import sys, pyoxigraph\n"
        "store = pyoxigraph.Store.read_only(sys.argv[1])\n"
        "text = 'SELECT ?o ?c { ?c <https://w3id.org/tipgraph/ns#partner> "
        "<https://w3id.org/tipgraph/id/reference/actors/a77>, ?o }'\n"
        "print(len(list(store.query(text, use_default_graph_as_union=True))))"
    )
    programs = (
        [str(Path(sys.executable).with_name("tipgraph")), *POINT, "-g", str(where)],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", question, str(where / "current" / "store")],
    )
    took: list[list[float]] = [[], [], []]
    for _ in range(10):
        for figures, command in zip(took, programs, strict=True):
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TIPGRAPH_TEXTS": ""})
            figures.append(time.perf_counter() - begun)
    ours, bare, raw = map(statistics.median, took)
    return ours, bare, raw


def exponents(grown: dict[int, dict[str, float]]) -> dict[str, float]:
    """Return how each figure grows with the size: the slope of the straight line through their logarithms."""
    sizes = [math.log(size) for size in grown]
    names = set.intersection(*(set(figures) for figures in grown.values()))
    logs = {name: [math.log(figures[name]) for figures in grown.values()] for name in sorted(names)}
    return {name: statistics.linear_regression(sizes, found).slope for name, found in logs.items()}


def mean(ratios: list[float]) -> float:
    """Return the geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def measure(size: int, folder: Path) -> dict[str, float]:
    """Measure one size, print it, and return what growth is computed of."""
    path, where = folder / f"{size}.nq", folder / f"store-{size}"
    statements = make(size, path)
    size_of_file = path.stat().st_size
    print(f"\n{statements:,} statements, {size_of_file / 1e6:,.0f} MB of N-Quads")
    times = ROUNDS.get(size, 1)
    pairs = [(run(MEMORY, path, where), run(RAW_MEMORY, path, where)) for _ in range(times)]  # alternately
    ours, theirs = pairs[-1]
    print(f"  in memory: {ours['load']:.2f} s, {ours['mb']:,.0f} MB")
    print(f"    {statistics.median(one['load'] / two['load'] for one, two in pairs):.2f}x raw pyoxigraph (goal 1.05)")
    stores = [(generation(path, where), oxigraph(path, folder / "oxigraph")) for _ in range(times)]
    kept = stores[-1][0]
    load = statistics.median(one["load"] / bulk for one, bulk in stores)
    whole = statistics.median(one["whole"] / bulk for one, bulk in stores)
    print(f"  persistent: load phase {kept['load']:.2f} s, {load:.2f}x `oxigraph load` (goal 1.10)")
    print(f"    the whole generation {kept['whole']:.2f} s, {whole:.2f}x, {kept['mb']:,.0f} MB")
    asked: dict[str, float] = {}
    if size <= WITH_RDFLIB:
        slow = run(RDFLIB, path, where)
        asked = run(SLOW_QUESTIONS, path, where, str(PATIENCE))["found"]  # type: ignore[assignment]
        print(f"  rdflib's memory store: {slow['load']:.1f} s, {slow['mb']:,.0f} MB")
        print(f"    persistent {kept['load'] / slow['load']:.2f}x (goal 0.30)")
        print(f"    in memory {ours['mb'] / slow['mb']:.2f}x of its RSS (goal 0.35)")
    made, opened = run(TABLES, path, where), run(OPENING, path, where)
    print(f"  claim tables: {kept['tables'] / size_of_file:.3f}x of the N-Quads (goal 0.10)")
    print(f"    built in {made['build']:.2f} s, {made['build'] / theirs['load']:.2f}x a raw memory load (goal 2)")
    print(f"    Funding and Participation open in {opened['open'] * 1000:.1f} ms")
    print(f"    {opened['open'] / ours['load']:.4f}x of reloading (goal 0.005)")
    if size <= WITH_QUESTIONS:
        questions(path, where, asked)
    projected = run(NETWORK, path, where)
    print(f"  store and tables to partnership network: {projected['project']:.2f} s, {projected['edges']:,} edges")
    if size <= WITH_RDFLIB:
        walked = run(WALK, path, where)
        ratio = projected["project"] / walked["project"]
        print(f"    {ratio:.2f}x of walking rdflib's memory store (goal 0.30), which finds {walked['edges']:,} edges, "
              "without labels and joint undertakings")  # fmt: skip
    ours_point, bare_point, raw_point = commands(where)
    print(f"  tipgraph {' '.join(POINT[:3])}: {(ours_point - bare_point) * 1000:.0f} ms over a bare start of Python "
          f"(goal 150); pyoxigraph itself {(raw_point - bare_point) * 1000:.0f} ms")  # fmt: skip
    return {
        "memory": ours["load"],
        "load": kept["load"],
        "generation": kept["whole"],
        "tables": made["build"],
        "network": projected["project"],
        "memory MB": ours["mb"],
        "generation MB": kept["mb"],
        "network MB": projected["mb"],
    }


def questions(path: Path, where: Path, asked: dict[str, float]) -> None:
    """Measure questions and views, in memory and on the disk; `asked` has the seconds that rdflib took."""
    for kind in ("memory", "disk"):
        found = run(QUESTIONS, path, where, kind)["found"]
        ratios = {name: ours / bare for name, (_, ours, bare, _) in found.items()}  # type: ignore[attr-defined]
        terms = {name: terms / bare for name, (_, _, bare, terms) in found.items()}  # type: ignore[attr-defined]
        rows = sum(rows for rows, *_ in found.values())  # type: ignore[attr-defined]
        print(f"  9 questions of {rows:,} rows, {kind}: {mean(list(ratios.values())):.2f}x raw pyoxigraph (goal 1.10)")
        print(f"    {shown(ratios)}")
        print(f"    in rdflib's terms {mean(list(terms.values())):.2f}x (goal 1.6): {shown(terms)}")
        if asked:
            faster = {name: asked[name] / figures[1] for name, figures in found.items()}  # type: ignore[attr-defined]
            goal = {"memory": 30, "disk": 6}[kind]
            late = [name for name, took in asked.items() if took >= PATIENCE]
            print(f"    {mean(list(faster.values())):.0f}x faster than rdflib in memory (goal {goal}): {shown(faster)}")
            print(f"    rdflib was ended after {PATIENCE} s: {', '.join(late) or 'never'}")
    found = run(VIEWS, path, where)["found"]
    ratios = {name: memory / view for name, (view, memory, _) in found.items()}  # type: ignore[attr-defined]
    disk = {name: disk / view for name, (view, _, disk) in found.items()}  # type: ignore[attr-defined]
    print(f"  views: {mean(list(ratios.values())):.1f}x faster than memory (goal 3), {shown(ratios)}; "
          f"{mean(list(disk.values())):.1f}x than disk (goal 12)")  # fmt: skip
    columns = run(MAPLIB, path, where)["found"]
    slower = {name: figures[0] / columns[name] for name, figures in found.items()}  # type: ignore[attr-defined, index]
    print(f"    {mean(list(slower.values())):.2f}x of maplib, without labels and order (stretch 1.5): {shown(slower)}")


def shown(ratios: dict[str, float]) -> str:
    """Return figures in a line."""
    return ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())


def main() -> None:
    """Measure the sizes that are asked for, as far as the disk has room, and say how each figure grows."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print(f"Python {platform.python_version()}, {platform.machine()}; medians")
    grown: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            if shutil.disk_usage(name).free < size * ROOM:
                print(f"\n{size:,} statements: left out, the disk has no room")
                continue
            grown[size] = measure(size, Path(name))
            for path in Path(name).iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    if len(grown) > 1:
        sizes_said = ", ".join(f"{size:,}" for size in grown)
        print(f"\ngrowth over {sizes_said}, as a fitted exponent: {shown(exponents(grown))}")


if __name__ == "__main__":
    main()
