"""Word documents: the paragraphs of a `.docx` by its XML.

Tracked insertions, text boxes, content controls, numbers of lists and footnotes are read. Deleted text, heads and feet
of pages are left out.

Decision: docs/decisions/0119-a-document-has-one-canonical-text.md.
"""

import re
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tipgraph.errors import Fault, InputError, shown
from tipgraph.sources.documents.layout import FOOTNOTE, HEADING, PROSE, TABLE, Block, Document, clean, document, words
from tipgraph.sources.documents.numerals import numeral

_NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_W = f"{{{_NAMES['w']}}}"
_ABOUT = {"title": "{http://purl.org/dc/elements/1.1/}title", "made": "{http://purl.org/dc/terms/}created"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "rPr", "delText")} | {_FALLBACK}
_SPACES = {f"{_W}{name}" for name in ("tab", "br", "cr", "ptab")}
_LARGEST_PART = 64 << 20
_LEVELS = frozenset("012345678")
_START = re.compile(r"\d{1,9}")
_LONGEST_NUMBER = 100  # characters
_TINY = 5  # half points
_DEEPEST = 20  # styles of which each is based on the next
_STYLE, _NUMBER = "w:pPr/w:pStyle", "w:pPr/w:numPr"
_NOTES = {f"{_W}footnoteReference": "word/footnotes.xml", f"{_W}endnoteReference": "word/endnotes.xml"}


def read_docx(path: Path, *, hidden: bool = False) -> Document:
    """Read a Word document; raise InputError for a file that is none, or is encrypted or damaged."""
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as file:
            body = _part(file, "word/document.xml", path)
            if body is None:
                raise InputError([Fault("is not a Word document; save it as .docx", shown(path))])
            reader = _DocxReader(lambda name: _part(file, name, path), hidden=hidden)
            blocks = list(reader.blocks(body))
            unseen = clean(" ".join(reader.unseen))
            core = _part(file, "docProps/core.xml", path)
            about = {key: clean(core.findtext(tag) or "") for key, tag in _ABOUT.items()} if core is not None else {}
            about["made"] = about.get("made", "")[:10]
            return document(blocks, about=about, hidden={0: unseen} if unseen else {})
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, RuntimeError) as error:
        message = f"is damaged or encrypted ({error}); open it in Word and save it as .docx without a password"
        raise InputError([Fault(message, shown(path))]) from error


def _part(file: zipfile.ZipFile, name: str, path: Path) -> Any:
    """Return a part of a document as an element; None where there is none. Raise InputError if it is too large."""
    from lxml import etree

    if name not in file.namelist():
        return None
    if file.getinfo(name).file_size > _LARGEST_PART:
        message = f"holds {name} of more than {_LARGEST_PART >> 20} MB; split the document"
        raise InputError([Fault(message, shown(path))])
    return etree.fromstring(file.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


class _DocxReader:
    """Reads the paragraphs of a document with its styles, numbers and notes."""

    def __init__(self, part: Callable[[str], Any], *, hidden: bool) -> None:
        """Read also what Word does not show, if `hidden`; else gather its words in `unseen`."""
        self.unseen: list[str] = []
        self._hidden = hidden
        styles = _all(part("word/styles.xml"), "style")
        self._headings = _heading_styles(styles)
        self._numbers = _Numbers(part("word/numbering.xml"), styles)
        self._notes = {tag: _notes(part(name)) for tag, name in _NOTES.items()}
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
        kind = HEADING if _value(element, _STYLE) in self._headings or _is_outlined(element) else PROSE
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
        size, colour = _value(run, "w:rPr/w:sz"), _value(run, "w:rPr/w:color")
        if _value(run, "w:rPr/w:vanish", "0") not in ("0", "false") or (size.isdecimal() and int(size) < _TINY):
            return True
        return colour.upper() == "FFFFFF" and not self._is_shaded(run)

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


def _value(element: Any, path: str, absent: str = "") -> str:
    """Return the value of an element below another one; `absent` without it."""
    found = element.find(path, _NAMES)
    return absent if found is None else found.get(f"{_W}val") or ""


def _all(part: Any, name: str) -> list[Any]:
    """Return the elements of a kind directly below a part; none without the part."""
    return part.findall(f"w:{name}", _NAMES) if part is not None else []


def _notes(part: Any) -> dict[str, Any]:
    """Return the footnotes or endnotes by id."""
    return {note.get(f"{_W}id"): note for note in _all(part, "*") if note.get(f"{_W}type") in (None, "normal")}


def _is_outlined(paragraph: Any) -> bool:
    return _value(paragraph, "w:pPr/w:outlineLvl", "9") != "9"


def _heading_styles(styles: Iterable[Any]) -> frozenset[str]:
    """Return the ids of styles that are headings or titles, or are based on one."""
    parents, headings = dict[str, str](), set[str]()
    for style in styles:
        identifier = style.get(f"{_W}styleId")
        parents[identifier] = _value(style, "w:basedOn")
        if re.match(r"heading \d|title|subtitle", _value(style, "w:name").lower()) or _is_outlined(style):
            headings.add(identifier)
    for _ in range(_DEEPEST):
        headings |= {style for style, parent in parents.items() if parent in headings}
    return frozenset(headings)


class _Numbers:
    """Counts the numbers that Word prints before the paragraphs of a list; bullets are left out."""

    def __init__(self, numbering: Any, styles: Iterable[Any]) -> None:
        numbered = ((style.get(f"{_W}styleId"), style.find(_NUMBER, _NAMES)) for style in styles)
        self._styles = {name: number for name, number in numbered if number is not None}
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        levels = {one.get(f"{_W}abstractNumId"): _levels(one) for one in _all(numbering, "abstractNum")}
        self._lists = {
            one.get(f"{_W}numId"): levels.get(_value(one, "w:abstractNumId"), {}) for one in _all(numbering, "num")
        }

    def of(self, paragraph: Any) -> str:
        """Return the number before a paragraph; empty where it has none."""
        properties = paragraph.find(_NUMBER, _NAMES)
        if properties is None:
            properties = self._styles.get(_value(paragraph, _STYLE))
        if properties is None:
            return ""
        name, level = _value(properties, "w:numId"), _value(properties, "w:ilvl") or "0"
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
    for level in _all(abstract, "lvl"):
        start, form, text = (_value(level, f"w:{name}") for name in ("start", "numFmt", "lvlText"))
        if (number := level.get(f"{_W}ilvl") or "") in _LEVELS:
            found[number] = int(start) if _START.fullmatch(start) else 1, form, text[:_LONGEST_NUMBER]
    return found
