"""Make the book: `python -m docs.making` writes its sources, and Sphinx makes `build/docs/` of them.

Decision: docs/decisions/0064-sphinx-makes-the-book-and-tests-type-it.md.
"""

import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from docs.making import book
from docs.making.gathering import LinkToNothing
from tipgraph.model import kit


def main() -> int:
    """Make the book; return the exit code, 1 if it lists faults."""
    home, sources = kit.home(), Path("build/docs-source")
    try:
        book.write(home, sources)
    except LinkToNothing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    made = Path("build/docs")
    ended = sphinx(["-q", "-W", "--keep-going", "-n", "-E", "-c", str(home / "docs"), str(sources), str(made)])
    if not ended:
        sys.stdout.write(f"{made / 'index.html'}: open it in a browser\n")
    return ended


if __name__ == "__main__":
    sys.exit(main())
