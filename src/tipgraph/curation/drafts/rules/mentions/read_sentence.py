"""A sentence as the rules read it, and the drafts that are made from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, EntryMention
from tipgraph.curation.drafts.rules.mentions.referents import Referent, new_referent, referent_of
from tipgraph.curation.drafts.rules.parser.tokens import Parsed
from tipgraph.curation.drafts.words.day_words import Day
from tipgraph.curation.drafts.words.known_names import KnownNames

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
