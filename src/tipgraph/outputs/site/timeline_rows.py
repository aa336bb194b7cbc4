"""Undertakings and documents with their dates and statuses, as each report gives them: what the timeline draws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from tipgraph.graph import Graph
from tipgraph.model import CODE, IMPLIED, Bounds, bounds, data_name, terms, tip
from tipgraph.outputs.site.date_bars import Piece, pieces

_INFERRED = f"{CODE}date-basis-inferred"
_BY_LOOK = {
    "done": (
        *("status-held", "status-completed", "publication-state-adopted", "publication-state-completed"),
        *("publication-state-presented", "publication-state-released", "publication-state-sent"),
    ),
    "ongoing": ("status-ongoing", "publication-state-under-review"),
    "announced": (
        *("status-planned", "status-proposed", "publication-state-being-drafted"),
        *("publication-state-forthcoming", "publication-state-requested"),
    ),
    "unsaid": ("status-cancelled", "status-suspended"),  # neither to come nor done
}
# How a status is drawn; a test tells when a code list has one that is not named here.
LOOKS: Mapping[str, str] = {CODE + name: look for look, names in _BY_LOOK.items() for name in names} | {"": "unsaid"}


class TimelineReport(NamedTuple):
    """What one claim says: its key, its source, and the values of its properties, nodes as their IRIs."""

    key: str
    source: str
    values: Mapping[str, Sequence[str]]

    def first(self, *properties: str) -> str:
        """Return the first value of some properties, or nothing."""
        return next((value for name in properties for value in self.values.get(name, ())), "")

    @property
    def edtf(self) -> str:
        """The date in EDTF, or nothing."""
        return self.first(tip.date)

    @property
    def status(self) -> str:
        """The code of the status, or nothing."""
        return self.first(tip.status, tip.publicationState)


@dataclass(frozen=True)
class TimelineRow:
    """One date and status of a thing, with the reports that say them."""

    edtf: str
    status: str
    reports: Sequence[TimelineReport] = ()

    @property
    def bounds(self) -> Bounds:
        """The first and the last day that it can mean."""
        return bounds(self.edtf) if self.edtf else Bounds(None, None)

    @property
    def span(self) -> tuple[date, date]:
        """The bounds, open ones as far away as days go; what rows are ordered by."""
        return self.bounds.earliest or date.min, self.bounds.latest or date.max

    @property
    def look(self) -> str:
        """How it is drawn: done, ongoing, announced or unsaid."""
        return LOOKS[self.status]

    @property
    def inferred(self) -> bool:
        """Whether every report that dates it infers a part of the date."""
        return {one.first(tip.dateBasis) for one in self.reports if one.edtf} == {_INFERRED}

    @property
    def implied(self) -> bool:
        """Whether no report states its date, or none its status."""
        return self.implied_date or self.implied_status

    @property
    def implied_date(self) -> bool:
        """Whether no report that dates it states it."""
        return _implied(one for one in self.reports if one.edtf)

    @property
    def implied_status(self) -> bool:
        """Whether no report of its status states it."""
        return _implied(one for one in self.reports if one.status)

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of its bar."""
        return pieces(self.edtf, inferred=self.inferred) if self.edtf else []

    @property
    def sources(self) -> list[str]:
        """The names of the sources that say it."""
        return list(dict.fromkeys(one.source for one in self.reports))


@dataclass
class TimelineLine:
    """One thing and its rows; `group` (undertaking or document) gives the colour, `classes` are IRIs."""

    iri: str
    group: str
    classes: list[str]
    reports: list[TimelineReport] = field(default_factory=list)
    rows: list[TimelineRow] = field(default_factory=list)

    def values(self, *properties: str) -> list[str]:
        """Return the values of some properties in all reports, each once."""
        found = (value for one in self.reports for name in properties for value in one.values.get(name, ()))
        return list(dict.fromkeys(found))

    @property
    def kinds(self) -> list[str]:
        """Of what kinds it is, by any report."""
        return self.values(tip.undertakingKind, tip.documentKind)

    @property
    def places(self) -> list[str]:
        """Where it is, by any report."""
        return self.values(tip.place)

    def implied(self, value: str) -> bool:
        """Whether no report that gives a value, such as a place, states it."""
        return _implied(one for one in self.reports if value in chain(*one.values.values()))

    @property
    def dated(self) -> bool:
        """Whether any report dates it."""
        return bool(self.rows and self.rows[0].edtf)


def _implied(reports: Iterable[TimelineReport]) -> bool:
    """Return whether there are reports, and none states what it says."""
    return {one.first(tip.modality) for one in reports} == {IMPLIED}


def lines(graph: Graph) -> list[TimelineLine]:
    """Return every undertaking and document with what reports say of its time: dated ones first, in order of time."""
    found: dict[str, TimelineLine] = {}
    reports: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in graph.named("timeline"):
        thing, cls = row["thing"].value, row["class"].value
        line = found.setdefault(thing, TimelineLine(thing, terms.short(row["root"].value).lower(), []))
        line.classes += [cls] if cls not in line.classes else []
        if row["report"] is None:
            continue
        key = data_name(row["report"].value)
        if (thing, key) not in reports:
            reports[thing, key] = {}
            line.reports.append(TimelineReport(key, data_name(row["source"].value), reports[thing, key]))
        if row["property"] is not None:
            values = reports[thing, key].setdefault(row["property"].value, [])
            values += [row["value"].value] if row["value"].value not in values else []
    for line in found.values():
        line.rows = rows(line.reports)
    return sorted(found.values(), key=lambda line: (not line.dated, line.rows[0].span, line.iri))


def rows(reports: Sequence[TimelineReport]) -> list[TimelineRow]:
    """Return the dates of a thing, each with its status, in order of time; what is said without a date comes last.

    A report of a date without status takes the one status that the same source, else any, gives to the thing without a
    date. A status without a date is also said in the row that has both.
    """
    table: dict[tuple[str, str], list[TimelineReport]] = {}
    for one in reports:
        if one.edtf:
            table.setdefault((one.edtf, one.status or _status_beside(one, reports)), []).append(one)
    for one in reports:
        if one.status and not one.edtf:
            same = [key for key in table if key[0] and key[1] == one.status]
            own = [key for key in same if one.source in {said.source for said in table[key]}]
            for key in own or same or [("", one.status)]:
                table.setdefault(key, []).append(one)
    if not table:
        table["", ""] = [one for one in reports if one.values.keys() - {tip.modality}] or list(reports)
    return sorted((TimelineRow(*key, said) for key, said in table.items()), key=lambda row: (not row.edtf, row.span))


def _status_beside(report: TimelineReport, reports: Sequence[TimelineReport]) -> str:
    """Return the status that others give to the thing of a report without one, where they give but one."""
    for others in ([one for one in reports if one.source == report.source], reports):
        found = {one.status for one in others if one.status and one.edtf in ("", report.edtf)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""
