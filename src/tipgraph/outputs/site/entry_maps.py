"""A small map for the page of a route or a place: its lines, or the countries of a region, over coarse outlines.

Decision: docs/decisions/0144-a-small-map-is-in-the-page.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from tipgraph.graph import Graph
from tipgraph.outputs.site.claim_groups import grouped
from tipgraph.outputs.site.map_labels import POINT, REGION, VAGUE, Atlas, Label, Mark, labels
from tipgraph.outputs.site.map_projection import Country, Earth, Point
from tipgraph.outputs.site.maps import MapLine, Picture, meaning
from tipgraph.outputs.site.site_tree import Site
from tipgraph.outputs.site.things import Thing

_MOST = 12  # lines of a map
_ROOM, _LEAST, _SHAPE = 30.0, 240.0, 1.9  # units around it, units of its width at least, width by height at most
_PIXELS, _GRID, _SMALL = 420, 200, 3  # pixels of its width, steps of outlines in it, points of an island left out

_Frame: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class EntryMap:
    """A small map: its frame, lines and marks; `rest` counts the lines that it leaves out.

    `about` has the lines in words, or the meaning of the only mark. `notes` explain marks that are not at their place.
    """

    earth: Earth
    frame: _Frame
    lines: Sequence[MapLine]
    marks: Sequence[Mark]
    about: list[str]
    notes: list[str]
    rest: int = 0

    @property
    def unit(self) -> float:
        """The units of the earth in a pixel."""
        return round((self.frame[2] - self.frame[0]) / _PIXELS, 3)

    @property
    def grid(self) -> float:
        """The units of a step of the outlines."""
        return round((self.frame[2] - self.frame[0]) / _GRID, 3)

    @cached_property
    def land(self) -> dict[str, str]:
        """The countries in the frame: their paths in steps, by their ids."""
        paths = {country.id: self._coarse(country) for country in self.earth.countries}
        return {name: path for name, path in paths.items() if path}

    @cached_property
    def labels(self) -> dict[str, Label]:
        """The labels of the marks, by their IRIs."""
        return labels(self.marks, _curves(self.lines), self.frame, self.unit)

    def _coarse(self, country: Country) -> str:
        """Return the outlines of a country in whole steps; what is far outside the frame is moved to its edge."""
        (left, top, right, bottom), grid = self.frame, self.grid
        path = ""
        for ring, (west, north, east, south) in zip(country.rings, country.boxes, strict=True):
            if west > right or east < left or north > bottom or south < top:
                continue
            if any(left <= x <= right and top <= y <= bottom for x, y in ring):
                inside = (
                    (min(max(x, left - _ROOM), right + _ROOM), min(max(y, top - _ROOM), bottom + _ROOM))
                    for x, y in ring
                )
                steps = list(dict.fromkeys((round(x / grid), round(y / grid)) for x, y in inside))
                path += _path(steps) if len(steps) > _SMALL else ""
        return path


def _path(steps: Sequence[tuple[int, int]]) -> str:
    """Return a ring as the path of an SVG: its first point, and the ways from point to point."""
    ways = (f"{x - before[0]} {y - before[1]}".replace(" -", "-") for before, (x, y) in pairwise(steps))
    return f"M{steps[0][0]} {steps[0][1]}l{' '.join(ways)}z"


def entry_maps(site: Site, graph: Graph, picture: Picture, things: Iterable[Thing]) -> dict[str, EntryMap]:
    """Return the small maps of routes, of places with reported routes, and of other regions, by IRI.

    A place that is only a point has none, and nothing has one without the outlines of countries.
    """
    if not picture.earth.countries:
        return {}
    of_place = grouped(picture.lines, lambda line: {mark.iri for mark in line.arc.stops})
    of_page = grouped(picture.lines, lambda line: {page for _, page in line.pages})
    atlas, found = Atlas(graph, picture.earth), dict[str, EntryMap]()
    for thing in things:
        own = of_place.get(thing.iri, []) or of_page.get(site.page_of(thing.iri), [])
        mark = atlas.mark(thing.iri, thing.label, site.language) if thing.type == "Place" and thing.claims else None
        if own:
            found[thing.iri] = _of_lines(site, picture.earth, own)
        elif mark is not None and mark.kind in (REGION, VAGUE) and mark.outlines:
            notes = [meaning(site, mark)]
            found[thing.iri] = EntryMap(picture.earth, _frame(picture.earth, [], [mark]), [], [mark], notes, notes)
    return found


def _of_lines(site: Site, earth: Earth, own: Sequence[MapLine]) -> EntryMap:
    lines = own[:_MOST]
    marks = list({mark.iri: mark for line in lines for mark in line.arc.stops}.values())
    notes = dict.fromkeys(filter(None, (meaning(site, mark) for mark in marks)))
    about = [
        f"{line.title} ({site.words('implied')})" if line.arc.implied and line.arc.ways else line.title
        for line in lines
    ]
    return EntryMap(earth, _frame(earth, lines, marks), lines, marks, about, list(notes), len(own) - len(lines))


def _curves(lines: Iterable[MapLine]) -> list[Point]:
    return [point for line in lines for leg in line.arc.legs for point in leg.points()]


def _frame(earth: Earth, lines: Iterable[MapLine], marks: Iterable[Mark]) -> _Frame:
    """Return the part of the earth that shows lines, marks and the countries of regions."""
    by_id = {country.id: country for country in earth.countries}
    areas = [by_id[name] for mark in marks if mark.kind != POINT for name in mark.outlines]
    points = [*_curves(lines), *(mark.spot for mark in marks)]
    points += [point for country in areas for ring in country.rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max(max(xs) - min(xs) + 2 * _ROOM, _LEAST)
    height = max(max(ys) - min(ys) + 2 * _ROOM, width / _SHAPE)
    left, top = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    left = min(max(left, 0), max(earth.width - width, 0))
    top = min(max(top, 0), max(earth.height - height, 0))
    return left, top, min(left + width, earth.width), min(top + height, earth.height)
