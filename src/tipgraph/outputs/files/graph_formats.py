"""Networks for tools that draw and measure: GraphML, GEXF (Gephi, with time, colours and positions), Cytoscape, pyvis.

Decision: docs/decisions/0054-how-exports-are-written.md.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.extract import Extract
from tipgraph.runtime import xml

if TYPE_CHECKING:
    import networkx as nx


def write_html(extract: Extract, path: Path) -> None:
    """Write the page that pyvis saves, which loads nothing; raise CallError for a network that is too large."""
    from tipgraph.outputs.site.embed import pyvis_page

    path.write_text(pyvis_page(extract.network), "utf-8")


def write_graphml(extract: Extract, path: Path) -> None:
    """Write GraphML; the manifest is the attribute `manifest` of the graph."""
    import networkx as nx

    network = _clean(extract)
    network.graph = {"name": network.name, "manifest": xml(_manifest(extract, ".graphml"))}
    with path.open("wb") as file:
        nx.write_graphml_lxml(network, file)


def write_gexf(extract: Extract, path: Path) -> None:
    """Write GEXF 1.2 with start and end of dated edges, and the colours that types of nodes and edges have on pages.

    Nodes have the places that they have on a page; those of a network that is too large for one have none.
    """
    from networkx.readwrite.gexf import GEXFWriter

    from tipgraph.outputs.site.labels import bare_wording
    from tipgraph.outputs.site.layout import arrange
    from tipgraph.outputs.site.networks import MOST_NODES, page_colours

    network, colours, families = _clean(extract), page_colours(), bare_wording((), "en").families

    def colour(name: str) -> dict[str, Any]:
        return {**dict(zip("rgb", bytes.fromhex(colours.get(name, colours["quiet"])[1:]), strict=True)), "a": 1.0}

    places = arrange(extract.network) if 0 < len(network) <= MOST_NODES else {}
    for node, data in network.nodes(data=True):
        data["viz"] = {"color": colour(data.get("type", "").lower()), "size": 8.0}
        if node in places:
            x, y = places[node]
            data["viz"]["position"] = {"x": x, "y": -y, "z": 0.0}  # up, in Gephi
    for _, _, key, data in network.edges(keys=True, data=True):
        data["viz"] = {"color": colour(f"link-{families.get(data['edge'])}")}
        data["id"] = key  # all of one type, as networkx reads no other; `directed` tells which have a direction
        for name, bound in (("start", "earliest"), ("end", "latest")):
            if bound in data:
                data[name] = data[bound]
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    meta = writer.xml.find("meta")
    if meta is not None:
        meta.attrib.pop("lastmodifieddate", None)  # the same graph gives the same bytes
        description = meta.makeelement("description", {})
        description.text = xml(_manifest(extract, ".gexf"))
        meta.append(description)
    with path.open("wb") as file:
        writer.write(file)


def write_cytoscape(extract: Extract, path: Path) -> None:
    """Write the JSON of Cytoscape and cytoscape.js; `source` is the start of an edge."""
    nodes = [{"data": {"id": row["iri"], "name": row["label"], "value": row["iri"], **row}}
             for row in table_rows.nodes(extract)]  # fmt: skip
    edges = []
    for row in table_rows.edges(extract):
        ends = {"id": row["id"], "key": row.pop("id"), "source": row.pop("from"), "target": row.pop("to")}
        edges.append({"data": {**ends, **row}})
    cytoscape = {
        "format_version": "1.0",
        "generated_by": "tipgraph",
        "data": {"name": extract.network.name, "manifest": extract.manifest(".json")},
        "elements": {"nodes": nodes, "edges": edges},
    }
    path.write_text(json.dumps(cytoscape, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _clean(extract: Extract) -> "nx.MultiGraph[str]":
    """Return the network with plain attributes, undirected if no edge has a direction; U+FFFD for what XML forbids."""
    import networkx as nx

    def cleaned(row: dict[str, Any]) -> dict[str, Any]:
        return {name: xml(value) if isinstance(value, str) else value for name, value in row.items()}

    rows = list(map(cleaned, table_rows.edges(extract)))
    kind = nx.MultiDiGraph if any(row["directed"] for row in rows) else nx.MultiGraph
    clean: nx.MultiGraph[str] = kind(name=extract.network.name)
    clean.add_nodes_from((row["iri"], cleaned(row)) for row in table_rows.nodes(extract))
    for row in rows:
        clean.add_edge(row.pop("from"), row.pop("to"), row.pop("id"), **row)
    return clean


def _manifest(extract: Extract, form: str) -> str:
    return json.dumps(extract.manifest(form), ensure_ascii=False, sort_keys=True)
