"""Statements from the tables of a source: one generic reader, no code per table.

A column is a property of the ontology, and its shape decides the values of a cell. A `|` separates several values. A
reference is the id of a row of the same source (`iom`), a table and an id (`funding/p13-1`), or a source and an id
(`reference/iom`). A column may have a language: `label@es`.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import Fault, near, shown
from tipgraph.model import (
    AUDITS,
    EDTF,
    IDENTITY,
    LANG_STRING,
    RDF_TYPE,
    REFERENCE_NAME,
    XSD,
    Column,
    Object,
    Ontology,
    Statement,
    bounds,
    data_iri,
    is_day,
    plausible,
    terms,
    tip,
)
from tipgraph.runtime import read_toml
from tipgraph.sources.folder import SOURCE_FILE, Source, Table

_REPEATED = 256  # values of a column whose terms are kept, since rows near each other repeat them
QUOTE = "quote"  # a column of rows whose evidence has not been located yet

_SOURCE = NamedNode(tip.source)
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_TWO_PEOPLE = "if two people changed it, keep one; else give one another id"
_NOT_PROPERTIES = frozenset({"id", "type"})
_GRAPHS = {"Judgement": IDENTITY, "Assessment": AUDITS}  # judgements are in graphs of their own
_SPREADSHEET_DATE = re.compile(r"[A-Za-z]{3}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-[A-Za-z]{3}(?:-\d{2,4})?")


class Target(NamedTuple):
    """A row that a reference can mean: its node and the name of its class."""

    iri: NamedNode
    cls: str


class Index:
    """The targets of references, by source and id, and by source and `table/id`."""

    def __init__(self) -> None:
        self._targets: dict[tuple[str, str], list[Target]] = {}

    def add(self, source: str, table: str, name: str, cls: str) -> None:
        """Add a row."""
        target = Target(data_iri(source, table, name), cls)
        self._targets.setdefault((source, name), []).append(target)
        self._targets[source, f"{table}/{name}"] = [target]

    def add_source(self, source: str) -> None:
        """Add a source itself, by its name and a slash."""
        self._targets[source, ""] = [Target(data_iri(source), "Source")]

    def candidates(self, source: str, value: str) -> list[Target]:
        """Return the targets that a reference in a source can mean."""
        own = self._targets.get((source, value), [])
        other, _, name = value.partition("/")
        return own or self._targets.get((other, name), [])

    def names(self, source: str, fitting: Callable[[Target], bool]) -> list[str]:
        """Return the ids of the rows of a source that fit."""
        return [
            name for (other, name), targets in self._targets.items() if other == source and any(map(fitting, targets))
        ]


@dataclass
class Reading:
    """The statements and the faults of a reading, and the index of all rows."""

    statements: list[Statement] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    index: Index = field(default_factory=Index)


def read(sources: Sequence[Source], ontology: Ontology) -> Reading:
    """Turn the settings and tables of sources into statements, with a list of all faults."""
    reading = Reading(faults=[fault for source in sources for fault in source.faults])
    reading.index = index_of(sources, ontology, reading.faults)
    for source in sources:
        reader = RowReader(source, ontology, reading.index, reading)
        reader.settings()
        for table in source.tables.values():
            if table.name in ontology.tables:
                reader.table(table)
    return reading


def unlocated(source: Source) -> list[Table]:
    """Return the tables with quotes or rows without an id, which `tipgraph source locate` completes.

    That command does not take the reference.
    """
    tables = source.tables.values() if source.name != REFERENCE_NAME else ()
    return [table for table in tables if QUOTE in table.columns or not all(row.cells.get("id") for row in table.rows)]


def _unlocated_fault(source: Source) -> Iterator[Fault]:
    """Yield one fault for all rows of a source that are not located yet."""
    if tables := unlocated(source):
        rows = sum(bool(row.cells.get(QUOTE)) or not row.cells.get("id") for table in tables for row in table.rows)
        names = ", ".join(table.name for table in tables)
        message = f"{rows:,} row{'s' * (rows != 1)} with quotes or without an id ({names}) are not located yet"
        yield Fault(f"{message}; run `tipgraph source locate {source.name}`", shown(source.path))


def index_of(sources: Sequence[Source], ontology: Ontology, faults: list[Fault]) -> Index:
    """Return the index of all rows, and add a fault for each wrong id, and one for all rows that are not located."""
    index = Index()
    for source in sources:
        index.add_source(source.name)
        faults += _unlocated_fault(source)
        for table in source.tables.values():
            if table.name not in ontology.tables:
                message = f"is no table of the ontology{near(table.name, ontology.tables)}; rename or remove it"
                faults.append(Fault(message, shown(table.path)))
                continue
            seen: dict[str, int] = {}
            for row in table.rows:
                name = row.cells.get("id", "")
                message = _wrong_id(name, seen)
                if not message:
                    seen[name] = row.line
                    index.add(source.name, table.name, name, row.cells.get("type") or ontology.tables[table.name])
                elif name or source.name == REFERENCE_NAME:  # else it is not located yet
                    faults.append(Fault(message, table.at(row), row.line, "id"))
    return index


def _wrong_id(name: str, seen: Mapping[str, int]) -> str:
    """Return what is wrong with the id of a row; `seen` has the lines of earlier ones."""
    if not name:
        return "is empty; write an id"
    if not _ID.fullmatch(name):
        return f"{name!r} is no id; use lower-case letters, digits, hyphens and dots"
    return f"{name!r} is the id of row {seen[name]} too; {_TWO_PEOPLE}" if name in seen else ""


class _Unreadable(Exception):
    """A reference that may mean a row of a table that is not read, or not located yet."""


class _Subject(NamedTuple):
    """The node of a row, its graph, and the place of the row."""

    node: NamedNode
    graph: NamedNode
    file: str
    line: int | None


class _ReadColumn(NamedTuple):
    """A column of a class as it is read: its property, the function for the term of a value, and its form."""

    predicate: NamedNode
    term: Callable[[str], Object]
    many: bool
    is_date: bool


class _ReadClass(NamedTuple):
    """A class as it is read: its type, whether its rows have a source, the function for the column of a name.

    `expected` are the columns with a default or a needed value.
    """

    type: NamedNode
    has_source: bool
    column: Callable[[str], _ReadColumn | None]
    expected: Sequence[Column]


class RowReader:
    """Reads the rows of one source."""

    def __init__(self, source: Source, ontology: Ontology, index: Index, reading: Reading) -> None:
        self.source = source
        self.ontology = ontology
        self.index = index
        self.reading = reading
        self.graph = data_iri(source.name)
        codes = {  # that `source.toml` sets for columns, such as the review
            column.name: self.ontology.codes.get(column.scheme, {}).get(source.about.get(column.name, ""))
            for column in ontology.columns("Source").values()
        }
        self._defaults = {name: code for name, code in codes.items() if code}
        self._lacks_rows = bool(source.unread or unlocated(source))
        self._class = cache(self._read_class)  # it ends with the reader

    def settings(self) -> None:
        """Read `source.toml` as the row of the source."""
        subject = _Subject(self.graph, self.graph, shown(self.source.path / SOURCE_FILE), None)
        self._row("Source", self._known("Source", self.source.about, subject), subject)

    def table(self, table: Table) -> None:
        """Read every row of a table."""
        base, file = self.ontology.tables[table.name], shown(table.path)
        graph = _GRAPHS.get(base, self.graph)
        head = _Subject(self.graph, graph, file, 1)
        known = self._known(base, dict.fromkeys(table.columns, ""), head)
        absent = self._absent(base, known, head, quoted=QUOTE in table.columns)
        for row in table.rows:
            cls, name = row.cells.get("type") or base, row.cells.get("id", "")
            subject = _Subject(self.graph, graph, table.at(row) if row.path else file, row.line)
            if base not in self.ontology.classes.get(cls, ()):
                below = ", ".join(self.ontology.below(base))
                self._fault(subject, "type", f"{cls!r} is no class of this table; use one of {below}")
            elif _ID.fullmatch(name) and not row.cells.get(QUOTE):
                cells = {column: cell for column, cell in row.cells.items() if column in known}
                self._row(cls, cells, subject._replace(node=data_iri(self.source.name, table.name, name)), absent)

    def misfits(self, table: str, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the reason for each cell of a new row that does not fit, and for each needed one that is empty.

        The reader then has a reading of its own.
        """
        self.reading = tried = Reading(index=self.index)
        own = {name: cell for name, cell in cells.items() if name not in _NOT_PROPERTIES}
        self._row(cells.get("type") or self.ontology.tables[table], own, _Subject(self.graph, self.graph, "", None))
        wrong: dict[str, str] = {}
        for fault in tried.faults:
            wrong.setdefault(str(fault.column), fault.message)
        return wrong

    def _known(self, base: str, cells: Mapping[str, str], subject: _Subject) -> dict[str, str]:
        """Return the cells of known columns, and add a fault for each unknown column of the table."""
        columns = {name for cls in self.ontology.below(base) for name in self.ontology.columns(cls)} - {"source"}
        known = {}
        for name, cell in cells.items():
            plain = name.partition("@")[0]
            if plain in columns:
                known[name] = cell
            elif name not in _NOT_PROPERTIES and not (name == QUOTE and self._lacks_rows):
                self._fault(subject, name, f"{base} has no such column{near(plain, columns)}; rename or remove it")
        return known

    def _absent(self, base: str, known: Collection[str], head: _Subject, *, quoted: bool) -> list[str]:
        """Return the needed columns that a table lacks, and add a fault for each; quotes are to become evidence."""
        absent = [c.name for c in self.ontology.columns(base).values() if c.needed and c.name not in known]
        for name in (name for name in absent if not (quoted and name == "evidence")):
            self._fault(head, name, "there is no such column, and every row needs it; add it")
        return absent

    def _row(self, cls: str, cells: Mapping[str, str], subject: _Subject, absent: Collection[str] = ()) -> None:
        known = self._class(cls)
        self._state(subject, RDF_TYPE, known.type)
        if known.has_source:
            self._state(subject, _SOURCE, self.graph)
        for name, cell in cells.items():
            if cell and (column := known.column(name)):
                self._cell(subject, column, name, cell)
            elif cell:
                self._fault(subject, name, f"a {cls} has no such column; empty the cell, or change the type")
        for empty in (expected for expected in known.expected if not cells.get(expected.name)):
            if empty.default:
                self._state(subject, _node(empty.iri), _node(self._defaults.get(empty.name, empty.default)))
            elif empty.name not in absent:
                self._fault(subject, empty.name, "is empty, and every row needs it; fill it in")

    def _read_class(self, cls: str) -> _ReadClass:
        columns = self.ontology.columns(cls)
        expected = [
            column for column in columns.values() if column.name != "source" and (column.default or column.required)
        ]
        column = cache(partial(self._read_column, columns))
        return _ReadClass(_node(terms.iri(cls)), "source" in columns, column, expected)

    def _read_column(self, columns: Mapping[str, Column], name: str) -> _ReadColumn | None:
        """Return the column of a class by its name, perhaps with a language; None if there is none."""
        plain, _, language = name.partition("@")
        column = columns.get(name) or columns.get(plain)
        if column is None:
            return None
        term = lru_cache(_REPEATED)(partial(self._term, column, language=language or "en"))
        return _ReadColumn(_node(column.iri), term, column.many, column.iri == tip.date)

    def _cell(self, subject: _Subject, column: _ReadColumn, name: str, cell: str) -> None:
        node, predicate, graph = subject.node, column.predicate, subject.graph
        for part in map(str.strip, cell.split("|")) if column.many else (cell,):
            try:
                self.reading.statements.append(Statement(node, predicate, column.term(part), graph))
                if column.is_date:
                    self.reading.statements += [Statement(node, bound, day, graph) for bound, day in bounds_of(part)]
            except _Unreadable:
                continue  # the unread table is a fault already
            except ValueError as error:
                self._fault(subject, name, str(error))

    def _state(self, subject: _Subject, predicate: NamedNode, value: Object) -> None:
        self.reading.statements.append(Statement(subject.node, predicate, value, subject.graph))

    def _fault(self, subject: _Subject, column: str, message: str) -> None:
        self.reading.faults.append(Fault(message, subject.file, subject.line, column))

    def _term(self, column: Column, value: str, language: str) -> Object:
        check_value(column, value, self.ontology)
        if column.scheme:
            return _node(self.ontology.codes[column.scheme][value])
        if column.refers:
            return self._reference(column.refers, value)
        if column.datatype == LANG_STRING:
            return Literal(value, language=language)
        if column.datatype:
            literal = _literal(value, column.datatype)
            column.hold(value)
            return literal
        if not _fits("anyURI", value):
            raise ValueError(f"{value!r} is no http(s) address; write the whole IRI")
        return NamedNode(value)

    def _reference(self, refers: str, value: str) -> NamedNode:
        candidates = self.index.candidates(self.source.name, value)
        fitting = [target for target in candidates if refers in self.ontology.classes.get(target.cls, ())]
        if len(fitting) == 1:
            return fitting[0].iri
        if fitting:
            tables = ", ".join("/".join(target.iri.value.split("/")[-2:]) for target in fitting)
            raise ValueError(f"{value!r} is in several tables; write which: {tables}")
        if candidates:
            raise ValueError(f"{value!r} is a {candidates[0].cls}, and this column takes a {refers}")
        if self._lacks_rows:
            raise _Unreadable
        known = self.index.names(self.source.name, lambda target: refers in self.ontology.classes.get(target.cls, ()))
        raise ValueError(f"{value!r} is the id of no row{near(value, known)}; add the row or correct the id")


