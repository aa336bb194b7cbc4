"""The entries that a text has named so far, so that "the project" and an acronym mean one that was named before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Entry
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    DOCUMENTS,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
    head_of,
)
from tipgraph.curation.drafts.rules.parser.tokens import Parsed
from tipgraph.curation.drafts.words.known_names import Known
from tipgraph.curation.drafts.words.lexicon import ANY_BODIES, EVENTS, POINTED_BODIES, POINTING, PROJECTS
from tipgraph.sources import alike

_IN: Final = re.compile(r"\s*(?:(?:was|were)\s+)?(?:held\s+|conducted\s+|took\s+place\s+)?(?:in|at)\s+(?:the\s+)?")
_EXPLAINED: Final = re.compile(r"(?:\s*\([^)]*\)|[”\"])?(?:\s*,|\s+is|\s+was)\s+an?\s+")
_LASTING: Final = re.compile(
    r"\b\w+[- ](?:day|week|month|year)s?(?:[- ]long)?\b"
    r"|(?<!\S)\S+-(?:funded|sponsored|supported|financed|led|organi[sz]ed)\b"
)
_NEAR: Final = 6  # mentions back: one with the same head word is meant, and not the last one of its kind
_FAR: Final = 20  # mentions back: "the project" means none that was named longer ago
_SHORT: Final = 3  # words of a label that needs a place or a number to tell it from others


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
        return frozenset(re.findall(r"\w[\w’'-]*", self.label.lower()))


def referent_of(known: Known) -> Referent:
    """Return an entry of the graph as a cell refers to it."""
    return Referent(known.reference, known.table, known.cls, label=known.label)


def new_referent(label: str, table: str, cls: str, code: str = "", head: str = "") -> Referent:
    """Return a new entry, to which cells refer by its label; the code of an actor is in its row."""
    kind = {"actorKind": code} if code and table == ACTORS else {}
    return Referent(label, table, cls, code, Entry(table, {"type": cls, "label": label, **kind}), head, label)


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
            explained = _explained(sentence.text, found, mention)
            referent = referents.get(explained) if explained else self._find(mention, paragraph)
            if referent is None and (mention.name_kind != "pointer" or mention.code == "government"):
                referent = self._new(mention, _where(sentence.text, found, mention), paragraph)
            if referent:
                referents[mention] = referent
                self._keep(mention, referent, paragraph)
        return {mention: referents[mention] for mention in found if mention in referents}

    def is_first(self, referent: Referent, name: str) -> bool:
        """Tell whether the text has not given the entry this name before; from now on it has."""
        key = referent.cell, alike(name).removeprefix("the ")
        is_first = key not in self._named
        self._named.add(key)
        return is_first

    def _keep(self, mention: EntryMention, referent: Referent, paragraph: int) -> None:
        self._by_name.setdefault(_key(mention, mention.words, paragraph), referent)
        if mention.acronym:
            self._by_name.setdefault((mention.table, alike(mention.acronym)), referent)
        self._order.append(referent)

    def _find(self, mention: EntryMention, paragraph: int) -> Referent | None:
        if mention.known:
            known = mention.known
            return Referent(known.reference, known.table, known.cls, head=mention.head, label=known.label)
        if mention.name_kind == "title":
            return next((one for one in self._recent() if (one.table, one.cls) == (mention.table, mention.cls)), None)
        same = self._by_name.get(_key(mention, mention.words, paragraph))
        if mention.name_kind != "description" or mention.table == ACTORS:
            return same or self._pointed_at(mention)
        return self._pointed_at(mention) or (same if mention.is_definite else None)

    def _pointed_at(self, mention: EntryMention) -> Referent | None:
        """Return the entry that "the project", "the two-day training" or a part of a longer name means."""
        if mention.head in ANY_BODIES and mention.name_kind == "pointer":
            return next((one for one in self._recent() if one.cls == "Organization"), None)
        words = frozenset(re.findall(r"\w[\w’'-]*", _LASTING.sub("", mention.words.lower()))) - POINTING
        is_whole = len(words) > 1 or words <= POINTED_BODIES
        is_name = mention.table == ACTORS and mention.name_kind == "name" and is_whole
        if not (is_name or (mention.is_definite and mention.table in (UNDERTAKINGS, DOCUMENTS, ACTORS))):
            return None
        return self._latest(mention, words)

    def _latest(self, mention: EntryMention, words: frozenset[str]) -> Referent | None:
        """Return the last one that such words may mean, first of those with the same head that were named just now."""
        such = [one for one in self._recent() if _is_such(one, mention, words)]
        near = (one for one in self._order[: -_NEAR - 1 : -1] if one.head == mention.head)
        return next((one for one in (*near, *such) if one in such), None)

    def _recent(self) -> Iterator[Referent]:
        yield from self._order[: -_FAR - 1 : -1]

    def _new(self, mention: EntryMention, where: str, paragraph: int) -> Referent:
        """Return a new entry; its label is the words, with a place or the paragraph if they are too few."""
        label = re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(mention.words.replace("|", "/").split()))
        label = label[:1].upper() + label[1:]
        if (
            mention.name_kind == "description"
            and mention.table == UNDERTAKINGS
            and len(label.split()) <= _SHORT
            and where
        ):
            label = f"{label}, {where}"
        if (mention.table, alike(label)) in self._labels:
            label = f"{label} (¶{paragraph})"
        self._labels.add((mention.table, alike(label)))
        return new_referent(label, mention.table, mention.cls, mention.code, mention.head)


def _explained(text: str, found: Sequence[EntryMention], mention: EntryMention) -> EntryMention | None:
    """Return the entry that a phrase right after it explains: "the Clara Fund, a Lima-based NGO"."""
    if mention.table not in (ACTORS, UNDERTAKINGS) or mention.name_kind != "description":
        return None
    named = (one for one in found if one.table == mention.table and not one.is_inner and one.end < mention.start)
    return next((one for one in named if _EXPLAINED.fullmatch(text[one.end : mention.start])), None)


def _key(mention: EntryMention, name: str, paragraph: int) -> tuple[str, str]:
    """Return the key of a name; that of a group holds in its paragraph only: "judges" elsewhere may be others."""
    is_group = mention.table == ACTORS and mention.name_kind == "description"
    return mention.table, f"{alike(name)} ¶{paragraph}" if is_group else alike(name).removeprefix("the ")


def _is_such(referent: Referent, mention: EntryMention, words: frozenset[str]) -> bool:
    """Tell whether an entry is one that a mention may point at: of its kind, and with all its other words."""
    if referent.table != mention.table:
        return False
    others = words - {mention.head}
    if mention.table == ACTORS:
        return mention.head == head_of(referent.label or mention.head) and others <= referent.words
    if not others <= referent.words:
        return False
    is_event = {referent.cls, mention.cls} == {"Event"} and mention.head in EVENTS and referent.head in EVENTS
    is_work = mention.head in PROJECTS and referent.head in PROJECTS
    return referent.head == mention.head or is_event or is_work or mention.head == "document"


def _where(text: str, found: Sequence[EntryMention], mention: EntryMention) -> str:
    """Return the place right after an undertaking, or at the beginning of its sentence: "in Lima"."""
    places = [one for one in found if one.table == PLACES and not one.is_inner]
    after = [one for one in places if _IN.fullmatch(text[mention.end : one.start])] if mention.end < len(text) else []
    first = [one for one in places if _IN.fullmatch(text[: one.start].lower())]
    return next((place.words for place in (*after, *first)), "")
