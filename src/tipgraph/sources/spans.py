"""Spans of a text: locate a phrase, digest it, verify that it still stands there.

Offsets count code points of the text as it stands, from 0; the end is the offset after the last character.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tipgraph.sources.segment import Span, paragraphs, sentences

_ALIKE = {"'": "['’‘]", "’": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": r"[-–]\s*", "–": r"[-–]\s*"}


class Locator(NamedTuple):
    """Where a phrase stands: paragraph and sentence (from 1), start and end (code points), SHA-256 of the phrase."""

    paragraph: int
    sentence: int
    start: int
    end: int
    digest: str


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
    paragraph = _around(paragraphs(text, rule), start)
    if paragraph is None or not paragraph.start <= start < end <= paragraph.end:
        return None
    inside = [s.number for s in sentences(text, paragraph, rule) if s.start <= start]
    return Locator(paragraph.number, inside[-1] if inside else 1, start, end, digest(text[start:end]))


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
    if whole_paragraph and Span(actual.paragraph, *claimed[2:4]) != _around(paragraphs(text, rule), claimed.start):
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


def _around(spans: Sequence[Span], offset: int) -> Span | None:
    """Return the last of spans in order that begins at an offset or before it."""
    position = bisect_right(spans, offset, key=lambda span: span.start)
    return spans[position - 1] if position else None
