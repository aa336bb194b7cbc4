"""The page for who knows only rdflib: its queries give the rows that it shows, in Oxigraph and in rdflib itself."""

import re

import pytest
import rdflib
from rdflib.query import ResultRow

from tests.documents.commands import HOME
from tests.engines.test_rdflib import QUICK
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.outputs.files import export

PAGE = (HOME / "docs/how-to/query-with-rdflib.md").read_text("utf-8")
SHOWN = re.findall(r"```sparql\n(.*?)```\n```text\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module", params=["graph.trig", "all.ttl"])
def in_rdflib(graph: Graph, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    """The graph as the page reads it: the file of a build in a Dataset, and an export in a plain Graph."""
    file = tmp_path_factory.mktemp("rdflib") / request.param
    if file.suffix == ".ttl":
        export(graph, file)
        return rdflib.Graph().parse(file)
    write(graph, file)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(file)
    return dataset


def rows(dataset: rdflib.Graph, query: str) -> str:
    """Return the rows of a query as the page shows them."""
    result = dataset.query(query)
    names = dataset.namespace_manager
    cells = [
        [term.n3(names) if isinstance(term, rdflib.URIRef) else str(term) for term in row]
        for row in result
        if isinstance(row, ResultRow)
    ]
    return "".join(f"{' | '.join(line)}\n" for line in [list(map(str, result.vars or ())), *cells])


def test_the_page_shows_ten_queries_and_the_questions_that_rdflib_answers_soon() -> None:
    assert len(SHOWN) == 10
    listed = PAGE.partition("rdflib itself answers")[2].partition("The others")[0]
    assert set(re.findall(r"`([\w-]+)`", listed)) == set(QUICK)


@pytest.mark.parametrize(("query", "shown"), SHOWN)
def test_a_query_of_the_page_gives_what_it_shows(graph: Graph, query: str, shown: str) -> None:
    assert rows(graph.dataset, query) == shown


@pytest.mark.engines
@pytest.mark.parametrize(("query", "shown"), SHOWN)
def test_rdflib_gives_the_same(in_rdflib: rdflib.Graph, query: str, shown: str) -> None:
    assert rows(in_rdflib, query) == shown
