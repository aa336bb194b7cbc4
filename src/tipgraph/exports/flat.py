"""The nodes and edges of an extract as flat rows, the same for every format."""

from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.exports.extract import Extract

NODE_COLUMNS = ("iri", "label", "label_es", "kind", "type", "within")
EDGE_COLUMNS = (
    "from", "to", "edge", "label", "label_es", "kind", "status", "date", "earliest", "latest", "inherited", "amount",
    "currency", "shared_amount", "shared_by", "directed", "modality", "class", "part", "leg", "via", "weight",
    "continues", "restates", "contradicts", "claim", "said_at", "source", "licence", "id",
)  # fmt: skip


def nodes(taken: Extract) -> Iterator[dict[str, Any]]:
    """Give each node as a row with the columns that it has, in their order."""
    for _, data in taken.network.nodes(data=True):
        yield {name: data[name] for name in NODE_COLUMNS if name in data}


def edges(taken: Extract) -> Iterator[dict[str, Any]]:
    """Give each edge as a row with the columns that it has, in their order; `licence` is that of its source."""
    licences: dict[str, str] = {}
    for start, end, key, data in taken.network.edges(keys=True, data=True):
        source = data["source"]
        if source not in licences:
            licences[source] = taken.licence(source)
        row = {"from": start, "to": end, **data, "licence": licences[source], "id": key}
        yield {name: row[name] for name in EDGE_COLUMNS if name in row}


def columns_of(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[str]:
    """Return the columns that some row has, in their order."""
    used = {name for row in rows for name in row}
    return [name for name in names if name in used]


def identifiers(taken: Extract) -> dict[str, dict[str, str]]:
    """Return codes, identifiers and coordinates of the nodes: by IRI, then by the local name of the property."""
    found: dict[str, dict[str, str]] = {}
    nodes_ = [NamedNode(iri) for iri in taken.network]
    for thing, name, value in taken.graph.named("identifiers", {"thing": nodes_}):
        known = found.setdefault(thing.value, {})
        local = name.value.rpartition("#")[2]
        known[local] = f"{known[local]} {value.value}" if local in known else value.value
    return found
