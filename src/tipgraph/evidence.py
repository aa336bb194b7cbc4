"""Spans of a text: cut into paragraphs and sentences, locate a phrase, digest it, verify that it still stands there.

Offsets count code points of the text as it stands, from 0; the end is the offset after the last character.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9À-Þ])""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|St|Art|Res|RES|doc|vs|etc|e\.g|i\.e|Inc|Ltd|Gov|Sec|pp?)|\b[A-Z])\.$"
)
_ALIKE = {"'": "['’‘]", "’": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": r"[-–]\s*", "–": r"[-–]\s*"}


class Span(NamedTuple):
    """A numbered stretch of a text: a paragraph of the text, or a sentence of a paragraph."""

    number: int
    start: int
    end: int


class Locator(NamedTuple):
    """Where a phrase stands: paragraph and sentence (from 1), start and end (code points), SHA-256 of the phrase."""

    paragraph: int
    sentence: int
    start: int
    end: int
    digest: str


def paragraphs(text: str, rule: str = "lines") -> list[Span]:
    r"""Cut a text into paragraphs: every line that is not blank, or every block of such lines.

    A span is stripped of white space at both ends.

    >>> paragraphs("One.\n\nTwo,\nthree.", "blocks")
    [Span(number=1, start=0, end=4), Span(number=2, start=6, end=17)]
    """
    pattern = {"lines": _LINE, "blocks": _BLOCK}[rule]
    return [_stripped(text, n, *match.span()) for n, match in enumerate(pattern.finditer(text), 1)]


def sentences(text: str, paragraph: Span) -> list[Span]:
    """Cut a paragraph into sentences: at `.`, `!` or `?` before a capital or a digit, save after abbreviations.

    The rule is our own and small on purpose: the numbers of sentences are kept in data, and must not shift with a
    library's release.
    """
    part = text[paragraph.start : paragraph.end]
    cuts = [m.end() for m in _SENTENCE_END.finditer(part) if not _ABBREVIATION.search(part[: m.start() + 1])]
    edges = [0, *cuts, len(part)]
    return [
        _stripped(text, n, paragraph.start + first, paragraph.start + last)
        for n, (first, last) in enumerate(pairwise(edges), 1)
    ]


def digest(words: str) -> str:
    """Return the SHA-256 of words in UTF-8, in hexadecimal."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def locate(text: str, phrase: str, rule: str = "lines") -> list[Locator]:
    """Find every place where a phrase stands in a text.

    White space, line breaks within words joined by a hyphen, and the shapes of quotation marks and dashes need not
    agree. The phrase must lie within one paragraph; the sentence is the one in which it begins.

    >>> locate("One. Two  words.", "two words")
    []
    >>> locate("One. Two  words.", "Two words")[0][:4]
    (1, 2, 5, 15)
    """
    pattern = re.compile(r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in phrase.split()))
    if not phrase.strip():
        return []
    return list(_locators(text, pattern, rule))


def locate_span(text: str, start: int, end: int, rule: str = "lines") -> Locator | None:
    """Return the locator of a span given by its offsets; None where it leaves its paragraph or the text."""
    for paragraph in paragraphs(text, rule):
        if paragraph.start <= start < end <= paragraph.end:
            inside = [s.number for s in sentences(text, paragraph) if s.start <= start]
            return Locator(paragraph.number, inside[-1], start, end, digest(text[start:end]))
    return None


def disagreements(text: str, claimed: Locator, rule: str = "lines", *, whole_paragraph: bool = False) -> list[str]:
    """Say in which ways a text does not hold what a locator claims; an empty list means that it is verified.

    With `whole_paragraph` the span must be the paragraph from its first to its last character.
    """
    if not 0 <= claimed.start < claimed.end <= len(text):
        return [f"span {claimed.start}–{claimed.end} lies outside the text of {len(text)} characters"]
    found = digest(text[claimed.start : claimed.end])
    if found != claimed.digest:
        return [f"digest expected {claimed.digest}, found {found}"]
    actual = locate_span(text, claimed.start, claimed.end, rule)
    if actual is None:
        return [f"span {claimed.start}–{claimed.end} does not lie within one paragraph"]
    if whole_paragraph and (claimed.start, claimed.end) not in {(p.start, p.end) for p in paragraphs(text, rule)}:
        return [f"span {claimed.start}–{claimed.end} is not the whole of paragraph {actual.paragraph}"]
    names = ("paragraph", "sentence")
    return [
        f"{name} expected {expected}, found {real}"
        for name, expected, real in zip(names, claimed[:2], actual[:2], strict=True)
        if expected != real
    ]


def _locators(text: str, pattern: re.Pattern[str], rule: str) -> Iterator[Locator]:
    for match in pattern.finditer(text):
        found = locate_span(text, *match.span(), rule)
        if found:
            yield found


def _stripped(text: str, number: int, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(number, start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))
