"""Take a workbook into its source: its rows are merged with the tables as they are now, then written by the intake.

Three versions of a row are compared: as it was when the workbook was written, as it is there, as it is in the data.

Decision: docs/decisions/0122-a-workbook-is-written-and-read-by-two-libraries.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model import REFERENCE_NAME, ontology
from tipgraph.sources.csv_dialect import doubtful
from tipgraph.sources.folder import SOURCE_FILE, Row, Source, Table, Texts, decimals, read_source, read_table
from tipgraph.sources.intake.row_intake import GivenRows, take_rows
from tipgraph.sources.source_tables import QUOTE
from tipgraph.sources.workbooks.workbook import quote_digest, row_digest, write_sheet
from tipgraph.sources.workbooks.workbook_columns import SCOPE, is_entry
from tipgraph.sources.workbooks.workbook_rows import Workbook, read_sheet


class TakenSheet(NamedTuple):
    """A workbook that was taken: a line for each table that changed, notices, and the commands that show new rows."""

    source: str
    lines: list[str]
    notices: list[str]
    look: list[str]


def take_sheet(path: Path, texts: Texts, data: Path, *, keep: bool = False) -> TakenSheet:
    """Take a workbook into the tables of its source, and write it anew with the ids of its rows, unless `keep` is set.

    Raises InputError with every fault of the workbook; then nothing is written.
    """
    workbook = read_sheet(path)
    workbook.source = _name_now(workbook.source, data)
    known = sorted(other.parent.name for other in data.glob(f"*/{SOURCE_FILE}"))
    if workbook.source not in known:
        message = f"is for {workbook.source!r}, which is no source of {shown(data)}{near(workbook.source, known)}"
        raise InputError([Fault(f"{message}; name the folder of the sources with --data", shown(path))])
    folder = data / workbook.source
    try:
        taken = take_rows(folder, partial(merged_tables, workbook), texts, data=data)
    except InputError as error:
        faults = [fault._replace(column=SCOPE) if fault.column == "scope" else fault for fault in error.faults]
        raise InputError(faults).adding("nothing was written") from error
    before, after = taken.before, read_source(folder)
    lines = [line for name in sorted(after.tables) if (line := _changes(before.tables.get(name), after.tables[name]))]
    notices = list(taken.notices)
    if not keep and (lines or _has_new_rows(workbook)):
        notices.append(_written_anew(path, workbook, texts, data))
    return TakenSheet(workbook.source, lines, notices, _look(before, after, texts))


def _name_now(source: str, data: Path) -> str:
    """Return the name that a source has now; it may have another one since its workbook was written."""
    retired = data / REFERENCE_NAME / "retirements.csv"
    table = read_table(retired, []) if retired.exists() else None
    names = {row.cells.get("retiredId"): row.cells.get("replacedBy", "") for row in table.rows} if table else {}
    while names.get(source):
        source = names.pop(source)
    return source


def _without_id(source: Source, workbook: Workbook) -> Iterator[Fault]:
    """Yield a fault for each present row without an id: a workbook cannot name it."""
    for name in source.tables.keys() & workbook.tables.keys():
        for row in source.tables[name].rows:
            if not _id(row):
                message = f"has no id; run `tipgraph source locate {source.name}` first"
                yield Fault(message, source.tables[name].at(row), row.line, "id")


def _has_new_rows(workbook: Workbook) -> bool:
    return any(not _id(row) for table in workbook.tables.values() for row in table.rows)


def _changes(before: Table | None, after: Table) -> str:
    """Return a line about the rows of a table that are new, changed and removed; an empty one without a change."""
    old = {row.cells["id"]: row_digest(row) for row in before.rows} if before else {}
    new = {row.cells["id"]: row_digest(row) for row in after.rows}
    counts = {
        "new": len(new.keys() - old.keys()),
        "changed": sum(old[name] != new[name] for name in old.keys() & new.keys()),
        "removed": len(old.keys() - new.keys()),
    }
    parts = [f"{count} {word}" for word, count in counts.items() if count]
    rows = f"{len(new)} row{'s' * (len(new) != 1)}"
    return f"{shown(after.path)}: {', '.join([rows, *parts])}" if parts else ""


def _look(before: Source, after: Source, texts: Texts) -> list[str]:
    """Return the commands that show a new entry, and the words on the pages of the document if it has pages."""
    pages = ["pages --in-house"] if texts.layout(after.about.get("textFile", "")) else []
    terms = ontology()
    for name, table in after.tables.items():
        old = {row.cells["id"] for row in before.tables[name].rows} if name in before.tables else set[str]()
        for row in table.rows if is_entry(name, terms) else ():
            if row.cells["id"] not in old:
                return [f"show {after.name}/{name}/{row.cells['id']}", *pages]
    return pages or ["pages"]


def _written_anew(path: Path, workbook: Workbook, texts: Texts, data: Path) -> str:
    """Write a workbook anew, keep the one that was taken beside it, and return the notice."""
    kept = path.with_suffix(f".taken{path.suffix}")
    try:
        write_sheet(workbook.source, path, texts if workbook.has_text else Texts(), data, (kept, workbook.raw))
    except OSError as error:
        fault = f"{error.strerror}; close it, and run `tipgraph source sheet {workbook.source} --replace`"
    except InputError as error:
        fault = "; ".join(map(str, error.faults))
    else:
        return f"{shown(path)} was written anew: open it again; the one that you filled is {shown(kept)}"
    return f"the rows were taken, but {shown(path)} was not written anew: {fault}"


def merged_tables(workbook: Workbook, source: Source) -> GivenRows:
    """Return the tables of a workbook with the changes that those of its source had since it was written.

    Rows of the source keep their order, and new rows follow. A row that was changed in both is a fault, and so is a
    number in doubt.
    """
    merges = [_Merge(workbook, table, source.tables.get(name)) for name, table in workbook.tables.items()]
    tables = [merge.table() for merge in merges]
    scoped, scope_faults = _scoped(workbook, source.tables.get("paragraphs"))
    faults = [*workbook.faults, *_without_id(source, workbook), *scope_faults]
    faults += (fault for merge in merges for fault in merge.faults)
    notices = [*workbook.notices, *(notice for merge in merges for notice in merge.notices)]
    merged = {table.name: table for table in tables if table.rows or table.name in source.tables}
    return GivenRows(merged | ({"paragraphs": scoped} if scoped else {}), faults, notices)


def _scoped(workbook: Workbook, present: Table | None) -> tuple[Table | None, list[Fault]]:
    """Return the table of paragraphs with the scopes that a workbook changes, none without a change, and faults."""
    rows = {row.cells.get("number", ""): replace(row, path=present.path) for row in present.rows} if present else {}
    faults = []
    changed = {}
    for number, row in workbook.scopes.items():
        typed, written = row.cells["scope"], workbook.written_scopes.get(number, "")
        now = rows[number].cells.get("scope", "") if number in rows else ""
        if typed in (written, now):
            continue
        message = f"¶{number} has the scope {now or 'none'} in the data now; write the workbook anew"
        if number not in rows:
            message = f"¶{number} is no paragraph of paragraphs.csv; write the workbook anew"
        if now != written or number not in rows:
            faults.append(Fault(message, shown(row.path or workbook.path), row.line, SCOPE))
        else:
            changed[number] = replace(row, cells=rows[number].cells | {"scope": typed})
    if present is None or not changed:
        return None, faults
    columns = tuple(dict.fromkeys((*present.columns, "scope")))
    return replace(present, columns=columns, rows=tuple({**rows, **changed}.values())), faults


class _Merge:
    """The merge of one table of a workbook with the present one."""

    def __init__(self, workbook: Workbook, typed: Table, present: Table | None) -> None:
        self._columns = present.columns if present else ()
        self._present = {_id(row): replace(row, path=present.path) for row in present.rows} if present else {}
        self._written = workbook.written.get(typed.name, {})
        self._shown = workbook.quotes.get(typed.name, {})
        self._typed = replace(typed, rows=tuple(map(self._requoted, typed.rows)))
        self._given: dict[str, Row] = {}
        self.faults: list[Fault] = []
        self.notices: list[str] = []

    def table(self) -> Table:
        """Return the merged table."""
        new = list(self._new_rows())
        rows = [*self._present_rows(), *self._named_rows(), *new]
        columns = dict.fromkeys((*self._columns, *self._typed.columns))
        return Table(self._typed.name, self._typed.path, tuple(columns), tuple(map(self._pointed, rows)))

    def _fault(self, row: Row | None, message: str, column: str = "id") -> None:
        self.faults.append(Fault(message, shown(self._typed.path), row.line if row else None, column))

    def _new_rows(self) -> Iterator[Row]:
        """Yield the rows without an id, and keep those with an id; a row that was taken before is left out."""
        for row in self._typed.rows:
            if (name := _id(row)) in self._given:
                self._fault(row, f"{name!r} is the id of row {self._given[name].line} too; empty it in the new row")
            elif name:
                self._given[name] = row
        later = (row for name, row in self._present.items() if name not in self._written and name not in self._given)
        taken = {row_digest(replace(row, cells=row.cells | {"id": ""})) for row in later}
        yield from (row for row in self._typed.rows if not _id(row) and row_digest(row) not in taken)

    def _present_rows(self) -> Iterator[Row]:
        """Yield the present rows as the workbook changes them, without those that it removes."""
        for name, row in self._present.items():
            typed, now, written = self._given.get(name), row_digest(row), self._written.get(name)
            if typed is None and written:
                if written != now:
                    self._fault(None, f"{name!r} was removed here, and changed in the data; write the workbook anew")
            elif typed is None or row_digest(typed) in (now, written):
                yield row
            elif written == now:
                yield typed
            else:
                message = f"{name!r} is another row in the data now; write the workbook anew, and change it there"
                self._fault(typed, message)

    def _named_rows(self) -> Iterator[Row]:
        """Yield the rows whose ids a person gave; a row that was removed from the data must not be changed here."""
        for name, row in self._given.items():
            if name in self._present:
                continue
            if name not in self._written:
                yield row
            elif self._written[name] != row_digest(row):
                self._fault(row, f"{name!r} was removed from the data, and changed here; delete the row or its id")

    def _requoted(self, row: Row) -> Row:
        """Return a row without the quotes that the workbook showed; changed or emptied ones replace its evidence."""
        quote, shown_digest = row.cells.get(QUOTE), self._shown.get(_id(row), "")
        if quote is None or not shown_digest:  # no column of quotes, or none was shown
            return row
        if quote_digest(quote) == shown_digest:
            return replace(row, cells=row.cells | {QUOTE: ""})
        evidence, present = row.cells.get("evidence", ""), self._present.get(_id(row))
        is_same = present is not None and present.cells.get("evidence", "").split() == evidence.split()
        return replace(row, cells=row.cells | {"evidence": "" if is_same else evidence})

    def _pointed(self, row: Row) -> Row:
        """Return a row with points before the decimals of the cells that a person typed."""
        if row.path != self._typed.path:
            return row
        cells = dict(row.cells)
        for _, name, number in decimals(self._typed.name, [row]):
            if number:
                cells[name] = number
                place = f"{shown(self._typed.path)}:{row.line}: {name}"
                self.notices.append(f"{place}: {row.cells[name]} was read as {number}")
            else:
                self._fault(row, doubtful(row.cells[name]), name)
        return replace(row, cells=cells)


def _id(row: Row) -> str:
    return row.cells.get("id", "")
