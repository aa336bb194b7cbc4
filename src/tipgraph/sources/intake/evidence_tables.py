"""Rows of `evidence.csv` and `paragraphs.csv` for authors of data, with offsets and digests."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from tipgraph.errors import Fault, InputError
from tipgraph.sources.evidence import quotes
from tipgraph.sources.folder import Texts, source_at
from tipgraph.sources.intake.source_text import SourceText


def evidence_table(name: str, texts: Texts, phrase: str, data: Path | None = None) -> str:
    """Return the row of `evidence.csv` for a phrase, as CSV with a header; its id is `pNsM`, from its place.

    `phrase#2` is the second place of a phrase; any other phrase must occur once. Raises InputError if it does not.
    """
    text = SourceText(source_at(name, data), texts)
    if text.missing:
        raise InputError(text.missing)
    try:
        place = quotes.place(text.words, phrase, text.rule)
    except ValueError as error:
        raise InputError([Fault(str(error), text.file)]) from error
    row = {"id": f"p{place.paragraph}s{place.sentence}", **text.cells(place)}
    return csv_text(row, [row]).rstrip("\n")


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV with a header; a cell that a row lacks is empty."""
    out = io.StringIO()
    table = csv.DictWriter(out, list(columns), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()
