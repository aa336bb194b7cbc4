"""The layout of a document: its paragraphs in reading order, and the boxes of its words on its pages.

Every format is read into `Block`s. `document` writes them as one text, a paragraph a line with an empty line between,
and keeps where each word lies. The text is what all quotes, offsets and digests of a source refer to.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_bytes, unreadable

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SPACES = dict.fromkeys(
    (code for code in range(0x3001) if chr(code).isspace() or unicodedata.category(chr(code)) == "Zs"), " "
)
_UNSEEN = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x0002])
REPLACED = "\ufffd"
# Control characters, halves of characters, and code points that are no characters.
_NO_CHARACTERS = dict.fromkeys(
    (code for code in range(0x10000) if unicodedata.category(chr(code)) in ("Cc", "Cs") or code in (0xFFFE, 0xFFFF)),
    REPLACED,
)
_CLEAN = _NO_CHARACTERS | _LIGATURES | _SPACES | _UNSEEN

_PROGRAM = re.compile(r"^(?:Microsoft (?:Word|PowerPoint) - )+")
_FILE_NAME = re.compile(r"\S*[_.]\S*|(?i:untitled|title|document\d*|.*\.(?:docx?|indd|pdf|html?|pptx?|qxd))")
_NEAR = 8  # paragraphs
_REPLACED_NOTICE = "� is in the text {:,} times, for what is no character, such as ESC or NUL; compare the document"

PROSE, HEADING, TABLE, FOOTNOTE, PAGE_MATTER = "prose", "heading", "table", "footnote", "page-matter"


class Box(NamedTuple):
    """A rectangle on a page, in points from its upper left corner; pages count from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class BlockWord(NamedTuple):
    """A word and its boxes: none in formats without pages, two where it is parted by a line end."""

    text: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph: its words and what it is (`PROSE`, `HEADING`, `TABLE`, `FOOTNOTE`, `PAGE_MATTER`)."""

    words: tuple[BlockWord, ...]
    kind: str = PROSE

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)


class PlacedWord(NamedTuple):
    """A word of the text by its offsets, and its box on a page."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Layout:
    """The pages of a document (width and height in points), and its words on them, in the order of the text."""

    pages: tuple[tuple[float, float], ...] = ()
    words: tuple[PlacedWord, ...] = ()

    def page_of(self, start: int, end: int) -> int:
        """Return the page of the first word of a span that has a box; 0 if there is none.

        >>> layout = Layout(words=(PlacedWord(0, 3, Box(1, 0, 0, 9, 9)), PlacedWord(9, 12, Box(2, 0, 0, 9, 9))))
        >>> layout.page_of(0, 12), layout.page_of(4, 12), layout.page_of(4, 8)
        (1, 2, 0)
        """
        at = self._first(start)
        return self.words[at].box.page if at < len(self.words) and self.words[at].start < end else 0

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of a span of the text, one for each line of words.

        >>> line = (PlacedWord(0, 3, Box(1, 10, 0, 19, 9)), PlacedWord(4, 8, Box(1, 20, 0, 39, 9)))
        >>> Layout(words=(*line, PlacedWord(9, 12, Box(1, 10, 12, 25, 21)))).boxes(0, 12)
        (Box(page=1, left=10, top=0, right=39, bottom=9), Box(page=1, left=10, top=12, right=25, bottom=21))
        """
        lines: list[Box] = []
        for at in range(self._first(start), len(self.words)):
            word = self.words[at]
            if word.start >= end:
                break
            if lines and _is_in_line(lines[-1], word.box):
                lines[-1] = around((lines[-1], word.box))
            else:
                lines.append(word.box)
        return tuple(lines)

    def to_json(self) -> str:
        """Return it as JSON; each word is a row of start, end, page, left, top, right and bottom."""
        rows = [
            [word.start, word.end, word.box.page, *(round(side, 1) for side in word.box[1:])] for word in self.words
        ]
        return json.dumps({"pages": self.pages, "words": rows}, separators=(",", ":"))

    @classmethod
    def from_json(cls, data: str | bytes) -> "Layout":
        """Read what `to_json` wrote; raise ValueError for anything else."""
        parts = json.loads(data)
        try:
            pages = tuple((float(width), float(height)) for width, height in parts["pages"])
            words = tuple(PlacedWord(start, end, Box(*box)) for start, end, *box in parts["words"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"{error!r} is no part of a layout") from error
        return cls(pages, words)

    def _first(self, start: int) -> int:
        """Return the position of the first word that ends after an offset."""
        return bisect_right(self.words, start, key=lambda word: word.end)


def _is_in_line(line: Box, word: Box) -> bool:
    """Tell whether a word continues a line: to its right, at its height, without a gap as between columns."""
    height = min(line.bottom - line.top, word.bottom - word.top)
    overlap = min(line.bottom, word.bottom) - max(line.top, word.top)
    return line.page == word.page and overlap > 0.5 * height and -height < word.left - line.right < 3 * height


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around some boxes of one page."""
    pages, lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(pages[0], min(lefts), min(tops), max(rights), max(bottoms))


