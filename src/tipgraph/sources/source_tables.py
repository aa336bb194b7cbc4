"""Rows of a source's tables to statements: one generic reader, no code per table.

A column is a property of the ontology, and its shape decides what a cell may hold. Cells with several values part them
by `|`. A reference is the id of a row of the same source (`iom`), a table and an id (`funding/p13-1`), or a source and
an id (`reference/iom`). A column may carry a language: `label@es`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import Fault, shown
from tipgraph.model import (
    AUDITS,
    EDTF,
    IDENTITY,
    LANG_STRING,
    RDF_TYPE,
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
from tipgraph.sources.folder import SOURCE_FILE, Source, Table

_SOURCE = NamedNode(tip.source)
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_NOT_PROPERTIES = frozenset({"id", "type"})
_GRAPHS = {"Judgement": IDENTITY, "Assessment": AUDITS}  # what is judged stands in graphs of its own
_SPREADSHEET_DATE = re.compile(r"[A-Za-z]{3}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-[A-Za-z]{3}(?:-\d{2,4})?")
_LEXICAL = {
    "boolean": re.compile(r"true|false"),
    "duration": re.compile(r"P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"),
    "anyURI": re.compile(r"https?://[^\s<>\"{}|\\^`]+"),
    "integer": re.compile(r"-?[0-9]{1,15}"),
    "decimal": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"),
    "language": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "string": re.compile(r".+"),
}
_EXAMPLES = {
    "boolean": "write true or false",
    "duration": "write P2D for two days, P24M for 24 months",
    "anyURI": "write an http or https address",
    "integer": "write a whole number, without marks between its digits",
    "language": "write a tag such as es or pt-BR",
    "decimal": "write a number with a point before its decimals, and no other marks",
    "string": "write some characters",
}


class Target(NamedTuple):
    """A row that references can mean: its node and the local name of its class."""

    iri: NamedNode
    cls: str


class Index:
    """The rows that references can mean, by source and id, and by source and `table/id`."""

    def __init__(self) -> None:
        """Begin with no row."""
        self._targets: dict[tuple[str, str], list[Target]] = {}

    def add(self, source: str, table: str, name: str, cls: str) -> None:
        """Let references mean a row."""
        target = Target(data_iri(source, table, name), cls)
        self._targets.setdefault((source, name), []).append(target)
        self._targets[source, f"{table}/{name}"] = [target]

    def add_source(self, source: str) -> None:
        """Let references mean a source itself, by its name and a slash."""
        self._targets[source, ""] = [Target(data_iri(source), "Source")]

    def candidates(self, source: str, value: str) -> list[Target]:
        """Return the rows that a reference in a source can mean."""
        own = self._targets.get((source, value), [])
        other, _, name = value.partition("/")
        return own or self._targets.get((other, name), [])

    def names(self, source: str, fitting: Callable[[Target], bool]) -> list[str]:
        """Return the ids of a source's rows that fit."""
        return [
            name for (other, name), targets in self._targets.items() if other == source and any(map(fitting, targets))
        ]


@dataclass
class Reading:
    """What was read: the statements, and the faults that were met on the way."""

    statements: list[Statement] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(sources: Sequence[Source], ontology: Ontology) -> Reading:
    """Turn the settings and tables of sources into statements; every fault is listed, none stops the reading."""
    reading = Reading(faults=[fault for source in sources for fault in source.faults])
    index = index_of(sources, ontology, reading.faults)
    for source in sources:
        reader = RowReader(source, ontology, index, reading)
        reader.settings()
        for table in source.tables.values():
            if table.name in ontology.tables:
                reader.table(table)
    return reading


def index_of(sources: Sequence[Source], ontology: Ontology, faults: list[Fault]) -> Index:
    """Return the index of every row, and list the ids that cannot stand."""
    index = Index()
    for source in sources:
        index.add_source(source.name)
        for table in source.tables.values():
            if table.name not in ontology.tables:
                near = _near(table.name, ontology.tables)
                faults.append(Fault(f"is no table of the ontology{near}; rename or remove it", shown(table.path)))
                continue
            seen: dict[str, int] = {}
            for row in table.rows:
                name = row.cells.get("id", "")
                if not _ID.fullmatch(name):
                    message = f"{name!r} is no id; use lower-case letters, digits, hyphens and dots"
                    faults.append(Fault(message, table.at(row), row.line, "id"))
                elif name in seen:
                    message = f"{name!r} is the id of row {seen[name]} too; change one"
                    faults.append(Fault(message, table.at(row), row.line, "id"))
                else:
                    seen[name] = row.line
                    index.add(source.name, table.name, name, row.cells.get("type") or ontology.tables[table.name])
    return index


