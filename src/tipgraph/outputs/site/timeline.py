"""The page of the timeline: the dates of events, projects and documents, as each source gives them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from pyoxigraph import NamedNode

from tipgraph.display import ClaimView, marked
from tipgraph.graph import Graph
from tipgraph.model import CODE, data_name, terms, tip, words
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.date_bars import Axis
from tipgraph.outputs.site.site_tree import Site
from tipgraph.outputs.site.timeline_rows import TimelineLine, TimelineReport, TimelineRow, lines

_PLANNED = f"{CODE}status-planned"
_LEGEND = Axis(date(2004, 1, 1), date(2005, 1, 1))
# The signs of the legend: words, a date, a status, the basis of the date, the modality and the review.
_SIGNS = {
    "point": (marked("a day or a few days"), "2004-06-10/2004-06-11", "status-held", "", ""),
    "once": (marked("once, at some time between the brackets"), "2004-21", "status-held", "", ""),
    "roughly": (marked("a period whose ends are known only roughly"), "2004-03/2004-10", "status-completed", "", ""),
    "after": (marked("no end stated"), "2004-03/..", "status-held", "", ""),
    "ongoing": (marked("ongoing when the source was written"), "2004-03/2004-10", "status-ongoing", "", ""),
    "announced": (marked("planned, proposed, forthcoming: hollow"), "2004-21", "status-planned", "", ""),
    "announced point": (marked("planned for a known day"), "2004-06-10", "status-planned", "", ""),
    "unsaid": (marked("status not stated"), "2004-04-15/2004-09-15", "", "", ""),
    "inferred": (marked("date partly inferred"), "2004-04-15/2004-09-15", "status-held", "date-basis-inferred", ""),
    "implied": (marked("implied, not stated"), "2004-04-15/2004-09-15", "status-held", "", "modality-implied"),
    "unreviewed": (
        marked("half as high and pale: not reviewed"),
        "2004-04-15/2004-09-15",
        "status-held",
        "",
        "",
        "review-unreviewed",
    ),
}

_HELD = 40  # entries that the page shows without its script


def write(site: Site, graph: Graph, claims: Claims) -> None:
    """Write `timeline.html` in a language."""
    found = lines(graph)
    dated = [line for line in found if line.dated]
    labels = _labels(graph, found, site.language)
    notations: dict[str, str] = {row["code"].value: row["notation"].value for row in graph.named("notations")}

    def label(iri: str) -> str:
        return labels.get(iri, data_name(iri))

    def notation(iri: str) -> str:
        return notations.get(iri, terms.short(iri))

    def claims_of(row: TimelineRow) -> list[ClaimView]:
        return claims.of(report.key for report in row.reports)

    site.write(
        "timeline.html",
        "timeline.html",
        dated=dated,
        held=_HELD,
        undated=sorted(
            (line for line in found if not line.dated), key=lambda line: (line.unreviewed, label(line.iri).casefold())
        ),
        axis=Axis.over(row.bounds for line in dated for row in line.rows) if dated else None,
        **_weak(claims, found),
        label=label,
        notation=notation,
        claims_of=claims_of,
        words=lambda edtf: words(edtf, site.language),
        choices={name: _options(group, notation, label) for name, group in _choices(found).items()},
        samples=_samples(row for line in dated for row in line.rows),
        has_documents=any(line.group == "document" for line in dated),
        legend=_LEGEND,
        sources=_sources(found),
        announced=_announced(graph, found),
    )


def _sources(found: Iterable[TimelineLine]) -> list[str]:
    return sorted({report.source for line in found for report in line.reports})


def _weak(claims: Claims, found: Iterable[TimelineLine]) -> dict[str, bool]:
    """Tell whether some claims are implied, and whether some are known only through another text."""
    views = claims.of(report.key for line in found for report in line.reports)
    absent = {citation.absent for view in views for citation in view.citations}
    return {"has_implied": any(view.remark.implied for view in views), "has_cited": "cited" in absent}


def _labels(graph: Graph, found: Iterable[TimelineLine], language: str) -> Mapping[str, str]:
    """Return the labels of all entries, classes and codes on the page."""
    iris = {iri for line in found for iri in (line.iri, *line.classes, *line.kinds, *line.places)}
    iris |= {row.status for line in found for row in line.rows} - {""}
    return {node.value: text for node, text in graph.labels(map(NamedNode, sorted(iris)), language).items()}


def _samples(rows: Iterable[TimelineRow]) -> list[tuple[str, TimelineRow]]:
    """Return the words and a row for each sign of the legend that occurs in rows."""
    signs = {sign for row in rows for sign in _signs(row)}
    return [(text, _sample(*sample)) for sign, (text, *sample) in _SIGNS.items() if sign in signs]


def _signs(row: TimelineRow) -> Iterator[str]:
    """Yield the signs of a row: how its bar is drawn, its look, and whether it is inferred, implied or not reviewed."""
    kinds = {piece.kind for piece in row.pieces}
    is_announced = row.look == "announced" and kinds
    if "point" in kinds:
        yield "announced point" if is_announced else "point"
    elif is_announced:
        yield "announced"
    elif kinds == {"maybe"}:
        yield "once"
    if {"sure", "maybe"} <= kinds:
        yield "roughly"
    yield from kinds & {"after"}
    if kinds:
        yield row.look
        yield from ["inferred"] * row.inferred + ["implied"] * row.implied + ["unreviewed"] * row.unreviewed


def _sample(edtf: str, status: str, basis: str, modality: str, review: str = "review-person") -> TimelineRow:
    """Return a row for the legend."""
    coded = {tip.dateBasis: basis, tip.modality: modality, tip.review: review}
    values = {name: [f"{CODE}{code}"] for name, code in coded.items()} | {tip.date: [edtf]}
    return TimelineRow(edtf, f"{CODE}{status}" if status else "", [TimelineReport("", "", values)])


def _choices(found: Iterable[TimelineLine]) -> dict[str, set[str]]:
    """Return the choices of the filters: classes, kinds and statuses."""
    choices: dict[str, set[str]] = {"classes": set(), "status": set()}
    for line in found:
        choices["classes"].update(line.classes)
        choices.setdefault(line.group, set()).update(line.kinds)
        choices["status"].update(row.status for row in line.rows if row.status)
    return choices


def _options(
    codes: Iterable[str], notation: Callable[[str], str], label: Callable[[str], str]
) -> list[tuple[str, str]]:
    """Return the options of a filter, sorted by label; codes with the same notation are one option.

    >>> _options({"a#done", "b#done"}, lambda code: code[2:], {"a#done": "terminado", "b#done": "concluido"}.get)
    [('done', 'concluido / terminado')]
    """
    labels: dict[str, set[str]] = {}
    for code in codes:
        labels.setdefault(notation(code), set()).add(label(code))
    options = [(value, " / ".join(sorted(names))) for value, names in labels.items()]
    return sorted(options, key=lambda option: option[::-1])


def _announced(graph: Graph, found: Iterable[TimelineLine]) -> list[tuple[str, str]]:
    """Return the sources that announce something after the period of their report, and the end of that period."""
    planned = [row for line in found for row in line.rows if row.edtf and row.status == _PLANNED]
    last = dict(sorted((source, row.span[1].isoformat()) for row in planned for source in row.sources))
    periods = ((data_name(row["source"].value), row["period"].value) for row in graph.named("periods"))
    ends = ((source, period.rpartition("/")[2]) for source, period in periods)
    return [(source, end) for source, end in ends if end not in ("", "..") and last.get(source, "") >= end]
