"""What the kit lends to a folder of sources: places and actors to all, to a project also sources that it asks for.

The project's own reference is added to the one that is lent, row by row, so that nothing of the kit is copied.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import ALL, REFERENCE_NAME, kit
from tipgraph.sources.folder import SOURCE_FILE, Row, Source, Table, read_source, read_sources

_SHARED = frozenset({"actors", "places"})  # what the reference says of no other source
# The source that a part of a cell names: a row of it (`ap-2005/p2-1`), or itself (`ap-2005`).
_NAMED = re.compile(r"(?:^|\|)\s*([a-z0-9-]+)\s*(?=/|\||$)")


def with_reference(data: Path | None = None) -> list[Source]:
    """Read every source of a folder, and a reference: their own, what the kit lends, or both together.

    By default those of the project, with the sources of the kit that it asks for, else those of the kit. Raises
    InputError for a project that asks for what the kit does not have.
    """
    where = data or kit.data()
    asked = lent_names(where)
    own = read_sources(where) if not asked or any(where.glob(f"*/{SOURCE_FILE}")) else []
    lent = [read_source(kit.folder("data") / name) for name in asked]
    if kit.is_layered(where) and (both := sorted({source.name for source in own} & set(_kit_names()))):
        message = "is the name of a source of the kit, of which its ids speak already; rename the folder"
        raise InputError(Fault(message, shown(where / name)) for name in both)
    reference = next((source for source in own if source.name == REFERENCE_NAME), None)
    others = [source for source in own if source is not reference]
    return sorted([*others, *lent, _reference(where, reference)], key=lambda source: source.name)


def reference_of(data: Path | None = None) -> Source:
    """Read the reference of a folder of sources: its own, what the kit lends, or in a project both together."""
    where = data or kit.data()
    own = where / REFERENCE_NAME
    return _reference(where, read_source(own) if own.is_dir() else None)


def _reference(data: Path, own: Source | None) -> Source:
    if own is None:
        return _lent(lent_names(data))
    return _added(_lent(lent_names(data)), own) if kit.is_layered(data) else own


def lent_names(data: Path) -> list[str]:
    """Return the names of the kit's sources that are built in beside a folder of sources, in order.

    Raises InputError where the project asks for what the kit does not have.
    """
    project = kit.project()
    if project is None or not project.kit_sources or not kit.is_layered(data):
        return []
    known = _kit_names()
    asked = known if ALL in project.kit_sources else sorted(set(project.kit_sources))
    if strange := [name for name in asked if name not in known]:
        listed, file = ", ".join(known), shown(project.file)
        raise InputError(
            Fault(f"{name!r} is no source of the kit; they are {listed}", file, None, "kit_sources") for name in strange
        )
    return asked


def _kit_names() -> list[str]:
    found = (path.parent.name for path in kit.folder("data").glob(f"*/{SOURCE_FILE}"))
    return sorted(name for name in found if name != REFERENCE_NAME)


def _lent(asked: Collection[str]) -> Source:
    """Return what the kit's reference says of itself and of the sources that are asked for."""
    lent = read_source(kit.folder("data") / REFERENCE_NAME)
    absent = set(_kit_names()) - set(asked)
    tables = {name: table for name, table in lent.tables.items() if name in _SHARED or asked}
    kept = {name: _without(table, absent) for name, table in tables.items()}
    gone = _ids(tables) - _ids(kept)
    lent.tables = {name: _where(table, lambda row: gone.isdisjoint(row.cells.values())) for name, table in kept.items()}
    lent.books = {name: _without(book, absent, "what") for name, book in lent.books.items()}
    lent.expected = {}
    return lent


def _without(table: Table, absent: Collection[str], column: str = "") -> Table:
    """Return the rows of a table that name no absent source, in a column or in any, each marked as lent."""

    def stays(row: Row) -> bool:
        cells = [row.cells.get(column, "")] if column else row.cells.values()
        return not any(name in absent for name in _named(cells))

    marked = replace(table, rows=tuple(replace(row, path=row.path or table.path) for row in table.rows))
    return _where(marked, stays)


def _where(table: Table, stays: Callable[[Row], bool]) -> Table:
    return replace(table, rows=tuple(row for row in table.rows if stays(row)))


def _ids(tables: dict[str, Table]) -> set[str]:
    return {
        f"{REFERENCE_NAME}/{name}/{row.cells.get('id', '')}" for name, table in tables.items() for row in table.rows
    }


def _named(cells: Iterable[str]) -> Iterator[str]:
    return (name for cell in cells for name in _NAMED.findall(cell))


def _added(lent: Source, own: Source) -> Source:
    """Return the reference of a project: what is lent, then what is its own; its settings go before those lent."""
    both = replace(own, about=lent.about | own.about)
    both.tables = dict(_added_tables(lent.tables, own.tables, both.faults))
    both.books = dict(_added_tables(lent.books, own.books, both.faults))
    return both


def _added_tables(lent: dict[str, Table], own: dict[str, Table], faults: list[Fault]) -> Iterator[tuple[str, Table]]:
    for name in sorted({*lent, *own}):
        if name not in own or name not in lent:
            yield name, own.get(name) or lent[name]
            continue
        taken = {row.cells.get("id", "") for row in lent[name].rows}
        faults += [_taken(own[name], row) for row in own[name].rows if row.cells.get("id") in taken]
        rest = [row for row in own[name].rows if row.cells.get("id") not in taken]
        columns = tuple(dict.fromkeys((*own[name].columns, *lent[name].columns)))
        yield name, replace(own[name], columns=columns, rows=(*lent[name].rows, *rest))


def _taken(table: Table, row: Row) -> Fault:
    message = f"{row.cells['id']!r} is the id of a row that the kit lends; choose another, such as one with your prefix"
    return Fault(message, table.at(row), row.line, "id")
