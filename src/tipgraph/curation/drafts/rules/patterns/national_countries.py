"""Drafts of the country of groups and bodies of a state that are named without one.

It is that of the event in which they take part, else the only one that their paragraph or the text so far has named.

Decision: docs/decisions/0170-a-body-is-of-the-only-country-that-its-text-names.md.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents

_NATIONAL: Final = frozenset({"Group", "GovernmentBody"})
_ABROAD: Final = frozenset({"embassy", "intergovernmental-unit"})  # codes of bodies that may be in another state
_OF_ONE_STATE: Final = frozenset(
    {"civil-society", "government", "judiciary", "law-enforcement", "legislature", "media", "ministry", "ngo",
     "professionals"}
)  # fmt: skip
_FROM_ELSEWHERE: Final = re.compile(
    r"\b(?:international|intergovernmental|regional|foreign|worldwide|global|countries|embassies|[Ii]nter|UN|European|African|American|Asian|World)\b|\bfrom\b"
    r"|\b[A-Z][a-z]+(?:ian|ese|ish)\b"  # of a country that is no entry
)
_OF_EVENT: Final = "its country is that of the event"
_OF_TEXT: Final = "its country is the only one that the text names there"


class NationalCountries:
    """The countries of the undertakings, of the paragraph and of the whole of one text, in its order."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._of_events: dict[str, Referent] = {}
        self._of_paragraph: set[Referent] = set()
        self._of_text: set[Referent] = set()
        self._paragraph = 0
        self._located: set[str] = set()

    def drafts(self, reading: ReadSentence, found: Sequence[Draft]) -> Iterator[Draft]:
        """Yield the country of each group and body of a state in a sentence, if the drafts of it say none."""
        self._read(reading, found)
        located = {draft.cells["affiliate"] for draft in found if draft.table == "affiliations"}
        self._located |= located
        events = self._events(found)
        claimed = _claimed(found)
        only = self._only()
        for mention in (one for one in reading.mentions if one.table == ACTORS):
            actor = reading.referents[mention]
            country = (events.get(actor.cell) if actor.cls in _NATIONAL else None) or (
                only if self._is_open(actor, mention, claimed) else None
            )
            if country and actor.cell not in located and self._is_new(reading, mention, country):
                yield _based_in(reading, mention, country, _OF_EVENT if actor.cell in events else _OF_TEXT)

    def _read(self, reading: ReadSentence, found: Sequence[Draft]) -> None:
        """Keep the countries that a sentence names, and that of each undertaking which it places in the only one."""
        countries = {reading.referents[one] for one in reading.outer if reading.referents[one].cls == "Country"}
        if reading.sentence.sentence.paragraph != self._paragraph:
            self._paragraph, self._of_paragraph = reading.sentence.sentence.paragraph, set()
        self._of_paragraph |= countries
        self._of_text |= countries
        for draft in found:
            if draft.table == "undertaking-reports" and draft.cells.get("place") and len(countries) == 1:
                self._of_events[draft.cells["undertaking"]] = next(iter(countries))

    def _events(self, found: Sequence[Draft]) -> dict[str, Referent]:
        """Return the country of the event of each participant."""
        taking_part = (draft.cells for draft in found if draft.table == "participations")
        return {
            cell: self._of_events[cells["undertaking"]]
            for cells in taking_part
            if cells["undertaking"] in self._of_events
            for cell in cells["participant"].split(" | ")
        }

    def _only(self) -> Referent | None:
        """Return the only country that the paragraph, or else the text so far, has named."""
        countries = self._of_paragraph or self._of_text
        return next(iter(countries)) if len(countries) == 1 else None

    def _is_open(self, actor: Referent, mention: EntryMention, claimed: set[str]) -> bool:
        """Tell whether an actor of one state is new, and no sentence so far has said to which one it belongs."""
        return actor.entry is not None and actor.cell not in self._located and _is_of_one_state(actor, mention, claimed)

    def _is_new(self, reading: ReadSentence, mention: EntryMention, country: Referent) -> bool:
        group = reading.referents[mention]
        if _FROM_ELSEWHERE.search(mention.words) or any(reading.inside(mention)):
            return False
        if reading.names.country(mention.words.split()[0]):
            return False
        return self._referents.is_first(group, f"affiliation {country.cell}")


def _claimed(found: Sequence[Draft]) -> set[str]:
    """Return the cells of the drafts of a sentence that are no namings."""
    return {cell for draft in found if draft.table != "namings" for cell in draft.cells.values()}


def _is_of_one_state(actor: Referent, mention: EntryMention, claimed: set[str]) -> bool:
    """Tell whether an actor can only be of one state; a group of one word, such as "judges", if a draft names it."""
    if actor.cls in ("GovernmentBody", "OrganizationalUnit"):
        return actor.code not in _ABROAD and mention.name_kind == "name"
    return actor.cls == "Group" and actor.code in _OF_ONE_STATE and (" " in mention.words or actor.cell in claimed)


def _based_in(reading: ReadSentence, mention: EntryMention, country: Referent, note: str) -> Draft:
    group = reading.referents[mention]
    cells = {
        "affiliate": group.cell,
        "place": country.cell,
        "affiliationKind": "government-of" if group.code == "government" and group.cls != "Group" else "based-in",
        "modality": "implied",
        "note": note,
    }
    rule = "country-of-event" if note == _OF_EVENT else "country-of-text"
    return reading.draft("affiliations", cells, (mention.start, mention.end), rule, [group, country])
