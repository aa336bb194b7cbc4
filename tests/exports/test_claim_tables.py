"""Claim tables: every value of every claim, by the types of the ontology, and the places of the evidence."""

import pyarrow as pa
import pytest
from pyoxigraph import Literal, NamedNode

from tests.conftest import statements_of
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, Statement, tip
from tipgraph.model.vocabulary import ontology
from tipgraph.outputs.files.claim_tables import claim_tables


@pytest.fixture(scope="module")
def tables(graph: Graph) -> dict[str, pa.Table]:
    return dict(claim_tables(graph))


def test_there_is_a_table_for_every_class_with_all_its_columns(tables: dict[str, pa.Table]) -> None:
    known = ontology()
    assert set(tables) == set(known.classes)
    for name, table in tables.items():
        assert table.column_names[:2] == ["iri", "class"]
        assert known.columns(name).keys() <= set(table.column_names), name


def test_the_tables_hold_every_claim_and_every_value(graph: Graph, tables: dict[str, pa.Table]) -> None:
    """Each statement whose property has a column is found in it, and nothing else stands there."""
    known = ontology()
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    for name in ("Funding", "Naming", "UndertakingReport", "RouteReport", "Estimate", "Country", "Evidence"):
        rows = {row["iri"]: row for row in tables[name].to_pylist()}
        columns = {column.iri: column for column in known.columns(name).values()}
        said: dict[tuple[str, str], list[str]] = {}
        for one in statements_of(graph):
            if one.subject.value in rows and one.predicate.value in columns:
                column = columns[one.predicate.value]
                language = one.object.language if isinstance(one.object, Literal) else None
                title = column.name if language in (None, "en") else f"{column.name}_{language}"
                text = notations.get(one.object.value, one.object.value) if column.scheme else one.object.value
                said.setdefault((one.subject.value, title), []).append(text)
        held = {
            (iri, title): sorted(map(plain, cell if isinstance(cell, list) else [cell]))
            for iri, row in rows.items()
            for title, cell in row.items()
            if title.partition("_")[0] in known.columns(name) and cell not in (None, [])
        }
        assert held == {key: sorted(map(plain, texts)) for key, texts in said.items()}, name


def plain(cell: object) -> str:
    """Return a value as one text for all its writings."""
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def test_columns_have_the_types_that_the_ontology_gives_and_the_lowest_class_is_told(
    tables: dict[str, pa.Table],
) -> None:
    for name, columns in {
        "Funding": {
            "amount": pa.float64(),
            "earliest": pa.date32(),
            "giver": pa.list_(pa.string()),
            "moneyKind": pa.string(),
        },
        "RouteReport": {"directed": pa.bool_()},
        "Evidence": {"paragraph": pa.int64()},
    }.items():
        assert {column: tables[name].schema.field(column).type for column in columns} == columns
    kinds = {row["iri"]: row["class"] for row in tables["Thing"].select(["iri", "class"]).to_pylist()}
    assert kinds[f"{DATA}reference/places/japan"] == "Country"
    assert kinds[f"{DATA}reference/actors/us-state-department"] == "GovernmentBody"
    assert all(table.num_rows == 0 for _, table in claim_tables(Graph()))


def test_the_places_in_the_text_stand_beside_the_evidence(tables: dict[str, pa.Table], graph: Graph) -> None:
    rows = tables["Claim"].to_pylist()
    cited = graph.cite(NamedNode(row["iri"]) for row in rows)
    for row in rows:
        told = zip(row["paragraph"], row["sentence"], row["start"], row["end"], row["digest"], strict=True)
        spans = sorted((*(number or 0 for number in place), digest or "") for *place, digest in told)
        places = cited[NamedNode(row["iri"])]
        assert spans == sorted((one.paragraph, one.sentence, one.start, one.end, one.digest) for one in places)


def test_values_that_break_the_shapes_are_kept(small: Graph) -> None:
    """A graph made elsewhere may give two amounts, a date that is none, and say a thing twice."""
    funding = NamedNode(f"{DATA}harbour-2020/funding/p2-1")
    source = NamedNode(f"{DATA}harbour-2020")
    more = [
        Statement(funding, NamedNode(tip.amount), Literal("many"), source),
        Statement(funding, NamedNode(tip.earliest), Literal("someday"), source),
        Statement(funding, NamedNode(tip.currency), Literal('tab\t"quote"\nline\\'), source),
    ]
    row = dict(claim_tables(Graph([*statements_of(small), *more])))["Funding"].to_pylist()[0]
    assert "many" in row["amount"]
    assert "someday" in row["earliest"]
    assert 'tab\t"quote"\nline\\' in row["currency"]
