"""Reported routes as arcs: those with the same ends, stops and direction together, with the claims behind them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
_HEAD = 7, 1.8  # the length of an arrow head, as in web/map-picture.js: so many pixels, and so many widths of its line
_MOST = 0.45  # the part of a way that a gap may take, so that no line runs backwards
_ARROW = 0.8  # the part of an arrow head that the line does not reach into


@dataclass(frozen=True)
class RouteReportLine:
    """One claim of a route: its places in order, what else supports it, and which claims it says again."""

    key: str
    path: tuple[str, ...]
    directed: bool
    modality: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    again: tuple[str, ...]
    edge: Mapping[str, Any]


def reports(network: "nx.MultiDiGraph[str]") -> list[RouteReportLine]:
    """Return the reports that the edges of a network of routes come from, their legs joined."""
    found: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for start, end, key, data in edges_of(network):
        found.setdefault(key.partition(" ")[0], []).append((start, end, data))
    return [_report(sorted(legs, key=lambda leg: leg[2].get("leg", 1))) for _, legs in sorted(found.items())]


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
        """Return the point at a part of the way."""
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
        """Where the arrow head is and where it points, as the transform of an SVG."""
        x, y = _toward(self.end, self.bends[1], self.gap_end)
        angle = degrees(atan2(self.end[1] - self.bends[1][1], self.end[0] - self.bends[1][0]))
        return f"translate({x:.1f} {y:.1f}) rotate({angle:.1f})"

    def data(self) -> list[float]:
        """Return it for the script of the page."""
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
        """What names it within the page: its first claim."""
        return self.reports[0].key

    @property
    def implied(self) -> bool:
        """Tell whether no report states it."""
        return all(report.modality == "implied" for report in self.reports)

    @property
    def claims(self) -> list[str]:
        """The keys of the claims behind it."""
        return list(dict.fromkeys(claim for report in self.reports for claim in report.claims))

    @property
    def independent(self) -> int:
        """How many reports there are that do not say another one again."""
        return independent([dict(report.edge) for report in self.reports])

    @property
    def width(self) -> float:
        """How wide it is drawn, in pixels: by its largest figure, where one is reported."""
        return max(map(width_of, self.figures), default=self.thin)

    @property
    def thin(self) -> float:
        """How wide it is drawn without a figure: by its independent reports."""
        return round(min(1.5 + 0.4 * self.independent, 3), 2)

    @property
    def head(self) -> float:
        """How long its arrow head is, in pixels."""
        return round(_HEAD[0] + _HEAD[1] * self.width, 2)


def width_of(figure: float) -> float:
    """Return how wide a line with a figure is, in pixels.

    >>> width_of(100)
    5.2
    """
    return round(3 + 1.1 * log10(max(figure, 1)), 2)


def arcs(found: Iterable[RouteReportLine], marks: Mapping[str, Mark], earth: Earth) -> list[Arc]:
    """Return the arcs of reports whose places all have a mark."""
    joined: dict[tuple[tuple[str, ...], bool], Arc] = {}
    for report in found:
        if all(iri in marks for iri in report.path):
            path = report.path if report.directed else min(report.path, report.path[::-1])
            stops = tuple(marks[iri] for iri in path)
            joined.setdefault((path, report.directed), Arc(stops, report.directed)).reports.append(report)
    beside: Counter[frozenset[str]] = Counter()
    for arc in joined.values():
        for one, other in zip(arc.stops, arc.stops[1:], strict=False):
            pair = frozenset((one.iri, other.iri))
            arc.legs += _legs(one, other, earth, beside[pair], arrow=arc.directed)
            beside[pair] += 1
    return list(joined.values())


def _legs(one: Mark, other: Mark, earth: Earth, beside: int, *, arrow: bool) -> list[Leg]:
    """Return the curve from one mark to another; two pieces where they lie at opposite edges of the map."""
    apart = earth.offset(other.at) - earth.offset(one.at)
    if abs(apart) <= _ACROSS:
        bend = _BEND + _BESIDE * beside
        return [_leg(one.spot, other.spot, one.radius, other.radius, bend, arrow=arrow)]
    turn, bend = -1 if apart > 0 else 1, _BESIDE * beside
    out, back = earth.point(other.at, turn), earth.point(one.at, -turn)
    return [
        _leg(one.spot, out, one.radius, 0, bend, arrow=False),
        _leg(back, other.spot, 0, other.radius, bend, arrow=arrow),
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
