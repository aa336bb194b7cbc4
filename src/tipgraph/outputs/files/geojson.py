"""GeoJSON (RFC 7946): routes as lines between their places, undertakings as points."""

import json
from pathlib import Path

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
    located = {iri: [data["longitude"], data["latitude"]] for iri, data in extract.network.nodes(data=True)
               if "longitude" in data and "latitude" in data}  # fmt: skip
    features = []
    for row in table_rows.edges(extract):
        is_route = row["class"] == _ROUTE
        if not is_route and row["edge"] not in _PLACED:
            extract.withhold(*_UNPLACED)
            continue
        points = [located.get(row[end]) for end in (("from", "to") if is_route else ("to",))]
        kind, coordinates = ("LineString", points) if is_route else ("Point", points[0])
        geometry = None if None in points else {"type": kind, "coordinates": coordinates}
        properties = {**row, "located": geometry is not None}
        features.append({"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties})
    extract.rows = f"{len(features)} features"
    collection = {"type": "FeatureCollection", "features": features, "tipgraph": extract.manifest(".geojson")}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", "utf-8")
