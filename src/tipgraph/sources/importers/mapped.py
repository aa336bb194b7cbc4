"""Files that are read by a mapping (`column_map`): each row becomes claims and entries of the classes of the mapping.

The range of a property decides how its cells are read: names and codes of countries are looked up, names of actors and
undertakings become entries, codes are given by notation or label, amounts, counts and dates in their common spellings.
A row without the properties that its class needs is left out, with a fault. Several values of a property that has one
give a claim each. A row of a RouteReport has its route from origin and destination, and other classes of the row name
it as the column `@route`.

Natural persons, and links between them and others, are refused and counted, if the mapping says how they are known.

Decision: docs/decisions/0087-an-importer-makes-rows.md.
"""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from tipgraph.errors import Fault, InputError
from tipgraph.model import Column, parted, plausible
from tipgraph.sources.importers.cell_values import amount, count, counted, day, interval, year
from tipgraph.sources.importers.column_map import Cells, FileMapping, Rows, filled, fits, path_of, read_mapping
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.row_builder import MONEY, Record, RowBuilder, route_of
from tipgraph.sources.importers.tables import CsvSheet, Entities, Unread
from tipgraph.sources.source_tables import check_value

_NAMED = {  # classes that a column may name, with the table and the class of a new entry
    "Actor": ("actors", "Organization"),
    "Thing": ("undertakings", "Project"),  # such as the purpose of money; a place is looked up before
    "Undertaking": ("undertakings", "Project"),
    "Document": ("documents", "Publication"),
    "Instrument": ("documents", "Instrument"),
}
_SEVERAL = " | "
_LONGEST_CODE = 3
_MOST_CLAIMS = 10_000  # of one row: more is no list by people
_AS_PRINTED = {("Estimate", "value"), ("Naming", "name")}
_LACKING = "rows without the properties that their class needs"
_NO_FIGURE = "rows without a number, or without a route between two places"
_WIKIDATA = re.compile(r"Q\d+")


def read(builder: RowBuilder, records: FileRecords, name: str) -> None:
    """Read a file by the mapping with a name."""
    if not name:
        raise InputError([Fault("name a mapping with --mapping FILE.toml: class, and [columns] with a property each")])
    mapping = read_mapping(path_of(name), builder.ontology)
    reading = _Reading(builder, mapping)
    reading.learn(records)
    source = _source(builder.file, mapping)
    for record in builder.each(records):
        reading.record(source, record)


def _source(file: str, mapping: FileMapping) -> CsvSheet | Entities:
    return Entities() if mapping.form == "json" else CsvSheet(file, mapping)


