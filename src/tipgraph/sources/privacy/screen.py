"""The screening of rows for personal data, before they enter a graph.

Addresses and numbers of persons *stop* an import or a build; a possible name of a person is *flagged* for an answer.
Earlier answers (`allowlist`) let both pass. Addresses are searched in every cell, numbers and names in cells with free
text, by the column in the ontology.

Decision: docs/decisions/0092-personal-numbers-stop-an-import.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import Fault, shown
from tipgraph.model import (
    DATA,
    LANG_STRING,
    RDF_TYPE,
    REFERENCE_NAME,
    XSD,
    Column,
    Object,
    Ontology,
    Statement,
    data_name,
    short,
    tip,
)
from tipgraph.runtime import kept
from tipgraph.sources.folder import SOURCE_FILE, Source, Table
from tipgraph.sources.personal_data import KIND_NAMES, Found, find_personal, mask, masked, readable
from tipgraph.sources.privacy.allowlist import BOOK, Allowance, Allowed, key_of
from tipgraph.sources.privacy.person_names import NAME, NameWords, is_name, names_of_persons
from tipgraph.sources.source_tables import Index, index_of

_MADE = frozenset({tip.earliest, tip.latest})  # derived from a date, not from a cell
_TEXTS = frozenset({LANG_STRING, XSD + "string"})
# Texts in which a number is an identifier or a figure: only addresses are searched.
_IDENTIFYING = frozenset({
    "actual", "amountAsPrinted", "baseline", "conceptCode", "digest", "documentFile", "documentSha256",
    "iatiIdentifier", "id", "mediaType", "providerActivity", "reader", "receiverActivity", "replacedBy", "retiredId",
    "sector", "sectorVocabulary", "target", "textFile", "type", "valueAsPrinted", "vocabulary",
})  # fmt: skip
_MAY_HOLD_ADDRESS = re.compile(r"[@＠﹫%&([{<\s]")  # most ids and codes do not
_LABELS = frozenset({"label", "altLabel"})
_NAMES = frozenset({"name"})
_NOT_SCREENED = frozenset({("allowed", "text")})  # the allowed texts themselves


class Concern(NamedTuple):
    """Personal data in a cell without an answer, with its column and the place of the row."""

    found: Found
    column: str
    source: str = ""
    file: str = ""
    row: int | None = None

    @property
    def stops(self) -> bool:
        """Tell whether it stops the row; else it is only flagged."""
        return self.found.kind != NAME

    @property
    def place(self) -> str:
        """The file, and the row if there is one."""
        return self.file if self.row is None else f"{self.file}:{self.row}"

    @property
    def fault(self) -> Fault:
        """The fault, with the personal data masked."""
        problem = f"holds {KIND_NAMES.get(self.found.kind, 'a possible name of a person')} ({mask(self.found)})"
        remedy = "remove it, or answer why it may stay: `tipgraph review personal --answer`"
        return Fault(f"{problem}; {remedy}", self.file, self.row, self.column)


class Gate:
    """Screens rows with the answers and the known words of a reference."""

    def __init__(self, terms: Ontology, reference: Source, index: Index) -> None:
        self.allowed = Allowed(reference)
        self._terms = terms
        self._reference = reference
        self._index = index
        self._columns: dict[str, Column] = {
            name: column for cls in terms.classes for name, column in terms.columns(cls).items()
        }

    def row(self, source: str, table: str, cells: Mapping[str, str]) -> list[Concern]:
        """Return the unanswered personal data in a row of a table."""
        free = self._free(tuple(cells))
        if cells.get("nameKind") == "number":  # such as that of a register of companies
            free -= _NAMES
        if not free and not _MAY_HOLD_ADDRESS.search("\0".join(cells.values())):
            return []
        naming = self._naming_columns(source, table, cells)
        return [
            Concern(found, masked(column), source)
            for column, cell in cells.items()
            if (column in free or _MAY_HOLD_ADDRESS.search(cell)) and (table, column) not in _NOT_SCREENED
            for found in self._found(source, cell, free=column in free, named=column.partition("@")[0] in naming)
        ]

    def cells(self, source: str, name: str, statements: Iterable[Statement]) -> dict[str, str]:
        """Return the statements of a node as the row of a table."""
        cells: dict[str, list[str]] = {"id": [name]}
        for _, predicate, value, _ in statements:
            if predicate.value not in _MADE:
                column = self._properties.get(predicate.value) or predicate.value.rpartition("#")[2].rpartition("/")[2]
                language = value.language if isinstance(value, Literal) else None
                column += f"@{language}" if language not in (None, "en") else ""
                cells.setdefault(column, []).append(self._written(source, value))
        return {column: " | ".join(values) for column, values in cells.items()}

    def _written(self, source: str, value: Object) -> str:
        """Return a value in the form of tables: a code by its notation, a reference by table and id."""
        if isinstance(value, Literal):
            return value.value
        return self._notations.get(value.value) or data_name(value.value.removeprefix(f"{DATA}{source}/"))

    @cached_property
    def _properties(self) -> dict[str, str]:
        return {column.iri: name for name, column in self._columns.items()}

    @cached_property
    def _notations(self) -> dict[str, str]:
        return {iri: notation for codes in self._terms.codes.values() for notation, iri in codes.items()}

    def _found(self, source: str, cell: str, *, free: bool, named: bool) -> Iterator[Found]:
        """Yield the unanswered personal data in a cell; a `named` cell may be a name alone."""
        personal = find_personal(cell, numbers=free)
        if free:
            known, plain = self._vocabulary, readable(cell)
            persons = [plain] if named and is_name(plain, known) else names_of_persons(plain, known)
            personal += [Found(NAME, name) for name in persons]
        yield from (found for found in personal if not self.allowed.allows(source, found))

    @kept
    def _free(self, columns: tuple[str, ...]) -> frozenset[str]:
        """Return the columns with free text."""
        return frozenset(column for column in columns if self._is_free(column.partition("@")[0]))

    def _is_free(self, column: str) -> bool:
        known = self._columns.get(column)
        if known is None:
            return column not in _IDENTIFYING
        closed = known.scheme or known.refers or known.pattern.startswith("^") or column in _IDENTIFYING
        return known.datatype in _TEXTS and not closed

    def _naming_columns(self, source: str, table: str, cells: Mapping[str, str]) -> frozenset[str]:
        """Return the columns that name an actor."""
        if table == "actors":
            return _LABELS
        targets = self._index.candidates(source, cells.get("named", "")) if table == "namings" else ()
        is_actor = any("Actor" in self._terms.classes.get(target.cls, ()) for target in targets)
        return _NAMES if is_actor else frozenset()

    @cached_property
    def _vocabulary(self) -> NameWords:
        tables = self._reference.tables
        places, actors = (
            [row.cells for row in tables[name].rows] if name in tables else [] for name in ("places", "actors")
        )
        labels = [label for scheme in self._terms.codes for label in self._terms.code_labels(scheme)]
        return NameWords([*labels, *_labels(actors)], _labels(places))


def _labels(rows: Iterable[Mapping[str, str]]) -> list[str]:
    return [cell for row in rows for name, cell in row.items() if name.partition("@")[0] in _LABELS]


class Screened(NamedTuple):
    """The result of a screening: unanswered personal data, faults of answers, and unused answers."""

    concerns: list[Concern]
    faults: list[Fault]
    unused: list[Allowance]

    @property
    def flagged(self) -> list[Concern]:
        """The possible names of persons, which stop nothing."""
        return [concern for concern in self.concerns if not concern.stops]

    @property
    def remarks(self) -> list[str]:
        """Remarks for a person, in sentences; none if all is answered."""
        cells, texts = len(self.flagged), {key_of(concern.found) for concern in self.flagged}
        names = f"{cells:,} cell{'s' * (cells != 1)} may hold a person's name ({len(texts):,} in all)"
        return [*[f"{names}: `tipgraph review personal` lists them"] * bool(cells), *self.unused_remarks]

    @property
    def unused_remarks(self) -> list[str]:
        """A sentence about unused answers, or nothing."""
        ids = ", ".join(answer.id for answer in self.unused)
        it = "them" if len(self.unused) > 1 else "it"
        return [f"nothing asks for {ids} of reference/{BOOK}.csv any more; remove {it} if that is for good"] * bool(ids)

    @property
    def stopping(self) -> list[Fault]:
        """The faults that stop a build: of cells, and of the answers."""
        return [*self.faults, *(concern.fault for concern in self.concerns if concern.stops)]


def screen(
    sources: Sequence[Source],
    terms: Ontology,
    added: Mapping[Path, Sequence[Statement]] | None = None,
    index: Index | None = None,
) -> Screened:
    """Screen every cell of sources, with their reference, and the statements of graph files.

    `index` is that of all rows, if they were read before. Answers that the kit lends are never unused.
    """
    reference = next((source for source in sources if source.name == REFERENCE_NAME), Source(Path(REFERENCE_NAME)))
    index = index or index_of(sources, terms, [])
    graph_files = added or {}
    for subject, predicate, value, _ in chain.from_iterable(graph_files.values()):
        if predicate == RDF_TYPE and isinstance(value, NamedNode):
            index.add(*_parts(subject), short(value.value))
    gate = Gate(terms, reference, index)
    concerns = [concern for source in sources for concern in _of_source(gate, source)]
    for path, statements in graph_files.items():
        concerns += _of_statements(gate, path, statements)
    return Screened(concerns, gate.allowed.faults, gate.allowed.unused)


def _of_source(gate: Gate, source: Source) -> Iterator[Concern]:
    file = shown(source.path / SOURCE_FILE)
    for concern in gate.row(source.name, "", source.about):
        yield concern._replace(file=file)
    for table in (*source.tables.values(), *source.books.values()):
        yield from _of_table(gate, source.name, table)


def _of_table(gate: Gate, source: str, table: Table) -> Iterator[Concern]:
    file = shown(table.path)
    for concern in gate.row(source, "", {name: name for name in table.columns}):
        yield concern._replace(file=file, row=1)
    for row in table.rows:
        for concern in gate.row(source, table.name, row.cells):
            yield concern._replace(file=table.at(row), row=row.line)


def _of_statements(gate: Gate, path: Path, statements: Iterable[Statement]) -> Iterator[Concern]:
    """Yield the personal data of a graph file, whose nodes are screened as rows."""
    for subject, described in groupby(statements, key=lambda statement: statement.subject):
        source, table, name = _parts(subject)
        for concern in gate.row(source, table, gate.cells(source, name, described)):
            yield concern._replace(file=f"{shown(path)} {data_name(subject.value)}")


def _parts(node: NamedNode) -> tuple[str, str, str]:
    """Return source, table and id of a node; a source itself has only the first."""
    source, _, rest = data_name(node.value).partition("/")
    table, _, name = rest.partition("/")
    return source, table, name
