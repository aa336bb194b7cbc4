"""Any CSV file with a mapping in TOML: the class of its rows, and the property of each column.

    class = "Funding"

    [columns]
    "Donor" = "giver"
    "Grantee" = "receiver"
    "Amount (USD)" = "amount"

    [fixed]
    currency = "USD"
    moneyKind = "awarded"

`decimal = ","` means a comma before decimals. The range of a property decides how its cells are read: names of
countries are looked up, names of actors and undertakings become entries, codes are given by notation or label, amounts
and dates in their common spellings. A row without the properties that its class needs is left out, with a fault.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tipgraph.errors import Fault, InputError
from tipgraph.model import Column, Ontology, ontology
from tipgraph.runtime import read_toml
from tipgraph.sources.importers.cell_values import amount, count, day, year
from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import RowBuilder

_KEYS = frozenset({"class", "columns", "decimal", "fixed"})
_OURS = frozenset({"source", "evidence", "review"})
_TABLES = {
    "Actor": ("actors", "Organization"),
    "Thing": ("undertakings", "Project"),  # such as the purpose of money; a place is looked up before
    "Undertaking": ("undertakings", "Project"),
    "Document": ("documents", "Publication"),
    "Instrument": ("documents", "Instrument"),
}
_PARTS = "|"


def read(builder: RowBuilder, records: Records) -> None:
    """Read each row as a claim, or as an entry with its name."""
    if not builder.options.mapping:
        raise InputError([Fault("name a mapping with --mapping FILE.toml: class, and [columns] with a property each")])
    mapping = _Mapping(Path(builder.options.mapping), ontology())
    columns = {name: (name,) for name in mapping.columns}
    for row in rows_of(builder, records, columns, needed=tuple(columns)):
        given = {mapping.columns[theirs]: (theirs, cell) for theirs, cell in row.items() if cell}
        if not _lacking(builder, mapping, [*given, *mapping.fixed]):
            values = {name: _value(builder, mapping, name, *pair) for name, pair in given.items() if name != "label"}
            cells = {**mapping.fixed, **values}
            if mapping.is_entry:
                label = given["label"][1]
                builder.name(builder.entry(mapping.table, label.casefold(), label, type=mapping.cls, **cells), label)
            elif not _lacking(builder, mapping, [name for name, cell in cells.items() if cell]):
                builder.claim(mapping.table, **cells)


def _lacking(builder: RowBuilder, mapping: "_Mapping", known: Iterable[str]) -> bool:
    """Tell whether a row lacks properties that its class needs, and add a fault."""
    lacking = [name for name in mapping.needed if name not in known]
    if lacking:
        builder.fault(f"this row has no {' and no '.join(lacking)} that can be read; it was left out")
        builder.skip("unread", "rows without the properties that their class needs")
    return bool(lacking)


class _Mapping:
    """A mapping that fits the ontology; else InputError lists every fault."""

    def __init__(self, path: Path, terms: Ontology) -> None:
        settings = read_toml(path)
        parts = "it has class, columns, fixed and decimal"
        faults = [f"{key!r} is no part of a mapping; {parts}" for key in settings.keys() - _KEYS]
        cls = str(settings.get("class", ""))
        tables = {name: table for table, base in terms.tables.items() for name in terms.below(base)}
        self.columns = {str(key): str(value) for key, value in _table(settings, "columns", faults).items()}
        self.fixed = {str(key): str(value) for key, value in _table(settings, "fixed", faults).items()}
        if cls not in tables or cls in ("Source", "Evidence", "Paragraph", "Judgement"):
            raise InputError([Fault(f"class: {cls!r} is no class of rows; use one of "
                                    f"{', '.join(sorted(tables))}", str(path))])  # fmt: skip
        self.cls, self.table = cls, tables[cls]
        self.is_entry = "Thing" in terms.classes[cls]
        self.properties = {name: column for name, column in terms.columns(cls).items() if name not in _OURS}
        known = {*self.properties, *["label"] * self.is_entry}
        faults += [f"{cls} has no property {name!r}; it has {', '.join(self.properties)}"
                   for name in (*self.columns.values(), *self.fixed) if name not in known]  # fmt: skip
        self.decimal = str(settings.get("decimal", ""))
        if self.decimal not in ("", ".", ","):
            faults.append(f'decimal: {self.decimal!r} is no mark before decimals; write "." or ","')
        if not self.columns:
            faults.append("there are no columns; name at least one")
        if self.is_entry and "label" not in self.columns.values():
            faults.append("no column is the label, which an entry needs; add one")
        for name, value in self.fixed.items():
            column = self.properties.get(name)
            if column and (wrong := _wrong(column, value, terms)):
                faults.append(f"{name}: {value!r} {wrong}")
        if faults:
            raise InputError(Fault(message, str(path)) for message in faults)
        self.needed = [*["label"] * self.is_entry, *(name for name, column in self.properties.items() if column.needed)]


def _wrong(column: Column, value: str, terms: Ontology) -> str:
    """Return the reason why a column cannot have a value; an empty string if it can."""
    if column.scheme and value not in terms.codes[column.scheme]:
        return f"is no code of {column.scheme}; the codes are {', '.join(sorted(terms.codes[column.scheme]))}"
    if column.among and value not in column.among:
        return f"is no {column.name}; {column.hint}"
    if column.pattern and not re.search(column.pattern, value):
        return f"does not have the form {column.pattern}"
    return ""


def _table(settings: Mapping[str, Any], key: str, faults: list[str]) -> Mapping[str, Any]:
    value = settings.get(key, {})
    if isinstance(value, dict):
        return value
    faults.append(f"{key} is no table; write [{key}] and a line for each")
    return {}


def _value(builder: RowBuilder, mapping: _Mapping, name: str, theirs: str, cell: str) -> str:
    """Return a cell in the form of our tables; an empty string and a fault if it cannot be read."""
    column = mapping.properties[name]
    parts = [part.strip() for part in cell.split(_PARTS)] if column.many else [cell]
    values = []
    for part in parts:
        try:
            values.append(_read(builder, column, part, mapping.decimal))
        except ValueError as error:
            builder.fault(str(error), theirs)
    return f" {_PARTS} ".join(filter(None, values))


def _read(builder: RowBuilder, column: Column, cell: str, decimal: str) -> str:
    if column.scheme:
        return _code(column.scheme, cell)
    if wrong := _wrong(column, cell, ontology()):
        raise ValueError(f"{cell!r} {wrong}")
    if column.refers == "Place" or (column.refers == "Thing" and _is_place(builder, cell)):
        place = builder.place_of_code(cell) if builder.countries.by_code(cell) else builder.place(cell)
        if not place:
            raise ValueError(f"{cell!r} is no country or region of the reference")
        return place
    if column.refers:
        return _refers(builder, column.refers, cell)
    return _literal(column, cell, decimal)


def _literal(column: Column, cell: str, decimal: str) -> str:
    kind = column.datatype.rpartition("#")[2].rpartition("/")[2]
    if kind == "boolean":
        return {"yes": "true", "no": "false"}.get(cell.casefold(), cell.casefold())
    if kind == "EDTF":
        return year(cell) if len(cell) == len("2004") else day(cell)
    if kind in ("decimal", "integer"):
        number = amount(cell.lstrip("$€£¥ "), decimal) if kind == "decimal" else count(cell)
        column.hold(number)
        return number
    return day(cell) if kind == "date" else cell


def _is_place(builder: RowBuilder, cell: str) -> bool:
    return bool(builder.countries.by_code(cell) or builder.countries.by_name(cell))


def _refers(builder: RowBuilder, refers: str, cell: str) -> str:
    if refers == "Actor":
        return builder.actor(cell)
    if refers not in _TABLES:
        raise ValueError(f"{cell!r}: a mapping cannot name a {refers}")
    table, cls = _TABLES[refers]
    entry = builder.entry(table, cell.casefold(), cell, type=cls)
    builder.name(entry, cell)
    return entry


def _code(scheme: str, cell: str) -> str:
    notation = ontology().coded(scheme, cell)
    if not notation:
        codes = ", ".join(sorted(ontology().codes[scheme]))
        raise ValueError(f"{cell!r} is no code of {scheme}; the codes are {codes}")
    return notation


READER = Reader("mapped", "Any CSV file, with a mapping of its columns in TOML (--mapping).", "records", "csv", read)
