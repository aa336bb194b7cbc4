"""Answers as DataFrames: typed where that is certain, unknown where nobody says, with what each row stands on."""

import sys

import pandas as pd
import pytest
from pyoxigraph import Literal, NamedNode

from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA, Statement

XSD = "http://www.w3.org/2001/XMLSchema#"
THING, OTHER, HAS, WHERE = (NamedNode(f"{DATA}{name}") for name in ("x/things/a", "x/things/b", "x/has", "x"))


def typed(*values: tuple[str, str]) -> "pd.Series[object]":
    """Return a column with literals of types, and one row that has no value."""
    held = [
        Statement(NamedNode(f"{DATA}x/things/{at}"), HAS, Literal(value, datatype=NamedNode(XSD + kind)), WHERE)
        for at, (value, kind) in enumerate(values)
    ]
    nobody = Statement(NamedNode(f"{DATA}x/things/nobody"), HAS, NamedNode(f"{DATA}x/nothing"), WHERE)
    own = f"{{ ?thing <{HAS.value}> ?value FILTER(isLiteral(?value)) }}"
    text = f"SELECT ?value {{ ?thing <{HAS.value}> ?any OPTIONAL {own} }} ORDER BY ?thing"
    column: pd.Series[object] = Query("mine", text).run(Graph([*held, nobody])).to_pandas()["value"]
    return column


@pytest.mark.parametrize(
    ("values", "dtype", "cells"),
    [
        ([("3", "integer"), ("-7", "int")], "Int64", [3, -7]),
        ([("3", "integer"), ("0.5", "decimal")], "Float64", [3.0, 0.5]),
        ([("1e3", "double")], "Float64", [1000.0]),
        ([("true", "boolean"), ("0", "boolean")], "boolean", [True, False]),
        ([("maybe", "boolean")], "string", ["maybe"]),
        ([("2004-11-12", "date")], "datetime64[s]", [pd.Timestamp("2004-11-12")]),
        ([("0999-01-01", "date")], "datetime64[s]", [pd.Timestamp("0999-01-01")]),
        ([("9" * 30, "integer")], "string", ["9" * 30]),
        ([("many", "integer")], "string", ["many"]),
        ([("INF", "double")], "Float64", [float("inf")]),
        ([("2004-02-30", "date")], "string", ["2004-02-30"]),
        ([("2004-11-12Z", "date")], "string", ["2004-11-12Z"]),
        ([("3", "integer"), ("three", "string")], "string", ["3", "three"]),
        ([("2004-22", "string")], "string", ["2004-22"]),
    ],
)  # fmt: skip
def test_a_column_has_the_type_that_all_its_values_have(
    values: list[tuple[str, str]], dtype: str, cells: list[object]
) -> None:
    column = typed(*values)
    assert column.dtype == dtype
    assert column.iloc[:-1].tolist() == cells
    assert column.isna().tolist() == [*[False] * len(values), True]


def test_what_is_unknown_is_neither_0_nor_an_empty_text(graph: Graph) -> None:
    frame = Query.find("funding").run(graph).to_pandas()
    assert frame["amount"].dtype == "Float64"
    assert frame["amount"].isna().sum() > frame["amount"].notna().sum() > 0
    assert not (frame["amount"] == 0).any()
    assert frame.select_dtypes("string").ne("").all(axis=None)
    assert frame.groupby("giver")["amount"].sum(min_count=1).isna().any()


def test_labels_stand_for_nodes_and_iris_stand_in_the_same_rows(graph: Graph) -> None:
    answer = Query.find("routes").run(graph, {"destination": "JP"})
    labelled, bare = answer.to_pandas(), answer.to_pandas(labels=False)
    assert list(labelled.columns) == list(bare.columns)
    assert set(labelled["to"]) == {"Japan"}
    assert set(bare["to"]) == {f"{DATA}reference/places/japan"}
    assert (DATA + labelled["claim"] == bare["claim"]).all()
    spanish = Query.find("routes").run(graph, {"destination": "JP"}, "es").to_pandas()
    assert set(spanish["to"]) == {"Japón"}


def test_each_row_says_where_it_is_said_on_how_much_it_stands_and_why_it_is_contradicted(graph: Graph) -> None:
    answer = Query.find("participants").run(graph)
    frame = answer.to_pandas()
    assert frame["said at"].tolist() == [answer.said_at(row) for row in answer.rows]
    assert frame["said at"].notna().all()
    standings = [answer.standing(row) for row in answer.rows]
    assert frame["sources"].tolist() == [one.sources for one in standings if one]
    assert frame["sources"].max() > 1
    assert set(frame["implied"]) == set(frame["self_reported"]) == {True, False}
    assert {str(frame[name].dtype) for name in ("sources", "publishers")} == {"Int64"}
    frame = Query.find("funding").run(graph).to_pandas().set_index("claim")
    why = frame["contradicted"].dropna()
    assert {"oas-cim-2004/funding/p11-1", "oas-cim-2005/funding/p9-1", "oas-cim-2005/funding/p9-2"} <= set(why.index)
    assert "the United States Government in the report of 2004" in why["oas-cim-2005/funding/p9-1"]
    assert frame.index[frame["said at"].str.contains("contradicted")].tolist() == why.index.tolist()
    assert len(frame) > len(why)


def test_any_answer_is_a_table(graph: Graph) -> None:
    def frame(text: str) -> pd.DataFrame:
        return Query("mine", text).run(graph).to_pandas()

    assert frame("ASK { ?claim a tip:Funding }")["answer"].tolist() == [True]
    built = frame("CONSTRUCT { ?c a tip:Funding } WHERE { ?c a tip:Funding }")
    assert list(built.columns) == ["subject", "predicate", "object"]
    assert len(built) > 20
    own = frame("SELECT ?claim ?note { ?claim a tip:Funding ; tip:modality ?note } ORDER BY ?claim")
    assert set(own["note"]) == {"stated", "implied"}, "a name that the query uses itself is kept"
    assert own["note_"].notna().any()
    empty = Query.find("routes").run(graph, {"destination": "peru"}).to_pandas()
    assert len(empty) == 0
    assert {"route", "figure", "claim"} <= set(empty.columns)


def test_without_pandas_it_is_said_what_to_install(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Query.find("routes").run(graph)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(CallError, match=r"pip install 'tipgraph\[pandas\]'"):
        answer.to_pandas()
