"""The claims that the data have already: of the own source those that a person corrects, and of all those alike.

Decision: docs/decisions/0174-a-saved-claim-is-corrected-in-its-own-row.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final, NamedTuple, TypeAlias

from tipgraph.curation.drafts.rows.row_words import NOT_IN_FORMS, RowSentences, filled
from tipgraph.errors import Fault, shown
from tipgraph.model import REFERENCE_NAME, Column, Ontology
from tipgraph.pipeline import Judgement, representatives
from tipgraph.sources import Row, Source

ABOUT_CLAIMS: Final = frozenset({"dateBasis", "evidence", "modality", "note", "review", "source", "topic"})
Values: TypeAlias = Mapping[str, frozenset[str]]
Span: TypeAlias = tuple[int, int]  # the start and end of words, in code points of the text


@dataclass(frozen=True)
class SavedClaim:
    """A row of a claim of the own source, and the places of its words by paragraph."""

    table: str
    cells: Mapping[str, str]
    places: Mapping[int, Sequence[Span]]

    @property
    def name(self) -> str:
        """The row as TABLE/ID."""
        return f"{self.table}/{self.cells['id']}"

    @property
    def spans(self) -> list[Span]:
        """The places of its words in all paragraphs."""
        return [span for spans in self.places.values() for span in spans]

    @cached_property
    def digest(self) -> str:
        """A digest of its cells and places, which differs once anybody has changed the row."""
        filled_cells = sorted((name, cell) for name, cell in self.cells.items() if cell)
        return sha256(repr((filled_cells, self.places)).encode()).hexdigest()[:16]

    @property
    def form(self) -> dict[str, str]:
        """The cells that a form shows."""
        return {name: cell for name, cell in self.cells.items() if cell and name not in NOT_IN_FORMS}


def saved_claims(source: Source, terms: Ontology) -> Iterator[SavedClaim]:
    """Yield the claims of a source whose words are in its text."""
    evidence = {row.cells["id"]: row.cells for row in rows_of(source, "evidence") if row.cells.get("digest")}
    for table in source.tables.values():
        if "evidence" in table.columns and table.name in terms.tables:
            for cells in (row.cells for row in table.rows if row.cells.get("id")):
                places: dict[int, list[Span]] = {}
                for place in filter(None, map(evidence.get, map(str.strip, cells.get("evidence", "").split("|")))):
                    places.setdefault(int(place["paragraph"]), []).append((int(place["start"]), int(place["end"])))
                if places:
                    yield SavedClaim(table.name, cells, places)


def faults_about(claim: SavedClaim, own: Source, others: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault for each row of a table or book that names a claim, which keeps it from being removed.

    The column of a row of `corrections.csv` is the one that each build changes; of another row, the one that names it.
    """
    name = f"{own.name}/{claim.name}"
    for source in (own, *others):
        names = {name, claim.name, claim.cells["id"]} if source is own else {name}
        for table in (*source.tables.values(), *source.books.values()):
            for row in table.rows if table.name != "draft-decisions" else ():
                is_itself = source is own and table.name == claim.table and row.cells.get("id") == claim.cells["id"]
                naming = [column for column, cell in row.cells.items() if column != "id"
                          and not names.isdisjoint(map(str.strip, cell.split("|")))]  # fmt: skip
                if naming and not is_itself:
                    column = row.cells.get("column", "") if table.name == "corrections" else naming[0]
                    message = "refers to this claim; change or remove that row first"
                    yield Fault(message, shown(row.path or table.path), row.line, column)


class _Row(NamedTuple):
    source: Source
    table: str
    cells: Mapping[str, str]
    values: Values


