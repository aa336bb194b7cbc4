"""The map of routes: a page with a table of all reports, and the data from which `web/static/map.js` draws the map.

map.html          the tools and the key of the map, the figures, the table
map/en.js, …      places, lines, reports and figures, for the scripts of this page and of the pages of places
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from tipgraph.analysis import (
    SMALL,
    Lineage,
    claims_of,
    edges_of,
    independent,
    is_reviewed,
    label_in,
    mentions,
    restatements,
    supports,
    voices,
)
from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Query
from tipgraph.model import bounds, data_name, words
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.labels import issuer
from tipgraph.outputs.site.places import REGION, VAGUE, MapPlace, drawing_scripts, places
from tipgraph.outputs.site.site_tree import Site, entry_name

if TYPE_CHECKING:
    import networkx as nx

_THIN: Final = 1.5  # the width in pixels of a line without a figure, as in web/static/map.js
_FIRST: Final = 40  # lines that are drawn before somebody asks for all


@dataclass(frozen=True)
class RouteReport:
    """One claim of a route: its places in order, the claims that support it, and those that it repeats."""

    key: str
    route: NamedNode
    path: tuple[str, ...]
    directed: bool
    modality: str
    reviewed: bool
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    again: tuple[str, ...]
    edge: Mapping[str, Any]


@dataclass
class RouteLine:
    """All reports with the same places, whichever way they lead; its stops are in the order of the first report."""

    stops: tuple[str, ...]
    reports: list[RouteReport] = field(default_factory=list)

    def way(self, report: RouteReport) -> int:
        """Return the direction of one of its reports: 1, or -1 for back, or 0 if it has none."""
        if not report.directed:
            return 0
        return 1 if report.path == self.stops else -1

    @cached_property
    def sources(self) -> int:
        """The number of its sources; those with the same text are one."""
        return len(voices([dict(report.edge) for report in self.reports]))

    @property
    def weakness(self) -> tuple[bool, int, int, int, str]:
        """Its place among all lines: reviewed ones first, then those of most sources."""
        alone = independent([dict(report.edge) for report in self.reports])
        reviewed = any(report.reviewed for report in self.reports)
        return not reviewed, -self.sources, -alone, -len(self.reports), self.reports[0].key


@dataclass(frozen=True)
class MapFigure:
    """A figure: its subject, its words in short, its kind, and the number of its sources in words.

    `counted` says what it counts, in which unit and period: lines are wide by figures that count the same. `date` is in
    EDTF, empty if none is stated. `supported` is false if it repeats another figure that does not support it.
    """

    label: str
    short: str
    kind: str
    counted: str
    date: str
    support: str
    value: float | None
    claim: ClaimView
    supported: bool

    @property
    def counts(self) -> float | None:
        """The value for the width of a line; None for an unsupported, withheld or small figure."""
        return self.value if self.supported and not self.is_small else None

    @property
    def marked(self) -> str:
        """Its words in short, with the caveats."""
        caveats = ", ".join(self.claim.remark.caveats)
        return f"{self.short} ({caveats})" if caveats else self.short

    @property
    def is_small(self) -> bool:
        """Tell whether it is too small to be printed, since it could identify a person."""
        return self.value is not None and self.value < SMALL


def write(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]") -> dict[str, tuple[str, ...]]:
    """Write `map.html` and its data in a language; return the scripts of the small map of each place that has one.

    `network` is the network of routes.
    """
    page = context(site, graph, claims, network)
    carry(site.home / "map" / f"{site.language}.js", {"map": packed(page["data"])})
    site.write("map.html", "map.html", **page)
    return dict.fromkeys((iri for line in page["lines"] for iri in line.stops), page["map_scripts"])


def context(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]") -> dict[str, Any]:
    """Return what the page of the map shows, and below `data` what its script draws."""
    label = label_in(site.language)
    names = {iri: str(data[label]) for iri, data in network.nodes(data=True)}
    placed = {iri: place for iri, place in places(graph).items() if iri in names}
    reports = route_reports(graph, network)
    lines = route_lines(report for report in reports if placed.keys() >= {*report.path})
    every, beside = _beside(site, graph, figures(site, graph, claims))
    years = _years(graph, reports, every, beside)
    kinds = _kinds(lines, every, beside)
    data = {
        "places": _places_data(site, graph, lines, placed, names),
        "lines": [{"stops": [entry_name(iri) for iri in line.stops], "sources": line.sources} for line in lines],
        "reports": _reports_data(reports, lines, beside, years),
        "figures": [_figure_data(claims, figure, kinds, years) for figure in every],
        "countries": _countries(graph, site.language),
        "issuers": _issuers(graph, site.language),
        "first": _FIRST,
        "words": site.phrases("shared", "map"),
    }
    return {
        "data": data,
        "map_scripts": drawing_scripts(),
        "thin": _THIN,
        "first": _FIRST,
        "names": names,
        "unplaced": [names[iri] for iri in sorted(names.keys() - placed.keys())],
        "kinds": [(figure.claim.key, figure.counted, _scale(every, figure.counted)) for figure in kinds.values()],
        "rows": _rows(claims, reports, every, beside),
        "figures": every,
        **_of_lines(lines, names, every, beside),
        **_choices(reports, years),
    }


def _of_lines(
    lines: Sequence[RouteLine], names: Mapping[str, str], every: Sequence[MapFigure], beside: Mapping[str, list[int]]
) -> dict[str, Any]:
    """Return the lines of the map, the names of their places, and the keys of the figures beside them."""
    own = (place for line in lines for place in _figures_of(line.reports, beside))
    return {
        "lines": lines,
        "on_map": sorted({names[iri] for line in lines for iri in line.stops}),
        "placed_figures": {every[place].claim.key for place in own},
    }


def _choices(reports: Iterable[RouteReport], years: Mapping[str, tuple[int, int] | None]) -> dict[str, Any]:
    """Return the sources and the years by which reports can be filtered."""
    spans = (span for span in years.values() if span)
    return {
        "sources": sorted({source for report in reports for source in report.sources}),
        "span": sorted({year for first, last in spans for year in range(first, last + 1)}),
    }


def route_reports(graph: Graph, network: "nx.MultiDiGraph[str]") -> list[RouteReport]:
    """Return the reports behind the edges of a network of routes, with their legs joined; reviewed ones first."""
    routes = {claim.value: route for claim, route in graph.named("reported")}
    joined: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for start, end, key, leg in edges_of(network):
        joined.setdefault(key.partition(" ")[0], []).append((start, end, leg))
    reports = []
    for _, own in sorted(joined.items()):
        legs = sorted(own, key=lambda leg: leg[2].get("leg", 1))
        data = legs[0][2]
        report = RouteReport(
            data_name(data["claim"]),
            routes[data["claim"]],
            (legs[0][0], *(end for _, end, _ in legs)),
            not data["undirected"],
            data["modality"],
            any(is_reviewed(leg) for _, _, leg in legs),
            tuple(dict.fromkeys(source for _, _, leg in legs for source in leg["document"].split())),
            tuple(dict.fromkeys(data_name(claim) for _, _, leg in legs for claim in claims_of(leg))),
            tuple(data_name(claim) for claim in data.get("restates", "").split()),
            data,
        )
        reports.append(report)
    return sorted(reports, key=lambda report: not report.reviewed)


def route_lines(reports: Iterable[RouteReport]) -> list[RouteLine]:
    """Return the lines of reports, the strongest first; of a line, the reports that state a direction first."""
    joined: dict[tuple[str, ...], RouteLine] = {}
    for report in sorted(reports, key=lambda report: (not report.directed, report.modality == "implied", report.key)):
        joined.setdefault(min(report.path, report.path[::-1]), RouteLine(report.path)).reports.append(report)
    return sorted(joined.values(), key=lambda line: line.weakness)


def figures(site: Site, graph: Graph, claims: Claims) -> list[MapFigure]:
    """Return every figure of a graph once, by lineage: a figure before those that repeat it."""
    answer = Query.find("estimates").run(graph, language=site.language)
    rows: dict[NamedNode, dict[str, Any]] = {}
    for row in answer.rows:
        cells: dict[str, Any] = dict(zip(answer.columns, row, strict=True))
        rows.setdefault(cells["claim"], cells)
    every = mentions(graph, rows)
    lineage = Lineage(every, restatements(graph, every))
    found = []
    for claim in (claim for family in lineage.families for claim in family.mentions):
        roots = [root for several in lineage.roots(claim) for root in several]
        cells = rows[claim]
        labels = {name: answer.labels.get(cell, "") for name, cell in cells.items()}
        for view in claims.of([data_name(claim.value)]):
            kind = site.words("{basis}, a {measure}", basis=labels["basis"], measure=labels["measure"])
            counted = _counted(cells, labels)
            figure = MapFigure(
                labels["subject"],
                _short(site, cells, labels, counted),
                kind,
                f"{counted}; {kind}",
                cells["date"].value if cells["date"] is not None else "",
                _support(site, claims, view),
                float(cells["value"].value) if cells["value"] is not None else None,
                view,
                any(root == claim or supports(every[root], every[claim]) for root in roots),
            )
            found.append(figure)
    return found


def _short(site: Site, cells: Mapping[str, Any], labels: Mapping[str, str], counted: str) -> str:
    """Return a figure with its hedge, what it counts, and its date."""
    printed = cells["figure"] or cells["value"]
    short = f"{printed.value if printed is not None else ''} {counted}"
    if cells["date"] is not None:
        short = f"{short}, {words(cells['date'].value, site.language)}"
    if not cells["hedge"].value.endswith("hedge-exact"):
        short = site.words("{hedge} {figure}", hedge=labels["hedge"], figure=short)
    return short.strip()


def _counted(cells: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return the people that a figure counts, its unit unless that is persons, and its period."""
    told = [
        name
        for name in ("form", "sex", "age")
        if cells[name] is not None and not cells[name].value.endswith(("unspecified", "not-stated"))
    ]
    people = ", ".join(filter(None, (labels[name] for name in ("population", *told))))
    unit = "" if cells["unit"].value.endswith("unit-persons") else f"({labels['unit']})"
    return " ".join(filter(None, (people, unit, labels["per"])))


