"""The values of a CSV file, record by record, under the names of its columns."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tipgraph.errors import Fault, InputError
from tipgraph.model import unaccented
from tipgraph.sources.importers.records import BOM
from tipgraph.sources.importers.row_builder import Intake, Record

_NOT_CSV = {"<": "XML", "{": "JSON", "[": "JSON"}
_MARKS = {";": "semicolons", "\t": "tabs"}
# What only a list of persons has: one row for each victim, as in CTDC's case data. Such rows are never taken in.
_PERSON_COLUMNS = """
    gender agebroad majoritystatus majoritystatusatexploit majorityentry dateofbirth birthdate dob
    typeofexploitconcatenated
    recruiterrelationship victimid victimname nameofvictim caseid passport personid individualid firstname lastname
    surname fullname givenname familyname forename apellido apellidos vorname nachname prenom nomdefamille
"""
_OF_PERSONS = frozenset(_PERSON_COLUMNS.split())
# What a table of counts may have too: two of these without a column of counts are a list of persons.
_OF_SOMEBODY = frozenset({
    "age", "sex", "nationality", "citizenship", "name", "birth", "yearofbirth", "placeofbirth", "caseworker",
    "casenumber", "status", "maritalstatus", "religion", "ethnicity", "phone", "email", "address", "occupation",
    "education",
})  # fmt: skip
_OTHERWISE = {"edad": "age", "alter": "age", "sexo": "sex", "sexe": "sex", "geschlecht": "sex", "nombre": "name",
              "nacionalidad": "nationality", "nationalite": "nationality"}  # fmt: skip
_MEANS = re.compile(r"(?:is|means)[a-z]*(?:exploit|control|threats|abuse|labour)[a-z]*|means[a-z]+")
_OF_PEOPLE = frozenset(
    {"age", "sex", "nationality", "citizenship", "birth", "yearofbirth", "placeofbirth", "caseworker"}
)
_COUNTS = frozenset({"n", "count", "number", "value", "txtvalue", "victims"})


def rows_of(
    intake: Intake,
    records: Iterable[Record],
    columns: Mapping[str, Sequence[str]],
    plain: Sequence[str] = (),
    needed: Sequence[str] = (),
) -> Iterator[dict[str, str]]:
    """Yield the values of each record under our names of the columns.

    `columns` gives the names under which a file may have each of ours; a file without a header has the columns of
    `plain`, in their order. Raises InputError for a file of persons, or one whose header lacks a column that is needed,
    by default the first two.
    """
    names: list[str] = []
    bare = False
    for record in intake.walk(records):
        try:
            cells = next(csv.reader([record.text.lstrip(BOM)], strict=True))
        except csv.Error as error:
            intake.fault(f"is no CSV: {error}; look for an unpaired quote")
            intake.leave("unread", "is no CSV")
            continue
        if not names and not any(cell.strip() for cell in cells):
            intake.leave("heading", "lines without values")
            continue
        if not names:
            _refuse_others(intake, record, cells)
            _refuse_persons(intake, cells)
            names = _header(intake, cells, columns, needed or list(columns)[:2], bare_ok=bool(plain))
            bare = not names
            if not bare:
                intake.leave("heading", "the header")
                continue
            names = list(plain)
        if len(cells) != len(names) and not (bare and len(cells) < len(names)):
            intake.fault(f"has {len(cells)} values where there are {len(names)} columns")
            intake.leave("unread", "has another number of values than there are columns")
            continue
        yield {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _refuse_persons(intake: Intake, header: Iterable[str]) -> None:
    """Raise InputError where the columns are those of a list of persons, one row for each."""
    keys = {_OTHERWISE.get(key, key): name for name in header for key in [_key(name.partition("(")[0])]}
    found = sorted(keys[key] for key in keys if key in _OF_PERSONS or _MEANS.fullmatch(key))
    people, counted = keys.keys() & _OF_PEOPLE, any(key in _COUNTS for key in keys)
    if not found and not counted and people and len(keys.keys() & _OF_SOMEBODY) > 1:
        found = sorted(keys[key] for key in keys.keys() & _OF_SOMEBODY)
    if found:
        message = (
            f"has a row for each person (columns {', '.join(found)}), and no victim is ever a node here; count the "
            "rows by country, year, sex, age and form, suppress counts below 11, and import the counts: "
            "`tipgraph source import routes FILE`"
        )
        raise InputError([Fault(message, intake.file, 1)])


def _refuse_others(intake: Intake, record: Record, cells: Sequence[str]) -> None:
    """Raise InputError for what is no CSV with commas, as its first record tells."""
    first = record.text.lstrip(BOM).lstrip()[:1]
    if first in _NOT_CSV:
        raise InputError([Fault(f"is {_NOT_CSV[first]} and no CSV; name a file of the kind", intake.file, record.line)])
    for mark, name in _MARKS.items():
        if len(cells) == 1 and mark in cells[0]:
            message = f"has {name} between its columns; save it with commas"
            raise InputError([Fault(message, intake.file, record.line)])


def _header(
    intake: Intake, cells: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Sequence[str], *, bare_ok: bool
) -> list[str]:
    """Return our names of the columns; an empty list where the first record is no header, and need not be one."""
    ours = {_key(theirs): name for name, known in columns.items() for theirs in (name, *known)}
    names = [ours.get(_key(cell), "") for cell in cells]
    if any(names):
        absent = [Fault(f"the header has no column {' or '.join(dict.fromkeys((name, *columns[name])))}; add it",
                        intake.file, 1) for name in needed if name not in names]  # fmt: skip
        absent += [Fault(f"the column {name} is there twice; keep one", intake.file, 1)
                   for name in sorted({name for name in names if name and names.count(name) > 1})]  # fmt: skip
        if absent:
            raise InputError(absent)
        return names
    if not bare_ok:
        raise InputError([Fault(f"has no header with any of {', '.join(columns)}; add one", intake.file, 1)])
    return []


def _key(name: str) -> str:
    return "".join(letter for letter in unaccented(name) if letter.isalnum())
