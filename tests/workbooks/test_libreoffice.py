"""Workbooks in LibreOffice, headless: dropdowns survive, rows come back, and CSV that it saves is read."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.browsers import missing
from tests.workbooks.conftest import Desk
from tipgraph.errors import Fault
from tipgraph.model import REFERENCE_NAME
from tipgraph.sources import take_sheet, write_sheet
from tipgraph.sources.folder import Texts, read_source, read_table

pytestmark = pytest.mark.engines
XLSX = "xlsx:Calc MS Excel 2007 XML"
ALL_SHEETS_WITH_SEMICOLONS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"


def saved(paths: list[Path], form: str, folder: Path) -> None:
    """Open files in LibreOffice and save them in a form into a folder."""
    program = shutil.which("soffice")
    if program is None:
        missing("no LibreOffice: `make system` installs Debian's (libreoffice-calc-nogui)")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", folder, *paths], check=True, capture_output=True, timeout=300, env=os.environ)


def dropdowns(sheet: Any) -> set[tuple[str, str, str]]:
    """Return the first cell of each dropdown, its list, and what it does with other words."""
    rules = sheet.data_validations.dataValidation
    return {
        (str(rule.sqref).partition(":")[0], rule.formula1.replace("'", ""), rule.errorStyle or "stop") for rule in rules
    }


def test_dropdowns_and_rows_survive_libreoffice(desk: Desk, tmp_path: Path) -> None:
    before = desk.tables()
    written = openpyxl.load_workbook(desk.workbook)
    saved([desk.workbook], XLSX, tmp_path)
    there = openpyxl.load_workbook(tmp_path / desk.workbook.name)
    assert there.sheetnames == written.sheetnames
    assert there["Lists"].sheet_state == "hidden"
    assert set(there.defined_names) == set(written.defined_names)
    for sheet in written:
        assert dropdowns(there[sheet.title]) == dropdowns(sheet)
    assert there["funding"]["B1"].comment.text == written["funding"]["B1"].comment.text
    assert there["funding"]["B9"].number_format == "@"
    shutil.copy2(tmp_path / desk.workbook.name, desk.workbook)
    assert desk.take().stdout == "harbour-2020: its tables are as the workbook has them\n"
    assert desk.tables() == before
    desk.type("actors", type="Organization", label="Vega House", actorKind="ngo")
    assert "actors.csv: 4 rows, 1 new" in desk.take().stdout


def test_every_source_of_the_kit_comes_back_from_libreoffice_byte_by_byte(
    tmp_path: Path, kit_data: Path, shared_texts: Path
) -> None:
    shutil.copytree(shared_texts, tmp_path / "texts")  # quotes are kept beside them
    data, texts = Path(shutil.copytree(kit_data, tmp_path / "data")), Texts(tmp_path / "texts")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    names = [path.parent.name for path in data.glob("*/source.toml") if path.parent.name != REFERENCE_NAME]
    paths = {name: tmp_path / f"{name}.xlsx" for name in names}
    for name, path in paths.items():
        write_sheet(name, path, texts, data)
    saved(list(paths.values()), XLSX, tmp_path / "saved")
    for path in paths.values():
        taken = take_sheet(tmp_path / "saved" / path.name, texts, data)
        assert (taken.lines, taken.notices) == ([], [])
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_csv_that_libreoffice_saves_with_semicolons_is_read(desk: Desk, tmp_path: Path) -> None:
    saved([desk.workbook], ALL_SHEETS_WITH_SEMICOLONS, tmp_path)
    for name, table in read_source(desk.data / "harbour-2020").tables.items():
        path = tmp_path / f"harbour-2020-{name}.csv"
        if name not in ("evidence", "paragraphs"):
            faults: list[Fault] = []
            back = read_table(path, faults)
            assert back
            assert not faults
            filled = [
                {column: cell for column, cell in row.cells.items() if cell and column != "quote"} for row in back.rows
            ]
            assert filled == [{column: cell for column, cell in row.cells.items() if cell} for row in table.rows]
