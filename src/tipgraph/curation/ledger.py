"""A CSV table that keeps decisions, one row each: who decided, when and why. One process writes at a time."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, kit
from tipgraph.runtime import Lock, atomic_file, visible
from tipgraph.sources import JUDGES, SOURCE_FILE, Row, Table, csv_text, read_table

Cells: TypeAlias = Mapping[str, str]


class Judge(NamedTuple):
    """The name and the kind (person, ai-agent or rule) of a judge."""

    name: str
    kind: str

    def checked(self) -> "Judge":
        """Return the judge; raise CallError if a table cannot hold the name, or nobody knows the kind."""
        return Judge(plain(self.name, "judge"), known_kind(self.kind))


class Signature(NamedTuple):
    """Who decided, of which kind, when, and why: the last cells of every decision."""

    judge: str
    kind: str
    day: str
    reason: str

    def __str__(self) -> str:
        """Return it as `the desk, a person, 2026-11-26: the older list`."""
        return f"{self.judge}, {JUDGES[self.kind]}, {self.day}: {self.reason}"


def known_kind(kind: str) -> str:
    """Return the kind of a judge; raise CallError for a kind that is not in the list."""
    if kind not in JUDGES:
        raise CallError(f"say what kind of judge that is (--judge-kind): one of {', '.join(JUDGES)}")
    return kind


def plain(text: str, name: str) -> str:
    """Return a judge or a reason on one line; raise CallError if a table cannot hold it.

    >>> plain(" the same address ", "reason")
    'the same address'
    """
    text = text.strip()
    if not text:
        raise CallError(f"say a {name} (--{name}): each decision keeps who decided, and why")
    if re.search(r"[\n\r\u2028\u2029]", text) or visible(text) != text or not text.isprintable():
        raise CallError(f"the {name} holds a line break or an invisible character; write it on one plain line")
    return text


class Ledger:
    """One table. `columns` are those of a new file, `needed` those that no file may lack (else all).

    `letter` begins the ids of new rows, if the ledger gives ids.

    Decision: docs/decisions/0125-ids-of-decisions-are-digests.md.
    """

    def __init__(self, path: Path, columns: Sequence[str], needed: Collection[str] = (), letter: str = "") -> None:
        """Keep decisions at a path, even if there is no file yet."""
        self.path = path
        self._columns, self._needed, self._letter = columns, needed or columns, letter

    def alone(self) -> Lock:
        """Keep other processes from writing, so that the rows that are read stay as they are."""
        return Lock(self.path.parent)

    def rows(self) -> Sequence[Row]:
        """Return all rows of the file; raise InputError if it cannot be read, or is no CSV to write rows into."""
        return self._table().rows

    def _table(self) -> Table:
        if not self.path.exists():
            return Table(self.path.stem, self.path, tuple(self._columns), ())
        faults: list[Fault] = []
        table = read_table(self.path, faults)
        if table is None or faults:
            raise InputError(faults)
        if absent := [name for name in self._needed if name not in table.columns]:
            raise InputError(Fault("there is no such column; add it", shown(self.path), 1, name) for name in absent)
        return table

    def cells(self) -> dict[str, dict[str, str]]:
        """Return the cells of each row by its id."""
        return {row.cells["id"]: row.cells for row in self.rows()}

    def change(self, remove: Collection[str] = (), put: Sequence[Cells] = ()) -> None:
        """Remove the rows of some ids, and write cells into the row of their id or a new row.

        The file is replaced as a whole. Raises CallError for an id to remove that is not there.
        """
        text = self.edited(remove, put)
        with atomic_file(self.path) as (beside,):
            beside.write_bytes(text.encode("utf-8"))

    def edited(self, remove: Collection[str], put: Iterable[Cells]) -> str:
        """Return the text of the file after a change; its ends of lines and its separator stay."""
        table = self._table()
        rows = {row.cells["id"]: dict(row.cells) for row in table.rows}
        if absent := [row_id for row_id in remove if row_id not in rows]:
            raise CallError(f"{', '.join(absent)}: no such row in {shown(self.path)} any more")
        rows = {row_id: cells for row_id, cells in rows.items() if row_id not in remove}
        for cells in put:
            rows.setdefault(cells["id"], {}).update(cells)
        new = (name for cells in rows.values() for name, cell in cells.items() if cell)
        before = self.path.read_bytes().decode("utf-8") if self.path.exists() else ""
        return csv_text(before, list(dict.fromkeys((*table.columns, *new))), rows.values())

    def new_row(self, data: Path, content: Sequence[str]) -> dict[str, str]:
        """Return the cells of a new row of a folder of sources: its id, then the content."""
        row_id = kit.own_id(data, self.new_id(content))
        return dict(zip(self._columns, (row_id, *content), strict=True))

    def new_id(self, cells: Iterable[str]) -> str:
        """Return the id of a new row: a digest of its cells, so that two people never give two rows one id."""
        return f"{self._letter}{sha256(chr(0).join(cells).encode()).hexdigest()[:8]}"


def reference_ledger(data: Path, name: str, columns: Sequence[str], letter: str) -> Ledger:
    """Return a ledger of the reference of a folder of sources; raise InputError if there is no reference."""
    folder = data / REFERENCE_NAME
    if not (folder / SOURCE_FILE).is_file():
        message = (
            f"holds no folder `{REFERENCE_NAME}` with a {SOURCE_FILE}, the home of answers; name the folder of the "
            "sources with --data, or make that folder"
        )
        raise InputError([Fault(message, shown(data))])
    return Ledger(folder / f"{name}.csv", columns, letter=letter)
