"""The mentions of a sentence: known names, names of bodies, names that a parser finds, and phrases, in this order.

A longer mention makes those inside it inner ones; one that only overlaps another is left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from tipgraph.curation.drafts.person_gate import PersonGate, are_people
from tipgraph.curation.drafts.rules.mentions.names import (
    ACTORS,
    DOCUMENTS,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
    body_names,
    naming_of,
    of_known,
)
from tipgraph.curation.drafts.rules.parser.tokens import Parsed, WordToken
from tipgraph.curation.drafts.words.figures import money
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import (
    BODIES,
    DOCUMENT_HEADS,
    GROUPS,
    LISTS,
    NEVER,
    POSTS,
    UNDERTAKING_HEADS,
    EntryKind,
)

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
_WORD: Final = re.compile(r"(?:[A-Z]\.)+|\w+|\S")
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\d\n@<>{}|;:]|, | and the ")
_KINDS_OF_PLACE: Final = {"GPE": "City", "LOC": "Region", "FAC": "Venue"}
_TAIL: Final = frozenset({"DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "VBG", "HYPH", "POS", "PRP$"})
_JOINED: Final = frozenset({"JJ", "NN", "NNS", "NNP", "VBG"})
_ENDS: Final = frozenset({",", ".", ":", "IN", "TO", "MD", "-LRB-", "-RRB-", "``", "''", "WDT", "PRP"})
_NOT_FIRST: Final = frozenset({"POS", "CC", "RB", ",", "HYPH"})
_DETERMINERS: Final = frozenset({"DT", "PRP$", "WP$"})
_DEFINITE: Final = frozenset({"the", "this", "these", "its", "their", "that", "those"})
_LINKS: Final = {
    ACTORS: frozenset({"from", "of", "in"}),
    DOCUMENTS: frozenset({"on", "of", "for", "against", "about"}),
    UNDERTAKINGS: frozenset({"on", "of", "for", "against", "about", "to"}),
}
_HEADS: Final = ((UNDERTAKINGS, UNDERTAKING_HEADS), (DOCUMENTS, DOCUMENT_HEADS), (ACTORS, GROUPS))
_POST: Final = EntryKind("Post")
_OF_MINISTER: Final = frozenset({"of", "for"})
_OF_POST: Final = frozenset({"of", "at", "for"})
_MOST_WORDS: Final = 12


def mentions(sentence: Parsed, names: KnownNames, gate: PersonGate, dropped: Counter[str]) -> list[EntryMention]:
    """Return the mentions of a sentence in its order, an outer one before those inside it.

    `gate` knows the persons of the text. `dropped` counts what was left out: persons and victims, who are never an
    actor.
    """
    text, found = sentence.text, list[EntryMention]()
    every = (
        *_known(text, names),
        *_numbered(text, names),
        *body_names(text, names),
        *_state_bodies(text, names),
        *_named_by_parser(sentence, names),
        *_phrases(text, sentence.tokens, dropped),
    )
    for mention in every:
        paragraph = sentence.sentence.paragraph
        may_be_person = mention.table in (ACTORS, PLACES) and mention.name_kind != "description"
        if mention.known or not (may_be_person and gate.may_be(mention.words, mention.table, paragraph)):
            _add(mention, found)
        else:
            dropped["a person as an actor"] += 1
    sums = money(text)
    found = [
        _with_acronym(mention, text, names)
        for mention in found
        if not any(one.start <= mention.start and mention.end <= one.end for one in sums)
    ]  # "US$ 5"
    acronyms = {mention.acronym_at for mention in found if mention.acronym}
    outside = (mention for mention in found if mention.start not in acronyms)
    return sorted(outside, key=lambda mention: (mention.start, -mention.end))


def _add(mention: EntryMention, found: list[EntryMention]) -> None:
    """Add a mention; one that holds others makes them inner ones, and a phrase inside another one becomes inner."""
    touching = [other for other in found if mention.start < other.end and other.start < mention.end]
    around = [other for other in touching if _holds(other, mention)]
    if around and _is_phrase_within(mention, around):
        found.append(replace(mention, is_inner=True))
    elif all(_holds(mention, other) for other in touching) and not (around or (touching and mention.is_guess)):
        found[:] = [replace(one, is_inner=True) if one in touching else one for one in found]
        found.append(mention)


def _is_phrase_within(mention: EntryMention, around: Sequence[EntryMention]) -> bool:
    """Tell whether a phrase inside other mentions is more than a part of one of the same table."""
    is_other = all(other.table != mention.table or other.name_kind == "description" for other in around)
    return mention.name_kind == "description" and is_other


def _holds(outer: EntryMention, inner: EntryMention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _known(text: str, names: KnownNames) -> Iterator[EntryMention]:
    words = [match.span() for match in _WORD.finditer(text)]
    for start, end, known in names.longest(words, text):
        may_go_on = known.cls == "Region" or (known.table == ACTORS and end - start == 2)  # "World Vision", "UN Women"
        if not (may_go_on and re.match(r" [A-Z]", text[end:])):
            yield of_known(text, start, end, known)


def _numbered(text: str, names: KnownNames) -> Iterator[EntryMention]:
    """Yield resolutions and documents by their numbers."""
    for match in _NUMBERED.finditer(text):
        words = match[0].rstrip(" .,")
        kind = ("Instrument", "resolution") if "res" in words.lower() else ("Publication", "report")
        end = match.start() + len(words)
        yield EntryMention(match.start(), end, words, DOCUMENTS, *kind, "number", names.of(words))


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
        elif label == "ORG" and not are_people(words):
            cls = "Post" if re.search(rf"{POSTS.pattern}$", words) else "Organization"
            yield EntryMention(start, end, words, ACTORS, cls, name_kind=naming_of(words), is_guess=True)


def _with_acronym(mention: EntryMention, text: str, names: KnownNames) -> EntryMention:
    """Return a mention with the acronym that follows it in brackets, and the known entry of that."""
    match = _ACRONYM.match(text, mention.end)
    if match is None or mention.name_kind in ("acronym", "number") or mention.table == PLACES:
        return mention
    known = mention.known or names.of(match[1])
    if known and known.table != mention.table:
        known = None
    cls = known.cls if known else mention.cls
    names.acronyms[match[1]] = mention.table, cls
    return replace(mention, acronym=match[1], acronym_at=match.start(1), known=known, cls=cls)


def _phrases(text: str, tokens: Sequence[WordToken], dropped: Counter[str]) -> Iterator[EntryMention]:
    """Yield the phrases whose head is a word for an undertaking, a document or a group of actors; count victims."""
    for at, token in enumerate(tokens):
        if _points_to_body(tokens, at):
            kind = BODIES.get(token.lower, EntryKind("Organization"))
            words = text[token.start : token.end]
            yield EntryMention(token.start, token.end, words, ACTORS, *kind, "pointer", is_definite=True)
        elif (meant := _meant(tokens, at)) and not (meant[0] == ACTORS and _is_victim(tokens, at)):
            yield from _phrase(text, tokens, at, *meant)
        else:
            dropped["victims as an actor"] += bool(meant) or (token.lower in NEVER and token.relation == "nsubj")


def _phrase(text: str, tokens: Sequence[WordToken], at: int, table: str, kind: EntryKind) -> Iterator[EntryMention]:
    """Yield the mention of a phrase without its determiner; none if its head alone may mean anything: "activities"."""
    token, first, is_definite, is_post = tokens[at], _first(tokens, at), False, kind == _POST
    if first < at and tokens[first].tag in _DETERMINERS:
        first, is_definite = first + 1, tokens[first].lower in _DEFINITE
    last = _last(tokens, at, _OF_MINISTER if token.lower == "minister" else frozenset() if is_post else _LINKS[table])
    is_any = token.lower in LISTS["modified"] and first == at
    if not (is_any or (token.lower in LISTS["tours"] and tokens[at - 1].lower not in LISTS["study"])):
        start, end = tokens[first].start, tokens[last].end
        name_kind = "name" if is_post and token.text[0].isupper() else "description"
        yield EntryMention(start, end, text[start:end], table, *kind, name_kind, is_definite=is_definite)


def _points_to_body(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a word points to a body that was named before, as "the fund" does."""
    is_pointing = tokens[at].lower in LISTS["pointed bodies"] and at and tokens[at - 1].lower in ("the", "this")
    after = tokens[at + 1 : at + 2]
    return bool(is_pointing) and not any(one.is_noun or one.lower in ("of", "for", "-") for one in after)


