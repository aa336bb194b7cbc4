"""The paragraphs of a PDF from the lines of its pages.

Lines are in the order in which the file draws them. Running heads, feet and numbers of pages or lines are left out. A
line continues the paragraph before it unless its size, weight, indent or distance, or room left on the line before it,
says otherwise. Footnotes follow the paragraph during which their page ends.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from math import inf
from statistics import median, mode, quantiles

from tipgraph.sources.documents.layout import FOOTNOTE, HEADING, PROSE, TABLE, Block, BlockWord
from tipgraph.sources.documents.pdf_words import Line, LineWord, PageLines

_EDGE = 0.14  # heads and feet are in this part of a page's height
_REPEATED = 0.4  # the share of pages on which a head repeats; left and right pages may differ
_TITLE = 1.2  # so many times larger than the running heads with its words
_LEAST_LINE_NUMBERS = 10
_SAME_SIZE = 1.1
_GAP = 1.17  # a paragraph begins after so many times the usual distance of lines
_INDENT = 0.8  # of a letter's height
_FEWEST_MARGIN_LINES = 3  # lines that show where the right margin is
_BESIDE = 20  # points
_LONGEST_HEADING = 25  # words
_PAGE_NUMBER = re.compile(
    r"(?:page|p[aá]gina)?\s*[-–—\[(]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—\])]?(?:\s*(?:of|de|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•●○▪■□◦‣⁃∙·–—*-]|[\uf0a7\uf0b7\uf0d8\uf0fc]")
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|§|¶", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[\d*†‡§]{1,3}(?:\s|$|[A-ZÀ-Þ“‘\"])")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_ADDRESS = re.compile(r"(?:https?:/|www\.)\S*[/%=&?_#-]$", re.IGNORECASE)
_PREFIXES = frozenset({"anti", "cross", "ex", "non", "self", "well"})  # which keep their hyphen in most words
_HYPHENS = ("-", "\u2010")
_DASHES = ("-", "\u2010", "\u2011", "\u2013")


@dataclass
class _Run:
    """Lines of one column of one page from top to bottom."""

    lines: list[Line]
    left: float = 0
    right: float = 0
    leading: float = 0
    size: float = 0

    def __post_init__(self) -> None:
        """Measure margins and the usual distance of lines."""
        self.left = min(line.box.left for line in self.lines)
        self.right = max(line.box.right for line in self.lines)
        distances = [
            below.base - above.base
            for above, below in pairwise(self.lines)
            if above.row != below.row and _ratio(above.size, below.size) < _SAME_SIZE
        ]
        self.size = median(line.size for line in self.lines)
        low = quantiles(distances, n=4)[0] if len(distances) > 1 else self.size * 1.2
        self.leading = low if low < 3 * self.size else self.size * 1.2


@dataclass
class _Paragraph:
    lines: list[Line]
    kind: str = ""


def blocks(pages: Sequence[PageLines]) -> list[Block]:
    """Return the paragraphs of a document."""
    shown = list(_without_line_numbers(_without_heads(pages)))
    sizes = [round(line.size, 1) for page in shown for line in page.lines for _ in line.text]
    body = mode(sizes) if sizes else 0
    inner = _inner_words(shown)
    runs: list[_Run] = []
    notes: dict[int, list[_Run]] = {}
    for page in shown:
        for run in _runs(page.lines):
            text, small = _footnotes_apart(run, body, page.height, follows=bool(notes.get(page.number)))
            runs += [_Run(text)] if text else []
            notes.setdefault(page.number, []).extend([_Run(small)] if small else [])
    paragraphs: list[_Paragraph] = []
    of_pages = groupby(_paragraphs(runs), key=lambda paragraph: paragraph.lines[-1].box.page)
    for number, part in chain(of_pages, [(inf, ())]):
        paragraphs += part
        for page_number in [earlier for earlier in notes if earlier <= number]:
            below = _paragraphs(notes.pop(page_number))
            paragraphs += [_Paragraph(paragraph.lines, FOOTNOTE) for paragraph in below]
    return [
        Block(tuple(_words(paragraph, inner)), paragraph.kind or _kind(paragraph.lines, body))
        for paragraph in paragraphs
    ]


def _without_heads(pages: Sequence[PageLines]) -> list[PageLines]:
    """Leave out running heads and feet, and the numbers of pages; a larger line with the same words is a title."""

    def key(page: PageLines, line: Line) -> tuple[bool, str]:
        return line.box.top < page.height / 2, re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text)

    def is_at_edge(page: PageLines, line: Line) -> bool:
        return line.box.bottom < _EDGE * page.height or line.box.top > (1 - _EDGE) * page.height

    sizes: dict[tuple[bool, str], dict[int, float]] = {}  # of the lines at an edge, one for each page
    for page in pages:
        for line in page.lines:
            if is_at_edge(page, line):
                sizes.setdefault(key(page, line), {})[page.number] = line.size
    least = max(2, _REPEATED * len(pages))

    def is_head(page: PageLines, line: Line) -> bool:
        if not is_at_edge(page, line):
            return False
        alike = sizes[key(page, line)].values()
        alone = sum(other.row == line.row for other in page.lines) == 1
        repeats = len(alike) >= least and line.size < _TITLE * min(alike)
        return repeats or (alone and bool(_PAGE_NUMBER.fullmatch(line.text)))

    return [replace(page, lines=[line for line in page.lines if not is_head(page, line)]) for page in pages]


def _without_line_numbers(pages: Iterable[PageLines]) -> Iterator[PageLines]:
    """Leave out a column of numbers that counts the lines of a page."""
    for page in pages:
        counted: set[int] = set()
        numbers = [line for line in page.lines if line.text.isdecimal()]
        for _, group in groupby(numbers, key=lambda line: round(line.box.right / 4)):
            column = list(group)
            rises = all(int(below.text) == int(above.text) + 1 for above, below in pairwise(column))
            counted |= {id(line) for line in column if rises and len(column) >= _LEAST_LINE_NUMBERS}
        yield replace(page, lines=[line for line in page.lines if id(line) not in counted])


def _ratio(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 0.1)


def _footnotes_apart(run: _Run, body: float, height: float, *, follows: bool) -> tuple[list[Line], list[Line]]:
    """Part the lines of a column from the small ones at its foot, if the first begins with a mark.

    If there are footnotes in an earlier column of the page, the first may go on in this one (`follows`).
    """
    count = len(run.lines)
    while count and run.lines[count - 1].size < 0.93 * body and run.lines[count - 1].box.top > height * 0.35:
        count -= 1
    below = run.lines[count:]
    if below and (follows or _FOOTNOTE.match(below[0].text)):
        return run.lines[:count], below
    return run.lines, []


def _rows(lines: Iterable[Line]) -> Iterator[list[Line]]:
    for _, row in groupby(lines, key=lambda line: line.row):
        yield list(row)


def _runs(lines: Sequence[Line]) -> list[_Run]:
    """Part lines where the next one is higher, beside, or on another page."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _is_below(runs[-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_Run(run) for run in runs]


