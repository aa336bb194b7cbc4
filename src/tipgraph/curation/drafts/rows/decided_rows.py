"""The rows that a decision adds to a source: a claim, the new entries that it names, and the names of these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.errors import Fault, InputError
from tipgraph.model import is_acronym, ontology
from tipgraph.sources import (
    PARAGRAPH_COLUMNS,
    GivenRows,
    Locator,
    Row,
    Source,
    Table,
    locate_span,
    paragraph_rows,
    quotes,
)

_CLAIM: Final = Path("claim")
_QUOTE: Final = "quote"
_NAMINGS: Final = "namings"


class DecidedRow(NamedTuple):
    """A claim as a person decided it; `spans` are the places of its words in the text, in code points."""

    table: str
    cells: Mapping[str, str]
    entries: Sequence[Entry]
    spans: Sequence[tuple[int, int]]


def given_rows(
    row: DecidedRow, text: DraftText, source: Source, *, row_id: str = "", is_requoted: bool = True
) -> GivenRows:
    """Return the tables of a source with a decided row, which is the last one of all, after its new entries.

    With an id it is in place of that row, whose other cells it keeps; its words then replace the evidence if it
    `is_requoted`, but for documents that are only cited. Raises InputError for words that are not within one paragraph.
    """
    tables: dict[str, Table] = {}
    for at, entry in enumerate(row.entries, 1):
        _put(tables, entry.table, Row(0, dict(entry.cells), Path(f"entry {at}")), source)
    for cells in namings(row, text, source):
        _put(tables, _NAMINGS, Row(0, cells, _CLAIM), source)
    words = {_QUOTE: " || ".join(_quote(text, span) for span in row.spans)} if is_requoted else {}
    table = tables.get(row.table) or source.tables.get(row.table)
    before = next((each for each in (table.rows if table else ()) if row_id and each.cells.get("id") == row_id), None)
    if before and is_requoted:
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
