"""Rows of `evidence.csv` and `paragraphs.csv` for authors of data, with offsets and digests."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from tipgraph.errors import Fault, InputError
from tipgraph.sources.evidence import quotes
from tipgraph.sources.evidence.spans import Locator
from tipgraph.sources.folder import Texts, source_at
from tipgraph.sources.intake.source_text import SourceText


def evidence_table(name: str, texts: Texts, phrases: Iterable[tuple[str, str]], data: Path | None = None) -> str:
    """Return the rows of `evidence.csv` for (id, phrase) pairs, as CSV with a header.

    A phrase without an id gets `pNsM` from its place. `phrase#2` is the second place of a phrase; any other phrase must
    occur once. Raises InputError with every phrase that does not.
    """
    text = SourceText(source_at(name, data), texts)
    if text.missing:
        raise InputError(text.missing)
    rows: list[dict[str, str]] = []
    faults = []
    for identifier, phrase in phrases:
        try:
            place = quotes.place(text.words, phrase, text.rule)
        except ValueError as error:
            faults.append(Fault(str(error), text.file, None, identifier))
        else:
            rows.append({"id": identifier or f"p{place.paragraph}s{place.sentence}", **text.cells(place)})
    if faults:
        raise InputError(faults)
    return csv_text(dict.fromkeys(["id", *Locator._fields, *(name for row in rows for name in row)]), rows).rstrip("\n")


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV with a header; a cell that a row lacks is empty."""
    out = io.StringIO()
    table = csv.DictWriter(out, list(columns), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()