def _is_below(run: Sequence[Line], line: Line) -> bool:
    """Tell whether a line continues a column: in the last row, or below it and not beside the column."""
    last = run[-1]
    if line.box.page != last.box.page:
        return False
    if line.row == last.row and line.row >= 0:
        return True
    left, right = min(above.box.left for above in run), max(above.box.right for above in run)
    below = line.box.top > last.box.top + 0.5 * last.size
    return below and line.box.left < right + _BESIDE and line.box.right > left - _BESIDE


def _paragraphs(runs: Iterable[_Run]) -> list[_Paragraph]:
    """Return paragraphs in reading order; rows of tables have their kind already."""
    found: list[_Paragraph] = []
    before: _Run | None = None  # the lines in which the last paragraph ends; none after a table
    for run in runs:
        tables = _table_rows(run.lines)
        for line in run.lines:
            if id(line) in tables:
                found += [_Paragraph(tables[id(line)], TABLE)] if tables[id(line)] else []
                before = None
                continue
            if before and _continues(found[-1].lines, line, before, run):
                found[-1].lines.append(line)
            else:
                found.append(_Paragraph([line]))
            before = run
    return found


def _table_rows(lines: Sequence[Line]) -> dict[int, list[Line]]:
    """Return the rows of several cells by their first cell; an empty list for the cells that follow it."""
    rows: dict[int, list[Line]] = {}
    for row in _rows(lines):
        if len(row) > 1 and row[0].row >= 0 and not _BULLET.fullmatch(row[0].text) and not _ITEM.fullmatch(row[0].text):
            rows |= {id(line): [] for line in row}
            rows[id(row[0])] = row
    return rows


def _continues(paragraph: Sequence[Line], line: Line, before: _Run, run: _Run) -> bool:
    """Tell whether a line belongs to a paragraph."""
    last = paragraph[-1]
    if _is_bound(last, line):
        return True
    sizes = min(_ratio(last.size, line.size), _ratio(last.words[-1].size, line.words[0].size))
    if sizes > _SAME_SIZE or last.bold != line.bold or _begins_item(line):
        return False
    if before is run:
        return _continues_below(paragraph, line, run)
    ended = bool(_ENDS.search(last.text))
    if line.text[0].islower() and not ended:
        return True
    if ended and len(before.lines) < _FEWEST_MARGIN_LINES:
        return False
    return not line.bold and not _had_room(last, line, before) and line.box.left - run.left < _INDENT * line.size


