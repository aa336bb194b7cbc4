"""The lines of a PDF page as PDFium draws them: words with their boxes, sizes and weights.

PDFium gives the characters of a page in the order in which they are drawn, and marks the ends of lines.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from math import pi, sqrt
from statistics import median
from typing import Any, NamedTuple

from tipgraph.errors import Fault, InputError
from tipgraph.sources.documents.layout import Box, around, clean

_GAP = 1.3  # a gap of so many heights of a letter parts a line into cells
_SPACE = 0.5  # a narrower one is a space between words, also where PDFium parts the line, as after a raised mark
_LOOSE = 0.07  # a gap between letters that is so much wider than others of the line is a space, though none is written
_UNLIKE = 1.7  # and is so many times wider than the narrowest of the line
_FAR = 4.0  # or is as wide as this at least
_SMALL = 0.82  # a mark of a footnote is smaller than its line by this factor
_NOTE_MARK = re.compile(r"[0-9*†‡§,]{1,7}")
_MARKS = "0123456789*†‡§,"
_ACCENTS = {"ˆ": "\u0302", "˜": "\u0303", "¨": "\u0308", "ˇ": "\u030c", "¸": "\u0327"}  # drawn after their letter
_ACCENTED = re.compile(rf"(?<=[A-Za-z])[{''.join(_ACCENTS)}]")
_LEADER = re.compile(r"[.…_·]{4,}")
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_TINY = 2.5  # points
_INVISIBLE = 3  # the text rendering mode of PDF that paints nothing
_FAINTEST = 24  # the least difference of brightness, of 255, that a person sees
_MOST_PIXELS = 20_000_000
_MOST_LETTERS = 200_000
_MOST_PARTS = 5_000
_SAMPLE = 100  # letters
_COVERED = 0.3  # a picture on so much of a page may hold text
_PALE = 240  # each of red, green and blue at least: near white


class LineWord(NamedTuple):
    """A word, or the part of a word on one line; `size` is the height of its letters in points."""

    text: str
    box: Box
    size: float
    bold: bool = False


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
    """The lines of an upright page, its size in points, its hidden words, and whether a picture may hold text."""

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
    suspect: bool  # it may be hidden

    @property
    def height(self) -> float:
        return self.box.bottom - self.box.top


def page_lines(page: Any, number: int, *, hidden: bool = False) -> PageLines:
    """Return the lines of one page of pypdfium2, which is turned upright; with `hidden` also its hidden words.

    Raises InputError for a page with more characters than can be read.
    """
    import pypdfium2.raw as raw

    turn_upright(page)
    width, height = page.get_size()
    rows = _rows(page, number)
    unseen: list[str] = []
    if not hidden and any(letter.suspect for row in rows for letter in row):
        rows, unseen = _seen(rows, _PagePixels(page, width, height))
    lines, parts = _lines(rows), islice(page.get_objects(max_depth=3), _MOST_PARTS)
    images = [part.get_bounds() for part in parts if part.type == raw.FPDF_PAGEOBJ_IMAGE]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in images) / (width * height)
    is_scan = bool(images) and (not lines or covered > _COVERED)
    return PageLines(number, width, height, lines, clean(" ".join(unseen)), is_scan)


def turn_upright(page: Any) -> None:
    """Turn a page by quarters, so that most of its letters are upright."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    step = max(1, text.count_chars() // _SAMPLE)
    angles = (raw.FPDFText_GetCharAngle(text, index) for index in range(0, text.count_chars(), step))
    turns = Counter(round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    if turns and turns.most_common(1)[0][0] != page.get_rotation() // 90:
        page.set_rotation(90 * turns.most_common(1)[0][0])


def _lines(rows: Iterable[list[_Letter]]) -> list[Line]:
    """Return the lines of words; cells side by side have one row."""
    lines: list[Line] = []
    for row in rows:
        for words in _level(_words(row)):
            cells = [Line(cell) for cell in _cells(words)]
            beside = bool(lines and cells) and _is_beside(lines[-1], cells[0])
            if beside and cells[0].box.left - lines[-1].box.right < _SPACE * cells[0].size:
                last = lines.pop()
                beside = last.row == (lines[-1].row if lines else -1)
                cells[0] = Line([*last.words, *cells[0].words])
            for cell in cells:
                cell.row = (lines[-1].row + (not beside)) if lines else 0
            lines += cells
    return lines


def _seen(rows: list[list[_Letter]], picture: "_PagePixels") -> tuple[list[list[_Letter]], list[str]]:
    """Part the letters that are visible on the picture of the page from the words that are not."""
    seen: list[list[_Letter]] = []
    unseen: list[str] = []
    for row in rows:
        kept: list[_Letter] = []
        for suspect, group in groupby(row, key=lambda letter: letter.suspect):
            letters = list(group)
            if suspect and picture.hides(letters):
                unseen.append("".join(letter.text for letter in letters))
            else:
                kept += letters
        seen.append(kept)
    return seen, unseen


def _is_beside(before: Line, line: Line) -> bool:
    """Tell whether a line continues the row of the line before it, to its right."""
    return abs(before.base - line.base) < 0.3 * line.size and before.box.right < line.box.left


def _rows(page: Any, number: int) -> list[list[_Letter]]:
    """Return the letters of each line as PDFium parts them."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > _MOST_LETTERS:
        message = f"has {count:,} characters on page {number}, more than {_MOST_LETTERS:,}; split or print it anew"
        raise InputError([Fault(message)])
    place, styles = _transformation(page), _Styles(text)
    rect, (width, height) = raw.FS_RECTF(), page.get_size()
    rows: list[list[_Letter]] = [[]]
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in "\r\n":
            rows.append([])
            continue
        raw.FPDFText_GetLooseCharBox(text, index, rect)
        box = Box(number, *place(rect.left, rect.bottom, rect.right, rect.top))
        style = styles.of(index)
        outside = box.right < 0 or box.bottom < 0 or box.left > width or box.top > height
        suspect = not letter.isspace() and style is not _MADE and (style.suspect or outside or _is_tiny(box))
        rows[-1].append(_Letter("-" if raw.FPDFText_IsHyphen(text, index) == 1 else letter, box, style.bold, suspect))
    return [row for row in rows if row]


def _is_tiny(box: Box) -> bool:
    return max(box.bottom - box.top, box.right - box.left) < _TINY


class _Style(NamedTuple):
    bold: bool
    suspect: bool  # painted pale, or not at all


_MADE = _Style(bold=False, suspect=False)  # of a letter that PDFium makes, such as a space between words


class _Styles:
    """How the letters of a page are painted; the letters of one text object are painted alike."""

    def __init__(self, text: Any) -> None:
        import ctypes

        self._text = text
        self._name, self._flags = ctypes.create_string_buffer(256), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._known: dict[int, _Style] = {}

    def of(self, index: int) -> _Style:
        import ctypes

        import pypdfium2.raw as raw

        painted = raw.FPDFText_GetTextObject(self._text, index)
        address = ctypes.c_void_p.from_buffer(painted).value
        if address is None:
            return _MADE
        if address not in self._known:
            raw.FPDFText_GetFillColor(self._text, index, *self._colour)
            red, green, blue, opacity = (part.value for part in self._colour)
            pale = min(red, green, blue) >= _PALE or opacity == 0
            unpainted = raw.FPDFTextObj_GetTextRenderMode(painted) == _INVISIBLE
            self._known[address] = _Style(self._is_bold(index), pale or unpainted)
        return self._known[address]

    def _is_bold(self, index: int) -> bool:
        """Tell whether a letter is bold by the weight of its font, or where that is not known by its name."""
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
        first, last = x0 + left * across[0] + bottom * up[0], x0 + right * across[0] + top * up[0]
        above, below = y0 + left * across[1] + bottom * up[1], y0 + right * across[1] + top * up[1]
        return min(first, last), min(above, below), max(first, last), max(above, below)

    return place


class _PagePixels:
    """The picture of a page, to see whether a letter is visible on it."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        import numpy as np

        self._scale = min(2, sqrt(_MOST_PIXELS / max(width * height, 1)))  # a huge page needs no huge memory
        bitmap = page.render(scale=self._scale, grayscale=True)
        self._pixels = np.asarray(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width, -1)[:, :, 0]

    def hides(self, letters: list[_Letter]) -> bool:
        """Tell whether nothing of some letters is visible: their box has one colour, or is too small or outside."""
        box = around(letter.box for letter in letters)
        left, top, right, bottom = (int(side * self._scale) for side in box[1:])
        part = self._pixels[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        return _is_tiny(box) or part.size == 0 or int(part.max()) - int(part.min()) < _FAINTEST


def _words(row: list[_Letter]) -> list[LineWord]:
    """Return the words of a line without the marks of footnotes."""
    words: list[LineWord] = []
    usual = median(letter.height for letter in row) if row else 0
    widest = _widest(row, usual)
    part: list[_Letter] = []
    for letter in [*row, None]:
        ends = letter is None or letter.text.isspace() or (part and _parted(part[-1], letter, widest))
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


def _widest(row: Sequence[_Letter], height: float) -> float:
    """Return the widest gap between two letters of a word, which is near the usual one of the line."""
    gaps = [b.box.left - a.box.right for a, b in pairwise(row) if not (a.text.isspace() or b.text.isspace())]
    return max(median(gaps), 0) + _LOOSE * height if gaps else 0


def _parted(before: _Letter, letter: _Letter, widest: float) -> bool:
    """Tell whether a word ends between two letters: the gap is wider than others, or the second on another level.

    The raised number of a footnote is a word of its own before its text.
    """
    height = max(before.height, letter.height)
    if before.text in _MARKS and before.height < _SMALL * letter.height:
        return before.box.bottom < letter.box.bottom - 0.15 * height
    gap = letter.box.left - before.box.right
    level = abs(letter.box.bottom - before.box.bottom) < 0.15 * height
    if level and gap > widest and before.text not in _ACCENTS:
        return True
    away = letter.box.left < before.box.left or gap > height
    return away and abs(letter.box.bottom - before.box.bottom) > 0.6 * letter.height


def _piece(part: list[_Letter], usual: float, *, first: bool) -> LineWord:
    """Return a word with the box of all its letters, those of a mark too, so that no gap comes to be."""
    kept = _without_note_mark(part, usual, first=first)
    bold, size = all(letter.bold for letter in kept), median(letter.height for letter in kept or part)
    text = "".join(letter.text for letter in kept)
    text = clean(_ACCENTED.sub(lambda accent: _ACCENTS[accent[0]], text))
    return LineWord(text, around(letter.box for letter in part), size, bold)


def _without_note_mark(part: list[_Letter], usual: float, *, first: bool) -> list[_Letter]:
    """Cut a raised number off the end of a word; a word that is nothing else goes too, save at the start of a line."""
    bottom = max(letter.box.bottom for letter in part)
    count = len(part)
    while count and part[count - 1].height < _SMALL * usual and part[count - 1].text in _MARKS:
        count -= 1
    mark = "".join(letter.text for letter in part[count:])
    raised = count < len(part) and part[count].box.bottom < bottom - 0.15 * usual if count else not first
    return part[:count] if _NOTE_MARK.fullmatch(mark) and raised else part


def _level(words: list[LineWord]) -> list[list[LineWord]]:
    """Part a line where the next word lies higher or lower: another column, which PDFium has not parted."""
    levels: list[list[LineWord]] = []
    for word in words:
        last = levels[-1][-1] if levels else None
        if last and abs(word.box.bottom - last.box.bottom) <= 0.6 * max(word.size, last.size):
            levels[-1].append(word)
        else:
            levels.append([word])
    return levels


def _cells(words: list[LineWord]) -> Iterator[list[LineWord]]:
    """Part a line where a gap is too wide for a space between words, or dots lead across it.

    The gaps of a justified line are alike, and may be wide all.
    """
    gaps = [after.box.left - before.box.right for before, after in pairwise(words)]
    usual = min((gap for gap in gaps if gap > 0), default=0)
    cells: list[list[LineWord]] = [[]]
    for gap, word in zip([0, *gaps], words, strict=True):
        leads = _LEADER.fullmatch(word.text)
        far = gap < -word.size or (gap > _GAP * word.size and (gap > _UNLIKE * usual or gap > _FAR * word.size))
        cells += [[]] if far or leads else []
        cells[-1] += [] if leads else [word]
    return filter(None, cells)
