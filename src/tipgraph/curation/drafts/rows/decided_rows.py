"""The rows that a decision adds to a source: a claim, the new entries that it names, and the names of these.

What a row names in the data is a row there, and the rest are new entries. The page shows a draft as this row, and a
decision writes the same one, so that nothing else is saved than was shown.

Decision: docs/decisions/0169-a-draft-is-shown-as-the-row-that-is-written.md.
"""

import operator
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rows.known_claims import Span, rows_of
from tipgraph.curation.drafts.rows.row_words import filled, parts
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


class DecidedRow(NamedTuple):
    """A claim as a person decided it; `spans` are the places of its words in the text, in code points."""

    table: str
    cells: Mapping[str, str]
    entries: Sequence[Entry]
    spans: Sequence[Span]


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

    The words are those of the label, letter by letter: a label of a person's own is no name that the text says.
    """
    known = {each.cells.get("name", "") for each in rows_of(source, _NAMINGS)}
    known |= {row.cells.get("name", "")} if row.table == _NAMINGS else set()
    for entry in row.entries:
        label = entry.cells.get("label", "")
        place = None if label in known else _place_of_name(label, row.spans, text)
        if place:
            kind = "title" if entry.table == "documents" else "acronym" if is_acronym(label) else "name"
            quote = quotes.kept(text.words, place, text.rule)
            yield {"named": entry.cells.get("id") or label, "name": label, "nameKind": kind, _QUOTE: quote}


def _place_of_name(name: str, spans: Sequence[Span], text: DraftText) -> Locator | None:
    """Return the first place of a name, letter by letter, in the sentences of some spans."""
    places = quotes.places(text.words, name, text.rule)[0] if name else ()
    located = filter(None, (locate_span(text.words, *span, text.rule) for span in spans))
    sentences = {(place.paragraph, place.sentence) for place in located}
    own = (place for place in places if (place.paragraph, place.sentence) in sentences)
    return next((place for place in own if text.words[place.start : place.end] == name), None)


def renamed_draft(draft: Draft, renamed: Mapping[EntryKey, str], terms: Ontology) -> DecidedRow:
    """Return the row of a draft, whose new entries have the labels that a person gave them meanwhile."""
    labels = {key[1]: label for entry in draft.entries if (label := renamed.get(key := entry_key(entry), ""))}
    cells = dict(draft.cells)
    for column, part in referring(draft.table, draft.cells, terms):
        if new := labels.get(compared_name(part)):
            cells[column.name] = " | ".join(new if one == part else one for one in parts(column, cells[column.name]))
    entries = [Entry(one.table, {**one.cells, "label": labels.get(entry_key(one)[1], one.cells.get("label", ""))})
               for one in draft.entries]  # fmt: skip
    return DecidedRow(draft.table, cells, entries, [(draft.start, draft.end)])


def renames(shown: DecidedRow, decided: DecidedRow, terms: Ontology) -> dict[EntryKey, str]:
    """Return the new labels of new entries that a person renamed: in a cell, one is gone and one has come."""
    before, after = ({entry_key(entry)[1]: entry for entry in row.entries} for row in (shown, decided))
    found = {}
    for column in dict.fromkeys(column for column, _ in referring(shown.table, shown.cells, terms)):
        cells = (row.cells.get(column.name, "") for row in (shown, decided))
        old, new = ({compared_name(part) for part in parts(column, cell)} for cell in cells)
        if len(old - new) == len(new - old) == 1 and old - new <= set(before) and new - old <= set(after):
            found[entry_key(before[(old - new).pop()])] = after[(new - old).pop()].cells["label"]
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
