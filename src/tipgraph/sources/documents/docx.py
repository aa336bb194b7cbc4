"""Word documents: the paragraphs of a `.docx` by its XML.

Tracked insertions, text boxes, content controls, numbers of lists and footnotes are read. Deleted text, heads and feet
of pages are left out.

Decision: docs/decisions/0118-lxml-reads-word-and-html.md.
"""

import re
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipgraph.errors import Fault, InputError, shown
from tipgraph.sources.documents.layout import FOOTNOTE, HEADING, PROSE, TABLE, Block, Document, clean, document, words
from tipgraph.sources.documents.numerals import numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "rPr", "delText")} | {_FALLBACK}
_SPACES = {f"{_W}{name}" for name in ("tab", "br", "cr", "ptab")}
_LARGEST_PART = 64 << 20
_LEVELS = frozenset("012345678")
_START = re.compile(r"\d{1,9}")
_LONGEST_NUMBER = 100  # characters
_TINY = 5  # half points
_NOTES = {f"{_W}footnoteReference": "word/footnotes.xml", f"{_W}endnoteReference": "word/endnotes.xml"}


def read_docx(path: Path, *, hidden: bool = False) -> Document:
    """Read a Word document; raise InputError for a file that is none, or is encrypted or damaged."""
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as file:
            package = _Package(file, path)
            body = package.xml("word/document.xml")
            if body is None:
                raise InputError([Fault("is not a Word document; save it as .docx", shown(path))])
            reader = _DocxReader(package, hidden=hidden)
            blocks = list(reader.blocks(body))
            unseen = clean(" ".join(reader.unseen))
            return document(blocks, about=package.about(), hidden={0: unseen} if unseen else {})
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, RuntimeError) as error:
        message = f"is damaged or encrypted ({error}); open it in Word and save it as .docx without a password"
        raise InputError([Fault(message, shown(path))]) from error


@dataclass
class _Package:
    """The parts of a document in its ZIP file."""

    file: zipfile.ZipFile
    path: Path

    def xml(self, name: str) -> Any:
        """Return a part as an element; None where there is none. Raise InputError for one that is too large."""
        from lxml import etree

        if name not in self.file.namelist():
            return None
        if self.file.getinfo(name).file_size > _LARGEST_PART:
            message = f"holds {name} of more than {_LARGEST_PART >> 20} MB; split the document"
            raise InputError([Fault(message, shown(self.path))])
        return etree.fromstring(self.file.read(name), etree.XMLParser(resolve_entities=False, no_network=True))

    def about(self) -> dict[str, str]:
        """Return the title, and the day on which the file was made, as it says them."""
        core = self.xml("docProps/core.xml")
        found = {"title": f"{_DC}title", "made": f"{_TERMS}created"}
        texts = {key: clean(core.findtext(tag) or "") for key, tag in found.items()} if core is not None else {}
        return {key: text[:10] if key == "made" else text for key, text in texts.items() if text}


class _DocxReader:
    """Reads the paragraphs of a document with its styles, numbers and notes."""

    def __init__(self, package: _Package, *, hidden: bool) -> None:
        """Read also what Word does not show, if `hidden`; else gather its words in `unseen`."""
        self.unseen: list[str] = []
        self._hidden = hidden
        self._package = package
        styles = package.xml("word/styles.xml")
        self._headings = _heading_styles(styles)
        self._numbers = _Numbers(package.xml("word/numbering.xml"), styles)
        self._notes = {tag: _notes(package.xml(name)) for tag, name in _NOTES.items()}
        self._shaded: dict[Any, bool] = {}

    def blocks(self, part: Any) -> Iterator[Block]:
        """Yield the paragraphs of a part of the document in order, the rows of tables as one each."""
        for element in part:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tr":
                yield Block(words(" ".join(filter(None, map(self._text, element.iter(f"{_W}p"))))), TABLE)
            elif element.tag not in _LEFT_OUT:
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        kind = HEADING if _style(element) in self._headings or _outlined(element) else PROSE
        yield Block(words(f"{self._numbers.of(element)} {self._text(element)}"), kind)
        for box in _boxes(element):
            yield from self.blocks(box)
        for tag, notes in self._notes.items():
            for reference in element.iter(tag):
                note = notes.pop(reference.get(f"{_W}id"), ())  # of several references the first has it
                yield from (Block(block.words, FOOTNOTE) for block in self.blocks(note))

    def _text(self, element: Any) -> str:
        return clean("".join(self._pieces(element)))

    def _pieces(self, element: Any) -> Iterator[str]:
        """Yield the text within an element, without that of text boxes, which are paragraphs of their own."""
        for child in element:
            if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
                continue
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _SPACES:
                yield " "
            elif child.tag == f"{_W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{_W}r" and not self._hidden and self._is_unseen(child):
                self.unseen += [text.text or "" for text in child.iter(f"{_W}t")]
            else:
                yield from self._pieces(child)

    def _is_unseen(self, run: Any) -> bool:
        """Tell whether a run is hidden, white on white, or too small to read."""
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return False
        vanish = properties.find(f"{_W}vanish")
        if vanish is not None and vanish.get(f"{_W}val") not in ("0", "false"):
            return True
        size = _value(properties, "sz")
        white = _value(properties, "color").upper() == "FFFFFF" and not self._is_shaded(run)
        return white or (size.isdecimal() and int(size) < _TINY)

    def _is_shaded(self, part: Any) -> bool:
        """Tell whether a run, its paragraph or its cell has a coloured ground."""
        if part is None:
            return False
        if part not in self._shaded:
            fills = (shade.get(f"{_W}fill") for shade in part.iterfind(f"{_W}*/{_W}shd"))
            is_own = any(fill not in (None, "auto", "FFFFFF") for fill in fills)
            self._shaded[part] = is_own or self._is_shaded(part.getparent())
        return self._shaded[part]


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes in an element, but those within another box, which are read with it."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val") if style is not None else ""


