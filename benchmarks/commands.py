"""Commands on the graph of the kit, in turn with programs of a few lines: start-up, and a question."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import ROOT, Figure, Run, at_most, beside_python, compared, spent
from benchmarks.graphs import COMMAND, KIT

SIZES = SMOKE = (KIT,)
ROUNDS = 15
HEAVY = ("networkx", "pyvis", "pyshacl", "SPARQLWrapper", "rdflib")
OTHERS = Path(__file__).with_name("alternatives")
QUESTION = ROOT / "queries" / "funding.rq"


def figures(run: Run) -> Iterator[Figure]:
    """Measure the commands."""
    imported, _ = run.apart(heavy)
    yield Figure("", "heavy libraries that `import tipgraph` loads", len(imported), "", goal=at_most(0))
    with TemporaryDirectory() as folder:
        graph = f"{folder}/graph.trig"
        spent([*COMMAND, "build", str(ROOT / "data"), "-o", graph])
        tipgraph, python = beside_python("tipgraph"), sys.executable
        one = [python, str(OTHERS / "one_command.py"), "--help"]
        ten = [python, str(OTHERS / "ten_lines.py"), graph, str(QUESTION)]
        query = [tipgraph, "query", "funding", "-g", graph]
        for what, ours, alternative, theirs in (
            ("`tipgraph --help`", [tipgraph, "--help"], "a click program of one command", one),
            ("`tipgraph query funding`", query, "ten lines of pyoxigraph and click", ten),
            ("`tipgraph query funding --format csv`", [*query, "--format", "csv"], "the same ten lines", ten),
        ):
            spent(ours), spent(theirs)
            pairs = [(spent(ours).seconds, spent(theirs).seconds) for _ in range(run.rounds(ROUNDS))]
            yield compared(KIT, what, pairs, alternative, at_most(2))


def heavy() -> list[str]:
    """Return the heavy libraries that tipgraph loads when it is imported."""
    before = set(sys.modules)
    import tipgraph

    return [name for name in HEAVY if name in sys.modules and name not in before and tipgraph]
