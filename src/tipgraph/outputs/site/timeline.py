"""The page of the timeline: events, projects and documents with the dates and statuses that each report gives.

The page has them as a table; `web/static/timeline.js` draws the bars.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.graph import Graph
from tipgraph.model import CODE, IMPLIED, Bounds, bounds, data_name, terms, tip, words
from tipgraph.outputs.site.claim_groups import grouped
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site

PATH: Final = "timeline.html"
_INFERRED, _UNREVIEWED, _PLANNED = (
    CODE + name for name in ("date-basis-inferred", "review-unreviewed", "status-planned")
)
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


@dataclass(frozen=True)
class TimelineRow:
    """One date and status of an entry, with its reports."""

    edtf: str
    status: str
    reports: Sequence[TimelineReport]

    @property
    def order(self) -> tuple[bool, tuple[date, date]]:
        """Its place among rows: those with a date first, in order of time, open ends as far away as possible."""
        whole = bounds(self.edtf) if self.edtf else Bounds(None, None)
        return not self.edtf, (whole.earliest or date.min, whole.latest or date.max)

    @property
    def days(self) -> str:
        """The first and the last possible day of its date, or of each end of an interval; two dots for an open end."""
        parts = self.edtf.split("/")
        return " ".join(".." if part in ("", "..") else "/".join(map(str, bounds(part))) for part in parts)

    @property
    def looks(self) -> list[str]:
        """The words for its look: its status as *done*, *ongoing*, *announced* or *unsaid*, and its reservations."""
        dating = [report for report in self.reports if report.edtf]
        reservations = {
            "inferred": {report.first(tip.dateBasis) for report in dating} == {_INFERRED},
            "implied": self.implied_date or self.implied_status,
            "unreviewed": _unreviewed(self.reports),
            "unsure": bool(set("~?%") & set(self.edtf)),
        }
        return [LOOKS[self.status], *(name for name, holds in reservations.items() if holds)]

    @property
    def implied_date(self) -> bool:
        """Whether no report that dates it states it."""
        return _implied(report for report in self.reports if report.edtf)

    @property
    def implied_status(self) -> bool:
        """Whether no report of its status states it."""
        return _implied(report for report in self.reports if report.status)

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
    def dated(self) -> bool:
        """Whether any report dates it."""
        return bool(self.rows and self.rows[0].edtf)


def _implied(reports: Iterable[TimelineReport]) -> bool:
    """Tell whether there are reports, and all are implied."""
    return {report.first(tip.modality) for report in reports} == {IMPLIED}


def _unreviewed(reports: Iterable[TimelineReport]) -> bool:
    """Tell whether there are reports, and nobody has compared any of them with its sentence."""
    found = {report.first(tip.review) for report in reports}
    return bool(found) and found <= {"", _UNREVIEWED}


def write(site: Site, graph: Graph, claims: Claims) -> None:
    """Write `timeline.html` in a language."""
    found = lines(graph)
    notations: dict[str, str] = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    statuses = {row.status for line in found for row in line.rows} - {""}
    labels = _labels(graph, found, statuses, site.language)

    def label(iri: str) -> str:
        return labels.get(NamedNode(iri), data_name(iri))

    def notation(iri: str) -> str:
        return notations.get(iri, terms.short(iri))

    def options(codes: Iterable[str]) -> list[tuple[str, str]]:
        """Return the options of a filter, sorted by label; codes with the same notation are one option."""
        named = grouped(sorted(set(codes), key=label), lambda code: [notation(code)])
        return sorted(
            ((name, " / ".join(dict.fromkeys(map(label, own)))) for name, own in named.items()),
            key=lambda option: option[::-1],
        )

    site.write(
        PATH,
        PATH,
        dated=[line for line in found if line.dated],
        undated=sorted(
            (line for line in found if not line.dated), key=lambda line: (line.unreviewed, label(line.iri).casefold())
        ),
        label=label,
        notation=notation,
        claims_of=lambda row: claims.of(report.key for report in row.reports),
        words=lambda edtf: words(edtf, site.language),
        kinds={
            "classes": options(cls for line in found for cls in line.classes),
            **{
                group: options(kind for line in own for kind in line.kinds)
                for group, own in grouped(found, lambda line: [line.group]).items()
            },
        },
        statuses=options(statuses),
        sources=sorted({report.source for line in found for report in line.reports}),
        announced=_announced(graph, found),
    )


def _labels(
    graph: Graph, found: Iterable[TimelineLine], statuses: Iterable[str], language: str
) -> Mapping[NamedNode, str]:
    """Return the labels of all entries, classes and codes on the page."""
    iris = {iri for line in found for iri in (line.iri, *line.classes, *line.kinds, *line.places)}
    return graph.labels(map(NamedNode, sorted(iris.union(statuses))), language)


def lines(graph: Graph) -> list[TimelineLine]:
    """Return every event, project and document with its reports: dated ones by year, in each the unreviewed last."""
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

    def order(line: TimelineLine) -> tuple[bool, int, bool, tuple[date, date], str]:
        undated, span = line.rows[0].order
        return undated, span[0].year, line.unreviewed, span, line.iri

    return sorted(found.values(), key=order)


def rows(reports: Sequence[TimelineReport]) -> list[TimelineRow]:
    """Return the dates of an entry, each with its status, in order of time; the row without a date is the last.

    A date without a status takes the only status that the same source, or else any source, gives to the entry without a
    date. A status without a date also joins the row of its source that has both, else all such rows.
    """
    table: dict[tuple[str, str], list[TimelineReport]] = {}
    for report in reports:
        if report.edtf:
            table.setdefault((report.edtf, report.status or _status_beside(report, reports)), []).append(report)
    for report in reports:
        if report.status and not report.edtf:
            for key in _with_status(report, table):
                table.setdefault(key, []).append(report)
    if not table:
        table["", ""] = [report for report in reports if report.values.keys() - _BESIDE] or list(reports)
    return sorted((TimelineRow(*key, own) for key, own in table.items()), key=lambda row: row.order)


def _with_status(
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


def _announced(graph: Graph, found: Iterable[TimelineLine]) -> list[tuple[str, str]]:
    """Return the sources that announce something after the period of their report, and the end of that period."""
    planned = [row for line in found for row in line.rows if row.edtf and row.status == _PLANNED]
    last = dict(sorted((source, row.order[1][1].isoformat()) for row in planned for source in row.sources))
    periods = ((data_name(row["source"].value), row["period"].value) for row in graph.named("periods"))
    ends = ((source, period.rpartition("/")[2]) for source, period in periods)
    return [(source, end) for source, end in ends if end not in ("", "..") and last.get(source, "") >= end]
