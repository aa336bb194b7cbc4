"""The screening of rows for personal data, before they enter a graph.

Addresses and numbers of persons *stop* an import or a build; a possible name of a person is *flagged* for an answer.
Earlier answers (`allowlist`) let both pass. Addresses are searched in every cell, numbers and names in cells with free
text, by the column in the ontology.

Decision: docs/decisions/0091-our-own-rules-find-personal-data.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import Fault, shown
from tipgraph.model import (
    DATA,
    DERIVED,
    LANG_STRING,
    ONTOLOGY,
    RDF_TYPE,
    RDFS_LABEL,
    REFERENCE_NAME,
    SKOS,
    XSD,
    Column,
    Ontology,
    Statement,
    data_name,
    short,
    tip,
)
from tipgraph.runtime import kept
from tipgraph.sources.folder import SOURCE_FILE, Source
from tipgraph.sources.personal_data import KIND_NAMES, Found, find_personal, mask, masked, readable
from tipgraph.sources.privacy.allowlist import BOOK, Allowance, Allowed, key_of
from tipgraph.sources.privacy.person_names import (
    NAME,
    NameWords,
    TextKind,
    has_given_name,
    is_body_name,
    is_name,
    names_of_persons,
    probable_names,
    telling_words,
)
from tipgraph.sources.reference import reference_of
from tipgraph.sources.source_tables import QUOTE, Index, index_of

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
_ACTOR, _PLACE = "Actor", "Place"
_BODY = "body"  # an actor that has the name of a body among its labels: the others are names of it too
_CLASSES = {"actors": _ACTOR, "places": _PLACE}
_TITLES = frozenset({"conceptLabel", "issuedBy", "label", "altLabel", "licence", "name", "publisher", "title"})
_NOT_SCREENED = frozenset({("allowed", "text")})  # the allowed texts themselves


_SHOWN = 3  # places that a remark names
_LABELLING = frozenset({RDFS_LABEL, f"{SKOS}altLabel"})


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
    def named(self) -> str:
        """The column, the possible name and what to do."""
        todo = "remove the name, or answer why it may stay: `tipgraph review personal --answer`"
        return f"{self.column}: may hold a person's name ({self.found.text}); {todo}"

    @property
    def fault(self) -> Fault:
        """The fault, with the personal data masked."""
        problem = f"holds {KIND_NAMES.get(self.found.kind, 'a possible name of a person')} ({mask(self.found)})"
        remedy = "remove it, or answer why it may stay: `tipgraph review personal --answer`"
        return Fault(f"{problem}; {remedy}", self.file, self.row, self.column)


class Gate:
    """Screens rows with the answers and the known words of a reference."""

    def __init__(
        self,
        terms: Ontology,
        reference: Source,
        index: Index,
        labels: Iterable[tuple[str, str]] = (),
        bodies: Iterable[str] = (),
    ) -> None:
        """Read the answers.

        `labels` are those of entries with their tables, beside those of the reference: they are no persons in other
        cells, unless they look like one. `bodies` are no persons, whatever they look like.
        """
        self._named, self._bodies = {*labels, *labels_in([reference])}, list(bodies)
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
        named = self._named_class(source, table, cells)
        is_title = table == "documents" or cells.get("named", "").startswith("documents/")  # with no telephone number
        labels = [readable(cell) for name, cell in cells.items() if name.partition("@")[0] in _LABELS]
        if named == _ACTOR and any(map(is_body_name, labels)):
            named = _BODY
        return [
            Concern(found, masked(column), source)
            for column, cell in cells.items()
            if (column in free or _MAY_HOLD_ADDRESS.search(cell)) and (table, column) not in _NOT_SCREENED
            for found in self._found(
                source, column.partition("@")[0], cell, named, free=column in free, numbers=not is_title
            )
        ]

    def names(self, words: str, kind: TextKind = "prose", source: str = "") -> list[str]:
        """Return the probable names of persons in words which no answer for a source, or for all, allows."""
        plain, known = readable(words), self._vocabulary
        found = [plain] if kind == "label" and is_name(plain, known) else _persons(plain, known, kind)
        return [name for name in found if not self.allowed.allows(source, Found(NAME, name))]

    def telling_words(self, name: str) -> set[str]:
        """Return the words of a name that tell who it is, as `folded` has them."""
        return telling_words(name, self._vocabulary)

    def _found(self, source: str, column: str, cell: str, named: str, *, free: bool, numbers: bool) -> Iterator[Found]:
        """Yield the unanswered personal data in a cell of a row with the label of an entry of a class, if of one."""
        personal = find_personal(cell, numbers=free and numbers)
        if free and column != QUOTE:  # words of the source, which are no cell of the graph
            personal += [Found(NAME, name) for name in self._names_in(column, readable(cell), named)]
        yield from (found for found in personal if not self.allowed.allows(source, found))

    def _names_in(self, column: str, plain: str, named: str) -> Sequence[str]:
        """Return the possible names of persons in a cell with free text."""
        known, is_label = self._vocabulary, column in _LABELS | _NAMES
        if named in (_ACTOR, _BODY) and column in _TITLES and is_body_name(plain):
            return names_of_persons(plain, known)
        if is_label and named in (_ACTOR, _BODY) and is_name(plain, known):
            names: Sequence[str] = [plain]
        else:
            is_place = is_label and named == _PLACE
            names = _persons(plain, known, "place" if is_place else "label" if column in _TITLES else "prose")
        return [name for name in names if has_given_name(name)] if named == _BODY and column in _LABELS else names

    @kept
    def _free(self, columns: tuple[str, ...]) -> frozenset[str]:
        """Return those of the columns of a row that have free text."""
        return frozenset(filter(self._is_free, columns))

    def _is_free(self, column: str) -> bool:
        """Tell whether a column has free text, also one that no class has."""
        name = column.partition("@")[0]
        known = self._columns.get(name)
        is_open = known is None or not (known.scheme or known.refers or known.pattern.startswith("^"))
        return is_open and name not in _IDENTIFYING and (known is None or known.datatype in _TEXTS)

    def _named_class(self, source: str, table: str, cells: Mapping[str, str]) -> str:
        """Return whether a row has the label of an actor or of a place; nothing for other rows."""
        if table in _CLASSES:
            return _CLASSES[table]
        targets = self._index.candidates(source, cells.get("named", "")) if table == "namings" else ()
        classes = {name for target in targets for name in self._terms.classes.get(target.cls, ())}
        return next((name for name in (_ACTOR, _PLACE) if name in classes), "")

    @cached_property
    def _vocabulary(self) -> NameWords:
        tables = self._reference.tables
        places, actors = (
            [row.cells for row in tables[name].rows] if name in tables else [] for name in ("places", "actors")
        )
        labels = [label for scheme in self._terms.codes for label in self._terms.code_labels(scheme)]
        words = [*labels, *_labels(actors)], _labels(places)
        bare = NameWords(*words)
        names = [name for table, name in self._named if self._is_no_person(name, bare, is_place=table == "places")]
        return NameWords(*words, [*names, *self._bodies])

    def _is_no_person(self, name: str, known: NameWords, *, is_place: bool) -> bool:
        """Tell whether a label names no person; a place may have a given name among its words: Costa Rica."""
        if is_place:
            found = [one for one in probable_names(name, known, "place") if one == name]
        else:
            found = [name] if is_name(name, known) else probable_names(name, known, "label")
        return all(self.allowed.allows("", Found(NAME, one)) for one in found)


@lru_cache(maxsize=4096)  # many rows have the same note
def _persons(text: str, known: NameWords, kind: TextKind) -> Sequence[str]:
    return probable_names(text, known, kind)


def labels_in(sources: Iterable[Source]) -> list[tuple[str, str]]:
    """Return the labels of the entries of sources, each with its table."""
    tables = [table for source in sources for table in source.tables.values()]
    return [(table.name, label) for table in tables for label in _labels(row.cells for row in table.rows)]


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
        first = "; ".join(f"{concern.place}, {concern.column}" for concern in self.flagged[:_SHOWN])
        more = f"; and {cells - _SHOWN:,} more" if cells > _SHOWN else ""
        todo = "`tipgraph review personal` lists them; remove each name, or answer why it may stay"
        return [*[f"{names}: {first}{more}. {todo}"] * bool(cells), *self.unused_remarks]

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


def screen(sources: Sequence[Source], terms: Ontology, index: Index | None = None) -> Screened:
    """Screen every cell of sources, with their reference.

    `index` is that of all rows, if they were read before. Answers that the kit lends are never unused.
    """
    index = index or index_of(sources, terms, [])
    gate = Gate(terms, _reference(sources), index, labels_in(sources))
    concerns = [concern for source in sources for concern in _of_source(gate, source)]
    return Screened(concerns, gate.allowed.faults, gate.allowed.unused)


def _of_source(gate: Gate, source: Source) -> Iterator[Concern]:
    """Yield the concerns about the settings, the names of columns and the rows of a source."""
    told: list[tuple[str, int | None, str, Mapping[str, str]]] = [
        (shown(source.path / SOURCE_FILE), None, "", source.about)
    ]
    for table in (*source.tables.values(), *source.books.values()):
        told.append((shown(table.path), 1, "", {name: name for name in table.columns}))
        told += ((table.at(row), row.line, table.name, row.cells) for row in table.rows)
    for file, line, name, cells in told:
        yield from (concern._replace(file=file, row=line) for concern in gate.row(source.name, name, cells))


def gate_of(sources: Sequence[Source], terms: Ontology, bodies: Iterable[str] = ()) -> Gate:
    """Return a gate with the answers of the reference among sources, and the labels of all their entries."""
    return Gate(terms, _reference(sources), Index(), labels_in(sources), bodies)


def _reference(sources: Iterable[Source]) -> Source:
    return next((source for source in sources if source.name == REFERENCE_NAME), Source(Path(REFERENCE_NAME)))


def graph_gate(statements: Iterable[Statement], terms: Ontology, data: Path) -> Gate:
    """Return a gate for the statements of a graph, with the answers of a folder of sources."""
    index, labels = Index(), list[tuple[str, str]]()
    for subject, predicate, value, _ in statements:
        if predicate == RDF_TYPE and isinstance(value, NamedNode) and subject.value.startswith(DATA):
            index.add(*_parts(subject), short(value.value))
        elif predicate.value in _LABELLING and isinstance(value, Literal):
            labels.append((_parts(subject)[1], value.value))
    return Gate(terms, reference_of(data), index, labels)


def unanswered_names(
    statements: Iterable[Statement], terms: Ontology, data: Path
) -> Iterator[tuple[NamedNode, Concern]]:
    """Yield the nodes of a graph that may name a person, by the answers of a folder of sources, each with the concern.

    Only what sources say is screened, as rows of tables, and not what the graph derives from it.
    """
    told = [one for one in statements if one.source not in (DERIVED, ONTOLOGY) and one.subject.value.startswith(DATA)]
    told.sort(key=lambda one: (one.subject.value, one.source.value))
    gate = graph_gate(told, terms, data)
    columns = {column.iri: name for cls in terms.classes for name, column in terms.columns(cls).items()}
    codes = {iri: notation for scheme in terms.codes.values() for notation, iri in scheme.items()}
    for (node, graph), described in groupby(told, key=lambda one: (one.subject, one.source)):
        source, table, name = _parts(node)
        cells = {"id": [name]}
        for _, predicate, value, _ in described:
            column, text = columns.get(predicate.value) or re.split("[/#]", predicate.value)[-1], value.value
            if isinstance(value, Literal):
                column += f"@{value.language}" if value.language not in (None, "en") else ""
            else:
                text = codes.get(text) or data_name(text.removeprefix(f"{DATA}{source}/"))
            if predicate.value not in _MADE:
                cells.setdefault(column, []).append(text)
        row = {column: " | ".join(values) for column, values in cells.items()}
        concerns = gate.row(data_name(graph.value), table, row)
        yield from ((node, concern) for concern in concerns if not concern.stops)


def _parts(node: NamedNode) -> tuple[str, str, str]:
    """Return source, table and id of a node; a source itself has only the first."""
    source, _, rest = data_name(node.value).partition("/")
    table, _, name = rest.partition("/")
    return source, table, name
