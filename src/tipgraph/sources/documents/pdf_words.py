"""The lines of a PDF page as PDFium draws them: words with their boxes, sizes and weights.

PDFium gives the characters of a page in the order in which they are drawn, and marks the ends of lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import Any, NamedTuple

from tipgraph.sources.documents.layout import Box, around, clean

_GAP = 1.3  # a gap of so many heights of a letter parts a line into cells
_UNLIKE = 1.7  # and is so many times wider than the narrowest of the line
_FAR = 4.0  # or is as wide as this at least
_SMALL = 0.82  # a mark of a footnote is smaller than its line by this factor
_NOTE_MARK = re.compile(r"[0-9*†‡§,]{1,7}")
_MARKS = "0123456789*†‡§,"
_LEADER = re.compile(r"[.…_·]{3,}")
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_TINY = 2.5  # points
_INVISIBLE = 3  # the text rendering mode of PDF that paints nothing
_PALE = 240  # each of red, green and blue at least: near white


class LineWord(NamedTuple):
    """A word, or the part of a word on one line; `size` is the height of its letters in points."""

    text: str
    box: Box
    size: float
    bold: bool = False
    hyphen: bool = False


@dataclass
class Line:
    """The words of a line from left to right, or of one cell of a row; the cells of a row share `row`."""

    words: list[LineWord]
    row: int = 0
    box: Box = field(init=False)
    size: float = field(init=False)
    base: float = field(init=False)

    def __post_init__(self) -> None:
        """Compute the box, the size of most letters, and where the letters end below."""
        self.box = around(word.box for word in self.words)
        self.size = median(word.size for word in self.words for _ in word.text)
        self.base = median(word.box.bottom for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)


@dataclass
class PageLines:
    """The lines of a page, its size in points, and words on it that nobody sees."""

    number: int
    width: float
    height: float
    lines: list[Line]
    hidden: str = ""
    is_scan: bool = False


class _Letter(NamedTuple):
    text: str
    box: Box
    bold: bool
    hyphen: bool
    suspect: bool  # it may be that nobody sees it

    @property
    def height(self) -> float:
        return self.box.bottom - self.box.top


def page_lines(page: Any, number: int) -> PageLines:
    """Return the lines of one page of pypdfium2."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    rows = list(_rows(page, number))
    unseen = _Unseen(page, width, height) if any(letter.suspect for row in rows for letter in row) else None
    hidden: list[str] = []
    lines: list[Line] = []
    for row in rows:
        seen, not_seen = unseen.part(row) if unseen else (row, [])
        hidden += [letter.text for letter in not_seen]
        for words in _level(_words(seen)):
            _add_cells(lines, [Line(cell) for cell in _cells(words)])
    images = any(obj.type == raw.FPDF_PAGEOBJ_IMAGE for obj in page.get_objects(max_depth=3))
    return PageLines(number, width, height, lines, clean("".join(hidden)), images and not lines)


def _add_cells(lines: list[Line], cells: list[Line]) -> None:
    """Add the cells of a line, which continue the row of the line before if they are beside it."""
    beside = lines and cells and _is_beside(lines[-1], cells[0])
    for cell in cells:
        cell.row = (lines[-1].row + (not beside)) if lines else 0
    lines += cells


def _is_beside(before: Line, line: Line) -> bool:
    """Tell whether a line continues the row of the line before it, to its right."""
    return abs(before.base - line.base) < 0.3 * line.size and before.box.right < line.box.left


