"""The rows that a decision adds to a source: a claim, the new entries that it names, and the names of these.

What a row names in the data is a row there, and the rest are new entries. The page shows a draft as this row, and a
decision writes the same one, so that nothing else is saved than was shown.

Decision: docs/decisions/0169-a-draft-is-shown-as-the-row-that-is-written.md.
"""

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rows.row_sentences import filled, parts
from tipgraph.errors import BadValue, Fault, InputError
from tipgraph.model import Column, Ontology, is_acronym, ontology
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

_CLAIM: Final = Path("claim")
_QUOTE: Final = "quote"
_NAMINGS: Final = "namings"
Form: TypeAlias = Mapping[str, Any]  # the cells, new entries, and quotes of a claim: start and end, in code points
EntryKey: TypeAlias = tuple[str, str]  # the table and the compared label of a new entry
NOT_RENAMED: Mapping[EntryKey, str] = MappingProxyType({})
_Labels: TypeAlias = Mapping[str, tuple[str, str]]  # of new entries: their own, and that of a person or nothing


class DecidedRow(NamedTuple):
    """A claim as a person decided it; `spans` are the places of its words in the text, in code points."""

    table: str
    cells: Mapping[str, str]
    entries: Sequence[Entry]
    spans: Sequence[tuple[int, int]]


def typed_row(table: str, form: Form, spans: Sequence[tuple[int, int]] = ()) -> DecidedRow:
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


def given_rows(row: DecidedRow, text: DraftText, source: Source, row_id: str = "") -> GivenRows:
    """Return the tables of a source with a decided row, which is the last one of all, after its new entries.

    With an id it is in place of that row, whose other cells and evidence of other texts it keeps. Raises InputError for
    words that are not within one paragraph.
    """
    tables: dict[str, Table] = {}
    for at, entry in enumerate(row.entries, 1):
        _put(tables, entry.table, Row(0, dict(entry.cells), Path(f"entry {at}")), source)
    for cells in namings(row, text, source):
        _put(tables, _NAMINGS, Row(0, cells, _CLAIM), source)
    words = {_QUOTE: " || ".join(_quote(text, span) for span in row.spans)}
    table = tables.get(row.table) or source.tables.get(row.table)
    before = next((each for each in (table.rows if table else ()) if row_id and each.cells.get("id") == row_id), None)
    if before:
        words["evidence"] = " | ".join(_unlocated(before, source))
    _put(tables, row.table, Row(0, {**(before.cells if before else {}), **row.cells, **words}, _CLAIM), source, before)
    return GivenRows(tables)


def _put(tables: dict[str, Table], name: str, new: Row, source: Source, before: Row | None = None) -> None:
    """Put a row into a table of a source, as its last one or in place of another; the table becomes the last one."""
    terms = ontology()
    needed = [column.name for column in terms.columns(terms.tables[name]).values() if column.needed]
    absent = Table(name, source.path / f"{name}.csv", ("id", *needed), ())  # so that an empty cell of it is named, too
    present = tables.pop(name, None) or source.tables.get(name) or absent
    rows = tuple(new if row is before else row for row in present.rows) if before else (*present.rows, new)
    tables[name] = replace(present, columns=tuple(dict.fromkeys((*present.columns, *new.cells))), rows=rows)


def _unlocated(row: Row, source: Source) -> list[str]:
    """Return the evidence of a row that has no place in the text of its source."""
    table = source.tables.get("evidence")
    located = {each.cells["id"] for each in (table.rows if table else ()) if each.cells.get("digest")}
    return [name for name in map(str.strip, row.cells.get("evidence", "").split("|")) if name and name not in located]


def given_scope(paragraph: int, scope: str, text: DraftText, source: Source) -> GivenRows:
    """Return the paragraphs of a source with the scope of one of them."""
    present = source.tables.get("paragraphs")
    rows = [dict(row.cells) for row in present.rows] if present else paragraph_rows(text.words, text.rule)
    changed = [row | {"scope": scope} if row["number"] == str(paragraph) else row for row in rows]
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


