"""A mention: a phrase of a sentence that names an entry, known or new."""

import re
from dataclasses import dataclass
from typing import Final

from tipgraph.curation.drafts.words.known_names import Known

ACTORS: Final = "actors"
DOCUMENTS: Final = "documents"
PLACES: Final = "places"
UNDERTAKINGS: Final = "undertakings"
BODY_CLASSES: Final = frozenset({"Organization", "GovernmentBody", "OrganizationalUnit"})
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
