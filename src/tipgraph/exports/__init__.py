"""The graph, a part of it or a network as a file, the format by its suffix, each with its manifest.

extract (what is taken along)  →  flat (rows of nodes and edges)  →  a writer for each format
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import CallError, GraphError
from tipgraph.exports import columns, entities, graphs, iati, places, rdf, sheets
from tipgraph.exports.extract import Extract, extract
from tipgraph.files import whole
from tipgraph.graph import Graph
from tipgraph.network import Filter

__all__ = ["FORMATS", "Extract", "export", "extract", "format_of"]


class Format(NamedTuple):
    """A format: what it is for, what writes it, whether the manifest stands inside, whether it holds all claims."""

    summary: str
    write: Callable[[Extract, Path], None]
    inside: bool
    all_claims: bool = False


FORMATS: dict[str, Format] = {
    ".csv.zip": Format(
        "nodes, edges, claims and sources for a spreadsheet", sheets.write_csv_zip, inside=True, all_claims=True
    ),
    ".ftm.json": Format("FollowTheMoney entities, one a line", entities.write_ftm, inside=False),
    ".geojson": Format("routes and undertakings on a map", places.write_geojson, inside=True),
    ".gexf": Format("Gephi, with time, colours and places", graphs.write_gexf, inside=True),
    ".graphml": Format("networkx, igraph, Gephi, yEd", graphs.write_graphml, inside=True),
    ".iati.csv": Format("funding in the shape of IATI transactions", iati.write_iati_csv, inside=False),
    ".json": Format("Cytoscape", graphs.write_cytoscape, inside=True),
    ".jsonld": Format("JSON-LD, compact", rdf.write_jsonld, inside=False, all_claims=True),
    ".nq": Format("N-Quads", rdf.write_nquads, inside=False, all_claims=True),
    ".parquet": Format("edges, and nodes beside them, as columns", columns.write_edges, inside=True),
    ".trig": Format("RDF with a named graph for each source", rdf.write_trig, inside=False, all_claims=True),
    ".ttl": Format("RDF without named graphs", rdf.write_turtle, inside=False, all_claims=True),
    ".xlsx": Format("a workbook: a sheet for each class, and sources", sheets.write_xlsx, inside=True, all_claims=True),
}


def export(
    graph: Graph,
    path: Path | str,
    *,
    network: str = "",
    recipe: str = "",
    question: str = "",
    values: Mapping[str, str] | None = None,
    fold: str | None = None,
    asked: Filter | None = None,
) -> Extract:
    """Write a part of a graph to a file, the format by its suffix; return what was taken, and the files written.

    The part is a network, a recipe, what answers a question (with `values` for its parameters), what surrounds the
    focus of the filter, or all; `fold` ties the `starts` or `ends` of a network that share the other end. The manifest
    (what was asked, of which graph, counts, sources and licences, what is withheld and why) stands inside the file or,
    where the format has no room for it, beside it as `FILE.manifest.json`. The same graph gives the same bytes. Raises
    CallError for a suffix that is none of `FORMATS`, GraphError where a file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from tipgraph import build
    >>> with TemporaryDirectory() as folder:
    ...     taken = export(build(), f"{folder}/routes.geojson", network="routes")
    >>> taken.network.number_of_edges()
    8
    """
    path = Path(path)
    suffix = format_of(path)
    if not path.parent.is_dir():
        raise GraphError(f"{path.parent}: there is no such folder; make it first, or name another")
    taken = extract(graph, network=network, recipe=recipe, question=question, values=values, fold=fold, asked=asked)
    form = FORMATS[suffix]
    if not form.all_claims:
        taken.withhold_edgeless()
    writers: dict[Path, Callable[[Extract, Path], None]] = {path: form.write}
    if suffix == ".parquet":
        writers[columns.nodes_beside(path)] = columns.write_nodes
    if not form.inside:
        writers[path.with_name(f"{path.name}.manifest.json")] = _write_manifest(suffix)
    try:
        with whole(*writers) as besides:
            for write, beside in zip(writers.values(), besides, strict=True):
                write(taken, beside)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}; name another place") from error
    taken.files = list(writers)
    return taken


def _write_manifest(suffix: str) -> Callable[[Extract, Path], None]:
    def write(taken: Extract, path: Path) -> None:
        path.write_text(json.dumps(taken.manifest(suffix), ensure_ascii=False, indent=2) + "\n", "utf-8")

    return write


def format_of(path: Path) -> str:
    """Return the suffix that says the format of a file; raise CallError, with all formats, where none does."""
    fitting = [suffix for suffix in FORMATS if path.name.endswith(suffix) and path.name != suffix]
    if not fitting:
        known = "\n".join(f"  {suffix:<10} {form.summary}" for suffix, form in FORMATS.items())
        raise CallError(f"{path.name}: the suffix says the format, and this is none of them:\n{known}")
    return max(fitting, key=len)
