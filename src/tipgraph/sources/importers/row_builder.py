"""Rows from the records of a file of open data, with their evidence and a report of all that was left out.

A record is a paragraph of the file. The evidence of each row is a record or a span in it, with locator and digest.
Names and figures become cells, sentences do not. A cell that does not fit the ontology is left out, and so is a row
without its needed cells; each is a fault. Personal data without an answer stops the import.

Decision: docs/decisions/0087-an-importer-makes-rows.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tipgraph.errors import Fault, InputError
from tipgraph.model import REFERENCE_NAME, Ontology, data_iri, ontology, parted, unaccented
from tipgraph.runtime import read_toml
from tipgraph.sources.evidence import spans
from tipgraph.sources.evidence.segment import Span, sentences
from tipgraph.sources.evidence.xml_records import XmlRecord
from tipgraph.sources.folder import Source
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.import_report import ImportReport
from tipgraph.sources.personal_data import masked
from tipgraph.sources.privacy.screen import Gate
from tipgraph.sources.source_tables import Index, Reading, RowReader, Target, index_of

Cells: TypeAlias = dict[str, str]
Cell: TypeAlias = str | int | Iterable[str] | None

MONEY, PLACES = "amounts of money", "countries or regions"  # what is lost with a fault
_WAYS = read_toml(Path(__file__).with_name("route-labels.toml"))
_LONGEST_ID = 60  # a longer id ends in a part of a digest


class Record(NamedTuple):
    """A record of a file: its span, its first line, and its text; of XML also as it was parsed."""

    number: int
    start: int
    end: int
    line: int
    text: str
    parsed: XmlRecord | None = None


@dataclass(frozen=True)
class ImportOptions:
    """Options of an import.

    `date` is the date of rows without one, `about` keeps records about trafficking in persons only, `mapping` is the
    file of a mapping, `excerpt` means that the file is a part of a publication, and without `descriptions` these stay
    in the file: the rows have names, codes and figures.
    """

    date: str = ""
    about: bool = False
    mapping: str = ""
    excerpt: bool = False
    descriptions: bool = True


class At(NamedTuple):
    """The place of a claim: a record, and a span of the file in it (None: all of it).

    The number of the span is the number of its sentence, or 0 if that is unknown.
    """

    record: Record
    span: Span | None = None

    @property
    def text(self) -> str:
        """The text of the place."""
        span = self.span or self.record
        return self.record.text[span.start - self.record.start : span.end - self.record.start]

    def part(self, start: int, end: int) -> "At":
        """Return a part of the place by the offsets in its text."""
        base = (self.span or self.record).start
        return At(self.record, Span(0, base + start, base + end))


class RowBuilder:
    """Builds the rows of one file, a record or a group of records at a time.

    `rows` has them by table, `counts` their number by class, `about` settings of the source that the file has itself.
    `stopped` is the number of cells with personal data, `flagged` the number of cells of each text that may be the name
    of a person.
    """

    def __init__(self, source: str, file: str, rule: str, reference: Source, options: ImportOptions) -> None:
        """Begin the rows of a source; raise InputError for faults of the allow-list."""
        self.file, self.options, self.ontology = file, options, ontology()
        self.countries, self.report = Countries.of(reference), ImportReport()
        self.about: Cells = {}
        self.rows: dict[str, list[Cells]] = defaultdict(list)
        self.counts, self.flagged, self.stopped = Counter[str](), Counter[str](), 0
        self._source, self._rule = source, rule
        index = _ImportIndex(self.ontology, reference)
        self._reader = RowReader(Source(Path(source)), self.ontology, index, Reading())
        self._gate = Gate(self.ontology, reference, index)
        if self._gate.allowed.faults:
            raise InputError(self._gate.allowed.faults)
        self._entries: dict[tuple[str, str], str] = {}  # ids by table and key
        self._mentioned: dict[tuple[str, str], tuple[str, dict[str, Cell]]] = {}
        self._ids: Counter[tuple[str, str]] = Counter()  # how many entries have a table and an id, but for its number
        self._named: set[tuple[str, str, str]] = set()
        self._records: Sequence[Record] = ()
        self._spans: dict[tuple[int, int], str] = {}
        self._evidence_ids: set[str] = set()
        self._claims: Counter[int] = Counter()
        self._with_claims: set[int] = set()
        self._scopes: dict[int, str] = {}

    def each(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records, and write the paragraph of each after its claims."""
        for group in self.each_group([record] for record in records):
            yield group[0]

    def each_group(self, groups: Iterable[Sequence[Record]]) -> Iterator[Sequence[Record]]:
        """Yield groups of records whose claims share evidence."""
        for group in groups:
            begins = self._records[0].start if self._records else 0
            self._spans = {place: name for place, name in self._spans.items() if place[0] < begins}  # such as a heading
            self._records, self._evidence_ids, self._scopes = group, {*self._spans.values()}, {}
            self._claims.clear()
            self._with_claims.clear()
            self.report.records += len(group)
            yield group
            for record in group:
                self._close(record)
        for table, row in self._mentioned.values():
            self._row(table, row)
        self._mentioned.clear()

    @property
    def empty(self) -> bool:
        """Tell whether there is no claim and no entry."""
        return not self._named and not self._entries

    def skip(self, scope: str, reason: str) -> None:
        """Give the current records a scope, the code for no claims, and count the reason."""
        self._scopes |= {record.number: scope for record in self._records}
        self.report.left[reason] += 1

    def fault(self, message: str, column: str = "", line: int | None = None, *, lost: str = "") -> None:
        """Add a fault at a line of the file, by default the current one; personal data in it is masked.

        `lost` names what the graph lacks because of it, such as "activities": records, rows, amounts, roles or places.
        """
        line = self._records[0].line if line is None and self._records else line
        self.report.faults_and_losses.append((Fault(masked(message), self.file, line, masked(column)), lost))

    def place(self, name: str, *at: At) -> str:
        """Return the reference of the country or region with a name, and claim the name.

        It is empty, and the name counted as unresolved, if no place or several places have the name.
        """
        name = " ".join(name.split())
        return self._place(self.countries.by_name(name), name, "name", at)

    def place_of_code(self, code: str, *at: At, written: str = "") -> str:
        """Return the reference of the country or region with a code, and claim the code, as `written` if given."""
        kind = "number" if code.isdecimal() else "code"
        return self._place(self.countries.by_code(code), written or code, kind, at)

    def _place(self, place_id: str, written: str, kind: str, at: tuple[At, ...]) -> str:
        if not place_id:
            self.report.unresolved[written] += 1
            return ""
        place = f"reference/places/{place_id}"
        self.name(place, written, kind, *at)
        return place

    def entry(self, table: str, key: str, label: str = "", **cells: Cell) -> str:
        """Return the reference of the entry with a key, and write its row the first time."""
        mark, name, is_new = self._entry_id(table, key)
        if is_new or mark in self._mentioned:
            self._mentioned.pop(mark, None)
            self._row(table, _entry_row(name, label, cells))
        return f"{table}/{name}"

    def mention(self, table: str, key: str, label: str = "", **cells: Cell) -> str:
        """Return the reference of an entry that is only mentioned; its row is written last if no `entry` follows."""
        mark, name, is_new = self._entry_id(table, key)
        if is_new:
            self._mentioned[mark] = table, _entry_row(name, label, cells)
        return f"{table}/{name}"

    def name(self, entry: str, name: str, kind: str = "name", *at: At, language: str = "") -> None:
        """Claim a name of an entry, once for each name."""
        mark = entry, name, kind
        if name and mark not in self._named:
            self._named.add(mark)
            self.claim("namings", *at, named=entry, name=name, nameKind=kind, language=language)

    def actor(self, written: str, *at: At) -> str:
        """Return the reference of an organization by its written name; claim the name and the acronym in brackets."""
        name, acronym = parted(written)
        actor = self.entry("actors", name.casefold(), name, type="Organization")
        self.name(actor, name, "name", *at)
        self.name(actor, acronym, "acronym", *at)
        return actor

    def claim(self, table: str, *at: At, **cells: Cell) -> str:
        """Write a claim with its evidence, by default the first record of the group; return its reference."""
        places = at or (At(self._records[0]),)
        number = places[0].record.number
        self._claims[number] += 1
        self._with_claims |= {place.record.number for place in places}
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
            self._spans[place] = name if name not in self._evidence_ids else f"{name}.{len(self._spans)}"
            self._evidence_ids.add(self._spans[place])
            self._place_row("evidence", self._spans[place], span, at.text, paragraph=record.number, sentence=sentence)
        return self._spans[place]

    def _sentence(self, record: Record, start: int) -> int:
        spans_ = sentences(record.text, Span(1, 0, len(record.text)), self._rule)
        return max((span.number for span in spans_ if span.start <= start - record.start), default=1)

    def _close(self, record: Record) -> None:
        has_claims = record.number in self._with_claims
        if not has_claims and record.number not in self._scopes:
            self._scopes[record.number] = "unread"
            self.report.left["without a statement that the ontology has terms for"] += 1
        scope = {} if has_claims else {"scope": self._scopes[record.number]}
        self._place_row("paragraphs", f"p{record.number}", record, record.text, number=record.number, **scope)

    def _place_row(self, table: str, name: str, span: Span | Record, words: str, **cells: str | int) -> None:
        """Keep the row of a place in the file, whose numbers and digest fit always."""
        row = {"id": name, **cells, "start": span.start, "end": span.end, "digest": spans.digest(words)}
        self._keep(table, {column: str(cell) for column, cell in row.items()})

    def _row(self, table: str, cells: dict[str, Cell]) -> None:
        """Keep a row without the cells that do not fit, unless personal data or a needed cell stops it."""
        row = {name: _cell_text(cell) for name, cell in cells.items() if cell or cell == 0}
        if stops := self.stopping(table, row):
            wrong = [(fault.column, fault.message) for fault in stops]
            row = {}
        elif wrong := list(self._reader.misfits(table, row).items()):
            fitting = {name: cell for name, cell in row.items() if name not in dict(wrong)}
            row = fitting if not self._reader.misfits(table, fitting) else {}
            cls = cells.get("type") or self.ontology.tables[table]
            wrong += [("", f"{cls}: the row was left out")] * (not row)
        for number, (column, message) in enumerate(wrong):  # it is one row that is lost, whatever its faults
            self.fault(message, column, lost="rows" * (not row and number == 0))
        if row:
            self._keep(table, row)

    def _keep(self, table: str, cells: Cells) -> None:
        self.rows[table].append(cells)
        self.counts[cells.get("type") or self.ontology.tables[table]] += 1

    def stopping(self, table: str, cells: Mapping[str, str]) -> list[Fault]:
        """Return the faults of personal data in a row, or in the settings if there is no table."""
        concerns = self._gate.row(self._source, table, cells)
        faults = [concern.fault for concern in concerns if concern.stops]
        self.flagged.update(concern.found.text for concern in concerns if not concern.stops)
        self.stopped += len(faults)
        return faults

    def _entry_id(self, table: str, key: str) -> tuple[tuple[str, str], str, bool]:
        """Return the table and key of an entry, its id, and whether it is new."""
        mark = (table, key)
        is_new = mark not in self._entries
        if is_new:
            name = wanted = slug(key)
            while self._ids[table, name]:
                self._ids[table, wanted] += 1
                name = f"{wanted}-{self._ids[table, wanted]}"
            self._ids[table, name] = 1
            self._entries[mark] = name
        return mark, self._entries[mark], is_new


