"""The report of the guides is what its program writes, and its workbook fills it without a fault."""

from pathlib import Path

import pytest

from docs.making.example_report import PDF, TITLE, WORKBOOK, write_report, write_workbook
from tipgraph.model import kit
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check
from tipgraph.sources import Texts, documents, take_sheet
from tipgraph.sources.intake.add import add, plan
from tipgraph.sources.workbooks.workbook_take import read_sheet

FOLDER = kit.home() / "docs/how-to/harbour"
KINDS = ["heading", "prose", "heading", "prose", "prose", "prose", "heading", "prose", "table", "table", "table"]


def test_the_report_and_its_workbook_are_those_of_the_program(tmp_path: Path) -> None:
    write_report(tmp_path / PDF)
    write_workbook(tmp_path / WORKBOOK)
    assert (tmp_path / PDF).read_bytes() == (FOLDER / PDF).read_bytes(), "run: make generate"
    tables, scopes = [], []
    for folder in (tmp_path, FOLDER):
        book = read_sheet(folder / WORKBOOK)
        tables.append({table.name: [row.cells for row in table.rows] for table in book.tables.values()})
        scopes.append([row.cells for row in book.text.rows] if book.text else [])
    assert tables[0] == tables[1], "run: make generate"
    assert scopes[0] == scopes[1], "run: make generate"


def test_the_report_is_read_with_its_footnote_and_without_its_running_head() -> None:
    document = documents.read(FOLDER / PDF)
    paragraphs = document.text.rstrip("\n").split("\n\n")
    assert list(document.kinds)[: len(KINDS)] == KINDS
    assert len(document.pages) == 3
    assert paragraphs[0] == TITLE
    assert "a shelter in Lima. Harbour House runs" in paragraphs[3]
    assert paragraphs[-1] == "Printed by the authors."


def test_the_workbook_of_the_report_leaves_no_finding(tmp_path: Path) -> None:
    data = tmp_path / "data"
    given = {"issuedBy": "Harbour House", "issued": "2026-01"}
    add(plan(FOLDER / PDF, documents.read(FOLDER / PDF), data, tmp_path / "texts", given))
    texts = Texts(tmp_path / "texts")
    taken = take_sheet(FOLDER / WORKBOOK, texts, data, keep=True)
    assert (taken.source, taken.notices) == ("harbour-note-2025", [])
    assert taken.entries[0] == "actors/harbour-house"
    again = take_sheet(FOLDER / WORKBOOK, texts, data, keep=True)
    assert (again.lines, again.notices) == ([], ["18 rows are in the data already"])
    report = check(build(data), texts, data)
    if report.findings:
        pytest.fail("\n".join(report.lines))
