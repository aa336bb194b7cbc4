"""The mentions of a sentence: known names, names of bodies, names that a parser finds, and phrases, in this order.

A longer mention makes those inside it inner ones; one that only overlaps another is left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from tipgraph.curation.drafts.rules.mentions.body_names import body_names
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    DOCUMENTS,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
    naming_of,
    of_known,
)
from tipgraph.curation.drafts.rules.mentions.noun_phrases import noun_phrases
from tipgraph.curation.drafts.rules.mentions.persons import Persons, are_people
from tipgraph.curation.drafts.rules.parser.tokens import Parsed, dateline
from tipgraph.curation.drafts.words.figures import money
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import (
    BODIES,
    DOCUMENT_HEADS,
    GROUPS,
    POSTS,
    TOPIC,
    UNDERTAKING_HEADS,
)

_ACRONYM: Final = re.compile(r"\s*\(\s*(?:the\s+)?[“\"]?((?=\S*[A-Z]\S*[A-Z])[A-Z][A-Za-z&/-]{1,11})[”\"]?\s*\)")
_WITHOUT_ACRONYM: Final = frozenset({"acronym", "number", "title"})
_NUMBERED: Final = re.compile(
    r"""\b(?:AG/RES|CP/RES|CP/doc|A/RES|S/RES|E/RES|CIM/RES|A/HRC/RES|A/C\.\d|OEA/Ser|CD/doc)[./]?\s?[\w./-]*\d[\w/-]*
    (?:\s\([A-Z]+-?O?/\d\d\))?|\b[Rr]esolutions?\s(?:No\.\s?)?\d+(?:/\d+)?(?:\s\(\w+\))?""",
    re.VERBOSE,
)
_STATE_BODY: Final = re.compile(
    r"""\b(?:(?:national|federal|central)\s)?(?P<of>government|embassy|parliament|police)\sof\s(?:the\s)?
    (?P<place>[A-Z]\w+(?:\s[A-Z]\w+){0,2})
    |\b(?P<adjective>[A-Z][a-z]+|US|U\.S\.|UK)(?:[’']s)?\s(?:(?:national|federal|central)\s)?(?P<body>government|embassy|parliament)\b""",
    re.VERBOSE,
)
_MISSION: Final = re.compile(r"\b(?:[Ee]mbassy|[Cc]onsulate|Mission)\b")
_AT_SEAT: Final = {PLACES: re.compile(r"\sin\s(?:the\s)?"), ACTORS: re.compile(r"\sto\s(?:the\s)?")}
_TITLE: Final = re.compile(r"[“\"]\W?([A-Z][^”\"]{8,200}?)\W?[”\"]")
_TITLE_REACH: Final = 40  # characters between an undertaking or document and its title
_POST: Final = re.compile(
    rf"""(?:(?:[A-Z]{{2,}}|[A-Z][a-z]+(?:an|ese|ish|ch|i))\s)?(?:[Aa]nti-[A-Z][\w-]+\s|Anti-Trafficking\sin\sPersons\s(?:\(\w+\)\s)?)?(?:{POSTS.pattern})\b
    (?:(?<=Minister)\s(?:of|for)\s(?:the\s)?[A-Z][a-z]+(?:\s(?:and|of)\s[A-Z][a-z]+|\s[A-Z][a-z]+)*)?
    (?:\s(?:on|against)\s(?:the\s)?[A-Z]\w+(?:\s(?:in|and|of)\s[A-Z]\w+|\s[A-Z]\w+)*)?""",
    re.VERBOSE,
)
_ENDS_POST: Final = re.compile(rf"(?:{POSTS.pattern})$", re.VERBOSE)
_LOWER_POST: Final = r"""(?:(?:executive|acting|deputy|regional|national|programme|program|project|legal|managing
    |general)\s)*(?:director|coordinator|president|chairperson|chairman|chairwoman|chair|ambassador|spokesperson
    |spokeswoman|spokesman|head|chief|manager|officer|adviser|advisor|secretary[- ]general|representative|minister
    |founder|lawyer)"""
_PLAIN_POST: Final = re.compile(
    rf"""(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|as|by|and)|,|^)\s?(?:[a-z]+\s)?(?P<post>{_LOWER_POST})(?=\s(?:of|at|for)\s(?:the\s)?[A-Z])""",
    re.VERBOSE,
)
_CALLED: Final = re.compile(
    r"""\b(?:NGOs?|organi[sz]ations?|associations?|network|charity|foundation|institution|group)
    (?:,?\s(?:such\ as|including|called|named))?\s+[“"]?$""",
    re.VERBOSE,
)
_BEFORE_POST: Final = re.compile(r"(?:^|,|\b(?:the|a|an|its|by|and|with|to))\s*$", re.IGNORECASE)
_LABEL: Final = re.compile(r"\W*[A-Z][\w/’-]*(?:\s(?:[A-Z][\w/’-]*|of|and|the|for)){0,5}\s*:")
_WORD: Final = re.compile(r"(?:[A-Z]\.)+|\w+|\S")
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\d\n@<>{}|;:]|, | and the ")
_KINDS_OF_PLACE: Final = {"GPE": "City", "LOC": "Region", "FAC": "Venue"}
_COMMON: Final = frozenset((*UNDERTAKING_HEADS, *DOCUMENT_HEADS, *GROUPS))  # alone they name no body: "Project"
_MOST_WORDS: Final = 12
_MOST_OF_PLACE: Final = 4


