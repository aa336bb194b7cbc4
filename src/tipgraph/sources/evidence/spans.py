"""Spans of a text: locate a phrase, digest it, verify it.

Offsets count code points of the unchanged text from 0; the end is the offset after the last character.
"""

import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from tipgraph.sources.evidence.segment import Span, paragraphs, sentences

SPELLED: Final = {
    "a": Decimal(1),
    "half a": Decimal("0.5"),
    "one and a half": Decimal("1.5"),
    **dict(zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        map(Decimal, range(1, 13)), strict=True)),
}  # fmt: skip
"""Numbers in words, as they stand before "million"."""

_MARKS = {
    **dict.fromkeys('‘’‚‛′‵`´ʼ"“”„‟″«»', "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff", ""),
}


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


def locate(
    text: str, phrase: str, rule: str = "lines", *, in_words: bool = False, numbered: bool = False, loose: bool = False
) -> list[Locator]:
    """Return every place of a phrase in a text.

    White space, case, the forms of quotation marks, dashes and letters (NFKC), and line breaks after a hyphen may
    differ. Places inside longer words are left out if there are others; with `in_words` these are the only ones. If one
    place alone is equal in case, it is the only one, unless the places are to be `numbered`. If `loose`, spaces and
    hyphens may be lacking or added. The phrase must lie within one paragraph; its sentence is the one in which it
    begins.

    >>> locate("One. Two  words.", "two words")[0][:4]
    (1, 2, 5, 15)
    >>> [place.start for place in locate("Parts of art, and Art.", "art")]
    [9]
    """
    places = [place for match in matches(text, phrase, loose=loose) if (place := locate_span(text, *match, rule))]
    cut = [is_cut(text, place.start, place.end) for place in places]
    kept = [place for place, is_cut in zip(places, cut, strict=True) if is_cut == (in_words or min(cut))]
    same = [place for place in kept if alike(text[place.start : place.end], cased=True) == alike(phrase, cased=True)]
    return same if len(same) == 1 and not (in_words or numbered) else kept


def matches(text: str, phrase: str, *, loose: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every match of a phrase, also across paragraphs; see `locate`."""
    folded, origins = _squeezed(text, loose)
    wanted, same = _squeezed(phrase, loose)[0], alike(phrase)
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        first, last = origins[at], origins[end - 1] + 1
        is_whole = not unicodedata.combining(text[last : last + 1] or " ")
        is_match = is_whole and (loose or alike(text[first:last]) == same)
        if is_match:
            yield first, last
        at = folded.find(wanted, end if is_match else at + 1)


def alike(words: str, *, cased: bool = False) -> str:
    r"""Return words as they are compared: one case, one form of letters, marks and white space.

    >>> alike("The  ‘Oﬃce’ –\nLima")
    "the 'office'-lima"
    """
    plain = "".join(" " if mark.isspace() else _plain(mark) for mark in words)
    joined = re.sub(" ?- ?", "-", " ".join(plain.split()))
    return joined if cased else joined.casefold()


def is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a match begins or ends inside a word."""
    return any(0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum() for edge in (start, end))


@lru_cache(maxsize=8)
def _squeezed(text: str, loose: bool) -> tuple[str, "array[int]"]:
    """Return a text as it is compared but without white space, and the offset from which each of its characters is.

    If `loose`, it has no hyphens either.
    """
    plain = {mark: "" if mark.isspace() else _plain(mark).casefold() for mark in set(text)}
    plain |= dict.fromkeys((mark for mark in plain if loose and plain[mark] == "-"), "")
    origins = array("I", (offset for offset, mark in enumerate(text) for _ in plain[mark]))
    return "".join(map(plain.__getitem__, text)), origins


@lru_cache(maxsize=4096)
def _plain(mark: str) -> str:
    """Return a character in the forms that are compared."""
    return _MARKS.get(mark, unicodedata.normalize("NFKD", mark))


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
    if rule == "activities":
        return _record_disagreements(text, claimed, rule)
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


def _record_disagreements(text: str, claimed: Locator, rule: str) -> list[str]:
    """Compare a record, or an element of it, by its number: it may have moved, if it says the same."""
    records = paragraphs(text, rule)[claimed.paragraph - 1 : claimed.paragraph]
    elements = [part for record in records for part in sentences(text, record, rule)]
    places = [*records, *elements[claimed.sentence - 1 : claimed.sentence]]
    if claimed.digest in (digest(text[place.start : place.end]) for place in places):
        return []
    return [f"/*/*[{claimed.paragraph}]/*[{claimed.sentence}]: this record has changed, or is gone"]


def _around(spans: Sequence[Span], offset: int) -> Span | None:
    """Return the last of ordered spans that begins at or before an offset."""
    position = bisect_right(spans, offset, key=lambda span: span.start)
    return spans[position - 1] if position else None
