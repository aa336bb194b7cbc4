"""What a reader of a document has at hand: a checkout with a built graph, and files of their own that it names."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.documents.console import fences
from tipgraph.model import kit

HOME = kit.home()
_COPIED = ("data", "docs", "examples", "ontology", "queries", "src", "tests/kit")
_ACTIVITY = """<?xml version="1.0"?>
<iati-activities version="2.03"><iati-activity default-currency="EUR" xml:lang="en">
<iati-identifier>XX-1-1</iati-identifier>
<reporting-org ref="XX-1" type="21"><narrative>Harbour Fund</narrative></reporting-org>
<title><narrative>Shelters against trafficking in persons</narrative></title>
<participating-org role="1" ref="XX-1"><narrative>Harbour Fund</narrative></participating-org>
<activity-status code="2"/>
<recipient-country code="HN"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-05-01"/>
<value value-date="2020-05-01">1000</value></transaction>
</iati-activity></iati-activities>
"""
_ROUTES = "origin,destination,count\nColombia,Japan,12\nBrazil,Spain,\n"


def _policy(folder: Path) -> None:
    [page] = [block for block in fences(HOME / "docs/how-to/release-safely.md") if "[[withhold]]" in block.text]
    _text("policy.toml", page.text)(folder)


def _text(name: str, text: str) -> Callable[[Path], None]:
    def give(folder: Path) -> None:
        (folder / name).write_text(text, "utf-8")

    return give


def _taken(folder: Path) -> None:
    """Lay the files that were taken in where a document says FOLDER."""
    (folder / "FOLDER").mkdir()
    for name in ("activities.xml", "list.csv"):
        GIVEN[name](folder / "FOLDER")


# What is there under a name, where a page speaks of it as the reader's own.
GIVEN: Mapping[str, Callable[[Path], None]] = {
    "FOLDER": _taken,
    "activities.xml": _text("activities.xml", _ACTIVITY),
    "large.xml": _text("large.xml", _ACTIVITY),
    "list.csv": _text("list.csv", _ROUTES),
    "list.txt": _text("list.txt", _ROUTES),
    "my.rq": _text("my.rq", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 1"),
    "policy.toml": _policy,
}
FILE, STORE = "graph.trig", "STORE"
_STORES = ("NEW", "OLD", STORE)


def checkout(folder: Path, built: Path, said: str) -> Path:
    """Make a checkout with a built graph in a folder, with whatever of `GIVEN` a text names; return it.

    Another folder has the graph as `FILE` and as `STORE`.
    """
    for name in _COPIED:
        shutil.copytree(HOME / name, folder / name, symlinks=True)
    for path in HOME.glob("*.*"):
        if path.is_file() and path.name != ".git":  # of a work tree of git: a commit in the copy would be one in it
            shutil.copy2(path, folder)
    if "pytest " in said:
        shutil.copytree(HOME / "tests", folder / "tests", dirs_exist_ok=True)
    if "git " in said:
        _begin_history(folder)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    (folder / "build").mkdir()
    shutil.copy2(built / FILE, folder / "build" / FILE)
    for name, give in GIVEN.items():
        if re.search(rf"(?<![\w/.-]){re.escape(name)}\b", said):
            give(folder)
    for name in _STORES:
        if re.search(rf"(?<![\w/.-]){name}\b(?!/)", said):
            shutil.copytree(built / STORE, folder / name, symlinks=True)
    return folder


def _begin_history(folder: Path) -> None:
    """Make a folder a repository of git, as a clone is one, with a history of its own."""
    assert not (folder / ".git").exists()
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ["-c", "user.name=A reader", "-c", "user.email=reader@example.org", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *who, *words], cwd=folder, env=env, check=True)
    assert (folder / ".git").is_dir()


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a reader of the checkout: its program, an empty home, none of our variables."""
    ours = {name: "" for name in os.environ if name.startswith("TIPGRAPH_")}
    ours |= {"GIT_CEILING_DIRECTORIES": str(folder.parent)}  # no history but one of its own
    (folder / "home").mkdir(exist_ok=True)
    return {
        **ours,
        "COLUMNS": "120",
        "HOME": str(folder / "home"),
        "LC_ALL": "C.UTF-8",
        "PATH": os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ["PATH"]]),
        "PYTHONPATH": str(folder / "src"),
        "PYTHONWARNINGS": "",
    }