def read_layout(path: Path) -> Layout:
    """Read the layout that `tipgraph source add` wrote; raise InputError for a file that is none."""
    try:
        return Layout.from_json(read_bytes(path))
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    except (ValueError, RecursionError) as error:
        message = f"is no layout ({error}); remove it, and add the document again with `tipgraph source add`"
        raise InputError([Fault(message, shown(path))]) from error


@dataclass(frozen=True)
class Document:
    """A document that was read: its text, the kinds of its paragraphs, its layout, and what it says about itself.

    `about` holds `title`, `issued` and the like, where the file has them; `made` is the day on which the file was made,
    which is no date of issue. `hidden` holds the hidden words by page, such as those in white ink; `notices`
    are sentences about what a person must look at. `rule` is the rule of the paragraphs of the text.
    """

    text: str
    kinds: tuple[str, ...]
    layout: Layout = field(default_factory=Layout)
    about: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    hidden: Mapping[int, str] = field(default_factory=dict)
    rule: str = "blocks"

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """The sizes of the pages in points; none in formats without pages."""
        return self.layout.pages

    def to_json(self) -> str:
        """Return all of it as JSON."""
        parts = vars(self) | {"layout": self.layout.to_json(), "hidden": list(self.hidden.items())}
        return json.dumps(parts, ensure_ascii=False)

    @classmethod
    def from_json(cls, data: str | bytes) -> "Document":
        """Read what `to_json` wrote."""
        parts = json.loads(data)
        layout, hidden = Layout.from_json(parts["layout"]), dict(map(tuple, parts["hidden"]))
        kinds, notices = tuple(parts["kinds"]), tuple(parts["notices"])
        return cls(parts["text"], kinds, layout, parts["about"], notices, hidden, parts["rule"])


def clean(text: str) -> str:
    r"""Return a text with plain spaces and letters: no ligatures, no invisible characters; � for control characters.

    >>> clean("o\ufb03ce\u00a0of tra\u00adf\ufb01cking"), clean("a\x1b[2J")
    ('office of trafficking', 'a�[2J')
    """
    return unicodedata.normalize("NFC", " ".join(text.translate(_CLEAN).split()))


def words(text: str) -> tuple[BlockWord, ...]:
    """Return the words of a text that has no pages."""
    return tuple(BlockWord(word) for word in clean(text).split())


def document(
    blocks: Iterable[Block],
    pages: Iterable[tuple[float, float]] = (),
    about: Mapping[str, str] | None = None,
    notices: Iterable[str] = (),
    hidden: Mapping[int, str] | None = None,
) -> Document:
    r"""Write blocks as one text with the places of its words.

    >>> document([Block((BlockWord("Two"), BlockWord("words"))), Block((BlockWord("More"),), HEADING)]).text
    'Two words\n\nMore\n'
    """
    kept = [block for block in blocks if block.words]
    text = "\n\n".join(block.text for block in kept)
    layout, kinds = Layout(tuple(pages), tuple(_placed(kept))), tuple(block.kind for block in kept)
    known = {**(about or {}), "title": _title((about or {}).get("title", ""), kept)}
    settings = {key: value for key, value in known.items() if value}
    told = [*notices, *([_REPLACED_NOTICE.format(count)] if (count := text.count(REPLACED)) else [])]
    return Document(f"{text}\n" if text else "", kinds, layout, settings, tuple(told), hidden or {})


def _title(given: str, blocks: Sequence[Block]) -> str:
    """Return the title that a file gives, unless a program wrote it; else the first heading, if there is one near."""
    title = _PROGRAM.sub("", given)
    if title and not _FILE_NAME.fullmatch(title):
        return title
    return next((block.text for block in blocks[:_NEAR] if block.kind == HEADING), "")


def _placed(blocks: Iterable[Block]) -> Iterator[PlacedWord]:
    start = 0
    for block in blocks:
        for word in block.words:
            end = start + len(word.text)
            yield from (PlacedWord(start, end, box) for box in word.boxes)
            start = end + 1
        start += 1
