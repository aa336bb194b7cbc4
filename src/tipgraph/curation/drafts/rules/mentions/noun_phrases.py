"""Phrases by their head word: "a regional project on trafficking", "officials from five ministries"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, DOCUMENTS, UNDERTAKINGS, EntryMention
from tipgraph.curation.drafts.rules.parser.tokens import WordToken
from tipgraph.curation.drafts.words.lexicon import (
    BODIES,
    DOCUMENT_HEADS,
    GROUPS,
    HELPERS,
    LOOSE_GROUPS,
    MODIFIED,
    NEVER,
    POINTED_BODIES,
    STUDY,
    TOURS,
    UNDERTAKING_HEADS,
    UNITS,
    EntryKind,
)

_TAIL: Final = frozenset({"DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "VBG", "HYPH", "POS", "PRP$"})
_JOINED: Final = frozenset({"JJ", "NN", "NNS", "NNP", "VBG"})
_ENDS: Final = frozenset({",", ".", ":", "IN", "TO", "MD", "-LRB-", "-RRB-", "``", "''", "WDT", "PRP"})
_PLAIN: Final = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "CD", "HYPH"})
_NOT_FIRST: Final = frozenset({"POS", "CC", "RB", ",", "HYPH"})
_DETERMINERS: Final = frozenset({"DT", "PRP$", "WP$"})
_DEFINITE: Final = frozenset({"the", "this", "these", "its", "their", "that", "those"})
_LINKS: Final = {
    ACTORS: frozenset({"from", "of", "in"}),
    DOCUMENTS: frozenset({"on", "of", "for", "against", "about"}),
    UNDERTAKINGS: frozenset({"on", "of", "for", "against", "about", "to"}),
}
_HEADS: Final = ((UNDERTAKINGS, UNDERTAKING_HEADS), (DOCUMENTS, DOCUMENT_HEADS), (ACTORS, GROUPS))
_EVERY_HEAD: Final = frozenset(word for _, kinds in _HEADS for word in kinds)
_NAMES_OF_OTHERS: Final = frozenset({"Nations", "States", "Society"})
_OF_BODIES: Final = frozenset({"trust", "national", "regional", "central"})
_MOST_WORDS: Final = 12


def noun_phrases(text: str, tokens: Sequence[WordToken], dropped: Counter[str]) -> Iterator[EntryMention]:
    """Yield the phrases whose head is a word for an undertaking, a document or a group of actors; count victims."""
    for at, token in enumerate(tokens):
        if body := _plain_body(text, tokens, at):
            yield body
            continue
        if (meant := _meant(tokens, at)) is None:
            dropped["victims as an actor"] += token.lower in NEVER and token.relation == "nsubj"
            continue
        if meant[0] == ACTORS and _is_victim(tokens, at):
            dropped["victims as an actor"] += 1
            continue
        table, kind = meant
        first, is_definite = _without_determiner(tokens, _first(tokens, at), at)
        if _is_any(tokens, first, at):
            continue
        first = _of_series(tokens, first) if table == UNDERTAKINGS else first
        if token.lower in ("ngo", "organization", "organisation") and _is_named(tokens, at):
            continue
        start, end = tokens[first].start, tokens[_last(tokens, at, _LINKS[table])].end
        yield EntryMention(
            start, end, text[start:end], table, kind.cls, kind.code, "description", is_definite=is_definite
        )


def _plain_body(text: str, tokens: Sequence[WordToken], at: int) -> EntryMention | None:
    """Return the mention of a body without a name: "the fund", "the secretariat of the Network"."""
    token = tokens[at]
    if token.lower in POINTED_BODIES and (first := _pointing(tokens, at)) and _ends(tokens, at):
        kind, start = BODIES.get(token.lower, EntryKind("Organization")), tokens[first].start
        words = text[start : token.end]
        return EntryMention(start, token.end, words, ACTORS, kind.cls, kind.code, "pointer", is_definite=True)
    if token.lower in UNITS and _is_of_name(tokens, at):
        return EntryMention(token.start, token.end, token.text, ACTORS, "OrganizationalUnit", "", "description")
    return None


def _is_any(tokens: Sequence[WordToken], first: int, at: int) -> bool:
    """Tell whether a head word alone may mean anything: "activities", or a visit that is no study visit."""
    word = tokens[at].lower
    return (first == at and word in MODIFIED) or (word in TOURS and tokens[at - 1].lower not in STUDY)


def _pointing(tokens: Sequence[WordToken], at: int) -> int:
    """Return the first word after "the" in "the fund" or "the trust fund"; 0 if no such word points to a body."""
    first = at - 1 if at and tokens[at - 1].lower in _OF_BODIES else at
    return first if first and tokens[first - 1].lower in ("the", "this") else 0


def _ends(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a word is the end of its phrase: no noun and no "of" follows."""
    return at + 1 == len(tokens) or not (tokens[at + 1].is_noun or tokens[at + 1].lower in ("of", "for", "-"))