def mentions(sentence: Parsed, names: KnownNames, persons: Persons, dropped: Counter[str]) -> list[EntryMention]:
    """Return the mentions of a sentence in its order, an outer one before those inside it.

    `persons` are those of the whole text. `dropped` counts what was left out: persons and victims, who are never an
    actor.
    """
    found = _Found([])
    for step in (_known, _numbered, _posts, _bodies, _state_bodies):
        found.add(_without_persons(step(sentence, names), sentence.text, persons, dropped))
    found.add_free(_without_persons(_named_by_parser(sentence, names), sentence.text, persons, dropped))
    numbers = {mention.start for mention in found.every if mention.name_kind == "number"}
    every_phrase = noun_phrases(sentence.text, sentence.tokens, dropped)
    phrases = _without_persons(every_phrase, sentence.text, persons, dropped)
    found.add(phrase for phrase in phrases if not numbers & {phrase.end + 1, phrase.end + 2})  # "Resolution A/RES/1"
    found.add(_titles(sentence.text, found.every))
    _add_missions(sentence.text, found)
    every = [_with_acronym(mention, sentence.text, names) for mention in _said(found.every, sentence.text)]
    acronyms = {mention.acronym_at for mention in every if mention.acronym}
    outside = (mention for mention in every if mention.start not in acronyms)
    return sorted(outside, key=lambda mention: (mention.start, -mention.end))


def _add_missions(text: str, found: "_Found") -> None:
    """Add embassies and missions with where they are, in place of those without."""
    missions = list(_missions(text, found.every))
    found.every[:] = [one for one in found.every if one.is_inner or all(one.start != each.start for each in missions)]
    found.add(missions)


def _said(found: Iterable[EntryMention], text: str) -> Iterator[EntryMention]:
    """Yield the mentions that are no label, no part of an amount, and no actor before the first words of a report.

    An amount has "US$ 5", a report begins with "LIMA, 4 May 2006 - ", and a label is that of a line in a form,
    "Project Period: 2017", but not a giver: "Lantern Fund: $500".
    """
    start, label, sums = dateline(text), _LABEL.match(text), money(text)
    end = label.end() if label else 0
    for mention in found:
        is_giver = mention.table == ACTORS and any(one.start - end in (0, 1) for one in sums)
        is_label = mention.end <= end and not mention.known and not is_giver
        is_sum = any(one.start <= mention.start and mention.end <= one.end for one in sums)
        if not (is_label or is_sum) and (mention.table != ACTORS or mention.end > start):
            yield mention


