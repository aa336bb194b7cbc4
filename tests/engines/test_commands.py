"""What a command prints of an engine elsewhere is what it prints of the graph here, to the letter."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.engines.servers import NotAtHandError, Server, Start, fuseki_apart
from tipgraph.cli import main
from tipgraph.graph.graph import Graph

pytestmark = pytest.mark.engines

COMMANDS: Sequence[Sequence[str]] = (
    ("query", "funding"),
    ("query", "funding", "in=caribbean", "--format", "csv"),
    ("query", "events", "from=2004", "--format", "json"),
    ("query", "routes", "destination=JP", "--lang", "es"),
    ("query", "neighbourhood", "of=caribbean-project", "--format", "csv"),
    ("query", "estimates"),
    ("show", "caribbean-seminars"),
    ("show", "usaid", "--lang", "es"),
    ("network", "partnership", "--format", "csv"),
    ("network", "--recipe", "partner-funding", "--focus", "usaid"),
    ("network", "funding", "--measure", "degree"),
    ("query", "--view", "who-does-what-where", "--format", "csv"),
    ("review", "identity", "--least", "0.6", "--reopen", "--format", "csv"),
)


def printed(*words: str) -> str:
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.output.strip()
    return done.output


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_prints_the_same(engine: Server, graph_file: Path, words: Sequence[str]) -> None:
    assert printed("-g", engine.url, *words) == printed("-g", str(graph_file), *words)


@pytest.mark.parametrize("words", COMMANDS[:1], ids=" ".join)
def test_a_server_that_keeps_its_graphs_apart(
    graph: Graph, graph_file: Path, tmp_path: Path, words: Sequence[str]
) -> None:
    with started(fuseki_apart, tmp_path) as server:
        server.put(graph.quads())
        assert printed("-g", server.url, *words) == printed("-g", str(graph_file), *words)


@contextmanager
def started(start: Start, folder: Path) -> Iterator[Server]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(start(folder))
        except NotAtHandError as error:
            pytest.skip(f"Fuseki is not at hand: {error}")
        yield server


def test_the_graph_of_a_command_goes_before_that_of_all(graph_file: Path) -> None:
    there = printed("-g", "nowhere.trig", "query", "funding", "-g", str(graph_file))
    assert there == printed("-g", str(graph_file), "query", "funding")
