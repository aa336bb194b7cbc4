"""A planned change of a folder of sources: rows to write or remove, files to move. All is done, or nothing.

Decision: docs/decisions/0124-a-retracted-source-leaves-its-ids.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.curation.ledger import Cells, Ledger, reference_ledger
from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, Column, Ontology, data_iri, kit, ontology
from tipgraph.pipeline import gather
from tipgraph.runtime import alone, atomic_file, atomic_moves
from tipgraph.sources import Index, Row, Source, Table, index_of, unknown_source, with_reference

RETIREMENTS: Final = "retirements"
NAMED_IN_BOOKS: Final = {"allowed": "source", "corrections": "what"}  # the column that names a source or a row
_COLUMNS: Final = ("id", "retiredId", "replacedBy", "retiredOn", "reason")
_LONGEST: Final = 100  # characters of the cells of a row that is described


class Place(NamedTuple):
    """A row of a table in a folder of sources."""

    source: Source
    table: Table
    row: Row

    @property
    def path(self) -> Path:
        """The file of the row."""
        return self.row.path or self.table.path

    @property
    def name(self) -> str:
        """The row as `source/table/id`."""
        return f"{self.source.name}/{self.table.name}/{self.row.cells['id']}"

    def fault(self, column: str, message: str) -> Fault:
        """Return a fault of the row."""
        return Fault(message, shown(self.path), self.row.line, column)


@dataclass
class SourceChange:
    """A planned change of files below `data`, and of texts.

    `lines` describe it. `rows` are cells to write, and `removed` ids to remove, by file; `settings` are new texts of
    settings; `moves` are new places of files and folders, None for those that are removed. `again` plans once more.
    """

    data: Path
    again: Callable[[], "SourceChange"] = field(compare=False)
    lines: list[str] = field(default_factory=list)
    rows: dict[Path, dict[str, dict[str, str]]] = field(default_factory=dict)
    removed: dict[Path, set[str]] = field(default_factory=dict)
    settings: dict[Path, str] = field(default_factory=dict)
    moves: dict[Path, Path | None] = field(default_factory=dict)

    def move(self, old: Path, new: Path | None, line: str) -> None:
        """Plan to move a file or folder, or to remove it."""
        self.moves[old] = new
        self.lines.append(line)

    def put(self, place: Place, cells: Cells) -> None:
        """Plan to write cells of a row."""
        row_id = place.row.cells["id"]
        self.rows.setdefault(place.path, {}).setdefault(row_id, {"id": row_id}).update(cells)
        self._describe("change", place, (f"{name} {cell}" for name, cell in cells.items()))

    def remove(self, place: Place) -> None:
        """Plan to remove a row."""
        self.removed.setdefault(place.path, set()).add(place.row.cells["id"])
        self._describe("remove", place, filter(None, place.row.cells.values()))

    def _describe(self, verb: str, place: Place, cells: Iterable[str]) -> None:
        words = ", ".join(cells)
        mark = "…" * (len(words) > _LONGEST)
        self.lines.append(f"{verb} {shown(place.path)}:{place.row.line}: {words[:_LONGEST]}{mark}")

    def substitute(self, path: Path, pattern: re.Pattern[str], new: str) -> None:
        """Plan to write a text after the first group of each match in a file of settings."""
        text = self.settings.get(path) or path.read_bytes().decode("utf-8")
        self.settings[path] = pattern.sub(lambda match: match[1] + new, text)
        if self.settings[path] != text:
            self.lines.append(f"change {shown(path)}: {new}")

    def apply(self) -> None:
        """Write all changes, or none. Raises CallError if the sources have changed since the plan, and OSError."""
        with ExitStack() as locks:
            for folder in sorted(self._folders()):
                locks.enter_context(alone(folder))
            if self.again() != self:
                raise CallError("the sources have changed since the plan; nothing was written: run the command again")
            self._write()

    def _folders(self) -> set[Path]:
        """Return the folders that are moved, or in which a file is written."""
        files = self.rows.keys() | self.removed.keys() | self.settings.keys()
        folders = {*(path.parent for path in files), *(path for path in self.moves if path.is_dir())}
        return {self.data / REFERENCE_NAME, *folders}

    def _write(self) -> None:
        with atomic_moves(self.moves):
            texts = {self._moved(path): text for path, text in self.settings.items()}
            for path in self.rows.keys() | self.removed.keys():
                moved = self._moved(path)
                table = Ledger(moved, _COLUMNS, ["id"])
                texts[moved] = table.edited(table.rows(), self.removed.get(path, ()), self.rows.get(path, {}).values())
            with atomic_file(*texts) as besides:
                for beside, text in zip(besides, texts.values(), strict=True):
                    beside.write_text(text, "utf-8", newline="")

    def _moved(self, path: Path) -> Path:
        """Return the place of a file after the moves."""
        moved = (new / path.relative_to(old) for old, new in self.moves.items() if new and path.is_relative_to(old))
        return next(moved, path)


class DataFolder:
    """The sources of a folder before a change, and the rows that a person can change.

    Raises InputError with every fault of the sources, since a fault may hide a reference.
    """

    def __init__(self, data: Path | None) -> None:
        """Read a folder of sources, by default that of the project."""
        self.data = data or kit.data()
        self.gathered = gather(self.data)
        if self.gathered.faults:
            raise InputError(self.gathered.faults).adding("nothing was written")
        self.sources = with_reference(self.data)
        self.own = [source for source in self.sources if source.path.parent == self.data]
        self.reference = next(source for source in self.sources if source.name == REFERENCE_NAME)
        self.retirements = reference_ledger(self.data, RETIREMENTS, _COLUMNS, "r")
        self._terms = ontology()
        self._index = index_of(self.sources, self._terms, [])

    def source(self, name: str) -> Source:
        """Return a source of this folder; raise CallError for one of the kit, and for the reference."""
        own = {source.name: source for source in self.own if source.name != REFERENCE_NAME}
        if name in own:
            return own[name]
        if name in {source.name for source in self.sources}:
            raise CallError(f"{name} is not yours to change: it is the reference, or a source of the kit")
        raise unknown_source(name, own)

    def places(self, source: Source) -> Iterator[Place]:
        """Yield the rows of a source that are in this folder."""
        tables = [*source.tables.values(), *source.books.values()]
        places = (Place(source, table, row) for table in tables for row in table.rows)
        return (place for place in places if place.path.is_relative_to(self.data))

    def names(self, source: Source) -> list[str]:
        """Return the ids of a source: its own, and that of each row."""
        return [source.name, *(place.name for place in self.places(source) if place.table.name in self._terms.tables)]

    def class_of(self, table: str, row: Row) -> str:
        """Return the class of a row; an empty string for a row that becomes no statement."""
        return self._terms.tables.get(table, "") and (row.cells.get("type") or self._terms.tables[table])

    def mentions(self, name: str) -> Iterator[str]:
        """Yield a line for each other file of the project that names a source, which a person has to look at."""
        kinds = (("", "*.toml"), ("queries", "**/*.rq"), ("ontology", "*.ttl")) if kit.is_layered(self.data) else ()
        for path in (path for folder, pattern in kinds for path in kit.own_files(folder, pattern)):
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
                if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", line):
                    yield f"look at {shown(path)}:{number}, which names {name}"

    def references(self, place: Place) -> Iterator[tuple[str, str, NamedNode]]:
        """Yield each reference of a row: its column, the reference as it is written, and the node that it means."""
        cls = self.class_of(place.table.name, place.row)
        columns = self._terms.columns(cls).values() if cls else ()
        return references(place.source, place.row.cells, columns, self._index, self._terms)

    def settings(self, source: Source) -> Iterator[tuple[str, str, NamedNode]]:
        """Yield each reference in the settings of a source."""
        return references(source, source.about, self._terms.columns("Source").values(), self._index, self._terms)

    def retire(self, change: SourceChange, ids: Mapping[str, str], reason: str, day: str) -> None:
        """Plan to retire ids, each with the id that replaces it, or an empty string."""
        rows = change.rows.setdefault(self.retirements.path, {})
        for old, new in ids.items():
            cells = self.retirements.new_row(self.data, (old, new, day, reason))
            rows[cells["id"]] = cells
        replaced = ", each replaced by its new one" if any(ids.values()) else ""
        change.lines.append(f"retire {len(ids):,} ids in {shown(self.retirements.path)}{replaced}: {reason}")


def references(
    source: Source, cells: Cells, columns: Iterable[Column], index: Index, terms: Ontology
) -> Iterator[tuple[str, str, NamedNode]]:
    """Yield each reference in cells of a source: its column, the reference as it is written, and the node it means."""
    for column in (column for column in columns if column.refers and cells.get(column.name)):
        for part in map(str.strip, cells[column.name].split("|")):
            for target in index.candidates(source.name, part):
                if column.refers in terms.classes.get(target.cls, ()):
                    yield column.name, part, target.iri


def node_of(name: str) -> NamedNode:
    """Return the node of an id such as `source/table/row`."""
    return data_iri(*name.split("/"))
