"""The earth as the map draws it: the Equal Earth projection, and the outlines of countries that `make web` writes.

The projection is that of B. Šavrič, T. Patterson and B. Jenny, "The Equal Earth map projection", International Journal
of Geographical Information Science 33 (2018), doi:10.1080/13658816.2018.1504949. It keeps areas as they are.

Decision: docs/decisions/0115-our-own-projection-of-the-map.md.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from pathlib import Path

OUTLINES = Path(__file__).parent / "web" / "vendor" / "world.json"
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")

Point = tuple[float, float]


@dataclass(frozen=True)
class Country:
    """The outline of a country; `code` is that of M49, empty where it has none, `at` its middle on the earth."""

    id: str
    code: str
    name: str
    area: float
    at: Point
    path: str

    @cached_property
    def rings(self) -> list[list[Point]]:
        """The points of its outlines; the path has a place for each, then the ways from point to point."""
        rings = []
        for ring in self.path.split("M")[1:]:
            numbers = [float(number) for number in _NUMBER.findall(ring)]
            rings.append(list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True)))
        return rings

    @cached_property
    def boxes(self) -> list[tuple[float, float, float, float]]:
        """The least and greatest x and y of each of its outlines."""
        axes = (tuple(zip(*ring, strict=True)) for ring in self.rings)
        return [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in axes]


@dataclass(frozen=True)
class Earth:
    """The frame of the map and what is drawn in it; no countries without outlines.

    `centre` is the meridian in the middle, `scale` and `shift` are as d3-geo has them.
    """

    width: int = 1200
    height: int = 531
    centre: float = -120
    scale: float = 220.2
    shift: Point = (600, 291.418)
    countries: tuple[Country, ...] = ()

    @classmethod
    @cache
    def read(cls, path: Path = OUTLINES) -> "Earth":
        """Return the earth with the outlines of a file, or without outlines if the file does not exist."""
        if not path.is_file():
            return cls()
        found = json.loads(path.read_text("utf-8"))
        frame, (right, down) = found["projection"], found["projection"]["translate"]
        countries = tuple(
            Country(f"c{number}", one["code"], one["name"], one["area"], (one["at"][0], one["at"][1]), one["path"])
            for number, one in enumerate(found["countries"])
        )
        return cls(found["width"], found["height"], frame["centre"], frame["scale"], (right, down), countries)

    @cached_property
    def by_code(self) -> dict[str, Country]:
        """The countries by their code, or by their name if they have no code."""
        return {country.code or country.name: country for country in self.countries}

    def point(self, at: Point, turn: int = 0) -> Point:
        """Return the point of a place given as longitude and latitude; `turn` continues the map beyond its edges.

        >>> Earth().point((-120, 0))
        (600.0, 291.418)
        """
        theta = asin(_M * sin(radians(at[1])))
        second, sixth = theta**2, theta**6
        x = radians(self.offset(at) + 360 * turn) * cos(theta)
        x /= _M * (_A1 + 3 * _A2 * second + sixth * (7 * _A3 + 9 * _A4 * second))
        y = theta * (_A1 + _A2 * second + sixth * (_A3 + _A4 * second))
        return self.shift[0] + self.scale * x, self.shift[1] - self.scale * y

    def offset(self, at: Point) -> float:
        """Return the degrees from the middle of the map to a place in the east, from -180 to 180."""
        return (at[0] - self.centre + 180) % 360 - 180

    @property
    def outline(self) -> str:
        """The edge of the earth as an SVG path; it is larger than the frame, which cuts the poles off."""
        left = [self._edge(-180, latitude) for latitude in range(-90, 91, 3)]
        right = [self._edge(180, latitude) for latitude in range(90, -91, -3)]
        return f"M{'L'.join(left + right)}Z"

    @property
    def lines(self) -> str:
        """Meridians and parallels every thirty degrees, as the path of an SVG."""
        meridians = [[self._edge(east, latitude) for latitude in range(-90, 91, 3)] for east in range(-150, 180, 30)]
        parallels = [[self._edge(-180, latitude), self._edge(180, latitude)] for latitude in range(-60, 90, 30)]
        return "".join(f"M{'L'.join(line)}" for line in meridians + parallels)

    def _edge(self, east: float, latitude: float) -> str:
        middle, y = self.point((self.centre, latitude))
        x = self.point((self.centre + 90, latitude))[0] - middle  # x grows evenly with the longitude
        return f"{middle + x * east / 90:.1f} {y:.1f}"


def middle(places: Iterable[tuple[Point, float]]) -> Point:
    """Return the middle of weighted places on the sphere, also for a region across the edge of the map.

    >>> middle([((170, 0), 1), ((-170, 0), 1)])
    (180.0, 0.0)
    """
    x = y = z = 0.0
    for (longitude, latitude), weight in places:
        east, north = radians(longitude), radians(latitude)
        x += weight * cos(north) * cos(east)
        y += weight * cos(north) * sin(east)
        z += weight * sin(north)
    return round(degrees(atan2(y, x)), 4), round(degrees(atan2(z, hypot(x, y))), 4)
