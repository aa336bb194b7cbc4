"""All that a folder holds, read back as a person or a program could read it, in records that belong together.

A record is a row of a table, a node or an edge of a network, a claim in RDF, a paragraph of a page: what stands beside
each other. Besides, every file is read as the text that it is, escapes undone, whatever it is called: nothing is
skipped.
"""

import csv
import gzip
import hashlib
import html as escapes
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, TypeAlias
from urllib.parse import unquote

_MOST: Final = 60  # texts of a record: what has more is taken apart
_BLOCKS: Final = frozenset({
    "article", "aside", "button", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "g", "h1", "h2", "h3", "h4", "h5", "h6", "header", "label", "li", "main", "nav", "ol", "option",
    "p", "pre", "section", "select", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr",
    "ul",
})  # fmt: skip
_ASIDE: Final = _BLOCKS | {"script", "style"}  # what is no part of the text around it
_ROWS: Final = frozenset({"tr", "dl"})  # blocks whose parts belong together
_DATA: Final = re.compile(r"(?:application|text)/[\w.+-]*json.*")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_Texts: TypeAlias = Iterator[tuple[str, tuple[str, ...]]]
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Record(NamedTuple):
    """What belongs together: the file and the place in it, and all its texts; `raw` where it is a file as it stands."""

    file: str
    place: str
    texts: tuple[str, ...]
    raw: bool = False


def records(folder: Path, known: Collection[str] = ()) -> Iterator[Record]:
    """Yield all records of all files below a folder, the name of each file as one of its own.

    Of files with a digest that is known, such as scripts that every release has, only the name is read.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield Record(name, "its name", (name,))
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() not in known:
                yield from _read(name, file)


def _read(name: str, file: IO[bytes]) -> Iterator[Record]:
    file.seek(0)
    raw = file.read()
    yield Record(name, "as it stands", tuple(_as_text(raw)), raw=True)
    for reader in (_zipped, _packed, _columns, _written):
        try:
            yield from reader(name, raw)
        except _BROKEN:  # it is not what it is called
            yield from (Record(name, place, texts) for place, texts in _lines(raw))


_BROKEN: Final = (
    ArithmeticError, EOFError, LookupError, OSError, RecursionError, RuntimeError, SyntaxError, ValueError, csv.Error,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def _as_text(raw: bytes) -> Iterator[str]:
    """Yield what bytes say as text in the encodings that they may have, and the lines in which something is escaped."""
    text = raw.decode(next((form for mark, form in _MARKS if raw.startswith(mark)), "utf-8-sig"), "replace")
    for said in dict.fromkeys((text, *_other_encodings(raw))):
        yield said
        for undo in (unquote, escapes.unescape, _undone):
            if changed := [undone for line in said.splitlines() if (undone := undo(line)) != line]:
                yield "\n".join(changed)


def _undone(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _other_encodings(raw: bytes) -> Iterator[str]:
    if b"\x00" in raw[:400]:
        yield from (raw.decode(form, "ignore") for form in ("utf-16-le", "utf-16-be"))
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        yield raw.decode("cp1252", "ignore")


def _written(name: str, raw: bytes) -> Iterator[Record]:
    """Yield the records of a format that is text, by its suffix; lines where it is of none that is known."""
    if b"\x00" in raw:  # it is no text, or of an encoding in which it was read as it stands
        return
    read = _READERS.get(name.lower().rpartition(".")[2], _lines)
    yield from (Record(name, place, texts) for place, texts in read(raw))


def _packed(name: str, raw: bytes) -> Iterator[Record]:
    if raw.startswith(b"\x1f\x8b"):
        yield Record(name, "its head", (raw[:200].decode("latin-1"),))
        yield from _read(name.removesuffix(".gz"), io.BytesIO(gzip.decompress(raw)))


def _zipped(name: str, raw: bytes) -> Iterator[Record]:
    """Yield what the parts of an archive say, and of a workbook its rows beside."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        yield Record(name, "its comment", tuple(_as_text(archive.comment)))
        for part in archive.infolist():
            inside = f"{name}/{part.filename}"
            yield Record(inside, "its name", (part.filename, *_as_text(part.comment)))
            yield from _read(inside, io.BytesIO(archive.read(part)))
    if name.lower().endswith(".xlsx"):
        yield from _workbook(name, raw)


