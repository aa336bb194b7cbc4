r"""Segmentation of a text into paragraphs and sentences, and its words without the markup of its format.

| rule | a paragraph is | a sentence is |
|---|---|---|
| `lines` | a line that is not blank | cut at `.`, `!` or `?` |
| `blocks` | lines without a blank line between them | cut at `.`, `!` or `?` |
| `records` | a record of a CSV file, line breaks inside quotes included | the record |
| `activities` | lines without a blank line between them, for a record of XML | a line, for an element of it |

The rules are our own and small on purpose: data keep the numbers of paragraphs and sentences, which must not change
with the release of a library.

Decision: docs/decisions/0119-a-document-has-one-canonical-text.md.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_RECORD = re.compile(r'(?:[^"\n]+|"[^"]*(?:"|\Z))+')
_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9À-Þ])""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|St|Art|Res|RES|doc|vs|etc|e\.g|i\.e|Inc|Ltd|Gov|Sec|pp?)|\b[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 8


class Span(NamedTuple):
    """A numbered part of a text: a paragraph, or a sentence of a paragraph."""

    number: int
    start: int
    end: int


@lru_cache(maxsize=4)
def paragraphs(text: str, rule: str = "lines") -> tuple[Span, ...]:
    r"""Cut a text into paragraphs by a rule, without white space at both ends.

    >>> paragraphs("One.\n\nTwo,\nthree.", "blocks")
    (Span(number=1, start=0, end=4), Span(number=2, start=6, end=17))
    >>> paragraphs('a,b\n1,"two\nlines"\n', "records")
    (Span(number=1, start=0, end=3), Span(number=2, start=4, end=17))
    """
    return tuple(each_paragraph(text, rule))


def each_paragraph(text: str, rule: str) -> Iterator[Span]:
    """Yield the paragraphs of a text, of which none is kept in memory."""
    pattern = {"lines": _LINE, "blocks": _BLOCK, "activities": _BLOCK, "records": _RECORD}[rule]
    pairs = (match.span() for match in pattern.finditer(text) if not match[0].isspace())
    yield from (_stripped(text, number, *pair) for number, pair in enumerate(pairs, 1))


@lru_cache(maxsize=256)
def sentences(text: str, paragraph: Span, rule: str = "lines") -> tuple[Span, ...]:
    """Cut a paragraph into sentences by the rule of its text.

    Prose is cut at `.`, `!` or `?` before a capital or a digit, except after abbreviations.
    """
    if rule == "records":
        return (Span(1, paragraph.start, paragraph.end),)
    part = text[paragraph.start : paragraph.end]
    if rule == "activities":
        inner = enumerate(_LINE.finditer(text, paragraph.start, paragraph.end), 1)
        return tuple(Span(number, *match.span()) for number, match in inner)
    ends = (
        (m.end(), part[max(0, m.start() - _LONGEST_ABBREVIATION) : m.start() + 1]) for m in _SENTENCE_END.finditer(part)
    )
    cuts = [end for end, before in ends if not _ABBREVIATION.search(before)]
    edges = [0, *cuts, len(part)]
    return tuple(
        _stripped(text, n, paragraph.start + first, paragraph.start + last)
        for n, (first, last) in enumerate(pairwise(edges), 1)
    )


def words(part: str, form: str = "plain") -> str:
    r"""Return the words of a part of a text without the marks of CSV or JSON.

    >>> words('"A ""B"" C",1', "csv"), words('"caf\\u00e9"', "json")
    ('"A "B" C",1', '"café"')
    """
    if form == "csv":
        return part.replace('""', '"')
    return _ESCAPE.sub(_character, part) if form == "json" else part


_ESCAPE = re.compile(r'(?:\\u[0-9a-fA-F]{4})+|\\["\\/bfnrt]')


def _character(match: re.Match[str]) -> str:
    return str(json.loads(f'"{match[0]}"'))


def _stripped(text: str, number: int, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(number, start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))
