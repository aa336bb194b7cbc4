"""The map of routes: lines between places over the outlines of countries, as a page and as a picture of its own.

    map.html          the strongest lines, and the lists of reports and figures
    map/en.js, …      all lines, reports and figures, for the scripts of the page
    map.svg           the strongest lines alone

Decision: docs/decisions/0139-the-map-is-svg-up-to-500-lines.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.analysis import label_in
from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Query
from tipgraph.model import DATA, bounds, data_name
from tipgraph.outputs.site.claims import Claims, PlaceLink
from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.labels import issuer
from tipgraph.outputs.site.long_lists import long_list
from tipgraph.outputs.site.map_figures import MapFigure, figures
from tipgraph.outputs.site.map_labels import POINT, REGION, VAGUE, Atlas, Label, Mark, labels
from tipgraph.outputs.site.map_projection import Earth, Point
from tipgraph.outputs.site.route_lines import PALE, THIN, Arc, RouteReportLine, arcs, reports, width_of
from tipgraph.outputs.site.site_tree import Site

if TYPE_CHECKING:
    import networkx as nx

STRONGEST, NOTED = 40, 12  # lines that are drawn at first, and lines that have the chosen figures beside them
BESIDE = 3  # figures beside a line; of more, the one that makes it wide
_PHONE = 2.2  # units of the frame in a pixel, where the routes fill the width of a telephone
_ROOM = 60  # units around the routes that are seen there, as in web/static/map.js
_LETTERS = 170  # in a line of words below the picture, as in web/static/map.js
_TINTS = ("#009e73", "#0072b2", "#cc79a7", "#e69f00", "#56b4e9", "#8a6fd1")


@dataclass(frozen=True)
class MapRow:
    """A report of a route as a row of the table, with the figures of its own source.

    `places` are the IRIs and labels of its places, in order.
    """

    report: RouteReportLine
    places: list[tuple[str, str]]
    figures: list[MapFigure]
    claims: list[ClaimView]
    links: list[PlaceLink]
    repeated: list[PlaceLink]


@dataclass(frozen=True)
class Kind:
    """A kind of figure, which sets the width of lines: its key, its words, and its scale of figures and widths."""

    key: str
    label: str
    scale: list[tuple[str, float]]


@dataclass(frozen=True)
class MapLine:
    """A line of the picture: its name, its figures, its pages, and if it is drawn at first.

    `about` is its name with its figures in words.
    """

    arc: Arc
    title: str
    about: str
    figures: list[MapFigure]
    pages: list[tuple[str, str]]
    first: bool

    @property
    def spot(self) -> Point:
        """The point for its figures: on the curve, nearer to the destination."""
        return self.arc.legs[0].at(0.75)


@dataclass(frozen=True)
class Picture:
    """The parts of the picture; `small` has the labels for a telephone. No kind of figure is drawn at first."""

    earth: Earth
    names: Mapping[str, str]
    lines: list[MapLine]
    kinds: list[Kind]
    marks: list[Mark]
    labels: Mapping[str, Label]
    small: Mapping[str, Label]

    @cached_property
    def at_first(self) -> set[str]:
        """The IRIs of the places of the lines that are drawn at first."""
        return {mark.iri for line in self.lines if line.first for mark in line.arc.stops}

    @cached_property
    def colours(self) -> dict[str, str]:
        """The colours of regions and vague places, by IRI."""
        areas = [mark.iri for mark in self.marks if mark.kind in (REGION, VAGUE)]
        return {iri: _TINTS[number % len(_TINTS)] for number, iri in enumerate(areas)}

    @property
    def tints(self) -> list[Mark]:
        """The marks that have countries, the largest first, so that no mark hides another."""
        return sorted((mark for mark in self.marks if mark.outlines), key=lambda mark: -len(mark.outlines))


def write(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]") -> Picture:
    """Write `map.html` and `map.svg` in a language, and return the picture; `network` is the network of routes."""
    drawn = _drawn(site, graph, claims, network)
    rows = long_list(site, "map.html", "map-reports", "map-reports.html", drawn["rows"], 34, 16)
    figured = long_list(
        site, "map.html", "map-figures", "map-figures.html", drawn["figures"], 34, 16, arcs=drawn["arcs"]
    )
    site.write("map.html", "map.html", **drawn | {"rows": rows, "figures": figured})
    site.write("map.svg", "map.svg", alone=True, **drawn)
    carry(site.home / "map" / f"{site.language}.js", {"map": packed(_data(site, claims, drawn))})
    picture: Picture = drawn["picture"]
    return picture


def picture_alone(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]", asked: str = "") -> str:
    """Return the map as SVG without links, for a notebook; `asked` is the filter of the network in words."""
    drawn = _drawn(site, graph, claims, network, asked)
    return site.text("map.svg", alone=True, inert=True, url=lambda _: "", **drawn)


def _drawn(
    site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]", asked: str = ""
) -> dict[str, Any]:
    """Return the context of the templates: the picture, the rows of its table, and the figures."""
    earth = Earth.read()
    found, names = reports(network), _names(network, site.language)
    beside = _beside(site, graph, claims)
    marks = _marks(Atlas(graph, earth), names, site.language)
    drawn = arcs(found, marks, earth)
    every = _all_of(found, beside)
    kinds = _kinds([_all_of(arc.reports, beside) for arc in drawn], every)
    lines = _lines(site, graph, drawn, beside)
    issuers = _issuers(graph, site.language)
    years = _years(graph, found, beside)
    return {
        "thin": THIN,
        "issuers": issuers,
        "said": _said(site, lines, issuers, asked),
        "pale": PALE,
        "most": STRONGEST,
        "picture": _picture(earth, _countries(graph, earth, site.language), lines, kinds, marks),
        "rows": [_row(claims, report, names, _all_of([report], beside)) for report in found],
        "figures": every,
        "arcs": {figure.claim.key: line.arc.id for line in lines for figure in line.figures},
        "unplaced": [names[iri] for iri in sorted(names) if iri not in marks],
        "sources": sorted({source for report in found for source in report.sources}),
        "years": years,
        "span": sorted({year for span in years.values() if span for year in range(span[0], span[1] + 1)}),
    }


def _lines(
    site: Site, graph: Graph, drawn: Iterable[Arc], beside: Mapping[str, Mapping[int, MapFigure]]
) -> list[MapLine]:
    """Return the lines of arcs with their figures, the strongest first."""
    routes = {data_name(claim.value): route for claim, route in graph.named("reported")}
    labels = graph.labels(set(routes.values()), site.language)
    lines = []
    for number, arc in enumerate(drawn):
        own = dict.fromkeys(routes[report.key] for report in arc.reports)
        pages = [(labels[route], page) for route in own if (page := site.page_of(route.value))]
        title, own_figures = _title(site, arc), _all_of(arc.reports, beside)
        about = _about(site, arc, title, own_figures)
        first = number < STRONGEST
        lines.append(MapLine(arc, title, about, own_figures, pages, first))
    return lines


def listed(found: Iterable[MapFigure]) -> list[MapFigure]:
    """Return figures, unsupported ones last; small figures could identify a person, and are left out."""
    return sorted((figure for figure in found if not figure.is_small), key=lambda figure: not figure.supported)


def _about(site: Site, arc: Arc, title: str, found: Iterable[MapFigure]) -> str:
    """Return the name of a line, with its figures, and whether all its reports are implied or not reviewed."""
    unsupported = site.words("not supported by the number that it seems to repeat")
    said = [figure.marked if figure.supported else f"{figure.marked} ({unsupported})" for figure in listed(found)]
    marks = [site.words("implied")] * arc.implied + [site.words("not reviewed")] * (not arc.reviewed)
    return ", ".join([title, *said]) + (f" ({', '.join(marks)})" if marks else "")


def _kinds(beside: Iterable[list[MapFigure]], every: Iterable[MapFigure]) -> list[Kind]:
    """Return the kinds of figures on the map, first the kind that most lines have; equals in the order of figures."""
    order = dict.fromkeys(figure.counted for figure in every if not figure.is_small)
    used: Counter[str] = Counter()
    for found in beside:
        used.update({figure.counted for figure in found if figure.counts is not None})
    kinds = []
    for counted in sorted(order, key=lambda counted: -used[counted]):
        own = [figure for figure in every if figure.counted == counted and not figure.is_small]
        counts = [figure.counts for figure in own if figure.counts]
        powers = range(floor(log10(min(counts))), ceil(log10(max(counts))) + 1) if counts else ()
        scale = [(f"{10**power:,}", width_of(10**power)) for power in powers]
        kinds.append(Kind(own[0].claim.key, counted, scale))
    return kinds


def _years(
    graph: Graph, found: Iterable[RouteReportLine], beside: Mapping[str, Mapping[int, MapFigure]]
) -> dict[str, tuple[int, int] | None]:
    """Return the first and last year of each report and figure by its key: its date, or when its source was issued."""
    dated = (row for row in graph.named("sources") if row["issued"] is not None)
    issued = {data_name(row["source"].value): row["issued"].value for row in dated}
    years: dict[str, tuple[int, int] | None] = {}
    for report in found:
        source = _span(issued.get(source, "") for source in report.sources)
        own = beside.get(report.key, {}).values()
        years |= {figure.claim.key: _span([figure.date]) if figure.date else source for figure in own}
        years[report.key] = _span([figure.date for figure in own if figure.date]) or source
    return years


def _span(dates: Iterable[str]) -> tuple[int, int] | None:
    """Return the first and last year of dates; None without a year."""
    days = [day for edtf in dates if edtf for day in bounds(edtf) if day is not None]
    return (min(days).year, max(days).year) if days else None


def _beside(site: Site, graph: Graph, claims: Claims) -> dict[str, dict[int, MapFigure]]:
    """Return the figures of each report of a route by its key, with their numbers in the list of all figures."""
    answer = Query.find("routes").run(graph, language=site.language)
    claim, number = (answer.columns.index(name) for name in ("claim", "claimFigure"))
    reported: dict[str, set[str]] = {}
    for row in answer.rows:
        if row[number] is not None:
            key, report = (data_name(row[at].value) for at in (number, claim))  # type: ignore[union-attr]
            reported.setdefault(key, set()).add(report)
    found: dict[str, dict[int, MapFigure]] = {}
    for place, figure in enumerate(figures(site, graph, claims)):
        for report in reported.get(figure.claim.key, ()):
            found.setdefault(report, {})[place] = figure
    return found


def _all_of(found: Iterable[RouteReportLine], beside: Mapping[str, Mapping[int, MapFigure]]) -> list[MapFigure]:
    """Return the figures of several reports, each once, in order."""
    every = {place: figure for report in found for place, figure in beside.get(report.key, {}).items()}
    return [every[place] for place in sorted(every)]


def _issuers(graph: Graph, language: str) -> dict[str, str]:
    """Return who issued each source, and when, by its name."""
    return {
        data_name(row["source"].value): ", ".join(filter(None, issuer(row, language))) for row in graph.named("sources")
    }


def _said(site: Site, lines: Sequence[MapLine], issuers: Mapping[str, str], asked: str) -> list[str]:
    """Return what the picture shows, and its sources, as lines of words."""
    reports = (report for line in lines if line.first for report in line.arc.reports)
    sources = sorted({issuers[source] for report in reports for source in report.sources})
    counts = {"n": min(len(lines), STRONGEST), "all": len(lines)}
    shown = site.words("{n} of {all} lines: reviewed ones first, then those that most sources report.", **counts)
    filters = [site.words("Filter: {filter}.", filter=asked)] if asked else []
    return [*filters, shown, *wrap(f"{site.words('Sources')}: {'; '.join(sources)}", _LETTERS)]


def _names(network: "nx.MultiDiGraph[str]", language: str) -> dict[str, str]:
    label = label_in(language)
    return {iri: str(data[label]) for iri, data in network.nodes(data=True)}


def _marks(atlas: Atlas, names: Mapping[str, str], language: str) -> dict[str, Mark]:
    found = {iri: atlas.mark(iri, label, language) for iri, label in names.items()}
    return {iri: mark for iri, mark in found.items() if mark is not None}


def _countries(graph: Graph, earth: Earth, language: str) -> dict[str, str]:
    """Return the names of the countries by their ids, in a language if the graph has them."""
    coded = {code.value: place for code, place in graph.named("coded")}
    labels = graph.labels(coded.values(), language)
    names = ((country, coded.get(country.code, NamedNode(DATA))) for country in earth.countries)
    return {country.id: labels.get(place, country.name) for country, place in names}


def _title(site: Site, arc: Arc) -> str:
    """Return the places of a line, with the directions that its reports state or imply."""
    if len({mark.iri for mark in arc.stops}) == 1:
        return site.words("within {place}", place=arc.stops[0].label)
    arrow = {(1,): " → ", (-1,): " ← ", (1, -1): " ⇄ "}.get(tuple(arc.ways), " – ")
    places = arrow.join(mark.label for mark in arc.stops)
    if not arc.ways:
        return site.words("{places} (direction not stated)", places=places)
    if not arc.implied and not all(arc.ways.values()):
        return site.words("{places} (direction implied)", places=places)
    return places


def _row(claims: Claims, report: RouteReportLine, names: Mapping[str, str], numbers: list[MapFigure]) -> MapRow:
    places = [(iri, names[iri]) for iri in report.path]
    own, repeated = claims.of(report.claims), claims.of(report.again)
    links = claims.links_of(own), claims.links_of(repeated)
    return MapRow(report, places, numbers, own, *links)


def _picture(
    earth: Earth, names: Mapping[str, str], lines: list[MapLine], kinds: list[Kind], found: Mapping[str, Mark]
) -> Picture:
    used: dict[str, int] = {}
    for line in lines:
        used |= {mark.iri: len(line.arc.claims) for mark in line.arc.stops if mark.iri not in used}
    order = {iri: number for number, iri in enumerate(used)}  # those of the strongest lines first
    marks = sorted((found[iri] for iri in used), key=lambda mark: (mark.kind != REGION, order[mark.iri]))
    curves = [point for line in lines if line.first for leg in line.arc.legs for point in leg.points()]
    return Picture(
        earth,
        names,
        lines,
        kinds,
        marks,
        labels(marks, curves, (0, 0, earth.width, earth.height)),
        labels(marks, curves, _around(curves), _PHONE),
    )


def _around(curves: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in curves] or [0], [y for _, y in curves] or [0]
    return min(xs) - _ROOM, min(ys) - _ROOM, max(xs) + _ROOM, max(ys) + _ROOM


def _data(site: Site, claims: Claims, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data for the scripts of the page; lines name reports and figures by their numbers."""
    picture, years, rows = drawn["picture"], drawn["years"], drawn["rows"]
    number = {figure.claim.key: at for at, figure in enumerate(drawn["figures"])}
    report = {row.report.key: at for at, row in enumerate(rows)}
    ways = {report.key: line.arc.way(report) for line in picture.lines for report in line.arc.reports}
    kinds = {kind.label: kind.key for kind in picture.kinds}
    return {
        "width": picture.earth.width,
        "height": picture.earth.height,
        "most": STRONGEST,
        "noted": NOTED,
        "beside": BESIDE,
        "figures": [_figure_data(claims, figure, kinds, years) for figure in drawn["figures"]],
        "reports": [_row_data(row, ways.get(row.report.key), number, years) for row in rows],
        "lines": [_line_data(line, number, report) for line in picture.lines],
        "marks": [_mark_data(site, mark, picture) for mark in picture.marks],
        "issuers": drawn["issuers"],
        "words": site.phrases("shared", "map"),
    }


