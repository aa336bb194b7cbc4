"""The reference of a folder of sources, with rows that the kit lends: places, actors, and sources that a project names.

The rows of a project's own reference are added to those of the kit, so that nothing is copied.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import ALL, REFERENCE_NAME, kit
from tipgraph.sources.folder import SOURCE_FILE, Source, Table, read_source, read_sources

_TAKEN = "{!r} is the id of a row of the kit; choose another, such as one with your prefix"
_SHARED = frozenset({"actors", "places"})  # tables about no other source
# The source in a part of a cell: a row of it (`ap-2005/p2-1`), or itself (`ap-2005`).
_NAMED = re.compile(r"(?:^|\|)\s*([a-z0-9-]+)\s*(?=/|\||$)")


def with_reference(data: Path | None = None) -> list[Source]:
    """Read every source of a folder with a reference: its own, that of the kit, or both.

    By default the folder of the project, with the sources of the kit that it names, else of the kit. Raises InputError
    if the project names a source that the kit does not have.
    """
    where = data or kit.data()
    wanted = lent_names(where)
    own = read_sources(where) if not wanted or any(where.glob(f"*/{SOURCE_FILE}")) else []
    lent = [read_source(kit.folder("data") / name) for name in wanted]
    _refuse_kit_names(where, own)
    reference = next((source for source in own if source.name == REFERENCE_NAME), None)
    others = [source for source in own if source is not reference]
    return sorted([*others, *lent, _reference(where, reference)], key=lambda source: source.name)


def _refuse_kit_names(data: Path, own: Iterable[Source]) -> None:
    """Raise InputError if a source of a project has the name of one of the kit."""
    if kit.is_layered(data) and (both := sorted({source.name for source in own} & set(kit_names()))):
        message = "is the name of a source of the kit; rename the folder"
        raise InputError(Fault(message, shown(data / name)) for name in both)


def reference_of(data: Path | None = None) -> Source:
    """Read the reference of a folder of sources: its own, that of the kit, or both in a project."""
    where = data or kit.data()
    own = where / REFERENCE_NAME
    return _reference(where, read_source(own) if own.is_dir() else None)


def _reference(data: Path, own: Source | None) -> Source:
    if own is None:
        return _lent(lent_names(data))
    return _added(_lent(lent_names(data)), own) if kit.is_layered(data) else own


def lent_names(data: Path) -> list[str]:
    """Return the names of the kit's sources in the build of a folder of sources.

    Raises InputError if the project names a source that the kit does not have.
    """
    project = kit.project()
    if project is None or not project.kit_sources or not kit.is_layered(data):
        return []
    known = kit_names()
    wanted = known if ALL in project.kit_sources else sorted(set(project.kit_sources))
    if unknown := [name for name in wanted if name not in known]:
        listed, file = ", ".join(known), shown(project.file)
        raise InputError(
            Fault(f"{name!r} is no source of the kit; they are {listed}", file, None, "kit_sources") for name in unknown
        )
    return wanted


def kit_names() -> list[str]:
    """Return the names of the kit's sources, without its reference."""
    names = (path.parent.name for path in kit.folder("data").glob(f"*/{SOURCE_FILE}"))
    return sorted(name for name in names if name != REFERENCE_NAME)


def _lent(wanted: Collection[str]) -> Source:
    """Return the kit's reference without rows about sources that are not wanted, and without those that name such rows.

    Its rows are marked with their file.
    """
    lent = read_source(kit.folder("data") / REFERENCE_NAME)
    absent, removed = set(kit_names()) - set(wanted), set[str]()

    def kept(table: Table, column: str = "") -> Table:
        rows = []
        for row in table.rows:
            cells = [row.cells.get(column, "")] if column else row.cells.values()
            if removed.isdisjoint(cells) and absent.isdisjoint(name for cell in cells for name in _NAMED.findall(cell)):
                rows.append(replace(row, path=row.path or table.path))
            else:
                removed.add(f"{REFERENCE_NAME}/{table.name}/{row.cells.get('id', '')}")
        return replace(table, rows=tuple(rows))

    lent.books = {name: kept(book, "what") for name, book in lent.books.items()}
    tables = [table for name, table in lent.tables.items() if name in _SHARED or wanted]
    lent.tables = {table.name: kept(table) for table in map(kept, tables)}
    lent.expected = {}
    return lent


def _added(lent: Source, own: Source) -> Source:
    """Return the reference of a project: the lent rows, then its own, with its own settings first."""
    both = replace(own, about=lent.about | own.about)
    both.tables = dict(_added_tables(lent.tables, own.tables, both.faults))
    both.books = dict(_added_tables(lent.books, own.books, both.faults))
    return both


def _added_tables(lent: dict[str, Table], own: dict[str, Table], faults: list[Fault]) -> Iterator[tuple[str, Table]]:
    for name in sorted({*lent, *own}):
        if name not in own or name not in lent:
            yield name, own.get(name) or lent[name]
            continue
        lent_ids = {row.cells.get("id", "") for row in lent[name].rows}
        taken = [row for row in own[name].rows if row.cells.get("id") in lent_ids]
        faults += [Fault(_TAKEN.format(row.cells["id"]), own[name].at(row), row.line, "id") for row in taken]
        rest = [row for row in own[name].rows if row not in taken]
        columns = tuple(dict.fromkeys((*own[name].columns, *lent[name].columns)))
        yield name, replace(own[name], columns=columns, rows=(*lent[name].rows, *rest))
