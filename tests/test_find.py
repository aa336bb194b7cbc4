"""`tipgraph find`: entries and claims by words, organizations first, however a person spells them."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SMALL_TEXTS
from tipgraph.cli import main
from tipgraph.display import find
from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph
from tipgraph.sources.folder import Texts


def run(graph_file: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["find", *words, "-g", str(graph_file)], env={"COLUMNS": "160"})


@pytest.mark.parametrize(
    ("words", "first", "read_as"),
    [
        ("iom", "reference/actors/iom", ""),
        ("japón", "reference/places/japan", ""),
        ("Caribbean SEMINARS", "oas-cim-2005/undertakings/caribbean-seminars", ""),
        ("who pays for the seminar in guatemalla?", "oas-cim-2005/undertakings/guatemala-seminar", "guatemala"),
    ],
)
def test_the_first_entry_is_meant(graph: Graph, words: str, first: str, read_as: str) -> None:
    found = find(graph, words, Texts())
    assert (found.entries[0][-1], "".join(found.read_as.values())) == (first, read_as)


def test_organizations_come_before_other_entries(graph: Graph) -> None:
    found = find(graph, "mexico", Texts())
    tables = [row[-1].split("/")[1] for row in found.entries]
    assert (found.entries[0][-1], tables[1]) == ("reference/places/mexico", "actors")  # the one of that name, then …
    assert tables[1:] == sorted(tables[1:], key=["actors", "undertakings", "places", "documents", "routes"].index)
    assert all("¶" in row[2] or "cited" in row[2] for row in found.claims)


def test_what_has_most_of_the_words_is_found_where_nothing_has_all(graph: Graph) -> None:
    assert find(graph, "usaid rhinoceros", Texts()).has == "1 of 2 words"
    assert find(graph, "zzzz", Texts())[:2] == ([], [])
    with pytest.raises(CallError, match="name the words"):
        find(graph, "?!", Texts())


def test_of_a_large_graph_only_names_are_searched(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipgraph.display.search._MOST", 1)
    found = find(graph, "usaid", Texts())
    assert (found.entries[0][-1], found.claims, found.every) == ("reference/actors/usaid", [], False)


def test_words_of_a_text_at_hand_are_found_and_quoted(small: Graph) -> None:
    quoted = "says harbour watch"
    assert find(small, quoted, Texts()).has != "3 of 3 words"
    found = find(small, quoted, Texts(SMALL_TEXTS))
    assert found.has == "3 of 3 words"
    assert any("says Harbour Watch" in row[3] for row in found.claims)


def test_a_table_has_the_first_ones_and_files_have_all(graph_file: Path) -> None:
    shown = run(graph_file, "oas")
    assert "reference/actors/oas" in shown.stdout
    assert "more: --all" in shown.stderr
    assert shown.stderr.endswith("next: `tipgraph show reference/actors/oas`\n")
    rows = list(csv.DictReader(io.StringIO(run(graph_file, "oas", "--format", "csv").stdout)))
    assert len(rows) == len(json.loads(run(graph_file, "oas", "--format", "json").stdout)) > 40
    assert "0 rows" in run(graph_file, "zzzz").stderr
