"""What a command prints of an engine elsewhere is what it prints of the graph here, to the letter."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.engines.servers import Server
from tipgraph.cli import main

pytestmark = pytest.mark.engines

# test_same_rows.py holds the rows of every query; here it is what is made of them: citations, words, a network.
COMMANDS: Sequence[Sequence[str]] = (
    ("query", "funding", "in=caribbean", "--format", "csv"),
    ("query", "routes", "destination=JP", "--lang", "es"),
    ("show", "caribbean-seminars"),
    ("network", "--recipe", "partner-funding", "--focus", "usaid"),
)
WHOLE_GRAPH: Sequence[Sequence[str]] = (("review", "identity", "--least", "0.6", "--reopen", "--format", "csv"),)


def printed(*words: str) -> str:
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.output.strip()
    return done.output


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_prints_the_same(engine: Server, graph_file: Path, words: Sequence[str]) -> None:
    assert printed("-g", engine.url, *words) == printed("-g", str(graph_file), *words)


@pytest.mark.parametrize("engine", ["fuseki"], indirect=True)
@pytest.mark.parametrize("words", WHOLE_GRAPH, ids=" ".join)
def test_a_command_that_reads_the_whole_graph_prints_the_same(
    engine: Server, graph_file: Path, words: Sequence[str]
) -> None:
    assert printed("-g", engine.url, *words) == printed("-g", str(graph_file), *words)


def test_the_graph_of_a_command_goes_before_that_of_all(graph_file: Path) -> None:
    there = printed("-g", "nowhere.trig", "query", "funding", "-g", str(graph_file))
    assert there == printed("-g", str(graph_file), "query", "funding")
