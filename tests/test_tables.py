"""Claim tables: what the columns hold, beside the graph and as files; views in SQL against the same in SPARQL."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from tests.conftest import statements_of
from tipgraph import tip
from tipgraph.errors import GraphError, UnknownName
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.storage import load, write
from tipgraph.graph.tables import Tables, summary, views
from tipgraph.graph.tables.term_tables import encoded, value
from tipgraph.model import DATA, Statement
from tipgraph.model.vocabulary import ontology


@pytest.fixture(scope="module")
def tables(graph: Graph) -> Tables:
    return Tables.of(graph)


def test_there_is_a_table_for_every_class_with_all_its_columns(tables: Tables) -> None:
    known = ontology()
    assert set(tables) == set(known.classes)
    for name, table in tables.items():
        assert table.column_names[:2] == ["iri", "class"]
        assert known.columns(name).keys() <= set(table.column_names), name


def test_the_tables_hold_every_claim_and_every_value(graph: Graph, tables: Tables) -> None:
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


def test_columns_have_the_types_that_the_ontology_gives(tables: Tables) -> None:
    types = {name: tables["Funding"].schema.field(name).type for name in ("amount", "earliest", "giver", "moneyKind")}
    assert types["amount"] == pa.float64()
    assert types["earliest"] == pa.date32()
    assert pa.types.is_list(types["giver"])
    assert pa.types.is_dictionary(types["giver"].value_type)
    assert pa.types.is_dictionary(types["moneyKind"])
    assert tables["RouteReport"].schema.field("directed").type == pa.bool_()
    assert tables["Evidence"].schema.field("paragraph").type == pa.int64()


def test_the_places_in_the_text_stand_beside_the_evidence(tables: Tables, graph: Graph) -> None:
    for row in tables["Claim"].to_pylist():
        cited = graph.cite([NamedNode(row["iri"])])[NamedNode(row["iri"])]
        told = zip(row["paragraph"], row["sentence"], row["start"], row["end"], row["digest"], strict=True)
        spans = sorted((*(number or 0 for number in place), digest or "") for *place, digest in told)
        assert spans == sorted((one.paragraph, one.sentence, one.start, one.end, one.digest) for one in cited)


def test_the_lowest_class_is_told(tables: Tables) -> None:
    kinds = dict(zip(tables["Thing"]["iri"].to_pylist(), tables["Thing"]["class"].to_pylist(), strict=True))
    assert kinds[f"{DATA}reference/places/japan"] == "Country"
    assert kinds[f"{DATA}reference/actors/us-state-department"] == "GovernmentBody"
    assert set(tables["Claim"]["class"].to_pylist()) < set(ontology().below("Claim")) - {"Claim"}


def test_tables_are_the_same_in_memory_in_a_store_and_with_pandas(graph: Graph, tables: Tables, tmp_path: Path) -> None:
    write(graph, tmp_path / "store")
    beside = load(tmp_path / "store").tables
    assert beside is not None
    opened = Tables.open(beside)
    assert list(opened) == list(tables)
    for name in tables:
        assert opened[name].to_pydict() == tables[name].to_pydict(), name
    frame = pd.read_parquet(beside / "Funding.parquet")
    assert len(frame) == tables["Funding"].num_rows
    assert list(frame.columns) == tables["Funding"].column_names


def test_the_same_graph_gives_the_same_tables(graph: Graph, tmp_path: Path) -> None:
    found, files = [], []
    for name, statements in (("one", statements_of(graph)), ("two", list(reversed(statements_of(graph))))):
        (tmp_path / name).mkdir()
        tables = Tables.of(Graph(statements))
        tables.write(tmp_path / name)
        found.append(
            {
                (table, column): rows[column].to_pylist()
                for table, rows in tables.items()
                for column in rows.column_names
            }
        )
        files.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert [column for column in found[0] if found[0][column] != found[1].get(column)] == []
    assert [file for file in files[0] if files[0][file] != files[1].get(file)] == []
    assert files[0].keys() == files[1].keys()


def test_values_that_break_the_shapes_are_kept(small: Graph) -> None:
    """A graph made elsewhere may give two amounts, a date that is none, and say a thing twice."""
    funding = NamedNode(f"{DATA}harbour-2020/funding/p2-1")
    source = NamedNode(f"{DATA}harbour-2020")
    more = [
        Statement(funding, NamedNode(tip.amount), Literal("many"), source),
        Statement(funding, NamedNode(tip.earliest), Literal("someday"), source),
        Statement(funding, NamedNode(tip.currency), Literal('tab\t"quote"\nline\\'), source),
    ]
    row = Tables.of(Graph([*statements_of(small), *more]))["Funding"].to_pylist()[0]
    assert "many" in row["amount"]
    assert "someday" in row["earliest"]
    assert 'tab\t"quote"\nline\\' in row["currency"]


def test_every_text_survives_the_way_into_columns() -> None:
    texts = [
        "",
        " ",
        '"',
        "\\",
        "\\n",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "\x00\x01\x1f\x7f\x85\u2028",
        "a <a:b> .",
        "é\U0001f600",
        "NA",
        "null",
        "<a:b>",
        "@en",
        "''",
    ]
    said, where = NamedNode("a:p"), NamedNode("a:g")
    statements = [Statement(NamedNode(f"a:{n}"), said, Literal(text), where) for n, text in enumerate(texts)]
    statements += [Statement(NamedNode("a:l"), said, Literal(text, language="es"), where) for text in texts]
    with Graph(statements).dumped() as path:
        rows = encoded(path)
    found = Counter(value(term) for term in rows["object"].to_pylist())
    assert found == Counter([*((text, "") for text in texts), *((text, "es") for text in texts)])


def test_statements_in_no_named_graph_are_told() -> None:
    store = Store()
    store.add(Quad(NamedNode("a:b"), NamedNode("a:c"), NamedNode("a:d")))
    with pytest.raises(GraphError, match="is in no named graph"):
        Tables.of(Graph.over(Embedded(store)))


def test_an_empty_graph_has_empty_tables() -> None:
    tables = Tables.of(Graph())
    assert all(table.num_rows == 0 for table in tables.values())
    assert all(tables.view(name).num_rows == 0 for name in views())


def test_views_say_themselves_in_both_languages_and_unknown_ones_are_refused(tables: Tables) -> None:
    for name in views():
        assert summary(name).endswith("?")
        assert summary(name, "es").startswith("¿")
    with pytest.raises(UnknownName, match="the views are co-participation"):
        tables.view("nothing")


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="holds no claim tables"):
        Tables.open(tmp_path)


def test_who_does_what_where_counts_as_the_question_does(graph: Graph, tables: Tables) -> None:
    answer = Query.find("who-does-what-where").run(graph)
    at = {name: answer.columns.index(name) for name in ("actor", "kind", "where", "undertaking", "claim")}
    planned = {row[0] for row in graph.query("SELECT ?claim { ?claim tip:caveat/tip:tiesNobody true }")}  # type: ignore[union-attr]
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    names = [name for name in at if name != "claim"]
    rows = [row for row in answer.rows if row[at["claim"]] not in planned]
    assert len(rows) < len(answer.rows)
    found = {tuple(getattr(row[at[name]], "value", None) for name in names) for row in rows}
    counted = Counter((actor, kind and notations[kind], where) for actor, kind, where, _ in found)
    viewed = tables.view("who-does-what-where").to_pylist()
    assert {(row["actor"], row["kind"], row["place"]): row["undertakings"] for row in viewed} == counted


def test_co_participation_counts_shared_undertakings(graph: Graph, tables: Tables) -> None:
    text = """SELECT ?one ?other (COUNT(DISTINCT ?undertaking) AS ?n) {
                ?a a tip:Participation ; tip:participant ?one ; tip:undertaking ?undertaking .
                ?b a tip:Participation ; tip:participant ?other ; tip:undertaking ?undertaking .
                FILTER(STR(?one) < STR(?other))
                FILTER NOT EXISTS { ?a tip:caveat ?weak . ?weak tip:tiesNobody true }
                FILTER NOT EXISTS { ?b tip:caveat ?weak . ?weak tip:tiesNobody true } } GROUP BY ?one ?other"""
    counted = {(row[0].value, row[1].value): int(row[2].value) for row in graph.query(text)}  # type: ignore[union-attr]
    rows = tables.view("co-participation").to_pylist()
    assert {(row["one"], row["other"]): row["undertakings"] for row in rows} == counted
    assert counted


def said(text: str, *graphs: str) -> list[Statement]:
    """Return Turtle as statements, in one graph or several."""
    head = f"@prefix tip: <{tip.NAMESPACE}> . @prefix : <x:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    found = [quad.triple for quad in parse(head + text, format=RdfFormat.TURTLE)]
    return [
        Statement(one.subject, one.predicate, one.object, NamedNode(graph))
        for graph in graphs or ("x:s",)
        for one in found
    ]


def test_sums_of_funders_count_no_money_twice_and_keep_the_unknown_apart() -> None:
    statements = said(
        """:alone a tip:Funding ; tip:giver :a ; tip:moneyKind :k ; tip:amount 50.5 ; tip:currency "USD" .
           :both a tip:Funding ; tip:giver :a , :b ; tip:moneyKind :k ; tip:amount 100.0 ; tip:currency "USD" .
           :unknown a tip:Funding ; tip:giver :a ; tip:moneyKind :k .
           :again a tip:Funding ; tip:giver :a ; tip:moneyKind :k ; tip:amount 50.5 ; tip:currency "USD" ;
             tip:countsAs :alone .
           :way a tip:Funding ; tip:giver :c ; tip:moneyKind :k ; tip:attendance :e ; tip:modality :implied .
           :implied <http://www.w3.org/2004/02/skos/core#notation> "implied" ."""
    )
    statements += said(":alone tip:giver :a ; tip:amount 50.5 .", "x:other")  # the same, in another graph too
    rows = Tables.of(Graph(statements)).view("funders").to_pylist()
    names = ("actor", "currency", "amount", "claims", "unknown", "shared", "implied", "attendance")
    assert {tuple(row[name] for name in names) for row in rows} == {
        ("x:a", "USD", 50.5, 2, 0, 1, 0, 0),
        ("x:a", None, None, 1, 1, 0, 0, 0),
        ("x:b", "USD", None, 1, 0, 1, 0, 0),
        ("x:c", None, None, 1, 1, 0, 1, 1),
    }


