"""Edit a CSV table row by row: only the rows that differ are written anew, every other line stays as it is."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from tipgraph.runtime.sanitize import neutral, plain


class CsvLines:
    """The lines of a table, each with the id of its row or an empty one; the first line is the header."""

    def __init__(self, text: str, ids: Mapping[int, str]) -> None:
        """Take the text of a table, and the ids of its rows by the number of their line.

        Other lines are repeated ones, which are left out, or empty.
        """
        self._end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
        parts = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
        self._lines = [
            (line, ids.get(number, ""))
            for number, line in enumerate(parts, 1)
            if number == 1 or number in ids or not line.strip(' ,"\t\r\n')
        ]
        line, row_id = self._lines[-1]
        if not line.endswith(("\r", "\n")):
            self._lines[-1] = (line + self._end, row_id)

    def __str__(self) -> str:
        """Return the text of the table."""
        return "".join(line for line, _ in self._lines)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [name.strip() for name in next(csv.reader([self._lines[0][0].lstrip("\ufeff")]))]

    def remove(self, ids: Collection[str]) -> None:
        """Remove the rows of some ids."""
        self._lines = [(line, row_id) for line, row_id in self._lines if not row_id or row_id not in ids]

    def put(self, cells: Mapping[str, str], is_later: Callable[[str, str], bool]) -> None:
        """Write cells into the row of their id, or into a new row before the first one whose id is later."""
        self.widen([name for name, cell in cells.items() if cell])
        columns, own_id = self.columns, cells["id"]
        ids = [row_id for _, row_id in self._lines]
        if own_id in ids:
            at = ids.index(own_id)
            self._lines[at] = (self._changed(self._lines[at][0], columns, cells), own_id)
            return
        line = self._written(cells.get(name, "") for name in columns)
        after = (at for at, row_id in enumerate(ids) if row_id and is_later(row_id, own_id))
        self._lines.insert(next(after, len(ids)), (line, own_id))

    def arrange(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Make these the only rows, in this order; a row whose id was there keeps its line if no cell is new."""
        self.widen(list(dict.fromkeys(name for cells in rows for name, cell in cells.items() if cell)))
        columns, present = self.columns, {row_id: line for line, row_id in self._lines if row_id}
        lines = [(self._changed(present.get(row["id"], self._end), columns, row), row["id"]) for row in rows]
        self._lines = [self._lines[0], *lines]

    def drop(self, name: str) -> None:
        """Remove a column."""
        at = self.columns.index(name)
        rows = [(_cells(line), row_id) for line, row_id in self._lines]
        self._lines = [(self._written(cells[:at] + cells[at + 1 :]), row_id) for cells, row_id in rows]

    def widen(self, names: Sequence[str]) -> None:
        """Add the columns that the table lacks at its end."""
        for name in names:
            if name not in self.columns:
                (header, _), *rows = self._lines
                longer = [(_longer(line, "") if row_id else line, row_id) for line, row_id in rows]
                self._lines = [(_longer(header, name), ""), *longer]

    def _changed(self, line: str, columns: Sequence[str], cells: Mapping[str, str]) -> str:
        """Return a line as it is if it holds these cells, else written anew with them."""
        present = dict(zip(columns, _cells(line), strict=False))  # a spreadsheet may have cut the line
        new = {name: cells.get(name, present.get(name, "")) for name in columns}
        return line if new == present else self._written(new.values())

    def _written(self, cells: Iterable[str]) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator=self._end).writerow(map(neutral, cells))
        return out.getvalue()


def _cells(line: str) -> list[str]:
    return [plain(cell.strip()) for cell in next(csv.reader([line]), [])]


def _longer(line: str, cell: str) -> str:
    text = line.rstrip("\r\n")
    return f"{text},{cell}{line[len(text) :]}"
