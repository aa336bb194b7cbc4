"""The layout of a document: its paragraphs in reading order, and the boxes of its words on its pages.

Every format is read into `Block`s. `document` writes them as one text, a paragraph a line with an empty line between,
and keeps where each word lies. The text is what all quotes, offsets and digests of a source refer to.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SPACES = dict.fromkeys(
    (code for code in range(0x3001) if chr(code).isspace() or unicodedata.category(chr(code)) == "Zs"), " "
)
_UNSEEN = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x0002])
_CLEAN = _LIGATURES | _SPACES | _UNSEEN

PROSE, HEADING, TABLE, FOOTNOTE = "prose", "heading", "table", "footnote"


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
    """A paragraph: its words and what it is (`PROSE`, `HEADING`, `TABLE` or `FOOTNOTE`)."""

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
class Document:
    """A document that was read: its text, the kinds of its paragraphs, its pages, and what it says about itself.

    `pages` are the sizes of pages in points. `about` holds `title`, `issued` and the like, where the file has them.
    `notices` are sentences about what a person must look at, such as words in white ink.
    """

    text: str
    kinds: tuple[str, ...]
    pages: tuple[tuple[float, float], ...] = ()
    words: tuple[PlacedWord, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return all of it as JSON; each word is a row of start, end, page, left, top, right and bottom."""
        rows = [
            [word.start, word.end, word.box.page, *(round(side, 1) for side in word.box[1:])] for word in self.words
        ]
        return json.dumps(vars(self) | {"words": rows, "about": dict(self.about)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, data: str | bytes) -> "Document":
        """Read what `to_json` wrote."""
        parts = json.loads(data)
        words = tuple(PlacedWord(start, end, Box(*box)) for start, end, *box in parts["words"])
        pages = tuple((width, height) for width, height in parts["pages"])
        kinds, notices = tuple(parts["kinds"]), tuple(parts["notices"])
        return cls(parts["text"], kinds, pages, words, parts["about"], notices)


def clean(text: str) -> str:
    r"""Return a text with plain spaces and letters: no ligatures, no invisible characters.

    >>> clean("o\ufb03ce\u00a0of tra\u00adf\ufb01cking")
    'office of trafficking'
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
) -> Document:
    r"""Write blocks as one text with the places of its words.

    >>> document([Block((BlockWord("Two"), BlockWord("words"))), Block((BlockWord("More"),), HEADING)]).text
    'Two words\n\nMore\n'
    """
    kept = [block for block in blocks if block.words]
    text = "\n\n".join(block.text for block in kept)
    return Document(
        f"{text}\n" if text else "",
        tuple(block.kind for block in kept),
        tuple(pages),
        tuple(_placed(kept)),
        about or {},
        tuple(notices),
    )


def _placed(blocks: Iterable[Block]) -> Iterator[PlacedWord]:
    start = 0
    for block in blocks:
        for word in block.words:
            end = start + len(word.text)
            yield from (PlacedWord(start, end, box) for box in word.boxes)
            start = end + 1
        start += 1