class _ImportIndex(Index):
    """The rows that an import can refer to: its own, which its reader has written, and those of the reference."""

    def __init__(self, terms: Ontology, reference: Source) -> None:
        super().__init__()
        self._ontology, self._reference = terms, index_of([reference], terms, [])

    def candidates(self, source: str, value: str) -> list[Target]:
        """Return the node of `table/id`, or the candidates of the reference; none for another form."""
        parts = value.split("/")
        if parts[0] == REFERENCE_NAME:
            return self._reference.candidates(source, value)
        table, name = parts if len(parts) == 2 else ("evidence", parts[-1])
        if table not in self._ontology.tables:
            return []
        return [Target(data_iri(source, table, name), self._ontology.tables[table])]


def route_of(builder: RowBuilder, origin: str, destination: str, *, directed: bool = True) -> str:
    """Return the reference of the route between two places; the same place twice gives a route within it."""
    way = "within" if origin == destination else "to" if directed else "link"
    ends = [place.rpartition("/")[2] for place in (origin, destination)]
    return labelled_route(builder, "-".join([*ends, *["link"] * (way == "link")]), way, *ends)


def labelled_route(builder: RowBuilder, key: str, way: str, *places: str) -> str:
    """Return the reference of the route with a key, whose labels name places by the words for a way."""
    label, spanish = (words.format(*(builder.countries.label(place, language) for place in places))
                      for language, words in _WAYS[way].items())  # fmt: skip
    return builder.entry("routes", key, label, **{"label@es": spanish})


def slug(words: str) -> str:
    """Return words as an id in lower case without accents and marks; an empty or a long one ends in a digest.

    >>> slug("Côte d'Ivoire: Phase 2"), slug("XM-DAC-47066-CC.0036")
    ('cote-d-ivoire-phase-2', 'xm-dac-47066-cc.0036')
    """
    name = "-".join(re.findall(r"[a-z0-9]+(?:\.[a-z0-9]+)*", unaccented(words)))
    if name and len(name) <= _LONGEST_ID:
        return name
    beginning = name[:_LONGEST_ID].rpartition("-")[0] or name[:_LONGEST_ID].rstrip(".")
    return f"{beginning}-{spans.digest(words)[:8]}".lstrip("-")


def _entry_row(name: str, label: str, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the row of an entry; a | in a label becomes a /, since it would separate values."""
    named = {"label": label, **cells}
    labels = {key: str(cell).replace("|", "/").strip() for key, cell in named.items() if key.startswith("label")}
    return {"id": name, **named, **labels}


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return " ".join(cell.replace("\0", "\ufffd").split())
    return str(cell) if isinstance(cell, int) else " | ".join(cell or ())