def _line_data(line: MapLine, number: Mapping[str, int], report: Mapping[str, int]) -> dict[str, Any]:
    x, y = line.spot
    legs = [{"d": leg.path, "heads": {way: leg.head(way) for way in leg.ways}} for leg in line.arc.legs]
    return {
        "id": line.arc.id,
        "title": line.title,
        "about": line.about,
        "pages": line.pages,
        "sources": line.arc.sources,
        "stops": [mark.id for mark in line.arc.stops],
        "ways": list(line.arc.ways),
        "legs": legs,
        "spot": [round(x, 1), round(y, 1)],
        "figures": [number[figure.claim.key] for figure in line.figures],
        "reports": [report[one.key] for one in line.arc.reports],
    }


def _figure_data(
    claims: Claims,
    figure: MapFigure,
    kinds: Mapping[str, str],
    years: Mapping[str, tuple[int, int] | None],
) -> dict[str, Any]:
    """Return a figure; its kind is empty if the map does not print it."""
    return {
        "key": figure.claim.key,
        "kind": "" if figure.is_small else kinds.get(figure.counted, ""),
        "width": width_of(figure.counts) if figure.counts is not None else 0,
        "modality": figure.claim.remark.modality,
        "reviewed": not figure.claim.remark.unreviewed,
        "sources": sorted({link.source for link in claims.links(figure.claim)}),
        "years": years[figure.claim.key],
        "short": figure.short,
        "struck": not figure.supported,
        "caveats": figure.claim.remark.caveats,
    }