def _meant(tokens: Sequence[WordToken], at: int) -> tuple[str, EntryKind] | None:
    """Return the table and kind of a head word; None for another word, and for one that describes the next noun."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    is_noun = token.is_noun or (token.lower in UNDERTAKING_HEADS and token.tag == "VBG")
    is_before_noun = any(one.is_noun or one.text == "/" for one in after) and token.relation in ("compound", "nmod")
    if not is_noun or is_before_noun:
        return None
    meant = next(((table, kinds[token.lower]) for table, kinds in _HEADS if token.lower in kinds), None)
    is_post = meant is not None and meant[1] == _POST and token.text.islower()
    return None if is_post and not (after and after[0].lower in _OF_POST) else meant


def _is_victim(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a head word of a group means victims: "sex workers" and "groups of women", not "social workers"."""
    before, after = (tokens[place].lower if 0 <= place < len(tokens) else "" for place in (at - 1, at + 2))
    if tokens[at].lower in ("workers", "worker"):
        return before not in LISTS["helpers"]
    return before in NEVER or (tokens[at].lower in LISTS["loose groups"] and after in NEVER)


def _first(tokens: Sequence[WordToken], at: int) -> int:
    """Return the first token of the phrase of a head, whose words depend on it."""
    first = at
    while first and at - first < _MOST_WORDS and _belongs(tokens[first - 1], first - 1, at):
        first -= 1
    while first < at and (not tokens[first].text[0].isalnum() or tokens[first].tag in _NOT_FIRST):
        first += 1
    return first


