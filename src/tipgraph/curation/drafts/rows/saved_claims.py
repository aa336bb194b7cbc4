"""The claims that a source has already, as a person sees, corrects and removes them, and the rows that refer to them.

Decision: docs/decisions/0174-a-saved-claim-is-corrected-in-its-own-row.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TypeAlias

from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rows.decided_rows import DecidedRow
from tipgraph.curation.drafts.rows.row_forms import NOT_IN_FORMS
from tipgraph.curation.source_changes import NAMED_IN_BOOKS, Place, node_of, references
from tipgraph.errors import Fault, shown
from tipgraph.model import Ontology
from tipgraph.runtime import visible
from tipgraph.sources import SOURCE_FILE, Index, Source

_Span: TypeAlias = tuple[int, int]  # the start and end of words, in code points of the text


@dataclass(frozen=True)
class SavedClaim:
    """A row of a claim, and the places of its words by paragraph."""

    table: str
    cells: Mapping[str, str]
    places: Mapping[int, Sequence[_Span]]

    @property
    def name(self) -> str:
        """The row as TABLE/ID."""
        return f"{self.table}/{self.cells['id']}"

    @property
    def spans(self) -> list[_Span]:
        """The places of its words in all paragraphs."""
        return [span for spans in self.places.values() for span in spans]

    @cached_property
    def digest(self) -> str:
        """A digest of its cells and places, which differs once anybody has changed the row."""
        filled = sorted((name, cell) for name, cell in self.cells.items() if cell)
        return sha256(repr((filled, self.places)).encode()).hexdigest()[:16]

    @property
    def form(self) -> dict[str, str]:
        """The cells that a form shows."""
        return {name: cell for name, cell in self.cells.items() if cell and name not in NOT_IN_FORMS}

    def kept(self, typed: Mapping[str, str], resolved: DecidedRow) -> DecidedRow:
        """Return a resolved row with the present cells where a person typed nothing else, so that they stay."""
        cells = {name: " ".join(visible(cell).split()) for name, cell in self.form.items()}
        same = {name: self.cells[name] for name, cell in cells.items() if typed.get(name, cell) == cell}
        return resolved._replace(cells={**resolved.cells, **same})

    def changed(self, row: DecidedRow) -> list[str]:
        """Return the columns in which a row differs, with `entries` for new entries and `quote` for other words."""
        columns = sorted(name for name, cell in row.cells.items() if cell != self.cells.get(name, ""))
        words = set(row.spans) != set(self.spans)
        return columns + ["entries"] * bool(row.entries) + ["quote"] * words


def saved_claims(source: Source, terms: Ontology) -> Iterator[SavedClaim]:
    """Yield the claims of a source whose words are in its text."""
    table = source.tables.get("evidence")
    evidence = {row.cells["id"]: row.cells for row in (table.rows if table else ()) if row.cells.get("digest")}
    for table in source.tables.values():
        if "evidence" in table.columns and table.name in terms.tables:
            for cells in (row.cells for row in table.rows):
                if cells.get("id") and (places := _places(cells, evidence)):
                    yield SavedClaim(table.name, cells, places)


def _places(cells: Mapping[str, str], evidence: Mapping[str, Mapping[str, str]]) -> dict[int, list[_Span]]:
    places: dict[int, list[_Span]] = {}
    for place in filter(None, map(evidence.get, map(str.strip, cells.get("evidence", "").split("|")))):
        places.setdefault(int(place["paragraph"]), []).append((int(place["start"]), int(place["end"])))
    return places


class ClaimReferences:
    """The rows that keep a claim from being removed, or a cell of it from being corrected."""

    def __init__(self, text: DraftText, index: Index, terms: Ontology) -> None:
        """Look at a source and the others; `index` has the rows of all of them."""
        self._own, self._sources = text.source, [text.source, *text.others]
        self._index, self._terms = index, terms

    def to_removal(self, claim: SavedClaim) -> list[Fault]:
        """Return a fault for each row that names a claim, and for a number of rows that the source expects."""
        return [*self._names(claim), *self._decisions(claim), *self._expected(claim)]

    def to_correction(self, claim: SavedClaim, columns: Sequence[str]) -> list[Fault]:
        """Return a fault for each row of `corrections.csv` that changes one of the columns at every build."""
        return [fault for fault in self._decisions(claim) if fault.column in columns]

    def _names(self, claim: SavedClaim) -> Iterator[Fault]:
        classes = self._terms.classes[self._class(claim.table, claim.cells)]
        for place in self._places():
            cls = self._class(place.table.name, place.row.cells)
            columns = [column for column in self._terms.columns(cls).values() if column.refers in classes]
            named = references(place.source, place.row.cells, columns, self._index, self._terms)
            own = (column for column, _, node in named if node == node_of(self._name(claim)))
            for column in dict.fromkeys(own) if place.name != self._name(claim) else ():
                yield place.fault(column, "refers to this claim; change or remove that row first")

    def _decisions(self, claim: SavedClaim) -> Iterator[Fault]:
        """Yield a fault for each row about a claim in the books of the reference."""
        books = ((source, book, NAMED_IN_BOOKS[name]) for source in self._sources
                 for name, book in source.books.items() if name in NAMED_IN_BOOKS)  # fmt: skip
        for source, book, naming in books:
            for row in (row for row in book.rows if row.cells.get(naming) == self._name(claim)):
                message = "is a decision about this claim; change or remove that row first"
                yield Place(source, book, row).fault(row.cells.get("column", ""), message)

    def _expected(self, claim: SavedClaim) -> Iterator[Fault]:
        cls = self._class(claim.table, claim.cells)
        tables = (table for table in self._own.tables.values() if table.name in self._terms.tables)
        left = sum(self._class(table.name, row.cells) == cls for table in tables for row in table.rows) - 1
        if left < self._own.expected.get(cls, 0):
            message = f"expects more than {left} {cls}; write {cls} = {left} first"
            yield Fault(message, shown(self._own.path / SOURCE_FILE), None, "expected")

    def _name(self, claim: SavedClaim) -> str:
        return f"{self._own.name}/{claim.name}"

    def _class(self, table: str, cells: Mapping[str, str]) -> str:
        """Return the class of a row, or that of its table if the row names none."""
        cls = cells.get("type", "")
        return cls if cls in self._terms.classes else self._terms.tables[table]

    def _places(self) -> Iterator[Place]:
        """Yield the rows of all sources that have an id."""
        tables = ((source, table) for source in self._sources for table in source.tables.values())
        rows = (Place(source, table, row) for source, table in tables if table.name in self._terms.tables
                for row in table.rows)  # fmt: skip
        return (place for place in rows if place.row.cells.get("id"))
