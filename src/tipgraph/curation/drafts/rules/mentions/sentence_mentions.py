"""The mentions of a sentence: known names, names of bodies, names that a parser finds, and phrases, in this order.

A longer mention makes those inside it inner ones; one that only overlaps another is left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from tipgraph.curation.drafts.rules.mentions.body_names import body_names
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    DOCUMENTS,
    PLACES,
    EntryMention,
    naming_of,
    of_known,
)
from tipgraph.curation.drafts.rules.mentions.noun_phrases import noun_phrases
from tipgraph.curation.drafts.rules.mentions.persons import Persons, are_people
from tipgraph.curation.drafts.rules.parser.tokens import Parsed, dateline
from tipgraph.curation.drafts.words.figures import money
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import BODIES, DOCUMENT_HEADS, GROUPS, LISTS, POSTS, UNDERTAKING_HEADS

_ACRONYM: Final = re.compile(r"\s*\(\s*(?:the\s+)?[“\"]?((?=\S*[A-Z]\S*[A-Z])[A-Z][A-Za-z&/-]{1,11})[”\"]?\s*\)")
_NUMBERED: Final = re.compile(
    r"""\b(?:AG/RES|CP/RES|CP/doc|A/RES|S/RES|E/RES|CIM/RES|A/HRC/RES|A/C\.\d|OEA/Ser|CD/doc)[./]?\s?[\w./-]*\d[\w/-]*
    (?:\s\([A-Z]+-?O?/\d\d\))?|\b[Rr]esolutions?\s(?:No\.\s?)?\d+(?:/\d+)?(?:\s\(\w+\))?""",
    re.VERBOSE,
)
_STATE_BODY: Final = re.compile(
    r"""\b(government|embassy|parliament|police)\sof\s(?:the\s)?([A-Z]\w+(?:\s[A-Z]\w+){0,2})
    |\b([A-Z][a-z]+|US|U\.S\.|UK)(?:[’']s)?\s(?:(?:national|federal|central)\s)?(government|embassy|parliament)\b""",
    re.VERBOSE,
)
_POST: Final = re.compile(
    rf"""(?:^|(?<=,\s)|(?<=\b(?:[Tt]he|and|its)\s)|(?<=\b(?:an|by|to)\s)|(?<=\ba\s)|(?<=\bwith\s))
    (?:(?:[A-Z]{{2,}}|[A-Z][a-z]+(?:an|ese|ish|ch|i))\s)?{POSTS.pattern}\b
    (?:(?<=Minister)\s(?:of|for)\s(?:the\s)?[A-Z][a-z]+(?:\s(?:and|of)\s[A-Z][a-z]+|\s[A-Z][a-z]+)*)?
    (?:\s(?:on|against)\s(?:the\s)?[A-Z]\w+(?:\s(?:in|and|of)\s[A-Z]\w+|\s[A-Z]\w+)*)?""",
    re.VERBOSE,
)
_CALLED: Final = re.compile(r"\b(?:NGOs?|organi[sz]ations?|associations?|network|charity|foundation|group)\s+[“\"]?$")
_LABEL: Final = re.compile(r"\W*[A-Z][\w/’-]*(?:\s(?:[A-Z][\w/’-]*|of|and|the|for)){0,5}\s*:")
_WORD: Final = re.compile(r"(?:[A-Z]\.)+|\w+|\S")
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\d\n@<>{}|;:]|, | and the ")
_KINDS_OF_PLACE: Final = {"GPE": "City", "LOC": "Region", "FAC": "Venue"}
_COMMON: Final = frozenset((*UNDERTAKING_HEADS, *DOCUMENT_HEADS, *GROUPS))  # alone they name no body: "Project"
_MOST_WORDS: Final = 12


def mentions(sentence: Parsed, names: KnownNames, persons: Persons, dropped: Counter[str]) -> list[EntryMention]:
    """Return the mentions of a sentence in its order, an outer one before those inside it.

    `persons` are those of the whole text. `dropped` counts what was left out: persons and victims, who are never an
    actor.
    """
    text, found = sentence.text, list[EntryMention]()
    every = (
        *_known(text, names),
        *_numbered(text, names),
        *_posts(text),
        *body_names(text, names),
        *_state_bodies(text, names),
        *_named_by_parser(sentence, names),
        *noun_phrases(text, sentence.tokens, dropped),
    )
    for mention in every:
        if mention.known or not _may_be_person(mention, text, persons):
            _add(mention, found)
        else:
            dropped["a person as an actor"] += 1
    found = [_with_acronym(mention, text, names) for mention in found if _is_said(mention, text)]
    acronyms = {mention.acronym_at for mention in found if mention.acronym}
    outside = (mention for mention in found if mention.start not in acronyms)
    return sorted(outside, key=lambda mention: (mention.start, -mention.end))


def _add(mention: EntryMention, found: list[EntryMention]) -> None:
    """Add a mention; one that holds others makes them inner ones, and a phrase inside another one becomes inner."""
    touching = [other for other in found if mention.start < other.end and other.start < mention.end]
    if all(_holds(mention, other) for other in touching) and not _is_free(mention, touching):
        found[:] = [replace(one, is_inner=True) if one in touching else one for one in found]
        found.append(mention)
    elif mention.name_kind == "description":
        around = [other for other in touching if _holds(other, mention)]
        if around and all(other.table != mention.table or other.name_kind == "description" for other in around):
            found.append(replace(mention, is_inner=True))


