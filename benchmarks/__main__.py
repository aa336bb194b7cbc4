"""Run benchmarks: `python -m benchmarks [NAME …] [--size SIZE …] [--smoke | --write]`.

Without names all programs run. Each is a module with `figures(run)`, and with the sizes of graphs that it measures.

Decision: docs/decisions/0175-benchmarks-compare-two-sides-in-one-run.md.
"""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module

from benchmarks import figures

PROGRAMS = (
    "commands", "networks", "stores", "questions", "growth", "imports", "intake", "drafts", "routes", "matching",
    "pages", "site", "inside", "server", "load",
)  # fmt: skip


def main(given: Sequence[str] | None = None) -> None:
    """Run the programs that are named, and print their figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PROGRAMS)} (else all)")
    parser.add_argument(
        "--size", action="append", help="kit, aid, open, or a number; repeatable (else those of a program)"
    )
    parser.add_argument("--smoke", action="store_true", help="only prove that it runs, in seconds")
    parser.add_argument("--write", action="store_true", help="write what a user feels into docs/benchmarks.md")
    parser.add_argument("--minutes", type=int, default=15, help="how long the load lasts")
    asked = parser.parse_args(given)
    if unknown := set(asked.names) - set(PROGRAMS):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    if asked.smoke and asked.write:
        parser.error("a smoke run measures nothing that is worth writing")
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # as of an installed package, our modules are compiled once as well
    for name in asked.names or PROGRAMS:
        program = import_module(f"benchmarks.{name}")
        sizes = tuple(asked.size or (program.SMOKE if asked.smoke else program.SIZES))
        show(name, program.figures, figures.Run(sizes, asked.smoke, asked.write, asked.minutes))


def show(name: str, measure: "figures.Program", run: figures.Run) -> None:
    """Print the figures of a program as they come, and write them where that is asked."""
    said, measured = figures.machine(), list[figures.Figure]()
    print(f"\n{name}: {said}", flush=True)
    try:
        for figure in measure(run):
            measured.append(figure)
            cells = (figure.on, figure.what, "runs") if run.is_smoke else figure.cells()
            print("  " + " | ".join(cell for cell in cells if cell), flush=True)
    finally:  # what took an hour is kept, even if the next step fails
        if run.writes:
            figures.write(name, said, measured)


if __name__ == "__main__":
    main()
