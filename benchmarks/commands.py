"""Commands on the graph of the kit, in turn with programs of a few lines: start-up, and a question."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import ROOT, Figure, Run, at_most, beside_python, compared, spent
from benchmarks.graphs import KIT, graphs

SIZES, SMOKE = (KIT,), ("5000",)
ROUNDS = 15
OTHERS = Path(__file__).with_name("alternatives")
QUESTION = ROOT / "queries" / "funding.rq"


def figures(run: Run) -> Iterator[Figure]:
    """Measure the commands."""
    kit = next(graphs(run.sizes))
    tipgraph, python = beside_python("tipgraph"), sys.executable
    one = [python, str(OTHERS / "one_command.py"), "--help"]
    ten = [python, str(OTHERS / "ten_lines.py"), str(kit.path), str(QUESTION)]
    query = [tipgraph, "query", "funding", "-g", str(kit.path)]
    for what, ours, alternative, theirs in (
        ("`tipgraph --help`", [tipgraph, "--help"], "a click program of one command", one),
        ("`tipgraph query funding`", query, "ten lines of pyoxigraph and click", ten),
        ("`tipgraph query funding --format csv`", [*query, "--format", "csv"], "the same ten lines", ten),
    ):
        if not run.is_smoke:
            spent(ours), spent(theirs)  # warm
        pairs = [(spent(ours).seconds, spent(theirs).seconds) for _ in range(run.rounds(ROUNDS))]
        yield compared(kit.name, what, pairs, alternative, at_most(2))
