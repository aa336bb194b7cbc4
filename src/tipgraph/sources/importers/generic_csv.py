"""Any CSV file with a mapping in TOML: the class of its rows, and the property of each column.

    class = "Funding"

    [columns]
    "Donor" = "giver"
    "Grantee" = "receiver"
    "Amount (USD)" = "amount"

    [fixed]
    currency = "USD"
    moneyKind = "awarded"

    [values."Status"]
    "Under way" = "ongoing"

`decimal = ","` means a comma before decimals. A sheet whose rows are of several classes has a `[[rows]]` for each, with
a class, columns, fixed and values of its own. The range of a property decides how its cells are read: names of
countries are looked up, names of actors and undertakings become entries, codes are given by notation or label, amounts
and dates in their common spellings. A row without the properties that its class needs is left out, with a fault.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tipgraph.errors import Fault, InputError
from tipgraph.model import Column, Ontology, plausible
from tipgraph.runtime import read_toml
from tipgraph.sources.importers.cell_values import amount, count, day, year
from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import MONEY, RowBuilder

_KEYS = frozenset({"class", "columns", "decimal", "fixed", "values"})
_SECTIONS = ("columns", "fixed", "values")
_OURS = frozenset({"source", "evidence", "review"})
_NO_ROWS = frozenset({"Source", "Evidence", "Paragraph", "Judgement"})
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
    mappings = _mappings(Path(builder.options.mapping), builder.ontology)
    columns = {name: (name,) for mapping in mappings for name in mapping.columns}
    for row in rows_of(builder, records, columns, needed=tuple(columns)):
        for mapping in mappings:
            _claim(builder, mapping, {name: row[name] for name in row if name in mapping.columns})


def _mappings(path: Path, terms: Ontology) -> list["_Mapping"]:
    """Return the mapping of each class of rows."""
    settings = read_toml(path)
    parts = settings.get("rows", [settings])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise InputError([Fault("rows: is no list of tables; write [[rows]] before each class", str(path))])
    return [_Mapping(part, path, terms) for part in parts]


def _claim(builder: RowBuilder, mapping: "_Mapping", row: Mapping[str, str]) -> None:
    given = {mapping.columns[theirs]: (theirs, cell) for theirs, cell in row.items() if cell}
    if _lacking(builder, mapping, [*given, *mapping.fixed]):
        return
    _, label = given.pop("label", ("", ""))
    cells = {**mapping.fixed, **{name: _value(builder, mapping, name, *pair) for name, pair in given.items()}}
    if mapping.is_entry:
        builder.name(builder.entry(mapping.table, label.casefold(), label, type=mapping.cls, **cells), label)
    elif not _lacking(builder, mapping, [name for name, cell in cells.items() if cell]):
        builder.claim(mapping.table, **cells)


def _lacking(builder: RowBuilder, mapping: "_Mapping", known: Iterable[str]) -> bool:
    """Tell whether a row lacks properties that its class needs, and add a fault."""
    lacking = [name for name in mapping.needed if name not in known]
    if lacking:
        builder.fault(f"this row has no {' and no '.join(lacking)} that can be read; it was left out", lost="records")
        builder.skip("unread", "rows without the properties that their class needs")
    return bool(lacking)


class _Mapping:
    """A mapping that fits the ontology; else InputError lists every fault."""

    def __init__(self, settings: Mapping[str, Any], path: Path, terms: Ontology) -> None:
        self.cls = str(settings.get("class", ""))
        tables = {name: table for table, base in terms.tables.items() for name in terms.below(base)}
        if self.cls not in tables or self.cls in _NO_ROWS:
            message = f"class: {self.cls!r} is no class of rows; use one of {', '.join(sorted(tables))}"
            raise InputError([Fault(message, str(path))])
        self.table = tables[self.cls]
        self.is_entry = "Thing" in terms.classes[self.cls]
        self.properties = {name: column for name, column in terms.columns(self.cls).items() if name not in _OURS}
        self.needed = [*["label"] * self.is_entry, *(name for name, column in self.properties.items() if column.needed)]
        self.columns, self.fixed = (_strings(settings.get(key)) for key in ("columns", "fixed"))
        values = settings.get("values")
        self.values = {name: _strings(codes) for name, codes in values.items()} if isinstance(values, dict) else {}
        self.decimal = str(settings.get("decimal", ""))
        if faults := [*_setting_faults(settings), *self._property_faults(terms)]:
            raise InputError(Fault(message, str(path)) for message in faults)

    def _property_faults(self, terms: Ontology) -> Iterator[str]:
        """Yield the faults of the columns and of the fixed values."""
        for name in (*self.columns.values(), *self.fixed):
            if name not in self.properties:
                yield f"{self.cls} has no property {name!r}; it has {', '.join(self.properties)}"
        if not self.columns:
            yield "there are no columns; name at least one"
        if self.is_entry and "label" not in self.columns.values():
            yield "no column is the label, which an entry needs; add one"
        for name, value in self.fixed.items():
            if name in self.properties and (wrong := _wrong(self.properties[name], value, terms)):
                yield f"{name}: {value!r} {wrong}"


def _setting_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    for key in settings.keys() - _KEYS:
        yield f"{key!r} is no part of a mapping; it has class, columns, fixed, values and decimal"
    for key in _SECTIONS:
        if not isinstance(settings.get(key, {}), dict):
            yield f"{key} is no table; write [{key}] and a line for each"
    decimal = str(settings.get("decimal", ""))
    if decimal not in ("", ".", ","):
        yield f'decimal: {decimal!r} is no mark before decimals; write "." or ","'


def _strings(section: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in section.items()} if isinstance(section, dict) else {}


def _wrong(column: Column, value: str, terms: Ontology) -> str:
    """Return the reason why a column cannot have a value; an empty string if it can."""
    if column.scheme and value not in terms.codes[column.scheme]:
        return f"is no code of {column.scheme}; the codes are {', '.join(sorted(terms.codes[column.scheme]))}"
    if column.among and value not in column.among:
        return f"is no {column.name}; {column.hint}"
    if column.pattern and not re.search(column.pattern, value):
        return f"does not have the form {column.pattern}"
    return ""


def _value(builder: RowBuilder, mapping: _Mapping, name: str, theirs: str, cell: str) -> str:
    """Return a cell in the form of our tables; an empty string and a fault if it cannot be read."""
    column = mapping.properties[name]
    parts = [part.strip() for part in cell.split(_PARTS)] if column.many else [cell]
    values = []
    for part in (mapping.values.get(theirs, {}).get(part, part) for part in parts):
        try:
            values.append(_read(builder, column, part, mapping.decimal))
        except ValueError as error:
            builder.fault(str(error), theirs, lost=MONEY if name == "amount" else "")
    return f" {_PARTS} ".join(filter(None, values))


def _read(builder: RowBuilder, column: Column, cell: str, decimal: str) -> str:
    if column.scheme:
        return _code(builder.ontology, column.scheme, cell)
    if wrong := _wrong(column, cell, builder.ontology):
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
        return year(cell) if len(cell) == len("2004") else cell if _is_edtf(cell) else day(cell)
    if kind in ("decimal", "integer"):
        number = amount(cell.lstrip("$€£¥ "), decimal) if kind == "decimal" else count(cell)
        column.hold(number)
        return number
    return day(cell) if kind == "date" else cell


def _is_edtf(cell: str) -> bool:
    try:
        plausible(cell)
    except ValueError:
        return False
    return True


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


def _code(terms: Ontology, scheme: str, cell: str) -> str:
    notation = terms.coded(scheme, cell)
    if not notation:
        codes = ", ".join(sorted(terms.codes[scheme]))
        raise ValueError(f"{cell!r} is no code of {scheme}; the codes are {codes}")
    return notation


_SUMMARY = "Any CSV file, with a mapping of its columns in TOML (--mapping)."
READERS = (Reader("mapped", _SUMMARY, "records", "csv", read),)
