"""A graph's place: a file or a store, distinguished by its name; opened, and written.

Decision: docs/decisions/0001-pyoxigraph-holds-the-graph.md.
"""

import gzip
import os
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat, Store, serialize

from tipgraph.errors import GraphError
from tipgraph.graph import stores
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.model import kit, prefixes
from tipgraph.runtime import atomic_file

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
_BUILT = ("graph.trig", "store")  # in the build folder


def load(place: Path | str | None = None) -> Graph:
    """Open a graph: a store, a file, or a SPARQL endpoint, `https://…/sparql`; by default the one that was built.

    That is the one of TIPGRAPH_GRAPH, else `build/graph.trig`, else the store `build/store/`. A file of `write` or
    `tipgraph export` is `.trig`, `.nq` or `.ttl`; other RDF files of others are read too (`sandbox`), gzipped
    (`.gz`) or not. Raises GraphError.

    >>> from tempfile import TemporaryDirectory
    >>> from tipgraph import build
    >>> with TemporaryDirectory() as folder:
    ...     graph = build()
    ...     write(graph, f"{folder}/graph.trig")
    ...     len(load(f"{folder}/graph.trig")) == len(graph)
    True
    """
    place = place or built(kit.build())
    if not place:
        raise GraphError("no graph has been built yet; run `tipgraph build`, or name a file, a store or an endpoint")
    if str(place).lower().startswith(("http://", "https://")):
        from tipgraph.graph.remote import Remote

        return Graph.over(Remote(str(place)))
    path = Path(place)
    if path.is_dir():
        return stores.load(path)
    from tipgraph.graph import sandbox

    store = Store()
    sandbox.fill(store, path)
    return Graph.over(Embedded(store))


def built(folder: Path) -> str:
    """Return the place of the graph that was built into a folder, or that of TIPGRAPH_GRAPH; else an empty text."""
    places = (str(folder / name) for name in _BUILT if (folder / name).exists())
    return os.environ.get("TIPGRAPH_GRAPH") or next(places, "")


def convert(path: Path, target: Path | str) -> Graph:
    """Write a graph file to a store, in bulk and not in memory, or to another file; open it. Raises GraphError."""
    if _is_file(target):
        write(load(path), target)
    else:
        from tipgraph.graph import sandbox

        stores.write(Path(target), lambda store: sandbox.fill(store, path, in_bulk=True))
    return load(target)


def prepare(place: Path | str) -> None:
    """Raise GraphError if `write` could not write a graph to a place, before one is built."""
    if _is_file(place):
        _format(Path(place))
    else:
        stores.check_place(Path(place))


def write(graph: Graph, place: Path | str) -> None:
    """Write a graph to a `.trig` or `.nq` file, gzipped with `.gz`, or to a store if the place has no suffix.

    It is written aside, flushed to disk, then moved into place; after a crash the old graph is still there. The same
    graph gives the same bytes in a file. Raises GraphError.
    """
    path = Path(place)
    if not _is_file(place):
        stores.write(path, lambda store: store.bulk_extend(graph.quads()), graph.digest)
        return
    form = _format(path)
    declared = prefixes() if form is RdfFormat.TRIG else None
    quads = sorted(graph.quads(), key=lambda quad: (str(quad.graph_name), str(quad)))
    try:
        with atomic_file(path) as (draft,), ExitStack() as files:
            file: IO[bytes] = files.enter_context(draft.open("wb"))
            if path.suffix == ".gz":
                file = cast(IO[bytes], files.enter_context(gzip.GzipFile("", "wb", fileobj=file, mtime=0)))
            serialize(quads, file, form, prefixes=declared)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error}; name another place") from error


def _is_file(place: Path | str) -> bool:
    """Return whether a place is a file, not a store: by a slash at the end, by what is there, or by a suffix."""
    return not str(place).endswith(("/", os.sep)) and bool(Path(place).suffix) and not Path(place).is_dir()


def _format(path: Path) -> RdfFormat:
    suffix = (path.with_suffix("") if path.suffix == ".gz" else path).suffix
    if suffix not in FORMATS:
        raise GraphError(f"{path}: a graph file ends in {' or '.join(FORMATS)}, with or without .gz, a store in /")
    return FORMATS[suffix]
