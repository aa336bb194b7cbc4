"""`python -m tests.readers.reread [FILE]…`: import, build and compare files, and list the differences by reason.

Without arguments it reads the third-party files that are at hand (`tests/shared.py`). It ends with 1 if a difference
has no reason.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, parse

from tests.shared import FOLDER

from . import Comparison, compare_file
from .files import COMPARED

SHOWN = 3  # differences of each reason
STATED = ("--title", "A file", "--publisher", "its publisher", "--issued", "2020", "--licence", "not stated")


def imported(path: Path) -> Comparison:
    """Import and build a file by the command line, as anybody does, and compare it."""
    with TemporaryDirectory() as folder:
        data, graph = Path(folder) / "data", Path(folder) / "graph.nq"
        told = _run("source", "import", "iati", str(path), "-o", str(data / "made"), *STATED)
        _run("build", str(data), "-o", str(graph))
        _, _, left = told.partition("parts that are not read: ")
        parts = (part.partition(" ") for part in left.partition("\n")[0].split(", "))
        unread = {name: int(number.replace(",", "")) for number, _, name in parts if name}
        return compare_file(path, parse(path=str(graph), format=RdfFormat.N_QUADS), "made", unread)


def _run(*arguments: str) -> str:
    done = subprocess.run(["tipgraph", *arguments], capture_output=True, text=True, check=False)
    if done.returncode > 1 or not done.stdout:
        sys.exit(done.stderr)
    return done.stdout


def main(arguments: list[str]) -> int:
    """Compare the files that are named, or all that are at hand."""
    unexplained = 0
    for path in map(Path, arguments) if arguments else [FOLDER / "data" / file for file in COMPARED]:
        comparison = imported(path)
        unexplained += len(comparison.unexplained)
        sys.stdout.write(f"\n{path.name}\n{report(comparison)}\n")
    return int(unexplained > 0)


def report(comparison: Comparison) -> str:
    """Write what agrees, and the differences by reason."""
    lines = ["agree: " + ", ".join(f"{number:,} {topic}" for topic, number in sorted(comparison.agreed.items()))]
    for reason, differences in comparison.by_reason().items():
        lines.append(f"{len(differences):,} differ: {reason or 'NO REASON IS KNOWN'}")
        shown = differences if not reason else differences[:SHOWN]
        lines += [f"    {difference}" for difference in shown]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
