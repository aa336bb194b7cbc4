"""Rows of `evidence.csv` and `paragraphs.csv` for authors of data, with offsets and digests."""

from pathlib import Path

from tipgraph.errors import Fault, InputError
from tipgraph.sources.csv_dialect import csv_text
from tipgraph.sources.evidence import quotes
from tipgraph.sources.folder import Source, Texts, source_at
from tipgraph.sources.intake.source_text import PARAGRAPH_COLUMNS, SourceText, paragraph_rows


def evidence_table(name: str, texts: Texts, phrase: str, data: Path | None = None) -> str:
    """Return the row of `evidence.csv` for a phrase, as CSV with a header; its id is `pNsM`, from its place.

    `phrase#2` is the second place of a phrase; any other phrase must occur once. Raises InputError if it does not.
    """
    _, text = _source_text(name, texts, data)
    try:
        place = quotes.place(text.words, phrase, text.rule)
    except ValueError as error:
        raise InputError([Fault(str(error), text.file)]) from error
    row = {"id": f"p{place.paragraph}s{place.sentence}", **text.cells(place)}
    return csv_text("", list(row), [row]).rstrip("\n")


def paragraph_table(name: str, texts: Texts, data: Path | None = None) -> str:
    """Return the table `paragraphs.csv` of a source, with the scopes of the present table."""
    source, text = _source_text(name, texts, data)
    table = source.tables.get("paragraphs")
    scopes = {row.cells["number"]: row.cells.get("scope", "") for row in table.rows} if table else {}
    rows = [row | {"scope": scopes.get(row["number"], "")} for row in paragraph_rows(text.words, text.rule)]
    return csv_text("", PARAGRAPH_COLUMNS, rows).rstrip("\n")


def _source_text(name: str, texts: Texts, data: Path | None) -> tuple[Source, SourceText]:
    source = source_at(name, data)
    text = SourceText(source, texts)
    if text.missing:
        raise InputError(text.missing)
    return source, text
