"""The rows of a file that a mapping reads: records of CSV, or an entity of FollowTheMoney on each line.

A list of persons is refused. The line below the header may hold HXL tags; a column is found by its header or its tag.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tipgraph.errors import Fault, InputError
from tipgraph.model import unaccented
from tipgraph.runtime import read_toml
from tipgraph.sources.importers.column_map import Cells, FileMapping
from tipgraph.sources.importers.records import BOM
from tipgraph.sources.importers.row_builder import Record

_NOT_CSV = {"<": "XML", "{": "JSON", "[": "JSON"}
_MARKS = ",;\t"
_PERSONS: Final[Mapping[str, Any]] = read_toml(Path(__file__).with_name("persons.toml"))
_OF_PERSONS, _OF_SOMEBODY, _OF_PEOPLE, _COUNTS = (
    frozenset(_PERSONS[name].split()) for name in ("always", "two", "people", "counts")
)
_MEANS = re.compile(r"(?:is|means)[a-z]*(?:exploit|control|threats|abuse|labour)[a-z]*|means[a-z]+")


class Unread(Exception):
    """A record that gives no row: its scope, the reason, and the fault if it is one."""

    def __init__(self, scope: str, reason: str, fault: str = "", lost: str = "records", column: str = "") -> None:
        super().__init__(reason)
        self.scope, self.reason, self.fault, self.lost, self.column = scope, reason, fault, lost, column


class CsvSheet:
    """Reads the records of a CSV file by the columns of a mapping, each with its names in files.

    A list with a row for each person is refused, unless the mapping says how persons are known.
    """

    def __init__(self, file: str, mapping: FileMapping) -> None:
        self._file, self._mapping, self._columns = file, mapping, mapping.columns
        self._mark, self._header = "", list[str]()
        self._widths = range(0)
        self._places: dict[str, list[int]] = {}

    def row(self, record: Record) -> Cells:
        """Return the cells of a record that are not empty, those of no column of the mapping by their header.

        Raises Unread for none, InputError for a wrong file.
        """
        cells = self._cells(record)
        if not any(cells):
            raise Unread("heading", "lines without values")
        are_tags = all(cell.startswith("#") for cell in cells if cell)
        if not self._header:
            self._begin(cells, are_tags=are_tags)
        if not self._places:
            self._find(cells if are_tags else ())
        if are_tags:
            raise Unread("heading", "the tags of HXL")
        if len(cells) not in self._widths:
            message = f"has {len(cells)} values where there are {self._widths[-1]} columns"
            raise Unread("unread", "has another number of values than the header", message)
        return {name: found for name, places in self._places.items()
                if (found := [cells[place] for place in places if place < len(cells) and cells[place]])}  # fmt: skip

    def _begin(self, cells: list[str], *, are_tags: bool) -> None:
        """Take the first cells as the header, unless the file needs none and they are no names of columns."""
        self._header, plain = cells, self._mapping.plain
        if not self._mapping.refuse:
            _refuse_persons(self._file, cells)
        if plain and not any(map(self._found, self._columns)):
            self._places = {name: [place] for place, name in enumerate(plain)}
            self._widths = range(len(plain) + 1)
            return
        self._widths = range(len(cells), len(cells) + 1)
        if not are_tags:
            raise Unread("heading", "the header")

    def _cells(self, record: Record) -> list[str]:
        text = record.text.lstrip(BOM)
        if not self._mark:
            if kind := _NOT_CSV.get(text.lstrip()[:1]):
                message = f"is {kind} and no CSV; name a file of the kind"
                raise InputError([Fault(message, self._file, record.line)])
            self._mark = max(_MARKS, key=lambda mark: len(next(csv.reader([text], delimiter=mark))))
        try:
            return [cell.strip() for cell in next(csv.reader([text], delimiter=self._mark, strict=True))]
        except csv.Error as error:
            raise Unread("unread", "is no CSV", f"is no CSV: {error}; look for an unpaired quote") from error

    def _find(self, tags: Sequence[str]) -> None:
        """Find the columns by the header and the tags; raise InputError for one that is needed or there twice."""
        for name in self._columns:
            taken = {place for found in self._places.values() for place in found}
            if found := [place for place in self._found(name, tags) if place not in taken]:
                self._places[name] = found
        lacking = (" or ".join(self._columns[name]) for name in self._mapping.needed if name not in self._places)
        faults = [f"the header has no column {name}; add it" for name in lacking]
        faults += [f"the column {name} is there twice; keep one"
                   for name, found in self._places.items() if len(found) > 1 and not tags]  # fmt: skip
        if not self._places:
            faults = [f"has no header with any of {', '.join(self._columns)}; add one"]
        if faults:
            raise InputError(Fault(message, self._file, 1) for message in faults)
        used = {place for found in self._places.values() for place in found}
        others = {name: [place] for place, name in enumerate(self._header) if name and place not in used}
        self._places = others | self._places

    def _found(self, column: str, tags: Sequence[str] = ()) -> list[int]:
        """Return the places of a column: those with the first of its names that the file has."""
        headers = [set() if header.startswith("#") else {_key(header)} for header in self._header]
        for name in self._columns[column]:
            is_tag = name.startswith("#")
            wanted, *barred = name.split("-") if is_tag else [name]
            parts = _tag(wanted) if is_tag else {_key(wanted)}
            present = map(_tag, tags) if is_tag else headers
            if found := [place for place, has in enumerate(present) if parts <= has and has.isdisjoint(barred)]:
                return found
        return []


class Entities:
    """Reads the entities of FollowTheMoney, a JSON object on each line: id, schema, and properties with lists."""

    def row(self, record: Record) -> Cells:
        """Return the properties of an entity, with its id and schema; raise Unread for what is none."""
        try:
            entity = json.loads(record.text)
            json.dumps(entity, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
            properties, named = entity["properties"], {name: [entity[name]] for name in ("id", "schema")}
            if not all(isinstance(values, list) for values in properties.values()) or not all(
                isinstance(name, str) and name.strip() for (name,) in named.values()
            ):
                raise TypeError
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            message = "is no entity: a JSON object with id, schema and properties; it was left out"
            raise Unread("unread", "no entities", message, "entities") from error
        lists = {name: [one for one in values if isinstance(one, str) and one.strip()]
                 for name, values in properties.items()}  # fmt: skip
        return {name: values for name, values in (lists | named).items() if values}


def _refuse_persons(file: str, header: Iterable[str]) -> None:
    """Raise InputError if the columns are those that only a list of persons has."""
    written = ((_key(name.partition("(")[0]), name) for name in header)
    keys = {_PERSONS["otherwise"].get(key, key): name for key, name in written}
    personal = sorted(keys[key] for key in keys if key in _OF_PERSONS or _MEANS.fullmatch(key))
    somebody = keys.keys() & _OF_SOMEBODY
    if len(somebody) > 1 and not _OF_PEOPLE.isdisjoint(keys) and _COUNTS.isdisjoint(keys):
        personal = personal or sorted(keys[key] for key in somebody)
    if personal:
        message = (
            f"has a row for each person (columns {', '.join(personal)}), and a victim is never a node; count the "
            "rows by country, year, sex, age and form, suppress counts below 11, and import the counts: "
            "`tipgraph source import routes FILE`"
        )
        raise InputError([Fault(message, file, 1)])


def _key(name: str) -> str:
    return "".join(letter for letter in unaccented(name) if letter.isalnum())


def _tag(tag: str) -> set[str]:
    """Return the parts of a tag of HXL, whose attributes may have any order: #org+impl+name."""
    return set(tag.replace(" ", "").casefold().split("+"))
