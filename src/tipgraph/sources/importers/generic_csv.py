"""Any CSV file with a small mapping in TOML: of which class its rows are, and which column holds which property.

    class = "Funding"

    [columns]
    "Donor" = "giver"
    "Grantee" = "receiver"
    "Amount (USD)" = "amount"

    [fixed]
    currency = "USD"
    moneyKind = "awarded"

`decimal = ","` says that a comma stands before decimals. The range of a property decides how its cells are read: names
of countries are looked up, names of actors and undertakings become things, codes are known by notation or label,
amounts and dates are read in their common spellings. A row that lacks what its class needs is listed and left out.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tipgraph.errors import Fault, InputError
from tipgraph.model import Column, Ontology, ontology
from tipgraph.runtime import text
from tipgraph.sources.importers.acronyms import named_actor
from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.estimates_table import amount, count, day, year
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import Intake

_KEYS = frozenset({"class", "columns", "decimal", "fixed"})
_OURS = frozenset({"source", "evidence", "review"})
_TABLES = {
    "Actor": ("actors", "Organization"),
    "Thing": ("undertakings", "Project"),  # such as what money is for; a place is looked up before
    "Undertaking": ("undertakings", "Project"),
    "Document": ("documents", "Publication"),
    "Instrument": ("documents", "Instrument"),
}
_PARTS = "|"
_LONGEST = 1 << 20  # bytes of a mapping


def read(intake: Intake, records: Records) -> None:
    """Take each row as a claim, or a thing with its name, as the mapping says."""
    mapping = _Mapping(Path(intake.options.mapping), ontology())
    columns = {name: (name,) for name in mapping.columns}
    for row in rows_of(intake, records, columns, needed=tuple(columns)):
        said = {mapping.columns[theirs]: (theirs, cell) for theirs, cell in row.items() if cell}
        if not _lacking(intake, mapping, [*said, *mapping.fixed]):
            read_ = {name: _value(intake, mapping, name, *both) for name, both in said.items() if name != "label"}
            cells = {**mapping.fixed, **read_}
            if mapping.thing:
                label = said["label"][1]
                intake.name(intake.thing(mapping.table, label.casefold(), label, type=mapping.cls, **cells), label)
            elif not _lacking(intake, mapping, [name for name, cell in cells.items() if cell]):
                intake.claim(mapping.table, **cells)


def _lacking(intake: Intake, mapping: "_Mapping", known: Iterable[str]) -> bool:
    """Tell whether a row lacks what its class needs, and list that."""
    lacking = [name for name in mapping.needed if name not in known]
    if lacking:
        intake.fault(f"this row has no {' and no '.join(lacking)} that can be read; it was left out")
        intake.leave("unread", "rows that lack what their class needs")
    return bool(lacking)


class _Mapping:
    """A mapping that was read and found to fit the ontology; InputError lists every fault of one that does not."""

    def __init__(self, path: Path, terms: Ontology) -> None:
        found = _toml(path)
        parts = "it has class, columns, fixed and decimal"
        faults = [f"{key!r} is no part of a mapping; {parts}" for key in found.keys() - _KEYS]
        cls = str(found.get("class", ""))
        tables = {name: table for table, base in terms.tables.items() for name in terms.below(base)}
        self.columns = {str(key): str(value) for key, value in _table(found, "columns", faults).items()}
        self.fixed = {str(key): str(value) for key, value in _table(found, "fixed", faults).items()}
        if cls not in tables or cls in ("Source", "Evidence", "Paragraph", "Judgement"):
            raise InputError([Fault(f"class: {cls!r} is no class that a row can be of; such are "
                                    f"{', '.join(sorted(tables))}", str(path))])  # fmt: skip
        self.cls, self.table = cls, tables[cls]
        self.thing = "Thing" in terms.classes[cls]
        self.properties = {name: one for name, one in terms.columns(cls).items() if name not in _OURS}
        known = {*self.properties, *["label"] * self.thing}
        faults += [f"{cls} has no property {name!r}; it has {', '.join(self.properties)}"
                   for name in (*self.columns.values(), *self.fixed) if name not in known]  # fmt: skip
        self.decimal = str(found.get("decimal", ""))
        if self.decimal not in ("", ".", ","):
            faults.append(f'decimal: {self.decimal!r} is no mark before decimals; write "." or ","')
        if not self.columns:
            faults.append("there are no columns; name at least one")
        if self.thing and "label" not in self.columns.values():
            faults.append("no column is the label; a thing needs a name")
        for name, value in self.fixed.items():
            column = self.properties.get(name)
            if column and (wrong := _wrong(column, value, terms)):
                faults.append(f"{name}: {value!r} {wrong}")
        if faults:
            raise InputError(Fault(message, str(path)) for message in faults)
        self.needed = [*["label"] * self.thing, *(name for name, one in self.properties.items() if one.needed)]


def _wrong(column: Column, value: str, terms: Ontology) -> str:
    """Say why a column cannot have a value; an empty string where it can."""
    if column.scheme and value not in terms.codes[column.scheme]:
        return f"is no code of {column.scheme}; the codes are {', '.join(sorted(terms.codes[column.scheme]))}"
    if column.among and value not in column.among:
        return f"is no {column.name}; {column.hint}"
    if column.pattern and not re.search(column.pattern, value):
        return f"does not have the form {column.pattern}"
    return ""


def _toml(path: Path) -> dict[str, Any]:
    if not path.name:
        raise InputError([Fault("name a mapping with --mapping FILE.toml: class, and [columns] with a property each")])
    try:
        return tomllib.loads(text(path, _LONGEST))
    except OSError as error:
        raise InputError([Fault(f"cannot be read: {error.strerror}", str(path))]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError([Fault(f"is no TOML: {error}", str(path))]) from error


def _table(found: Mapping[str, Any], key: str, faults: list[str]) -> Mapping[str, Any]:
    value = found.get(key, {})
    if isinstance(value, dict):
        return value
    faults.append(f"{key} is no table; write [{key}] and a line for each")
    return {}


def _value(intake: Intake, mapping: _Mapping, name: str, theirs: str, cell: str) -> str:
    """Return a cell as our tables write it; an empty string, and a fault, for what cannot be read."""
    column = mapping.properties[name]
    parts = [part.strip() for part in cell.split(_PARTS)] if column.many else [cell]
    found = []
    for part in parts:
        try:
            found.append(_read(intake, column, part, mapping.decimal))
        except ValueError as error:
            intake.fault(str(error), theirs)
    return f" {_PARTS} ".join(one for one in found if one)


def _read(intake: Intake, column: Column, cell: str, decimal: str) -> str:
    if column.scheme:
        return _code(column.scheme, cell)
    if wrong := _wrong(column, cell, ontology()):
        raise ValueError(f"{cell!r} {wrong}")
    if column.refers == "Place" or (column.refers == "Thing" and _is_place(intake, cell)):
        place = intake.coded(cell) if intake.countries.coded(cell) else intake.place(cell)
        if not place:
            raise ValueError(f"{cell!r} is no country or region that we know")
        return place
    if column.refers:
        return _refers(intake, column.refers, cell)
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


def _is_place(intake: Intake, cell: str) -> bool:
    return bool(intake.countries.coded(cell) or intake.countries.named(cell))


def _refers(intake: Intake, refers: str, cell: str) -> str:
    if refers == "Actor":
        return named_actor(intake, cell)
    if refers not in _TABLES:
        raise ValueError(f"{cell!r}: a mapping cannot name a {refers}")
    table, cls = _TABLES[refers]
    thing = intake.thing(table, cell.casefold(), cell, type=cls)
    intake.name(thing, cell)
    return thing


def _code(scheme: str, cell: str) -> str:
    found = ontology().coded(scheme, cell)
    if not found:
        codes = ", ".join(sorted(ontology().codes[scheme]))
        raise ValueError(f"{cell!r} is no code of {scheme}; the codes are {codes}")
    return found


READER = Reader("mapped", "Any CSV file, with a mapping of its columns in TOML (--mapping).", "records", "csv", read)