class _Found(NamedTuple):
    """The mentions found so far. One is inside another, or apart from it."""

    every: list[EntryMention]

    def add(self, mentions_found: Iterable[EntryMention]) -> None:
        """Add mentions; one that holds others makes them inner ones, and a phrase inside another one becomes inner."""
        for mention in mentions_found:
            touching = self._touching(mention)
            around = [other for other in touching if _holds(other, mention)]
            if around:
                if _is_phrase_within(mention, around):
                    self.every.append(replace(mention, is_inner=True))
            elif all(_holds(mention, other) and not _is_name_of(other, mention) for other in touching):
                self.every[:] = [replace(one, is_inner=True) if one in touching else one for one in self.every]
                self.every.append(mention)

    def add_free(self, mentions_found: Iterable[EntryMention]) -> None:
        """Add mentions that touch no other one."""
        for mention in mentions_found:
            if not self._touching(mention):
                self.every.append(mention)

    def _touching(self, mention: EntryMention) -> list[EntryMention]:
        return [other for other in self.every if mention.start < other.end and other.start < mention.end]


def _is_name_of(name: EntryMention, phrase: EntryMention) -> bool:
    """Tell whether a name is better than the phrase that holds it, such as "Lima Plan" than "Lima Plan for 2006".

    A phrase of the name and one head word, such as "SAF Consultation meeting", is better than the name.
    """
    is_headed = phrase.words.startswith(f"{name.words} ") and phrase.words.count(" ") == name.words.count(" ") + 1
    is_both = phrase.name_kind == "description" and name.name_kind == "name"
    return is_both and name.table == phrase.table != ACTORS and not is_headed


def _is_phrase_within(mention: EntryMention, around: Iterable[EntryMention]) -> bool:
    """Tell whether a phrase inside other mentions is more than a part of one of the same table."""
    is_other = all(other.table != mention.table or other.name_kind == "description" for other in around)
    return mention.name_kind == "description" and is_other


