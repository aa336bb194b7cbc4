import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from tipgraph.display.answers import answer_view
from tipgraph.display.text import answer_text, rows_text
from tipgraph.display.text.answers import table_cells
from tipgraph.graph.graph import Citation, Graph, Remark
from tipgraph.graph.query import Answer, Query
from tipgraph.runtime.sanitize import visible
from tipgraph.sources.folder import Texts

HOSTILE = ["=1+1", "@x", "+x", "-x", "\tx", "\rx", "=HYPERLINK(1)", "-1+cmd|' /C calc'!A0"]


def answer(*values: str) -> Answer:
    return Answer(("a",), [(Literal(value),) for value in values], Graph())


@pytest.mark.parametrize("value", HOSTILE)
def test_a_spreadsheet_runs_no_cell(value: str) -> None:
    rows = list(csv.reader(io.StringIO(answer_text(answer(value), "csv", Texts()))))
    assert rows[1][0] == f"'{value}".replace("\r", "\n")


@pytest.mark.parametrize("value", ["-70.66", "+5", "12", "a=b"])
def test_numbers_and_words_stay(value: str) -> None:
    rows = list(csv.reader(io.StringIO(answer_text(answer(value), "csv", Texts()))))
    assert rows[1][0] == value


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_control_character_reaches_a_terminal(value: str) -> None:
    shown = answer_text(answer(value), "table", Texts())
    assert visible(shown) == shown


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_holds_the_value_exactly(value: str) -> None:
    assert json.loads(answer_text(answer(value), "json", Texts())) == [{"a": value}]


def test_an_empty_answer_and_an_empty_cell() -> None:
    assert answer_text(Answer(("a",), [], Graph()), "table", Texts()).startswith("0 rows")
    assert answer_text(Answer(("a",), [(None,)], Graph()), "csv", Texts()) == 'a\n""'
    assert json.loads(answer_text(Answer(("a",), [(None,)], Graph()), "json", Texts())) == [{"a": None}]


def test_a_column_of_ones_own_is_not_overwritten() -> None:
    node = NamedNode("x:japan")
    mine = Answer(("x_label", "x"), [(Literal("MINE"), node)], Graph()).with_evidence(labels={node: "Japan"})
    rows = list(csv.DictReader(io.StringIO(answer_text(mine, "csv", Texts()))))
    assert rows == [{"x_label": "MINE", "x": "x:japan", "x_label_": "Japan"}]


def test_a_column_that_only_begins_like_a_claim_is_shown() -> None:
    counted = Answer(("claims",), [(Literal("7"),)], Graph()).with_evidence(citations={NamedNode("x:c"): []})
    assert "7" in answer_text(counted, "table", Texts())


def test_numbers_and_booleans_in_json() -> None:
    integer, boolean = "http://www.w3.org/2001/XMLSchema#integer", "http://www.w3.org/2001/XMLSchema#boolean"
    row = (Literal("5", datatype=NamedNode(integer)), Literal("true", datatype=NamedNode(boolean)))
    assert json.loads(answer_text(Answer(("a", "b"), [row], Graph()), "json", Texts())) == [{"a": 5, "b": True}]


def test_a_wide_table_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = rows_text(["short", "long", "longer"], [["x", "word " * 40, "word " * 80]], "table")
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.count("word") == 120


