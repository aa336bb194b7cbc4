"""Web pages: the paragraphs of an HTML file.

Only its main part is read, where it names one. Menus, forms, scripts and hidden elements are left out.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_bytes, read_toml
from tipgraph.sources.documents.layout import (
    FOOTNOTE,
    HEADING,
    PAGE_MATTER,
    PROSE,
    TABLE,
    Block,
    Document,
    clean,
    document,
    words,
)
from tipgraph.sources.documents.numerals import numeral

_ELEMENTS: Final = read_toml(Path(__file__).with_name("html.toml"))
_HEADINGS, _LEFT_OUT = frozenset(_ELEMENTS["headings"].split()), frozenset(_ELEMENTS["left-out"].split())
_BLOCKS = _HEADINGS | frozenset(_ELEMENTS["blocks"].split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])")
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?)\b")  # with no background after it
_START = re.compile(r"-?\d{1,9}")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_MENU = re.compile(r"\b(?:nav\w*|menus?|breadcrumbs?|sidebar|toolbar|share|social|skip\w*|cookies?|banner|footer)\b")
_LEAST_LINKED = 0.6  # the share of the words of a menu that are links
_SHOWN = 80  # characters of a notice
_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡§])\]?")
_TITLES = ("meta[@property='og:title']/@content", "title/text()")
_DATES = ("dcterms.issued", "dc.date.issued", "article:published_time")


def read_html(path: Path, *, hidden: bool = False) -> Document:
    """Read an HTML file; raise InputError for one that cannot be read."""
    from lxml import etree, html

    data = read_bytes(path)
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise InputError([Fault(f"is not HTML: {error}; save the page anew", shown(path))]) from error
    mains = root.findall(".//main") or root.findall(".//article")
    part = mains[0] if len(mains) == 1 else root
    reader = _HtmlReader(hidden=hidden)
    blocks = list(reader.blocks(part))
    left_out = clean(" ".join(reader.unseen))
    notices = [f"parts that a browser does not show were left out, such as {left_out[:_SHOWN]!r}"] if left_out else []
    return document(blocks, about=_about(root), notices=notices)


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 where the bytes are; else what the page declares, or Windows-1252, as browsers read Latin-1."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        is_latin = declared is None or declared[1].lower() in (b"iso-8859-1", b"latin1", b"us-ascii", b"utf-8")
        return "windows-1252" if is_latin else None
    return "utf-8"


def _about(root: Any) -> dict[str, str]:
    title = next((clean(text) for path in _TITLES for text in root.xpath(f"//head/{path}")), "")
    named = {
        (meta.get("name") or meta.get("property") or "").lower(): clean(meta.get("content") or "")
        for meta in root.iter("meta")
    }
    dates = [found[0] for name in _DATES if (found := re.findall(r"\d{4}(?:-\d\d){0,2}", named.get(name, "")))]
    return {key: value for key, value in (("title", title), ("issued", next(iter(dates), ""))) if value}


class _HtmlReader:
    """Gathers the paragraphs below an element in order; the rows of tables are one each."""

    def __init__(self, *, hidden: bool) -> None:
        """Read also what a browser does not show, if `hidden`; else gather its words in `unseen`."""
        self.unseen: list[str] = []
        self._hidden = hidden
        self._text: list[str] = []
        self._kind, self._number = PROSE, ""
        self._items: dict[Any, dict[Any, int]] = {}  # the numbers of the items of each ordered list

    def blocks(self, root: Any) -> Iterator[Block]:
        """Yield all paragraphs."""
        yield from self._walk(root)
        yield from self._ended()

    def _ended(self) -> Iterator[Block]:
        """End the paragraph that is being gathered."""
        found = words("".join(self._text))
        self._text.clear()
        if found:
            yield Block((*words(self._number), *found), self._kind)
            self._number = ""

    def _walk(self, element: Any) -> Iterator[Block]:
        name = element.tag
        if _is_left_out(element) or self._is_unseen(element):
            return
        if name == "tr" and not _is_frame(element):
            yield from self._ended()
            cells = ([*self._walk(cell), *self._ended()] for cell in element if cell.tag in ("td", "th"))
            yield Block(tuple(word for cell in cells for block in cell for word in block.words), TABLE)
        elif name in _BLOCKS:
            yield from self._ended()
            outer = self._kind
            self._kind = _kind_of(element) or outer
            self._number = self._number_of(element) if name == "li" else self._number
            yield from self._inside(element)
            yield from self._ended()
            self._kind = outer
        elif name == "br":
            self._text.append("\n")
        else:
            yield from self._inside(element)

    def _inside(self, element: Any) -> Iterator[Block]:
        self._text.append(element.text or "")
        for child in element:
            yield from self._walk(child)
            self._text.append(child.tail or "")

    def _number_of(self, item: Any) -> str:
        """Return the number of an item of an ordered list, as a browser prints it."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        if parent not in self._items:
            start = int(parent.get("start")) if _START.fullmatch(parent.get("start") or "") else 1
            self._items[parent] = {child: number for number, child in enumerate(parent.iterchildren("li"), start)}
        return f"{numeral(self._items[parent][item], parent.get('type') or 'decimal')}."

    def _is_unseen(self, element: Any) -> bool:
        """Tell whether a browser does not show an element, and keep its words as unseen."""
        style = (element.get("style") or "").lower()
        is_white = _WHITE.search(style.rpartition("background")[2])
        is_shown = element.get("hidden") is None and not (_HIDDEN.search(style) or is_white)
        if self._hidden or is_shown:
            return False
        self.unseen.append(element.text_content())
        return True


def _kind_of(element: Any) -> str:
    """Return the kind of the paragraphs of an element; empty if it has none of its own."""
    if element.tag in _HEADINGS:
        return HEADING
    if element.tag == "footer" or element.get("role") == "contentinfo":
        return PAGE_MATTER
    is_note = element.get("role") == "doc-footnote" or "footnote" in (element.get("class") or "").lower().split()
    return FOOTNOTE if is_note else ""


def _is_left_out(element: Any) -> bool:
    """Tell whether an element is no part of the text: a comment, a form, the mark of a footnote, or a menu."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    if element.tag == "sup":
        return bool(_MARK.fullmatch(clean(element.text_content())))
    return element.tag in _BLOCKS and _is_menu(element)


def _is_menu(element: Any) -> bool:
    """Tell whether an element is named as a menu, and most of its words are links."""
    named = " ".join(element.get(name) or "" for name in ("role", "class", "id")).lower().replace("_", " ")
    if not _MENU.search(named):
        return False
    linked = sum(len(clean(link.text_content())) for link in element.iter("a"))
    return linked >= _LEAST_LINKED * len(clean(element.text_content()))


def _is_frame(row: Any) -> bool:
    """Tell whether a row of a table lays out a page: it holds another table, or a cell of several paragraphs."""
    return row.find(".//table") is not None or any(len(cell.findall(".//p")) > 1 for cell in row)