class _Reading:
    """Reads the rows of one file; entries that a row names by an identifier may come before or after it."""

    def __init__(self, builder: RowBuilder, mapping: FileMapping) -> None:
        self._builder, self._mapping = builder, mapping
        self._known: dict[str, tuple[Rows, Cells]] = {}
        self._persons, self._said, self._faults = set[str](), set[str](), set[tuple[str, str]]()
        self._keys = list(dict.fromkeys(part.key for part in mapping.rows if part.key))

    def learn(self, records: FileRecords) -> None:
        """Learn the identifiers of entries and of persons."""
        source = _source(self._builder.file, self._mapping)
        for record in records if self._keys else ():
            try:
                row = source.row(record)
            except Unread:
                continue
            if self._is_person(row):
                self._persons.update(row[key][0] for key in self._keys if key in row)
            for part in self._mapping.rows:
                if part.is_entry and part.key in row and part.fits(row):
                    self._known.setdefault(row[part.key][0], (part, row))

    def _is_person(self, row: Cells) -> bool:
        named = any(key in row and row[key][0] in self._persons for key in self._keys)
        return named or any(fits(row.get(column, []), words) for column, words in self._mapping.refuse.items())

    def record(self, source: CsvSheet | Entities, record: Record) -> None:
        """Claim what a record says."""
        self._faults.clear()
        try:
            row = source.row(record)
            self._row(row | self._mapping.made(row))
        except Unread as unread:
            self._left_out(unread)

    def _row(self, row: Cells) -> None:
        """Claim what a row says; raise Unread for a person, and for a row of no class."""
        is_entry = any(part.is_entry and part.fits(row) for part in self._mapping.rows)
        linked = set() if is_entry else {cell for cells in row.values() for cell in cells}
        if self._is_person(row) or linked & self._persons:
            raise Unread("refused", "natural persons, possible persons, and their links")
        if not self._parts(dict(row)):
            raise Unread("unread", f"{', '.join(row.get('schema', ['rows']))}: no terms in the ontology")
        if "schema" not in row or is_entry:
            known = {"schema", *self._mapping.columns, *self._mapping.texts}
            unread = [name for name in row if name not in known]
            self._builder.report.unread.update("/".join([*row.get("schema", []), name]) for name in unread)

    def _parts(self, row: Cells) -> int:
        """Claim what a row has for each class, and return how many these are."""
        taken, is_taken = 0, False
        for part in self._mapping.rows:
            if not (is_taken and "otherwise" in part.flags):
                is_taken = part.fits(row)
                taken += is_taken
                if is_taken:
                    self._part(part, row)
        return taken

    def _left_out(self, unread: Unread) -> None:
        """Report what was left out of the current record."""
        if unread.fault:
            self._fault(unread.fault, unread.column, unread.lost)
        self._builder.skip(unread.scope, unread.reason)

    def _fault(self, message: str, column: str = "", lost: str = "") -> None:
        """Add a fault once for a row, though several classes read the column."""
        if (message, column) not in self._faults:
            self._faults.add((message, column))
            self._builder.fault(message, column, lost=lost)

    def _part(self, part: Rows, row: Cells) -> None:
        """Claim what a row has for one class."""
        try:
            if part.is_entry:
                self._own_entry(part, row)
            else:
                self._claims(part, row)
        except Unread as unread:
            self._left_out(unread)

    def _claims(self, part: Rows, row: Cells) -> None:
        """Write a claim for each combination of values that a property can have only one of."""
        values = self._values(part, row)
        self._route(part, values, row)
        self._number(part, values, row)
        if lacking := [name for name in part.needed if not values.get(name)]:
            message = f"this row has no {' and no '.join(lacking)} that can be read; it was left out"
            raise Unread("unread", _LACKING, message)
        single = {name: cells for name, cells in values.items() if len(cells) > 1 and not part.properties[name].many}
        if math.prod(map(len, single.values())) > _MOST_CLAIMS:
            message = f"makes more than {_MOST_CLAIMS:,} claims; it was left out"
            raise Unread("unread", "links of too many to too many", message, "links")
        for one in product(*single.values()):
            cells = values | {name: [cell] for name, cell in zip(single, one, strict=True)}
            self._claim(part, {name: _SEVERAL.join(found) for name, found in cells.items() if found}, row)

    def _route(self, part: Rows, values: Cells, row: Cells) -> None:
        """Add the route to a route report; raise Unread if the mapping wants two places and the row has not two."""
        ends = [values[name][0] for name in ("origin", "destination") if values.get(name)]
        if "abroad" in part.flags and len(set(ends)) < 2:
            raise Unread("unread", _NO_FIGURE)
        if part.cls == "RouteReport":
            values.setdefault("directed", ["true"])
            if len(ends) == 2:
                row["@route"] = values["route"] = [route_of(self._builder, *ends)]

    def _claim(self, part: Rows, cells: dict[str, str], row: Cells) -> None:
        mark = f"{part.cls} {cells}"
        if part.cls == "Naming":
            self._builder.name(cells["named"], cells["name"], cells["nameKind"])
        elif "once" not in part.flags or mark not in self._said:
            self._said.add(mark)
            claim = self._builder.claim(part.table, **cells)
            place = self._builder.ontology.columns("RouteStop")["place"]
            stops = [name for cell in row.get(part.column("transit"), ()) for name in cell.split(_SEVERAL.strip())]
            for position, stop in enumerate(stops, 1):
                self._builder.claim("route-stops", routeReport=claim, place=self._read(place, stop.strip()),
                                    position=position, stage="transit")  # fmt: skip

    def _values(self, part: Rows, row: Cells) -> Cells:
        """Return the values of each property of a row: those of its columns, else the fixed ones."""
        values: Cells = {}
        for column, names in part.columns.items():
            for name in names:
                if name in part.properties:
                    cells = self._cells(part, name, column, row.get(column, []))
                    values[name] = list(dict.fromkeys([*values.get(name, []), *cells]))
        for name, texts in part.fixed.items():
            given = [text for text in (filled(text, row) for text in texts) if text]
            if not values.get(name):
                values[name] = self._cells(part, name, "", given) if given != texts else given
        if "date" in part.properties:
            self._date(part, values, row)
        if values.get("amount"):
            self._money(part, values, row)
        return values

    def _number(self, part: Rows, values: Cells, row: Cells) -> None:
        """Write a count as it is printed, and its period; raise Unread for one that cannot be read."""
        if part.cls != "Estimate":
            return
        per, is_unread = values.get("per", [""])[0], part.column("date") in row
        if per in ("", "total"):
            values["per"] = ["year" if values.get("date") else "not-stated" if is_unread or not per else per]
        try:
            numbers = [counted(printed) for printed in values.pop("value", [])]
        except ValueError as error:
            message = f"{error}; write it without marks, or as <5 if it is suppressed"
            raise Unread("unread", _NO_FIGURE, message, "figures", part.column("value")) from error
        values |= {name: [cell] for number in numbers for name, cell in number.items() if name not in part.fixed}

    def _money(self, part: Rows, values: Cells, row: Cells) -> None:
        """Keep an amount as printed, or leave it out if it has no currency."""
        if values.get("currency"):
            values["amountAsPrinted"] = row[part.column("amount")][:1]
            return
        message = f"an amount of {values.pop('amount')[0]} without a currency; add its code, as EUR"
        self._fault(message, part.column("currency") or "currency", lost=MONEY)

    def _date(self, part: Rows, values: Cells, row: Cells) -> None:
        """Take the first and last day of a row as its date, and the date of the options for a row without one."""
        first, last = (
            next(iter(self._cells(part, "date", column, row.get(column, []))), "")
            for column in map(part.column, ("start", "end"))
        )
        if (first or last) and not values.get("date"):
            values["date"] = [interval(first, last)]
        elif self._builder.options.date and not row.get(part.column("date")):
            values |= {"date": [self._builder.options.date], "dateBasis": ["inferred"]}

    def _own_entry(self, part: Rows, row: Cells) -> None:
        """Write the entry of a row, and claim its names, or its identifier for want of one."""
        labels = row.get(part.column("label"), [])
        if not (labels or row.get(part.key)):
            raise Unread("unread", _LACKING, "this row has no label that can be read; it was left out")
        entry = self._entry(part, row)
        for label in labels or row[part.key]:
            name, acronym = parted(label) if part.table == "actors" else (label, "")
            self._builder.name(entry, name, "name" if labels else "number")
            self._builder.name(entry, acronym, "acronym")

    def _entry(self, part: Rows, row: Cells) -> str:
        """Return the reference of the entry of a row, which is written the first time."""
        label = (row.get(part.column("label")) or row[part.key])[0]
        label = parted(label)[0] if part.table == "actors" else label
        key, cells = row[part.key][0] if part.key else label.casefold(), dict[str, str]()
        if (mark := f"{part.table} {key}") not in self._said:
            self._said.add(mark)
            cells = {name: _SEVERAL.join(values) for name, values in self._values(part, row).items() if values}
            cells |= {"label": label, "type": part.cls}
        return self._builder.entry(part.table, key, **cells)

    def _cells(self, part: Rows, name: str, column: str, cells: Sequence[str]) -> list[str]:
        """Return the cells of a column as values of a property; a fault for each that is none, and no persons."""
        is_printed, of = (part.cls, name) in _AS_PRINTED, part.properties[name]
        mark = (of.many or of.refers or is_printed) and (self._mapping.split or _SEVERAL.strip() * of.many)
        if mark and self._mapping.form != "json":
            cells = [one.strip() for cell in cells for one in cell.split(mark)]
        if column.startswith("@") or is_printed:
            return list(cells)
        found = []
        for word in self._words(part, of, column, cells):
            try:
                found.append(self._read(of, word, is_made=not column))
            except ValueError as error:
                self._fault(str(error), column, lost=MONEY if name == "amount" else "")
        return found

    def _words(self, part: Rows, of: Column, column: str, cells: Sequence[str]) -> Iterator[str]:
        """Yield the words of cells by the values of the mapping, without empty ones and persons."""
        for cell in cells:
            words = part.word(column, of.name, cell.strip())
            split = map(str.strip, words.split(_SEVERAL.strip()) if of.many else [words])
            yield from (word for word in split if word and word not in self._persons)

    def _read(self, of: Column, cell: str, *, is_made: bool = False) -> str:
        """Return a cell as a value of a property; raise ValueError if it is none."""
        terms = self._builder.ontology
        if notation := of.scheme and terms.coded(of.scheme, cell):
            return notation
        check_value(of, cell, terms)
        if not of.refers:
            return self._literal(of, cell)
        return self._of_file(of.refers, cell) or self._place(of, cell) or self._named(of.refers, cell, is_made=is_made)

    def _of_file(self, refers: str, cell: str) -> str:
        """Return the reference of the entry with an identifier of the file; an empty string if it is none."""
        if cell not in self._known:
            return ""
        part, row = self._known[cell]
        if refers not in ("Thing", *self._builder.ontology.classes[part.cls]):
            raise ValueError(f"names {cell!r}, which is a {part.cls}; left out")
        return self._entry(part, row)

    def _place(self, of: Column, cell: str) -> str:
        """Return the reference of a place by its code or name; an empty string for another thing."""
        builder, code = self._builder, cell.upper() if len(cell) <= _LONGEST_CODE else cell
        is_code = bool(builder.countries.by_code(code))
        is_place = (
            is_code or of.name != "purpose" or builder.countries.by_name(cell)
        )  # else what money is for: a project
        if of.refers not in ("Place", "Thing") or not is_place:
            return ""
        if place := builder.place_of_code(code, written=cell) if is_code else builder.place(cell):
            return place
        raise ValueError(f"{cell!r} is no country or region of the reference")

    def _named(self, refers: str, cell: str, *, is_made: bool) -> str:
        """Return the reference of the entry with a name, whose row is written the first time."""
        if refers not in _NAMED:
            raise ValueError(f"{cell!r}: a mapping cannot name a {refers}")
        if self._mapping.form == "json":
            raise ValueError(f"names {cell!r}, which is not in the file; left out")
        if refers == "Actor":
            return self._builder.actor(cell)
        table, cls = _NAMED[refers]
        entry = self._builder.entry(table, cell.casefold(), cell, type=cls)
        self._builder.name(entry, "" if is_made else cell)
        return entry

    def _literal(self, of: Column, cell: str) -> str:
        kind = of.datatype.rpartition("#")[2].rpartition("/")[2]
        if kind == "boolean":
            return {"yes": "true", "no": "false"}.get(cell.casefold(), cell.casefold())
        if kind == "EDTF":
            return self._edtf(cell)
        if kind in ("decimal", "integer"):
            number = amount(cell.lstrip("$€£¥ "), self._mapping.decimal) if kind == "decimal" else count(cell)
            of.hold(number)
            return number
        if of.name == "exactMatch" and _WIKIDATA.fullmatch(cell):
            return f"http://www.wikidata.org/entity/{cell}"
        return day(cell) if kind == "date" else cell

    def _edtf(self, cell: str) -> str:
        """Return a year, a date of EDTF, or the day of a date with a time; raise ValueError for another cell."""
        if self._mapping.dates == "days since 1970" and cell.lstrip("-").isdecimal():
            return (date(1970, 1, 1) + timedelta(int(cell))).isoformat()
        if len(cell) == len("2004"):
            return year(cell)
        try:
            plausible(cell)
        except ValueError:
            return day(cell)
        return day(cell) if "T" in cell else cell
