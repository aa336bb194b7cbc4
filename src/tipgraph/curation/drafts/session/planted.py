"""Wrong drafts for training: a right one with one cell changed, as a rule or a model may get it wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import combinations
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Draft
from tipgraph.model import EDTF, Column, Ontology

_ONE_IN: Final = 4  # drafts


class Planted(NamedTuple):
    """A wrong draft in place of a right one, and the columns that are wrong in it."""

    draft: Draft
    columns: tuple[str, ...]


def planted(drafts: Sequence[Draft], terms: Ontology) -> list[Planted]:
    """Return each draft, one in four of them with a wrong cell; the same for the same drafts.

    A draft that cannot be made wrong stays as it is, with no wrong columns.
    """
    names = _names(drafts, terms)
    return [_wrong(draft, names, terms) if _number(draft) % _ONE_IN == 0 else Planted(draft, ()) for draft in drafts]


def _wrong(draft: Draft, names: Mapping[str, Sequence[str]], terms: Ontology) -> Planted:
    """Return a draft with one of the errors that it can have."""
    columns = terms.columns(terms.tables[draft.table])
    errors = list(_errors(draft, {name: columns[name] for name in draft.cells if name in columns}, names, terms))
    if not errors:
        return Planted(draft, ())
    changed = errors[_number(draft) // _ONE_IN % len(errors)]
    printed = {f"{name}AsPrinted": "" for name in changed}
    cells = {name: cell for name, cell in {**draft.cells, **printed, **changed}.items() if cell}
    return Planted(replace(draft, cells=cells), tuple(changed))


def _errors(
    draft: Draft, columns: Mapping[str, Column], names: Mapping[str, Sequence[str]], terms: Ontology
) -> Iterator[dict[str, str]]:
    """Yield cells that make a draft wrong: two entries exchanged, another entry, number, year or code."""
    refers = [column for column in columns.values() if column.refers and "|" not in draft.cells[column.name]]
    for one, other in combinations(refers, 2):
        if one.refers == other.refers and draft.cells[one.name] != draft.cells[other.name]:
            yield {one.name: draft.cells[other.name], other.name: draft.cells[one.name]}
    for column in columns.values():
        choices = names.get(column.refers, ()) if column in refers else sorted(terms.codes.get(column.scheme, {}))
        cell = draft.cells[column.name]
        if wrong := _other(cell, choices, _number(draft)) or _figure(cell, column.datatype):
            yield {column.name: wrong}


def _other(cell: str, choices: Sequence[str], number: int) -> str:
    others = [choice for choice in choices if choice != cell]
    return others[number % len(others)] if others else ""


def _figure(cell: str, datatype: str) -> str:
    """Return another number or year; nothing for other values."""
    if not cell.isdecimal():
        return ""
    if datatype == EDTF:
        return str(int(cell) - 1)
    return f"{cell}0" if datatype.endswith(("decimal", "integer")) else ""


def _names(drafts: Sequence[Draft], terms: Ontology) -> dict[str, list[str]]:
    """Return the names that drafts have in columns of each class."""
    names: dict[str, dict[str, None]] = {}
    for draft in drafts:
        columns = terms.columns(terms.tables[draft.table])
        for name, cell in draft.cells.items():
            if name in columns and columns[name].refers and "|" not in cell:
                names.setdefault(columns[name].refers, {})[cell] = None
    return {cls: list(found) for cls, found in names.items()}


def _number(draft: Draft) -> int:
    return int(sha256(repr(draft.key).encode()).hexdigest()[:8], 16)
