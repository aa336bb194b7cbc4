"""The help of the command line: few entries, each parameter explained, an example that runs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.documents.given import GIVEN
from tipgraph.cli import main
from tipgraph.cli.group import places
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write

COMMANDS = dict(places(main))
LEAVES = [place for place, command in COMMANDS.items() if not isinstance(command, click.Group)]
BANNED = r"\b(stands?|tells?|goes with|says of|what of|is said at|lays? onto|by which)\b"
ELSEWHERE = {
    "release": "tests/documents",
    "review drafts": "tests/drafts",
    "source add": "tests/intake",
    "source sheet": "tests/workbooks",
    "source take": "tests/workbooks",
    "serve": "tests/server",
    "store push": "tests/remote",
}  # where the example is proven


def help_of(place: str) -> str:
    return CliRunner().invoke(main, [*place.split(), "--help"], prog_name="tipgraph", env={"COLUMNS": "500"}).output


def example_of(place: str) -> str:
    return (COMMANDS[place].epilog or "").rpartition("\n")[2].strip()


def test_at_most_15_entries_stand_at_the_top_in_the_order_of_a_day() -> None:
    assert main.list_commands(click.Context(main)) == [
        "init", "build", "check", "status", "find", "query", "show", "network", "export", "pages", "serve", "source",
        "review", "store", "release",
    ]  # fmt: skip


@pytest.mark.parametrize("place", COMMANDS)
def test_every_parameter_is_explained(place: str) -> None:
    words = COMMANDS[place].help or ""
    for one in COMMANDS[place].params:
        if isinstance(one, click.Option):
            assert one.help, one.opts
        else:
            for name in re.findall(r"[A-Z]+", one.make_metavar(click.Context(COMMANDS[place]))):
                assert re.search(rf"\b{name}S?\b", words), name


@pytest.mark.parametrize("place", COMMANDS)
def test_the_help_is_plain(place: str) -> None:
    options = [one.help or "" for one in COMMANDS[place].params if isinstance(one, click.Option)]
    for text in (COMMANDS[place].help or "", *options):
        assert not re.search(BANNED, re.sub(r"`[^`]+`", "", text)), text
        for sentence in re.split(r"(?<=[.:;?!])\s", text):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("place", LEAVES)
def test_the_help_ends_with_an_example(place: str) -> None:
    example = example_of(place)
    assert example.startswith(f"tipgraph {place}")
    assert help_of(place).endswith(f"\n\n  Example:\n    {example}\n")


@pytest.fixture(scope="module")
def project(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project that builds in the kit, with the files that examples name."""
    folder = tmp_path_factory.mktemp("examples") / "acme"
    begun = ["init", str(folder), "--title", "ACME", "--namespace", "https://acme.example/ns#"]
    assert CliRunner().invoke(main, begun).exit_code == 0
    GIVEN["activities.xml"](folder)
    for name in ("build/graph.trig", "build/before.trig", "build/store"):
        write(graph, folder / name)
    return folder


@pytest.mark.long
@pytest.mark.parametrize("place", [place for place in LEAVES if place not in ELSEWHERE])
def test_the_example_runs(place: str, project: Path) -> None:
    command = [sys.executable, "-m", "tipgraph.cli", *shlex.split(example_of(place))[1:]]
    env = {name: value for name, value in os.environ.items() if not name.startswith("TIPGRAPH_")}
    where = project.parent if place == "init" else project
    done = subprocess.run(command, cwd=where, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr  # 1 for findings
    assert "Traceback" not in done.stderr
    assert done.stdout.strip(), done.stderr


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tipgraph st", "status store"),
        ("tipgraph query rou", "routes"),
        ("tipgraph query --format ", "table csv json"),
        ("tipgraph network partnership --without oas-cim-", "oas-cim-2004 oas-cim-2005"),
        ("tipgraph check -g bu", "bu"),  # the shell completes the file
    ],
)
def test_a_word_is_completed(line: str, expected: str) -> None:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_TIPGRAPH_COMPLETE": "bash_complete"}
    said = CliRunner().invoke(main, [], prog_name="tipgraph", env=words).output
    assert [word.partition(",")[2] for word in said.split()] == expected.split()


def test_a_graph_that_is_named_first_reaches_the_commands_of_a_group(tmp_path: Path) -> None:
    place = str(tmp_path / "nowhere.trig")
    for words in (["show", "x"], ["review", "conflicts"], ["store", "push", "http://127.0.0.1:1/store"]):
        assert place in CliRunner().invoke(main, ["-g", place, *words]).stderr, words
