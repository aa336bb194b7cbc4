"""Every byte of a folder as texts and rows: archives, workbooks, Parquet, RDF, JSON, markup, and what is in Base64."""

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

LARGEST, ALL, DEEPEST = 1 << 27, 1 << 30, 8  # bytes of one part, bytes of all parts, parts within parts
_BLOB = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{160,}={0,2}|(?:[A-Za-z0-9+/]{40,}\r?\n[ \t]*){2,}[A-Za-z0-9+/]*={0,2})"
)
_RDF = {".trig": RdfFormat.TRIG, ".ttl": RdfFormat.TURTLE, ".nq": RdfFormat.N_QUADS, ".nt": RdfFormat.N_TRIPLES}
_DATA = re.compile(r"(<script[^>]*json[^>]*>)(.*?)(?=</script)", re.DOTALL | re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
_DOCUMENT = 200  # from so many characters on a string in JSON may be a file of its own

Fields: TypeAlias = tuple[tuple[str, str], ...]


class Text(NamedTuple):
    """A text, and where it stands; whether it is noise, in which letters meet by chance; whether its rows are given."""

    place: str
    words: str
    noise: bool = False
    has_rows: bool = False


class SheetRow(NamedTuple):
    """What stands together: a row of a table, a record, the statements on a subject; pairs of a column and a value."""

    place: str
    fields: Fields


class Unread(NamedTuple):
    """A part that nobody can read, and why."""

    place: str
    why: str


Part: TypeAlias = Text | SheetRow | Unread


class ContentReader:
    """Reads parts once: what has been read under another name, or is of the kit unchanged, is not read again."""

    def __init__(self, own: Collection[str] = ()) -> None:
        self._done, self._rows, self._left = set(own), set[int](), ALL
        self._new: list[str | int] = []  # what was read since it was last forgotten or settled

    def read(self, raw: bytes, name: str, place: str = "", depth: int = 0) -> Iterator[Part]:
        """Yield all that some bytes say; the name of their file tells a table from a text."""
        digest = sha256(raw).hexdigest()
        if digest in self._done:
            return
        self._done.add(digest)
        self._new.append(digest)
        self._left -= len(raw)
        if depth > DEEPEST or len(raw) > LARGEST or self._left < 0:
            yield Unread(place, "cannot be read: too large, or packed too deep")
            return
        for part in self._parts(raw, name, f"{place} " if place else "", depth):
            known = (
                hash((sum(len(value) for _, value in part.fields), part.fields)) if isinstance(part, SheetRow) else 0
            )
            if not known or known not in self._rows:
                self._rows.add(known)
                self._new.append(known)
                yield part

    def settle(self, *, again: bool) -> None:
        """End a file; what it held is read again when it comes again, where something is wrong with it."""
        self._done -= set(self._new) if again else set()
        self._rows -= set(self._new) if again else set()
        self._new = []

    def _parts(self, raw: bytes, name: str, place: str, depth: int) -> Iterator[Part]:
        if raw.startswith(b"PK"):
            yield from self._zip(raw, place, depth)
        elif raw.startswith(b"\x1f\x8b"):
            yield from self._gzip(raw, name, place, depth)
        elif raw.startswith(b"PAR1"):
            yield from self._parquet(raw, place, depth)
        elif raw.startswith(_PNG):
            yield from self._png(raw, place, depth)
        else:
            for text in _decoded(raw):
                sample = text[:4000] + text[-4000:]
                if len(_CONTROLS.findall(sample)) * 20 > len(sample) or raw.startswith(b"%PDF"):
                    if name:  # what stands in Base64 has no name
                        yield Unread(place.strip(), "cannot be read: of a kind that is not known")
                    yield Text(place, "\n".join(re.findall(r"[^\0-\x1f\x7f-\x9f\ufffd]{6,}", text)), noise=True)
                else:
                    yield from self._text(text, name, place, depth)

    def _zip(self, raw: bytes, place: str, depth: int) -> Iterator[Part]:
        shared: list[str] = []
        try:
            archive = zipfile.ZipFile(io.BytesIO(raw))
            yield Text(f"{place}comment", archive.comment.decode("utf-8", "replace"))
            for member in sorted(archive.infolist(), key=lambda member: "sharedStrings" not in member.filename):
                at = f"{place}{member.filename}"
                yield Text(f"{at} name", f"{member.filename}\n{member.comment.decode('utf-8', 'replace')}")
                yield Text(f"{at} extra", member.extra.decode("latin-1"), noise=True)
                if member.flag_bits & 1:
                    yield Unread(at, "cannot be read: locked")
                    continue
                with archive.open(member) as file:
                    data = file.read(LARGEST + 1)
                if "sharedStrings" in member.filename:
                    shared = [_cell(item) for item in re.findall("<si>.*?</si>|<si/>", data.decode(), re.DOTALL)]
                if "worksheets/" in member.filename:
                    yield from (SheetRow(f"{at} {row.place}", row.fields) for row in _sheet(data, shared))
                    data = re.sub(rb' (?:r|spans)="[A-Z0-9:]+"', b"", data)  # where a cell is: A21 is no name
                yield from self.read(data, member.filename, at, depth + 1)
        except _BROKEN:
            yield Unread(place, "cannot be read: no whole archive, or packed in a way that is not known")
            yield Text(place, raw.decode("latin-1"), noise=True)

    def _gzip(self, raw: bytes, name: str, place: str, depth: int) -> Iterator[Part]:
        unpacker = zlib.decompressobj(31)
        try:
            data = unpacker.decompress(raw, LARGEST + 1)
        except zlib.error:
            data = b""
        if not unpacker.eof and len(data) <= LARGEST:
            yield Unread(place, "cannot be read: no whole gzip file")
        yield Text(f"{place}head", raw[10:400].split(b"\0")[0].decode("latin-1"), noise=not raw[3] & 24)
        yield from self.read(data, name.removesuffix(".gz"), f"{place}unpacked", depth + 1)
        if unpacker.unused_data.strip(b"\0"):
            yield from self.read(unpacker.unused_data, name, f"{place}after its end", depth + 1)

    def _png(self, raw: bytes, place: str, depth: int) -> Iterator[Part]:
        at = len(_PNG)
        while at + 8 <= len(raw):
            size, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8].decode("latin-1")
            data, at = raw[at + 8 : at + 8 + size], at + 12 + size
            if kind not in ("IDAT", "IHDR", "PLTE"):
                yield Text(f"{place}{kind}", data.decode("utf-8", "replace"))
                packed = data[max(data.find(b"x", data.find(b"\0")), 0) :]  # how zlib begins, behind the keyword
                try:
                    unpacked = zlib.decompressobj().decompress(packed, LARGEST)
                except zlib.error:
                    continue
                yield from self.read(unpacked, kind, f"{place}{kind}", depth + 1)

    def _parquet(self, raw: bytes, place: str, depth: int) -> Iterator[Part]:
        from pyarrow import ArrowException, parquet

        try:
            file = parquet.ParquetFile(io.BytesIO(raw))
            about, schema = file.metadata, file.schema_arrow
            groups = [about.row_group(n) for n in range(about.num_row_groups)]
            told = [group.column(n).statistics for group in groups for n in range(about.num_columns)]
            ends = [_said(end) for one in told if one and one.has_min_max for end in (one.min, one.max)]
            pairs = [pair for holder in (about, *schema) for pair in (holder.metadata or {}).items()]
            rows = file.read().to_pylist()
        except (ArrowException, OSError, ValueError, KeyError):
            yield Unread(place, "cannot be read: no whole Parquet file, or a locked one")
            return
        yield Text(
            f"{place}schema", "\n".join([*schema.names, str(about.created_by), *(_said(key) for key, _ in pairs)])
        )
        yield Text(f"{place}ends of columns", "\n".join(ends), has_rows=True)
        for key, value in pairs:
            yield from self.read(value, "", f"{place}{_said(key)}", depth + 1)
        for n, row in enumerate(rows, 1):
            yield SheetRow(
                f"{place}row {n}", tuple((key, _said(one)) for key, one in row.items() if one not in (None, "", []))
            )
        yield Text(place.strip(), "\n".join(" | ".join(map(_said, row.values())) for row in rows), has_rows=True)

    def _text(self, text: str, name: str, place: str, depth: int) -> Iterator[Part]:
        suffix, begin, rest = name[name.rfind(".") :].lower(), text[:400].lstrip(), text
        rows: list[SheetRow] | None = [] if "sharedStrings" in name or "worksheets/" in name else None
        if begin.startswith(("{", "[")):
            rows, documents = _json(text)
            yield from self._inner(documents, place, depth)
            if documents:
                rest = "\n".join(f"{key}: {value}" for row in rows or () for key, value in row.fields)
        elif suffix in _RDF or begin.lower().startswith(("@prefix", "prefix")):
            rows = _statements(text, _RDF.get(suffix, RdfFormat.TRIG))
        elif suffix == ".csv":
            rows = _table(text)
        elif "<" in text and rows is None:
            yield from (SheetRow(place.strip(), fields) for fields in markup.rows(text))
            yield from self._inner((("data", data) for _, data in _DATA.findall(text)), place, depth)
            rest = _DATA.sub(r"\1", text)
        blobs = set(_BLOB.findall(rest))
        for blob in sorted(blobs):
            yield from self.read(based(blob) or b"", "", f"{place}Base64", depth + 1)
        yield from (SheetRow(f"{place}{row.place}", row.fields) for row in rows or ())
        yield Text(place.strip(), _BLOB.sub(" ", rest) if blobs else rest, has_rows=rows is not None)

    def _inner(self, documents: Iterable[tuple[str, str]], place: str, depth: int) -> Iterator[Part]:
        """Read the documents within a document, each by itself."""
        for key, said in documents:
            yield from self.read(said.encode("utf-8", "replace"), key, f"{place}{key}", depth + 1)


