"""The gate through which a source's rows come in: it finds what is personal in their cells before they are anywhere.

Addresses and numbers of persons *stop* what is coming in; what may be a person's name is *flagged* for a person to
answer. Answers that were given before (`allowlist`) let both pass. Addresses are looked for in every cell, numbers and
names in those that hold free text: what the ontology lets a column hold decides.

Decision: docs/decisions/0092-personal-numbers-stop-an-import.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
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
    Column,
    Object,
    Ontology,
    Statement,
    data_name,
    short,
    tip,
)
from tipgraph.sources.folder import SOURCE_FILE, Source, Table
from tipgraph.sources.personal_data import SAID, Found, find_personal, mask, masked, readable
from tipgraph.sources.privacy.allowlist import BOOK, Allowance, Allowed, key_of
from tipgraph.sources.privacy.person_names import NAME, NameWords, is_name, names
from tipgraph.sources.source_tables import Index, index_of

_MADE = frozenset({tip.earliest, tip.latest})  # from a date, and in no cell
_TEXTS = frozenset({LANG_STRING, "http://www.w3.org/2001/XMLSchema#string"})
# Texts in which a number is an identifier or a figure, and no telephone: addresses are looked for, numbers are not.
_IDENTIFYING = frozenset({
    "amountAsPrinted", "digest", "iatiIdentifier", "id", "providerActivity", "reader", "receiverActivity", "replacedBy",
    "retiredId", "sector", "sectorVocabulary", "textFile", "type", "valueAsPrinted",
})  # fmt: skip
_MAY_HOLD_ADDRESS = re.compile(r"[@＠﹫%&([{<\s]")  # most cells of ids and codes do not, and are passed at once
_LABELS = frozenset({"label", "altLabel"})
_NAMES = frozenset({"name"})
_OWN = frozenset({("allowed", "text")})  # a cell that says what may stand


class Concern(NamedTuple):
    """Something personal in a cell that nobody has answered: what, in which column, and where the row stands."""

    found: Found
    column: str
    source: str = ""
    file: str = ""
    row: int | None = None

    @property
    def stops(self) -> bool:
        """Tell whether it keeps the row out; else it is only flagged."""
        return self.found.kind != NAME

    @property
    def place(self) -> str:
        """The file, and the row where there is one."""
        return self.file if self.row is None else f"{self.file}:{self.row}"

    @property
    def fault(self) -> Fault:
        """What is wrong and what to do, without telling the address or the number again."""
        said = f"holds {SAID.get(self.found.kind, 'what may be a name of a person')} ({mask(self.found)})"
        todo = "take it out, or where it may stand, answer why: `tipgraph review personal --answer`"
        return Fault(f"{said}; {todo}", self.file, self.row, self.column)


class Gate:
    """Looks at rows with the answers and the words of a reference."""

    def __init__(self, terms: Ontology, reference: Source, index: Index) -> None:
        """Know the columns of an ontology, and which rows references mean."""
        self.allowed = Allowed(reference)
        self._terms = terms
        self._reference = reference
        self._index = index
        self._columns: dict[str, Column] = {
            name: column for cls in terms.classes for name, column in terms.columns(cls).items()
        }

    def row(self, source: str, table: str, cells: Mapping[str, str]) -> list[Concern]:
        """Return what is personal in a row of a table and not answered."""
        free = self._free(tuple(cells))
        if cells.get("nameKind") == "number":  # such as that of a register of companies
            free -= _NAMES
        if not free and not _MAY_HOLD_ADDRESS.search("\0".join(cells.values())):
            return []
        naming = _LABELS if table == "actors" else _NAMES if self._names_actor(source, table, cells) else ()
        return [
            Concern(one, masked(column), source)
            for column, cell in cells.items()
            if (column in free or _MAY_HOLD_ADDRESS.search(cell)) and (table, column) not in _OWN
            for one in self._found(source, cell, free=column in free, named=column.partition("@")[0] in naming)
        ]

    def cells(self, source: str, name: str, statements: Iterable[Statement]) -> dict[str, str]:
        """Return the row of a table that a node of a source was made of."""
        cells: dict[str, list[str]] = {"id": [name]}
        for _, predicate, value, _ in statements:
            if predicate.value not in _MADE:
                column = self._properties.get(predicate.value) or predicate.value.rpartition("#")[2].rpartition("/")[2]
                language = value.language if isinstance(value, Literal) else None
                column += f"@{language}" if language not in (None, "en") else ""
                cells.setdefault(column, []).append(self._written(source, value))
        return {column: " | ".join(values) for column, values in cells.items()}

    def _written(self, source: str, value: Object) -> str:
        """Return a value as tables write it: a code by its notation, a reference by table and id."""
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
        """Yield what is personal in a cell; one whose text may be an actor's name alone is `named`."""
        seen = find_personal(cell, numbers=free)
        if free:
            known, plain = self._vocabulary, readable(cell)
            said = [plain] if named and is_name(plain, known) else names(plain, known)
            seen += [Found(NAME, name) for name in said]
        for one in seen:
            if not self.allowed.allows(source, one):
                yield one

    @cache  # noqa: B019 - a gate lives as long as its sources are read
    def _free(self, columns: tuple[str, ...]) -> frozenset[str]:
        """Return which columns hold free text."""
        return frozenset(column for column in columns if self._is_free(column.partition("@")[0]))

    def _is_free(self, column: str) -> bool:
        known = self._columns.get(column)
        if known is None:
            return column not in _IDENTIFYING
        closed = known.scheme or known.refers or known.pattern.startswith("^") or column in _IDENTIFYING
        return known.datatype in _TEXTS and not closed

    def _names_actor(self, source: str, table: str, cells: Mapping[str, str]) -> bool:
        if table != "namings":
            return False
        meant = self._index.candidates(source, cells.get("named", ""))
        return any("Actor" in self._terms.classes.get(one.cls, ()) for one in meant)

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
    """What the gate saw: what is personal and not answered, answers that cannot stand, and those nothing asked for."""

    concerns: list[Concern]
    faults: list[Fault]
    unused: list[Allowance]

    @property
    def flagged(self) -> list[Concern]:
        """What may be a person's name, and stops nothing."""
        return [one for one in self.concerns if not one.stops]

    @property
    def told(self) -> list[str]:
        """What a person should hear of it, in sentences; nothing where all was answered."""
        cells, texts = len(self.flagged), {key_of(one.found) for one in self.flagged}
        names = f"{cells:,} cell{'s' * (cells != 1)} may hold a person's name ({len(texts):,} in all)"
        return [*[f"{names}: `tipgraph review personal` lists them"] * bool(cells), *self.gone]

    @property
    def gone(self) -> list[str]:
        """Which answers nothing asks for any more, in a sentence; nothing where there are none."""
        ids = ", ".join(one.id for one in self.unused)
        it = "them" if len(self.unused) > 1 else "it"
        return [f"nothing asks for {ids} of reference/{BOOK}.csv any more; remove {it} if that is for good"] * bool(ids)

    @property
    def stopping(self) -> list[Fault]:
        """The faults of the cells that stop a build, and of the book of answers."""
        return [*self.faults, *(one.fault for one in self.concerns if one.stops)]


