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
from tipgraph.curation.drafts.words.lexicon import LISTS

SUBJECT: Final = "subject"
"""The key of the subject of a sentence: the first entry that it names and that is no place."""
WITHOUT_PLACE: Final = re.compile(r"\s(of|in|from)\s")
"""What divides the words for a group from its place: "NGOs in Peru"."""
_SENT: Final = LISTS["sent"]
_FROM: Final = re.compile(r"\s(?:from|of)\s(?:the\s)?$")
_WHOLE: Final = re.compile(r"\W*$|,|\s(?:and|in|of|at)\s|\s*\(")
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
        if len(countries) < (_SEVERAL if mention.head != "governments" else 1):
            return [self.referents[mention]]
        is_own = mention.head != "governments" and countries[-1].start >= mention.end
        groups = [self.group_of(mention, self.referents[one]) for one in countries]
        return [self.referents[mention], *groups[1:]] if is_own else groups

    def _countries_of(self, mention: EntryMention) -> list[EntryMention]:
        """Return the countries in the words for several actors, and those that are listed after these words."""
        is_many = self.is_divided(mention) and mention.code != "states"
        inside = self.inside(mention) if is_many else ()
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

        They are listed after "from", and whole: not IOM in "of IOM missions".
        Decision: docs/decisions/0173-a-draft-names-the-body-that-sends-persons.md.
        """
        sent: list[Referent] = []
        end = mention.start
        is_sent = mention.head in _SENT and self.referents[mention].cls in GROUP_CLASSES
        for one in self.inside(mention) if is_sent else ():
            gap = self.text[end : one.start]
            is_next = _LISTED.fullmatch(gap) if sent else _FROM.search(gap)
            if (
                one.table == ACTORS
                and one.cls in BODY_CLASSES
                and is_next
                and _WHOLE.match(self.text, one.end, mention.end)
            ):
                sent.append(self.referents[one])
                end = one.end
        return sent

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
