"""Read every file of a folder as texts and rows: zip, gzip, Parquet, RDF, JSON, CSV, markup, and Base64 within these.

A file of any other format is reported as one that cannot be read.
"""

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from html import unescape
from itertools import zip_longest
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import RdfFormat, parse

from tipgraph.outputs.release.attack import markup
from tipgraph.outputs.release.attack.letters import based

_LARGEST, _ALL, _DEEPEST = 1 << 27, 1 << 30, 8  # bytes of one part, bytes of all parts, parts within parts
_BLOB = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{160,}={0,2}|(?:[A-Za-z0-9+/]{40,}\r?\n[ \t]*){2,}[A-Za-z0-9+/]*={0,2})"
)
_RDF = {".trig": RdfFormat.TRIG, ".ttl": RdfFormat.TURTLE, ".nq": RdfFormat.N_QUADS, ".nt": RdfFormat.N_TRIPLES}
_DATA = re.compile(r"(<script[^>]*json[^>]*>)(.*?)(?=</script)", re.DOTALL | re.IGNORECASE)
_NOT_WRITTEN = b"%PDF", b"\x89PNG"  # how formats begin that no release has
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
_DOCUMENT = 200  # a longer string in JSON may be a file

Fields: TypeAlias = tuple[tuple[str, str], ...]


class Text(NamedTuple):
    """A text and its place. In `noise`, letters meet by chance; a text that `has_rows` was read as rows too."""

    place: str
    words: str
    noise: bool = False
    has_rows: bool = False


class SheetRow(NamedTuple):
    """A row of a table, a record, or the statements about a subject, as pairs of column and value."""

    place: str
    fields: Fields


class Unread(NamedTuple):
    """A part that cannot be read, and why."""

    place: str
    why: str


Part: TypeAlias = Text | SheetRow | Unread


