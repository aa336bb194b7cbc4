"""The commands of all documents, and which of them are not typed as they stand, each with the reason."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from tests.documents.console import Block, Step, fences
from tipgraph.model import kit

HOME = kit.home()

# Commands that are proven elsewhere: a pattern, and where.
ELSEWHERE = {
    r"git clone|make\b": "the walk of a newcomer and CI set up; tests/house holds each target to the Makefile",
    r"(pip|apt|npm) ": "installs on this machine; CI and `make system` do",
    r"oxigraph serve|java |virtuoso-t |isql-vt ": "starts a server of others; tests/engines does, and asks it",
    r".*http://127\.0\.0\.1:|.*https://example\.org": "asks a server that is not there; tests/server, "
    "tests/engines and tests/remote do",
    r"tipgraph release .*(--texts|--export)": "takes minutes once more; tests/release does, with all of its options",
    r"tipgraph serve": "serves until it is stopped; tests/server starts it as a person does",
    r"(TIPGRAPH_LLM=.* )?tipgraph review drafts \S+( --part .*| --drafter both)?$": "opens a page until it "
    "is stopped; tests/review does, and tests/drafts ask a model",
    r"tipgraph review (identity|conflicts) .*--review": "asks on a terminal; "
    "tests/test_match.py, tests/test_conflicts.py do",
}
# Commands that take long: `make docs-test` types the pages that have them whole, `make test` leaves these out.
LONG = (
    r"pytest |tipgraph (pages|release|check)\b"
    r"|tipgraph build .*-o STORE"
)
# Documents that are long tales, typed whole by `make docs-test`, and the walk of a newcomer.
TALES = (
    "docs/es/tutorial.md",
    "docs/how-to/from-a-pdf-to-a-page.md",
    "docs/how-to/work-together.md",
    "docs/tutorial.md",
)


def documents() -> list[Path]:
    """Return every document whose commands are to be true."""
    own = ("README.md", "README.es.md", "CONTRIBUTING.md", "data/README.md", "ontology/README.md", "queries/README.md")
    named = [HOME / name for name in own]
    return [path for path in (*named, *sorted((HOME / "docs").rglob("*.md"))) if path.is_file()]


def typed(path: Path, *, whole: bool) -> list[Step]:
    """Return the commands of a document that are typed: all but those of ELSEWHERE or, if not whole, of LONG."""
    told = () if not whole and is_tale(path) else steps(path)
    return [step for step in told if not elsewhere(step) and (whole or not is_long(step))]


def is_tale(path: Path) -> bool:
    """Tell whether a document is one long tale."""
    return any(path == HOME / name for name in TALES)


def steps(path: Path) -> Iterator[Step]:
    """Return the commands of a document in order; Python in it, as far as no command stands between, is one of them."""
    told = [block for block in fences(path) if block.language in ("console", "python")]
    for language, group in groupby(told, key=lambda block: block.language):
        found = list(group)
        yield from (
            (step for block in found for step in block.steps) if language == "console" else [_in_python(path, found)]
        )


def _in_python(path: Path, told: Sequence[Block]) -> Step:
    text = "\n".join(block.text for block in told)
    return Step(f"python - <<'END'\n{text}\nEND", None, told[0].line, path)


def elsewhere(step: Step) -> str:
    """Return where a command is proven that is not typed; nothing for one that is."""
    return next((why for pattern, why in ELSEWHERE.items() if re.match(pattern, step.command)), "")


def is_long(step: Step) -> bool:
    """Tell whether a command takes long."""
    return re.match(LONG, step.command) is not None
