"""The formats that are text, each read into texts that belong together: a row, a node, a block of a page."""

import csv
import html as escapes
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

Texts: TypeAlias = Iterator[tuple[str, tuple[str, ...]]]  # a place in a file, and the texts there

BROKEN: Final = (
    ArithmeticError, EOFError, LookupError, OSError, RecursionError, RuntimeError, SyntaxError, ValueError, csv.Error,
    lzma.LZMAError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
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
_PAGE: Final = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def texts_in(suffix: str, raw: bytes) -> Texts:
    """Yield the texts of a file that is text, by its suffix, or by what it is; else its lines."""
    for read in _readers(suffix, raw):
        try:
            yield from read(raw)
        except BROKEN:
            continue
        return
    yield from lines(raw)


def _readers(suffix: str, raw: bytes) -> "Iterator[Callable[[bytes], Texts]]":
    if suffix in _READERS:
        yield _READERS[suffix]
    if suffix in _READERS or not suffix:
        yield from _guessed(raw)


def _guessed(raw: bytes) -> "Iterator[Callable[[bytes], Texts]]":
    if _PAGE.match(raw):
        yield _html
    else:
        yield from (_READERS[suffix] for suffix in ("json", "trig", "nq", "xml"))


def as_text(raw: bytes) -> Iterator[str]:
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


def named(rows: Iterator[list[str]]) -> Texts:
    """Yield the rows of a table, each cell behind the name of its column; what has none stands alone."""
    header = next(rows, [])
    yield "row 1", tuple(header)
    for number, row in enumerate(rows, 2):
        names = [*header, *[""] * (len(row) - len(header))]
        yield f"row {number}", tuple(text for pair in zip(names, row, strict=False) if pair[1] for text in pair if text)


def scalars(value: Any) -> Iterator[str]:
    """Yield all values within a value, and the names of each, as texts."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield str(name)
            yield from scalars(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from scalars(each)
    elif value is not None:
        yield str(value)


def lines(raw: bytes) -> Texts:
    """Yield the lines of a text."""
    text = next(as_text(raw))
    return ((f"line {number}", (line,)) for number, line in enumerate(text.splitlines(), 1))


def _rows(raw: bytes) -> Texts:
    return named(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def _json(raw: bytes | str) -> Texts:
    text = raw if isinstance(raw, str) else next(as_text(raw))
    try:
        return _parts(json.loads(text), "")
    except ValueError:  # a value on each line
        return (part for number, line in enumerate(text.splitlines(), 1) if line.strip()
                for part in _parts(json.loads(line), f"line {number}"))  # fmt: skip


def _parts(value: Any, place: str) -> Texts:
    """Yield the largest parts of a JSON value that are records, and what stands beside them."""
    texts = tuple(scalars(value))
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


def _rdf(form: str) -> Callable[[bytes], Texts]:
    def read(raw: bytes) -> Texts:
        from pyoxigraph import RdfFormat, parse

        nodes: dict[str, list[str]] = {}
        for quad in parse(raw, format=getattr(RdfFormat, form)):
            said = nodes.setdefault(_word(quad.subject), [_word(quad.subject), _word(quad.graph_name)])
            said += [_word(quad.predicate), _word(quad.object)]
        return ((node, tuple(said)) for node, said in nodes.items())

    return read


def _word(term: Any) -> str:
    return str(getattr(term, "value", term))


def _xml(raw: bytes) -> Texts:
    from lxml import etree

    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    return _elements(root)


def _elements(element: Any) -> Texts:
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


def _html(raw: bytes) -> Texts:
    """Yield the blocks of a page that hold no other block, rows of tables, data, attributes and what stands between."""
    from lxml import etree, html

    try:
        yield from _blocks(html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8")))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error


def _blocks(element: Any) -> Texts:
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


_READERS: Final[dict[str, Callable[[bytes], Texts]]] = {
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
BY_SUFFIX: Final = frozenset(_READERS)
