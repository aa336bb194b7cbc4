"""The entries that a text has named so far, so that "the project" and an acronym mean one that was named before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Entry
from tipgraph.curation.drafts.rules.lexicon import UNDERTAKING_HEADS, words_of
from tipgraph.curation.drafts.rules.mention import ACTORS, DOCUMENTS, UNDERTAKINGS, EntryMention
from tipgraph.sources import alike

_POINTING: Final = words_of("first second third two-day three-day one-day regional national same above said")
_GENERIC: Final = words_of(
    """event meeting activity activities session sessions training workshop seminar project programme program initiative
    report document study research"""
)
_EVENTS: Final = frozenset({"Event", "EventSeries"})
_FAR: Final = 12  # entries back: "the project" means none that was named longer ago


class Referent(NamedTuple):
    """An entry as a cell refers to it: by a reference or by the label of a new one; its table, class and kind."""

    cell: str
    table: str
    cls: str
    code: str = ""
    entry: Entry | None = None
    head: str = ""
    label: str = ""


@dataclass
class Referents:
    """The entries of a text by name, and in the order in which they were mentioned."""

    _by_name: dict[tuple[str, str], Referent] = field(default_factory=dict)
    _order: list[Referent] = field(default_factory=list)
    _named: set[tuple[str, str]] = field(default_factory=set)

    def of(self, mention: EntryMention) -> Referent:
        """Return the entry of a mention: known, named before, meant by "the project", or new."""
        referent = self._find(mention) or _new(mention)
        self._by_name.setdefault((mention.table, alike(mention.words)), referent)
        if mention.acronym:
            self._by_name.setdefault((mention.table, alike(mention.acronym)), referent)
        self._order.append(referent)
        return referent

    def last(self, table: str, classes: frozenset[str] = frozenset()) -> Referent | None:
        """Return the entry of a table that was mentioned last."""
        return next((one for one in self._recent() if one.table == table and (not classes or one.cls in classes)), None)

    def is_first(self, referent: Referent, name: str) -> bool:
        """Tell whether the text has not given the entry this name before; from now on it has."""
        key = referent.cell, alike(name).removeprefix("the ")
        is_first = key not in self._named
        self._named.add(key)
        return is_first

    def _find(self, mention: EntryMention) -> Referent | None:
        if mention.known:
            return _of_known(mention)
        same = self._by_name.get((mention.table, alike(mention.words)))
        if same and (mention.name_kind != "description" or mention.is_definite or mention.table == ACTORS):
            return same
        if mention.name_kind == "title":
            return self.last(mention.table, frozenset({mention.cls}))
        if mention.is_definite and mention.table in (UNDERTAKINGS, DOCUMENTS):
            return self._pointed_at(mention)
        return None

    def _pointed_at(self, mention: EntryMention) -> Referent | None:
        """Return the entry that a phrase such as "the project" or "the two-day training" means."""
        words = [word for word in re.findall(r"[\w-]+", mention.words.lower()) if word != mention.head]
        if mention.head not in _GENERIC or any(word not in _POINTING for word in words):
            return None
        return next((one for one in self._recent() if _is_such(one, mention)), None)

    def _recent(self) -> Iterator[Referent]:
        yield from self._order[: -_FAR - 1 : -1]


def _is_such(referent: Referent, mention: EntryMention) -> bool:
    if referent.table != mention.table:
        return False
    if referent.head == mention.head or {referent.head, mention.head} <= {f"{mention.head}s", mention.head}:
        return True
    if mention.head == "event":
        return referent.cls in _EVENTS
    both = {referent.cls, mention.cls}
    return both <= _EVENTS or mention.head == "document" or (both == {"Project"} and mention.head in UNDERTAKING_HEADS)


def _of_known(mention: EntryMention) -> Referent | None:
    known = mention.known
    return Referent(known.reference, known.table, known.cls, head=mention.head, label=known.label) if known else None


def _new(mention: EntryMention) -> Referent:
    label = " ".join(mention.words.replace("|", "/").split())
    label = label[:1].upper() + label[1:]
    cells = {"type": mention.cls, "label": label}
    if mention.table == ACTORS and mention.code:
        cells["actorKind"] = mention.code
    return Referent(label, mention.table, mention.cls, mention.code, Entry(mention.table, cells), mention.head, label)
