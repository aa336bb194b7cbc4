"""Drafts of the country of groups at an event: that of the event, unless the text says another one."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents

_NATIONAL: Final = frozenset({"Group", "GovernmentBody"})
_FROM_ELSEWHERE: Final = re.compile(
    r"\b(?:international|intergovernmental|regional|foreign|worldwide|global|countries|embassies|[Ii]nter|UN)\b|\bfrom\b"
)
_OF_EVENT: Final = "its country is that of the event"


class EventCountries:
    """The countries of the undertakings of one text, in its order.

    Who takes part in an event of one country is of that country, if no words say another one.
    """

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._countries: dict[str, Referent] = {}

    def drafts(self, reading: ReadSentence, found: Sequence[Draft]) -> Iterator[Draft]:
        """Yield the country of each group of which the drafts of a sentence say that it took part."""
        self._read(reading, found)
        located = {draft.cells["affiliate"] for draft in found if draft.table == "affiliations"}
        by_cell = {reading.referents[one].cell: one for one in reversed(reading.mentions) if one.table == ACTORS}
        for draft in found:
            country = self._countries.get(draft.cells.get("undertaking", ""))
            if draft.table != "participations" or country is None:
                continue
            for cell in draft.cells["participant"].split(" | "):
                mention = by_cell.get(cell)
                if mention and cell not in located and self._is_new(reading, mention, country):
                    yield _based_in(reading, mention, country)

    def _read(self, reading: ReadSentence, found: Sequence[Draft]) -> None:
        """Keep the country of each undertaking that a sentence places, if it names one country in all."""
        countries = {reading.referents[one] for one in reading.outer if reading.referents[one].cls == "Country"}
        for draft in found:
            if draft.table == "undertaking-reports" and draft.cells.get("place") and len(countries) == 1:
                self._countries[draft.cells["undertaking"]] = next(iter(countries))

    def _is_new(self, reading: ReadSentence, mention: EntryMention, country: Referent) -> bool:
        group = reading.referents[mention]
        if group.cls not in _NATIONAL or _FROM_ELSEWHERE.search(mention.words) or any(reading.inside(mention)):
            return False
        if reading.names.country(mention.words.split()[0]):
            return False
        return self._referents.is_first(group, f"affiliation {country.cell}")


def _based_in(reading: ReadSentence, mention: EntryMention, country: Referent) -> Draft:
    group = reading.referents[mention]
    cells = {
        "affiliate": group.cell,
        "place": country.cell,
        "affiliationKind": "based-in",
        "modality": "implied",
        "note": _OF_EVENT,
    }
    return reading.draft("affiliations", cells, (mention.start, mention.end), "country-of-event", [group, country])
