"""Reported routes as arcs: one arc for all reports with the same places and direction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees, hypot, log10
from typing import TYPE_CHECKING, Any

from tipgraph.analysis import claims_of, edges_of, independent
from tipgraph.model import data_name
from tipgraph.outputs.site.map_labels import Mark
from tipgraph.outputs.site.map_projection import Earth, Point

if TYPE_CHECKING:
    import networkx as nx

_BEND = 0.3  # how far an arc is bent, as a part of its length; each beside it a little more
_BESIDE = 0.14
_ACROSS = 240  # degrees: places farther apart on the map are nearer to each other over its edge
_LOOP = 70.0
_HEAD = 7, 1.8  # length of an arrow head, in pixels and in widths of its line, as in web/modules/map/picture.js
_MOST = 0.45  # the part of a way that a gap may take, so that no line runs backwards
_ARROW = 0.8  # the part of an arrow head that the line does not reach into


@dataclass(frozen=True)
class RouteReportLine:
    """One claim of a route: its places in order, the claims that support it, and those that it repeats."""

    key: str
    path: tuple[str, ...]
    directed: bool
    modality: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    again: tuple[str, ...]
    edge: Mapping[str, Any]


def reports(network: "nx.MultiDiGraph[str]") -> list[RouteReportLine]:
    """Return the reports behind the edges of a network of routes, with their legs joined."""
    legs: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for start, end, key, data in edges_of(network):
        legs.setdefault(key.partition(" ")[0], []).append((start, end, data))
    return [_report(sorted(own, key=lambda leg: leg[2].get("leg", 1))) for _, own in sorted(legs.items())]


def _report(legs: Sequence[tuple[str, str, Mapping[str, Any]]]) -> RouteReportLine:
    data = legs[0][2]
    claims = dict.fromkeys(data_name(claim) for _, _, leg in legs for claim in claims_of(leg))
    return RouteReportLine(
        data_name(data["claim"]),
        (legs[0][0], *(end for _, end, _ in legs)),
        data["directed"],
        data["modality"],
        tuple(dict.fromkeys(source for _, _, leg in legs for source in leg["source"].split())),
        tuple(claims),
        tuple(data_name(claim) for claim in data.get("restates", "").split()),
        data,
    )


@dataclass(frozen=True)
class Leg:
    """A curve between two places of a route; the gaps are those around the places, in pixels."""

    start: Point
    bends: tuple[Point, Point]
    end: Point
    gap_start: float
    gap_end: float
    arrow: bool

    def points(self, number: int = 24) -> list[Point]:
        """Return points along the curve."""
        return [self.at(step / number) for step in range(number + 1)]

    def at(self, t: float) -> Point:
        """Return the point after a part of the curve."""
        weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        every = (self.start, *self.bends, self.end)
        x, y = (sum(w * point[axis] for w, point in zip(weights, every, strict=True)) for axis in (0, 1))
        return x, y

    def path(self, head: float) -> str:
        """Return the curve as the path of an SVG whose units are pixels, shortened for an arrow head of that length."""
        start = _toward(self.start, self.bends[0], self.gap_start)
        end = _toward(self.end, self.bends[1], self.gap_end + (head * _ARROW if self.arrow else 0))
        (a, b), (c, d) = self.bends
        return f"M{start[0]:.1f} {start[1]:.1f}C{a:.1f} {b:.1f} {c:.1f} {d:.1f} {end[0]:.1f} {end[1]:.1f}"

    @property
    def tip(self) -> str:
        """The place and the direction of the arrow head, as the transform of an SVG."""
        x, y = _toward(self.end, self.bends[1], self.gap_end)
        angle = degrees(atan2(self.end[1] - self.bends[1][1], self.end[0] - self.bends[1][0]))
        return f"translate({x:.1f} {y:.1f}) rotate({angle:.1f})"

    def data(self) -> list[float]:
        """Return the curve for the script of the page."""
        numbers = [*self.start, *self.bends[0], *self.bends[1], *self.end]
        return [round(number, 1) for number in numbers] + [self.gap_start, self.gap_end, int(self.arrow)]


@dataclass
class Arc:
    """Reports with the same places and direction; `figures` are the numbers reported of their routes."""

    stops: tuple[Mark, ...]
    directed: bool
    reports: list[RouteReportLine] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    figures: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        """Its name within the page: its first claim."""
        return self.reports[0].key

    @property
    def implied(self) -> bool:
        """Tell whether all its reports are implied."""
        return all(report.modality == "implied" for report in self.reports)

    @property
    def claims(self) -> list[str]:
        """The keys of the claims behind it."""
        return list(dict.fromkeys(claim for report in self.reports for claim in report.claims))

    @property
    def independent(self) -> int:
        """The number of reports that do not repeat another one."""
        return independent([dict(report.edge) for report in self.reports])

    @property
    def width(self) -> float:
        """Its width in pixels, by its largest figure if there is one."""
        return max(map(width_of, self.figures), default=self.thin)

    @property
    def thin(self) -> float:
        """Its width in pixels without a figure, by its independent reports."""
        return round(min(1.5 + 0.4 * self.independent, 3), 2)

    @property
    def head(self) -> float:
        """The length of its arrow head in pixels."""
        return round(_HEAD[0] + _HEAD[1] * self.width, 2)


def width_of(figure: float) -> float:
    """Return the width of a line with a figure, in pixels.

    >>> width_of(100)
    5.2
    """
    return round(3 + 1.1 * log10(max(figure, 1)), 2)


def arcs(found: Iterable[RouteReportLine], marks: Mapping[str, Mark], earth: Earth) -> list[Arc]:
    """Return the arcs of the reports whose places all have a mark."""
    joined: dict[tuple[tuple[str, ...], bool], Arc] = {}
    for report in found:
        if all(iri in marks for iri in report.path):
            path = report.path if report.directed else min(report.path, report.path[::-1])
            stops = tuple(marks[iri] for iri in path)
            joined.setdefault((path, report.directed), Arc(stops, report.directed)).reports.append(report)
    beside: Counter[frozenset[str]] = Counter()
    for arc in joined.values():
        for start, end in pairwise(arc.stops):
            pair = frozenset((start.iri, end.iri))
            arc.legs += _legs(start, end, earth, beside[pair], arrow=arc.directed)
            beside[pair] += 1
    return list(joined.values())


def _legs(start: Mark, end: Mark, earth: Earth, beside: int, *, arrow: bool) -> list[Leg]:
    """Return the curve from one mark to another; two pieces if they are at opposite edges of the map."""
    apart = earth.offset(end.at) - earth.offset(start.at)
    if abs(apart) <= _ACROSS:
        bend = _BEND + _BESIDE * beside
        return [_leg(start.spot, end.spot, start.radius, end.radius, bend, arrow=arrow)]
    turn, bend = -1 if apart > 0 else 1, _BESIDE * beside
    out, back = earth.point(end.at, turn), earth.point(start.at, -turn)
    return [
        _leg(start.spot, out, start.radius, 0, bend, arrow=False),
        _leg(back, end.spot, 0, end.radius, bend, arrow=arrow),
    ]


def _leg(start: Point, end: Point, gap_start: float, gap_end: float, bend: float, *, arrow: bool) -> Leg:
    across, down = end[0] - start[0], end[1] - start[1]
    gaps = gap_start + 2, gap_end + 3
    if hypot(across, down) < 1:  # within one place: a loop above it
        reach = _LOOP * (1 + bend - _BEND)
        bends = (start[0] - reach * 0.7, start[1] - reach), (start[0] + reach * 0.7, start[1] - reach)
        return Leg(start, bends, end, *gaps, arrow)
    up = -bend if across > 0 else bend  # arcs rise, whichever way they lead
    x, y = (start[0] + end[0]) / 2 - down * up, (start[1] + end[1]) / 2 + across * up
    return Leg(start, ((x, y), (x, y)), end, *gaps, arrow)


def _toward(start: Point, goal: Point, distance: float) -> Point:
    length = hypot(goal[0] - start[0], goal[1] - start[1]) or 1
    part = min(distance / length, _MOST)
    return start[0] + (goal[0] - start[0]) * part, start[1] + (goal[1] - start[1]) * part
