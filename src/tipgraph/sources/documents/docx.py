"""Word documents: the paragraphs of a `.docx` by its XML.

Tracked insertions, text boxes, content controls, numbers of lists and footnotes are read. Deleted text, heads and feet
of pages are left out.

Decision: docs/decisions/0118-lxml-reads-word-and-html.md.
"""

import re
import zipfile
import zlib
from collections import Counter
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
        for box in element.iter(f"{_W}txbxContent"):
            if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                yield from self.blocks(box)
        for tag, notes in self._notes.items():
            for reference in element.iter(tag):
                for paragraph in notes.get(reference.get(f"{_W}id"), ()):
                    yield Block(words(self._text(paragraph)), FOOTNOTE)

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
            elif child.tag == f"{_W}r" and not self._hidden and _is_unseen(child):
                self.unseen += [text.text or "" for text in child.iter(f"{_W}t")]
            else:
                yield from self._pieces(child)


def _is_unseen(run: Any) -> bool:
    """Tell whether a run is hidden, white on white, or too small to read."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    vanish = properties.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val") not in ("0", "false"):
        return True
    size = _value(properties, "sz")
    white = _value(properties, "color").upper() == "FFFFFF" and not _is_shaded(run)
    return white or (size.isdecimal() and int(size) < _TINY)


def _is_shaded(run: Any) -> bool:
    """Tell whether a run, its paragraph or its cell has a coloured ground."""
    grounds = [
        shade.get(f"{_W}fill") for part in (run, *run.iterancestors()) for shade in part.iterfind(f"{_W}*/{_W}shd")
    ]
    return any(fill not in (None, "auto", "FFFFFF") for fill in grounds)


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
    for _ in parents:  # as deep as styles can be based on each other
        below = {style for style, parent in parents.items() if parent in headings}
        if below <= headings:
            break
        headings |= below
    return frozenset(headings)


def _notes(part: Any) -> dict[str, list[Any]]:
    if part is None:
        return {}
    notes = [note for note in part if note.get(f"{_W}type") in (None, "normal")]
    return {note.get(f"{_W}id"): list(note.iter(f"{_W}p")) for note in notes}


class _Numbers:
    """Counts the numbers that Word prints before the paragraphs of a list; bullets are left out."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._styles = {
            style.get(f"{_W}styleId"): numbers
            for style in (styles.iter(f"{_W}style") if styles is not None else ())
            if (numbers := style.find(f"{_W}pPr/{_W}numPr")) is not None
        }
        self._levels: dict[tuple[str, str], tuple[int, str, str]] = {}  # start, form and text of each level of a list
        self._counts: Counter[tuple[str, int]] = Counter()
        if numbering is None:
            return
        abstract = {a.get(f"{_W}abstractNumId"): a for a in numbering.iter(f"{_W}abstractNum")}
        for number in numbering.iter(f"{_W}num"):
            refers = number.find(f"{_W}abstractNumId")
            levels = abstract.get(refers.get(f"{_W}val")) if refers is not None else None
            for level in levels.iter(f"{_W}lvl") if levels is not None else ():
                start, form, text = (_value(level, name) for name in ("start", "numFmt", "lvlText"))
                key = number.get(f"{_W}numId"), level.get(f"{_W}ilvl")
                self._levels[key] = int(start or 1), form, text

    def of(self, paragraph: Any) -> str:
        """Return the number before a paragraph; empty where it has none."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            properties = self._styles.get(_style(paragraph))
        if properties is None:
            return ""
        name, level = _value(properties, "numId"), _value(properties, "ilvl") or "0"
        if (name, level) not in self._levels:
            return ""
        self._counts[name, int(level)] += 1
        for key in [key for key in self._counts if key[0] == name and key[1] > int(level)]:
            del self._counts[key]
        if self._levels[name, level][1] in ("bullet", "none"):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = str(int(match[1]) - 1)
            start, form, _ = self._levels.get((name, at), (1, "decimal", ""))
            return numeral(start + max(self._counts[name, int(at)], 1) - 1, form)

        return re.sub(r"%(\d)", counted, self._levels[name, level][2])


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return child.get(f"{_W}val") or "" if child is not None else ""
