"""All that a folder holds, read back as a person or a program could read it, in records that belong together.

A record is a row of a table, a node or an edge of a network, a claim in RDF, a paragraph of a page: what stands beside
each other. Nothing is skipped: what has no reader here is read as text, byte for byte.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

_MOST: Final = 60  # texts of a record: what has more is taken apart
_BLOCKS: Final = frozenset({
    "article", "aside", "button", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "g", "h1", "h2", "h3", "h4", "h5", "h6", "header", "label", "li", "main", "nav",
    "ol", "option", "p", "pre", "section", "select", "summary", "svg", "table", "tbody", "text", "thead",
    "title", "tr", "ul",
})  # fmt: skip
_DATA: Final = re.compile(r"application/(?:ld\+)?json")


class Record(NamedTuple):
    """What belongs together: the file and the place in it, and all its texts."""

    file: str
    place: str
    texts: tuple[str, ...]


def records(folder: Path, known: Collection[str] = ()) -> Iterator[Record]:
    """Yield all records of all files below a folder, the name of each file as one of its own.

    Of files with a digest that is known, such as scripts that every release has, only the name is read.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield Record(name, "its name", (name,))
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() not in known:
                yield from _read(name, file, path)


def _read(name: str, file: IO[bytes], path: Path | None = None) -> Iterator[Record]:
    suffix = name.lower().rpartition(".")[2]
    if zipfile.is_zipfile(file):
        yield from _zipped(name, file)
        return
    file.seek(0)
    if suffix == "parquet":
        yield from _columns(name, path or io.BytesIO(file.read()))
        return
    raw = file.read()
    if raw.startswith(b"\x1f\x8b"):
        import gzip

        yield from _read(name.removesuffix(".gz"), io.BytesIO(gzip.decompress(raw)))
        return
    text = raw.decode("utf-8-sig", "replace")
    reader = _READERS.get(suffix, _lines)
    try:
        yield from (Record(name, place, texts) for place, texts in reader(text))
    except (ValueError, SyntaxError):  # it is not what it is called: whatever it says is read all the same
        yield from (Record(name, place, texts) for place, texts in _lines(text))


_Texts = Iterator[tuple[str, tuple[str, ...]]]


def _zipped(name: str, file: IO[bytes]) -> Iterator[Record]:
    """Yield what the parts of an archive say, and of a workbook its rows beside."""
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            inside = f"{name}/{part.filename}"
            yield Record(inside, "its name", (part.filename, part.comment.decode("utf-8", "replace")))
            yield from _read(inside, io.BytesIO(archive.read(part)))
    if name.lower().endswith(".xlsx"):
        file.seek(0)
        yield from _workbook(name, file)


def _workbook(name: str, file: IO[bytes]) -> Iterator[Record]:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True)
    for sheet in book.worksheets:
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield Record(name, f"{sheet.title} row {number}", tuple(str(cell) for cell in row if cell is not None))
    book.close()


def _columns(name: str, file: Any) -> Iterator[Record]:
    from pyarrow import parquet

    table = parquet.ParquetFile(file)
    for key, value in (table.schema_arrow.metadata or {}).items():
        yield Record(name, f"metadata {key.decode()}", (value.decode("utf-8", "replace"),))
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


def _lines(text: str) -> _Texts:
    return ((f"line {number}", (line,)) for number, line in enumerate(text.splitlines(), 1))


def _rows(text: str) -> _Texts:
    rows = csv.reader(io.StringIO(text, newline=""))
    return ((f"row {number}", tuple(row)) for number, row in enumerate(rows, 1))


def _json(text: str) -> _Texts:
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


def _rdf(form: str) -> Callable[[str], _Texts]:
    def read(text: str) -> _Texts:
        from pyoxigraph import RdfFormat, parse

        nodes: dict[str, list[str]] = {}
        for quad in parse(text, format=getattr(RdfFormat, form)):
            said = nodes.setdefault(_word(quad.subject), [_word(quad.subject), _word(quad.graph_name)])
            said += [_word(quad.predicate), _word(quad.object)]
        return ((node, tuple(said)) for node, said in nodes.items())

    return read


def _word(term: Any) -> str:
    return str(getattr(term, "value", term))


def _xml(text: str) -> _Texts:
    from lxml import etree

    return _elements(etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True)))


def _elements(element: Any) -> _Texts:
    """Yield the largest elements that are records, and what stands beside them; comments too."""
    texts = tuple(_within(element))
    if len(texts) <= _MOST:
        yield _at(element), texts
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


def _html(text: str) -> _Texts:
    """Yield the blocks of a page that hold no other block, what stands between them, its data and its attributes."""
    from lxml import html

    if text.strip():
        yield from _blocks(html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")))


def _blocks(element: Any) -> _Texts:
    if element.tag == "script" and _DATA.fullmatch(element.get("type", "")):
        yield from ((f"data in {_at(element)}, {place}", texts) for place, texts in _json(element.text or ""))
    elif not any(each.tag in _BLOCKS for each in element.iterdescendants()):
        attributes = (str(value) for each in element.iter() for value in each.attrib.values())
        yield _at(element), ("".join(_texts_of(element)), *attributes)
    else:
        between = (element.text, *(child.tail for child in element), *element.attrib.values())
        yield _at(element), tuple(str(text) for text in between if text and text.strip())
        for child in element:
            yield from _blocks(child)


def _texts_of(element: Any) -> Iterator[str]:
    """Yield the text of an element and all within, comments and scripts too."""
    for each in element.iter():
        yield each.text or ""
        if each is not element:
            yield each.tail or ""


_READERS: Final[dict[str, Callable[[str], _Texts]]] = {
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
