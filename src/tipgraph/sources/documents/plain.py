"""Plain texts: paragraphs parted by empty lines, with hard line ends undone, or else one paragraph a line.

Every paragraph is prose. A short line without a full stop may be a heading, and as often it is a payee, an amount or
the name of an event. A person who reads the text says which lines are headings.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from statistics import quantiles

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_bytes
from tipgraph.sources.documents.layout import Block, Document, document, words

_WIDEST = 100  # characters: longer lines are paragraphs themselves


def read_plain(path: Path, *, hidden: bool = False) -> Document:  # noqa: ARG001  # a text hides nothing
    """Read a text file in UTF-8; raise InputError for another encoding, or for what is no text."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))]) from error
    if "\0" in text:
        raise InputError([Fault("is not a text: it holds NUL characters", shown(path))])
    lines = text.splitlines()
    if not _is_wrapped(lines):
        return document(Block(words(line)) for line in lines)
    notice = "hard line ends were undone: lines without an empty line between are one paragraph"
    return document((Block(words(block)) for block in _joined(lines)), notices=[notice])


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether most lines end at one width: empty lines part the paragraphs, and few lines are longer."""
    filled = [len(line) for line in lines if line.strip()]
    pairs = sum(bool(above.strip() and below.strip()) for above, below in pairwise(lines))
    return (
        len(filled) > 2
        and quantiles(filled, n=20)[-1] <= _WIDEST
        and any(not line.strip() for line in lines)
        and pairs > len(filled) / 3
    )


def _joined(lines: list[str]) -> Iterator[str]:
    for has_words, group in groupby(lines, key=lambda line: bool(line.strip())):
        if has_words:
            text = [""]
            for line in map(str.strip, group):
                before = text[-1]
                parted = before[-1:] == "-" and before[-2:-1].isalpha() and line[:1].islower()
                text[-1] = before[:-1] if parted else f"{before} "
                text.append(line)
            yield "".join(text)
