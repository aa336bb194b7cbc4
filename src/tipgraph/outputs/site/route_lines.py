"""Reported routes as lines: one for all reports with the same places, whichever way they lead."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import atan2, degrees, hypot, log10
from typing import TYPE_CHECKING, Any

from tipgraph.analysis import claims_of, edges_of, independent, is_reviewed, voices
from tipgraph.model import data_name
from tipgraph.outputs.site.map_labels import Mark
from tipgraph.outputs.site.map_projection import Earth, Point

if TYPE_CHECKING:
    import networkx as nx

_BEND = 0.3  # how far an arc is bent, as a part of its length; each beside it a little more
_BESIDE = 0.14
_ACROSS = 240  # degrees: places farther apart on the map are nearer to each other over its edge
_LOOP = 70.0
_HEADS = {1: 0.7, -1: 0.3}  # where along a curve an arrow head is, by the way it points
THIN = 1.5  # the width in pixels of a line without a figure
PALE = 0.5  # the opacity of a line that nobody has reviewed


@dataclass(frozen=True)
class RouteReportLine:
    """One claim of a route: its places in order, the claims that support it, and those that it repeats."""

    key: str
    path: tuple[str, ...]
    directed: bool
    modality: str
    reviewed: bool
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
        any(is_reviewed(leg) for _, _, leg in legs),
        tuple(dict.fromkeys(source for _, _, leg in legs for source in leg["document"].split())),
        tuple(claims),
        tuple(data_name(claim) for claim in data.get("restates", "").split()),
        data,
    )


@dataclass(frozen=True)
class Leg:
    """A curve between two places of a route; an arrow head on it may point in `ways`: 1, and -1 for back."""

    start: Point
    bends: tuple[Point, Point]
    end: Point
    ways: tuple[int, ...] = (1, -1)

    def points(self, number: int = 24) -> list[Point]:
        """Return points along the curve."""
        return [self.at(step / number) for step in range(number + 1)]

    def at(self, t: float) -> Point:
        """Return the point after a part of the curve."""
        weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        every = (self.start, *self.bends, self.end)
        x, y = (sum(w * point[axis] for w, point in zip(weights, every, strict=True)) for axis in (0, 1))
        return x, y

    @property
    def path(self) -> str:
        """The curve as the path of an SVG."""
        start, *others = (f"{x:.1f} {y:.1f}" for x, y in (self.start, *self.bends, self.end))
        return f"M{start}C{' '.join(others)}"

    def head(self, way: int) -> tuple[float, float, float]:
        """Return the place of an arrow head, and its direction in degrees."""
        middle = _HEADS[way]
        (x, y), (back, up), (forth, down) = (self.at(middle + step) for step in (0, -0.02 * way, 0.02 * way))
        return round(x, 1), round(y, 1), round(degrees(atan2(down - up, forth - back)), 1)


@dataclass
class Arc:
    """Reports with the same places, stated ones first; its stops are in the order of the first that has a direction."""

    stops: tuple[Mark, ...]
    reports: list[RouteReportLine] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its name within the page: its first claim."""
        return self.reports[0].key

    @property
    def implied(self) -> bool:
        """Tell whether all its reports are implied."""
        return all(report.modality == "implied" for report in self.reports)

    @property
    def reviewed(self) -> bool:
        """Tell whether somebody has compared one of its reports with its sentence."""
        return any(report.reviewed for report in self.reports)

    def way(self, report: RouteReportLine) -> int:
        """Return the direction of one of its reports: 1, or -1 for back, or 0 if it has none."""
        if not report.directed:
            return 0
        return 1 if report.path == tuple(mark.iri for mark in self.stops) else -1

    @cached_property
    def ways(self) -> dict[int, bool]:
        """The directions that its reports have, and whether one of them states it."""
        ways = sorted({self.way(report) for report in self.reports} - {0}, reverse=True)
        return {
            way: any(self.way(report) == way and report.modality == "stated" for report in self.reports) for way in ways
        }

    @property
    def claims(self) -> list[str]:
        """The keys of the claims behind it."""
        return list(dict.fromkeys(claim for report in self.reports for claim in report.claims))

    @cached_property
    def independent(self) -> int:
        """The number of reports that do not repeat another one."""
        return independent([dict(report.edge) for report in self.reports])

    @cached_property
    def sources(self) -> int:
        """The number of its sources; those with the same text are one."""
        return len(voices([dict(report.edge) for report in self.reports]))


def width_of(figure: float) -> float:
    """Return the width of a line with a figure, in pixels.

    >>> width_of(100)
    4.5
    """
    return round(max(0.5 + 2 * log10(max(figure, 1)), THIN), 2)


def arcs(found: Iterable[RouteReportLine], marks: Mapping[str, Mark], earth: Earth) -> list[Arc]:
    """Return the lines of reports whose places all have a mark: reviewed ones first, then those of most sources."""
    joined: dict[tuple[str, ...], Arc] = {}
    for report in sorted(found, key=lambda report: (not report.directed, report.modality == "implied", report.key)):
        if all(iri in marks for iri in report.path):
            path = min(report.path, report.path[::-1])
            joined.setdefault(path, Arc(tuple(marks[iri] for iri in report.path))).reports.append(report)
    strongest = sorted(joined.values(), key=_weakness)
    beside: Counter[frozenset[str]] = Counter()
    for arc in strongest:
        for start, end in pairwise(arc.stops):
            pair = frozenset((start.iri, end.iri))
            arc.legs += _legs(start, end, earth, beside[pair])
            beside[pair] += 1
    return strongest


def _weakness(arc: Arc) -> tuple[bool, int, int, int, str]:
    return not arc.reviewed, -arc.sources, -arc.independent, -len(arc.reports), arc.id


def _legs(start: Mark, end: Mark, earth: Earth, beside: int) -> list[Leg]:
    """Return the curve from one mark to another; two pieces if they are at opposite edges of the map."""
    apart = earth.offset(end.at) - earth.offset(start.at)
    if abs(apart) <= _ACROSS:
        return [_leg(start.spot, end.spot, _BEND + _BESIDE * beside)]
    turn, bend = -1 if apart > 0 else 1, _BESIDE * beside
    out, back = earth.point(end.at, turn), earth.point(start.at, -turn)
    return [_leg(start.spot, out, bend, (-1,)), _leg(back, end.spot, bend, (1,))]


def _leg(start: Point, end: Point, bend: float, ways: tuple[int, ...] = (1, -1)) -> Leg:
    across, down = end[0] - start[0], end[1] - start[1]
    if hypot(across, down) < 1:  # within one place: a loop above it, without an arrow
        reach = _LOOP * (1 + bend - _BEND)
        bends = (start[0] - reach * 0.7, start[1] - reach), (start[0] + reach * 0.7, start[1] - reach)
        return Leg(start, bends, end, ())
    up = -bend if across > 0 else bend  # arcs rise, whichever way they lead
    x, y = (start[0] + end[0]) / 2 - down * up, (start[1] + end[1]) / 2 + across * up
    return Leg(start, ((x, y), (x, y)), end, ways)
