"""The page of the timeline: events, projects and documents with the dates and statuses that each report gives.

    reports (claims)  →  rows (a date and a status)  →  lines (an entry)

The page has them as a table; `web/static/timeline.js` draws the bars.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, QuerySolution

from tipgraph.graph import Graph
from tipgraph.model import CODE, IMPLIED, Bounds, bounds, data_name, terms, words
from tipgraph.outputs.site.claims import Claims, grouped

_INFERRED, _UNREVIEWED, _PLANNED = (
    CODE + name for name in ("date-basis-inferred", "review-unreviewed", "status-planned")
)
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
    """A claim about an entry: its key, source, date in EDTF, and codes and places as IRIs; empty if not said."""

    key: str
    source: str
    edtf: str = ""
    status: str = ""
    basis: str = ""
    modality: str = ""
    review: str = ""
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class TimelineRow:
    """One date and status of an entry, with its reports.

    `order` is its place among rows: those with a date first, in order of time; one without a beginning is at its end.
    `days` are the first and the last possible day of its date, or of each end of an interval; two dots are an open end.
    `looks` are the words for its look: its status as *done*, *ongoing*, *announced* or *unsaid*, and its reservations.
    """

    def __init__(self, edtf: str, status: str, reports: Sequence[TimelineReport]) -> None:
        """Work them out."""
        self.edtf, self.status, self.reports = edtf, status, reports
        whole, parts = bounds(edtf) if edtf else Bounds(None, None), edtf.split("/")
        self.order = not edtf, (whole.earliest or whole.latest or date.min, whole.latest or date.max)
        self.days = " ".join(".." if part in ("", "..") else "/".join(map(str, bounds(part))) for part in parts)
        self.sources = list(dict.fromkeys(report.source for report in reports))
        dated = [report for report in reports if report.edtf]
        self.implied_date = _implied(dated)
        self.implied_status = _implied(report for report in reports if report.status)
        reservations = {
            "inferred": {report.basis for report in dated} == {_INFERRED},
            "implied": self.implied_date or self.implied_status,
            "unreviewed": _unreviewed(reports),
            "unsure": bool(set("~?%") & set(edtf)),
        }
        self.looks = [LOOKS[status], *(name for name, holds in reservations.items() if holds)]


class TimelineLine:
    """An entry, its rows, and its kinds and places in any report, as IRIs.

    `group` (undertaking or document) gives the colour.
    """

    def __init__(self, iri: str, group: str, classes: Sequence[str], reports: Sequence[TimelineReport]) -> None:
        """Gather them."""
        self.iri, self.group, self.classes, self.reports = iri, group, list(classes), reports
        self.kinds = list(dict.fromkeys(kind for report in reports for kind in report.kinds))
        self.places = list(dict.fromkeys(place for report in reports for place in report.places))
        self.rows = rows(reports)
        self.unreviewed = _unreviewed(reports)
        self.dated = bool(self.rows[0].edtf)

    def implied(self, value: str) -> bool:
        """Tell whether all reports of a kind or a place imply it."""
        return _implied(report for report in self.reports if value in (*report.kinds, *report.places))


def _implied(reports: Iterable[TimelineReport]) -> bool:
    """Tell whether there are reports, and all are implied."""
    return {report.modality for report in reports} == {IMPLIED}


def _unreviewed(reports: Iterable[TimelineReport]) -> bool:
    """Tell whether there are reports, and nobody has compared any of them with its sentence."""
    found = {report.review for report in reports}
    return bool(found) and found <= {"", _UNREVIEWED}


def context(claims: Claims) -> dict[str, Any]:
    """Return what `timeline.html` shows."""
    graph, language = claims.graph, claims.site.language
    found = lines(graph)
    notations: dict[str, str] = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    statuses = {row.status for line in found for row in line.rows} - {""}
    iris = {iri for line in found for iri in (line.iri, *line.classes, *line.kinds, *line.places)}
    labels = graph.labels(map(NamedNode, sorted(iris | statuses)), language)

    def label(iri: str) -> str:
        return labels.get(NamedNode(iri), data_name(iri))

    def notation(iri: str) -> str:
        return notations.get(iri, terms.short(iri))

    def options(codes: Iterable[str]) -> list[tuple[str, str]]:
        """Return the options of a filter, sorted by label; codes with the same notation are one option."""
        named = grouped(sorted(set(codes), key=label), lambda code: [notation(code)])
        titles = {name: " / ".join(dict.fromkeys(map(label, own))) for name, own in named.items()}
        return sorted(titles.items(), key=lambda option: option[::-1])

    groups, dated = grouped(found, lambda line: [line.group]), grouped(found, lambda line: [line.dated])
    return {
        "dated": dated.get(True, []),
        "undated": sorted(dated.get(False, []), key=lambda line: (line.unreviewed, label(line.iri).casefold())),
        "label": label,
        "notation": notation,
        "claims_of": lambda row: claims.of(report.key for report in row.reports),
        "words": lambda edtf: words(edtf, language),
        "kinds": {"classes": options(cls for line in found for cls in line.classes)}
        | {group: options(kind for line in own for kind in line.kinds) for group, own in groups.items()},
        "statuses": options(statuses),
        "sources": sorted({report.source for line in found for report in line.reports}),
        "announced": _announced(graph, found),
    }


def lines(graph: Graph) -> list[TimelineLine]:
    """Return every event, project and document with its reports: dated ones in order of time, then the unreviewed."""
    found = []
    for thing, own in grouped(graph.named("timeline"), lambda row: [row["thing"].value]).items():
        reports = grouped((row for row in own if row["report"] is not None), lambda row: [row["report"]])
        group = terms.short(own[0]["root"].value).lower()
        found.append(TimelineLine(thing, group, _every(own, "class"), list(map(_report, reports.values()))))

    def order(line: TimelineLine) -> tuple[bool, tuple[date, date], bool, str]:
        return *line.rows[0].order, line.unreviewed, line.iri

    return sorted(found, key=order)


def _report(rows: Sequence[QuerySolution]) -> TimelineReport:
    """Return the report of its rows, which differ only in kinds and places."""

    def said(name: str) -> str:
        return next(iter(_every(rows, name)), "")

    about = data_name(said("report")), data_name(said("source")), said("date")
    how = said("status"), said("basis"), said("modality"), said("review")
    return TimelineReport(*about, *how, _every(rows, "kind"), _every(rows, "place"))


def _every(rows: Iterable[QuerySolution], name: str) -> tuple[str, ...]:
    """Return the values of a column, each once."""
    return tuple(dict.fromkeys(row[name].value for row in rows if row[name] is not None))


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
        table["", ""] = [report for report in reports if report.kinds or report.places or report.basis] or list(reports)
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