def _rows(page: Any, number: int) -> Iterator[list[_Letter]]:
    """Yield the letters of each line as PDFium parts them."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    place, fonts, inks = _transformation(page), _Fonts(text), _Inks(text, *page.get_size())
    rect = raw.FS_RECTF()
    row: list[_Letter] = []
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in "\r\n":
            if row:
                yield row
            row = []
            continue
        raw.FPDFText_GetLooseCharBox(text, index, rect)
        box = Box(number, *place(rect.left, rect.bottom, rect.right, rect.top))
        suspect = not letter.isspace() and inks.may_be_unseen(index, box)
        hyphen = raw.FPDFText_IsHyphen(text, index) == 1
        row.append(_Letter("-" if hyphen else letter, box, fonts.is_bold(index), hyphen, suspect))
    if row:
        yield row


class _Inks:
    """The letters of a page that may be unseen: pale, transparent, not painted, outside of the page or tiny."""

    def __init__(self, text: Any, width: float, height: float) -> None:
        import ctypes

        self._text = text
        self._width, self._height = width, height
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def may_be_unseen(self, index: int, box: Box) -> bool:
        import pypdfium2.raw as raw

        if raw.FPDFText_IsGenerated(self._text, index):
            return False
        raw.FPDFText_GetFillColor(self._text, index, *self._colour)
        *colours, opacity = (part.value for part in self._colour)
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(self._text, index))
        outside = box.right < 0 or box.bottom < 0 or box.left > self._width or box.top > self._height
        return min(colours) >= _PALE or opacity == 0 or mode == _INVISIBLE or outside or _is_tiny(box)


def _is_tiny(box: Box) -> bool:
    return max(box.bottom - box.top, box.right - box.left) < _TINY


class _Fonts:
    """Which letters of a page are bold: by the weight of their font, or where that is not known by its name."""

    def __init__(self, text: Any) -> None:
        import ctypes

        self._text = text
        self._name, self._flags = ctypes.create_string_buffer(256), ctypes.c_int()

    def is_bold(self, index: int) -> bool:
        import pypdfium2.raw as raw

        weight = raw.FPDFText_GetFontWeight(self._text, index)
        if weight > 0:
            return bool(weight >= _BOLD)
        raw.FPDFText_GetFontInfo(self._text, index, self._name, len(self._name), self._flags)
        return bool(_BOLD_NAME.search(self._name.value))


def _transformation(page: Any) -> Any:
    """Return the function from a rectangle of PDF (left, bottom, right, top) to one from the upper left corner.

    Rotation and crop box of the page are applied.
    """
    import ctypes

    import pypdfium2.raw as raw

    width, height = page.get_size()
    x, y, units = ctypes.c_int(), ctypes.c_int(), 1000

    def device(across: float, up: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page, 0, 0, round(width * units), round(height * units), 0, across, up, x, y)
        return x.value / units, y.value / units

    (x0, y0), (x1, y1), (x2, y2) = device(0, 0), device(1000, 0), device(0, 1000)
    across, up = ((x1 - x0) / 1000, (y1 - y0) / 1000), ((x2 - x0) / 1000, (y2 - y0) / 1000)

    def place(left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        xs = [x0 + a * across[0] + b * up[0] for a, b in ((left, bottom), (right, top))]
        ys = [y0 + a * across[1] + b * up[1] for a, b in ((left, bottom), (right, top))]
        return min(xs), min(ys), max(xs), max(ys)

    return place


class _Unseen:
    """The picture of a page, to see whether a letter is visible on it."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        import numpy as np

        bitmap = page.render(scale=2, grayscale=True)
        self._pixels = np.asarray(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width, -1)[:, :, 0]
        self._width, self._height = width, height

    def part(self, row: list[_Letter]) -> tuple[list[_Letter], list[_Letter]]:
        """Return the letters of a line that are visible, and those that are not."""
        seen: list[_Letter] = []
        hidden: list[_Letter] = []
        for suspect, group in groupby(row, key=lambda letter: letter.suspect):
            letters = list(group)
            (hidden if suspect and self.has(letters) else seen).extend(letters)
        return seen, hidden

    def has(self, letters: list[_Letter]) -> bool:
        """Tell whether nothing of some letters is visible: their box has one colour, or is too small or outside."""
        box = around(letter.box for letter in letters)
        if _is_tiny(box):
            return True
        part = self._pixels[
            max(0, int(box.top * 2)) : int(box.bottom * 2), max(0, int(box.left * 2)) : int(box.right * 2)
        ]
        return part.size == 0 or int(part.max()) - int(part.min()) < 24


def _words(row: list[_Letter]) -> list[LineWord]:
    """Return the words of a line without the marks of footnotes."""
    words: list[LineWord] = []
    usual = median(letter.height for letter in row) if row else 0
    part: list[_Letter] = []
    for letter in [*row, None]:
        ends = letter is None or letter.text.isspace() or (part and _parted(part[-1], letter))
        if part and ends:
            word = _piece(part, usual, first=not words)
            if word.text:
                words.append(word)
            elif words:  # a mark by itself: its room belongs to the word before it
                words[-1] = words[-1]._replace(box=around([words[-1].box, word.box._replace(top=words[-1].box.top)]))
            part = []
        if letter is not None and not letter.text.isspace():
            part.append(letter)
    return words


def _parted(before: _Letter, letter: _Letter) -> bool:
    """Tell whether a line ends between two letters: the second lies further left and on another level."""
    return letter.box.left < before.box.left and abs(letter.box.bottom - before.box.bottom) > 0.6 * letter.height


def _piece(part: list[_Letter], usual: float, *, first: bool) -> LineWord:
    """Return a word with the box of all its letters, those of a mark too, so that no gap comes to be."""
    kept = _without_note_mark(part, usual, first=first)
    bold, size = all(letter.bold for letter in kept), median(letter.height for letter in kept or part)
    text = clean("".join(letter.text for letter in kept))
    return LineWord(text, around(letter.box for letter in part), size, bold, part[-1].hyphen)


def _without_note_mark(part: list[_Letter], usual: float, *, first: bool) -> list[_Letter]:
    """Cut a raised number off the end of a word; a word that is nothing else goes too, save at the start of a line."""
    bottom = max(letter.box.bottom for letter in part)
    count = len(part)
    while count and part[count - 1].height < _SMALL * usual and part[count - 1].text in _MARKS:
        count -= 1
    mark = "".join(letter.text for letter in part[count:])
    raised = count < len(part) and part[count].box.bottom < bottom - 0.15 * usual if count else not first
    return part[:count] if _NOTE_MARK.fullmatch(mark) and raised else part


def _level(words: list[LineWord]) -> Iterator[list[LineWord]]:
    """Part a line where the next word lies higher or lower: another column, which PDFium has not parted."""
    level: list[LineWord] = []
    for word in words:
        if level and abs(word.box.bottom - level[-1].box.bottom) > 0.6 * max(word.size, level[-1].size):
            yield level
            level = []
        level.append(word)
    if level:
        yield level


def _cells(words: list[LineWord]) -> Iterator[list[LineWord]]:
    """Part a line where a gap is too wide for a space between words, or dots lead across it.

    The gaps of a justified line are alike, and may be wide all.
    """
    gaps = [after.box.left - before.box.right for before, after in pairwise(words)]
    usual = min((gap for gap in gaps if gap > 0), default=0)
    cell: list[LineWord] = []
    for gap, word in zip([0, *gaps], words, strict=True):
        leads = bool(_LEADER.fullmatch(word.text))
        far = gap < -word.size or (gap > _GAP * word.size and (gap > _UNLIKE * usual or gap > _FAR * word.size))
        if cell and (far or leads):
            yield cell
            cell = []
        if not leads:
            cell.append(word)
    if cell:
        yield cell
