"""All that a folder holds, read back as a person or a program could read it, in records that belong together.

A record is a row of a table, a node or an edge of a network, a claim in RDF, a paragraph of a page: what stands beside
each other. Besides, every file is read as the text that it is, escapes undone, whatever it is called: nothing is
skipped. What is packed in a file, be it in base64 within a page, is a file of its own.
"""

import io
import zipfile
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.release.formats import BROKEN, BY_SUFFIX, as_text, lines, named, scalars, texts_in
from tipgraph.release.packing import files_in, inflated, taken_out

_TIMES: Final = 200  # what a file holds, unpacked, is at most so many times as large as the file is
_ROOM: Final = 1 << 26  # bytes that a file may hold unpacked, however small it is
_DEEPEST: Final = 12  # packings in each other; a page that holds an engine has seven
_LOCKED: Final = 1  # of the flags of a part of an archive
_SHEETS: Final = "xl/workbook.xml"
_PACKED: Final = (".gz", ".bz2", ".xz")


class Record(NamedTuple):
    """What belongs together: the file and the place in it, and all its texts; `raw` where it is a file as it stands.

    `unread` says of what could not be read why.
    """

    file: str
    place: str
    texts: tuple[str, ...]
    raw: bool = False
    unread: str = ""


def records(folder: Path, known: Collection[str] = ()) -> Iterator[Record]:
    """Yield all records of all files below a folder, the name of each file as one of its own.

    Of files with a digest that is known, such as scripts that every release has, only the name is read. So it is with
    what was read already, byte for byte: a page that is a file and stands in another file too.
    """
    reading = _Reading(known)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield Record(name, "its name", (name,))
        yield from reading.file(name, path.read_bytes())


class _Reading:
    """Reads each content once, and no more of what is packed in a file than a reader can hold."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._read: set[tuple[str, str]] = set()
        self._left = 0

    def file(self, name: str, raw: bytes) -> Iterator[Record]:
        self._left = max(_ROOM, _TIMES * len(raw)) + len(raw)
        yield from self._content(name, raw)

    def _content(self, name: str, raw: bytes, depth: int = 0) -> Iterator[Record]:
        """Yield what a content says, and what is packed in it."""
        self._left -= len(raw)
        if self._left < 0 or depth > _DEEPEST:
            yield Record(name, "what is packed", (), unread="more than can be read is packed here")
        elif self._is_new(_suffix(name), raw):
            if files := files_in(raw):
                for path, content in files:
                    yield from self._inside(f"{name}, {path}", path, content, depth)
            elif packed := inflated(raw, self._left):
                yield from self._unpacked(name, raw, packed, depth)
            else:
                yield from self._plain(name, raw, depth)

    def _is_new(self, suffix: str, raw: bytes) -> bool:
        """Tell whether a content was not read yet as a file of this kind; what has no suffix may be of any."""
        digest = sha256(raw).hexdigest()
        kinds = (suffix,) if suffix else ("", *BY_SUFFIX)
        if digest in self._known or any((digest, kind) in self._read for kind in kinds):
            return False
        self._read.add((digest, suffix))
        return True

    def _inside(self, name: str, called: str, raw: bytes, depth: int) -> Iterator[Record]:
        yield Record(name, "its name", (called,))
        yield from self._content(name, raw, depth + 1)

    def _unpacked(self, name: str, raw: bytes, packed: tuple[bytes, bool], depth: int) -> Iterator[Record]:
        """Yield what was packed; not the packed bytes as they stand, of which some would spell a name by chance."""
        content, whole = packed
        yield Record(name, "its head", (raw[:200].decode("latin-1"),))
        inside = next((name.removesuffix(end) for end in _PACKED if name.endswith(end)), name)
        yield from self._content(inside, content, depth + 1)
        if not whole:
            yield from self._plain(name, raw, depth)

    def _plain(self, name: str, raw: bytes, depth: int) -> Iterator[Record]:
        """Yield what stands in a file as it is: what it says in base64 apart, the parts of an archive, its texts."""
        rest, found = taken_out(raw)
        for place, content in found:
            yield from self._inside(f"{name}, {place}", place, content, depth)
        texts = tuple(as_text(rest))
        yield Record(name, "as it stands", texts, raw=True)
        for undone in texts[1:]:
            for place, content in taken_out(undone.encode("utf-8", "replace"))[1]:
                yield from self._inside(f"{name}, {place}", place, content, depth)
        try:
            yield from self._zipped(name, raw, depth)
            yield from _columns(name, raw)
        except BROKEN:  # it is not what it is called
            yield from (Record(name, place, said) for place, said in lines(raw))
        if b"\x00" not in raw:  # else it is no text, or of an encoding in which it was read as it stands
            yield from (Record(name, place, said) for place, said in texts_in(_suffix(name), rest))

    def _zipped(self, name: str, raw: bytes, depth: int) -> Iterator[Record]:
        """Yield what the parts of an archive say, and of a workbook its rows beside."""
        if not zipfile.is_zipfile(io.BytesIO(raw)):
            return
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield Record(name, "its comment", tuple(as_text(archive.comment)))
            for part in archive.infolist():
                inside = f"{name}/{part.filename}"
                yield Record(inside, "its name", (part.filename, *as_text(part.comment)))
                if part.flag_bits & _LOCKED:
                    yield Record(inside, "what is packed", (), unread="it is locked by a password")
                    continue
                with archive.open(part) as file:
                    yield from self._content(inside, file.read(max(self._left, 0) + 1), depth + 1)
            sheets = _SHEETS in archive.namelist()
        if sheets and self._left >= 0:
            yield from _workbook(name, raw)


def _suffix(name: str) -> str:
    """Return the suffix of a name, or of what is named last in it: `book.html, pack-3, map.svg`."""
    _, point, suffix = name.rpartition(", ")[2].rpartition("/")[2].rpartition(".")
    return suffix.lower() if point else ""


def _workbook(name: str, raw: bytes) -> Iterator[Record]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    for sheet in book.worksheets:
        rows = (["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        yield from (Record(name, f"{sheet.title} {place}", texts) for place, texts in named(rows))
    book.close()


def _columns(name: str, raw: bytes) -> Iterator[Record]:
    if not raw.startswith(b"PAR1"):
        return
    from pyarrow import parquet

    table = parquet.ParquetFile(io.BytesIO(raw))
    for key, value in (table.schema_arrow.metadata or {}).items():
        yield Record(name, "metadata", (key.decode("utf-8", "replace"), value.decode("utf-8", "replace")))
    yield Record(name, "columns", tuple(table.schema_arrow.names))
    number = 0
    for batch in table.iter_batches():
        for row in batch.to_pylist():
            number += 1
            yield Record(name, f"row {number}", tuple(scalars(row)))
