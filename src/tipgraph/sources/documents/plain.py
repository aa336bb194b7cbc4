"""Plain texts: paragraphs parted by empty lines, or one a line. The text stays as it is, if it can.

A text is written anew if it is not UTF-8, has characters that are replaced, or has words or paragraphs that hard line
ends part. Every paragraph is prose: a short line without a full stop may be a heading, and as often it is a payee, an
amount or the name of an event. A person who reads the text says which lines are headings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_bytes
from tipgraph.sources.documents.layout import Block, Document, document, words

_WIDEST = 100  # characters: longer lines are paragraphs themselves
_NARROWEST = 45  # of a text without empty lines; shorter lines may be a list
_ITEM = re.compile(r"(?:[-*•–]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s|\s{2}")
_LATIN = "it is not UTF-8 and was read as Windows-1252: compare letters such as é and ñ"
_UNDONE = "hard line ends were undone: lines without an empty line between are one paragraph"
_GUESSED = "hard line ends were undone, without empty lines to go by: compare where paragraphs end"
_ANEW = "the text differs from the file: quote from the text, and give the folder of the text to --texts"


def read_plain(path: Path, *, hidden: bool = False) -> Document:  # noqa: ARG001  # a text hides nothing
    """Read a text file in UTF-8 or Windows-1252; raise InputError for what is no text."""
    data, notices = read_bytes(path), list[str]()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            text, notices = data.decode("cp1252"), [_LATIN]
        except UnicodeDecodeError:
            message = f"is neither UTF-8 (byte {error.start}) nor Windows-1252; save it as UTF-8"
            raise InputError([Fault(message, shown(path))]) from error
    if "\0" in text:
        raise InputError([Fault("is not a text: it holds NUL characters", shown(path))])
    lines = text.removeprefix("\ufeff").splitlines()
    rule = "blocks" if _is_wrapped(lines) else "lines"
    parts = list(_joined(lines) if rule == "blocks" else filter(str.strip, lines))
    made = document(Block(words(part)) for part in parts)
    if not notices and _stays(text, rule, made):
        return replace(made, text=text, rule=rule)
    if rule == "blocks":
        notices.append(_UNDONE if "" in map(str.strip, lines) else _GUESSED)
    return replace(made, notices=(*notices, *made.notices, _ANEW))


def _stays(text: str, rule: str, made: Document) -> bool:
    """Tell whether the file itself has the paragraphs of the text that was made, but for white space."""
    lines = text.removeprefix("\ufeff").split("\n")
    parts = [
        " ".join(" ".join(part).split())
        for part in (_blocks(lines) if rule == "blocks" else [[line] for line in lines])
    ]
    return list(filter(None, parts)) == made.text.rstrip("\n").split("\n\n")


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines between empty lines."""
    for has_words, group in groupby(lines, key=lambda line: bool(line.strip())):
        if has_words:
            yield list(group)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether most lines end at one width, and lines without an empty line between are one paragraph."""
    filled = [len(line) for line in lines if line.strip()]
    pairs = [(above, below) for above, below in pairwise(lines) if above.strip() and below.strip()]
    if len(filled) <= 2 or (width := _width(filled)) > _WIDEST:
        return False
    if any(not line.strip() for line in lines):
        return len(pairs) > len(filled) / 3
    goes_on = sum(below[:1].islower() for _, below in pairs)
    return width >= _NARROWEST and goes_on > len(pairs) / 3


def _width(lengths: Sequence[int]) -> int:
    """Return the length of all lines but the longest twentieth."""
    return sorted(lengths)[-1 - len(lengths) // 20]


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs of a wrapped text."""
    if all(line.strip() for line in lines):
        lines = list(_with_empty_lines(lines))
    for block in _blocks(lines):
        text = [""]
        for line in map(str.strip, block):
            before = text[-1]
            parted = before[-1:] == "-" and before[-2:-1].isalpha() and line[:1].islower()
            text[-1] = before[:-1] if parted else f"{before} "
            text.append(line)
        yield "".join(text)


def _with_empty_lines(lines: Sequence[str]) -> Iterator[str]:
    """Put an empty line after each line that had room for the next word, and before each item of a list."""
    width = _width([len(line) for line in lines])
    for above, below in pairwise([*lines, ""]):
        yield above
        had_room = below and len(above) + 1 + len(below.split()[0]) <= width and not below[0].islower()
        if had_room or _ITEM.match(below):
            yield ""