def _belongs(token: WordToken, place: int, head: int) -> bool:
    is_bound = place < token.head <= head or token.tag in ("HYPH", "DT", "PRP$", "POS")
    return token.text == "/" or (is_bound and token.tag not in _ENDS)


def _last(tokens: Sequence[WordToken], at: int, links: frozenset[str]) -> int:
    """Return the last token of a phrase: with what it is about, or where a group comes from."""
    last = at
    while last + 2 < len(tokens) and last - at < _MOST_WORDS and tokens[last + 1].lower in links:
        end = _end_of_tail(tokens, last + 2)
        if end < last + 2 or _is_no_tail(tokens, last + 1, end):
            break
        last = end
        links = frozenset({"of", "in"}) if tokens[last].lower == "trafficking" else frozenset({"of"})
    return last


def _is_no_tail(tokens: Sequence[WordToken], at: int, end: int) -> bool:
    """Tell whether words after a preposition do not belong to the phrase before: a date, an aim, or an event."""
    link, first = tokens[at].lower, tokens[at + 1]
    is_cut = end + 1 < len(tokens) and tokens[end + 1].text == "/"  # "plan of the IOM/CIM project"
    is_event = link == "in" and tokens[end].lower in UNDERTAKING_HEADS  # "police in the training"
    return (link, first.tag) in (("on", "CD"), ("to", "VB")) or is_cut or is_event


def _end_of_tail(tokens: Sequence[WordToken], at: int) -> int:
    """Return the last token of the words after a preposition."""
    end = at
    while end < len(tokens) and end - at < _MOST_WORDS and (tokens[end].tag in _TAIL or _is_joint(tokens, end)):
        end += 1
    end -= 1
    while end >= at and not (tokens[end].is_noun or tokens[end].tag in ("VBG", "CD")):
        end -= 1
    return end


def _is_joint(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether an "and" goes on with the words for one entry: not in "staff of the service and other officials"."""
    if tokens[at].tag != "CC" or at + 1 == len(tokens) or tokens[at + 1].tag not in _JOINED:
        return False
    nouns = tokens[at + 1 : _end_of_tail(tokens, at + 1) + 1]
    return bool(nouns) and nouns[-1].lower not in GROUPS