class ContentReader:
    """Reads each part once. Skips parts that it has read before, and files of the kit (`own` digests)."""

    def __init__(self, own: Collection[str] = ()) -> None:
        self._done, self._rows, self._left = set(own), set[Fields](), _ALL
        self._new: list[str | Fields] = []  # digests and rows of the current file

    def read(self, raw: bytes, name: str, place: str = "", depth: int = 0) -> Iterator[Part]:
        """Yield the parts of some bytes; `name` is the name of their file, empty for Base64."""
        digest = sha256(raw).hexdigest()
        if digest in self._done:
            return
        self._done.add(digest)
        self._new.append(digest)
        self._left -= len(raw)
        if depth > _DEEPEST or len(raw) > _LARGEST or self._left < 0:
            yield Unread(place, "cannot be read: too large, or packed too deep")
            return
        for part in self._parts(raw, name, f"{place} " if place else "", depth):
            if isinstance(part, SheetRow):
                if part.fields in self._rows:
                    continue
                self._rows.add(part.fields)
                self._new.append(part.fields)
            yield part

    def end_file(self, *, forget: bool) -> None:
        """End a file; `forget` its parts, so that they are reported again in another file."""
        if forget:
            self._done.difference_update(self._new)
            self._rows.difference_update(self._new)
        self._new = []

    def _parts(self, raw: bytes, name: str, place: str, depth: int) -> Iterator[Part]:
        if raw.startswith(b"PK"):
            yield from self._zip(raw, place, depth)
        elif raw.startswith(b"\x1f\x8b"):
            yield from self._gzip(raw, name, place, depth)
        elif raw.startswith(b"PAR1"):
            yield from self._parquet(raw, place, depth)
        else:
            texts = [] if raw.startswith(_NOT_WRITTEN) else _decoded(raw, name)
            if not texts or (name and _is_binary(texts[0])):
                yield Unread(place.strip(), "cannot be read: neither UTF-8 text nor another format of a release")
            for text in texts:
                if _is_binary(text):
                    yield Text(place, "\n".join(re.findall(r"[^\0-\x1f\x7f-\x9f\ufffd]{6,}", text)), noise=True)
                else:
                    yield from self._text(text, name, place, depth)

    def _zip(self, raw: bytes, place: str, depth: int) -> Iterator[Part]:
        strings: list[str] = []
        try:
            archive = zipfile.ZipFile(io.BytesIO(raw))
            if archive.comment or any(member.comment or member.extra for member in archive.infolist()):
                raise ValueError("comments or extra fields, which no archive of a release has")
            for member in sorted(archive.infolist(), key=lambda member: "sharedStrings" not in member.filename):
                at = f"{place}{member.filename}"
                yield Text(f"{at} name", member.filename)
                with archive.open(member) as file:
                    data = file.read(_LARGEST + 1)
                if "sharedStrings" in member.filename:
                    strings = [_cell(item) for item in re.findall("<si>.*?</si>|<si/>", data.decode(), re.DOTALL)]
                if "worksheets/" in member.filename:
                    yield from (SheetRow(f"{at} {row.place}", row.fields) for row in _sheet(data, strings))
                    data = re.sub(rb' (?:r|spans)="[A-Z0-9:]+"', b"", data)  # the address of a cell is no name: A21
                yield from self.read(data, member.filename, at, depth + 1)
        except _BROKEN as error:
            yield Unread(
                place.strip(), f"cannot be read: an archive that is broken, locked or of another kind: {error}"
            )

    def _gzip(self, raw: bytes, name: str, place: str, depth: int) -> Iterator[Part]:
        unpacker = zlib.decompressobj(31)
        try:
            data = unpacker.decompress(raw, _LARGEST + 1)
        except zlib.error:
            data = b""
        if raw[3:4] != b"\0" or (len(data) <= _LARGEST and not unpacker.eof) or unpacker.unused_data:
            yield Unread(place.strip(), "cannot be read: a gzip file that is broken, or has more than one part")
        yield from self.read(data, name.removesuffix(".gz"), f"{place}unpacked", depth + 1)

    def _parquet(self, raw: bytes, place: str, depth: int) -> Iterator[Part]:
        from pyarrow import ArrowException, parquet

        try:
            file = parquet.ParquetFile(io.BytesIO(raw))
            metadata, schema = file.metadata, file.schema_arrow
            bounds = _bounds(metadata)
            pairs = [pair for holder in (metadata, *schema) for pair in (holder.metadata or {}).items()]
            rows = file.read().to_pylist()
        except (ArrowException, OSError, ValueError, KeyError):
            yield Unread(place.strip(), "cannot be read: a Parquet file that is broken or locked")
            return
        names = [*schema.names, str(metadata.created_by), *(_as_text(key) for key, _ in pairs)]
        yield Text(f"{place}schema", "\n".join(names))
        yield Text(f"{place}bounds of columns", "\n".join(bounds), has_rows=True)
        for key, value in pairs:
            yield from self.read(value, "", f"{place}{_as_text(key)}", depth + 1)
        for n, row in enumerate(rows, 1):
            cells = ((key, _as_text(cell)) for key, cell in row.items() if cell not in (None, "", []))
            yield SheetRow(f"{place}row {n}", tuple(cells))
        yield Text(place.strip(), "\n".join(" | ".join(map(_as_text, row.values())) for row in rows), has_rows=True)

    def _text(self, text: str, name: str, place: str, depth: int) -> Iterator[Part]:
        suffix, begin = name[name.rfind(".") :].lower(), text[:400].lstrip()
        rows: list[SheetRow] | None = None
        if begin.startswith(("{", "[")):
            rows, documents = _json(text)
            yield from self._inner(documents, place, depth)
            if documents:
                text = "\n".join(f"{key}: {value}" for row in rows or () for key, value in row.fields)
        elif suffix in _RDF or begin.lower().startswith(("@prefix", "prefix")):
            rows = _statements(text, _RDF.get(suffix, RdfFormat.TRIG))
        elif suffix == ".csv":
            rows = _table(text)
        elif "sharedStrings" in name or "worksheets/" in name:
            rows = []  # `_zip` reads them
        elif "<" in text:
            yield from (SheetRow(place.strip(), fields) for fields in markup.rows(text))
            yield from self._inner((("data", data) for _, data in _DATA.findall(text)), place, depth)
            text = _DATA.sub(r"\1", text)
        yield from self._blobs(text, rows, place, depth)

    def _blobs(self, text: str, rows: list[SheetRow] | None, place: str, depth: int) -> Iterator[Part]:
        """Yield the parts in Base64 of a text, its rows, and the rest of the text."""
        blobs = set(_BLOB.findall(text))
        for blob in sorted(blobs):
            yield from self.read(based(blob) or b"", "", f"{place}Base64", depth + 1)
        yield from (SheetRow(f"{place}{row.place}", row.fields) for row in rows or ())
        yield Text(place.strip(), _BLOB.sub(" ", text) if blobs else text, has_rows=rows is not None)

    def _inner(self, documents: Iterable[tuple[str, str]], place: str, depth: int) -> Iterator[Part]:
        for key, text in documents:
            yield from self.read(text.encode("utf-8", "replace"), key, f"{place}{key}", depth + 1)


