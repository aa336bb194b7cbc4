"""The rows of a CSV file as dictionaries; a list of persons is refused."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tipgraph.errors import Fault, InputError
from tipgraph.model import unaccented
from tipgraph.runtime import read_toml
from tipgraph.sources.importers.records import BOM
from tipgraph.sources.importers.row_builder import Record, RowBuilder

_NOT_CSV = {"<": "XML", "{": "JSON", "[": "JSON"}
_MARKS = {";": "semicolons", "\t": "tabs"}
_PERSONS: Final[Mapping[str, Any]] = read_toml(Path(__file__).with_name("persons.toml"))
_OF_PERSONS, _OF_SOMEBODY, _OF_PEOPLE, _COUNTS = (
    frozenset(_PERSONS[name].split()) for name in ("always", "two", "people", "counts")
)
_MEANS = re.compile(r"(?:is|means)[a-z]*(?:exploit|control|threats|abuse|labour)[a-z]*|means[a-z]+")


def rows_of(
    builder: RowBuilder,
    records: Iterable[Record],
    columns: Mapping[str, Sequence[str]],
    plain: Sequence[str] = (),
    needed: Sequence[str] = (),
) -> Iterator[dict[str, str]]:
    """Yield each record as a dictionary by our column names.

    `columns` maps each of our names to the names in files; a file without a header has the columns of `plain`. Raises
    InputError for a list of persons, and for a header without the needed columns, by default the first two.
    """
    names: list[str] = []
    fewest, has_rows = 0, False
    for record in builder.each(records):
        try:
            cells = next(csv.reader([record.text.lstrip(BOM)], strict=True))
        except csv.Error as error:
            builder.fault(f"is no CSV: {error}; look for an unpaired quote", lost="records")
            builder.skip("unread", "is no CSV")
            continue
        if not names and not any(cell.strip() for cell in cells):
            builder.skip("heading", "lines without values")
            continue
        if not names:
            _refuse_others(builder, record, cells)
            _refuse_persons(builder, cells)
            names = _header(builder.file, cells, columns, needed or list(columns)[:2], bare_ok=bool(plain))
            if names:
                fewest = len(names)
                builder.skip("heading", "the header")
                continue
            names = list(plain)
        if not has_rows and _are_tags(cells):
            builder.skip("heading", "the tags of HXL")
            continue
        has_rows = True
        if fewest <= len(cells) <= len(names):
            yield {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
        else:
            builder.fault(f"has {len(cells)} values where there are {len(names)} columns", lost="records")
            builder.skip("unread", "has another number of values than the header")


def _are_tags(cells: Sequence[str]) -> bool:
    """Tell whether a row below the header has the tags of HXL, as #org."""
    return any(cells) and all(cell.startswith("#") for cell in cells if cell)


def _personal_columns(header: Iterable[str]) -> list[str]:
    """Return the columns that only a list of persons has."""
    written = ((_key(name.partition("(")[0]), name) for name in header)
    keys = {_PERSONS["otherwise"].get(key, key): name for key, name in written}
    personal = sorted(keys[key] for key in keys if key in _OF_PERSONS or _MEANS.fullmatch(key))
    somebody = keys.keys() & _OF_SOMEBODY
    if personal or len(somebody) < 2 or _OF_PEOPLE.isdisjoint(keys) or not _COUNTS.isdisjoint(keys):
        return personal
    return sorted(keys[key] for key in somebody)


def _refuse_persons(builder: RowBuilder, header: Iterable[str]) -> None:
    """Raise InputError if the columns are those of a list of persons."""
    if personal := _personal_columns(header):
        message = (
            f"has a row for each person (columns {', '.join(personal)}), and a victim is never a node; count the "
            "rows by country, year, sex, age and form, suppress counts below 11, and import the counts: "
            "`tipgraph source import routes FILE`"
        )
        raise InputError([Fault(message, builder.file, 1)])


def _refuse_others(builder: RowBuilder, record: Record, cells: Sequence[str]) -> None:
    """Raise InputError for XML, JSON, or CSV without commas, by the first record."""
    first = record.text.lstrip(BOM).lstrip()[:1]
    if first in _NOT_CSV:
        message = f"is {_NOT_CSV[first]} and no CSV; name a file of the kind"
        raise InputError([Fault(message, builder.file, record.line)])
    for mark, name in _MARKS.items():
        if len(cells) == 1 and mark in cells[0]:
            message = f"has {name} between its columns; save it with commas"
            raise InputError([Fault(message, builder.file, record.line)])


def _header(
    file: str, cells: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Sequence[str], *, bare_ok: bool
) -> list[str]:
    """Return our names of the columns; an empty list if the file has no header and needs none."""
    ours = {_key(theirs): name for name, known in columns.items() for theirs in (name, *known)}
    names = [ours.get(_key(cell), "") for cell in cells]
    if any(names):
        if faults := list(_header_faults(names, columns, needed)):
            raise InputError(Fault(message, file, 1) for message in faults)
        return names
    if not bare_ok:
        raise InputError([Fault(f"has no header with any of {', '.join(columns)}; add one", file, 1)])
    return []


def _header_faults(names: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[str]:
    for name in needed:
        if name not in names:
            yield f"the header has no column {' or '.join(dict.fromkeys((name, *columns[name])))}; add it"
    for name in filter(None, names):
        if names.count(name) > 1:
            yield f"the column {name} is there twice; keep one"


def _key(name: str) -> str:
    return "".join(letter for letter in unaccented(name) if letter.isalnum())
