"""The claims that a source has already, as a person sees, corrects and removes them, and the rows that refer to them.

Decision: docs/decisions/0174-a-saved-claim-is-corrected-in-its-own-row.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TypeAlias

from tipgraph.curation.drafts.rows.row_forms import NOT_IN_FORMS
from tipgraph.curation.drafts.rows.row_sentences import RowSentences
from tipgraph.curation.source_changes import NAMED_IN_BOOKS, Place, node_of, references
from tipgraph.errors import Fault
from tipgraph.model import Ontology
from tipgraph.sources import Source

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


def saved_claims(source: Source, terms: Ontology) -> Iterator[SavedClaim]:
    """Yield the claims of a source whose words are in its text."""
    table = source.tables.get("evidence")
    evidence = {row.cells["id"]: row.cells for row in (table.rows if table else ()) if row.cells.get("digest")}
    for table in source.tables.values():
        if "evidence" in table.columns and table.name in terms.tables:
            for cells in (row.cells for row in table.rows if row.cells.get("id")):
                places: dict[int, list[_Span]] = {}
                for place in filter(None, map(evidence.get, map(str.strip, cells.get("evidence", "").split("|")))):
                    places.setdefault(int(place["paragraph"]), []).append((int(place["start"]), int(place["end"])))
                if places:
                    yield SavedClaim(table.name, cells, places)


def decisions_about(claim: SavedClaim, own: Source, others: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault for each row about a claim in a book, which keeps it from being removed.

    The `column` of a row of `corrections.csv` is changed at every build, so that it cannot be corrected otherwise.
    """
    for source in (own, *others):
        for name, naming in NAMED_IN_BOOKS.items():
            book = source.books.get(name)
            for row in book.rows if book else ():
                if book and row.cells.get(naming) == f"{own.name}/{claim.name}":
                    message = "is a decision about this claim; change or remove that row first"
                    yield Place(source, book, row).fault(row.cells.get("column", ""), message)


def naming(claim: SavedClaim, own: Source, others: Sequence[Source], sentences: RowSentences) -> Iterator[Fault]:
    """Yield a fault for each row that names a claim."""
    terms, name = sentences.terms, f"{own.name}/{claim.name}"

    def class_of(table: str, cells: Mapping[str, str]) -> str:
        cls = cells.get("type", "")
        return cls if cls in terms.classes else terms.tables[table]

    classes = terms.classes[class_of(claim.table, claim.cells)]
    for source in (own, *others):
        for table in (table for table in source.tables.values() if table.name in terms.tables):
            for place in (Place(source, table, row) for row in table.rows if row.cells.get("id")):
                columns = terms.columns(class_of(table.name, place.row.cells)).values()
                referring = [column for column in columns if column.refers in classes]
                named = references(source, place.row.cells, referring, sentences.names.index, terms)
                own_ones = dict.fromkeys(column for column, _, node in named if node == node_of(name))
                for column in own_ones if place.name != name else ():
                    yield place.fault(column, "refers to this claim; change or remove that row first")
