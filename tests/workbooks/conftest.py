"""A copy of the small kit with its texts, a workbook of it, and a person who types into the workbook."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.conftest import SMALL, SMALL_TEXTS
from tipgraph.cli import main


class Desk(NamedTuple):
    """The folders of a person, and the workbook."""

    data: Path
    texts: Path
    workbook: Path

    def run(self, *words: str | Path) -> Result:
        where = ["--data", str(self.data), "--texts", str(self.texts)]
        return CliRunner().invoke(main, ["source", *map(str, words), *where])

    def take(self) -> Result:
        return self.run("take", self.workbook)

    def tables(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((self.data / "harbour-2020").iterdir())}

    def edit(self, change: Callable[[openpyxl.Workbook], Any]) -> None:
        book = openpyxl.load_workbook(self.workbook)
        change(book)
        book.save(self.workbook)

    def type(self, sheet: str, **cells: Any) -> None:
        """Type a row below the last one; a pair is a value with the format of its number."""
        self.edit(lambda book: typed(book[sheet], cells))


def typed(sheet: Any, cells: dict[str, Any]) -> int:
    header = [cell.value for cell in sheet[1]]
    row = next(number for number in range(2, 1000) if not any(cell.value for cell in sheet[number]))
    for name, value in cells.items():
        cell = sheet.cell(row, header.index(name) + 1)
        cell.value, cell.number_format = value if isinstance(value, tuple) else (value, "@")
    return row


def cell_of(book: openpyxl.Workbook, sheet: str, row: int, column: str) -> Any:
    """Return a cell of a sheet by the name of its column."""
    return book[sheet].cell(row, [cell.value for cell in book[sheet][1]].index(column) + 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    data = Path(shutil.copytree(SMALL, tmp_path / "data"))
    texts = Path(shutil.copytree(SMALL_TEXTS, tmp_path / "texts"))
    made = Desk(data, texts, texts / "harbour-2020.xlsx")
    result = made.run("sheet", "harbour-2020")
    assert result.exit_code == 0, result.output
    return made
