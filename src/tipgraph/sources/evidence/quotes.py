"""Quotes of an author: words that are found in a text, and kept beside it, so that a corrected text is searched again.

Quotes are words of others, so they are kept with the texts (`NAME.quotes.csv`) and never in `data/`.

Decision: docs/decisions/0121-quotes-are-kept-with-the-texts.md.
"""

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import neutral, plain, read_text, unreadable
from tipgraph.sources.evidence import spans
from tipgraph.sources.evidence.segment import paragraphs, sentences
from tipgraph.sources.evidence.spans import Locator

_COLUMNS = ("evidence", "quote")
_NUMBERED = re.compile(r"(.*?)\s*(##?)(\d{1,6})", re.DOTALL)
_NOTED = re.compile(r"(.*\D[.!?][\"'”’»)]?)(?:[\d⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\])", re.DOTALL)  # a footnote's mark at the end
_AROUND = "\"'“”„«»‘’ \t\n"
_LISTED = 5  # places in a message
_LEAST_LOOSE = 12  # characters of a quote that is searched without regard to spaces and hyphens
_SHOWN_WORDS = 5  # of a quote in a message: too few to be a sentence of a third party
_LEAST_LIKENESS = 70
_LEAST_ALIKE = 2  # words at the beginning of a quote, so that the message begins after them
_LONGEST_COMPARED = 1000


def parts(cell: str) -> list[str]:
    r"""Return the quotes of a cell, which `||` divides; a line break is a space, since PDF readers copy them along.

    >>> parts("one || two,\nthree")
    ['one', 'two, three']
    """
    return [part for part in (" ".join(part.split()) for part in cell.split("||")) if part]


def place(text: str, quote: str, rule: str = "lines") -> Locator:
    """Return the place of a quote; `quote#2` is its second place, `quote##2` the second one inside a longer word.

    A number counts all places, whatever their case. Without a number, the only place with the case of the quote is
    meant. Marks around a quote may be left out.
    Raises ValueError that says why there is no place, or which places there are, but never with words of the text.
    """
    found, number = places(text, quote, rule)
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    listed = ", ".join(map(_said, found[:_LISTED])) + more
    if number and len(found) < number:
        remedy = f"use a number up to {len(found)}" if len(found) > 1 else "write no number"
        count = f"{len(found)} place{'s' * (len(found) > 1)}"
        raise ValueError(f"{_short(quote)}: these words are in {count} only ({listed}); {remedy}")
    if number:
        return found[number - 1]
    if len(found) > 1:
        raise ValueError(f"{_short(quote)} is in several places ({listed}); quote more, or end it with #1, #2 …")
    if not found:
        raise ValueError(_reason(text, quote, rule))
    return found[0]


def places(text: str, quote: str, rule: str) -> tuple[Sequence[Locator], int]:
    """Return the places of a quote, and the number at its end (0: none).

    Where the words are in no place as they are, spaces and hyphens may differ, such as those that a copy lost.
    """
    numbered = _NUMBERED.fullmatch(quote)
    readings = [(quote, 0, False), *([(numbered[1], int(numbered[3]), numbered[2] == "##")] if numbered else [])]
    for words, number, in_words in readings:
        for phrase in dict.fromkeys((words, words.strip(_AROUND))):
            if found := spans.locate(text, phrase, rule, in_words=in_words, numbered=bool(number)):
                return found, number
    plain = quote.strip(_AROUND)
    if len(plain) >= _LEAST_LOOSE:
        found = spans.locate(text, plain, rule, loose=True)
        if found := [place for place in found if not spans.is_cut(text, place.start, place.end)]:
            return found, 0
    if noted := _NOTED.fullmatch(plain):
        found = spans.locate(text, noted[1], rule)
        return [place for place in found if not text[place.end :].lstrip()[:1].isdigit()], 0  # "No.2" is not "No.1"
    return [], 0