def _decoded(raw: bytes) -> list[str]:
    """Return the texts that bytes may be: UTF-8, UTF-16 with a mark or without, Windows-1252."""
    zeros = raw.count(0)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [raw.decode("utf-16", "replace")]
    if zeros > len(raw) // 4:
        form = "utf-16-be" if raw[::2].count(0) * 2 > zeros else "utf-16-le"
        return [raw.decode(form, "replace"), raw.replace(b"\0", b" ").decode("latin-1")]
    try:
        return [raw.decode("utf-8-sig")]
    except UnicodeDecodeError:
        return [raw.decode("cp1252", "replace"), raw.decode("utf-8", "ignore")]


class _Pairs(list[tuple[str, Any]]):
    """The pairs of an object, also those under one name."""


def _json(text: str) -> tuple[list[SheetRow] | None, list[tuple[str, str]]]:
    """Return objects as rows, and long texts, by the names that stand over them; no rows where it is no JSON."""
    rows, documents = list[SheetRow](), list[tuple[str, str]]()
    for whole in ([text], text.splitlines()):
        try:
            values = [json.loads(part, object_pairs_hook=_Pairs) for part in whole if part.strip()]
        except (ValueError, RecursionError):
            continue
        for value in values:
            _walk(value if isinstance(value, list) else [value], "", rows, documents)
        return rows, documents
    return None, []


