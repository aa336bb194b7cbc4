"""Spans of a text: locate a phrase, digest it, verify it.

Offsets count code points of the unchanged text from 0; the end is the offset after the last character.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tipgraph.sources.segment import Span, paragraphs, sentences

_ALIKE = {"'": "['’‘]", "’": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": r"[-–]\s*", "–": r"[-–]\s*"}


class Locator(NamedTuple):
    """The place of a phrase: paragraph and sentence (from 1), start and end (code points), SHA-256 of the phrase."""

    paragraph: int
    sentence: int
    start: int
    end: int
    digest: str


def digest(words: str) -> str:
    """Return the SHA-256 of words in UTF-8, in hexadecimal."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def locate(text: str, phrase: str, rule: str = "lines") -> list[Locator]:
    """Return every place of a phrase in a text.

    White space, line breaks after a hyphen, and the forms of quotation marks and dashes may differ. The phrase must lie
    within one paragraph; its sentence is the one in which it begins.

    >>> locate("One. Two  words.", "two words")
    []
    >>> locate("One. Two  words.", "Two words")[0][:4]
    (1, 2, 5, 15)
    """
    pattern = re.compile(r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in phrase.split()))
    if not phrase.strip():
        return []
    return [place for match in pattern.finditer(text) if (place := locate_span(text, *match.span(), rule))]


def locate_span(text: str, start: int, end: int, rule: str = "lines") -> Locator | None:
    """Return the locator of a span by its offsets; None if it leaves its paragraph or the text."""
    paragraph = _around(paragraphs(text, rule), start)
    if paragraph is None or not paragraph.start <= start < end <= paragraph.end:
        return None
    inside = [s.number for s in sentences(text, paragraph, rule) if s.start <= start]
    return Locator(paragraph.number, inside[-1] if inside else 1, start, end, digest(text[start:end]))


def disagreements(text: str, claimed: Locator, rule: str = "lines", *, whole_paragraph: bool = False) -> list[str]:
    """Return the disagreements of a text with a locator; none means verified.

    With `whole_paragraph` the span must be its whole paragraph.
    """
    if not 0 <= claimed.start < claimed.end <= len(text):
        return [f"span {claimed.start}–{claimed.end} lies outside the text of {len(text)} characters"]
    actual_digest = digest(text[claimed.start : claimed.end])
    if actual_digest != claimed.digest:
        return [f"digest expected {claimed.digest}, found {actual_digest}"]
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


def _around(spans: Sequence[Span], offset: int) -> Span | None:
    """Return the last of ordered spans that begins at or before an offset."""
    position = bisect_right(spans, offset, key=lambda span: span.start)
    return spans[position - 1] if position else None
