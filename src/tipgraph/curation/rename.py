"""Rename a source: its folder, texts and references change, and each old id names the new one."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import NamedNode

from tipgraph.curation.ledger import plain
from tipgraph.curation.source_changes import NAMED_IN_BOOKS, RETIREMENTS, DataFolder, Place, SourceChange, node_of
from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import DATA, REFERENCE_NAME, data_name, today
from tipgraph.pipeline import audits
from tipgraph.sources import ASSESSMENTS, SOURCE_FILE, Source, is_name, kit_names

_Renamed: TypeAlias = Callable[[str], str]  # from an old reference to the new one


def plan_rename(
    old: str, new: str, data: Path | None = None, texts: Path | None = None, reason: str = "", day: str = ""
) -> SourceChange:
    """Plan to rename a source: its folder and all references to it change, and old ids are replaced by new ones.

    `texts` is the folder of the texts; those called by the old name and a suffix are renamed too. Raises InputError
    with every fault, UnknownName for an unknown source, CallError for a name that cannot be given.
    """
    folder, day = DataFolder(data), day or today()
    source = folder.source(old)
    _refuse(new, folder)
    target = source.path.with_name(new)
    change = SourceChange(folder.data, partial(plan_rename, old, new, data, texts, reason, day))
    change.move(source.path, target, f"rename {shown(source.path)} to {shown(target)}")
    ids = folder.names(source)
    nodes = set(map(node_of, ids))

    def renamed(part: str) -> str:
        head, slash, rest = part.partition("/")
        return new + slash + rest if head == old else part

    for place in (place for other in folder.own for place in folder.places(other)):
        if cells := _cells(folder, place, nodes, renamed):
            change.put(place, cells)
    for place, fingerprint in _fingerprints(folder, renamed):
        change.put(place, {"fingerprint": fingerprint})
    _rename_texts(change, source, new, texts)
    _rename_in_settings(change, folder, nodes, renamed)
    reason = plain(reason or f"{old} is called {new} now", "reason")
    folder.retire(change, {row: renamed(row) for row in ids}, reason, day)
    change.lines += folder.mentions(old)
    return change


def _refuse(new: str, folder: DataFolder) -> None:
    """Raise CallError for a name that a source cannot have, or that one has or had."""
    if not is_name(new) or new == REFERENCE_NAME:
        raise CallError(f"{new!r} is no name for a source; use lower-case letters, digits and hyphens")
    earlier = {row.cells["retiredId"].partition("/")[0] for row in folder.retirements.rows()}
    names = {*(source.name for source in folder.sources), *kit_names(), *earlier}
    if new in names or (folder.data / new).exists():
        raise CallError(f"{new} is, or was, the name of another source; choose one that was never used")


def _cells(folder: DataFolder, place: Place, nodes: Collection[NamedNode], renamed: _Renamed) -> dict[str, str]:
    """Return the cells of a row that name the source, with the new name."""
    cells = place.row.cells
    named = [(column, part) for column, part, node in folder.references(place) if node in nodes]
    if book := "replacedBy" if place.table.name == RETIREMENTS else NAMED_IN_BOOKS.get(place.table.name):
        named.append((book, cells.get(book, "")))
    new = {}
    for column in dict.fromkeys(column for column, _ in named if cells.get(column)):
        new[column] = _with_parts(cells[column], [part for name, part in named if name == column], renamed)
    return {column: cell for column, cell in new.items() if cell != cells[column]}


def _with_parts(cell: str, named: Collection[str], renamed: _Renamed) -> str:
    parts = re.split(r"(\s*\|\s*)", cell)
    return "".join(renamed(part) if part in named else part for part in parts)


def _fingerprints(folder: DataFolder, renamed: _Renamed) -> Iterator[tuple[Place, str]]:
    """Yield each assessment that is current, with the fingerprint of its claim under the new name."""

    def new(node: NamedNode) -> NamedNode:
        return NamedNode(DATA + renamed(data_name(node.value))) if node.value.startswith(DATA) else node

    if ASSESSMENTS in folder.reference.tables:
        fingerprints = audits.renamed_fingerprints(folder.gathered.statements, new)
        places = ((place, fingerprints.get(place.name)) for place in folder.places(folder.reference))
        yield from ((place, fingerprint) for place, fingerprint in places if fingerprint)


def _rename_texts(change: SourceChange, source: Source, new: str, texts: Path | None) -> None:
    """Plan to rename the texts that we have, and the settings that name them; without texts both stay."""
    paths = sorted(path for path in texts.rglob(f"{source.name}.*") if path.is_file()) if texts else []
    moves = {path: path.with_name(new + path.name.removeprefix(source.name)) for path in paths}
    if taken := [path for path in moves.values() if path.exists()]:
        raise InputError(Fault("is there already; move it away", shown(path)) for path in taken)
    for path, target in moves.items():
        change.move(path, target, f"rename {shown(path)} to {target.name}")
        setting = re.compile(rf"""(?m)^(\s*(?:textFile|documentFile)\s*=\s*["']){re.escape(path.name)}(?=["'])""")
        change.substitute(source.path / SOURCE_FILE, setting, target.name)


def _rename_in_settings(
    change: SourceChange, folder: DataFolder, nodes: Collection[NamedNode], renamed: _Renamed
) -> None:
    """Plan to rename the references to a source in the settings of all sources."""
    for source in folder.own:
        for key, part, node in folder.settings(source):
            if node in nodes and renamed(part) != part:
                setting = re.compile(rf"(?m)^(\s*{re.escape(key)}\s*=.*?)(?<![\w/-]){re.escape(part)}(?![\w/-])")
                change.substitute(source.path / SOURCE_FILE, setting, renamed(part))
