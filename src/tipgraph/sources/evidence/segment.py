r"""Segmentation of a text into paragraphs and sentences, and its words without the markup of its format.

| rule | a paragraph is | a sentence is |
|---|---|---|
| `lines` | a line that is not blank | cut at `.`, `!` or `?` |
| `blocks` | lines without a blank line between them | cut at `.`, `!` or `?` |
| `records` | a record of a CSV file, line breaks inside quotes included | the record |
| `activities` | an `iati-activity` or `iati-organisation` with its end, in XML | an element directly within it |

The rules are our own and small on purpose: data keep the numbers of paragraphs and sentences, which must not change
with the release of a library.

Decision: docs/decisions/0013-our-own-rule-splits-sentences.md.
"""

import json
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tipgraph.sources.evidence.html_text import without_html

_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_RECORD = re.compile(r'(?:[^"\n]+|"[^"]*(?:"|\Z))+')
_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9À-Þ])""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|St|Art|Res|RES|doc|vs|etc|e\.g|i\.e|Inc|Ltd|Gov|Sec|pp?)|\b[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 8
# Comments, CDATA and instructions come first, since they may hold tags. Without an end they reach the end of the text.
_ASIDE = r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
_ATTRIBUTES = r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*?"""
_TAG = re.compile(
    rf"{_ASIDE}|<(?P<end>/?)(?P<name>[^\s<>/!?\"']+)(?P<attributes>{_ATTRIBUTES})(?P<empty>/?)>", re.DOTALL
)
ACTIVITY = re.compile(
    rf"{_ASIDE}|<(?P<end>/?)(?P<name>iati-activity|iati-organisation)(?P<attributes>(?=[\s/>]){_ATTRIBUTES})(?P<empty>/?)>",
    re.DOTALL,
)


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
    if rule == "activities":
        yield from (Span(number, *pair) for number, pair in enumerate(_activities(text), 1))
        return
    pattern = {"lines": _LINE, "blocks": _BLOCK, "records": _RECORD}[rule]
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
        inner = elements(part, depth=2)
        return tuple(Span(n, paragraph.start + start, paragraph.start + end) for n, (start, end) in enumerate(inner, 1))
    ends = (
        (m.end(), part[max(0, m.start() - _LONGEST_ABBREVIATION) : m.start() + 1]) for m in _SENTENCE_END.finditer(part)
    )
    cuts = [end for end, before in ends if not _ABBREVIATION.search(before)]
    edges = [0, *cuts, len(part)]
    return tuple(
        _stripped(text, n, paragraph.start + first, paragraph.start + last)
        for n, (first, last) in enumerate(pairwise(edges), 1)
    )


def _activities(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of activities or organizations; one within another means that the other has lost its end."""
    begun = -1
    for match in ACTIVITY.finditer(text):
        if match["name"] is not None:
            begun = begun if match["end"] else match.start()
            if begun >= 0 and (match["end"] or match["empty"]):
                yield begun, match.end()
                begun = -1


def elements(text: str, depth: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the elements of a depth in a piece of XML; elements without an end are left out.

    >>> list(elements("<a><b/><c>x</c></a>", depth=2))
    [(3, 7), (7, 15)]
    """
    level, start = 0, 0
    for match in _TAG.finditer(text):
        if match["name"] is None:
            continue
        if not match["end"]:
            level += 1
            start = match.start() if level == depth else start
        if match["end"] or match["empty"]:
            if level == depth:
                yield start, match.end()
            level -= level > 0


def words(part: str, form: str = "plain") -> str:
    r"""Return the words of a part of a text without the markup of its format, and of XML without HTML in it.

    >>> words("<name>Ann &amp; Co</name>", "xml"), words('"A ""B"" C",1', "csv"), words('"caf\\u00e9"', "json")
    ('Ann & Co', '"A "B" C",1', '"café"')
    """
    if form == "xml":
        return without_html(_REFERENCE.sub(_referred, _TAG.sub(_kept, part)))
    if form == "csv":
        return part.replace('""', '"')
    return _ESCAPE.sub(_character, part) if form == "json" else part


_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r'(?:\\u[0-9a-fA-F]{4})+|\\["\\/bfnrt]')


def _referred(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number <= sys.maxunicode else match[0]


def _character(match: re.Match[str]) -> str:
    return str(json.loads(f'"{match[0]}"'))


def _kept(match: re.Match[str]) -> str:
    """Return the values of the attributes of a tag, or the content of a CDATA section."""
    if match["name"] is None:
        return match[0][9:-3].replace("&", "&amp;") if match[0].startswith("<![CDATA[") else ""
    values = re.findall(r"\"[^\"]*\"|'[^']*'", match["attributes"])
    return " ".join(["", *(value[1:-1] for value in values), ""])


def _stripped(text: str, number: int, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(number, start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))