class KnownClaims:
    """The claims of some sources by their main parts: the columns that the ontology declares as `tip:core`.

    `merged` has the node that represents each other one, by the judgements of the reference.
    """

    def __init__(
        self, sources: Sequence[Source], sentences: RowSentences, merged: Mapping[str, str] | None = None
    ) -> None:
        self._terms, self._sentences = sentences.terms, sentences
        self.merged = _merged(sources, sentences) if merged is None else merged
        self.cores = {table: self._core(cls) for table, cls in self._terms.tables.items()}
        self._rows: dict[tuple[str, str, str], list[_Row]] = {}
        for row in (row for source in sources for row in self._read(source)):
            for name in self.cores[row.table]:
                for value in row.values.get(name, ()):
                    self._rows.setdefault((row.table, name, value), []).append(row)

    def alike(self, table: str, values: Values) -> Iterator[dict[str, str]]:
        """Yield the claims that say all that a draft says, and those with its main parts and another value.

        Each is a sentence (`reads`), the place where its source says it, and the `column` of another value or nothing.
        """
        found = {id(row): row for name in self.cores[table] for part in values.get(name, ())
                 for row in self._rows.get((table, name, part), ())}  # fmt: skip
        for row in found.values():
            if have_same_parts(self.cores[table], values, row.values):
                differing = next(iter(self.differing(table, values, row.values)), "")
                if differing or all(row.values.get(name) == value for name, value in values.items()):
                    reads = self._sentences.reads(table, row.cells, row.source.name)
                    yield {"reads": reads, "locator": row.source.name + _place(row), "column": differing}

    def differing(self, table: str, own: Values, other: Values) -> Iterator[str]:
        """Yield the columns of one value in which two rows have different ones."""
        columns = self._terms.columns(self._terms.tables[table]).values()
        single = (column.name for column in columns if not column.many and not column.name.endswith("AsPrinted"))
        return (name for name in single if own.get(name) and other.get(name) and own[name] != other[name])

    def values(self, table: str, cells: Mapping[str, str], source: str = "") -> dict[str, frozenset[str]]:
        """Return the values of a row of a source, by default of a draft, by column.

        Entries are nodes, and merged ones the node that represents them.
        """
        return {
            name: frozenset(self._value(column, part.strip(), source) for part in cells[name].split("|"))
            for name, column in filled(self._terms, table, cells).items()
            if name not in ABOUT_CLAIMS
        }

    def _value(self, column: Column, part: str, source: str) -> str:
        if column.scheme:
            return self._terms.coded(column.scheme, part) or part
        node = self._sentences.node(column, part, source) if column.refers else None
        return self.merged.get(node.value, node.value) if node else part.casefold()

    def _read(self, source: Source) -> Iterator[_Row]:
        """Yield the claims of a source."""
        for table in source.tables.values():
            cls = self._terms.tables.get(table.name, "")
            if cls and "evidence" in self._terms.columns(cls):
                for cells in (row.cells for row in table.rows):
                    yield _Row(source, table.name, cells, self.values(table.name, cells, source.name))

    def _core(self, cls: str) -> list[str]:
        """Return the main columns of a class, or else those that each row needs."""
        columns, declared = self._terms.columns(cls), self._terms.core(cls)
        return [name for name, column in columns.items() if name not in ABOUT_CLAIMS
                and (column.iri in declared if declared else column.needed)]  # fmt: skip


def have_same_parts(core: Sequence[str], one: Values, other: Values) -> bool:
    """Tell whether two rows have the same main parts: all that either has, and two if there are two."""
    own, others = ({name: values[name] for name in core if name in values} for values in (one, other))
    shared = own.items() & others.items()
    return len(shared) == min(len(own), len(others)) and len(shared) >= min(2, len(core))


def rows_of(source: Source, table: str) -> Sequence[Row]:
    """Return the rows of a table of a source; none without the table."""
    return source.tables[table].rows if table in source.tables else ()


def _merged(sources: Sequence[Source], sentences: RowSentences) -> dict[str, str]:
    """Return the representative of each node that judgements of the reference merge into another one."""
    columns = sentences.terms.columns(sentences.terms.tables["identity"])
    judgements = []
    for source in (source for source in sources if source.name == REFERENCE_NAME):
        for cells in (row.cells for row in rows_of(source, "identity")):
            pair = [sentences.node(columns[side], cells.get(side, ""), source.name) for side in ("left", "right")]
            if pair[0] and pair[1]:
                judgements.append(Judgement("", pair[0].value, pair[1].value, cells.get("verdict", "")))
    return representatives(judgements)


def _place(row: _Row) -> str:
    """Return the place of the first words of a claim in the text of its source, such as ` ¶3 s1`."""
    first = row.cells.get("evidence", "").split("|")[0].strip()
    for cells in (each.cells for each in rows_of(row.source, "evidence") if each.cells["id"] == first):
        return f" ¶{cells['paragraph']} s{cells['sentence']}" if cells.get("digest") else ""
    return ""