def test_the_routes_that_are_reported_most_are_those_whose_direction_is_said() -> None:
    statements = said(
        """:one a tip:RouteReport ; tip:source :s ; tip:origin :a ; tip:destination :b ; tip:directed true .
           :two a tip:RouteReport ; tip:source :t ; tip:origin :a ; tip:destination :b ; tip:directed true .
           :several a tip:RouteReport ; tip:source :t ; tip:origin :a , :c ; tip:destination :d ; tip:directed true .
           :undirected a tip:RouteReport ; tip:source :s ; tip:origin :a ; tip:destination :b ; tip:directed false .
           :again a tip:RouteReport ; tip:source :t ; tip:origin :a ; tip:destination :b ; tip:directed true .
           :r a tip:Restatement ; tip:restating :again ; tip:restated :one ."""
    )
    rows = Tables.of(Graph(statements)).view("top-routes").to_pylist()
    assert [tuple(row[name] for name in ("origin", "destination", "claims", "sources")) for row in rows] == [
        ("x:a", "x:b", 2, 2),
        ("x:a", "x:d", 1, 1),
        ("x:c", "x:d", 1, 1),
    ]


def test_views_speak_the_language_that_is_asked_for(tables: Tables) -> None:
    english, spanish = (
        {row["origin"]: row["origin_label"] for row in tables.view("top-routes", language).to_pylist()}
        for language in ("en", "es")
    )
    lac = f"{DATA}reference/places/latin-america-and-the-caribbean"
    assert (english[lac], spanish[lac]) == ("Latin America and the Caribbean", "América Latina y el Caribe")


def test_a_truth_value_that_is_none_is_kept_as_text() -> None:
    table = Tables.of(Graph(said(':r a tip:RouteReport ; tip:directed "maybe" .')))["RouteReport"]
    assert table["directed"].to_pylist() == ["maybe"]


def test_tables_of_a_store_are_there_as_long_as_they_are_held(graph: Graph, tmp_path: Path) -> None:
    place = tmp_path / "store"
    write(graph, place)
    held = Tables.of(load(place))
    for number in range(4):
        write(Graph(said(f":f a tip:Funding ; tip:amount {number} .")), place)
    assert held["Funding"].num_rows == 27
    (place / "current" / "tables" / "Funding.parquet").unlink()
    with pytest.raises(GraphError, match="tipgraph store verify"):
        Tables.of(load(place)).view("funders")