class _Unreadable(Exception):
    """A reference that cannot be judged."""


class _Subject(NamedTuple):
    """The node that a row is about, the graph that says so, and where the row stands."""

    node: NamedNode
    graph: NamedNode
    file: str
    line: int | None


class RowReader:
    """Reads the rows of one source."""

    def __init__(self, source: Source, ontology: Ontology, index: Index, reading: Reading) -> None:
        """Read for a source, with the rows that its references can mean, into a reading."""
        self.source = source
        self.ontology = ontology
        self.index = index
        self.reading = reading
        self.graph = data_iri(source.name)
        self._defaults = dict(self._set_by_source())

    def _set_by_source(self) -> Iterator[tuple[str, str]]:
        """Yield the defaults that `source.toml` sets for the columns of its rows, such as who reviewed them."""
        for column in self.ontology.columns("Source").values():
            if code := self.ontology.codes.get(column.scheme, {}).get(self.source.about.get(column.name, "")):
                yield column.name, code

    def settings(self) -> None:
        """Read `source.toml` as the one row of a table of its own."""
        about = _Subject(self.graph, self.graph, shown(self.source.path / SOURCE_FILE), None)
        self._row("Source", self._known("Source", self.source.about, about), about)

    def table(self, table: Table) -> None:
        """Read every row of a table."""
        base, file = self.ontology.tables[table.name], shown(table.path)
        graph = _GRAPHS.get(base, self.graph)
        head = _Subject(self.graph, graph, file, 1)
        known = self._known(base, dict.fromkeys(table.columns, ""), head)
        absent = [c.name for c in self.ontology.columns(base).values() if c.needed and c.name not in known]
        for name in absent:
            self._fault(head, name, "there is no such column, and every row needs it; add it")
        for row in table.rows:
            cls, name = row.cells.get("type") or base, row.cells.get("id", "")
            about = _Subject(self.graph, graph, table.at(row), row.line)
            if base not in self.ontology.classes.get(cls, ()):
                below = ", ".join(self.ontology.below(base))
                self._fault(about, "type", f"{cls!r} is no class of this table; use one of {below}")
            elif _ID.fullmatch(name):
                cells = {column: cell for column, cell in row.cells.items() if column in known}
                self._row(cls, cells, about._replace(node=data_iri(self.source.name, table.name, name)), absent)

    def row(self, table: str, cells: Mapping[str, str], line: int | None = None) -> None:
        """Read one row that a program wrote: its columns are those of its class."""
        cls = cells.get("type") or self.ontology.tables[table]
        node = data_iri(self.source.name, table, cells["id"])
        values = {name: cell for name, cell in cells.items() if name not in _NOT_PROPERTIES}
        self._row(cls, values, _Subject(node, self.graph, self.source.about.get("textFile", ""), line))

    def _known(self, base: str, cells: Mapping[str, str], about: _Subject) -> dict[str, str]:
        """Return the cells whose columns some class of the table has, and list the columns that none has."""
        columns = {name for cls in self.ontology.below(base) for name in self.ontology.columns(cls)} - {"source"}
        known = {}
        for name, cell in cells.items():
            plain = name.partition("@")[0]
            if plain in columns:
                known[name] = cell
            elif name not in _NOT_PROPERTIES:
                self._fault(about, name, f"{base} has no such column{_near(plain, columns)}; rename or remove it")
        return known

    def _row(self, cls: str, cells: Mapping[str, str], about: _Subject, absent: Collection[str] = ()) -> None:
        columns = self.ontology.columns(cls)
        self._say(about, RDF_TYPE, _node(terms.iri(cls)))
        if "source" in columns:
            self._say(about, _SOURCE, self.graph)
        for name, cell in cells.items():
            column = columns.get(name) or columns.get(name.partition("@")[0])
            if cell and column:
                self._cell(about, column, name, cell)
            elif cell:
                self._fault(about, name, f"a {cls} has no such column; empty the cell, or change the type")
        for column in [column for column in self._expected(cls) if not cells.get(column.name)]:
            if column.default:
                self._say(about, _node(column.iri), _node(self._defaults.get(column.name, column.default)))
            elif column.name not in absent:
                self._fault(about, column.name, "is empty, and every row needs it; fill it in")

    @cache  # noqa: B019 - a reader lives as long as its source is read
    def _expected(self, cls: str) -> list[Column]:
        """Return the columns that must be filled, or are filled by default."""
        columns = self.ontology.columns(cls).values()
        return [one for one in columns if one.name != "source" and (one.default or one.required)]

    def _cell(self, about: _Subject, column: Column, name: str, cell: str) -> None:
        language = name.partition("@")[2] or "en"
        for part in map(str.strip, cell.split("|")) if column.many else (cell,):
            try:
                self._say(about, _node(column.iri), self._term(column, part, language))
                if column.iri == tip.date:
                    self.reading.statements += _date_statements(about.node, part, about.graph)
            except _Unreadable:
                continue  # the row may stand in a table that could not be read, which is a fault already
            except ValueError as error:
                self._fault(about, name, str(error))

    def _say(self, about: _Subject, predicate: NamedNode, value: Object) -> None:
        self.reading.statements.append(Statement(about.node, predicate, value, about.graph))

    def _fault(self, about: _Subject, column: str, message: str) -> None:
        self.reading.faults.append(Fault(message, about.file, about.line, column))

    def _term(self, column: Column, value: str, language: str) -> Object:
        _hold_form(column, value)
        if column.scheme:
            return self._code(column.scheme, value)
        if column.refers:
            return self._reference(column.refers, value)
        if column.datatype == LANG_STRING:
            return Literal(value, language=language)
        if column.datatype:
            literal = _literal(value, column.datatype)
            column.hold(value)
            return literal
        if not re.fullmatch(_LEXICAL["anyURI"], value):
            raise ValueError(f"{value!r} is no http(s) address; write the whole IRI")
        return NamedNode(value)

    def _code(self, scheme: str, value: str) -> NamedNode:
        codes = self.ontology.codes[scheme]
        if value not in codes:
            near = _near(value, codes)
            raise ValueError(f"{value!r} is no code of {scheme}{near}; the codes are {', '.join(sorted(codes))}")
        return _node(codes[value])

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
        if self.source.unread:
            raise _Unreadable
        known = self.index.names(self.source.name, lambda one: refers in self.ontology.classes.get(one.cls, ()))
        raise ValueError(f"{value!r} is the id of no row{_near(value, known)}; add the row or correct the id")