def _quote(text: DraftText, span: tuple[int, int]) -> str:
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

    The words are those of the label, letter by letter: a label of a person's own is no name that the text says.
    """
    table = source.tables.get(_NAMINGS)
    known = {each.cells.get("name", "") for each in (table.rows if table else ())}
    known |= {row.cells.get("name", "")} if row.table == _NAMINGS else set()
    for entry in row.entries:
        label = entry.cells.get("label", "")
        place = None if label in known else _place_of_name(label, row.spans, text)
        if place:
            kind = "title" if entry.table == "documents" else "acronym" if is_acronym(label) else "name"
            quote = quotes.kept(text.words, place, text.rule)
            yield {"named": entry.cells.get("id") or label, "name": label, "nameKind": kind, _QUOTE: quote}


def _place_of_name(name: str, spans: Sequence[tuple[int, int]], text: DraftText) -> Locator | None:
    """Return the first place of a name, letter by letter, in the sentences of some spans."""
    places = quotes.places(text.words, name, text.rule)[0] if name else ()
    located = filter(None, (locate_span(text.words, *span, text.rule) for span in spans))
    sentences = {(place.paragraph, place.sentence) for place in located}
    own = (place for place in places if (place.paragraph, place.sentence) in sentences)
    return next((place for place in own if text.words[place.start : place.end] == name), None)


class ResolvedRows:
    """The rows of drafts and forms, as the data are now; `renamed` has the labels that a person gave to new entries."""

    def __init__(self, names: RowNames, terms: Ontology, renamed: Mapping[EntryKey, str]) -> None:
        """Read what names mean from `names`."""
        self._names, self._terms, self._renamed = names, terms, renamed

    def draft(self, draft: Draft) -> DecidedRow:
        """Return the row of a draft, whose new entries have the labels that a person gave them meanwhile."""
        span = (draft.start, draft.end)
        return self.row(DecidedRow(draft.table, draft.cells, draft.entries, [span]), self._renamed)

    def row(self, row: DecidedRow, renamed: Mapping[EntryKey, str] = NOT_RENAMED) -> DecidedRow:
        """Return a row with references in place of the names that rows have, and without entries that are such rows.

        A name of several rows stays as it is, and no entry is added for it.
        """
        labels = [(entry_key(entry), entry.cells.get("label", "")) for entry in row.entries]
        known = {key[1]: (label, renamed.get(key, "")) for key, label in labels}
        cells = self._resolved(row.table, row.cells, known)
        every = [Entry(entry.table, self._resolved(entry.table, entry.cells, known)) for entry in row.entries]
        entries = [entry for at, entry in enumerate(every) if entry not in every[:at]]
        named = {compared_name(part) for _, part in self._references(row)}
        after = self._references(DecidedRow(row.table, cells, entries, row.spans))
        unknown = {compared_name(part) for column, part in after if not self._names.references(column, part)}
        return DecidedRow(row.table, cells, [one for one in entries if self._is_new(one, named, unknown)], row.spans)

    def renames(self, shown: DecidedRow, decided: DecidedRow) -> dict[EntryKey, str]:
        """Return the new labels of new entries that a person renamed: in a cell, one is gone and one has come."""
        before, after = ({entry_key(entry)[1]: entry for entry in row.entries} for row in (shown, decided))
        found = {}
        for name, column in filled(self._terms, shown.table, shown.cells).items():
            cells = (row.cells.get(name, "") for row in (shown, decided)) if column.refers else ("", "")
            old, new = ({compared_name(part) for part in parts(column, cell)} for cell in cells)
            if len(old - new) == len(new - old) == 1 and old - new <= set(before) and new - old <= set(after):
                found[entry_key(before[(old - new).pop()])] = after[(new - old).pop()].cells["label"]
        return found

    def _is_new(self, entry: Entry, named: set[str], unknown: set[str]) -> bool:
        """Tell whether an entry is to be added: a cell names it that names no row, or else no row has its label."""
        table, label = entry_key(entry)
        return label in unknown or not (label in named or self._names.rows(self._terms.tables[table], label))

    def _resolved(self, table: str, cells: Mapping[str, str], known: _Labels) -> dict[str, str]:
        columns = {name: column for name, column in filled(self._terms, table, cells).items() if column.refers}
        return {name: " | ".join(self._part(columns[name], part, known) for part in parts(columns[name], cell))
                if name in columns else cell for name, cell in cells.items()}  # fmt: skip

    def _part(self, column: Column, part: str, known: _Labels) -> str:
        """Return the reference that a name or a person's label of it means, or else the label of a new entry."""
        label, renamed = known.get(compared_name(part), (part, ""))
        every = (self._names.references(column, name) for name in (part, renamed) if name)
        rows = next(filter(None, every), [label])
        return rows[0] if len(rows) == 1 else part

    def _references(self, row: DecidedRow) -> Iterator[tuple[Column, str]]:
        """Yield the names in the cells of a row and of its new entries."""
        for table, cells in ((row.table, row.cells), *((entry.table, entry.cells) for entry in row.entries)):
            for name, column in filled(self._terms, table, cells).items():
                if column.refers:
                    yield from ((column, part) for part in parts(column, cells[name]))


def entry_key(entry: Entry) -> EntryKey:
    """Return what two new entries have in common if they are the same: the table and the label."""
    return entry.table, compared_name(entry.cells.get("label", ""))
