"""Retract a source: it is removed with every claim about it, and its ids stay retired with the reason."""

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode

from tipgraph.curation.ledger import plain
from tipgraph.curation.source_changes import NAMED_IN_BOOKS, DataFolder, Place, SourceChange, node_of
from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import ontology, today
from tipgraph.sources import ASSESSMENTS, SOURCE_FILE, Source, is_entry


def plan_retraction(name: str, reason: str, data: Path | None = None, day: str = "") -> SourceChange:
    """Plan to retract a source: its folder is removed, and its ids are retired with the reason.

    Rows of the reference about it go too: judgements, contradictions, restatements, audits, corrections, allowances. A
    row of another source that names it is a fault, and so is an entry of the reference. Raises InputError with every
    fault, UnknownName for an unknown source, CallError for one of the kit.
    """
    reason, folder, day = plain(reason, "reason"), DataFolder(data), day or today()
    source, reference = folder.source(name), folder.reference
    retired = folder.names(source)
    dependents = _dependents(folder, set(map(node_of, retired)))
    gone = {*map(node_of, retired), *(node_of(place.name) for place in dependents)}
    if faults := list(_obstacles(folder, source, dependents, gone)):
        raise InputError(faults).adding("nothing was written")
    change = SourceChange(folder.data, partial(plan_retraction, name, reason, data, day))
    change.move(source.path, None, f"remove {shown(source.path)}: {_content(source)}")
    for place in dependents:
        change.remove(place)
    names = {*retired, *(place.name for place in dependents)}
    for place in folder.places(reference):
        if place.row.cells.get(NAMED_IN_BOOKS.get(place.table.name, ""), "") in names:
            change.remove(place)
    retired += [place.name for place in dependents if place.table.name != ASSESSMENTS]
    folder.retire(change, dict.fromkeys(retired, ""), reason, day)
    change.lines += folder.mentions(name)
    return change


def _content(source: Source) -> str:
    """Return the number of rows of a source, and the names of its other files."""
    count = sum(len(table.rows) for table in source.tables.values())
    others = sorted(path.name for path in source.path.iterdir() if path.suffix != ".csv" and path.name != SOURCE_FILE)
    return ", ".join([f"{count:,} rows", *others])


def _dependents(folder: DataFolder, gone: Collection[NamedNode]) -> list[Place]:
    """Return the rows of the reference that name removed rows; entries are not among them."""
    gone, dependents, terms = set(gone), [], ontology()
    waiting = [place for place in folder.places(folder.reference) if not is_entry(place.table.name, terms)]
    while named := [place for place in waiting if any(node in gone for _, _, node in folder.references(place))]:
        gone |= {node_of(place.name) for place in named}
        dependents += named
        waiting = [place for place in waiting if place not in named]
    return dependents


def _obstacles(
    folder: DataFolder, source: Source, dependents: Collection[Place], gone: Collection[NamedNode]
) -> Iterator[Fault]:
    """Yield a fault for each reference to removed rows in rows and settings that stay."""
    for other in (other for other in folder.own if other is not source):
        for key, part, node in folder.settings(other):
            if node in gone:
                message = f"names {part}, which would be removed; change it first"
                yield Fault(message, shown(other.path / SOURCE_FILE), None, key)
        for place in (place for place in folder.places(other) if place not in dependents):
            for column, part, node in folder.references(place):
                if node in gone:
                    message = f"names {part}, which would be removed; change the cell, or remove the row, first"
                    yield place.fault(column, message)