def _support(site: Site, claims: Claims, view: ClaimView) -> str:
    """Return the number of sources and sentences of a claim in words; a cited or withheld text gives no sentence."""
    links = claims.links(view)
    sources = {link.source for link in links}
    sentences = {(link.source, link.paragraph, link.sentence) for link in links if link.paragraph}
    one = site.words("one source") if len(sources) == 1 else site.words("{n} sources", n=len(sources))
    if not sentences:
        other = site.words("no sentence given")
    else:
        other = site.words("one sentence") if len(sentences) == 1 else site.words("{n} sentences", n=len(sentences))
    return f"{one}, {other}"


def _beside(site: Site, graph: Graph, known: Iterable[MapFigure]) -> tuple[list[MapFigure], dict[str, list[int]]]:
    """Return the figures of routes, and by the key of each report the numbers of its own in this list."""
    answer = Query.find("routes").run(graph, language=site.language)
    claim, number = (answer.columns.index(name) for name in ("claim", "claimFigure"))
    reported: dict[str, set[str]] = {}
    for row in answer.rows:
        if row[number] is not None:
            key, report = (data_name(row[at].value) for at in (number, claim))  # type: ignore[union-attr]
            reported.setdefault(key, set()).add(report)
    every = [figure for figure in known if figure.claim.key in reported]
    beside: dict[str, list[int]] = {}
    for place, figure in enumerate(every):
        for report in sorted(reported[figure.claim.key]):
            beside.setdefault(report, []).append(place)
    return every, beside