def _holds(outer: EntryMention, inner: EntryMention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _known(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    words = [match.span() for match in _WORD.finditer(sentence.text)]
    for start, end, known in names.longest(words, sentence.text):
        is_part = known.cls == "Region" and re.match(r" [A-Z]", sentence.text[end:])
        if not is_part:  # "World Vision"
            yield of_known(sentence.text, start, end, known)


def _without_persons(
    mentions_found: Iterable[EntryMention], text: str, persons: Persons, dropped: Counter[str]
) -> Iterator[EntryMention]:
    """Yield mentions without new actors and places whose name may be that of a person; count those."""
    for mention in mentions_found:
        if not mention.known and _may_be_person(mention, text, persons):
            dropped["a person as an actor"] += 1
        else:
            yield mention


def _may_be_person(mention: EntryMention, text: str, persons: Persons) -> bool:
    """Tell whether a mention may name a person; only a suspected name may if a word for a body is before it."""
    if mention.table == PLACES or mention.is_body or _CALLED.search(text[: mention.start]):
        return persons.have(mention.words)
    return mention.table == ACTORS and mention.cls != "Post" and persons.may_have(mention.words)


def _numbered(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    """Yield resolutions and documents by their numbers."""
    for match in _NUMBERED.finditer(sentence.text):
        words = match[0].rstrip(" .,")
        cls, code = ("Instrument", "resolution") if "res" in words.lower() else ("Publication", "report")
        end = match.start() + len(words)
        yield EntryMention(match.start(), end, words, DOCUMENTS, cls, code, "number", names.of(words))


def _posts(sentence: Parsed, _: KnownNames) -> Iterator[EntryMention]:
    """Yield posts, such as the Executive Director; the name of the holder is left out."""
    for match in _POST.finditer(sentence.text):
        if _BEFORE_POST.search(sentence.text[: match.start()]):
            yield EntryMention(*match.span(), match[0], ACTORS, "Post")

    for match in _PLAIN_POST.finditer(sentence.text):
        yield EntryMention(*match.span("post"), match["post"], ACTORS, "Post", name_kind="description")


def _state_bodies(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    """Yield bodies of a state in small letters: "the government of Italy", "the Belgian parliament"."""
    for match in _STATE_BODY.finditer(sentence.text):
        country = names.of(match["place"]) if match["of"] else names.of(match["adjective"])
        country = country or names.country(match["adjective"] or "")
        if country and country.cls == "Country":
            kind = BODIES[match["of"] or match["body"]]
            known = names.of(f"Government of {country.label}") if kind.code == "government" else None
            yield EntryMention(*match.span(), match[0], ACTORS, kind.cls, kind.code, known=known)


def _bodies(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    return body_names(sentence, names)


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
        elif label in _KINDS_OF_PLACE and len(words.split()) <= _MOST_OF_PLACE:
            yield EntryMention(start, end, words, PLACES, _KINDS_OF_PLACE[label])
        elif label == "ORG" and not _is_topic(words) and not are_people(words):
            yield _new_actor(start, end, words)


def _new_actor(start: int, end: int, words: str) -> EntryMention:
    """Return the mention of a name that is that of a post if it ends with one, and else that of a body."""
    cls = "Post" if _ENDS_POST.search(words) else "Organization"
    return EntryMention(start, end, words, ACTORS, cls, name_kind=naming_of(words))


def _is_topic(words: str) -> bool:
    return words.lower() in _COMMON or all(
        word.lower() in TOPIC or not word[0].isupper() for word in re.findall(r"\w+", words)
    )


def _titles(text: str, found: list[EntryMention]) -> Iterator[EntryMention]:
    """Yield titles in quotation marks, of the undertaking or document right before them."""
    for match in _TITLE.finditer(text):
        owner = _owner(found, match.start())
        if owner and sum(word[0].isupper() for word in match[1].split()) > 1:
            yield EntryMention(*match.span(1), match[1], owner.table, owner.cls, owner.code, "title", owner.known)


def _missions(text: str, found: Iterable[EntryMention]) -> Iterator[EntryMention]:
    """Yield embassies and missions with where they are: "the US Embassy in Lima"."""
    for mission in [one for one in found if not one.is_inner and one.table == ACTORS and not one.known]:
        for seat in found if _MISSION.search(mission.words) else ():
            gap = text[mission.end : seat.start] if not seat.is_inner else ""
            if seat.table in _AT_SEAT and _AT_SEAT[seat.table].fullmatch(gap):
                yield replace(mission, end=seat.end, words=text[mission.start : seat.end])


def _owner(found: list[EntryMention], at: int) -> EntryMention | None:
    before = [one for one in found if one.end <= at and one.table in (UNDERTAKINGS, DOCUMENTS)]
    nearest = max(before, key=lambda one: one.end, default=None)
    return nearest if nearest and at - nearest.end < _TITLE_REACH else None


def _with_acronym(mention: EntryMention, text: str, names: KnownNames) -> EntryMention:
    """Return a mention with the acronym that follows it in brackets, and the known entry that has most of its words."""
    match = _ACRONYM.match(text, mention.end)
    if match is None or mention.name_kind in _WITHOUT_ACRONYM or mention.table == PLACES:
        return mention
    known = mention.known or names.of(match[1])
    if known and not mention.known and (known.table != mention.table or not _are_alike(known.label, mention.words)):
        known = None
    cls = known.cls if known else mention.cls
    return replace(mention, acronym=match[1], acronym_at=match.start(1), known=known, cls=cls)


def _are_alike(label: str, words: str) -> bool:
    """Tell whether two names share most of their words."""
    one, other = (set(re.findall(r"\w{3,}", name.lower())) for name in (label, words))
    return 2 * len(one & other) > min(len(one), len(other))
