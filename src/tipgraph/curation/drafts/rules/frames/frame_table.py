"""The table of frames, `ontology/frames.csv`: which words say a claim, which part of a sentence fills which column.

A person extends it in a spreadsheet. Frames of a project's own `ontology/frames.csv` are added, and replace those of
the kit with the same id.

Decision: docs/decisions/0146-frames-and-a-pinned-parser-draft-claims.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model import Ontology, kit, ontology
from tipgraph.sources import Row, Table, read_table

FILE: Final = "frames.csv"
PREPOSITIONS: Final = (
    "with", "by", "from", "for", "to", "in", "at", "through", "of", "on", "as", "among", "under", "between", "against",
)  # fmt: skip
"""Prepositions that the table has columns for."""
ENTRIES: Final = ("subject", "object", "after", *PREPOSITIONS, "owner", "country")
PARTS: Final = (*ENTRIES, "when", "money", "status", "rest", "phrase", "kind")
"""The parts of a sentence; each is a column of the table. `rest` follows the words, `phrase` begins with them."""
ANY: Final = "*"
"""Means some words in the words of a frame: "open * office" is "opened its first office", too."""
_TEXTS: Final = ("id", "words", "table", "fixed", "needs", "example", "note")
_NEEDED: Final = ("id", "words", "table", "example")


@dataclass(frozen=True)
class Frame:
    """A row of the table: the words that trigger it, the table of claims, the columns by part, and fixed cells."""

    id: str
    words: tuple[str, ...]
    table: str
    parts: Mapping[str, str]
    fixed: Mapping[str, str]
    needs: tuple[str, ...]
    example: str

    @cached_property
    def anchors(self) -> dict[str, list[str]]:
        """The kinds of mentions that begin its words, each with the words that follow: "[event] for"."""
        found: dict[str, list[str]] = {}
        for kind, following in (phrase[1:].split("]") for phrase in self.words if phrase.startswith("[")):
            found.setdefault(kind, []).append(following.strip())
        return found


def frames(terms: Ontology | None = None) -> tuple[Frame, ...]:
    """Read the frames of the kit and of the project; raise InputError with the faults of every row.

    >>> {frame.table for frame in frames()} >= {"funding", "participations", "partnerships"}
    True
    """
    faults: list[Fault] = []
    known: dict[str, Frame] = {}
    for path in (folder / FILE for folder in kit.folders("ontology")):
        table = read_table(path, faults) if path.is_file() else None
        for message, row, column in _faults_of(table, terms or ontology()) if table else ():
            faults.append(Fault(message, shown(path), row, column))
        known |= {frame.id: frame for frame in map(_frame, table.rows)} if table else {}
    if faults:
        raise InputError(faults)
    return tuple(known.values())


def _faults_of(table: Table, terms: Ontology) -> Iterator[tuple[str, int, str]]:
    """Yield the message, the row and the column of each fault of a table."""
    for name in table.columns:
        if name not in (*_TEXTS, *PARTS):
            yield f"is no column of frames{near(name, (*_TEXTS, *PARTS))}; rename or remove it", 1, name
    for frame, row in ((_frame(row), row) for row in table.rows):
        yield from (("is empty; fill it", row.line, name) for name in _NEEDED if not row.cells.get(name))
        yield from ((message, row.line, column) for column, message in _faults(frame, terms))


def _frame(row: Row) -> Frame:
    cells = {name: cell.strip() for name, cell in row.cells.items()}
    words, fixed, needs = (_parts(cells.get(name, "")) for name in ("words", "fixed", "needs"))
    values = {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in fixed)}
    parts = {part: cells[part] for part in PARTS if cells.get(part)}
    name, table, example = (cells.get(column, "") for column in ("id", "table", "example"))
    return Frame(name, tuple(map(str.lower, words)), table, parts, values, tuple(needs), example)


def _faults(frame: Frame, terms: Ontology) -> Iterator[tuple[str, str]]:
    """Yield the column and the message of each fault of a frame."""
    tables = {name for name, cls in terms.tables.items() if "Claim" in terms.classes.get(cls, ())}
    if frame.table not in tables:
        yield "table", f"{frame.table!r} is no table of claims{near(frame.table, tables)}"
        return
    columns = terms.columns(terms.tables[frame.table])
    for part, name in [*frame.parts.items(), *(("fixed", name) for name in frame.fixed)]:
        codes = terms.codes[columns[name].scheme] if name in columns and columns[name].scheme else ()
        code = frame.fixed[name] if part == "fixed" else ""
        if name not in columns:
            yield part, f"{name!r} is no column of the table{near(name, columns)}"
        elif part in ENTRIES and not columns[name].refers:
            yield part, f"{name!r} refers to no entry"
        elif part == "fixed" and codes and code not in codes:
            yield part, f"{code!r} is no code of {name}{near(code, codes)}"
    needed = {name for name, column in columns.items() if column.needed} - {"evidence", "route"}
    if missing := sorted(needed - {*frame.parts.values(), *frame.fixed}):
        yield "table", f"needs {', '.join(missing)}; name a part that fills it, or a fixed cell"


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split("|")) if part]