def _figures_of(reports: Iterable[RouteReport], beside: Mapping[str, list[int]]) -> list[int]:
    """Return the numbers of the figures of several reports, each once, in order."""
    return sorted({place for report in reports for place in beside.get(report.key, ())})


def _kinds(
    lines: Iterable[RouteLine], every: Sequence[MapFigure], beside: Mapping[str, list[int]]
) -> dict[str, MapFigure]:
    """Return the first figure of each kind, first the kind that most lines have; equals in the order of figures."""
    used: Counter[str] = Counter()
    for line in lines:
        own = (every[place] for place in _figures_of(line.reports, beside))
        used.update({figure.counted for figure in own if figure.counts is not None})
    printed = [figure for figure in every if not figure.is_small]
    first = {figure.counted: figure for figure in reversed(printed)}
    order = dict.fromkeys(figure.counted for figure in printed)
    return {counted: first[counted] for counted in sorted(order, key=lambda counted: -used[counted])}


def _scale(every: Iterable[MapFigure], counted: str) -> list[tuple[str, float]]:
    """Return the powers of ten around the figures of a kind, each with the width of its line."""
    counts = [figure.counts for figure in every if figure.counted == counted and figure.counts]
    powers = range(floor(log10(min(counts))), ceil(log10(max(counts))) + 1) if counts else ()
    return [(f"{10**power:,}", _width(10**power)) for power in powers]


def _width(figure: float) -> float:
    """Return the width in pixels of a line with a figure."""
    return round(max(0.5 + 2 * log10(max(figure, 1)), _THIN), 2)


def _years(
    graph: Graph, reports: Iterable[RouteReport], every: Sequence[MapFigure], beside: Mapping[str, list[int]]
) -> dict[str, tuple[int, int] | None]:
    """Return the first and last year of each report and figure by its key: its date, or when its source was issued."""
    dated = (row for row in graph.named("sources") if row["issued"] is not None)
    issued = {data_name(row["source"].value): row["issued"].value for row in dated}
    years: dict[str, tuple[int, int] | None] = {}
    for report in reports:
        source = _span(issued.get(source, "") for source in report.sources)
        own = [every[place] for place in beside.get(report.key, ())]
        years |= {figure.claim.key: _span([figure.date]) if figure.date else source for figure in own}
        years[report.key] = _span([figure.date for figure in own if figure.date]) or source
    return years


