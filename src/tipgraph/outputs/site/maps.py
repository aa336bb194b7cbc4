"""The map of routes: arcs between places over the outlines of countries, as a page and as a picture of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.analysis import label_in
from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Query
from tipgraph.model import DATA, data_name
from tipgraph.outputs.site.claims import Claims, PlaceLink
from tipgraph.outputs.site.map_figures import MapFigure, figures
from tipgraph.outputs.site.map_labels import REGION, VAGUE, Atlas, Label, Mark, labels
from tipgraph.outputs.site.map_projection import Earth, Point
from tipgraph.outputs.site.route_lines import Arc, RouteReportLine, arcs, reports, width_of
from tipgraph.outputs.site.site_tree import Site

if TYPE_CHECKING:
    import networkx as nx

_PHONE = 2.2  # units of the frame in a pixel, where the routes fill the width of a telephone
_ROOM = 60  # units around the routes that are seen there, as in web/modules/map/picture.js
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
class MapLine:
    """An arc of the picture: its name and its figures in words, and the page of its route."""

    arc: Arc
    title: str
    figures: list[MapFigure]
    page: str

    @property
    def spot(self) -> Point:
        """The point for its figures: on the curve, nearer to the destination."""
        return self.arc.legs[0].at(0.6)

    @property
    def note(self) -> Label:
        """Its figures in words, below the curve."""
        return Label(0, 20 + self.arc.width / 2, "middle", tuple(figure.short for figure in self.printed))

    @property
    def printed(self) -> list[MapFigure]:
        """The figures beside it, unsupported ones last; small figures could identify a person, and are left out."""
        printed = (figure for figure in self.figures if not figure.is_small)
        return sorted(printed, key=lambda figure: not figure.supported)


@dataclass(frozen=True)
class Picture:
    """The parts of the picture; `small` has the labels for a telephone."""

    earth: Earth
    names: Mapping[str, str]
    lines: list[MapLine]
    marks: list[Mark]
    labels: Mapping[str, Label]
    small: Mapping[str, Label]

    @cached_property
    def colours(self) -> dict[str, str]:
        """The colours of regions and vague places, by IRI."""
        areas = [mark.iri for mark in self.marks if mark.kind in (REGION, VAGUE)]
        return {iri: _TINTS[number % len(_TINTS)] for number, iri in enumerate(areas)}

    @property
    def tints(self) -> list[Mark]:
        """The marks that have countries, the largest first, so that no mark hides another."""
        return sorted((mark for mark in self.marks if mark.outlines), key=lambda mark: -len(mark.outlines))


def write(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]") -> None:
    """Write `map.html` and `map.svg` in a language; `network` is the network of routes."""
    drawn = _drawn(site, graph, claims, network)
    site.write("map.html", "map.html", data=_data(site, claims, drawn["picture"]), **drawn)
    site.write("map.svg", "map.svg", alone=True, **drawn)


def picture_alone(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]") -> str:
    """Return the map as SVG without links, for a notebook."""
    drawn = _drawn(site, graph, claims, network)
    return site.text("map.svg", alone=True, inert=True, url=lambda _: "", **drawn)


def _drawn(site: Site, graph: Graph, claims: Claims, network: "nx.MultiDiGraph[str]") -> dict[str, Any]:
    """Return the context of the templates: the picture, the rows of its table, and the figures."""
    earth = Earth.read()
    found, names = reports(network), _names(network, site.language)
    beside = _beside(site, graph, claims)
    marks = _marks(Atlas(graph, earth), names, site.language)
    lines = _lines(site, graph, arcs(found, marks, earth), beside)
    return {
        "picture": _picture(earth, _countries(graph, earth, site.language), lines, marks),
        "rows": [_row(claims, report, names, _all_of([report], beside)) for report in found],
        "figures": _all_of(found, beside),
        "arcs": {figure.claim.key: line.arc.id for line in lines for figure in line.figures},
        "unplaced": [names[iri] for iri in sorted(names) if iri not in marks],
        "sources": sorted({source for report in found for source in report.sources}),
    }


def _lines(
    site: Site, graph: Graph, drawn: Iterable[Arc], beside: Mapping[str, Mapping[int, MapFigure]]
) -> list[MapLine]:
    """Return the lines of arcs with their figures."""
    routes = {data_name(claim.value): route.value for claim, route in graph.named("reported")}
    lines = []
    for arc in drawn:
        counted = _all_of(arc.reports, beside)
        arc.figures = tuple(number.counts for number in counted if number.counts is not None)
        lines.append(MapLine(arc, _title(site, arc.directed, arc.stops), counted, site.page_of(routes[arc.id])))
    return lines


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


def _title(site: Site, directed: bool, stops: Sequence[Mark]) -> str:
    words = (" → " if directed else " – ").join(mark.label for mark in stops)
    return words if directed else site.words("{places} (direction not stated)", places=words)


def _row(claims: Claims, report: RouteReportLine, names: Mapping[str, str], numbers: list[MapFigure]) -> MapRow:
    places = [(iri, names[iri]) for iri in report.path]
    own, repeated = claims.of(report.claims), claims.of(report.again)
    links = claims.links_of(own), claims.links_of(repeated)
    return MapRow(report, places, numbers, own, *links)


def _picture(earth: Earth, names: Mapping[str, str], lines: list[MapLine], found: Mapping[str, Mark]) -> Picture:
    used = {mark.iri: len(line.arc.claims) for line in lines for mark in line.arc.stops}
    marks = sorted((found[iri] for iri in used), key=lambda mark: (mark.kind != REGION, -used[mark.iri], mark.iri))
    curves = [point for line in lines for leg in line.arc.legs for point in leg.points()]
    notes = [(line.spot, line.note) for line in lines if line.printed]
    return Picture(
        earth,
        names,
        sorted(lines, key=lambda line: (-line.arc.width, line.arc.id)),
        marks,
        labels(marks, notes, curves, (0, 0, earth.width, earth.height)),
        labels(marks, notes, curves, _around(curves), _PHONE),
    )


def _around(curves: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in curves] or [0], [y for _, y in curves] or [0]
    return min(xs) - _ROOM, min(ys) - _ROOM, max(xs) + _ROOM, max(ys) + _ROOM


def _data(site: Site, claims: Claims, picture: Picture) -> dict[str, Any]:
    """Return the data for the scripts of the page."""
    return {
        "width": picture.earth.width,
        "height": picture.earth.height,
        "arcs": [_arc_data(claims, line) for line in picture.lines],
        "marks": [_mark_data(site, mark, picture) for mark in picture.marks],
        "reports": sum(len(line.arc.reports) for line in picture.lines),
        "words": site.phrases("shared", "map"),
    }


def _arc_data(claims: Claims, line: MapLine) -> dict[str, Any]:
    arc = line.arc
    return {
        "id": arc.id,
        "title": line.title,
        "page": line.page,
        "stops": [mark.id for mark in arc.stops],
        "thin": arc.thin,
        "legs": [leg.data() for leg in arc.legs],
        "figures": [
            {
                "key": figure.claim.key,
                "width": width_of(figure.counts) if figure.counts is not None else 0,
                "modality": figure.claim.remark.modality,
                "sources": sorted({link.source for link in claims.links(figure.claim)}),
            }
            for figure in line.figures
        ],
        "reports": [
            {"key": report.key, "modality": report.modality, "sources": report.sources, "claims": report.claims}
            for report in arc.reports
        ],
    }


def _mark_data(site: Site, mark: Mark, picture: Picture) -> dict[str, Any]:
    label, small = picture.labels[mark.iri], picture.small[mark.iri]
    return {
        "id": mark.id,
        "title": mark.label,
        "page": site.page_of(mark.iri),
        "note": _note(site, mark),
        "x": round(mark.spot[0], 1),
        "y": round(mark.spot[1], 1),
        "label": [label.x, label.y, label.anchor],
        "small": [small.x, small.y, small.anchor],
    }


def _note(site: Site, mark: Mark) -> str:
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
