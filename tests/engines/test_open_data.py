"""Questions that only open data answer give the same rows on every engine."""

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad

from tests.engines.rows import rows_of, same, with_more
from tests.engines.servers import Server
from tests.readers.conftest import take
from tests.readers.test_iati import activity, file
from tests.readers.test_iati_activities import RESULT, TOWN
from tipgraph.graph import storage
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DERIVED, data_iri
from tipgraph.pipeline.builder import build

pytestmark = pytest.mark.engines

ASKED = [
    ("results", {}), ("results", {"of": "xx-1-a"}), ("results", {"in": "NO"}), ("results", {"topic": "staff"}),
    ("results", {"year": "2020"}), ("results", {"in": "NO", "topic": "light", "year": "2020"}),
    ("who-does-what-where", {"kind": "governance"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    """The statements of a small file of activities, with what was derived from them."""
    folder = tmp_path_factory.mktemp("open")
    path = folder / "made.xml"
    path.write_text(file(activity(TOWN + RESULT)), "utf-8")
    take("iati", path, folder / "data" / "made")
    own = {DERIVED: NamedNode(f"{DERIVED.value}-open"), data_iri("made"): data_iri("made")}
    return [
        Quad(quad.subject, quad.predicate, quad.object, own[quad.graph_name])
        for quad in build(folder / "data").quads()
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name in own
    ]


@pytest.fixture(scope="module")
def both(engine: Server, graph: Graph, imported: list[Quad]) -> Iterator[tuple[Graph, Graph]]:
    """The project's graph with these statements, here and elsewhere."""
    engine.put(imported)
    yield with_more(graph, imported), storage.load(engine.url)
    for name in {quad.graph_name for quad in imported}:
        assert isinstance(name, NamedNode)
        engine.delete(name)


@pytest.mark.parametrize(("question", "values"), ASKED, ids=str)
def test_a_question(both: tuple[Graph, Graph], question: str, values: dict[str, str]) -> None:
    query = Query.find(question)
    here, there = (query.run(graph, values).rows for graph in both)
    assert here, "this asks nothing"
    assert same(query.text, query.run(both[0], {}).columns, rows_of(there), rows_of(here)) == ""
