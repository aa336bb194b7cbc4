"""Mentions: phrases that name an entry. A name in capitals is that of a body if its words say so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tipgraph.curation.drafts.words.known_names import Known, KnownNames
from tipgraph.curation.drafts.words.lexicon import (
    BODIES,
    DOCUMENT_HEADS,
    LISTS,
    POSTS,
    UNDERTAKING_HEADS,
    EntryKind,
)
from tipgraph.sources import person_names

ACTORS: Final = "actors"
DOCUMENTS: Final = "documents"
PLACES: Final = "places"
UNDERTAKINGS: Final = "undertakings"
EVENT_CLASSES: Final = frozenset({"Event", "EventSeries"})
GROUP_CLASSES: Final = frozenset({"Group", "Post"})
"""The classes of actors that have no name of their own."""
_AFTER_HEAD: Final = re.compile(r"\s(?:of|on|for|from|in|to|against|about)\s", re.IGNORECASE)


@dataclass(frozen=True)
class EntryMention:
    """A phrase that names an entry: its offsets in the sentence, its words, and the table and class of the entry.

    `known` is the entry of the graph, or None for a new one. `code` is its kind of actor, undertaking or document, and
    `name_kind` the code of its naming. An inner mention is part of another one: a country in the name of its ministry.
    The words beside a mention may say that it is a body: "Lantern Harbour, an NGO". A guess is that of a parser alone.
    """

    start: int
    end: int
    words: str
    table: str
    cls: str
    code: str = ""
    name_kind: str = "name"
    known: Known | None = None
    acronym: str = ""
    acronym_at: int = 0
    is_definite: bool = False
    is_inner: bool = False
    is_body: bool = False
    is_guess: bool = False

    @property
    def head(self) -> str:
        """The last word before a preposition, in lower case."""
        return head_of(self.words)


def head_of(words: str) -> str:
    """Return the head word of a phrase, in lower case.

    >>> head_of("Regional Meeting on Trafficking")
    'meeting'
    """
    return _AFTER_HEAD.split(words)[0].split()[-1].lower().rstrip(".")


def of_known(text: str, start: int, end: int, known: Known, name_kind: str = "") -> EntryMention:
    """Return the mention of an entry of the graph."""
    words = text[start:end]
    return EntryMention(start, end, words, known.table, known.cls, name_kind=name_kind or naming_of(words), known=known)


def is_acronym(words: str) -> bool:
    """Tell whether a name is one word of capitals."""
    return words.isupper() and " " not in words and "." not in words


def naming_of(name: str) -> str:
    """Return the code of the naming by a name: `acronym` or `name`."""
    return "acronym" if is_acronym(name) else "name"


_CAPITAL: Final = r"(?:[A-ZÀ-Þ][\w’'.&-]*|[A-Z]+/[A-Z]+)"
_LINK: Final = r"(?:of|for|on|the|and|in|to|against|de|la|del|y|&|des|et)"
_NAME: Final = re.compile(
    rf"\b{_CAPITAL}(?:\s+(?:{_LINK}\s+){{0,3}}{_CAPITAL}(?![\w$])"
    rf"|,\s+{_CAPITAL}(?:(?=\s+and\s+{_CAPITAL})|,\s+and\s+{_CAPITAL}(?!\s+[A-Z]))|,\s+Especially\s+{_CAPITAL})*"
)
_BEFORE: Final = re.compile(
    rf"(?:(?:{'|'.join(LISTS['before names'])})\s+(?:(?:to|with|of|by|in|from)\s+)?(?:the\s+)?)+"
    rf"|{POSTS.pattern}\s+(?:of|for|at|to)\s+(?:the\s+)?(?:{_CAPITAL}\s+to\s+the\s+)?"
)
_JOINT: Final = re.compile(r",?\s+(and)\s+(?:the\s+)?|([’']s)\s+|(,)\s+|\s+(of|in)\s+(?:the\s+)?|\s+(to|for)\s+the\s+")
_END: Final = re.compile(r"(?:[’']s|[.,’'])*$")
_INNER_LINK: Final = re.compile(r"\s(?:of|for|on|to|against)\s")
_BODY: Final = "NGO|organi[sz]ation|charity|foundation|network|association|coalition|agency|institute"
_EXPLAINED: Final = re.compile(
    r"(?:\s\([^)]*\))?,?\s+(?:(?:is|was)\s+)?(?:an?|the first|one of the)\s+"
    rf"(?:(?!of|for|in)[\w-]+\s+){{0,4}}(?:{_BODY})s?\b(?!-)"
    r"|,?\s+(?:which\s+)?(?:(?:was|were)\s+(?:\w+ly\s+|first\s+)?)?(?:founded|established|set up|formed|created)\b"
)
_LONGEST_PRONOUN: Final = 5  # letters: "There"
_LEAST_ACRONYM: Final = 3
_NO_PERSONS: Final = person_names.NameWords()
_TABLES: Final = ((ACTORS, BODIES), (DOCUMENTS, DOCUMENT_HEADS), (UNDERTAKINGS, UNDERTAKING_HEADS))


def body_names(text: str, names: KnownNames) -> Iterator[EntryMention]:
    """Yield the mentions that names in capitals are, divided where another name begins."""
    for match in _NAME.finditer(text):
        yield from _mentions(text, *match.span(), names)


def _mentions(text: str, start: int, end: int, names: KnownNames) -> Iterator[EntryMention]:
    while before := _BEFORE.match(text, start, end):
        start = before.end()
    end = start + len(_END.sub("", text[start:end]))
    words = text[start:end]
    if known := names.of(words):
        yield of_known(text, start, end, known)
    elif words in names.acronyms:
        yield EntryMention(start, end, words, *names.acronyms[words], name_kind="acronym")
    elif joint := next((one for one in _JOINT.finditer(words) if _divides(words, one, names)), None):
        yield from _mentions(text, start, start + joint.start(), names)
        yield from _mentions(text, start + joint.end(), end, names)
    elif meant := kind_of_name(words):
        table, kind = meant
        yield EntryMention(start, end, words, table, kind.cls, kind.code, naming_of(words))
    elif _is_body(words, text[end:], names):
        yield EntryMention(start, end, words, ACTORS, "Organization", name_kind=naming_of(words), is_body=True)


def _divides(words: str, joint: re.Match[str], names: KnownNames) -> bool:
    """Tell whether a name ends at "and", "of", "in" or a comma, and another one begins."""
    left, right, link = words[: joint.start()], words[joint.end() :], joint[joint.lastindex or 0]
    known, kind = names.of(re.split(r"\s(?:and|of|in)\s|,", right)[0]), kind_of_name(right)
    table = known.table if known else ""
    if not _is_name(left, names):
        return link == "of" and kind is not None and person_names.is_name(left, _NO_PERSONS)
    if link in ("and", ","):
        return _is_whole(left, joint[0], names) or bool(known or kind) or is_acronym(right.split()[0])
    if link == "in":
        return table == PLACES and head_of(left) not in LISTS["missions"]
    if link in ("'s", "’s"):
        return kind is not None
    first = right.split()[0].lower()
    return table == ACTORS or (first in BODIES and first not in LISTS["weak"])


def _is_name(words: str, names: KnownNames) -> bool:
    return bool(kind_of_name(words) or names.of(words) or is_acronym(words) or is_branch(words, names))


def _is_whole(words: str, joint: str, names: KnownNames) -> bool:
    """Tell whether a name may end here; "Ministry of Interior" before "and Justice" is not whole."""
    return "the" in joint or not _INNER_LINK.search(words) or _is_place(words.split()[-1], names)


def explained_names(text: str) -> Iterator[str]:
    """Yield the names of bodies that the words after them explain, as in "Terra Nova, founded in 1998".

    >>> list(explained_names("Terra Nova, an NGO, works with Luz Nueva, which was set up in 1998, and Ana Roth."))
    ['Terra Nova', 'Luz Nueva']
    """
    for match in _NAME.finditer(text):
        if _EXPLAINED.match(text, match.end()):
            before = _BEFORE.match(text, match.start(), match.end())
            name = text[before.end() if before else match.start() : match.end()]
            if len(name) > _LONGEST_PRONOUN and kind_of_name(name) is None:
                yield name


def _is_body(words: str, after: str, names: KnownNames) -> bool:
    """Tell whether a name of no kind is that of a body: by its country, or by the words after it."""
    is_explained = len(words) > _LONGEST_PRONOUN and _EXPLAINED.match(after) and not _is_place(words, names)
    return bool(is_explained) or is_branch(words, names)


def is_branch(words: str, names: KnownNames) -> bool:
    """Tell whether a name ends with its country, or an acronym with its place: "World Vision Cambodia", "UNDP Lima"."""
    before, _, last = words.rpartition(" ")
    known = names.of(last)
    if not before or known is None or known.table != PLACES:
        return False
    is_short = is_acronym(before) and len(before) >= _LEAST_ACRONYM
    is_name = before.split()[-1][0].isupper() and not {*before.lower().split()} & (LISTS["no branch"] | LISTS["topic"])
    is_person = person_names.is_name(words, person_names.NameWords(places=[last]))  # "Chad"
    return is_short or (known.cls == "Country" and is_name and not is_person and not _is_place(before, names))


def _is_place(words: str, names: KnownNames) -> bool:
    known = names.of(words)
    return (known is not None and known.table == PLACES) or names.country(words.split()[-1]) is not None


def kind_of_name(words: str) -> tuple[str, EntryKind] | None:
    """Return the table and kind of a name in capitals by its words, first by its head; None if they say nothing.

    >>> kind_of_name("Regional Conference on Migration"), kind_of_name("Trafficking in Persons")
    (('undertakings', EntryKind(cls='Event', code='meeting')), None)
    """
    capitals = [word.lower().rstrip(".") for word in re.findall(r"[\w’'.]+", words) if word[0].isupper()]
    head = head_of(words) if words else ""
    if {*capitals} <= LISTS["topic"] or (len(capitals) == 1 and head not in LISTS["one word bodies"]):
        return None
    strong = (word for word in capitals if word not in LISTS["weak"] | LISTS["modified"])
    every = ((table, kinds[word]) for word in (head, *strong) for table, kinds in _TABLES if word in kinds)
    return next(every, None)
