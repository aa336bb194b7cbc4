"""Where the places of a graph are on the earth, as data from which `web/static/map.js` draws them.

A *point* is at its place. A *region* is all its countries. A *vague* place is drawn at other places: those that hold
it, or those that it may mean.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.graph import Graph

POINT: Final = "point"
REGION: Final = "region"
VAGUE: Final = "vague"

VENDOR: Final = Path(__file__).parent / "web" / "vendor"
_SCRIPTS = ("d3-array.min.js", "d3-geo.min.js", "world.min.js")

Part = tuple[str, float | None, float | None]  # the key of an outline, the longitude and the latitude


@dataclass(frozen=True)
class MapPlace:
    """A place on the earth: its kind, and its parts, of which a point has one.

    The key of a part is its code of M49, or the English name of a country without a code; it is empty for a town.
    `about` names the places at which a vague place is drawn; `perhaps` tells that it may or may not mean these.
    """

    kind: str
    parts: tuple[Part, ...]
    about: tuple[NamedNode, ...] = ()
    perhaps: bool = False


def places(graph: Graph) -> dict[str, MapPlace]:
    """Return the places of a graph that can be drawn, by IRI.

    >>> sorted({place.kind for place in places(graph).values()})
    ['point', 'region', 'vague']
    """
    own, parts = _parts(graph)
    found = {iri: MapPlace(POINT, (part,)) for iri, part in own.items()}
    found |= {iri: MapPlace(REGION, tuple(every)) for iri, every in parts.items() if iri not in own}
    instead: dict[str, list[tuple[NamedNode, bool]]] = {}
    for place, other, how in graph.named("instead"):
        if other.value in found and place.value not in found:
            instead.setdefault(place.value, []).append((other, how.value == "perhaps"))
    for iri, others in instead.items():
        perhaps = all(is_perhaps for _, is_perhaps in others)
        about = tuple(place for place, is_perhaps in others if is_perhaps == perhaps)
        held = dict.fromkeys(part for place in about for part in found[place.value].parts)
        found[iri] = MapPlace(VAGUE, tuple(held), about, perhaps)
    return found


def drawing_scripts() -> tuple[str, ...]:
    """Return the names of the scripts that `map.js` draws with; none if `make web` has not put them here."""
    return _SCRIPTS if all((VENDOR / name).is_file() for name in _SCRIPTS) else ()


def _parts(graph: Graph) -> tuple[dict[str, Part], dict[str, list[Part]]]:
    """Return the own location of each place that has one, and those of all that lies within each place."""
    own: dict[str, Part] = {}
    parts: dict[str, list[Part]] = {}
    for row in graph.named("extents"):
        place, key = row["place"].value, row["key"].value
        longitude, latitude = (float(row[axis].value) if row[axis] else None for axis in ("longitude", "latitude"))
        if key or latitude is not None:
            parts.setdefault(place, []).append((key, longitude, latitude))
            if row["place"] == row["part"]:
                own[place] = parts[place][-1]
    return own, parts