def _walk(value: list[Any], key: str, rows: list[SheetRow], documents: list[tuple[str, str]]) -> None:
    """Make a row of each object and list: what it holds itself, and what the objects within it hold."""
    fields: list[tuple[str, str]] = [("", key)] if key else []
    is_object = isinstance(value, _Pairs)
    for name, one in value if isinstance(value, _Pairs) else [(key, one) for one in value]:
        if isinstance(one, str) and len(one) >= (_DOCUMENT if "\n" in one else _DOCUMENT * 10):
            documents.append((name, one))
        elif isinstance(one, list):
            inner = one if isinstance(one, _Pairs) else [(name, leaf) for leaf in one]
            fields += [
                (f"{name} {deep}", str(leaf)) for deep, leaf in inner if is_object and not isinstance(leaf, list)
            ]
            _walk(one, name, rows, documents)
        elif one is not None and one != "":
            fields.append((name, str(one)))
    rows.append(SheetRow("", tuple(fields)))


def _statements(text: str, form: RdfFormat) -> list[SheetRow] | None:
    subjects: dict[str, set[tuple[str, str]]] = {}
    try:
        for quad in parse(text.encode("utf-8", "replace"), format=form):
            subject = getattr(quad.subject, "value", "")
            told = (re.split("[#/]", quad.predicate.value)[-1], getattr(quad.object, "value", ""))
            subjects.setdefault(subject, {("id", subject)}).add(told)
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


def _sheet(data: bytes, shared: list[str]) -> list[SheetRow]:
    lines: list[list[str]] = []
    for row in re.findall(r"<row\b.*?</row>", data.decode("utf-8", "replace"), re.DOTALL):
        cells: dict[int, str] = {}
        for letters, kind, inner in re.findall(r'<c r="([A-Z]{1,3})\d+"([^>]*[^/])>(.*?)</c>', row, re.DOTALL):
            value, column = _cell(inner), 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            cells[column] = shared[int(value)] if 't="s"' in kind else value
        lines.append([cells.get(column, "") for column in range(1, max(cells, default=0) + 1)])
    return _rows(lines)


def _cell(inner: str) -> str:
    return unescape(re.sub("<f>.*?</f>|<[^>]*>", "", inner))


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "; ".join(map(_said, value)) if isinstance(value, list) else str(value)
