"""The rows of the timeline: events, projects and documents with the dates and statuses of each report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from tipgraph.graph import Graph
from tipgraph.model import CODE, IMPLIED, Bounds, bounds, data_name, terms, tip
from tipgraph.outputs.site.date_bars import Piece, pieces

_INFERRED, _UNREVIEWED = f"{CODE}date-basis-inferred", f"{CODE}review-unreviewed"
_BESIDE = frozenset({tip.modality, tip.review})  # properties that say nothing of the entry
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
# The look of each status; a test fails if a code list has another one.
LOOKS: Mapping[str, str] = {CODE + name: look for look, names in _BY_LOOK.items() for name in names} | {"": "unsaid"}


class TimelineReport(NamedTuple):
    """A claim: its key, its source, and the values of its properties, nodes as their IRIs."""

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

    @property
    def reviewed(self) -> bool:
        """Whether somebody has compared it with its sentence."""
        return self.first(tip.review) not in ("", _UNREVIEWED)


@dataclass(frozen=True)
class TimelineRow:
    """One date and status of an entry, with its reports."""

    edtf: str
    status: str
    reports: Sequence[TimelineReport] = ()

    @property
    def bounds(self) -> Bounds:
        """The first and the last possible day."""
        return bounds(self.edtf) if self.edtf else Bounds(None, None)

    @property
    def span(self) -> tuple[date, date]:
        """The bounds for sorting, open ones as far away as possible."""
        return self.bounds.earliest or date.min, self.bounds.latest or date.max

    @property
    def order(self) -> tuple[bool, tuple[date, date]]:
        """Its place among rows: those with a date first, in order of time."""
        return not self.edtf, self.span

    @property
    def look(self) -> str:
        """Its look: done, ongoing, announced or unsaid."""
        return LOOKS[self.status]

    @property
    def inferred(self) -> bool:
        """Whether every report that dates it infers a part of the date."""
        return {report.first(tip.dateBasis) for report in self.reports if report.edtf} == {_INFERRED}

    @property
    def implied(self) -> bool:
        """Whether no report states its date, or none its status."""
        return self.implied_date or self.implied_status

    @property
    def implied_date(self) -> bool:
        """Whether no report that dates it states it."""
        return _implied(report for report in self.reports if report.edtf)

    @property
    def implied_status(self) -> bool:
        """Whether no report of its status states it."""
        return _implied(report for report in self.reports if report.status)

    @property
    def unreviewed(self) -> bool:
        """Whether it has reports, and none is reviewed."""
        return _unreviewed(self.reports)

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of its bar."""
        return pieces(self.edtf, inferred=self.inferred) if self.edtf else []

    @property
    def sources(self) -> list[str]:
        """The names of its sources."""
        return list(dict.fromkeys(report.source for report in self.reports))


@dataclass
class TimelineLine:
    """An entry and its rows; `group` (undertaking or document) gives the colour, `classes` are IRIs."""

    iri: str
    group: str
    classes: list[str]
    reports: list[TimelineReport] = field(default_factory=list)
    rows: list[TimelineRow] = field(default_factory=list)

    def values(self, *properties: str) -> list[str]:
        """Return the values of some properties in all reports, each once."""
        values = (report.values.get(name, ()) for report in self.reports for name in properties)
        return list(dict.fromkeys(chain.from_iterable(values)))

    @property
    def kinds(self) -> list[str]:
        """Its kinds in any report."""
        return self.values(tip.undertakingKind, tip.documentKind)

    @property
    def places(self) -> list[str]:
        """Its places in any report."""
        return self.values(tip.place)

    def implied(self, value: str) -> bool:
        """Tell whether all reports of a value, such as a place, imply it."""
        return _implied(report for report in self.reports if value in chain(*report.values.values()))

    @property
    def unreviewed(self) -> bool:
        """Whether it has reports, and none is reviewed."""
        return _unreviewed(self.reports)

    @property
    def order(self) -> tuple[bool, int, bool, tuple[date, date], str]:
        """Its place among lines: dated ones first, by year; in a year, those that are not reviewed come last."""
        undated, span = self.rows[0].order
        return undated, span[0].year, self.unreviewed, span, self.iri

    @property
    def dated(self) -> bool:
        """Whether any report dates it."""
        return bool(self.rows and self.rows[0].edtf)


def _implied(reports: Iterable[TimelineReport]) -> bool:
    """Tell whether there are reports, and all are implied."""
    return {report.first(tip.modality) for report in reports} == {IMPLIED}


def _unreviewed(reports: Sequence[TimelineReport]) -> bool:
    """Tell whether there are reports, and none is reviewed."""
    return bool(reports) and not any(report.reviewed for report in reports)


def lines(graph: Graph) -> list[TimelineLine]:
    """Return every event, project and document with its reports, in their order."""
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
    return sorted(found.values(), key=attrgetter("order"))


def rows(reports: Sequence[TimelineReport]) -> list[TimelineRow]:
    """Return the dates of an entry, each with its status, in order of time; the row without a date is the last.

    A date without a status takes the only status that the same source, or else any source, gives to the entry without a
    date. A status without a date also joins the row that has both.
    """
    table = _dated(reports)
    for report in reports:
        if report.status and not report.edtf:
            for key in _rows_with_status(report, table):
                table.setdefault(key, []).append(report)
    if not table:
        table["", ""] = [report for report in reports if report.values.keys() - _BESIDE] or list(reports)
    return sorted((TimelineRow(*key, own) for key, own in table.items()), key=attrgetter("order"))


def _dated(reports: Sequence[TimelineReport]) -> dict[tuple[str, str], list[TimelineReport]]:
    """Return the reports with a date by their date and status."""
    table: dict[tuple[str, str], list[TimelineReport]] = {}
    for report in reports:
        if report.edtf:
            table.setdefault((report.edtf, report.status or _status_beside(report, reports)), []).append(report)
    return table


def _rows_with_status(
    report: TimelineReport, table: Mapping[tuple[str, str], Sequence[TimelineReport]]
) -> list[tuple[str, str]]:
    """Return the rows of a report without a date: its source's with its status, else all with it, else a new one."""
    same = [key for key in table if key[0] and key[1] == report.status]
    own = [key for key in same if any(other.source == report.source for other in table[key])]
    return own or same or [("", report.status)]


def _status_beside(report: TimelineReport, reports: Sequence[TimelineReport]) -> str:
    """Return the status from other reports of the entry, if they give only one; first those of the same source."""
    for others in ([other for other in reports if other.source == report.source], reports):
        statuses = {other.status for other in others if other.status and other.edtf in ("", report.edtf)}
        if statuses:
            return statuses.pop() if len(statuses) == 1 else ""
    return ""
