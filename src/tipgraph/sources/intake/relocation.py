"""Locate the evidence of a source anew after its text was corrected.

A paragraph that is the same as before moves with all its evidence. In other paragraphs the kept quotes are searched.
The layout is made anew from the kept document.

Decision: docs/decisions/0121-quotes-are-kept-with-the-texts.md.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import Lock, read_bytes
from tipgraph.sources import documents
from tipgraph.sources.documents.layout import Document, Layout
from tipgraph.sources.evidence import quotes, spans
from tipgraph.sources.evidence.segment import paragraphs
from tipgraph.sources.evidence.spans import Locator
from tipgraph.sources.folder import SOURCE_FILE, Source, Texts, source_at
from tipgraph.sources.importers.row_builder import Cells
from tipgraph.sources.intake.source_text import SourceText, citations, locator_of, paragraph_rows
from tipgraph.sources.intake.table_files import table_text, write_changed
from tipgraph.sources.reference import with_reference

_SHA256 = re.compile(r"""(?m)^(\s*sha256\s*=\s*)(["'])[^"'\n]*\2""")
_LEAST_RUN = 3  # equal words, from which a correction is told from a chance
_WORD = re.compile(r"\S+")


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
    with Lock(source_at(name, data).path):
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
        correction = _Correction(source, text)
        rows = {"evidence": list(correction.evidence()), "paragraphs": list(correction.paragraphs())}
        if correction.faults:
            raise InputError(correction.faults).adding("nothing was written")
        files[text.quotes_path] = text.quotes_text(rows["evidence"])
        for present in (source.tables[name] for name in rows if name in source.tables):
            columns = dict.fromkeys((*present.columns, *(column for cells in rows[present.name] for column in cells)))
            files[present.path] = table_text(present, list(columns), rows[present.name])
        # The digest is the last file: if the process is killed before, the next run does all of it.
        files[file] = settings
        write_changed(files, source.path, text=text.path)
    before = {row.cells["id"]: row.cells.get("start") for row in correction.present}
    stays = [cells["start"] == before[cells["id"]] for cells in rows["evidence"] if locator_of(cells)]
    return Relocated(stays.count(True), stays.count(False), tuple(correction.notices))


def _settings(file: Path, digest: str) -> str:
    """Return the settings of a source with the digest of its text; raise InputError if they have none to replace."""
    settings, replaced = _SHA256.subn(rf'\g<1>"{digest}"', read_bytes(file).decode("utf-8"), count=1)
    if not replaced:
        raise InputError([Fault("is missing; write the SHA-256 of the text", shown(file), None, "sha256")])
    return settings


class _Correction:
    """The evidence and paragraphs of a source in its corrected text, with faults and notices for a person."""

    def __init__(self, source: Source, text: SourceText) -> None:
        self._text, self._quotes = text, quotes.read(text.quotes_path)
        self.table = source.tables.get("evidence")
        self.present = self.table.rows if self.table else ()
        self.faults: list[Fault] = []
        self.notices: list[str] = []
        self._claims: dict[str, list[str]] = {}
        for row, evidence in citations(with_reference(source.path.parent), source.name):
            self._claims.setdefault(evidence, []).append(row)
        rows = source.tables["paragraphs"].rows if "paragraphs" in source.tables else ()
        self._old = [row.cells for row in rows]
        self._new = paragraph_rows(text.words, text.rule)
        self._areas = _aligned([cells["digest"] for cells in self._old], [cells["digest"] for cells in self._new])

    def evidence(self) -> Iterator[Cells]:
        """Yield the rows of evidence with their new places."""
        areas = {cells["number"]: (cells, area) for cells, area in zip(self._old, self._areas, strict=True)}
        for row in self.present:
            name, old = row.cells["id"], locator_of(row.cells)
            if old is None:
                yield row.cells
                continue
            before, area = areas.get(str(old.paragraph), ({}, range(old.paragraph - 1, old.paragraph)))
            shift = int(self._new[area.start]["start"]) - int(before["start"]) if before and area else 0
            near = range(area.start + 1, area.stop + 1)
            place, claims = self._place(name, old, near, shift), ", ".join(self._claims.get(name, ()))
            if place:
                is_near = place.paragraph in near
                if not is_near:
                    message = f"{name} is in another paragraph now, ¶{place.paragraph}: read {claims or 'it'} again"
                    self.notices.append(message)
                stays = {column: cell for column, cell in row.cells.items() if is_near or column != "page"}
                yield {**stays, **self._text.cells(place)}
            elif claims and self.table:
                remedy = f"correct the quote in {shown(self._text.quotes_path)}, or remove it from {claims}"
                self.faults.append(Fault(f"{self._reason(name)}; {remedy}", self.table.at(row), row.line, name))
            else:
                self.notices.append(f"{name} of evidence.csv has no place any more, nor a claim: removed")

    def _place(self, evidence: str, old: Locator, near: range, shift: int) -> Locator | None:
        """Return the new place of evidence: as far from the start of its paragraph as before, or that of its quote.

        Of several places of a quote the only one in these paragraphs is meant, or else the one with its number.
        """
        same = spans.locate_span(self._text.words, old.start + shift, old.end + shift, self._text.rule)
        if same and same.digest == old.digest:
            return same
        found, number = quotes.places(self._text.words, self._quotes.get(evidence, ""), self._text.rule)
        inside = [place for place in found if place.paragraph in near]
        numbered = found[number - 1 : number] if number and (found[number - 1 : number] or inside) else ()
        chosen = inside if len(inside) == 1 else numbered or found
        return chosen[0] if len(chosen) == 1 else None

    def _reason(self, evidence: str) -> str:
        """Return why a piece of evidence has no new place."""
        if not (quote := self._quotes.get(evidence)):
            return "no quote of it is kept"
        try:
            quotes.place(self._text.words, quote, self._text.rule)
        except ValueError as error:
            return str(error)
        return "its quote is in several places"

    def paragraphs(self) -> Iterator[Cells]:
        """Yield the rows of paragraphs; one that has changed keeps the scope that all paragraphs in its place had."""
        before: dict[int, list[Cells]] = {}
        for old, area in zip(self._old, self._areas, strict=True):
            if len(area) == 1:
                before.setdefault(area.start, []).append(old)
            else:
                self._notice(old["number"], "of the old text is gone", old.get("scope", ""))
        for position, cells in enumerate(self._new):
            present = before.get(position, [])
            scopes = {old.get("scope", "") for old in present}
            scope = scopes.pop() if len(scopes) == 1 else ""
            if [old["digest"] for old in present] != [cells["digest"]]:
                change = "has changed: read it again" if present else "is new: read it"
                self._notice(cells["number"], change, scope)
            yield {**(present[0] if present else {}), **cells, "scope": scope}

    def _notice(self, paragraph: str, change: str, scope: str) -> None:
        self.notices.append(f"¶{paragraph} {change}{f' (scope: {scope})' if scope else ''}")


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[range]:
    """Return the new positions that are in the place of each old paragraph; one, if as many replace as there were."""
    found: list[range] = []
    for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_each = last - first == end - start
        found += [range(start + at, start + at + 1) if is_each else range(start, end) for at in range(last - first)]
    return found


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
    """Return the layout of a document for a corrected text; words in no equal run of words have no box."""
    old, new = ([[(match.start(), match[0]) for match in _WORD.finditer(words, *span[1:])]
                 for span in paragraphs(words, text.rule)] for words in (document.text, text.words))  # fmt: skip
    plain = [[" ".join(word for _, word in paragraph) for paragraph in side] for side in (old, new)]
    starts: dict[int, int] = {}
    for before, area in zip(old, _aligned(*plain), strict=True):
        after = [word for position in area for word in new[position]]
        runs = SequenceMatcher(None, [word for _, word in before], [word for _, word in after]).get_matching_blocks()
        for first, start, size in runs:
            if size >= _LEAST_RUN or size == len(before) == len(after):
                starts |= {before[first + at][0]: after[start + at][0] for at in range(size)}
    words = [
        word._replace(start=starts[word.start], end=starts[word.start] + word.end - word.start)
        for word in document.layout.words
        if word.start in starts
    ]
    return Layout(document.pages, tuple(sorted(words)))
