"""What the documents show on a console is true: each command is typed, and prints what stands below it.

Decision: docs/decisions/0064-sphinx-makes-the-book-and-tests-type-it.md.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.documents.commands import ELSEWHERE, HOME, LONG, documents, elsewhere, is_long, is_tale, steps, typed
from tests.documents.console import run
from tests.documents.given import FILE, STORE, checkout, environment
from tipgraph.cli import main
from tipgraph.cli.group import places
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write

DOCUMENTS = documents()
GROUPS = {name for name, command in main.commands.items() if isinstance(command, click.Group)}
QUICK = [path for path in DOCUMENTS if typed(path, whole=False)]
_PATIENCE = 3600  # seconds of one document: a release alone takes one or two hundred
SLOW = [path for path in DOCUMENTS if is_tale(path) or any(map(is_long, typed(path, whole=True)))]


def name_of(path: Path) -> str:
    return str(path.relative_to(HOME))


@pytest.fixture(scope="module")
def built(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph as a file and as a store, of which each checkout gets copies."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "src").mkdir()
    (folder / "src" / "tipgraph.py").touch()
    asked = [sys.executable, "-c", "import tipgraph; print(tipgraph.__file__)"]
    env = os.environ | environment(folder)
    found = subprocess.run(asked, env=env, capture_output=True, text=True, check=True)
    assert str(folder) in found.stdout, "the commands would change this checkout itself"
    for name in (FILE, STORE):
        write(graph, folder / name)
    return folder


def type_in(path: Path, folder: Path, built: Path, *, whole: bool) -> None:
    found = typed(path, whole=whole)
    place = checkout(folder, built, "\n".join(step.command for step in found))
    faults = run(found, place, environment(place), patience=_PATIENCE)
    if faults:
        pytest.fail("\n\n".join(map(str, faults)), pytrace=False)


@pytest.mark.parametrize("path", QUICK, ids=name_of)
def test_commands_of_a_document_print_what_it_shows(path: Path, tmp_path: Path, built: Path) -> None:
    type_in(path, tmp_path, built, whole=False)


@pytest.mark.docs
@pytest.mark.parametrize("path", SLOW, ids=name_of)
def test_commands_of_a_document_print_what_it_shows_those_that_take_long_too(
    path: Path, tmp_path: Path, built: Path
) -> None:
    type_in(path, tmp_path, built, whole=True)


def test_a_document_that_shows_something_else_is_found(tmp_path: Path, built: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ tipgraph query routes destination=JP\n…\n99 rows\n```\n", "utf-8")
    with pytest.raises(pytest.fail.Exception, match=r"(?s)page\.md:2: \$ tipgraph query routes dest.*-99 rows"):
        type_in(page, tmp_path / "checkout", built, whole=False)


def test_commands_name_verbs_and_options_that_there_are() -> None:
    commands = dict(places(main))
    for path in DOCUMENTS:
        for step in steps(path):
            words = re.match(r"(?:\w+=\S+ )*tipgraph (?:-g \S+ )?([a-z-]+)(?: ([a-z-]+))?", step.command)
            if not words:
                continue
            verb = " ".join(filter(None, words.groups())) if words[1] in GROUPS else words[1]
            assert verb in commands or verb.startswith("-"), f"{name_of(path)}:{step.line}: no {verb}"
            if verb in commands:
                known = {name for one in commands[verb].params for name in one.opts} | {"--help", "-g"}
                said = set(re.findall(r"(?<= )--?[a-z][a-z-]*\b", re.split("  #| [|] | && ", step.command)[0]))
                assert said <= known, f"{name_of(path)}:{step.line}: no {said - known}"


def test_what_is_proven_elsewhere_is_still_in_a_document() -> None:
    said = [step.command for path in DOCUMENTS for step in steps(path)]
    for pattern in (*ELSEWHERE, LONG):
        assert any(re.match(pattern, command) for command in said), f"no document has {pattern}"


def test_no_command_stands_outside_a_console_block() -> None:
    for path in DOCUMENTS:
        assert not re.findall(r"^    \$? ?tipgraph ", path.read_text("utf-8"), re.MULTILINE), name_of(path)


def test_most_commands_are_typed() -> None:
    found = [step for path in DOCUMENTS for step in steps(path) if step.command.startswith("tipgraph ")]
    assert sum(not elsewhere(step) for step in found) > len(found) / 2