def _is_of_name(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a name follows after "of": "the secretariat of the Network"."""
    words = [one.lower for one in tokens[at + 1 : at + 3]]
    name = at + 3 if words[1:] and words[1] in ("the", "its") else at + 2
    is_new = {"a", "an"} & {one.lower for one in tokens[max(0, at - 2) : at]}  # "it is a unit of the Network"
    return not is_new and words[:1] == ["of"] and name < len(tokens) and tokens[name].text[0].isupper()


def _is_named(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a name follows: "the NGO Terra Nova"."""
    return at + 2 < len(tokens) and all(token.text[0].isupper() for token in tokens[at + 1 : at + 3])


def _meant(tokens: Sequence[WordToken], at: int) -> tuple[str, EntryKind] | None:
    """Return the table and kind of a head word; None for another word."""
    token = tokens[at]
    is_noun = token.is_noun or (token.lower in UNDERTAKING_HEADS and token.tag == "VBG")
    if not is_noun or _is_before_noun(tokens, at):
        return None
    if token.lower == "members" and at + 1 < len(tokens) and tokens[at + 1].lower in ("are", "were", "include", ":"):
        return None
    if token.text in _NAMES_OF_OTHERS and not (at and tokens[at - 1].text == "Member"):
        return None
    return next(((table, kinds[token.lower]) for table, kinds in _HEADS if token.lower in kinds), None)


def _is_before_noun(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a word only describes the next noun: "project officer", "police and immigration officers"."""
    following = tokens[at + 1 : at + 3]
    is_joined = [one.tag[:2] for one in following] == ["CC", "NN"] and at + 3 < len(tokens)
    if tokens[at].lower == "police" and is_joined and tokens[at + 3].lower in GROUPS:
        return True
    if [one.text for one in following[:1]] == ["/"] and following[-1].lower in _EVERY_HEAD:
        return True  # "workshop/seminar"
    is_noun = bool(following) and following[0].is_noun
    return is_noun and (following[0].lower in _EVERY_HEAD or tokens[at].relation == "compound")


def _is_victim(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a head word of a group means victims: "sex workers" and "groups of women", not "social workers"."""
    before, after = (tokens[place].lower if 0 <= place < len(tokens) else "" for place in (at - 1, at + 2))
    if tokens[at].lower in ("workers", "worker"):
        return before not in HELPERS
    return before in NEVER or (tokens[at].lower in LOOSE_GROUPS and after in NEVER)


def _first(tokens: Sequence[WordToken], at: int) -> int:
    """Return the first token of the phrase of a head."""
    first = at
    while (
        first
        and at - first < _MOST_WORDS
        and (_belongs(tokens[first - 1], first - 1, at) or _joins_adjectives(tokens, first - 1, at))
    ):
        if _is_done_by_name(tokens, first - 1):
            break
        first -= 1
    while first < at and (not tokens[first].text[0].isalnum() or tokens[first].tag in _NOT_FIRST):
        first += 1
    return first


def _is_done_by_name(tokens: Sequence[WordToken], at: int) -> bool:
    """Tell whether a word is rather the verb of a name before it: "the Clara Foundation trained teachers"."""
    return at > 0 and tokens[at].tag in ("VBD", "VBN") and tokens[at - 1].tag in ("NNP", "NNPS")


def _belongs(token: WordToken, place: int, head: int) -> bool:
    if token.text == "/":
        return True
    if token.tag in _ENDS:
        return False
    if token.head >= 0:
        return place < token.head <= head or token.tag in ("HYPH", "DT", "PRP$", "POS")
    return token.tag in _PLAIN or (token.is_verb and "-" in token.text) or token.lower in UNDERTAKING_HEADS


def _joins_adjectives(tokens: Sequence[WordToken], at: int, head: int) -> bool:
    """Tell whether a word is in a list of two adjectives of the head: "national and international experts"."""
    if tokens[at].tag == "CC":
        before, after = (tokens[place].tag if 0 <= place < head else "" for place in (at - 1, at + 1))
        return before == after == "JJ"
    return tokens[at].tag == "JJ" and tokens[at + 1].tag == "CC" and at + 1 < head


def _without_determiner(tokens: Sequence[WordToken], first: int, at: int) -> tuple[int, bool]:
    """Return the first token without a determiner, and whether that points to something named before."""
    if first < at and tokens[first].tag in _DETERMINERS:
        return first + 1, tokens[first].lower in _DEFINITE
    return first, False


def _of_series(tokens: Sequence[WordToken], first: int) -> int:
    """Return the first token with the words "series of" before it."""
    return first - 2 if [one.lower for one in tokens[max(0, first - 2) : first]] == ["series", "of"] else first


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
    is_date = link == "on" and first.tag == "CD"
    is_cut = end + 1 < len(tokens) and tokens[end + 1].text == "/"  # "plan of the IOM/CIM project"
    is_event = link == "in" and tokens[end].lower in UNDERTAKING_HEADS  # "police in the training"
    return is_date or is_cut or is_event or (link == "to" and first.tag == "VB")


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
    nouns = takewhile(lambda token: token.tag in _TAIL, tokens[at + 1 : at + _MOST_WORDS])
    *_, last = nouns
    return last.lower not in GROUPS