def test_no_word_number_or_code_is_broken_on_any_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows stand one below the other where a table would break one."""
    header = ["giver", "said at", *(f"c{at}" for at in range(6)), "total"]
    row = [
        "International Organization for Migration",
        "oas-cim-2005 ¶113 s12 (not reviewed) [1]",
        *WORDS[:6],
        "2,564,805.26",
    ]
    for columns in range(60, 201, 10):
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = rows_text(header, [row] * 2, "table")
        assert max(map(len, shown.splitlines())) <= columns
        for word in ("International", "¶113 s12", "oas-cim-2005", "2,564,805.26", "coordination"):
            assert shown.count(word) >= 2, (columns, word)


def test_thousands_stand_apart_on_a_terminal_only() -> None:
    decimal, integer = (NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}") for name in ("decimal", "integer"))
    row = (
        Literal("2564805.26", datatype=decimal),
        Literal("12000", datatype=integer),
        Literal("2005", datatype=integer),
    )
    money = Answer(("a", "b", "c", "d"), [(*row, Literal("2005000"))], Graph())
    shown = answer_text(money, "table", Texts()).splitlines()[2].split()
    assert shown == ["2,564,805.26", "12,000", "2005", "2005000"]
    assert "2564805.26,12000,2005" in answer_text(money, "csv", Texts())


WORDS = [
    "a-2020 ¶1 s1",
    "Organization",
    "Caribbean regional meeting",
    "coordination",
    "not stated",
    "unknown",
    "x-2020",
]


def test_rows_that_a_narrow_terminal_would_break_are_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    header = ["said at", "kind", "undertaking", "form", "date", "status", "source"]
    shown = rows_text(header, [WORDS, [*WORDS[:-1], ""]], "table").split("\n\n")
    assert shown[0].splitlines() == [f"{name}: {word}" for name, word in zip(header, WORDS, strict=True)]
    assert shown[1].splitlines()[-1] == "status: unknown"  # an empty cell has no line
    assert rows_text(header, [], "table").startswith(" said at")


@pytest.mark.parametrize("columns", ["120", None])
def test_a_wide_terminal_and_a_pipe_get_a_table(monkeypatch: pytest.MonkeyPatch, columns: str | None) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("sys.__stdout__", None)  # no terminal
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    shown = rows_text(["said at", *(f"c{at}" for at in range(7))], [[WORDS[2]] * 8], "table")
    assert shown.splitlines()[0].split()[:2] == ["said", "at"]
    assert max(map(len, shown.splitlines())) <= 120


def test_notes_below_a_table_are_numbered_and_the_rows_name_the_numbers() -> None:
    one, other = NamedNode("x:1"), NamedNode("x:2")
    citations = {claim: [Citation("a-2020", 1, at, 0, 1, "", "")] for at, claim in enumerate((one, other), 1)}
    remarks = {one: Remark("stated", notes=("first", "second")), other: Remark("implied", notes=("first",))}
    answer = Answer(("n", "claim"), [(Literal(1), one), (Literal(2), other)], Graph()).with_evidence(
        citations=citations, remarks=remarks, contradicted={other: ("why",)}
    )
    lines = answer_text(answer, "table", Texts()).splitlines()
    assert [line.split("   ")[-1].strip() for line in lines[2:4]] == [
        "a-2020 ¶1 s1 [1] [2]",
        "a-2020 ¶1 s2 (contradicted) [3] [4]",
    ]
    assert lines[4:] == [
        "2 rows; 2 claims: 2 not reviewed",
        "",
        "Notes:",
        "  [1] a-2020 ¶1 s1: first",
        "  [2] a-2020 ¶1 s1: second",
        "  [3] a-2020 ¶1 s2: first",
        "",
        "Possible contradictions; `tipgraph review conflicts` says by what:",
        "  [4] a-2020 ¶1 s2: why",
    ]


def test_the_evidence_is_beside_the_first_column_and_no_other_one_repeats_it(graph: Graph) -> None:
    routes = answer_view(Query.find("routes").run(graph, {"destination": "JP"}))
    names = list(table_cells(routes, Texts()))
    assert names[:3] == ["route", "said at", "from"]
    assert {*routes.columns} - {*names} == {"modality", "source"}


def test_a_row_without_a_first_value_does_not_read_as_the_row_above(graph: Graph) -> None:
    view = answer_view(Query.find("funding-sums").run(graph))
    givers = table_cells(view, Texts())["giver"]
    assert givers.count("–") == sum(row.cells[0].words == "" for row in view.rows) > 0
    assert "" not in givers
