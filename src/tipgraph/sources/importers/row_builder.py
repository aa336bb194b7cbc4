"""What a reader of open data writes to: the records of one file, the rows they make, and what was not taken and why.

Each record is a paragraph of the file and each row of it names the record, or a span within it, as its evidence: the
locator and digest by which a machine finds and checks the words. Names and figures are taken over, sentences are not.

Decision: docs/decisions/0087-an-importer-makes-rows.md.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tipgraph.errors import Fault
from tipgraph.model import unaccented
from tipgraph.sources import spans
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.estimates_table import year
from tipgraph.sources.personal_data import masked
from tipgraph.sources.segment import Span, sentences

Cells: TypeAlias = dict[str, str]
Cell: TypeAlias = str | int | Iterable[str] | None

_LONGEST_ID = 60  # of the readable part; what is longer ends in a piece of its digest


class Record(NamedTuple):
    """One record of a file: its span, the line on which it begins, and its text."""

    number: int
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True)
class ImportOptions:
    """What the caller says beside the file.

    `date` is for rows that have none, `about` keeps trafficking in persons only, `mapping` is the file of a mapping,
    and `excerpt` says that the file is a part of what was published.
    """

    date: str = ""
    about: bool = False
    mapping: str = ""
    excerpt: bool = False


@dataclass
class ImportReport:
    """What was taken of a file and what was not.

    Its records, those left out by reason, parts of records that the reader does not read, names of no place, faults.
    Only the faults are wrong: all else is as it is meant.
    """

    records: int = 0
    left: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


class At(NamedTuple):
    """Where something is said: a record, and a span of the file within it; none for the whole record.

    The number of the span is that of its sentence, or 0 where it is not known yet.
    """

    record: Record
    span: Span | None = None


class Intake:
    """Takes the rows that a reader makes of the records of one file, a record or a group of records at a time."""

    def __init__(
        self,
        file: str,
        rule: str,
        write: Callable[[str, Cells], Iterable[Fault]],
        countries: Countries,
        options: ImportOptions,
    ) -> None:
        """Hand each row to `write`, with the name of its table; `file` is how faults call the file.

        What `write` says does not fit is listed.
        """
        self.file = file
        self.options = options
        self.countries = countries
        self.report = ImportReport()
        self.about: Cells = {}  # settings of the source that the file itself says
        self._rule = rule
        self._write = write
        # What a long stream has named is kept as numbers, which take a tenth of the memory of words.
        self._things: set[int] = set()
        self._renamed: dict[int, str] = {}
        self._awaited: dict[int, tuple[str, dict[str, Cell]]] = {}
        self._ids: set[int] = set()
        self._numbers: dict[int, int] = {}
        self._named: set[int] = set()
        self._group: Sequence[Record] = ()
        self._spans: dict[tuple[int, int], str] = {}
        self._taken: set[str] = set()
        self._claims: Counter[int] = Counter()
        self._carrying: set[int] = set()
        self._scopes: dict[int, str] = {}

    def walk(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield records one by one; when the next is asked for, the paragraph of the last is written."""
        for group in self.together([record] for record in records):
            yield group[0]

    def together(self, groups: Iterable[Sequence[Record]]) -> Iterator[Sequence[Record]]:
        """Yield groups of records whose claims name spans of each other."""
        for group in groups:
            self._group, self._spans, self._taken, self._scopes = group, {}, set(), {}
            self._claims.clear()
            self._carrying.clear()
            self.report.records += len(group)
            yield group
            for record in group:
                self._close(record)
        for table, row in self._awaited.values():
            self._row(table, row)
        self._awaited.clear()

    @property
    def empty(self) -> bool:
        """Tell whether nothing was claimed at all."""
        return not self._named and not self._things

    def leave(self, scope: str, reason: str) -> None:
        """Mark that the group carries no claim, by the code of a reason, and count the reason."""
        self._scopes |= {record.number: scope for record in self._group}
        self.report.left[reason] += 1

    def fault(self, message: str, column: str = "", line: int | None = None) -> None:
        """List something that could not be taken, at a line of the file (else that of the first record).

        Addresses and numbers of persons in it are masked.
        """
        line = self._group[0].line if line is None and self._group else line
        self.report.faults.append(Fault(masked(message), self.file, line, masked(column)))

    def year(self, written: str, column: str) -> dict[str, str]:
        """Return the columns of the year of a row: the one it says, else that of the options, which is inferred.

        One that cannot be read is listed and counted, and none is put in its place.
        """
        if not written:
            return {"date": self.options.date, "dateBasis": "inferred"} if self.options.date else {}
        try:
            return {"date": year(written)}
        except ValueError as error:
            self.fault(f"{error}; taken without a year", column)
            self.report.left["years that cannot be read"] += 1
            return {}

    def place(self, name: str, *at: At) -> str:
        """Return the reference of the country or region that has a name, and keep the name; an empty one if none has.

        A name that no place has, or several have, is counted as unresolved.
        """
        name = " ".join(name.split())
        return self._placed(self.countries.named(name), name, "name", at)

    def coded(self, code: str, *at: At, written: str = "") -> str:
        """Return the reference of the country or region that has a code, and keep the code as one of its names.

        `written` is the code as the file has it, where it had to be turned into another.
        """
        return self._placed(self.countries.coded(code), written or code, "number", at)

    def _placed(self, found: str, written: str, kind: str, at: tuple[At, ...]) -> str:
        if not found:
            self.report.unresolved[written] += 1
            return ""
        place = f"reference/places/{found}"
        self.name(place, written, kind, *at)
        return place

    def thing(self, table: str, key: str, label: str = "", **cells: Cell) -> str:
        """Return the reference of a thing by a key of its own, and write its row when it is met first."""
        mark, name, met = self._met(table, key)
        if not met or mark in self._awaited:
            self._awaited.pop(mark, None)
            self._row(table, _labelled(name, label, cells))
        return f"{table}/{name}"

    def awaited(self, table: str, key: str, label: str = "", **cells: Cell) -> str:
        """Return the reference of a thing that is only named; its row is written where it is met, or at the end."""
        mark, name, met = self._met(table, key)
        if not met:
            self._awaited[mark] = table, _labelled(name, label, cells)
        return f"{table}/{name}"

    def name(self, thing: str, name: str, kind: str = "name", *at: At, language: str = "") -> None:
        """Claim that the file calls a thing by a name, once for each name."""
        mark = hash((thing, name, kind))
        if name and mark not in self._named:
            self._named.add(mark)
            self.claim("namings", *at, named=thing, name=name, nameKind=kind, language=language)

    def claim(self, table: str, *at: At, **cells: Cell) -> str:
        """Write a claim with its evidence, the first record of the group where none is named; return its reference."""
        places = at or (At(self._group[0]),)
        number = places[0].record.number
        self._claims[number] += 1
        self._carrying |= {place.record.number for place in places}
        name = f"p{number}-{self._claims[number]}"
        cells = {"id": name, **cells, "review": "unreviewed", "evidence": [self._evidence(place) for place in places]}
        self._row(table, cells)
        return f"{table}/{name}"

    def _evidence(self, at: At) -> str:
        record = at.record
        span = at.span or Span(1, record.start, record.end)
        place = (span.start, span.end)
        if place not in self._spans:
            sentence = span.number or self._sentence(record, span.start)
            name = f"p{record.number}" + (f"s{sentence}" if at.span else "")
            self._spans[place] = name if name not in self._taken else f"{name}.{len(self._spans)}"
            self._taken.add(self._spans[place])
            words = record.text[span.start - record.start : span.end - record.start]
            self._row("evidence", {"id": self._spans[place], "paragraph": record.number, "sentence": sentence,
                                   "start": span.start, "end": span.end, "digest": spans.digest(words)})  # fmt: skip
        return self._spans[place]

    def _sentence(self, record: Record, start: int) -> int:
        cut = sentences(record.text, Span(1, 0, len(record.text)), self._rule)
        return max((one.number for one in cut if one.start <= start - record.start), default=1)

    def _close(self, record: Record) -> None:
        carries = record.number in self._carrying
        if not carries and record.number not in self._scopes:
            self._scopes[record.number] = "unread"
            self.report.left["says nothing that there are terms for"] += 1
        self._row("paragraphs", {"id": f"p{record.number}", "number": record.number, "start": record.start,
                                 "end": record.end, "digest": spans.digest(record.text),
                                 "scope": "" if carries else self._scopes[record.number]})  # fmt: skip

    def _row(self, table: str, cells: dict[str, Cell]) -> None:
        row = {name: _written(cell) for name, cell in cells.items() if cell not in ("", None, [], ())}
        for fault in self._write(table, row):
            self.fault(fault.message, fault.column)

    def _met(self, table: str, key: str) -> tuple[int, str, bool]:
        """Return the mark and the id of a thing, and whether it was met before."""
        mark, name = hash((table, key)), slug(key)
        met = mark in self._things
        if not met:
            self._things.add(mark)
            free = self._free(table, name)
            if free != name:
                self._renamed[mark] = free
        return mark, self._renamed.get(mark, name), met

    def _free(self, table: str, name: str) -> str:
        free, wanted = name, hash((table, name))
        while hash((table, free)) in self._ids:
            self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            free = f"{name}-{self._numbers[wanted]}"
        self._ids.add(hash((table, free)))
        return free


def slug(words: str) -> str:
    """Return words as an id: lower case, without accents and marks; what nothing is left of, or is long, by a digest.

    >>> slug("Côte d'Ivoire: Phase 2"), slug("XM-DAC-47066-CC.0036")
    ('cote-d-ivoire-phase-2', 'xm-dac-47066-cc.0036')
    """
    name = "-".join(re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", unaccented(words)))
    if name and len(name) <= _LONGEST_ID:
        return name
    cut = name[:_LONGEST_ID].rpartition("-")[0] or name[:_LONGEST_ID].rstrip(".")
    return f"{cut}-{spans.digest(words)[:8]}".lstrip("-")


def _labelled(name: str, label: str, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the row of a thing; a label is one, so that no mark may part it."""
    named = {"label": label, **cells}
    labels = {key: str(cell).replace("|", "/").strip() for key, cell in named.items() if key.startswith("label")}
    return {"id": name, **named, **labels}


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return " ".join(cell.replace("\0", "\ufffd").split())
    return str(cell) if isinstance(cell, int) else " | ".join(cell or ())