def _span(dates: Iterable[str]) -> tuple[int, int] | None:
    """Return the first and last year of dates; None without a year."""
    days = [day for edtf in dates if edtf for day in bounds(edtf) if day is not None]
    return (min(days).year, max(days).year) if days else None


def _rows(
    claims: Claims, reports: Iterable[RouteReport], every: Sequence[MapFigure], beside: Mapping[str, list[int]]
) -> list[dict[str, Any]]:
    """Return the rows of the table, each with the anchors for links to its route and to places that it names first."""
    rows, known = [], set[str]()
    for report in reports:
        new = dict.fromkeys(entry_name(iri) for iri in (report.route.value, *report.path))
        anchors = [name for name in new if name not in known]
        known |= {*anchors}
        own = [every[at] for at in beside.get(report.key, ())]
        views, repeated = claims.of(report.claims), claims.of(report.again)
        rows.append({"report": report, "anchors": anchors, "figures": own, "claims": views, "repeated": repeated})
    return rows


def _places_data(
    site: Site,
    graph: Graph,
    lines: Iterable[RouteLine],
    placed: Mapping[str, MapPlace],
    names: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the places of lines, those of the strongest lines first."""
    used = dict.fromkeys(iri for line in lines for iri in line.stops)
    labels = graph.labels({place for iri in used for place in placed[iri].about}, site.language)
    return [
        {
            "id": entry_name(iri),
            "title": names[iri],
            "page": site.page_of(iri),
            "kind": placed[iri].kind,
            "parts": placed[iri].parts,
            "note": _note(site, placed[iri], labels),
        }
        for iri in used
    ]


def _note(site: Site, place: MapPlace, labels: Mapping[NamedNode, str]) -> str:
    """Return the meaning of the sign of a place in words, unless it is simply at its place."""
    about = ", ".join(labels.get(other, other.value) for other in place.about)
    if place.kind == REGION:
        return site.words("A region: the ring represents all its countries, not a place in its middle.")
    if place.kind == VAGUE and place.perhaps:
        return site.words(
            "Its extent is not known. The map draws it at {places}, but the name may or may not mean these places.",
            places=about,
        )
    if place.kind == VAGUE:
        return site.words(
            "Its exact location is not known. The map draws it at the place that contains it: {places}.", places=about
        )
    return ""


def _reports_data(
    reports: Iterable[RouteReport],
    lines: Sequence[RouteLine],
    beside: Mapping[str, list[int]],
    years: Mapping[str, tuple[int, int] | None],
) -> list[dict[str, Any]]:
    """Return the reports in the order of the table; one has no line if a place of it is nowhere."""
    drawn = {report.key: (at, line.way(report)) for at, line in enumerate(lines) for report in line.reports}
    found = []
    for report in reports:
        line, way = drawn.get(report.key, (None, 0))
        data = {
            "key": report.key,
            "route": entry_name(report.route.value),
            "line": line,
            "way": way,
            "stops": [entry_name(iri) for iri in report.path],
            "modality": report.modality,
            "reviewed": report.reviewed,
            "sources": report.sources,
            "years": years[report.key],
            "claims": report.claims,
            "figures": beside.get(report.key, []),
        }
        found.append(data)
    return found


def _figure_data(
    claims: Claims,
    figure: MapFigure,
    kinds: Mapping[str, MapFigure],
    years: Mapping[str, tuple[int, int] | None],
) -> dict[str, Any]:
    """Return a figure; its kind is empty if the map does not print it."""
    return {
        "key": figure.claim.key,
        "kind": "" if figure.is_small else kinds[figure.counted].claim.key,
        "width": _width(figure.counts) if figure.counts is not None else 0,
        "modality": figure.claim.remark.modality,
        "reviewed": not figure.claim.remark.unreviewed,
        "sources": sorted({link.source for link in claims.links(figure.claim)}),
        "years": years[figure.claim.key],
        "short": "" if figure.is_small else figure.short,
        "struck": not figure.supported,
        "caveats": figure.claim.remark.caveats,
    }


def _countries(graph: Graph, language: str) -> dict[str, str]:
    """Return the names of countries by their codes, as far as the graph has them."""
    coded = {code.value: place for code, place in graph.named("coded")}
    labels = graph.labels(coded.values(), language)
    return {code: labels[place] for code, place in coded.items() if place in labels}


def _issuers(graph: Graph, language: str) -> dict[str, str]:
    """Return who issued each source, and when, by its name."""
    return {
        data_name(row["source"].value): ", ".join(filter(None, issuer(row, language))) for row in graph.named("sources")
    }
