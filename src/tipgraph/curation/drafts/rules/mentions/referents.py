"""The entries that a text has named so far, and a sentence as the rules read it, with the drafts made from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.mentions.names import ACTORS, PLACES, EntryMention, head_of
from tipgraph.curation.drafts.rules.parser.tokens import Parsed
from tipgraph.curation.drafts.words.day_words import Day
from tipgraph.curation.drafts.words.known_names import Known, KnownNames
from tipgraph.curation.drafts.words.lexicon import LISTS
from tipgraph.sources import alike

_FAR: Final = 20  # mentions back: "the project" means none that was named longer ago


class Referent(NamedTuple):
    """An entry as a cell refers to it: by a reference or by the label of a new one; its table, class and kind."""

    cell: str
    table: str
    cls: str
    code: str = ""
    entry: Entry | None = None
    head: str = ""
    label: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The words of its label, in lower case."""
        return _words(self.label)


def referent_of(known: Known, head: str = "") -> Referent:
    """Return an entry of the graph as a cell refers to it."""
    return Referent(known.reference, known.table, known.cls, head=head, label=known.label)


def new_referent(label: str, table: str, cls: str, code: str = "", head: str = "") -> Referent:
    """Return a new entry, to which cells refer by its label; the code of an actor is in its row."""
    kind = {"actorKind": code} if code and table == ACTORS else {}
    return Referent(label, table, cls, code, Entry(table, {"type": cls, "label": label, **kind}), head, label)


def government_of(country: Referent, names: KnownNames) -> Referent:
    """Return the government of a country, known or new."""
    name = country.label or country.cell
    for label in (f"Government of the {name}", f"Government of {name}"):
        if known := names.of(label):
            return referent_of(known)
    return new_referent(label, ACTORS, "GovernmentBody", "government")


@dataclass
class Referents:
    """The entries of a text by name, and in the order in which they were mentioned."""

    _by_name: dict[tuple[str, str], Referent] = field(default_factory=dict)
    _order: list[Referent] = field(default_factory=list)
    _named: set[tuple[str, str]] = field(default_factory=set)
    _labels: set[tuple[str, str]] = field(default_factory=set)

    def of(self, sentence: Parsed, found: Sequence[EntryMention]) -> dict[EntryMention, Referent]:
        """Return the entry of each mention of a sentence: known, named before, meant by "the project", or new.

        A mention such as "the office" that means nothing named before is left out.
        """
        paragraph = sentence.sentence.paragraph
        referents: dict[EntryMention, Referent] = {}
        for mention in sorted(found, key=lambda one: not one.acronym):  # an acronym may be used before its brackets
            referent = self._find(mention, paragraph)
            if referent is None and (mention.name_kind != "pointer" or mention.code == "government"):
                referent = self._new(mention, paragraph)
            if referent:
                referents[mention] = referent
                self._by_name.setdefault(_key(mention, paragraph), referent)
                if mention.acronym:
                    self._by_name.setdefault((mention.table, alike(mention.acronym)), referent)
                self._order.append(referent)
        return {mention: referents[mention] for mention in found if mention in referents}

    def is_first(self, referent: Referent, name: str) -> bool:
        """Tell whether the text has not given the entry this name before; from now on it has."""
        key = referent.cell, alike(name).removeprefix("the ")
        is_first = key not in self._named
        self._named.add(key)
        return is_first

    def _find(self, mention: EntryMention, paragraph: int) -> Referent | None:
        if mention.known:
            return referent_of(mention.known, mention.head)
        same = self._by_name.get(_key(mention, paragraph))
        if mention.name_kind != "description" or mention.table == ACTORS:
            return same or self._pointed_at(mention)
        return self._pointed_at(mention) or (same if mention.is_definite else None)

    def _pointed_at(self, mention: EntryMention) -> Referent | None:
        """Return the last entry that "the project", "the two-day training" or a part of a longer name may mean."""
        if mention.table == PLACES:
            return None
        if mention.head in LISTS["any bodies"] and mention.name_kind == "pointer":
            return next((one for one in self._recent() if one.cls == "Organization"), None)
        words = _words(mention.words) - LISTS["pointing"]
        is_whole = len(words) > 1 or words <= LISTS["pointed bodies"]
        is_name = mention.table == ACTORS and mention.name_kind == "name" and is_whole
        if not (is_name or mention.is_definite):
            return None
        return next((one for one in self._recent() if _is_such(one, mention, words)), None)

    def _recent(self) -> Iterator[Referent]:
        yield from self._order[: -_FAR - 1 : -1]

    def _new(self, mention: EntryMention, paragraph: int) -> Referent:
        """Return a new entry; its label is the words, with the paragraph if another one has them."""
        label = re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(mention.words.replace("|", "/").split()))
        label = label[:1].upper() + label[1:]
        if (mention.table, alike(label)) in self._labels:
            label = f"{label} (¶{paragraph})"
        self._labels.add((mention.table, alike(label)))
        return new_referent(label, mention.table, mention.cls, mention.code, mention.head)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w[\w’'-]*", text.lower()))


def _key(mention: EntryMention, paragraph: int) -> tuple[str, str]:
    """Return the key of a name; that of a group holds in its paragraph only: "judges" elsewhere may be others."""
    is_group = mention.table == ACTORS and mention.name_kind == "description"
    name = alike(mention.words)
    return mention.table, f"{name} ¶{paragraph}" if is_group else name.removeprefix("the ")


def _is_such(referent: Referent, mention: EntryMention, words: frozenset[str]) -> bool:
    """Tell whether an entry is one that a mention may point at: of its kind, and with all its other words."""
    if referent.table != mention.table or not words - {mention.head} <= referent.words:
        return False
    if mention.table == ACTORS:
        return mention.head == head_of(referent.label or mention.head)
    heads = {referent.head, mention.head}
    return len(heads) == 1 or heads <= LISTS["events"] or heads <= LISTS["projects"] or mention.head == "document"


_MOST_WORDS: Final = 7  # of a text that a person writes anew in words of our own


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with its mentions, the entry of each, and its dates."""

    sentence: Parsed
    mentions: Sequence[EntryMention]
    referents: Mapping[EntryMention, Referent]
    days: Sequence[Day]
    names: KnownNames

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