def screen(
    sources: Sequence[Source], terms: Ontology, added: Mapping[Path, Sequence[Statement]] | None = None
) -> Screened:
    """Look at every cell of sources, among them a reference, and at the statements of graph files.

    Answers of a reference that is only lent are asked for by other data, too, and are never unused.
    """
    reference = next((one for one in sources if one.name == REFERENCE_NAME), Source(Path(REFERENCE_NAME)))
    index = index_of(sources, terms, [])
    for subject, predicate, value, _ in chain.from_iterable((added or {}).values()):
        if predicate == RDF_TYPE and isinstance(value, NamedNode):
            index.add(*_parts(subject), short(value.value))
    gate = Gate(terms, reference, index)
    concerns = [concern for source in sources for concern in _of_source(gate, source)]
    for path, statements in (added or {}).items():
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
    """Yield what is personal in a graph file, each node of which is taken for the row that it was."""
    for subject, said in groupby(statements, key=lambda one: one.subject):
        source, table, name = _parts(subject)
        for concern in gate.row(source, table, gate.cells(source, name, said)):
            yield concern._replace(file=f"{shown(path)} {data_name(subject.value)}")


def _parts(node: NamedNode) -> tuple[str, str, str]:
    """Return the source, the table and the id of a node; the last two are empty for the source itself."""
    source, _, rest = data_name(node.value).partition("/")
    table, _, name = rest.partition("/")
    return source, table, name
