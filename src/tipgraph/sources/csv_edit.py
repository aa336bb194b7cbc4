"""A table in which answers are kept, row by row: only the cells of an answer change, all else stays as it is.

The file is written whole or not at all, and by one process at a time.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.runtime import alone, neutral, visible, whole
from tipgraph.runtime import plain as unarmed
from tipgraph.sources.folder import Row, read_table

Cells: TypeAlias = Mapping[str, str]
_CELL = re.compile(r'("(?:[^"]|"")*"|[^,]*)(,|$)')  # as it stands, with its quotes


JUDGES: Final = {
    "person": "a person",
    "ai-agent": "an AI agent",
    "rule": "a rule",
}  # the code list judge-kind, in words


class Judge(NamedTuple):
    """Who judges: under which name, and of which kind (person, ai-agent or rule)."""

    name: str
    kind: str

    def checked(self) -> "Judge":
        """Return it as a table can hold it; raise CallError where the name or the kind cannot stand."""
        name = plain(self.name, "judge")
        if self.kind not in JUDGES:
            raise CallError(f"say what kind of judge that is (--judge-kind): one of {', '.join(JUDGES)}")
        return Judge(name, self.kind)


class Ledger:
    """One such table; `columns` are those that a new file begins with, `needed` those that no file may lack."""

    def __init__(self, path: Path, columns: Sequence[str], needed: Collection[str]) -> None:
        """Keep answers at a path, where there need not be a file yet."""
        self.path = path
        self._columns, self._needed = columns, needed

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who answers here for a while: what is read in it is not changed by others."""
        with alone(self.path.parent):
            yield

    def rows(self) -> Sequence[Row]:
        """Return all rows as the file holds them now; raise InputError where it cannot be read."""
        if not self.path.exists():
            return []
        faults: list[Fault] = []
        table = read_table(self.path, faults)
        if table is None or faults:
            raise InputError(faults)
        absent = [name for name in self._needed if name not in table.columns]
        if absent:
            raise InputError(Fault("there is no such column; add it", shown(self.path), 1, name) for name in absent)
        return table.rows

    def change(
        self, gone: Collection[str] = (), put: Sequence[Cells] = (), later: Callable[[str, str], bool] | None = None
    ) -> None:
        """Take away the rows of some ids, and put others: cells into the row of their id, else a row of their own.

        A new row stands before the first whose id is `later` than its own, or else at the end.
        """
        lines = {row.line: row.cells["id"] for row in self.rows()}
        raw = self.path.read_bytes() if self.path.exists() else (",".join(self._columns) + "\n").encode()
        end = "\r\n" if raw.partition(b"\n")[0].endswith(b"\r") else "\n"
        text = _Text(raw.decode("utf-8"), lines, end)
        text.drop(gone)
        for cells in put:
            text.widen([name for name, cell in cells.items() if cell])
            text.put(cells, later or (lambda *_: False))
        with whole(self.path) as (beside,):
            beside.write_bytes("".join(line for line, _ in text.lines).encode("utf-8"))


class _Text:
    """The lines of a table, each with the id of its row or an empty one; the first is the header."""

    def __init__(self, text: str, ids: Mapping[int, str], end: str) -> None:
        self._end = end
        parts = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
        self.lines = [(line, ids.get(number, "")) for number, line in enumerate(parts, 1)]
        last, own = self.lines[-1]
        if not last.endswith(("\r", "\n")):
            self.lines[-1] = (last + end, own)

    @property
    def columns(self) -> list[str]:
        return [name.strip() for name in next(csv.reader([self.lines[0][0].lstrip("\ufeff")]))]

    def drop(self, gone: Collection[str]) -> None:
        self.lines = [(line, own) for line, own in self.lines if not own or own not in gone]

    def widen(self, names: Sequence[str]) -> None:
        """Give the table the columns that it lacks, at its end."""
        for name in names:
            if name not in self.columns:
                header, *rows = self.lines
                more = [(self._longer(line, "") if own else line, own) for line, own in rows]
                self.lines = [(self._longer(header[0], name), ""), *more]

    def put(self, cells: Cells, later: Callable[[str, str], bool]) -> None:
        columns, own = self.columns, cells["id"]
        at = next((at for at, (_, other) in enumerate(self.lines) if other == own), None)
        if at is not None:
            self.lines[at] = (self._changed(self.lines[at][0], columns, cells), own)
            return
        line = ",".join(_written(cells.get(name, "")) for name in columns) + self._end
        after = (at for at, (_, other) in enumerate(self.lines) if other and later(other, own))
        self.lines.insert(next(after, len(self.lines)), (line, own))

    def _longer(self, line: str, cell: str) -> str:
        text = line.rstrip("\r\n")
        return f"{text},{cell}{line[len(text) :]}"

    def _changed(self, line: str, columns: Sequence[str], cells: Cells) -> str:
        """Return a line with those of its cells written anew that differ, the others as they stand."""
        text = line.rstrip("\r\n")
        raw = [match[1] for match in _CELL.finditer(text)][: len(columns)]
        held = [unarmed(cell.strip()) for cell in next(csv.reader([text]))]
        new = [
            old if cells.get(name, own) == own else _written(cells[name])
            for name, old, own in zip(columns, raw, held, strict=True)
        ]
        return ",".join(new) + line[len(text) :]


def plain(text: str, what: str) -> str:
    """Return words that a person gives, on one line; raise CallError where a table could not hold them.

    >>> plain(" the same address ", "reason")
    'the same address'
    """
    text = text.strip()
    if not text:
        raise CallError(f"say a {what} (--{what}): each judgement keeps who judged, and why")
    if re.search(r"[\n\r\u2028\u2029]", text) or visible(text) != text or not text.isprintable():
        raise CallError(f"the {what} holds a line break or a character that is not seen; write it on one plain line")
    if neutral(text) != text:
        raise CallError(
            f"the {what} begins like a formula, which a spreadsheet would run; begin with a letter or digit"
        )
    return text


def _written(cell: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([neutral(cell)])
    return out.getvalue() if cell else ""