def _decoded(raw: bytes, name: str) -> list[str]:
    """Return UTF-8 as text. Other bytes have none as a file; in Base64 they may be UTF-16 or Windows-1252, too."""
    zeros = raw.count(0)
    if not name and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [raw.decode("utf-16", "replace")]
    if not name and zeros > len(raw) // 4:
        form = "utf-16-be" if raw[::2].count(0) * 2 > zeros else "utf-16-le"
        return [raw.decode(form, "replace"), raw.replace(b"\0", b" ").decode("latin-1")]
    try:
        return [raw.decode("utf-8-sig")]
    except UnicodeDecodeError:
        return [] if name else [raw.decode("cp1252", "replace").replace("\0", ""), raw.decode("utf-8", "ignore")]


def _is_binary(text: str) -> bool:
    sample = text[:4000] + text[-4000:]
    return len(_CONTROLS.findall(sample)) * 20 > len(sample)


def _bounds(metadata: Any) -> list[str]:
    """Return the least and greatest values of columns that a Parquet file notes."""
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
    statistics = [group.column(n).statistics for group in groups for n in range(metadata.num_columns)]
    return [_as_text(bound) for s in statistics if s and s.has_min_max for bound in (s.min, s.max)]


class _Pairs(list[tuple[str, Any]]):
    """The pairs of a JSON object, duplicate names included."""


def _json(text: str) -> tuple[list[SheetRow] | None, list[tuple[str, str]]]:
    """Return objects as rows, and long strings with their names; no rows if the text is no JSON."""
    rows, documents = list[SheetRow](), list[tuple[str, str]]()
    for parts in ([text], text.splitlines()):
        try:
            values = [json.loads(part, object_pairs_hook=_Pairs) for part in parts if part.strip()]
        except (ValueError, RecursionError):
            continue
        for value in values:
            _walk(value if isinstance(value, list) else [value], "", rows, documents)
        return rows, documents
    return None, []


def _walk(value: list[Any], key: str, rows: list[SheetRow], documents: list[tuple[str, str]]) -> None:
    """Make a row of each object and list: its own values, and those of the objects within it."""
    fields: list[tuple[str, str]] = [("", key)] if key else []
    for name, item in _pairs(value, key):
        if _is_document(item):
            documents.append((name, item))
        elif isinstance(item, list):
            if isinstance(value, _Pairs):
                leaves = [(n, leaf) for n, leaf in _pairs(item, name) if not isinstance(leaf, list)]
                fields += [(f"{name} {n}", str(leaf)) for n, leaf in leaves]
            _walk(item, name, rows, documents)
        elif item not in (None, ""):
            fields.append((name, str(item)))
    rows.append(SheetRow("", tuple(fields)))


def _pairs(value: list[Any], key: str) -> list[tuple[str, Any]]:
    """Return the pairs of an object; those of a list have its key."""
    return value if isinstance(value, _Pairs) else [(key, item) for item in value]


def _is_document(item: Any) -> bool:
    return isinstance(item, str) and len(item) >= (_DOCUMENT if "\n" in item else _DOCUMENT * 10)


def _statements(text: str, form: RdfFormat) -> list[SheetRow] | None:
    subjects: dict[str, set[tuple[str, str]]] = {}
    try:
        for quad in parse(text.encode("utf-8", "replace"), format=form):
            subject = getattr(quad.subject, "value", "")
            field = (re.split("[#/]", quad.predicate.value)[-1], getattr(quad.object, "value", ""))
            subjects.setdefault(subject, {("id", subject)}).add(field)
    except (SyntaxError, ValueError):
        return None
    return [SheetRow(subject, tuple(sorted(fields))) for subject, fields in subjects.items()]


def _table(text: str) -> list[SheetRow] | None:
    try:
        return _rows(list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))))
    except csv.Error:
        return None


def _rows(lines: list[list[str]]) -> list[SheetRow]:
    heads = lines[0] if lines else []
    named = [zip_longest(heads, line, fillvalue="") for line in lines]
    return [SheetRow(f"row {n}", tuple((head, cell) for head, cell in row if cell)) for n, row in enumerate(named, 1)]


def _sheet(data: bytes, strings: list[str]) -> list[SheetRow]:
    lines: list[list[str]] = []
    for row in re.findall(r"<row\b.*?</row>", data.decode("utf-8", "replace"), re.DOTALL):
        cells: dict[int, str] = {}
        for letters, kind, inner in re.findall(r'<c r="([A-Z]{1,3})\d+"([^>]*[^/])>(.*?)</c>', row, re.DOTALL):
            value, column = _cell(inner), 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            cells[column] = strings[int(value)] if 't="s"' in kind else value
        lines.append([cells.get(column, "") for column in range(1, max(cells, default=0) + 1)])
    return _rows(lines)


def _cell(inner: str) -> str:
    return unescape(re.sub("<f>.*?</f>|<[^>]*>", "", inner))


def _as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "; ".join(map(_as_text, value)) if isinstance(value, list) else str(value)
