"""A sentence as the rules read it, and the drafts that are made from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    BODY_CLASSES,
    GROUP_CLASSES,
    PLACES,
    EntryMention,
)
from tipgraph.curation.drafts.rules.mentions.referents import Referent, new_referent, referent_of
from tipgraph.curation.drafts.rules.parser.tokens import Parsed
from tipgraph.curation.drafts.words.day_words import Day
from tipgraph.curation.drafts.words.known_names import KnownNames

SUBJECT: Final = "subject"
"""The key of the subject of a sentence: the first entry that it names and that is no place."""
WITHOUT_PLACE: Final = re.compile(r"\s(of|in|from)\s")
"""What divides the words for a group from its place: "NGOs in Peru"."""
_ENVOYS: Final = ("representatives", "delegations", "delegates", "counterparts", "participants", "officials")
_SENT: Final = frozenset((*_ENVOYS, "representative", "delegate", "delegation", "members", "envoys"))
_FROM: Final = re.compile(r"\s(?:from|of)\s(?:the\s)?$")
_WHOLE: Final = re.compile(r"$|\W*$|,|\s(?:and|in|of|at)\s|\s*\(")
_LISTED: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|as well as\s+)(?:the\s+)?")
_SEVERAL: Final = 2
_MOST_WORDS: Final = 7  # of a text that a person writes anew in words of our own


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with its mentions, the entry of each, its dates, and the first entry of each table before it."""

    sentence: Parsed
    mentions: Sequence[EntryMention]
    referents: Mapping[EntryMention, Referent]
    days: Sequence[Day]
    before: Mapping[str, Referent]
    names: KnownNames

    def government_of(self, country: Referent) -> Referent:
        """Return the government of a country, known or new."""
        name = country.label or country.cell
        for label in (f"Government of the {name}", f"Government of {name}"):
            if known := self.names.of(label):
                return referent_of(known)
        return new_referent(label, ACTORS, "GovernmentBody", "government")

    def each(self, mention: EntryMention) -> list[Referent]:
        """Return the entry of a mention; several ones for "governments of A and B" and "delegations from A and B"."""
        countries = self._countries_of(mention)
        found = [self.referents[one] for one in countries]
        if mention.head in _ENVOYS:
            return [self.envoys(mention, one) for one in found if len(found) > 1] or [self.referents[mention]]
        if mention.head == "governments":
            return [self.government_of(one) for one in found] or [self.referents[mention]]
        is_own = len(found) < _SEVERAL or countries[-1].start >= mention.end
        first = [self.referents[mention]] if is_own else [self.group_of(mention, found[0])]
        return [*first, *(self.group_of(mention, one) for one in found[1:])]

    def _countries_of(self, mention: EntryMention) -> list[EntryMention]:
        """Return the countries in the words for several actors, and those that are listed after these words."""
        is_many = mention.head in _ENVOYS or self.is_divided(mention)
        inside = self.inside(mention) if is_many and mention.code != "states" else ()
        countries = [one for one in inside if one.table == PLACES and self.referents[one].cls == "Country"]
        return countries + (self.listed_after(countries[-1], mention.end) if countries else [])

    def is_divided(self, mention: EntryMention) -> bool:
        """Tell whether a group in several countries is one in each; not so "ten judges from Peru and Chile"."""
        inside = (token for token in self.sentence.tokens if mention.start <= token.start < mention.end)
        is_counted = any(token.tag == "CD" for token in inside)
        return mention.head == "governments" or (mention.cls == "Group" and not is_counted)

    def group_of(self, mention: EntryMention, place: Referent) -> Referent:
        """Return the group of one place among those that a phrase names together: "NGOs in Peru and Chile".

        Of governments it is that of the place.
        """
        if mention.head == "governments":
            return self.government_of(place)
        kind, link, *_ = WITHOUT_PLACE.split(mention.words)
        label = f"{kind[:1].upper()}{kind[1:]} {link} {place.label or place.cell}"
        return new_referent(label, ACTORS, mention.cls, mention.code, mention.head)

    def envoys(self, mention: EntryMention, country: Referent) -> Referent:
        """Return those from one country among the representatives of several."""
        label = f"{mention.head.capitalize()} from {country.label or country.cell}"
        return new_referent(label, ACTORS, "Group", mention.code, mention.head)

    def listed_after(self, place: EntryMention, end: int) -> list[EntryMention]:
        """Return the places listed after one that ends a phrase: "governments of A, B and C"."""
        listed: list[EntryMention] = []
        for other in self.outer if place.end == end else ():
            if other.table == PLACES and other.start >= end:
                if not _LISTED.fullmatch(self.text[end : other.start]):
                    break
                end = other.end
                listed.append(other)
        return listed

    def sent_by(self, mention: EntryMention) -> list[Referent]:
        """Return the bodies for which the persons of a mention come: "officials from the Ministry of Labour".

        Decision: docs/decisions/0173-a-draft-names-the-body-that-sends-persons.md.
        """
        if mention.table != ACTORS or mention.head not in _SENT or self.referents[mention].cls not in GROUP_CLASSES:
            return []
        bodies = [one for one in self.inside(mention) if one.table == ACTORS and one.cls in BODY_CLASSES]
        whole = [one for one in bodies if _WHOLE.match(self.text[one.end : mention.end])]  # not "of IOM missions"
        return [self.referents[one] for at, one in enumerate(whole) if self._is_sender(mention, whole[:at], one)]

    def _is_sender(self, mention: EntryMention, before: Sequence[EntryMention], body: EntryMention) -> bool:
        """Tell whether a body is right after "from", or listed after one that is."""
        if before:
            return bool(_LISTED.fullmatch(self.text[before[-1].end : body.start]))
        return bool(_FROM.search(self.text[mention.start : body.start]))

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.sentence.text

    @cached_property
    def outer(self) -> Sequence[EntryMention]:
        """The mentions that are no part of another one."""
        return [mention for mention in self.mentions if not mention.is_inner]

    def inside(self, mention: EntryMention) -> Iterator[EntryMention]:
        """Yield the mentions that are part of another one."""
        for other in self.mentions:
            if other.is_inner and other is not mention and mention.start <= other.start and other.end <= mention.end:
                yield other

    def draft(
        self, table: str, cells: Mapping[str, str], span: tuple[int, int], rule: str, named: Iterable[Referent] = ()
    ) -> Draft:
        """Return a draft whose words are a slice of the sentence; `named` are the entries in its cells."""
        place, (start, end) = self.sentence.sentence, span
        filled = {name: cell for name, cell in cells.items() if cell}
        entries: dict[str, Entry] = {one.cell: one.entry for one in named if one.entry}
        words = place.text[start:end]
        return Draft(table, filled, place.paragraph, place.number, place.start + start, place.start + end, words,
                     (f"rule:{rule}",), tuple(entries.values()))  # fmt: skip


def joined(found: Iterable[Referent]) -> str:
    """Return the cell of several entries, each once."""
    return " | ".join(dict.fromkeys(referent.cell for referent in found))


def short(words: str) -> str:
    """Return the first words of a phrase, few enough for a person to write it anew.

    >>> short(" to raise awareness of trafficking, and to train judges")
    'to raise awareness of trafficking'
    """
    phrase = re.split(r"[,;:.()]\s|[“”\"]|\s(?:said|says)\s", words.strip(" ,.;:"))[0]
    return " ".join(phrase.replace("|", "/").split()[:_MOST_WORDS])
