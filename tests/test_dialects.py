"""CSV as spreadsheets of Europe save it is read, but for decimal commas and other encodings: each is a fault."""

import csv
from pathlib import Path

import pytest

from tipgraph.errors import Fault
from tipgraph.pipeline.builder import build
from tipgraph.sources.folder import Table, read_table

from .conftest import faults_of


def saved(path: Path, separator: str, encoding: str) -> None:
    """Save a table as a spreadsheet does: with another separator and encoding, and an empty column and row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerows([*([*row, ""] for row in rows), [""] * (len(rows[0]) + 1)])


def read(path: Path, content: str, encoding: str = "utf-8") -> tuple[Table | None, list[Fault]]:
    path.write_bytes(content.encode(encoding))
    faults: list[Fault] = []
    return read_table(path, faults), faults


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-8-sig")])
def test_a_spreadsheets_csv_gives_the_same_graph(copy: Path, separator: str, encoding: str) -> None:
    names = copy / "harbour-2020" / "namings.csv"
    names.write_text(names.read_text("utf-8").replace("Casa Clara", "Casa Clará"), "utf-8")
    before = build(copy).digest
    for path in copy.glob("harbour-2020/*.csv"):
        saved(path, separator, encoding)
    assert build(copy).digest == before


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_another_encoding_is_a_fault_that_says_how_to_save(tmp_path: Path, encoding: str) -> None:
    table, faults = read(tmp_path / "funding.csv", "id,giver\na,Señal\n", encoding)
    assert table is None
    assert [fault.message.partition(" (")[0] for fault in faults] == ["is not UTF-8"]
    assert "save it as CSV UTF-8 (Excel: Save As, CSV UTF-8; LibreOffice: " in faults[0].message


def test_a_decimal_comma_is_a_fault_with_its_row_and_column(copy: Path) -> None:
    saved(copy / "harbour-2020" / "funding.csv", ";", "utf-8")
    path = copy / "harbour-2020" / "funding.csv"
    path.write_text(path.read_text("utf-8").replace(";12500;", ";12,5;", 1), "utf-8")
    (fault,) = faults_of(copy)
    assert fault == (
        "harbour-2020/funding.csv:2: amount: '12,5' is no decimal; write a number with a point before its decimals, "
        "and no other marks"
    )


@pytest.mark.parametrize("amount", ["12,500", "12.500"])
def test_a_number_that_may_mean_two_is_a_fault_where_cells_are_divided_by_semicolons(
    tmp_path: Path, amount: str
) -> None:
    _, faults = read(tmp_path / "funding.csv", f"id;giver;amount;note\na;x;7;\nb;y;{amount};1.000\n")
    (fault,) = faults
    assert (fault.row, fault.column) == (3, "amount")
    assert fault.message == f"{amount!r} may be 12500 or 12.5; write 12500 or 12.5000"
    assert read(tmp_path / "funding.csv", "id,amount\na,12.500\n")[1] == []


def test_a_cell_beyond_the_header_is_still_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path / "funding.csv", "id;giver;;\na;x;;y\n")
    assert [fault.message for fault in faults] == ["a column has no name; name it or remove it"]