@lru_cache(maxsize=20_000)  # each decision of a person about a draft writes all quotes of a source
def kept(text: str, locator: Locator, rule: str) -> str:
    """Return the quote to keep for a place: the words of the text, and a number if they are in several places."""
    words = text[locator.start : locator.end]
    for mark in ("", "#", "##"):
        found = spans.locate(text, words, rule, in_words=mark == "##", numbered=mark == "#")
        for number, place in enumerate(found, 1):  # without marks that are not compared, such as a soft hyphen
            is_meant = place.start < locator.end and locator.start < place.end
            if is_meant and (mark or len(found) == 1):
                return f"{words}{mark}{number}" if mark else words
    return words


def read(path: Path) -> dict[str, str]:
    """Read the kept quotes of a source by the ids of their evidence; none if there is no file."""
    if not path.exists():
        return {}
    try:
        header, *rows = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([unreadable(path, error)]) from error
    except (csv.Error, ValueError) as error:
        raise InputError([Fault(f"is no CSV: {error}; look for an unpaired quote", shown(path))]) from error
    if tuple(header) != _COLUMNS or any(len(row) not in (0, 2) for row in rows):
        raise InputError([Fault(f"needs two cells in each row, {' and '.join(_COLUMNS)}; correct it", shown(path))])
    return {row[0].strip(): plain(row[1].strip()) for row in rows if row}


def table_text(quotes: Mapping[str, str]) -> str:
    """Return the text of the file of kept quotes."""
    out = io.StringIO()
    rows = [(evidence, neutral(quote)) for evidence, quote in quotes.items()]
    csv.writer(out, lineterminator="\n").writerows([_COLUMNS, *rows])
    return out.getvalue()


def _reason(text: str, quote: str, rule: str) -> str:
    """Return why a quote has no place, the words from which it differs, and the nearest sentence if there is one."""
    for start, end in spans.matches(text, quote):
        first, last = (spans.locate_span(text, at, at + 1, rule) for at in (start, end - 1))
        if first and last:
            border = f"begins in ¶{first.paragraph} and ends in ¶{last.paragraph}"
            return f"{_short(quote)} {border}; write two quotes, one for each paragraph, with || between them"
    words = quote.strip(_AROUND).split()
    length = bisect_left(range(len(words)), x=True, key=lambda last: not _is_in(text, words[: last + 1]))
    if length < _LEAST_ALIKE:
        missing = f"{_short(quote)} is not in the text"
    else:
        missing = f"{_short(' '.join(['…', *words[length - 1 :]]))} is not in the text from {words[length]!r} on"
    if near := _nearest(text, quote, rule):
        return f"{missing}, but {_said(near)} is similar; copy the words from there"
    return f"{missing}; copy it from there"


def _is_in(text: str, words: Sequence[str]) -> bool:
    return any(spans.matches(text, " ".join(words)))


def _nearest(text: str, quote: str, rule: str) -> Locator | None:
    """Return the sentence that is most similar to a quote."""
    from rapidfuzz import fuzz, process

    wanted = spans.alike(quote)[:_LONGEST_COMPARED]
    every = (
        Locator(paragraph.number, sentence.number, sentence.start, sentence.end, "")
        for paragraph in paragraphs(text, rule)
        for sentence in sentences(text, paragraph, rule)
    )
    long = [sentence for sentence in every if 2 * (sentence.end - sentence.start) >= len(wanted)]
    choices = (spans.alike(text[sentence.start : sentence.end]) for sentence in long)
    best = process.extractOne(wanted, choices, scorer=fuzz.partial_ratio, score_cutoff=_LEAST_LIKENESS)
    return long[best[2]] if best else None


def _said(locator: Locator) -> str:
    return f"¶{locator.paragraph} s{locator.sentence}"


def _short(quote: str) -> str:
    words = quote.split()
    return repr(" ".join(words[:_SHOWN_WORDS]) + " …" * (len(words) > _SHOWN_WORDS))