def _workbook(name: str, raw: bytes) -> Iterator[Record]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    for sheet in book.worksheets:
        rows = (["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        yield from (Record(name, f"{sheet.title} {place}", texts) for place, texts in _named(rows))
    book.close()


def _named(rows: Iterator[list[str]]) -> _Texts:
    """Yield the rows of a table, each cell behind the name of its column; what has none stands alone."""
    header = next(rows, [])
    yield "row 1", tuple(header)
    for number, row in enumerate(rows, 2):
        names = [*header, *[""] * (len(row) - len(header))]
        yield f"row {number}", tuple(text for pair in zip(names, row, strict=False) if pair[1] for text in pair if text)


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
            yield Record(name, f"row {number}", tuple(_scalars(row)))


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield str(name)
            yield from _scalars(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _scalars(each)
    elif value is not None:
        yield str(value)


def _lines(raw: bytes) -> _Texts:
    text = next(_as_text(raw))
    return ((f"line {number}", (line,)) for number, line in enumerate(text.splitlines(), 1))


def _rows(raw: bytes) -> _Texts:
    return _named(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def _json(raw: bytes | str) -> _Texts:
    text = raw if isinstance(raw, str) else next(_as_text(raw))
    try:
        return _parts(json.loads(text), "")
    except ValueError:  # a value on each line
        return (part for number, line in enumerate(text.splitlines(), 1) if line.strip()
                for part in _parts(json.loads(line), f"line {number}"))  # fmt: skip


def _parts(value: Any, place: str) -> _Texts:
    """Yield the largest parts of a JSON value that are records, and what stands beside them."""
    texts = tuple(_scalars(value))
    if len(texts) <= _MOST or not isinstance(value, dict | list):
        yield place or "its value", texts
        return
    named = list(value.items()) if isinstance(value, dict) else [("", one) for one in value]
    yield (
        place or "its value",
        tuple(text for name, one in named if not isinstance(one, dict | list) for text in (name, str(one)) if text),
    )
    for number, (name, one) in enumerate(named):
        if isinstance(one, dict | list):
            yield from ((at, (name, *texts)) for at, texts in _parts(one, f"{place}/{name or number}"))


def _rdf(form: str) -> Callable[[bytes], _Texts]:
    def read(raw: bytes) -> _Texts:
        from pyoxigraph import RdfFormat, parse

        nodes: dict[str, list[str]] = {}
        for quad in parse(raw, format=getattr(RdfFormat, form)):
            said = nodes.setdefault(_word(quad.subject), [_word(quad.subject), _word(quad.graph_name)])
            said += [_word(quad.predicate), _word(quad.object)]
        return ((node, tuple(said)) for node, said in nodes.items())

    return read


def _word(term: Any) -> str:
    return str(getattr(term, "value", term))


def _xml(raw: bytes) -> _Texts:
    from lxml import etree

    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    return _elements(root)


def _elements(element: Any) -> _Texts:
    """Yield the largest elements that are records, their texts together too, and what stands beside them."""
    texts = tuple(_within(element))
    if len(texts) <= _MOST:
        yield _at(element), (*texts, " ".join(_texts_of(element)))
        return
    yield _at(element), tuple(_own(element))
    for child in element:
        yield from _elements(child)
        if (child.tail or "").strip():
            yield _at(element), (child.tail,)


def _within(element: Any) -> Iterator[str]:
    for each in element.iter():
        yield from _own(each)
        if each is not element and (each.tail or "").strip():
            yield each.tail


def _own(element: Any) -> Iterator[str]:
    if (element.text or "").strip():
        yield element.text
    for name, value in element.attrib.items():
        yield from (str(name), str(value))


def _at(element: Any) -> str:
    name = f"<{element.tag}> " if isinstance(element.tag, str) else ""
    return f"{name}line {element.sourceline}"


def _html(raw: bytes) -> _Texts:
    """Yield the blocks of a page that hold no other block, rows of tables, data, attributes and what stands between."""
    from lxml import etree, html

    try:
        yield from _blocks(html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8")))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error


def _blocks(element: Any) -> _Texts:
    if element.tag == "script" and _DATA.fullmatch(element.get("type", "")):
        yield from ((f"data in {_at(element)}, {place}", texts) for place, texts in _json(element.text or ""))
        return
    inside = any(each.tag in _BLOCKS for each in element.iterdescendants())
    if not inside or element.tag in _ROWS:
        attributes = (str(value) for each in element.iter() for value in each.attrib.values())
        texts = [text for text in _texts_of(element) if text.strip()]
        yield _at(element), ("".join(texts), " ".join(texts), *(texts if inside else ()), *attributes)
    if inside:
        yield _at(element), (*_runs(element), *(str(value) for value in element.attrib.values()))
        for child in element:
            yield from _blocks(child)


def _runs(element: Any) -> Iterator[str]:
    """Yield the text of an element that stands between the blocks in it, with what of it is marked up."""
    run = [element.text or ""]
    for child in element:
        if child.tag in _ASIDE or any(each.tag in _BLOCKS for each in child.iterdescendants()):
            yield "".join(run)
            run = []
        else:
            run.append("".join(_texts_of(child)))
        run.append(child.tail or "")
    yield "".join(run)


def _texts_of(element: Any) -> Iterator[str]:
    """Yield the text of an element and all within, comments and scripts too."""
    for each in element.iter():
        yield each.text or ""
        if each is not element:
            yield each.tail or ""


_READERS: Final[dict[str, Callable[[bytes], _Texts]]] = {
    "csv": _rows,
    "ftm": _json,
    "geojson": _json,
    "gexf": _xml,
    "graphml": _xml,
    "html": _html,
    "json": _json,
    "jsonld": _json,
    "nq": _rdf("N_QUADS"),
    "rels": _xml,
    "svg": _xml,
    "trig": _rdf("TRIG"),
    "ttl": _rdf("TURTLE"),
    "xml": _xml,
}
