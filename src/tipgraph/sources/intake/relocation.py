"""Locate the evidence of a source anew after its text was corrected.

A paragraph that is the same as before moves with all its evidence. In other paragraphs the kept quotes are searched,
else the words that have the digest of the evidence. The layout is made anew from the kept document.

Decision: docs/decisions/0121-quotes-are-kept-with-the-texts.md.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import alone, read_bytes
from tipgraph.sources import documents
from tipgraph.sources.documents.layout import Document, Layout
from tipgraph.sources.evidence import quotes, spans
from tipgraph.sources.evidence.segment import Span, paragraphs
from tipgraph.sources.evidence.spans import Locator
from tipgraph.sources.folder import SOURCE_FILE, Source, Table, Texts, source_at
from tipgraph.sources.importers.row_builder import Cells
from tipgraph.sources.intake.source_text import SourceText, citations, locator_of, paragraph_rows
from tipgraph.sources.intake.table_files import table_text, write_changed
from tipgraph.sources.reference import with_reference

_SHA256 = re.compile(r"""(?m)^(\s*sha256\s*=\s*)(["'])[^"'\n]*\2""")
_MOST_COMPARED = 4_000_000  # pairs of words
_LEAST_RUN = 3  # equal words, from which a correction is told from a chance
_WORD = re.compile(r"\S+")
_WORD_START = re.compile(r"(?<!\w)\S")


class Relocated(NamedTuple):
    """The number of spans that stayed and that moved, and notices about rows that a person should look at."""

    stayed: int
    moved: int
    notices: tuple[str, ...]


def locate_again(name: str, texts: Texts, data: Path | None = None) -> Relocated:
    """Move the evidence and the paragraphs of a source to its corrected text, and keep all quotes.

    Raises InputError with every piece of evidence that has not one place in the text, and the claims that name it, or
    if the text has a layout and its document is missing; then nothing is written.
    """
    with alone(source_at(name, data).path):
        source = source_at(name, data)
        text = SourceText(source, texts)
        file = source.path / SOURCE_FILE
        if faults := [*source.faults, *text.missing]:
            raise InputError(faults)
        settings = _settings(file, spans.digest(text.words))
        files: dict[Path, str] = {}
        if not (text.layout and text.is_current) and (layout := _layout_anew(source, text, texts)):
            text.layout = layout
            files[text.layout_path] = layout.to_json()
        relocation, notices = _Relocation(source, text), list[str]()
        moved = {"evidence": relocation.evidence(), "paragraphs": relocation.paragraphs()}
        if faults := moved["evidence"].faults:
            raise InputError(faults).adding("nothing was written")
        files[text.quotes_path] = text.quotes_text(moved["evidence"].rows)
        for present in (source.tables[name] for name in moved if name in source.tables):
            rows = moved[present.name].rows
            columns = dict.fromkeys((*present.columns, *(column for cells in rows for column in cells)))
            files[present.path] = table_text(present, list(columns), rows)
            notices += moved[present.name].notices
        # The digest is the last file: if the process is killed before, the next run does all of it.
        files[file] = settings
        write_changed(files, source.path, text=text.path)
    starts = {row.cells["id"]: row.cells.get("start") for row in relocation.table.rows}
    stays = [cells["start"] == starts[cells["id"]] for cells in moved["evidence"].rows if locator_of(cells)]
    return Relocated(stays.count(True), stays.count(False), tuple(notices))


def _settings(file: Path, digest: str) -> str:
    """Return the settings of a source with the digest of its text; raise InputError if they have none to replace."""
    settings, replaced = _SHA256.subn(rf'\g<1>"{digest}"', read_bytes(file).decode("utf-8"), count=1)
    if not replaced:
        raise InputError([Fault("is missing; write the SHA-256 of the text", shown(file), None, "sha256")])
    return settings


class _Moved(NamedTuple):
    """The rows of a table in the corrected text, notices for a person, and the faults of rows without a place."""

    rows: list[Cells]
    notices: list[str]
    faults: list[Fault]


class _Relocation:
    """The evidence and paragraphs of a source in its corrected text."""

    def __init__(self, source: Source, text: SourceText) -> None:
        self.table = source.tables.get("evidence") or Table("evidence", source.path, (), ())
        self._source, self._text = source, text
        self._new = paragraphs(text.words, text.rule)
        self._rows = paragraph_rows(text.words, text.rule)
        rows = source.tables["paragraphs"].rows if "paragraphs" in source.tables else ()
        places = [(locator_of({**row.cells, "paragraph": row.cells.get("number", "")}), row.cells) for row in rows]
        self._old_cells = {place: cells for place, cells in places if place}
        self._old = sorted(self._old_cells, key=lambda place: place.start)
        self._same, self._near = _aligned([old.digest for old in self._old], [row["digest"] for row in self._rows])
        self._quotes = quotes.read(text.quotes_path)

    def evidence(self) -> _Moved:
        """Return the rows of evidence with their new places."""
        moved = _Moved([], [], [])
        for row in self.table.rows:
            name, old = row.cells["id"], locator_of(row.cells)
            new = self._place(name, old) if old else None
            if old is None:
                moved.rows.append(row.cells)
            elif new and new.start in self._near_text(old):
                moved.rows.append({**row.cells, **self._text.cells(new)})
            elif new:
                claims = ", ".join(self._claims.get(name, ["it"]))
                moved.notices.append(f"{name} is in another paragraph now, ¶{new.paragraph}: read {claims} again")
                cells = {column: cell for column, cell in row.cells.items() if column != "page"}
                moved.rows.append({**cells, **self._text.cells(new)})
            elif claims := ", ".join(self._claims.get(name, ())):
                remedy = f"correct the quote in {shown(self._text.quotes_path)}, or remove it from {claims}"
                moved.faults.append(Fault(f"{self._reason(name)}; {remedy}", self.table.at(row), row.line, name))
            else:
                moved.notices.append(f"{name} of evidence.csv has no place any more, nor a claim: removed")
        return moved

    def _position(self, offset: int) -> int:
        """Return the position of the old paragraph at an offset; -1 before the first one."""
        return bisect_right(self._old, offset, key=lambda place: place.start) - 1

    def _reason(self, evidence: str) -> str:
        """Return why a piece of evidence has no new place."""
        try:
            quotes.place(self._text.words, self._quotes[evidence], self._text.rule)
        except KeyError:
            return "no words of the text have its digest any more"
        except ValueError as error:
            return str(error)
        return "its quote is in several places"

    def paragraphs(self) -> _Moved:
        """Return the rows of paragraphs; one that has changed keeps the scope that all paragraphs in its place had."""
        moved, same = _Moved([], [], []), set(self._same.values())
        before = {new: [old] for old, new in self._same.items()}
        for old, area in self._near.items():
            if len(area) == 1 and area.start not in same:
                before.setdefault(area.start, []).append(old)
        for position, cells in enumerate(self._rows):
            present = [self._old_cells[self._old[old]] for old in before.get(position, ())]
            scopes = {row.get("scope", "") for row in present}
            scope = scopes.pop() if len(scopes) == 1 else ""
            moved.rows.append({**(present[0] if present else {}), **cells, "scope": scope})
            if position not in same:
                change = "has changed: read it again" if present else "is new: read it"
                moved.notices.append(_notice(cells["number"], change, scope))
        for position in sorted(set(range(len(self._old))).difference(*before.values())):
            place = self._old[position]
            scope = self._old_cells[place].get("scope", "")
            moved.notices.append(_notice(place.paragraph, "of the old text is gone", scope))
        return moved

    def _place(self, evidence: str, old: Locator) -> Locator | None:
        """Return the new place of a piece of evidence."""
        at = self._position(old.start)
        if at in self._same:
            shift = self._new[self._same[at]].start - self._old[at].start
            if place := self._verified(old.start + shift, old):
                return place
        elif not self._old and (place := self._verified(old.start, old)):
            return place
        near = self._near_text(old)
        found, number = quotes.places(self._text.words, self._quotes.get(evidence, ""), self._text.rule)
        return _chosen(found, number, near) or _chosen(list(self._with_digest(old)), 0, near)

    def _near_text(self, old: Locator) -> range:
        """Return the offsets of the new paragraphs that are in the place of the old one."""
        if not self._old:
            return range(old.start, old.start + 1)
        at = self._position(old.start)
        area = range(self._same[at], self._same[at] + 1) if at in self._same else self._near.get(at)
        return range(self._new[area.start].start, self._new[area.stop - 1].end) if area else range(0)

    def _verified(self, start: int, old: Locator) -> Locator | None:
        """Return the place of evidence at a start, if its words are there."""
        place = spans.locate_span(self._text.words, start, start + old.end - old.start, self._text.rule)
        return place if place and place.digest == old.digest else None

    def _with_digest(self, old: Locator) -> Iterator[Locator]:
        """Yield the places that begin with a word and have the length and digest of evidence."""
        length, words = old.end - old.start, self._text.words
        for start in self._word_starts:
            if spans.digest(words[start : start + length]) == old.digest and (place := self._verified(start, old)):
                yield place

    @cached_property
    def _word_starts(self) -> list[int]:
        return [match.start() for match in _WORD_START.finditer(self._text.words)]

    @cached_property
    def _claims(self) -> dict[str, list[str]]:
        """The rows of all sources that name each piece of evidence."""
        claims: dict[str, list[str]] = {}
        for row, evidence in citations(with_reference(self._source.path.parent), self._source.name):
            claims.setdefault(evidence, []).append(row)
        return claims


def _notice(paragraph: int | str, change: str, scope: str) -> str:
    return f"¶{paragraph} {change}{f' (scope: {scope})' if scope else ''}"


def _aligned(old: Sequence[str], new: Sequence[str]) -> tuple[dict[int, int], dict[int, range]]:
    """Return the new position of each paragraph that is the same, and where each other one is to be searched."""
    same: dict[int, int] = {}
    near: dict[int, range] = {}
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for position in range(first, last):
            at = start + position - first
            if kind == "equal":
                same[position] = at
            else:
                near[position] = range(at, at + 1) if last - first == end - start else range(start, end)
    taken = set(same.values())
    left: dict[str, list[int]] = {}
    for at, digest in enumerate(new):
        if at not in taken:
            left.setdefault(digest, []).append(at)
    for position in [position for position in near if len(left.get(old[position], ())) == 1]:
        same[position] = left[old[position]].pop()
        del near[position]
    return same, near


def _layout_anew(source: Source, text: SourceText, texts: Texts) -> Layout | None:
    """Return the layout of the kept document for the text; None if there is neither a layout nor the document.

    Raises InputError if there is only the layout of the earlier text.
    """
    name = source.about.get("documentFile", "")
    path = texts.path(name) if text.layout or "pageCount" in source.about else None
    if path is None or hashlib.sha256(read_bytes(path)).hexdigest() != source.about.get("documentSha256"):
        if text.layout is None:
            return None
        remedy = f"put {name} with the digest of source.toml beside it" if name else "name its document in source.toml"
        message = f"is the layout of the earlier text; {remedy}, or remove the layout"
        raise InputError([Fault(message, shown(text.layout_path))]).adding("nothing was written")
    seen = documents.read(path)
    readings = [seen, *([documents.read(path, hidden=True)] if seen.hidden else [])]
    return max((_fitted(reading, text) for reading in readings), key=lambda layout: len(layout.words))


def _fitted(document: Document, text: SourceText) -> Layout:
    """Return the layout of a document for a corrected text; words in no equal run have no box."""
    old, new = (paragraphs(words, text.rule) for words in (document.text, text.words))
    same, near = _aligned([document.text[span.start : span.end] for span in old],
                          [text.words[span.start : span.end] for span in new])  # fmt: skip
    taken = set(same.values())
    areas: dict[tuple[int, ...], list[Span]] = {(at,): [old[position]] for position, at in same.items()}
    for position, area in near.items():
        areas.setdefault(tuple(at for at in area if at not in taken), []).append(old[position])
    starts: dict[int, int] = {}
    for after, before in areas.items():
        starts |= dict(_matched(_words(document.text, before), _words(text.words, [new[at] for at in after])))
    words = (
        word._replace(start=starts[word.start], end=starts[word.start] + word.end - word.start)
        for word in document.words
        if word.start in starts
    )
    return Layout(document.pages, tuple(sorted(words)))


def _words(text: str, inside: Iterable[Span]) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for span in inside for match in _WORD.finditer(text, span.start, span.end)]


def _matched(old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the old and new start of each word in an equal run of words."""
    old_words, new_words = [word for _, word in old], [word for _, word in new]
    if old_words != new_words and len(old) * len(new) > _MOST_COMPARED:
        return
    for first, start, size in SequenceMatcher(None, old_words, new_words, autojunk=False).get_matching_blocks():
        if size >= _LEAST_RUN or size == len(old) == len(new):
            yield from ((old[first + at][0], new[start + at][0]) for at in range(size))


def _chosen(places: Sequence[Locator], number: int, near: range) -> Locator | None:
    """Return the only place near the old one, or with the number of the quote, or the only one at all."""
    inside = [place for place in places if place.start in near]
    if len(inside) == 1:
        return inside[0]
    numbered = places[number - 1] if 0 < number <= len(places) else None
    if numbered and (numbered in inside or not inside):
        return numbered
    return places[0] if len(places) == 1 else None
