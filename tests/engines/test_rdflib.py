"""rdflib's own evaluator, without Oxigraph below it, gives the same rows of the small graph, and of the kit."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from tests.engines.asked import terms_for_slots
from tests.engines.rows import Row, rows_of, same, with_more
from tests.engines.servers import HERE
from tipgraph.graph import sparql
from tipgraph.graph.graph import Graph
from tipgraph.model import kit
from tipgraph.model.iris import PREFIXES

pytestmark = pytest.mark.engines

FOLDER = kit.folder("queries")
FILES = sorted(FOLDER.rglob("*.rq"))
# Questions that rdflib answers of the kit in some seconds; the others take it longer than a minute.
QUICK = (
    "actors",
    "audit",
    "conflicts",
    "events",
    "funding-sums",
    "mandates",
    "numbers",
    "participants",
    "partners",
    "publications",
    "ratings",
    "routes",
)
FAULTS = NamedNode("https://w3id.org/tipgraph/id/faults")


@pytest.fixture(scope="module")
def here(small: Graph) -> Graph:
    """The small graph and the faults, so that the rules find something."""
    triples = parse(path=str(HERE / "faults.ttl"), format=RdfFormat.TURTLE)
    return with_more(small, [Quad(one.subject, one.predicate, one.object, FAULTS) for one in triples])


@pytest.fixture(scope="module")
def there(here: Graph) -> rdflib.Dataset:
    return in_rdflib(here)


@pytest.fixture(scope="module")
def kit_there(kit_graph: Graph) -> rdflib.Dataset:
    return in_rdflib(kit_graph)


def in_rdflib(graph: Graph) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=serialize(graph.quads(), format=RdfFormat.N_QUADS), format="nquads")
    return dataset


def asked(dataset: rdflib.Dataset, text: str) -> list[Row]:
    result = dataset.query(text, initNs=PREFIXES)
    if result.type == "CONSTRUCT":
        assert result.graph is not None
        written = result.graph.serialize(format="nt", encoding="utf-8")
        return rows_of(quad.triple for quad in parse(written, format=RdfFormat.N_TRIPLES))
    rows = result.serialize(format="json")
    assert rows is not None
    return rows_of(parse_query_results(rows, format=QueryResultsFormat.JSON))


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_rdflib_gives_the_same_rows(here: Graph, there: rdflib.Dataset, file: Path) -> None:
    text = file.read_text("utf-8")
    terms = terms_for_slots(here) if file.parent.name == "graph" else {}
    if file.stem == "names":  # its joins take long
        terms = {**terms, "kind": [*terms["kind"]][:1]}
    bound = sparql.bind(text, {slot: terms[slot] for slot in sparql.slots(text) if terms})
    mine = here.query(bound)
    names = [one.value for one in mine.variables] if isinstance(mine, QuerySolutions) else []
    # Of groups of nothing rdflib gives one row of nothing.
    one, other = ([row for row in rows if any(row)] for rows in (rows_of(mine), asked(there, bound)))
    found = same(text, names, other, one) if names else same(text, [], list(set(other)), list(set(one)))
    assert not found


@pytest.mark.parametrize("name", QUICK)
def test_rdflib_gives_the_same_rows_of_the_kit(kit_graph: Graph, kit_there: rdflib.Dataset, name: str) -> None:
    bound = sparql.bind((FOLDER / f"{name}.rq").read_text("utf-8"), {})
    mine = kit_graph.query(bound)
    assert isinstance(mine, QuerySolutions)
    names = [one.value for one in mine.variables]
    assert not same(bound, names, asked(kit_there, bound), rows_of(mine))
