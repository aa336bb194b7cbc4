"""The data hold no sentence of a third-party text, no name of a person, and open in a spreadsheet without harm."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tests import conftest
from tipgraph.graph.graph import Graph
from tipgraph.model import REFERENCE_NAME, kit
from tipgraph.model.vocabulary import ontology
from tipgraph.sources import screen
from tipgraph.sources.folder import ASSESSMENTS, Source, Texts, read_sources

SOURCES = read_sources(kit.folder("data"))
FILES = {source.name: source.about.get("textFile", "") for source in SOURCES}
OWN_WORDS = {"topic", "objective", "outcome", "description", "task", "note", "reason", "change", "method"}
RUN = 8  # so many words in a row are a borrowing and no coincidence


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@cache
def runs_of(text: str) -> set[tuple[str, ...]]:
    heard = words(text)
    return {tuple(heard[i : i + RUN]) for i in range(len(heard) - RUN + 1)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_our_words_copy_no_run_of_words(source: Source, shared: Path) -> None:
    texts = Texts(shared)
    assert texts.text(FILES[source.name]) is not None or source.about["textKind"] in ("none", "cited")
    for table in source.tables.values():
        for row in table.rows:
            about = row.cells["claim"].partition("/")[0] if table.name == ASSESSMENTS else source.name
            runs = runs_of(texts.text(FILES[about]) or "")
            for column, cell in row.cells.items():
                if column.partition("@")[0] in OWN_WORDS:
                    said = words(cell)
                    copied = [said[i : i + RUN] for i in range(len(said) - RUN + 1) if tuple(said[i : i + RUN]) in runs]
                    assert not copied, (table.name, row.line, column, " ".join(copied[0]))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_name_is_a_sentence_and_what_nobody_here_has_read_is_implied(source: Source) -> None:
    assert source.expected
    rows = {name: table.rows for name, table in source.tables.items()}
    assert source.expected.get("Naming", 0) == len(rows.get("namings", ()))
    for row in rows.get("namings", ()):
        name, kind = row.cells["name"], row.cells["nameKind"]
        assert len(words(name)) <= (40 if kind == "title" else 26), (row.line, name)
        assert not re.search(r"\w\.$", name) or kind == "acronym", (row.line, name)
    for name in (
        ("affiliations", "estimates", "namings", "route-reports") if source.about["textKind"] == "cited" else ()
    ):
        assert all(row.cells["modality"] == "implied" for row in rows.get(name, ())), name


def test_no_cell_points_to_a_person_and_every_answer_about_that_is_asked_for() -> None:
    screened = screen(SOURCES, ontology())
    assert [f"{one.place}: {one.column}" for one in screened.concerns] == []
    assert screened.remarks == []
    answers = next(source for source in SOURCES if source.name == REFERENCE_NAME).books["allowed"].rows
    assert len(answers) <= 5, "answers are few; what is a person's is taken out"
    for source in SOURCES:
        for table in (*source.tables.values(), *source.books.values()):
            for row in table.rows:  # of holders of an office
                assert not re.search(r"Einaudi|Espinosa", " ".join(row.cells.values())), (table.name, row.line)


def test_the_tables_are_as_a_spreadsheet_reads_them() -> None:
    for source in SOURCES:
        for table in (*source.tables.values(), *source.books.values()):
            for path in {row.path or table.path for row in table.rows} or {table.path}:
                raw = path.read_bytes()
                assert b"\r" not in raw
                assert not raw.startswith(b"\xef\xbb\xbf")
                assert raw.endswith(b"\n")
                with path.open(encoding="utf-8", newline="") as file:
                    assert {len(row) for row in csv.reader(file)} == {len(table.columns)}


def test_nothing_of_the_kit_is_called_a_persons(graph: Graph) -> None:
    """AI agents have read and judged all of it; what nobody could compare with a text is not reviewed."""
    assert not conftest.column(
        graph, "SELECT ?node { ?node tip:review|tip:judgeKind|tip:foundBy code:judge-kind-person }"
    )
    assert not conftest.column(
        graph, "SELECT ?node { ?node tip:judge ?judge FILTER NOT EXISTS { ?node tip:judgeKind ?kind } }"
    )
    cited = "?claim a tip:Claim ; tip:source/tip:textKind code:text-kind-cited ; tip:review/skos:notation ?review"
    assert set(conftest.column(graph, f"SELECT ?review {{ {cited} }}")) == {"unreviewed"}
