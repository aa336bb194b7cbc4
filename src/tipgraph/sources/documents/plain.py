"""Plain texts: paragraphs parted by empty lines, or one a line. The text stays as it is, byte for byte.

Only a text with characters that are replaced, or with paragraphs of invisible characters, is written anew. Every
paragraph is prose: a short line without a full stop may be a heading, and as often it is a payee, an amount or the name
of an event. A person who reads the text says which lines are headings.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_bytes
from tipgraph.sources.documents.layout import REPLACED, Block, Document, document, words
from tipgraph.sources.evidence.segment import paragraphs

_WIDEST = 100  # characters: longer lines are paragraphs themselves
_NARROWEST = 45  # of a text without empty lines; shorter lines may be a list
_UNPARTED = "its lines are one paragraph, since no empty line parts them: put an empty line between paragraphs"
_ANEW = "the text differs from the file: quote from the text, and give the folder of the text to --texts"


def read_plain(path: Path, *, hidden: bool = False) -> Document:  # noqa: ARG001  # a text hides nothing
    """Read a text file in UTF-8; raise InputError for what is no text."""
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError([Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))]) from error
    if "\0" in text:
        raise InputError([Fault("is not a text: it holds NUL characters", shown(path))])
    rule = "blocks" if _is_wrapped(text) else "lines"
    parts = paragraphs(text, rule)
    notices = [_UNPARTED] * (rule == "blocks" and len(parts) == 1)
    made = document((Block(words(text[part.start : part.end])) for part in parts), notices=notices)
    if REPLACED in made.text or len(made.kinds) < len(parts):
        return replace(made, notices=(*made.notices, _ANEW))
    return replace(made, text=text, rule=rule)


def _is_wrapped(text: str) -> bool:
    """Tell whether most lines end at one width, and lines without an empty line between are one paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    filled = sorted(map(len, filter(None, lines)))
    if len(filled) <= 2 or (width := filled[-1 - len(filled) // 20]) > _WIDEST:
        return False
    following = [below for above, below in pairwise(lines) if above and below]
    if "" in lines[:-1]:
        return len(following) > len(filled) / 3
    return width >= _NARROWEST and sum(below[0].islower() for below in following) > len(following) / 3
