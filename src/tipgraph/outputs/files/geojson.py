"""GeoJSON (RFC 7946): routes as lines between their places, undertakings as points."""

import json
from pathlib import Path
from typing import Any

from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.extract import Extract

_ROUTE = "RouteReport"
_PLACED = frozenset({"undertakingPlace", "undertakingSubjectPlace"})
_UNPLACED = "edges without a place", "only routes, and undertakings with their places, are drawn on a map"


def write_geojson(extract: Extract, path: Path) -> None:
    """Write a feature for each edge of a route and each place of an undertaking, and the manifest.

    A place without coordinates, such as a region, has no geometry, and `located` is false. A line is straight: it is
    not the way that is travelled.
    """
    located = {
        iri: [data["longitude"], data["latitude"]]
        for iri, data in extract.network.nodes(data=True)
        if "longitude" in data and "latitude" in data
    }
    features = []
    for row in table_rows.edges(extract):
        if row["class"] == _ROUTE:
            features.append(_feature(row, "LineString", [located.get(row[end]) for end in ("from", "to")]))
        elif row["edge"] in _PLACED:
            features.append(_feature(row, "Point", [located.get(row["to"])]))
        else:
            extract.withhold(*_UNPLACED)
    extract.rows = f"{len(features)} features"
    collection = {"type": "FeatureCollection", "features": features, "tipgraph": extract.manifest(".geojson")}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _feature(row: dict[str, Any], kind: str, points: list[list[float] | None]) -> dict[str, Any]:
    known = [point for point in points if point is not None]
    geometry = None
    if len(known) == len(points):
        geometry = {"type": kind, "coordinates": known if kind == "LineString" else known[0]}
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": geometry,
        "properties": {**row, "located": geometry is not None},
    }
