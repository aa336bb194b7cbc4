"""The rows of claims: those that the data have already, and those that a decision adds with new entries and names.

What a row names in the data is a row there, and the rest are new entries. The page shows a draft as this row, and a
decision writes the same one, so that nothing else is saved than was shown.

Decision: docs/decisions/0154-drafts-are-decided-on-a-page-of-this-machine.md.
"""

import operator
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from tipgraph.curation.drafts.draft import DraftText, Entry
from tipgraph.curation.drafts.rows.row_words import NOT_IN_FORMS, RowSentences, filled, parts
from tipgraph.errors import BadValue, Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, Column, Ontology, is_acronym, ontology
from tipgraph.pipeline import Judgement, representatives
from tipgraph.sources import (
    PARAGRAPH_COLUMNS,
    GivenRows,
    Locator,
    Row,
    RowNames,
    Source,
    Table,
    compared_name,
    locate_span,
    paragraph_rows,
    quotes,
)

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


_CLAIM: Final = Path("claim")
_QUOTE: Final = "quote"
_NAMINGS: Final = "namings"
Form: TypeAlias = Mapping[str, Any]  # the cells, new entries, and quotes of a claim: start and end, in code points
EntryKey: TypeAlias = tuple[str, str]  # the table and the compared label of a new entry


class DecidedRow(NamedTuple):
    """A claim as a person decided it; `spans` are the places of its words in the text, in code points.

    `renamed` has the label in the draft of each new entry that the person gave another one.
    """

    table: str
    cells: Mapping[str, str]
    entries: Sequence[Entry]
    spans: Sequence[Span]
    renamed: Mapping[str, str] = {}


def typed_row(table: str, form: Form, spans: Sequence[Span] = ()) -> DecidedRow:
    """Return a row as a person typed it; `spans` are those of its words if the form has none.

    Raises BadValue for values of another form than `cells`, `entries` and `quotes`.
    """
    try:
        new = [Entry(str(entry["table"]), _filled(entry["cells"])) for entry in form["entries"]]
        places = [(operator.index(start), operator.index(end)) for start, end in form["quotes"]]
        own = _filled(form["cells"])
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:  # JSON may have Infinity
        raise BadValue("cells are texts by column, and each quote is its start and end in the text") from error
    known = ontology().tables
    if unknown := [name for name in (table, *(entry.table for entry in new)) if name not in known]:
        raise BadValue(f"{unknown[0]!r} is no table of the ontology")
    if "id" in own:
        raise BadValue("a claim gets its id when it is written; leave the column id out")
    return DecidedRow(table, own, new, places or spans)