def _row_data(
    row: MapRow,
    way: int | None,
    number: Mapping[str, int],
    years: Mapping[str, tuple[int, int] | None],
) -> dict[str, Any]:
    """Return a report; `way` is None if it has no line, since a place of it is nowhere."""
    report = row.report
    return {
        "key": report.key,
        "way": way,
        "modality": report.modality,
        "reviewed": report.reviewed,
        "sources": report.sources,
        "claims": report.claims,
        "years": years[report.key],
        "stops": [data_name(iri) for iri, _ in row.places],
        "figures": [number[figure.claim.key] for figure in row.figures],
    }


def _mark_data(site: Site, mark: Mark, picture: Picture) -> dict[str, Any]:
    label, small = picture.labels[mark.iri], picture.small[mark.iri]
    return {
        "id": mark.id,
        "title": mark.label,
        "pages": [(mark.label, page)] if (page := site.page_of(mark.iri)) else [],
        "land": mark.outlines if mark.kind == POINT else (),
        "note": meaning(site, mark),
        "spot": [round(mark.spot[0], 1), round(mark.spot[1], 1)],
        "label": [label.x, label.y, label.anchor],
        "small": [small.x, small.y, small.anchor],
    }


def meaning(site: Site, mark: Mark) -> str:
    """Return the meaning of a mark in words, unless it is simply at its place."""
    if mark.kind == REGION:
        return site.words("A region: the ring represents all its countries, not a place in its middle.")
    if mark.kind == VAGUE:
        places = ", ".join(mark.about)
        if mark.perhaps:
            return site.words(
                "Its extent is not known. The map draws it at {places}, but the name may or may not mean these places.",
                places=places,
            )
        return site.words(
            "Its exact location is not known. The map draws it at the place that contains it: {places}.", places=places
        )
    return ""
