"""Export a graph, a part of it or a network as a file with a manifest; the suffix is the format.

extract (the part)  →  table_rows (nodes and edges)  →  one writer for each format (`FORMATS`)

Decision: docs/decisions/0054-how-exports-are-written.md.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat

from tipgraph.analysis import Filter
from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Graph
from tipgraph.outputs.files.extract import Extract, extract
from tipgraph.outputs.files.ftm import write_ftm
from tipgraph.outputs.files.geojson import write_geojson
from tipgraph.outputs.files.graph_formats import write_cytoscape, write_gexf, write_graphml, write_html
from tipgraph.outputs.files.parquet import write_folder, write_table
from tipgraph.outputs.files.rdf import write_rdf
from tipgraph.outputs.files.spreadsheets import write_csv_zip, write_xlsx
from tipgraph.runtime import atomic_file, atomic_folder, need
from tipgraph.sources import Texts

__all__ = ["FOLDER", "FORMATS", "Extract", "export", "extract", "format_of", "save", "writable"]

FOLDER = "/"  # the suffix of a folder
_SLASHES = (FOLDER, os.sep)
_EDGELESS = "claims that draw no edge", "this format holds a network; .trig and .xlsx hold all"
_LISTING = ".tipgraph-export"  # lists the files of an exported folder; only such a folder is replaced


class Format(NamedTuple):
    """A format: a summary, the writer, whether the manifest is `inside`, whether it holds all claims.

    `extra` is the extra that has the library of the writer.
    """

    summary: str
    write: Callable[[Extract, Path], None]
    inside: bool = True
    all_claims: bool = False
    extra: str = ""


def _rdf(summary: str, form: RdfFormat) -> Format:
    return Format(summary, partial(write_rdf, form=form), inside=False, all_claims=True)


FORMATS: dict[str, Format] = {
    FOLDER: Format("FOLDER/: claim tables; of a part, nodes and edges for Spark", write_folder, extra="tables"),
    ".csv.zip": Format("nodes, edges, claims and sources for a spreadsheet", write_csv_zip, all_claims=True),
    ".ftm.json": Format("FollowTheMoney entities, one a line", write_ftm, inside=False),
    ".geojson": Format("routes and undertakings on a map", write_geojson),
    ".gexf": Format("Gephi, with time, colours and places", write_gexf),
    ".graphml": Format("networkx, igraph, Gephi, yEd", write_graphml),
    ".html": Format("a picture to open in a browser, as pyvis writes it", write_html, inside=False),
    ".json": Format("Cytoscape", write_cytoscape),
    ".jsonld": _rdf("JSON-LD, expanded", RdfFormat.JSON_LD),
    ".nq": _rdf("N-Quads", RdfFormat.N_QUADS),
    ".nt": _rdf("N-Triples", RdfFormat.N_TRIPLES),
    ".parquet": Format("edges, and nodes beside them, as columns", partial(write_table, table="edges"), extra="tables"),
    ".trig": _rdf("RDF with a named graph for each source", RdfFormat.TRIG),
    ".ttl": _rdf("RDF without named graphs", RdfFormat.TURTLE),
    ".xlsx": Format("a workbook: a sheet for each class, and sources", write_xlsx, all_claims=True),
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
    texts: Texts | None = None,
    in_house: bool = False,
) -> Extract:
    """Write a part of a graph to a file in the format of its suffix; return the part, with the files written.

    The part is one of `network`, `recipe` and `question` (with `values` for its parameters), else what is near the
    focus of the filter `asked`, else all. `fold` links the `starts` or `ends` of a network that share the other end.
    Spreadsheets quote `texts`: if their licence lets others read them, or if the file is to stay `in_house`.
    The manifest (the part, the graph, counts, sources and licences, the claims withheld and why) is inside the file or,
    if the format has no room for it, beside it as `FILE.manifest.json`. A path that ends in `/` is a folder, as is one
    that exists: it gets the claim tables of the whole graph, or the nodes and edges of a part in pieces. It is replaced
    only if it is empty or an earlier export wrote all of it. The same graph gives the same bytes.

    Raises CallError for a suffix that is none of `FORMATS` and a folder that holds anything else, MissingExtra if
    nothing installed writes the format, GraphError if a file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from tipgraph import build
    >>> with TemporaryDirectory() as folder:
    ...     taken = export(build(), f"{folder}/routes.geojson", network="routes")
    >>> taken.network.number_of_edges()
    877
    """
    writable(path)
    part = extract(graph, network=network, recipe=recipe, question=question, values=values, fold=fold, asked=asked)
    part.texts, part.in_house = texts or Texts(), in_house
    return save(part, path)


def save(part: Extract, path: Path | str) -> Extract:
    """Write a part as `export` does, also in one format after the other; one that quotes `texts` only once."""
    suffix, path = writable(path), Path(path)
    if not path.parent.is_dir():
        raise GraphError(f"{path.parent}: there is no such folder; make it first, or name another")
    part.withheld, part.rows = Counter(), ""
    if not (FORMATS[suffix].all_claims or (suffix == FOLDER and part.is_whole)):
        part.withhold(*_EDGELESS, len(part.edgeless))
    try:
        part.files = _write_folder(part, path) if suffix == FOLDER else _write_files(part, path, suffix)
    except FileExistsError as error:
        raise CallError(f"{path}: {error.strerror}; name a folder that is new or empty") from error
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}; name another place") from error
    return part


def _write_folder(part: Extract, path: Path) -> list[Path]:
    with atomic_folder(path, _LISTING) as folder:
        FORMATS[FOLDER].write(part, folder)
    return [path]


def _write_files(part: Extract, path: Path, suffix: str) -> list[Path]:
    form = FORMATS[suffix]
    writers: dict[Path, Callable[[Extract, Path], None]] = {path: form.write}
    if suffix == ".parquet":
        writers[path.with_suffix(".nodes.parquet")] = partial(write_table, table="nodes")
    if not form.inside:
        writers[path.with_name(f"{path.name}.manifest.json")] = partial(Extract.write_manifest, form=suffix)
    with atomic_file(*writers) as besides:
        for write, beside in zip(writers.values(), besides, strict=True):
            write(part, beside)
    return list(writers)


def writable(path: Path | str) -> str:
    """Return the suffix of the format of a file; raise MissingExtra if no library for it is installed."""
    suffix = format_of(path)
    if FORMATS[suffix].extra:
        need(FORMATS[suffix].extra, f"{path}: Parquet")
    return suffix


def format_of(path: Path | str) -> str:
    """Return the suffix of the format of a file, `/` for a folder; raise CallError for an unknown suffix.

    >>> format_of("usaid.parquet"), format_of("usaid.parquet/")
    ('.parquet', '/')
    """
    name = Path(path).name
    fitting = [suffix for suffix in FORMATS if name.endswith(suffix) and name != suffix]
    if str(path).endswith(_SLASHES) or (not fitting and Path(path).is_dir()):
        return FOLDER
    if not fitting:
        known = "\n".join(f"  {suffix:<10} {form.summary}" for suffix, form in FORMATS.items())
        raise CallError(f"{name}: the suffix is not a format; the formats are:\n{known}")
    return max(fitting, key=len)