def _filled(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells that are not empty, without line breaks; raise AttributeError for a cell that is no text."""
    return {name: text for name, cell in cells.items() if (text := " ".join(cell.split()))}


def changed_columns(shown: DecidedRow, row: DecidedRow) -> list[str]:
    """Return the columns in which a row differs, with `entries` for new entries and `quote` for other words."""
    names = sorted({*row.cells, *shown.cells})
    columns = [name for name in names if row.cells.get(name, "") != shown.cells.get(name, "")]
    return columns + ["entries"] * (row.entries != shown.entries) + ["quote"] * (set(row.spans) != set(shown.spans))


def given_rows(row: DecidedRow, given: Sequence[Entry], text: DraftText, source: Source, row_id: str = "") -> GivenRows:
    """Return the tables of a source with a decided row, which is the last one of all, after its new entries.

    `given` are the new entries as the person gave them; a notice names each that is a row already. With an id the row
    is in place of that row, whose other cells and evidence of other texts it keeps. Raises InputError for words that
    are not within one paragraph.
    """
    tables: dict[str, Table] = {}
    keys, new = list(map(entry_key, given)), {entry_key(entry): entry for entry in row.entries}
    for key, entry in new.items():
        _put(tables, entry.table, Row(0, dict(entry.cells), Path(f"entry {keys.index(key) + 1}")), source)
    for cells in namings(row, text, source):
        _put(tables, _NAMINGS, Row(0, cells, _CLAIM), source)
    words = {_QUOTE: " || ".join(_quote(text, span) for span in row.spans)}
    present = tables[row.table].rows if row.table in tables else rows_of(source, row.table)
    before = next((each for each in present if row_id and each.cells.get("id") == row_id), None)
    if before:
        words["evidence"] = _unlocated(before, source)
    _put(tables, row.table, Row(0, {**(before.cells if before else {}), **row.cells, **words}, _CLAIM), source, before)
    known = {entry.cells.get("label", "") for entry in given if entry_key(entry) not in new}
    return GivenRows(tables, (), [f"{label} is an entry already, and the claim is about it" for label in sorted(known)])


def _unlocated(row: Row, source: Source) -> str:
    """Return the evidence of a row that has no place in the text of its source."""
    located = {each.cells["id"] for each in rows_of(source, "evidence") if each.cells.get("digest")}
    evidence = map(str.strip, row.cells.get("evidence", "").split("|"))
    return " | ".join(name for name in evidence if name and name not in located)


def _put(tables: dict[str, Table], name: str, new: Row, source: Source, before: Row | None = None) -> None:
    """Put a row into a table of a source, as its last one or in place of another; the table becomes the last one."""
    columns = ontology().columns(ontology().tables[name]).values()
    needed = [column.name for column in columns if column.needed]  # so that an empty cell of it is named, too
    absent = Table(name, source.path / f"{name}.csv", ("id", *needed), ())
    present = tables.pop(name, None) or source.tables.get(name) or absent
    rows = tuple(new if row is before else row for row in present.rows) if before else (*present.rows, new)
    tables[name] = replace(present, columns=tuple(dict.fromkeys((*present.columns, *new.cells))), rows=rows)


def given_scope(paragraphs: Collection[int], scope: str, text: DraftText, source: Source) -> GivenRows:
    """Return the paragraphs of a source with the scope of some of them."""
    present, numbers = source.tables.get("paragraphs"), set(map(str, paragraphs))
    rows = [dict(row.cells) for row in present.rows] if present else paragraph_rows(text.words, text.rule)
    changed = [row | {"scope": scope} if row["number"] in numbers else row for row in rows]
    columns = present.columns if present else PARAGRAPH_COLUMNS
    path = source.path / "paragraphs.csv"
    return GivenRows({"paragraphs": Table("paragraphs", path, columns, tuple(Row(0, row, _CLAIM) for row in changed))})


def cell_fault(fault: Fault) -> dict[str, str | int]:
    """Return a fault of a decision: its column, a message, and the number of the new entry (0: the claim).

    A fault of another row of the source names its file and row in the message, and no column.
    """
    place, _, number = fault.file.partition(" ")
    if fault.file == str(_CLAIM) or (place == "entry" and number.isdecimal()):
        return {"column": fault.column, "message": fault.message, "entry": int(number or 0)}
    return {"column": "", "message": str(fault), "entry": 0}


def _quote(text: DraftText, span: Span) -> str:
    """Return the words of a span, with a number if they are in several places."""
    start, end = span
    words = text.words[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    place = locate_span(text.words, start, end, text.rule)
    if place is None:
        message = "the words do not lie within one paragraph; select them in each paragraph"
        raise InputError([Fault(message, str(_CLAIM), None, _QUOTE)])
    return quotes.kept(text.words, place, text.rule)


def namings(row: DecidedRow, text: DraftText, source: Source) -> Iterator[dict[str, str]]:
    """Yield a naming for each new entry whose label is a name in a sentence of the claim, unless it is named already.

    The words are those of the label, letter by letter: a label of a person's own is no name that the text says. Then
    that of the draft is one, so that other drafts with it mean the entry.
    """
    known = {each.cells.get("name", "") for each in rows_of(source, _NAMINGS)}
    known |= {row.cells.get("name", "")} if row.table == _NAMINGS else set()
    for entry in row.entries:
        label = entry.cells.get("label", "")
        for name in (label, row.renamed.get(label, "")):
            if place := None if name in known else _place_of_name(name, row.spans, text):
                kind = "title" if entry.table == "documents" else "acronym" if is_acronym(name) else "name"
                quote = quotes.kept(text.words, place, text.rule)
                yield {"named": entry.cells.get("id") or label, "name": name, "nameKind": kind, _QUOTE: quote}


def _place_of_name(name: str, spans: Sequence[Span], text: DraftText) -> Locator | None:
    """Return the first place of a name, letter by letter, in the sentences of some spans."""
    places = quotes.places(text.words, name, text.rule)[0] if name else ()
    located = filter(None, (locate_span(text.words, *span, text.rule) for span in spans))
    sentences = {(place.paragraph, place.sentence) for place in located}
    own = (place for place in places if (place.paragraph, place.sentence) in sentences)
    return next((place for place in own if text.words[place.start : place.end] == name), None)


def renames(shown: DecidedRow, decided: DecidedRow, terms: Ontology) -> dict[str, str]:
    """Return the old label of each new entry that a person renamed: in a cell, one is gone and one has come."""
    before, after = ({entry_key(entry)[1]: entry for entry in row.entries} for row in (shown, decided))
    found = {}
    for column in dict.fromkeys(column for column, _ in referring(shown.table, shown.cells, terms)):
        cells = (row.cells.get(column.name, "") for row in (shown, decided))
        old, new = ({compared_name(part) for part in parts(column, cell)} for cell in cells)
        if len(old - new) == len(new - old) == 1 and old - new <= set(before) and new - old <= set(after):
            found[after[(new - old).pop()].cells["label"]] = before[(old - new).pop()].cells["label"]
    return found


def with_new_entries(row: DecidedRow, names: RowNames, terms: Ontology) -> DecidedRow:
    """Return a row without entries that are rows already: each cell that names it means one, or one has its label."""

    def is_known(key: EntryKey) -> bool:
        meant = [names.references(column, part) for table, cells in every
                 for column, part in referring(table, cells, terms) if compared_name(part) == key[1]]  # fmt: skip
        return all(meant) if meant else bool(names.rows(terms.tables[key[0]], key[1]))

    every = [(row.table, row.cells), *((entry.table, entry.cells) for entry in row.entries)]
    by_key = {entry_key(entry): entry for entry in reversed(row.entries)}
    return row._replace(entries=[entry for key, entry in reversed(by_key.items()) if not is_known(key)])


def referring(table: str, cells: Mapping[str, str], terms: Ontology) -> Iterator[tuple[Column, str]]:
    """Yield the names of entries in the cells of a row, with their columns."""
    columns = (column for column in filled(terms, table, cells).values() if column.refers)
    return ((column, part) for column in columns for part in parts(column, cells[column.name]))


def entry_key(entry: Entry) -> EntryKey:
    """Return what two new entries have in common if they are the same: the table and the label."""
    return entry.table, compared_name(entry.cells.get("label", ""))