def _is_bound(last: Line, line: Line) -> bool:
    """Tell whether two lines are a bullet and its text, or parted at a hyphen."""
    beside = last.row == line.row and line.row >= 0 and last.box.page == line.box.page
    return beside or (last.text.endswith(_DASHES) and len(last.words[-1].text) > 1)


def _continues_below(paragraph: Sequence[Line], line: Line, run: _Run) -> bool:
    last = paragraph[-1]
    if line.base - last.base > _GAP * max(run.leading * max(1, line.size / run.size), 0.9 * line.size):
        return False
    is_item = _begins_item(paragraph[0]) or _BULLET.fullmatch(paragraph[0].text)
    hangs = is_item and last.row == paragraph[0].row
    if line.box.left - last.box.left > _INDENT * line.size and not hangs:
        return _is_centred(last, line)
    return not (_had_room(last, line, run) and (_ENDS.search(last.text) or not line.text[0].islower()))


def _is_centred(last: Line, line: Line) -> bool:
    middle = (last.box.left + last.box.right) / 2 - (line.box.left + line.box.right) / 2
    return abs(middle) < 0.5 * line.size and not _ENDS.search(last.text)


def _had_room(last: Line, line: Line, run: _Run) -> bool:
    """Tell whether the first word of a line would have had room on the line before: the break was meant."""
    first = line.words[0].box
    if _is_centred(last, line):
        return False
    return last.box.right + 0.3 * last.size + (first.right - first.left) < run.right - 0.5 * last.size


def _begins_item(line: Line) -> bool:
    first = line.words[0].text
    return bool((_BULLET.fullmatch(first) and len(line.words) > 1) or _ITEM.fullmatch(first))


def _kind(lines: Sequence[Line], body: float) -> str:
    """Return whether lines are a heading or prose, by the usual size of the document."""
    text = " ".join(line.text for line in lines)
    stands_out = lines[0].size > 1.12 * body or lines[0].bold or (text.isupper() and len(text) > 3)
    short = len(text.split()) <= _LONGEST_HEADING and not re.search(r"[.;,]$", text)
    return HEADING if stands_out and short else PROSE


def _inner_words(pages: Iterable[PageLines]) -> frozenset[str]:
    """Return the words that are parted by no line end, to see which parted ones have a hyphen of their own."""
    return frozenset(
        _bare(word.text) for page in pages for line in page.lines for word in line.words[:-1] if word.text[-1].isalpha()
    )


def _bare(word: str) -> str:
    return word.strip(".,;:()[]\"'“”‘’").lower()


def _words(paragraph: _Paragraph, inner: frozenset[str]) -> Iterator[BlockWord]:
    """Yield the words of a paragraph, each parted one joined; the mark of a list goes."""
    pieces = [(piece, number) for number, line in enumerate(paragraph.lines) for piece in line.words]
    if len(pieces) > 1 and _BULLET.fullmatch(pieces[0][0].text):
        pieces = pieces[1:]
    text, boxes, ended_line = "", [], 0
    for piece, number in pieces:
        if text and number != ended_line and (joined := _joined(text, piece, inner)):
            text = joined
            boxes.append(piece.box)
        else:
            if text:
                yield BlockWord(text, tuple(boxes))
            text, boxes = piece.text, [piece.box]
        ended_line = number
    if text:
        yield BlockWord(text, tuple(boxes))


def _joined(start: str, piece: LineWord, inner: frozenset[str]) -> str:
    """Return a word that a line end parts; empty where two words are apart."""
    rest = piece.text
    if _ADDRESS.search(start):
        return start + rest
    if start.endswith(_HYPHENS) and start[-2:-1].isalpha() and (rest[0].islower() or (start + rest).isupper()):
        return start[:-1] + ("-" if _is_hard(start[:-1], rest, inner) else "") + rest
    if start.endswith(_DASHES) and len(start) > 1 and start[-2].isalnum() and rest[0].isalnum():
        return start + rest
    return ""


def _is_hard(start: str, rest: str, inner: frozenset[str]) -> bool:
    """Tell whether the hyphen between two parts of a word is its own, and not one of the line end.

    >>> _is_hard("FAA", "approved", frozenset()), _is_hard("ship", "ment", frozenset())
    (True, False)
    """
    if "-" in start or "-" in rest:
        return True
    if _bare(start + rest) in inner:
        return False
    is_acronym = len(start) > 1 and start.isupper() and rest[0].islower()
    return is_acronym or _bare(start) in _PREFIXES or _bare(f"{start}-{rest}") in inner
