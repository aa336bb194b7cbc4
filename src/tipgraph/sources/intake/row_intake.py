"""Rows of a person become the tables of a source: names become ids, quotes become evidence, and new rows get ids.

All faults are found before anything is written, each at the file, row and column that the person gave.

Decisions: docs/decisions/0121-quotes-are-kept-with-the-texts.md,
docs/decisions/0122-a-workbook-is-written-and-read-by-two-libraries.md.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import BadValue, CallError, Fault, InputError, near, shown
from tipgraph.model import REFERENCE_NAME, Ontology, ontology
from tipgraph.runtime import Lock
from tipgraph.sources.evidence import quotes
from tipgraph.sources.folder import Row, Source, Table, Texts, read_source, source_at
from tipgraph.sources.importers.import_run import ordered_columns
from tipgraph.sources.importers.row_builder import Cells, slug
from tipgraph.sources.intake.change_journal import ChangeJournal
from tipgraph.sources.intake.row_names import RowNames
from tipgraph.sources.intake.source_text import SourceText, citations
from tipgraph.sources.intake.table_files import FileChange, table_text, write_changed
from tipgraph.sources.privacy.screen import Gate
from tipgraph.sources.reference import with_reference
from tipgraph.sources.source_tables import QUOTE, Reading, RowReader, index_of, unlocated

_NOT_KEY = frozenset({"id", "evidence", "note", "review"})  # cells that do not make a claim another claim


class GivenRows(NamedTuple):
    """The complete rows of each table that a person gives, and the faults and notices that they are known to have."""

    tables: Mapping[str, Table]
    faults: Sequence[Fault] = ()
    notices: Sequence[str] = ()


class TakenRows(NamedTuple):
    """The number of rows now in each table that was given, the number of new rows of evidence, and notices.

    `before` is the source as it was. `new` names the rows that were given without an id, in their order and as
    TABLE/ID. `files` has what was written.
    """

    rows: Counter[str]
    evidence: int
    notices: tuple[str, ...]
    before: Source
    new: tuple[str, ...]
    files: Mapping[Path, FileChange]


def take_rows(
    folder: Path,
    give: Callable[[Source], GivenRows],
    texts: Texts,
    *,
    data: Path | None = None,
    read: Callable[[Path], Sequence[Source]] = with_reference,
    also: Callable[[Sequence[str]], Mapping[Path, str]] | None = None,
    journal: ChangeJournal | None = None,
) -> TakenRows:
    """Write rows of a person as tables of a source, all or none.

    `give` returns the rows for the source as it is, which nobody else changes meanwhile. Other tables stay, and so do
    the cells of columns that a given table lacks. A row may have:

    - an empty `id`: it gets one, the same for the same content;
    - quotes in a column `quote`, with `||` between them. They become evidence, beside the ids in the
      column `evidence`; if the given table has no such column, in place of the present evidence of the row. `quote#2`
      is the second place of a quote;
    - instead of an id the label or name of a row of this source, or else of the reference, if only one row has it;
      instead of a code its label.

    Quotes are kept in `NAME.quotes.csv` beside the text. `data` is the folder of all sources, by default that of the
    folder, and `read` reads them. `also` returns other files to write in the same step, from the names of the new rows;
    they are the last ones to be replaced. `journal` keeps the files as they were until all are written. Raises
    InputError with every fault, at the path and line of the given row; then nothing is written.
    """
    if folder.name == REFERENCE_NAME:
        raise BadValue(f"{REFERENCE_NAME} has no text to quote; edit its tables as files")
    with Lock(folder):
        source = read_source(folder)
        if source.faults:
            raise InputError(source.faults).adding("nothing was written")
        others = [other for other in read(data or folder.parent) if other.name != source.name]
        intake, given = _Intake(source, others, texts, ontology()), give(source)
        intake.faults += given.faults
        for table in given.tables.values():
            intake.add(table)
        intake.complete()
        if every := intake.all_faults():
            raise InputError(every).adding("nothing was written")
        files = intake.write(also(intake.new) if also else {}, journal)
    rows = Counter({name: len(intake.own.tables[name].rows) for name in given.tables})
    notices = tuple(dict.fromkeys([*given.notices, *intake.notices]))
    return TakenRows(rows, len(intake.evidence.new), notices, source, intake.new, files)


def take_quotes(name: str, texts: Texts, data: Path | None = None) -> TakenRows:
    """Complete the tables of a source that have quotes or rows without ids; raise InputError as `take_rows` does."""
    return take_rows(source_at(name, data).path, _incomplete, texts, data=data)


def _incomplete(source: Source) -> GivenRows:
    """Return the tables of a source that have quotes or rows without ids; raise CallError if there is none."""
    tables = {table.name: table for table in unlocated(source)}
    if not tables:
        raise CallError(
            f"no table of {source.name} has a column {QUOTE} or a row without an id; add one, or move its "
            "evidence to a corrected text with --again"
        )
    return GivenRows(tables)


class _Given(NamedTuple):
    """A row of a person: its table, its quotes, and the row to write, whose cells are completed step by step."""

    table: str
    quotes: list[str]
    row: Row
    is_quoted: bool  # its table has a column for quotes

    @property
    def key(self) -> list[tuple[str, str]]:
        """The cells that make it another claim than others."""
        return _key(self.row.cells)

    def fault(self, column: str, message: str) -> Fault:
        """Return a fault of the row at the place where the person wrote it."""
        return Fault(message, shown(self.row.path or Path()), self.row.line, column)


class _Evidence:
    """The evidence of a source: the ids of present places, and new rows."""

    def __init__(self, text: SourceText) -> None:
        self.text = text
        self.new: dict[str, Cells] = {}
        self._ids: dict[tuple[str, str], str] = {}

    def know(self, rows: Iterable[Row]) -> None:
        """Reuse rows of evidence for quotes of the same place."""
        self._ids |= {(row.cells.get("start", ""), row.cells.get("end", "")): row.cells["id"] for row in rows}

    def of(self, quote: str) -> str:
        """Return the id of the evidence of a quote."""
        cells = self.cells(quote)
        if (cells["start"], cells["end"]) not in self._ids:
            self.new[cells["id"]] = cells
            self._ids[cells["start"], cells["end"]] = cells["id"]
        return cells["id"]

    def cells(self, quote: str, row_id: str = "") -> Cells:
        """Return the row of evidence of a quote; raise ValueError if it has not one place."""
        place = quotes.place(self.text.words, quote, self.text.rule)
        cells = self.text.cells(place)
        new_id = f"p{place.paragraph}s{place.sentence}-{_mark([place.start, place.end, place.digest])}"
        return {"id": row_id or self._ids.get((cells["start"], cells["end"]), new_id), **cells}


class _Intake:
    """The tables of a source with the rows of a person, before they are written."""

    def __init__(self, source: Source, others: Sequence[Source], texts: Texts, terms: Ontology) -> None:
        self.present, self.others, self.terms = source, others, terms
        self.own = replace(source, tables=dict(source.tables))
        self.evidence = _Evidence(SourceText(source, texts))
        self.faults: list[Fault] = []
        self.notices: list[str] = []
        self._given: list[_Given] = []
        self._new: list[_Given] = []  # without an id
        self._changed: list[str] = []  # tables

    def add(self, table: Table) -> None:
        """Put the rows of a table in place of the present ones."""
        if table.name not in self.terms.tables:
            message = f"is no table of the ontology{near(table.name, self.terms.tables)}; rename or remove it"
            self.faults.append(Fault(message, shown(table.path)))
            return
        present = self.present.tables.get(table.name)
        old = {row.cells["id"]: row.cells for row in present.rows if row.cells.get("id")} if present else {}
        new = [row for row in table.rows if any(row.cells.values())]
        rows = [self._merged(table, row, old.get(row.cells.get("id", ""), {})) for row in new]
        columns = dict.fromkeys(("id", *table.columns, *(present.columns if present else ())))
        if columns.pop(QUOTE, "") is None and self._takes_evidence(table.name):
            columns["evidence"] = None
        gone = sorted(set(old) - {row.cells["id"] for row in rows})
        if gone:
            self.notices.append(f"{table.name}: removed {', '.join(gone)}")
        self._change(Table(table.name, table.path, tuple(columns), tuple(rows)))

    def _merged(self, table: Table, row: Row, before: Cells) -> Row:
        """Return a row with the present cells of columns that it lacks, and note its quotes."""
        cells = {"id": "", **before, **{name: " ".join(cell.split()) for name, cell in row.cells.items()}}
        own_quotes = quotes.parts(cells.pop(QUOTE, ""))
        is_quoted = QUOTE in table.columns
        if own_quotes and "evidence" not in table.columns:
            cells.pop("evidence", None)
        merged = replace(row, cells=cells, path=row.path or table.path)
        self._given.append(_Given(table.name, own_quotes, merged, is_quoted))
        self._new += self._given[-1:] if not cells["id"] else []
        return merged

    @property
    def new(self) -> tuple[str, ...]:
        """The rows that were given without an id, as TABLE/ID, after `complete`."""
        return tuple(f"{given.table}/{given.row.cells['id']}" for given in self._new)

    def complete(self) -> None:
        """Locate quotes, replace names by ids, and give ids to new rows."""
        if table := self.own.tables.get("evidence"):
            self.evidence.know(table.rows)
        self._locate()
        known = self._name_entries()
        self._add_evidence()
        names = RowNames(self.own, self.others, self.terms)
        for given in self._given:
            self.faults += self._resolve(names, given)
        known += self._name_claims()
        if known:
            self.notices.append(f"{known} row{' is' if known == 1 else 's are'} in the data already")
        self._remove_unused_evidence()
        self._empty_scopes()

    def all_faults(self) -> list[Fault]:
        """Return the faults of quotes and names, then those that a build would find, one for each cell."""
        known = {fault[1:] for fault in self.faults}
        if self.evidence.text.faults:  # no quote was located
            quoted_rows = [given for given in self._given if given.quotes]
            known |= {given.fault(name, "")[1:] for given in quoted_rows for name in (QUOTE, "evidence")}
        unquoted = {given.fault("evidence", "")[1:] for given in self._given
                    if given.is_quoted and not given.row.cells.get("evidence")}  # fmt: skip
        empty = "is empty; copy the words that show the claim"
        found = [
            fault._replace(message=empty, column=QUOTE) if fault[1:] in unquoted else fault
            for fault in self._build_faults()
        ]
        return [*self.faults, *(fault for fault in found if fault[1:] not in known)]

    def write(self, also: Mapping[Path, str], journal: ChangeJournal | None) -> dict[Path, FileChange]:
        """Write the tables and quotes that differ from the present ones, then other files, in one step.

        New rows come after all that they name, so that after a crash no table names a row that is not there.
        """
        files = {self.present.path / f"{name}.csv": self._text(self.own.tables[name])
                 for name in sorted(self._changed, key=self._rank)}  # fmt: skip
        text, evidence = self.evidence.text, self.own.tables.get("evidence")
        if text.path and text.is_current and evidence:
            files = {text.quotes_path: text.quotes_text(row.cells for row in evidence.rows), **files}
        return write_changed({**files, **also}, self.present.path, journal, text.path)

    def _rank(self, table: str) -> tuple[bool, bool]:
        is_entry = "Thing" in self.terms.classes.get(self.terms.tables[table], ())
        return table != "evidence", not is_entry

    def _takes_evidence(self, table: str) -> bool:
        return any("evidence" in self.terms.columns(cls) for cls in self.terms.below(self.terms.tables[table]))

    def _locate(self) -> None:
        """Replace quotes by evidence; a row of evidence that has its quote gets its place."""
        quoted = [given for given in self._given if given.quotes]
        if quoted and self.evidence.text.faults:
            self.faults += self.evidence.text.faults
            return
        for given in quoted:
            cells = given.row.cells
            names = _parts(cells.get("evidence", ""))
            for quote in [" ".join(given.quotes)] if given.table == "evidence" else given.quotes:
                try:
                    if given.table == "evidence":
                        cells.update(self.evidence.cells(quote, cells["id"]))
                        self.evidence.know([given.row])
                    elif self._takes_evidence(given.table):
                        names.append(self.evidence.of(quote))
                    else:
                        raise ValueError("an entry has no evidence of its own; quote its name in a row of namings")
                except ValueError as error:
                    self.faults.append(given.fault(QUOTE, str(error)))
            if given.table != "evidence" and names:
                cells["evidence"] = " | ".join(dict.fromkeys(names))

    def _add_evidence(self) -> None:
        """Add the new rows of evidence in the order of their places."""
        if not self.evidence.new:
            return
        table = self.own.tables.get("evidence") or Table("evidence", self.present.path / "evidence.csv", (), ())
        new = sorted(self.evidence.new.values(), key=lambda cells: (int(cells["start"]), int(cells["end"])))
        columns = tuple(dict.fromkeys((*table.columns, *(name for cells in new for name in cells))))
        rows = (*table.rows, *(Row(0, cells) for cells in new))
        self._change(replace(table, columns=columns, rows=rows))

    def _change(self, table: Table) -> None:
        self.own.tables[table.name] = table
        self._changed = list(dict.fromkeys((*self._changed, table.name)))

    def _name_entries(self) -> int:
        """Give an id to each new row with a label: the label, with a mark if another row has that id.

        Remove the rows that the source has already, and return their number.
        """
        taken, names = {(given.table, given.row.cells["id"]) for given in self._given}, None
        known: dict[int, Row] = {}
        for at, given in enumerate(self._given):
            cells = given.row.cells
            label = next((cell for name, cell in cells.items() if cell and name.partition("@")[0] == "label"), "")
            if not label or cells["id"]:
                continue
            name = slug(label)
            if (given.table, name) in taken:
                names = names or RowNames(self.present, self.others, self.terms)
                trial = given._replace(row=replace(given.row, cells=dict(cells)))  # with ids for names
                self._resolve(names, trial)
                present = self.present.tables.get(given.table)
                for row in present.rows if present else ():
                    if _key(row.cells) == trial.key:
                        known[at], name = row, row.cells["id"]
                        break
                else:
                    name = f"{name}-{_mark(given.key)}"
            cells["id"] = name
            taken.add((given.table, name))
        return self._remove_known(known)

    def _remove_known(self, known: Mapping[int, Row]) -> int:
        """Remove the given rows at these positions, which are present rows; return their number."""
        for at, row in known.items():
            self._notice_differences(self._given[at], row.cells)
        removed = {id(self._given[at].row) for at in known}
        for table in [self.own.tables[name] for name in {self._given[at].table for at in known}]:
            rows = tuple(row for row in table.rows if id(row) not in removed)
            self.own.tables[table.name] = replace(table, rows=rows)
        self._given = [given for at, given in enumerate(self._given) if at not in known]
        return len(known)

    def _notice_differences(self, given: _Given, present: Cells) -> None:
        for name in sorted(_NOT_KEY - {"id", "evidence"}):
            if given.row.cells.get(name) and given.row.cells[name] != present.get(name):
                place = f"{shown(given.row.path or Path())}:{given.row.line}: {name}"
                message = f"the row is {present['id']} already, with another {name}, which was not changed"
                self.notices.append(f"{place}: {message}; write the workbook anew, and change it there")

    def _name_claims(self) -> int:
        """Give an id to each other new row: its paragraph, and a mark that its cells and quotes determine.

        Remove the rows that the source has already, and return their number.
        """
        present = {(given.table, given.row.cells["id"]): given for given in self._given}
        known: dict[int, Row] = {}
        lines: dict[tuple[str, str], int] = {}
        for at, given in enumerate(self._given):
            cells = given.row.cells
            if cells["id"]:
                continue
            places = list(self._places(given))
            paragraph = f"p{places[0].get('paragraph')}" if places else given.table[0]
            cells["id"] = f"{paragraph}-{_mark(self._content(given))}"
            if other := present.get((given.table, cells["id"])):
                if self._content(other) == self._content(given):
                    known[at] = other.row
                else:
                    self.faults.append(_changed_since(given, other.row.cells))
                continue
            line = lines.setdefault((given.table, cells["id"]), given.row.line)
            if line != given.row.line:
                self.faults.append(given.fault("id", f"is the same as row {line}; remove one"))
        return self._remove_known(known)

    def _content(self, given: _Given) -> list[object]:
        """Return what makes a claim another one than others: its table, its cells and its quotes."""
        words = sorted(place.get("digest", "") for place in self._places(given)) or given.quotes
        return [given.table, given.key, words]

    def _places(self, given: _Given) -> Iterator[Cells]:
        """Yield the rows of the evidence of a row."""
        for name in _parts(given.row.cells.get("evidence", "")):
            if name in self._evidence_rows:
                yield self._evidence_rows[name]

    @cached_property
    def _evidence_rows(self) -> dict[str, Cells]:
        table = self.own.tables.get("evidence")
        return {row.cells["id"]: row.cells for row in table.rows} if table else {}

    def _resolve(self, names: RowNames, given: _Given) -> list[Fault]:
        """Replace the names in a row by ids, and labels of codes by codes; return the faults."""
        faults = []
        cells, base = given.row.cells, self.terms.tables[given.table]
        cls = cells.get("type") or base
        columns = self.terms.columns(cls) if cls in self.terms.classes else {}
        for name, column in columns.items():
            if not (cells.get(name) and (column.refers or column.scheme or column.among)):
                continue
            before = _parts(cells[name]) if column.many else [cells[name]]
            after = list(before)
            for position, part in enumerate(before):
                try:
                    after[position] = names.value(column, part)
                except ValueError as error:
                    faults.append(given.fault(name, str(error)))
            if after != before:
                cells[name] = " | ".join(after)
                if column.among:
                    place = f"{shown(given.row.path or Path())}:{given.row.line}: {name}"
                    self.notices.append(f"{place}: {' | '.join(before)} was read as {cells[name]}")
        return faults

    def _remove_unused_evidence(self) -> None:
        """Remove the evidence that a claim named before, and that no claim names now."""
        table = self.own.tables.get("evidence")
        if table is None or any(given.table == "evidence" for given in self._given):
            return
        unused = {evidence for _, evidence in citations([self.present], self.own.name)}
        unused -= {evidence for _, evidence in citations([self.own, *self.others], self.own.name)}
        rows = tuple(row for row in table.rows if row.cells["id"] not in unused)
        if rows != table.rows:
            self._change(replace(table, rows=rows))

    def _empty_scopes(self) -> None:
        """Empty the scope of paragraphs from which a quote is now."""
        table = self.own.tables.get("paragraphs")
        if table is None:
            return
        numbers = {cells["paragraph"] for cells in self.evidence.new.values()}
        rows = list(table.rows)
        for position, row in enumerate(rows):
            number, scope = row.cells.get("number", ""), row.cells.get("scope", "")
            if scope not in ("", "table") and number in numbers:  # a row of a table stays one
                self.notices.append(f"¶{number} has a claim now, so that its scope, {scope}, was removed")
                rows[position] = replace(row, cells={**row.cells, "scope": ""})
        if rows != list(table.rows):
            self._change(replace(table, rows=tuple(rows)))

    def _build_faults(self) -> Iterator[Fault]:
        """Yield the faults that a build would find: of values, references and personal data."""
        reading = Reading()
        index_of([self.own], self.terms, reading.faults)
        index = index_of([self.own, *self.others], self.terms, [])
        reader = RowReader(self.own, self.terms, index, reading)
        reader.settings()
        for table in self.own.tables.values():
            if table.name in self.terms.tables:
                reader.table(table)
        yield from reading.faults
        reference = next(other for other in self.others if other.name == REFERENCE_NAME)
        gate = Gate(self.terms, reference, index)
        for given in self._given:
            for concern in gate.row(self.own.name, given.table, given.row.cells):
                if concern.stops:
                    yield given.fault(concern.column, concern.fault.message)

    def _text(self, table: Table) -> str:
        """Return the text of a table; one that is new or gets another column has all columns of its kind.

        So git joins the rows that two people add at the same time, whatever columns each of them fills.
        """
        present, rows = self.present.tables.get(table.name), [row.cells for row in table.rows]
        used = {"id", *(name for cells in rows for name, cell in cells.items() if cell)}
        if present is None or not used <= {*present.columns, QUOTE, "evidence"}:
            classes = self.terms.below(self.terms.tables[table.name])
            used |= {name for cls in classes for name in self.terms.columns(cls)} - {"source"}
            used |= {"type"} if len(classes) > 1 else set()
        return table_text(present, ordered_columns(self.terms, table.name, used), rows)


def _changed_since(given: _Given, present: Cells) -> Fault:
    """Return the fault of a new row that would get the id of a present row with other cells."""
    cells = given.row.cells
    names = [name for name in dict.fromkeys([*cells, *present]) if cells.get(name, "") != present.get(name, "")]
    differing = ", ".join(name for name in names if name not in _NOT_KEY - {"evidence"})
    message = f"would be {cells['id']}, which has another {differing}; write an id of its own, or delete the row"
    return given.fault("id", message)


def _key(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted((name, cell) for name, cell in cells.items() if cell and name not in _NOT_KEY)


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split("|")) if part]


def _mark(key: object) -> str:
    """Return six letters and digits that a key determines."""
    raw = hashlib.sha256(json.dumps(key, ensure_ascii=False).encode("utf-8")).digest()
    return base64.b32encode(raw).decode("ascii")[:6].lower()