_node = lru_cache(maxsize=4096)(NamedNode)  # terms of the ontology and codes, which rows name again and again


def _hold_form(column: Column, value: str) -> None:
    """Raise ValueError for a value that its column cannot have, whatever its type."""
    if not value:
        raise ValueError("has an empty part between two |; remove one |")
    if column.among and value not in column.among:
        raise ValueError(f"{value!r} is no {column.name}; {column.hint}")
    if column.pattern and not re.search(column.pattern, value):
        raise ValueError(f"{value!r} does not have the form {column.pattern}; a spreadsheet may have changed it")


def _date_statements(subject: NamedNode, edtf: str, graph: NamedNode) -> Iterator[Statement]:
    for predicate, day in zip((tip.earliest, tip.latest), bounds(edtf), strict=True):
        if day:
            yield Statement(subject, _node(predicate), Literal(day.isoformat(), datatype=_node(_XSD + "date")), graph)


def _literal(value: str, datatype: str) -> Literal:
    if datatype == EDTF:
        try:
            plausible(value)
        except ValueError as error:
            hint = "a spreadsheet has changed it; " if _SPREADSHEET_DATE.fullmatch(value) else ""
            raise ValueError(f"{error}; {hint}write 2004, 2004-11, 2004-11-11, 2004-22 or first/last") from error
        return Literal(value, datatype=_node(EDTF))
    kind = datatype.removeprefix(_XSD)
    if kind == "date":
        if not is_day(value):
            raise ValueError(f"{value!r} is no day; write it as 2004-11-11")
        plausible(value)
    elif not _LEXICAL[kind].fullmatch(value):
        raise ValueError(f"{value!r} is no {kind}; {_EXAMPLES[kind]}")
    return Literal(value, datatype=_node(datatype))


def _near(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f" (perhaps {close[0]!r})" if close else ""
