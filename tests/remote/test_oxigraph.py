"""Over the Oxigraph server every command that reads says what it says of the graph in memory."""

import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import SMALL_TEXTS
from tipgraph.cli import main
from tipgraph.errors import QueryRefused, QuerySyntaxError
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.storage import load
from tipgraph.model import kit

pytestmark = pytest.mark.engines


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TIPGRAPH_TEXTS", "TIPGRAPH_GRAPH", "TIPGRAPH_HOST", "TIPGRAPH_TOKEN", "TIPGRAPH_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIPGRAPH_TIMEOUT", "300")
    monkeypatch.setenv("COLUMNS", "160")


def told(*words: str) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("name", [query.name for query in Query.all()])
def test_a_question_is_answered_alike(name: str, endpoint: str, small_file: str) -> None:
    """In the form that holds all of an answer; `test_a_command_says_the_same` prints a table."""
    words = ["query", name, "--format", "json"]
    assert told(*words, "-g", endpoint) == told(*words, "-g", small_file)


@pytest.mark.parametrize(
    "words",
    [
        ["query", "funding"],
        ["show", "route:able-lima"],
        ["show", "Harbour Watch", "--lang", "es"],
        ["network", "all"],
        ["network", "routes", "--format", "csv"],
        ["network", "all", "--measure", "degree"],
        ["network"],
        ["check", "--texts", str(SMALL_TEXTS)],
    ],
)
def test_a_command_says_the_same(words: list[str], endpoint: str, small_file: str) -> None:
    assert told(*words, "-g", endpoint) == told(*words, "-g", small_file)


@pytest.mark.parametrize("suffix", ["trig", "csv.zip", "graphml", "geojson", "json"])
def test_a_file_is_the_same(suffix: str, endpoint: str, small_file: str, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, place in ((one, endpoint), (two, small_file)):
        folder.mkdir()
        told("export", str(folder / f"all.{suffix}"), "-g", place)
    files = sorted(path.name for path in one.iterdir())
    assert files == sorted(path.name for path in two.iterdir())
    for name in files:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


@pytest.mark.parametrize("endpoint", ["apart"], indirect=True)  # the own queries, below, are asked of both
def test_the_pages_are_the_same(endpoint: str, small_file: str, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, place in ((one, endpoint), (two, small_file)):
        told("pages", str(folder), "-g", place)
    files = sorted(path.relative_to(one) for path in one.rglob("*"))
    assert files == sorted(path.relative_to(two) for path in two.rglob("*"))
    both = [(one / name, two / name) for name in files if (one / name).is_file()]
    assert [mine.name for mine, other in both if mine.read_bytes() != other.read_bytes()] == []


def test_the_graph_is_the_same(endpoint: str, small: Graph, small_file: str) -> None:
    there = load(endpoint)
    assert len(there) == len(small)
    assert there.sources == load(small_file).sources
    assert there.digest == small.digest
    assert set(map(str, there.quads())) == set(map(str, small.quads()))


def test_the_graphs_own_queries_have_the_same_rows(endpoint: str, small: Graph) -> None:
    there = load(endpoint)
    for file in sorted((kit.folder("queries") / "graph").glob("*.rq")):
        here = sorted(str(tuple(row)) for row in small.named(file.stem))
        assert sorted(str(tuple(row)) for row in there.named(file.stem)) == here, file.name


def test_rows_come_in_their_order(endpoint: str, small: Graph) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 1500 OFFSET 7"
    here: Any = small.query(text)
    there: Any = load(endpoint).query(text)
    assert list(map(tuple, there)) == list(map(tuple, here))


def test_other_kinds_of_query(endpoint: str, small: Graph) -> None:
    there = load(endpoint)
    assert bool(there.query("ASK { ?s a tip:Funding }"))
    assert not bool(there.query("ASK { ?s a <urn:nothing> }"))
    for text in ("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }", "DESCRIBE ?s { ?s a tip:Funding }"):
        assert set(there.query(text)) == set(small.query(text))  # type: ignore[arg-type]


FROM = "FROM <https://w3id.org/tipgraph/id/harbour-2020>"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"SELECT (COUNT(*) AS ?n) {FROM} {{ ?s ?p ?o }}", "279"),
        (f"SELECT (COUNT(*) AS ?n) {FROM} {{ GRAPH ?g {{ ?s ?p ?o }} }}", "0"),
        (f"SELECT (COUNT(*) AS ?n) {FROM.replace('FROM', 'FROM NAMED')} {{ GRAPH ?g {{ ?s ?p ?o }} }}", "279"),
    ],
)
def test_from_is_kept_to(text: str, number: str, endpoint: str, small: Graph) -> None:
    """With a default graph that is the union the server does not heed FROM by itself."""
    answers: Any = load(endpoint).query(text), small.query(text)
    assert [[row["n"].value for row in answer] for answer in answers] == [[number], [number]]


@pytest.mark.parametrize("text", ["SELECT * {\n ?s ?p", "INSERT", "SELECT ?a ?a { BIND(1 AS ?a) BIND(2 AS ?a) }"])
def test_a_query_that_does_not_parse_is_told_as_by_the_embedded_engine(text: str, endpoint: str, small: Graph) -> None:
    def error(graph: Graph) -> str:
        with pytest.raises((QuerySyntaxError, QueryRefused)) as caught:
            graph.query(text)
        return str(caught.value)

    assert error(load(endpoint)) == error(small)


def test_many_terms_are_divided(endpoint: str, small: Graph) -> None:
    subjects: Any = {quad.subject for quad in small.quads()}
    wanted = sorted(subjects, key=str)
    random.Random(5).shuffle(wanted)  # noqa: S311  a fixed order that is not the sorted one
    assert len(wanted) > 400
    there = load(endpoint)
    assert there.labels(wanted) == small.labels(wanted)
    assert set(there.about(wanted)) == set(small.about(wanted))
