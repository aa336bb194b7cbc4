"""Edit a CSV table row by row: only the cells that differ are written anew, every other byte stays as it is."""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence

from tipgraph.runtime.sanitize import neutral, plain

_CELL = re.compile(r'("(?:[^"]|"")*"|[^,]*)(,|$)')  # a cell with its quotes


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
            self._lines[at] = (_changed(self._lines[at][0], columns, cells), own_id)
            return
        line = ",".join(_written(cells.get(name, "")) for name in columns) + self._end
        after = (at for at, row_id in enumerate(ids) if row_id and is_later(row_id, own_id))
        self._lines.insert(next(after, len(ids)), (line, own_id))

    def arrange(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Make these the only rows, in this order; a row whose id was there keeps all bytes but those of new cells."""
        self.widen(list(dict.fromkeys(name for cells in rows for name, cell in cells.items() if cell)))
        columns, present = self.columns, {row_id: line for line, row_id in self._lines if row_id}
        empty = "," * (len(columns) - 1) + self._end
        lines = [(_changed(present.get(row["id"], empty), columns, row), row["id"]) for row in rows]
        self._lines = [self._lines[0], *lines]

    def drop(self, name: str) -> None:
        """Remove a column."""
        columns = self.columns
        at = columns.index(name)
        self._lines = [(_without(line, at, len(columns)), row_id) for line, row_id in self._lines]

    def widen(self, names: Sequence[str]) -> None:
        """Add the columns that the table lacks at its end."""
        for name in names:
            if name not in self.columns:
                (header, _), *rows = self._lines
                longer = [(_longer(line, "") if row_id else line, row_id) for line, row_id in rows]
                self._lines = [(_longer(header, name), ""), *longer]


def _longer(line: str, cell: str) -> str:
    text = line.rstrip("\r\n")
    return f"{text},{cell}{line[len(text) :]}"


def _without(line: str, at: int, count: int) -> str:
    """Return a line of so many cells without one of them."""
    text = line.rstrip("\r\n")
    raw = [match[1] for match in _CELL.finditer(text)][:count]
    return ",".join(raw[:at] + raw[at + 1 :]) + line[len(text) :]


def _changed(line: str, columns: Sequence[str], cells: Mapping[str, str]) -> str:
    """Return a line with those of its cells written anew that differ."""
    text = line.rstrip("\r\n")
    raw = [match[1] for match in _CELL.finditer(text)][: len(columns)]
    values = [plain(cell.strip()) for cell in next(csv.reader([text]), [])]
    missing = [""] * (len(columns) - len(values))  # of a line that a spreadsheet has cut
    new = [
        old if cells.get(name, value) == value else _written(cells[name])
        for name, old, value in zip(columns, raw + missing, values + missing, strict=False)
    ]
    return ",".join(new) + line[len(text) :]


def _written(cell: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([neutral(cell)])
    return out.getvalue() if cell else ""
