"""CSV as spreadsheets of Europe save it is read, and said; where two readings fit, it is a fault."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tipgraph.cli import main
from tipgraph.errors import Fault
from tipgraph.pipeline.builder import build
from tipgraph.sources.folder import Table, read_table

HEADER = "id;giver;amount;note"


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


@pytest.mark.parametrize(
    ("separator", "encoding", "dialect"), [(";", "utf-8", "semicolons"), ("\t", "utf-8-sig", "tabs")]
)
def test_a_spreadsheets_csv_gives_the_same_graph_and_is_said(
    copy: Path, separator: str, encoding: str, dialect: str, tmp_path: Path
) -> None:
    names = copy / "harbour-2020" / "namings.csv"
    names.write_text(names.read_text("utf-8").replace("Casa Clara", "Casa Clará"), "utf-8")
    before = build(copy).digest
    for path in copy.glob("harbour-2020/*.csv"):
        saved(path, separator, encoding)
    built = CliRunner().invoke(main, ["build", str(copy), "-o", str(tmp_path / "graph.trig")])
    assert built.exit_code == 0, built.output
    assert f"digest {before[:12]}" in built.stdout
    assert f"tipgraph: {names}: read with {dialect}\n" in built.stderr
    assert built.stderr.count(": read with ") == len(list(copy.glob("harbour-2020/*.csv")))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_another_encoding_is_a_fault_that_says_how_to_save(tmp_path: Path, encoding: str) -> None:
    table, faults = read(tmp_path / "funding.csv", "id,giver\na,Señal\n", encoding)
    assert table is None
    assert [fault.message.partition(" (")[0] for fault in faults] == ["is not UTF-8"]
    assert "save it as CSV UTF-8 (Excel: Save As, CSV UTF-8; LibreOffice: " in faults[0].message


def test_decimal_commas_are_read_where_the_column_is_decimal(tmp_path: Path) -> None:
    table, faults = read(tmp_path / "funding.csv", f"{HEADER}\na;x;12500,5;2,5 more\nb;y;12,5;\nc;z;7;\n")
    assert table
    assert not faults
    assert [row.cells["amount"] for row in table.rows] == ["12500.5", "12.5", "7"]
    assert table.rows[0].cells["note"] == "2,5 more"
    assert table.dialect == "semicolons; decimal commas"


@pytest.mark.parametrize("amounts", [["12,500"], ["12.500"], ["1,5", "12,500"]])
def test_a_number_that_may_mean_two_is_a_fault(tmp_path: Path, amounts: list[str]) -> None:
    rows = "".join(f"r{number};x;{amount};\n" for number, amount in enumerate(amounts))
    _, faults = read(tmp_path / "funding.csv", f"{HEADER}\n{rows}")
    (fault,) = faults
    assert (fault.row, fault.column) == (len(amounts) + 1, "amount")
    assert fault.message.endswith("may be 12500 or 12.5; write 12500 or 12.5")


def test_a_file_with_commas_keeps_the_rule_of_points(tmp_path: Path) -> None:
    table, faults = read(tmp_path / "funding.csv", 'id,amount\na,12.500\nb,"1,5"\n')
    assert table
    assert not faults
    assert [row.cells["amount"] for row in table.rows] == ["12.500", "1,5"]


def test_a_cell_beyond_the_header_is_still_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path / "funding.csv", "id;giver;;\na;x;;y\n")
    assert [fault.message for fault in faults] == ["a column has no name; name it or remove it"]