def _is_free(mention: EntryMention, touching: list[EntryMention]) -> bool:
    """Tell whether a mention is no more than others: one of the same words, or a new name of no kind that holds them."""
    return any(_holds(other, mention) for other in touching) or (bool(touching) and mention.is_guess)


def _holds(outer: EntryMention, inner: EntryMention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_said(mention: EntryMention, text: str) -> bool:
    """Tell whether a mention is no label, no part of an amount, and no actor before the first words of a report.

    An amount has "US$ 5", a report begins with "LIMA, 4 May 2006 - ", and a label is that of a line in a form,
    "Project Period: 2017", but not a giver: "Lantern Fund: $500".
    """
    label, sums = _LABEL.match(text), money(text)
    end = label.end() if label else 0
    is_giver = mention.table == ACTORS and any(one.start - end in (0, 1) for one in sums)
    is_label = mention.end <= end and not mention.known and not is_giver
    is_sum = any(one.start <= mention.start and mention.end <= one.end for one in sums)
    return not (is_label or is_sum or (mention.table == ACTORS and mention.end <= dateline(text)))


def _known(text: str, names: KnownNames) -> Iterator[EntryMention]:
    words = [match.span() for match in _WORD.finditer(text)]
    for start, end, known in names.longest(words, text):
        if known.cls != "Region" or not re.match(r" [A-Z]", text[end:]):  # "World Vision"
            yield of_known(text, start, end, known)


def _may_be_person(mention: EntryMention, text: str, persons: Persons) -> bool:
    """Tell whether a mention may name a person; only a suspected name may if a word for a body is before it."""
    if mention.table == PLACES or mention.is_body or _CALLED.search(text[: mention.start]):
        return persons.have(mention.words)
    return mention.table == ACTORS and mention.cls != "Post" and persons.may_have(mention.words)


def _numbered(text: str, names: KnownNames) -> Iterator[EntryMention]:
    """Yield resolutions and documents by their numbers."""
    for match in _NUMBERED.finditer(text):
        words = match[0].rstrip(" .,")
        kind = ("Instrument", "resolution") if "res" in words.lower() else ("Publication", "report")
        end = match.start() + len(words)
        yield EntryMention(match.start(), end, words, DOCUMENTS, *kind, "number", names.of(words))


def _posts(text: str) -> Iterator[EntryMention]:
    """Yield posts, such as the Executive Director; the name of the holder is left out."""
    yield from (EntryMention(*match.span(), match[0], ACTORS, "Post") for match in _POST.finditer(text))


def _state_bodies(text: str, names: KnownNames) -> Iterator[EntryMention]:
    """Yield bodies of a state in small letters: "the government of Italy", "the Belgian parliament"."""
    for match in _STATE_BODY.finditer(text):
        body, place, adjective, of_adjective = match.groups()
        country = names.of(place or adjective) or names.country(adjective or "")
        if country and country.cls == "Country":
            kind = BODIES[body or of_adjective]
            known = names.of(f"Government of {country.label}") if kind.code == "government" else None
            yield EntryMention(*match.span(), match[0], ACTORS, *kind, known=known)


def _named_by_parser(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    """Yield what a parser takes for an organization or a place; persons never."""
    for first, last, label in sentence.names:
        article = _ARTICLE.match(sentence.text, first, last)
        start = article.end() if article else first
        end = start + len(re.sub(r"(?:[’']s|\s*\([^)]*)$", "", sentence.text[start:last]))
        words = sentence.text[start:end]
        if not words or not words[0].isupper() or _NO_NAME.search(words) or len(words.split()) > _MOST_WORDS:
            continue
        if known := names.of(words):
            yield of_known(sentence.text, start, end, known)
        elif label in _KINDS_OF_PLACE:
            yield EntryMention(start, end, words, PLACES, _KINDS_OF_PLACE[label], is_guess=True)
        elif label == "ORG" and not _is_topic(words) and not are_people(words):
            cls = "Post" if re.search(rf"{POSTS.pattern}$", words) else "Organization"
            yield EntryMention(start, end, words, ACTORS, cls, name_kind=naming_of(words), is_guess=True)


def _is_topic(words: str) -> bool:
    capitals = {word.lower() for word in re.findall(r"\w+", words) if word[0].isupper()}
    return words.lower() in _COMMON or capitals <= LISTS["topic"]


def _with_acronym(mention: EntryMention, text: str, names: KnownNames) -> EntryMention:
    """Return a mention with the acronym that follows it in brackets, and the known entry of that."""
    match = _ACRONYM.match(text, mention.end)
    if match is None or mention.name_kind in ("acronym", "number") or mention.table == PLACES:
        return mention
    known = mention.known or names.of(match[1])
    if known and known.table != mention.table:
        known = None
    cls = known.cls if known else mention.cls
    return replace(mention, acronym=match[1], acronym_at=match.start(1), known=known, cls=cls)
