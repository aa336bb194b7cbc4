"""Drafts from lines with labels, as lists of projects have them: "Implementer: …", "Country: …", "Amount: …"."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, PLACES, UNDERTAKINGS
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent, new_referent
from tipgraph.curation.drafts.rules.patterns.undertaking_patterns import duration_of
from tipgraph.curation.drafts.words.figures import cells_of, money

_LABELS: Final = {
    "place": r"Countr(?:y|ies)(?: of implementation)?|Locations?|Regions?|Places?|Geographic (?:area|coverage)",
    "title": r"Project(?: title| name)?|Title|Programme|Program",
    "implementer": r"Implementers?|Implement(?:ing|ed by)(?: (?:agency|agencies|partners?|organi[sz]ations?))?"
    r"|Grantees?|Partners?",
    "giver": r"Donors?|Funders?|Funded by|Funding (?:source|agency)|Sponsors?",
    "money": r"Amount|Budget|Total(?: budget| amount)?|Funding|Grant(?: amount)?|Award(?: amount)?",
    "time": r"Duration|Period|Dates?|Project period|Timeframe",
}
_LABEL: Final = re.compile("|".join(rf"(?P<{name}>{words})" for name, words in _LABELS.items()))
_LINE: Final = re.compile(rf"(?:^|;)\s*(?P<label>{'|'.join(_LABELS.values())})\s*:\s*(?P<value>[^;]+)")
_BY_LABELS: Final = "read from the labels of the list"
_MOST_NAMED: Final = 3  # places in the label of a project


@dataclass
class LabelledLines:
    """The project of a list that is being read: what its lines have said so far."""

    places: list[Referent] = field(default_factory=list)
    givers: list[Referent] = field(default_factory=list)
    implementers: list[Referent] = field(default_factory=list)
    project: Referent | None = None

    def drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield what each labelled line of a sentence says."""
        for match in _LINE.finditer(reading.text):
            label = _LABEL.fullmatch(match["label"])
            if label and label.lastgroup:
                yield from self._readers[label.lastgroup](reading, *match.span("value"))

    @cached_property
    def _readers(self) -> Mapping[str, Callable[[ReadSentence, int, int], Iterator[Draft]]]:
        """The method that reads each kind of line."""
        return {"place": self._place, "title": self._title, "implementer": self._implementer, "giver": self._giver,
                "money": self._money, "time": self._time}  # fmt: skip

    def _place(self, reading: ReadSentence, start: int, end: int) -> Iterator[Draft]:
        if self.implementers:
            self.project, self.implementers, self.givers = None, [], []
        places = _within(reading, PLACES, start, end)
        self.places = [place for place in places if place.label != "World"] or places  # "Global (Fiji, India)"
        if self.project and self.places:
            yield self._report(reading, (start, end), place=joined(self.places))

    def _title(self, reading: ReadSentence, start: int, end: int) -> Iterator[Draft]:
        label = " ".join(reading.text[start:end].replace("|", "/").split())
        self.project, self.implementers, self.givers, self.places = _project(label), [], [], []
        cells = {"named": label, "name": label, "nameKind": "title"}
        yield reading.draft(
            "namings", cells, (start, start + len(reading.text[start:end].rstrip())), "titled-line", [self.project]
        )

    def _implementer(self, reading: ReadSentence, start: int, end: int) -> Iterator[Draft]:
        self.implementers = _within(reading, ACTORS, start, end)
        if not self.implementers:
            return
        if self.project is None:
            self.project = _project(self._label())
            if self.places:
                yield self._report(
                    reading, (start, end), place=joined(self.places), modality="implied", note=_BY_LABELS
                )
        for actor in self.implementers:
            cells = {"participant": actor.cell, "undertaking": self.project.cell, "role": "implementer"}
            yield reading.draft(
                "participations", cells, _trimmed(reading, start, end), "implementer-line", [actor, self.project]
            )

    def _giver(self, reading: ReadSentence, start: int, end: int) -> Iterator[Draft]:
        self.givers = _within(reading, ACTORS, start, end)
        if self.project and self.givers:
            yield self._funding(reading, (start, end), {})

    def _money(self, reading: ReadSentence, start: int, end: int) -> Iterator[Draft]:
        amounts = money(reading.text[start:end])
        if self.project and len(amounts) == 1:
            yield self._funding(reading, (start, end), cells_of(amounts[0]))

    def _time(self, reading: ReadSentence, start: int, end: int) -> Iterator[Draft]:
        days = [day for day in reading.days if start <= day.start < end]
        lasting = duration_of(reading.text[start:end])
        if self.project and len(days) == 1:
            yield self._report(
                reading, (start, end), date=days[0].edtf, dateBasis="inferred" if days[0].is_inferred else ""
            )
        elif self.project and lasting:
            yield self._report(reading, (start, end), duration=lasting)

    def _label(self) -> str:
        where = ", ".join(place.label or place.cell for place in self.places[:_MOST_NAMED])
        return f"Project of {self.implementers[0].label or self.implementers[0].cell}{f' ({where})' if where else ''}"

    def _report(self, reading: ReadSentence, span: tuple[int, int], **cells: str) -> Draft:
        project = self.project or _project("")
        filled = {"undertaking": project.cell, **cells}
        named = [project, *(self.places if "place" in cells else ())]
        return reading.draft("undertaking-reports", filled, _trimmed(reading, *span), "project-line", named)

    def _funding(self, reading: ReadSentence, span: tuple[int, int], cells: dict[str, str]) -> Draft:
        project = self.project or _project("")
        filled = {"giver": joined(self.givers), "receiver": joined(self.implementers), "purpose": project.cell,
                  "moneyKind": "unknown", "modality": "implied", "note": _BY_LABELS, **cells}  # fmt: skip
        named = [project, *self.givers, *self.implementers]
        return reading.draft("funding", filled, _trimmed(reading, *span), "money-line", named)


def _within(reading: ReadSentence, table: str, start: int, end: int) -> list[Referent]:
    """Return the entries of a table in a part of a sentence, each once."""
    found = (reading.referents[one] for one in reading.outer if one.table == table and start <= one.start < end)
    return list({referent.cell: referent for referent in found}.values())


def _trimmed(reading: ReadSentence, start: int, end: int) -> tuple[int, int]:
    return start, start + len(reading.text[start:end].rstrip())


def _project(label: str) -> Referent:
    return new_referent(label, UNDERTAKINGS, "Project", head="project")