def _outlined(paragraph: Any) -> bool:
    level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    return level is not None and level.get(f"{_W}val") != "9"


def _heading_styles(styles: Any) -> frozenset[str]:
    """Return the ids of styles that are headings or titles, or are based on one."""
    if styles is None:
        return frozenset()
    parents, headings = {}, set()
    for style in styles.iter(f"{_W}style"):
        identifier, name = style.get(f"{_W}styleId"), style.find(f"{_W}name")
        based = style.find(f"{_W}basedOn")
        parents[identifier] = based.get(f"{_W}val") if based is not None else ""
        called = name.get(f"{_W}val").lower() if name is not None else ""
        if re.match(r"heading \d|title|subtitle", called) or _outlined(style):
            headings.add(identifier)
    children: dict[str, list[str]] = {}
    for style, parent in parents.items():
        children.setdefault(parent, []).append(style)
    waiting = list(headings)
    while waiting:
        new = [style for style in children.get(waiting.pop(), ()) if style not in headings]
        headings.update(new)
        waiting += new
    return frozenset(headings)


def _notes(part: Any) -> dict[str, Any]:
    """Return the footnotes or endnotes by id."""
    notes = part if part is not None else ()
    return {note.get(f"{_W}id"): note for note in notes if note.get(f"{_W}type") in (None, "normal")}


class _Numbers:
    """Counts the numbers that Word prints before the paragraphs of a list; bullets are left out."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._styles = {
            style.get(f"{_W}styleId"): numbers
            for style in (styles.iter(f"{_W}style") if styles is not None else ())
            if (numbers := style.find(f"{_W}pPr/{_W}numPr")) is not None
        }
        self._lists: dict[str, dict[str, tuple[int, str, str]]] = {}  # start, form and text of each level of a list
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        if numbering is None:
            return
        abstract = {a.get(f"{_W}abstractNumId"): _levels(a) for a in numbering.iter(f"{_W}abstractNum")}
        for number in numbering.iter(f"{_W}num"):
            self._lists[number.get(f"{_W}numId")] = abstract.get(_value(number, "abstractNumId"), {})

    def of(self, paragraph: Any) -> str:
        """Return the number before a paragraph; empty where it has none."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            properties = self._styles.get(_style(paragraph))
        if properties is None:
            return ""
        name, level = _value(properties, "numId"), _value(properties, "ilvl") or "0"
        levels, counts = self._lists.get(name, {}), self._counts[name]
        if level not in levels:
            return ""
        counts[level] += 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level][1] in ("bullet", "none"):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = str(int(match[1]) - 1)
            start, form, _ = levels.get(at, (1, "decimal", ""))
            return numeral(start + max(counts[at], 1) - 1, form)

        return re.sub(r"%(\d)", counted, levels[level][2])


def _levels(abstract: Any) -> dict[str, tuple[int, str, str]]:
    """Return the start, form and text of each level of a list; Word has nine."""
    found = {}
    for level in abstract.iter(f"{_W}lvl"):
        start, form, text = (_value(level, name) for name in ("start", "numFmt", "lvlText"))
        if (number := level.get(f"{_W}ilvl") or "") in _LEVELS:
            found[number] = int(start) if _START.fullmatch(start) else 1, form, text[:_LONGEST_NUMBER]
    return found


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(f"{_W}val") or "" if child is not None else ""
