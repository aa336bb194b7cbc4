"""The mentions of a sentence: known names, names of bodies, names that a parser finds, and phrases, in this order.

A longer mention makes those inside it inner ones; one that only overlaps another is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tipgraph.curation.drafts.rules.body_names import body_names
from tipgraph.curation.drafts.rules.known_names import KnownNames
from tipgraph.curation.drafts.rules.lexicon import POSTS, TOPIC
from tipgraph.curation.drafts.rules.mention import (
    ACTORS,
    DOCUMENTS,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
    is_acronym,
    of_known,
)
from tipgraph.curation.drafts.rules.noun_phrases import noun_phrases
from tipgraph.curation.drafts.rules.tokens import Parsed

_ACRONYM: Final = re.compile(r"\s*\(\s*(?:the\s+)?[“\"]?((?=\S*[A-Z]\S*[A-Z])[A-Z][A-Za-z&/-]{1,11})[”\"]?\s*\)")
_WITHOUT_ACRONYM: Final = frozenset({"acronym", "number", "title"})
_NUMBERED: Final = re.compile(
    r"""\b(?:AG/RES|CP/RES|CP/doc|A/RES|S/RES|E/RES|CIM/RES|A/HRC/RES|A/C\.\d|OEA/Ser|CD/doc)[./]?\s?[\w./-]*\d[\w/-]*
    (?:\s\([A-Z]+-?O?/\d\d\))?|\b[Rr]esolutions?\s(?:No\.\s?)?\d+(?:/\d+)?(?:\s\(\w+\))?""",
    re.VERBOSE,
)
_TITLE: Final = re.compile(r"[“\"]\W?([A-Z][^”\"]{8,200}?)\W?[”\"]")
_TITLE_REACH: Final = 40  # characters between an undertaking or document and its title
_BEFORE_POST: Final = re.compile(r"(?:^|,|\b(?:the|a|an|its|by|and|with|to))\s*$", re.IGNORECASE)
_WORD: Final = re.compile(r"(?:[A-Z]\.)+|\w+|\S")
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\d\n@<>{}|;:]|, | and the ")
_KINDS_OF_PLACE: Final = {"GPE": "City", "LOC": "Region", "FAC": "Venue"}
_MOST_WORDS: Final = 12
_MOST_OF_PLACE: Final = 4


def mentions(sentence: Parsed, names: KnownNames) -> list[EntryMention]:
    """Return the mentions of a sentence in its order, an outer one before those inside it."""
    found: list[EntryMention] = []
    for step in (_known, _numbered, _posts, _bodies):
        for mention in step(sentence, names):
            _add(found, mention)
    for mention in _named_by_parser(sentence, names):
        if all(mention.end <= other.start or other.end <= mention.start for other in found):
            found.append(mention)
    for mention in noun_phrases(sentence.text, sentence.tokens):
        _add(found, mention)
    for title in _titles(sentence.text, found):
        _add(found, title)
    every = (_with_acronym(mention, sentence.text) for mention in found)
    return sorted(every, key=lambda mention: (mention.start, -mention.end))


def _add(found: list[EntryMention], mention: EntryMention) -> None:
    """Add a mention that overlaps no other one only in part; a phrase inside another mention becomes an inner one."""
    touching = [other for other in found if mention.start < other.end and other.start < mention.end]
    inside = [other for other in touching if _holds(mention, other)]
    is_within = any(_holds(other, mention) for other in touching)
    if is_within and mention.name_kind == "description":
        found.append(replace(mention, is_inner=True))
    elif not is_within and len(inside) == len(touching):
        found[:] = [replace(other, is_inner=True) if other in inside else other for other in found]
        found.append(mention)


def _holds(outer: EntryMention, inner: EntryMention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _known(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    words = [match.span() for match in _WORD.finditer(sentence.text)]
    for start, end, known in names.longest(words, sentence.text):
        yield of_known(sentence.text, start, end, known)


def _numbered(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    """Yield resolutions and documents by their numbers."""
    for match in _NUMBERED.finditer(sentence.text):
        words = match[0].rstrip(" .,")
        cls, code = ("Instrument", "resolution") if "res" in words.lower() else ("Publication", "report")
        end = match.start() + len(words)
        yield EntryMention(match.start(), end, words, DOCUMENTS, cls, code, "number", names.of(words))


def _posts(sentence: Parsed, _: KnownNames) -> Iterator[EntryMention]:
    """Yield posts, such as the Executive Director; the name of the holder is left out."""
    for match in POSTS.finditer(sentence.text):
        if _BEFORE_POST.search(sentence.text[: match.start()]):
            yield EntryMention(*match.span(), match[0], ACTORS, "Post")


def _bodies(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    return body_names(sentence.text, names)


def _named_by_parser(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    """Yield what a parser takes for an organization or a place; persons never."""
    for first, last, label in sentence.names:
        article = _ARTICLE.match(sentence.text, first, last)
        start = article.end() if article else first
        end = start + len(re.sub(r"(?:[’']s|\s*\([^)]*)$", "", sentence.text[start:last]))
        words = sentence.text[start:end]
        if not words or not words[0].isupper() or _NO_NAME.search(words) or len(words.split()) > _MOST_WORDS:
            continue
        if known := names.of(words) or names.near(words):
            yield of_known(sentence.text, start, end, known)
        elif label in _KINDS_OF_PLACE and len(words.split()) <= _MOST_OF_PLACE:
            yield EntryMention(start, end, words, PLACES, _KINDS_OF_PLACE[label])
        elif label == "ORG" and not _is_topic(words):
            kind = "acronym" if is_acronym(words) else "name"
            yield EntryMention(start, end, words, ACTORS, "Organization", name_kind=kind)


def _is_topic(words: str) -> bool:
    return all(word.lower() in TOPIC or not word[0].isupper() for word in re.findall(r"\w+", words))


def _titles(text: str, found: list[EntryMention]) -> Iterator[EntryMention]:
    """Yield titles in quotation marks, of the undertaking or document right before them."""
    for match in _TITLE.finditer(text):
        owner = _owner(found, match.start())
        if owner and sum(word[0].isupper() for word in match[1].split()) > 1:
            yield EntryMention(*match.span(1), match[1], owner.table, owner.cls, owner.code, "title", owner.known)


def _owner(found: list[EntryMention], at: int) -> EntryMention | None:
    before = [one for one in found if one.end <= at and one.table in (UNDERTAKINGS, DOCUMENTS)]
    nearest = max(before, key=lambda one: one.end, default=None)
    return nearest if nearest and at - nearest.end < _TITLE_REACH else None


def _with_acronym(mention: EntryMention, text: str) -> EntryMention:
    """Return a mention with the acronym that follows it in brackets."""
    match = _ACRONYM.match(text, mention.end)
    if match is None or mention.name_kind in _WITHOUT_ACRONYM:
        return mention
    return replace(mention, acronym=match[1], acronym_at=match.start(1))
