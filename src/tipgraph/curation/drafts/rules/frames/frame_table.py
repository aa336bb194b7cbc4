"""The table of frames, `ontology/frames.csv`: which words say a claim, which part of a sentence fills which column.

A person extends it in a spreadsheet. Frames of a project's own `ontology/frames.csv` are added, and replace those of
the kit with the same id.

Decisions: docs/decisions/0146-frames-are-a-table.md, 0171-frames-of-general-verbs-draft-acts.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model import Column, Ontology, kit, ontology
from tipgraph.sources import Row, Table, read_table

FILE: Final = "frames.csv"
PREPOSITIONS: Final = (
    "with", "by", "from", "for", "to", "in", "at", "through", "of", "on", "as", "among", "under", "between", "against",
)  # fmt: skip
"""Prepositions that the table has columns for."""
ENTRIES: Final = ("subject", "object", "after", *PREPOSITIONS, "owner", "country")
TEXTS: Final = ("rest", "phrase", "topic")
VALUES: Final = {"when": "date", "money": "amount", "length": "duration", "number": "partCount", "status": "status"}
PARTS: Final = (*ENTRIES, *VALUES, *TEXTS, "kind")
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

    @property
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
    for folder in kit.folders("ontology"):
        if (folder / FILE).is_file():
            known |= {frame.id: frame for frame in read_frames(folder / FILE, faults, terms or ontology())}
    if faults:
        raise InputError(faults)
    return tuple(known.values())


def read_frames(path: Path, faults: list[Fault], terms: Ontology) -> list[Frame]:
    """Read a table of frames, and add its faults to those given, each with its row and column."""
    table = read_table(path, faults)
    if table is None:
        return []
    file = shown(path)
    known = (*_TEXTS, *PARTS)
    faults += [Fault(f"is no column of frames{near(name, known)}; rename or remove it", file, 1, name)
               for name in table.columns if name not in known]  # fmt: skip
    reader = _FrameReader(table, terms)
    found = [reader.frame(row) for row in table.rows]
    faults += reader.faults
    return found


class _FrameReader:
    def __init__(self, table: Table, terms: Ontology) -> None:
        self.file, self.terms, self.faults = shown(table.path), terms, list[Fault]()
        self._ids: set[str] = set()

    def frame(self, row: Row) -> Frame:
        cells = {name: cell.strip() for name, cell in row.cells.items()}
        for name in _NEEDED:
            if not cells.get(name):
                self._fault(row, name, "is empty; fill it")
        columns = self._columns(row, cells.get("table", ""))
        parts = {part: cells[part] for part in PARTS if cells.get(part)}
        fixed = self._fixed(row, cells.get("fixed", ""), columns)
        for part, name in ((part, name) for part, names in parts.items() for name in names.split(" | ")):
            self._check_part(row, part, name, columns)
        needs = _parts(cells.get("needs", ""))
        filled = {*" | ".join(parts.values()).split(" | "), *fixed}
        for name in (one for need in needs for one in need.split(" / ")):
            self._must(row, "needs", name in filled, f"{name!r} is filled by no part of this row")
        self._check_whole(row, columns, filled)
        self._once(row, cells.get("id", ""))
        words = tuple(word.lower() for word in _parts(cells.get("words", "")))
        name, table, example = (cells.get(column, "") for column in ("id", "table", "example"))
        return Frame(name, words, table, parts, fixed, tuple(needs), example)

    def _check_whole(self, row: Row, columns: Mapping[str, Column], filled: set[str]) -> None:
        known = {*filled, "evidence", "route"}
        missing = [name for name, column in columns.items() if column.needed and name not in known]
        self._must(row, "table", not missing, f"needs {', '.join(missing)}; name a part that fills it, or a fixed cell")

    def _columns(self, row: Row, table: str) -> Mapping[str, Column]:
        tables = {name for name, cls in self.terms.tables.items() if "Claim" in self.terms.classes.get(cls, ())}
        if table and table not in tables:
            self._fault(row, "table", f"{table!r} is no table of claims{near(table, tables)}")
        return self.terms.columns(self.terms.tables[table]) if table in tables else {}

    def _check_part(self, row: Row, part: str, name: str, columns: Mapping[str, Column]) -> None:
        if not columns:
            return
        column = columns.get(name)
        if column is None:
            self._fault(row, part, f"{name!r} is no column of the table{near(name, columns)}")
        elif part in VALUES:
            self._must(row, part, name == VALUES[part], f"fills the column {VALUES[part]} and no other")
        elif part in TEXTS:
            self._must(row, part, "langString" in column.datatype, f"{name!r} holds no text in our words")
        elif part == "kind":
            self._must(row, part, bool(column.scheme), f"{name!r} holds no code")
        else:
            self._must(row, part, "Thing" in self.terms.classes.get(column.refers, ()), f"{name!r} refers to no entry")

    def _fixed(self, row: Row, cell: str, columns: Mapping[str, Column]) -> dict[str, str]:
        fixed = {}
        for part in _parts(cell):
            name, equals, value = (piece.strip() for piece in part.partition("="))
            column = columns.get(name)
            if not equals or not value:
                self._fault(row, "fixed", f"{part!r} has no value; write column=code")
            elif columns and column is None:
                self._fault(row, "fixed", f"{name!r} is no column of the table{near(name, columns)}")
            elif column and column.scheme and value not in self.terms.codes[column.scheme]:
                self._fault(
                    row, "fixed", f"{value!r} is no code of {name}{near(value, self.terms.codes[column.scheme])}"
                )
            fixed[name] = value
        return fixed

    def _once(self, row: Row, frame_id: str) -> None:
        self._must(row, "id", frame_id not in self._ids, f"{frame_id!r} is the id of another row")
        self._ids.add(frame_id)

    def _must(self, row: Row, column: str, holds: bool, message: str) -> None:
        if not holds:
            self._fault(row, column, message)

    def _fault(self, row: Row, column: str, message: str) -> None:
        self.faults.append(Fault(message, self.file, row.line, column))


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split("|")) if part]
