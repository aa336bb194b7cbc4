"""The work on each source of a folder: paragraphs that are left to read, texts that are missing, the next step."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.model import REFERENCE_NAME
from tipgraph.sources.folder import DRAFT_DECISIONS, SOURCE_FILE, Source, Texts, read_source
from tipgraph.sources.intake.source_text import SourceText, citations
from tipgraph.sources.source_tables import unlocated

_LARGEST: Final = 50_000_000  # bytes of tables: those of a larger source are not read


class SourceProgress(NamedTuple):
    """The work on a source.

    `paragraphs` is their number, and `unread` has the numbers of those with neither claims nor a scope; both are None
    without a table of paragraphs. `text` is found, missing, changed, or none for a source whose text we never had.
    """

    name: str
    paragraphs: int | None
    unread: list[int] | None
    text: str
    next_step: str


def progress_of(data: Path, texts: Texts, waiting: Callable[[Source], str]) -> list[SourceProgress]:
    """Return the work on each source of a folder, but the reference, by name.

    `waiting` returns a step that comes before the reading of paragraphs, if there is one.
    """
    folders = sorted(path.parent for path in data.glob(f"*/{SOURCE_FILE}"))
    return [_progress(folder, texts, waiting) for folder in folders if folder.name != REFERENCE_NAME]


def _progress(folder: Path, texts: Texts, waiting: Callable[[Source], str]) -> SourceProgress:
    if sum(path.stat().st_size for path in folder.glob("*.csv")) > _LARGEST:
        return SourceProgress(folder.name, None, None, "not looked at", "")
    source = read_source(folder)
    text = _text(source, texts)
    table = source.tables.get("paragraphs")
    unread = sorted(_unread(source)) if table else None
    step = _next(source, text, unread, waiting(source))
    return SourceProgress(source.name, len(table.rows) if table else None, unread, text, step)


def _text(source: Source, texts: Texts) -> str:
    if source.about.get("textKind") in ("cited", "none") or not source.about.get("textFile"):
        return "none"
    text = SourceText(source, texts)
    return "missing" if text.path is None else "found" if text.is_current else "changed"


def _unread(source: Source) -> Iterator[int]:
    """Yield the numbers of paragraphs that carry no claim and have no scope; a row of a table is to be read, too."""
    cited = {evidence for _, evidence in citations([source], source.name)}
    evidence = source.tables.get("evidence")
    carrying = {row.cells.get("paragraph") for row in evidence.rows if row.cells["id"] in cited} if evidence else set()
    book = source.books.get(DRAFT_DECISIONS)
    aside = {row.cells.get("paragraph") for row in (book.rows if book else ()) if row.cells["verdict"] == "set-aside"}
    for row in source.tables["paragraphs"].rows:
        number = row.cells.get("number", "")
        is_open = not row.cells.get("scope") or (row.cells["scope"] == "table" and number not in aside)
        if number not in carrying and is_open and number.isdecimal():
            yield int(number)


def _next(source: Source, text: str, unread: list[int] | None, waiting: str) -> str:
    """Return the next step as a few words with a command; an empty string if there is nothing to do."""
    locate = f"tipgraph source locate {source.name}"
    steps = (
        (bool(source.faults), "`tipgraph build` lists its faults"),
        (bool(unlocated(source)), f"locate its quotes: `{locate}`"),
        (text == "changed", f"locate all evidence again: `{locate} --again`"),
        (text == "missing", f"put {source.about.get('textFile')} into the folder of the texts"),
        (text == "found" and unread is None, f"list its paragraphs: `{locate} --paragraphs`"),
        (bool(waiting), waiting),
        (bool(unread), f"read {_listed(unread or [])}: `tipgraph review drafts {source.name}`, or fill a workbook"),
    )
    return next((words for is_open, words in steps if is_open), "")


def _listed(numbers: list[int]) -> str:
    more = f" and {len(numbers) - 1:,} more" if len(numbers) > 1 else ""
    return f"¶{min(numbers, default=0)}{more}"
