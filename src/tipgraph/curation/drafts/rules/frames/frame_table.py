"""The table of frames, `ontology/frames.csv`: which words say a claim, which part of a sentence fills which column.

A person extends it in a spreadsheet. Frames of a project's own `ontology/frames.csv` are added, and replace those of
the kit with the same id.

Decisions: docs/decisions/0146-frames-are-a-table.md, 0171-frames-of-general-verbs-draft-acts.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.curation.drafts.rules.frames.clauses import PREPOSITIONS
from tipgraph.curation.drafts.rules.mentions.entry_mention import EVENT_CLASSES, EntryMention
from tipgraph.curation.drafts.rules.parser.tokens import WordToken
from tipgraph.curation.drafts.words.inflection import forms
from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model import Column, Ontology, kit, ontology
from tipgraph.sources import Row, Table, read_table

FILE: Final = "frames.csv"
PARTS: Final = ("subject", "object", "after", *PREPOSITIONS, "when", "money", "rest", "phrase")
"""The parts of a sentence; each is a column of the table. `rest` follows the words, `phrase` begins with them."""
ANY: Final = "*"
"""Means some words in the words of a frame: "open * office" is "opened its first office", too."""
_MOST_ANY: Final = 3
_VERBS: Final = frozenset({"MD", "VB", "VBD", "VBP", "VBZ"})
_PROJECT_CLASSES: Final = frozenset({"Project", "ProjectPhase", "Study"})
ANCHORS: Final = {
    "[event]": EVENT_CLASSES,
    "[project]": _PROJECT_CLASSES,
    "[undertaking]": EVENT_CLASSES | _PROJECT_CLASSES,
}
"""The classes of the undertakings that a trigger may begin with, such as "[event] for"."""
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
    def triggers(self) -> tuple[tuple[str, ...], ...]:
        """The words of each form of each trigger, in lower case, the longest first."""
        every = {tuple(form.replace("-", " - ").split()) for phrase in self.words for form in forms(phrase)}
        return tuple(sorted(every, key=lambda words: (-len(words), words)))


class Trigger(NamedTuple):
    """The words in a sentence that trigger a frame: the first and last token, and whether they are a verb.

    A verb with a preposition, such as "attended by", is no verb here, but a phrase with something after it. `anchor`
    is the undertaking that the words belong to, if the frame asks for one: "[event] for".
    """

    frame: Frame
    first: int
    last: int
    is_verb: bool
    anchor: EntryMention | None = None


class Triggers:
    """The words of frames by their first word."""

    def __init__(self, every: Iterable[Frame]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
        for frame in every:
            for words in frame.triggers:
                first = words[1] if words[0] in ANCHORS else words[0]
                self._by_first.setdefault(first, []).append((words, frame))

    def found(self, tokens: Sequence[WordToken], anchors: Mapping[int, EntryMention]) -> list[Trigger]:
        """Return the triggers in a sentence; for one table only the longest, such as "support of" and not "support".

        `anchors` are the undertakings to which words belong, by the place of the word.
        """
        every = sorted(self._every(tokens, anchors), key=lambda one: (one.first - one.last, one.first))
        kept: list[Trigger] = []
        for one in every:
            if not any(one.frame.table == other.frame.table and _is_within(one, other) for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.first)

    def _every(self, tokens: Sequence[WordToken], anchors: Mapping[int, EntryMention]) -> Iterator[Trigger]:
        """Yield the triggers in a sentence; a lone word must be a verb, or belong to an undertaking."""
        for at, token in enumerate(tokens):
            for words, frame in self._by_first.get(token.lower, ()):
                if words[0] in ANCHORS:
                    yield from _attached(frame, words, tokens, at, anchors.get(at))
                else:
                    yield from _said(frame, words, tokens, at)


def _attached(
    frame: Frame, words: Sequence[str], tokens: Sequence[WordToken], at: int, anchor: EntryMention | None
) -> Iterator[Trigger]:
    """Yield the words of a frame that belong to an undertaking before them: "for" in "a workshop in Lima for"."""
    if anchor and anchor.cls in ANCHORS[words[0]] and (last := _last_of(words[1:], tokens, at)) >= 0:
        yield Trigger(frame, at, last, is_verb=False, anchor=anchor)


def _said(frame: Frame, words: Sequence[str], tokens: Sequence[WordToken], at: int) -> Iterator[Trigger]:
    """Yield words that are a verb, or a phrase of the table: not "participating states", nor "meeting at"."""
    if (last := _last_of(words, tokens, at)) < 0:
        return
    head = at + 2 if tuple(words[:2]) == ("co", "-") else at  # "co-organized"
    token, is_phrase = tokens[head], last > head
    if is_phrase:
        is_gerund = token.is_noun and token.lower.endswith("ing")
        is_other = is_gerund and " ".join(words).replace(" - ", "-") not in frame.words
        if is_other:
            return
    elif not token.is_verb:
        return
    yield Trigger(frame, head, last, token.is_verb and (not is_phrase or words[-1] not in PREPOSITIONS))


def _last_of(words: Sequence[str], tokens: Sequence[WordToken], at: int) -> int:
    """Return the last token of words that begin at one, -1 if they do not; "*" is up to three tokens but no verb."""
    for place, word in enumerate(words):
        if word == ANY:
            starts = _starts_after(tokens, at + place)
            return next((last for one in starts if (last := _last_of(words[place + 1 :], tokens, one)) >= 0), -1)
        if at + place >= len(tokens) or tokens[at + place].lower != word:
            return -1
    return at + len(words) - 1


def _starts_after(tokens: Sequence[WordToken], at: int) -> Iterator[int]:
    """Yield where words after "*" may begin."""
    for place in range(at, min(at + _MOST_ANY, len(tokens) - 1) + 1):
        yield place
        if tokens[place].tag in _VERBS or tokens[place].text in ",;:()":
            return


def _is_within(one: Trigger, other: Trigger) -> bool:
    """Tell whether a trigger is a part of a longer one."""
    return other.first <= one.first and one.last <= other.last and (one.first, one.last) != (other.first, other.last)


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
        for part, name in parts.items():
            self._check_part(row, part, name, columns)
        needs = _parts(cells.get("needs", ""))
        filled = {*parts.values(), *fixed}
        for name in needs:
            self._must(row, "needs", name in filled, f"{name!r} is filled by no part of this row")
        missing = [name for name, column in columns.items() if column.needed and name not in {*filled, "evidence"}]
        self._must(row, "table", not missing, f"needs {', '.join(missing)}; name a part that fills it, or a fixed cell")
        self._once(row, cells.get("id", ""))
        words = tuple(word.lower() for word in _parts(cells.get("words", "")))
        name, table, example = (cells.get(column, "") for column in ("id", "table", "example"))
        frame = Frame(name, words, table, parts, fixed, tuple(needs), example)
        if frame.words and frame.example:
            self._check_example(row, frame)
        return frame

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
        elif part == "when":
            self._must(row, part, name == "date", "a date fills the column date")
        elif part == "money":
            self._must(row, part, name == "amount", "an amount of money fills the column amount")
        elif part in ("rest", "phrase"):
            self._must(row, part, "langString" in column.datatype, f"{name!r} holds no text in our words")
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

    def _check_example(self, row: Row, frame: Frame) -> None:
        words = " ".join(re.findall(r"\w+|[^\w\s]", frame.example.lower()))
        has_one = any(_is_in(trigger, words) for trigger in frame.triggers)
        self._must(row, "example", has_one, "has none of the words that trigger the frame")

    def _once(self, row: Row, frame_id: str) -> None:
        self._must(row, "id", frame_id not in self._ids, f"{frame_id!r} is the id of another row")
        self._ids.add(frame_id)

    def _must(self, row: Row, column: str, holds: bool, message: str) -> None:
        if not holds:
            self._fault(row, column, message)

    def _fault(self, row: Row, column: str, message: str) -> None:
        self.faults.append(Fault(message, self.file, row.line, column))


def _is_in(trigger: Sequence[str], words: str) -> bool:
    """Tell whether words with single spaces between them have a trigger."""
    own = [word for word in trigger if word not in ANCHORS]
    if not all(word in words for word in own if word != ANY):
        return False  # most triggers: a pattern for each would take long at start-up
    every = " ".join(rf"(?:\S+ ){{0,{_MOST_ANY}}}?" if word == ANY else re.escape(word) for word in own)
    return re.search(every.replace("? ", "?"), words) is not None


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split("|")) if part]
