"""The marks of places on the map, and their labels: a country is a point, a region its countries and a ring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolution

from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.map_projection import Country, Earth, Point, middle

POINT, REGION, VAGUE = "point", "region", "vague"
RADIUS = {POINT: 4.0, REGION: 13.0, VAGUE: 13.0}
_TINY = 0.1  # the weight of a place without an outline: that of a hundredth of a square degree
_WORSE = 4  # so many times worse is a name over words than one over a mark
_LINE, _GLYPH, _LETTERS = 14.0, 6.9, 16  # of a label: height of a line, width of a letter, letters to break it after


@dataclass(frozen=True)
class Mark:
    """A place on the map: `at` on the earth, `spot` in the frame, `outlines` the ids of its countries.

    A *point* is at its place. A *region* has countries. A *vague* place is drawn at other places: `about` names the
    places that hold it, or, with `perhaps`, those that it may mean.
    """

    iri: str
    label: str
    kind: str
    at: Point
    spot: Point
    outlines: tuple[str, ...]
    about: tuple[str, ...] = ()
    perhaps: bool = False

    @property
    def id(self) -> str:
        """Its name within the page."""
        return data_name(self.iri)

    @property
    def radius(self) -> float:
        """The distance from its middle to the ends of arcs."""
        return RADIUS[self.kind]


@dataclass
class _Extent:
    """The known extent of a place: its own point, and the outlines and points of its parts."""

    own: Point | None = None
    outlines: list[Country] = field(default_factory=list)
    points: list[tuple[Point, float]] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        return self.own is not None or bool(self.points)


class Atlas:
    """The places of a graph on the earth; each is looked up once."""

    def __init__(self, graph: Graph, earth: Earth) -> None:
        """Look up places of a graph on an earth."""
        self.graph, self.earth = graph, earth
        self._extents: dict[str, _Extent] = {}

    def mark(self, iri: str, label: str, language: str = "en") -> Mark | None:
        """Return the mark of a place; None if the graph does not know where it is."""
        extent = self._extent(iri)
        if extent.is_known:
            return self._mark(iri, label, REGION if extent.own is None else POINT, [extent])
        return self._vague_mark(iri, label, language)

    def _vague_mark(self, iri: str, label: str, language: str) -> Mark | None:
        """Return the mark of a place at the places that the graph has instead of it."""
        instead = self.graph.named("instead", {"place": [NamedNode(iri)]})
        known = [(place, how.value == "perhaps") for _, place, how in instead if self._extent(place.value).is_known]
        if not known:
            return None
        perhaps = all(is_perhaps for _, is_perhaps in known)
        places = [place for place, is_perhaps in known if is_perhaps == perhaps]
        labels = self.graph.labels(places, language)
        about = tuple(labels.get(place, place.value) for place in places)
        return self._mark(iri, label, VAGUE, [self._extent(place.value) for place in places], about, perhaps=perhaps)

    def _mark(
        self,
        iri: str,
        label: str,
        kind: str,
        extents: Sequence[_Extent],
        about: tuple[str, ...] = (),
        *,
        perhaps: bool = False,
    ) -> Mark:
        at = extents[0].own if kind == POINT else None
        if at is None:
            at = middle(point for extent in extents for point in extent.points)
        outlines = dict.fromkeys(country.id for extent in extents for country in extent.outlines)
        return Mark(iri, label, kind, at, self.earth.point(at), tuple(outlines), about, perhaps)

    def _extent(self, iri: str) -> _Extent:
        if iri not in self._extents:
            extent = self._extents[iri] = _Extent()
            for row in self.graph.named("extents", {"place": [NamedNode(iri)]}):
                self._add(extent, row, own=row["part"].value == iri)
        return self._extents[iri]

    def _add(self, extent: _Extent, row: QuerySolution, *, own: bool) -> None:
        code, name = (row[key].value if row[key] is not None else "" for key in ("m49", "label"))
        country = self.earth.by_code.get(code or name)
        at = country.at if country else None
        if row["latitude"] is not None and row["longitude"] is not None:
            at = float(row["longitude"].value), float(row["latitude"].value)
        if country is not None:
            extent.outlines.append(country)
        if own:
            extent.own = at
        if at is not None:
            # weighted by the root of the area: by the area itself, Russia would pull the middle of Europe to Siberia
            extent.points.append((at, sqrt(country.area) if country else _TINY))


class Label(NamedTuple):
    """The place of a label, from the middle of its mark in pixels, and its lines."""

    x: float
    y: float
    anchor: str
    lines: tuple[str, ...]


class LabelBox(NamedTuple):
    """The sides of a rectangle in the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "LabelBox") -> bool:
        """Tell whether it shares some room with another one."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def labels(
    marks: Sequence[Mark],
    curves: Iterable[Point],
    frame: tuple[float, float, float, float],
    unit: float = 1,
) -> dict[str, Label]:
    """Return the labels of marks where they hide other labels, marks and curves least; the first marks choose.

    `curves` are points of the lines, `frame` the left, top, right and bottom of the visible part, and `unit` the units
    in a pixel.
    """
    seen = LabelBox(*(side / unit for side in frame))
    taken = [_around((mark.spot[0] / unit, mark.spot[1] / unit), mark.radius) for mark in marks]
    lines = [_around((x / unit, y / unit), 1) for x, y in curves]
    placed: dict[str, Label] = {}
    for mark in marks:
        spot = mark.spot[0] / unit, mark.spot[1] / unit
        chosen = min(_places(mark), key=lambda label: _cost(box(label, spot), seen, taken, lines))
        placed[mark.iri] = chosen
        taken += [box(chosen, spot)] * _WORSE
    return placed


def _places(mark: Mark) -> list[Label]:
    lines = _broken(mark.label)
    away, rise = mark.radius + 5, (len(lines) - 1) * _LINE
    low, high, level = away + 9, -away - rise, 4 - rise / 2
    return [
        Label(0, low, "middle", lines),
        Label(away, level, "start", lines),
        Label(-away, level, "end", lines),
        Label(0, high, "middle", lines),
        Label(away * 0.8, low, "start", lines),
        Label(-away * 0.8, low, "end", lines),
        Label(away * 0.8, high, "start", lines),
        Label(-away * 0.8, high, "end", lines),
    ]


def _broken(label: str) -> tuple[str, ...]:
    """Break a name into lines of about the same length, one for every so many letters."""
    words, wanted = label.split(), -(-len(label) // _LETTERS)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines) < wanted and len(lines[-1]) + len(word) > len(label) / wanted:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def box(label: Label, spot: Point) -> LabelBox:
    """Return the box of a label beside a spot, by the usual width of a letter."""
    width = _GLYPH * max(map(len, label.lines))
    left = spot[0] + label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    top = spot[1] + label.y - 11
    return LabelBox(left, top, left + width, top + _LINE * len(label.lines))


def _around(spot: Point, radius: float) -> LabelBox:
    return LabelBox(spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius)


def _cost(box: LabelBox, frame: LabelBox, taken: Iterable[LabelBox], lines: Iterable[LabelBox]) -> float:
    outside = box.left < frame.left or box.right > frame.right or box.top < frame.top or box.bottom > frame.bottom
    return 1000 * outside + 10 * sum(map(box.meets, taken)) + sum(map(box.meets, lines))
