"""The documents of the repository as the sources of one book, with working links."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

# Pages of the book that are outside `docs/`.
PAGES = {
    "README.md": "readme.md",
    "README.es.md": "es/readme.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "data/README.md": "kit/data.md",
    "examples/spark/README.md": "how-to/measure-on-spark.md",
    "ontology/README.md": "kit/ontology.md",
    "queries/README.md": "kit/queries.md",
    "tests/README.md": "kit/tests.md",
}
# Pages that are written when the book is made.
MADE = ("docs/reference/", "docs/notebooks.md")
# Code within a line, which is no link; or a link, whose words may hold code.
_LINK = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<before>!?\[(?:[^\[\]]|\[[^\]]*\])*\]\()(?P<target>[^)\s]+)(?P<after>(?:\s+\"[^\"]*\")?\))",
    re.DOTALL,
)
_FENCE = re.compile(r"^ *(`{3,}|~{3,})")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:", re.IGNORECASE)


class LinkToNothing(Exception):
    """Raised for links to missing files; the message lists each with its document."""


def documents(home: Path) -> dict[str, str]:
    """Return the path of each document in the repository with the place of its page in the book."""
    within = [path.relative_to(home).as_posix() for path in sorted((home / "docs").rglob("*.md"))]
    pages = {path: path.removeprefix("docs/") for path in within}
    return pages | {path: page for path, page in PAGES.items() if (home / path).is_file()}


def gather(home: Path, into: Path) -> None:
    """Copy the documents and their linked files into the sources of the book; raise LinkToNothing."""
    placed, faults = documents(home), list[str]()
    for path, page in placed.items():
        target = into / page
        target.parent.mkdir(parents=True, exist_ok=True)
        moved, lost = moved_links(home, path, placed)
        faults += lost
        target.write_text(moved, "utf-8")
        for link in _file_links(moved):
            _take(home, into, page, link)
    if faults:
        raise LinkToNothing("\n".join(faults))


def moved_links(home: Path, path: str, placed: dict[str, str]) -> tuple[str, list[str]]:
    """Return the text of a document with the links of the book, and its links to missing files."""
    faults: list[str] = []

    def moved(link: re.Match[str]) -> str:
        target, mark, anchor = (link["target"] or "").partition("#")
        if not target or _ELSEWHERE.match(target):
            return link[0]
        meant = os.path.normpath(PurePosixPath(path).parent / target)
        if meant.startswith(MADE):
            at = meant.removeprefix("docs/")
        elif meant in placed:
            at = placed[meant]
        elif f"{meant}/README.md" in placed:
            at = placed[f"{meant}/README.md"]
        elif (home / meant).is_file():
            at = f"files/{meant}"
        else:
            faults.append(f"{path}: the link to {target} leads to no file")
            return link[0]
        book = os.path.relpath(at, PurePosixPath(placed[path]).parent)
        return f"{link['before']}{book}{mark}{anchor}{link['after']}"

    return _outside_fences((home / path).read_text("utf-8"), moved), faults


def _outside_fences(text: str, moved: Callable[[re.Match[str]], str]) -> str:
    """Return a text with each link moved that is in no block of code."""
    parts: list[str] = []
    gathered: list[str] = []
    fence = ""

    def end() -> None:
        joined = "\n".join(gathered)
        parts.append(joined if fence else _LINK.sub(moved, joined))
        gathered.clear()

    for line in text.split("\n"):
        marks = _FENCE.match(line)
        if marks and not fence:
            end()
            fence = marks[1]
            gathered.append(line)
        elif fence and line.strip() == fence:
            gathered.append(line)
            end()
            fence = ""
        else:
            gathered.append(line)
    end()
    return "\n".join(parts)


def _file_links(text: str) -> list[str]:
    return [link["target"] for link in _LINK.finditer(text) if "files/" in (link["target"] or "")]


def _take(home: Path, into: Path, page: str, link: str) -> None:
    """Copy a linked file of the repository to the target of the link."""
    target = os.path.normpath(PurePosixPath(page).parent / link.partition("#")[0])
    if target.startswith("files/"):
        (into / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(home / target.removeprefix("files/"), into / target)