@cache
def literal_forms() -> dict[str, dict[str, str]]:
    """Return the pattern of each datatype, and what to write instead of any other value."""
    return read_toml(Path(__file__).with_name("literals.toml"))


def _fits(kind: str, value: str) -> bool:
    return re.fullmatch(literal_forms()[kind]["pattern"], value) is not None


_node = lru_cache(maxsize=4096)(NamedNode)  # terms and codes, which many rows repeat


def check_value(column: Column, value: str, terms: Ontology) -> None:
    """Raise ValueError for a value without the form of its column, and for one that is no code of its scheme."""
    if not value:
        raise ValueError("has an empty part between two |; remove one |")
    if column.among and value not in column.among:
        raise ValueError(f"{value!r} is no {column.name}; {column.hint}")
    if column.pattern and not re.search(column.pattern, value):
        raise ValueError(f"{value!r} does not have the form {column.pattern}; a spreadsheet may have changed it")
    if column.scheme and value not in (codes := terms.codes[column.scheme]):
        hint = near(value, codes)
        raise ValueError(f"{value!r} is no code of {column.scheme}{hint}; the codes are {', '.join(sorted(codes))}")


@lru_cache(_REPEATED)
def bounds_of(edtf: str) -> tuple[tuple[NamedNode, Literal], ...]:
    """Return the first and the last day of a date with their properties, without an open end."""
    days = zip((tip.earliest, tip.latest), bounds(edtf), strict=True)
    return tuple((_node(bound), Literal(day.isoformat(), datatype=_node(XSD + "date"))) for bound, day in days if day)


def _literal(value: str, datatype: str) -> Literal:
    if datatype == EDTF:
        try:
            plausible(value)
        except ValueError as error:
            hint = "a spreadsheet has changed it; " if _SPREADSHEET_DATE.fullmatch(value) else ""
            forms = "write 2004, 2004-11 or 2004-11-11; 2023-07/.. means since July 2023, and 2004-22 summer 2004"
            raise ValueError(f"{error}; {hint}{forms}") from error
        return Literal(value, datatype=_node(EDTF))
    kind = datatype.removeprefix(XSD)
    if kind == "date":
        if not is_day(value):
            raise ValueError(f"{value!r} is no day; write it as 2004-11-11")
        plausible(value)
    elif not _fits(kind, value):
        raise ValueError(f"{value!r} is no {kind}; {literal_forms()[kind]['message']}")
    return Literal(value, datatype=_node(datatype))
