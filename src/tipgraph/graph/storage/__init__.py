"""Where a graph lies, told by the look of its name: a file or a store; opened, and written.

Decision: docs/decisions/0008-the-default-graph-is-one-file-in-memory.md.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, serialize

from tipgraph.errors import GraphError
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import generations
from tipgraph.model import prefixes
from tipgraph.runtime import whole

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}


def load(place: Path | str) -> Graph:
    """Open a graph that lies somewhere: a store, a file, or behind a SPARQL endpoint, `https://…/sparql`.

    A file that `write` or `tipgraph export` made is `.trig`, `.nq`, `.ttl` or `.jsonld`; any RDF file of somebody else
    is read too (`sandbox`), gzipped (`.gz`) or not. Raises GraphError where that cannot be done.

    >>> from tempfile import TemporaryDirectory
    >>> from tipgraph import build
    >>> with TemporaryDirectory() as folder:
    ...     graph = build()
    ...     write(graph, f"{folder}/graph.trig")
    ...     len(load(f"{folder}/graph.trig")) == len(graph)
    True
    """
    if str(place).lower().startswith(("http://", "https://")):
        from tipgraph.graph.remote import Remote

        return Graph.over(Remote(str(place)))
    path = Path(place)
    if path.is_dir():
        if not (generations.is_store(path) or generations.is_generation(path)):
            raise GraphError(f"{path}: is a folder, and no store that `tipgraph build -o FOLDER/` wrote; name another")
        return generations.load(path)
    from tipgraph.graph import sandbox

    store = Store()
    sandbox.fill(store, path)
    return Graph.over(Embedded(store))


def convert(path: Path, target: Path | str) -> Graph:
    """Write the graph of a file to a store, in bulk and without holding it in memory, or to another file; open it.

    Raises GraphError.
    """
    if _is_file(target):
        write(load(path), target)
    else:
        from tipgraph.graph import sandbox

        generations.write(
            Path(target), lambda store: sandbox.fill(store, path, in_bulk=True), sandbox.most_statements(path)
        )
    return load(target)


def prepare(place: Path | str) -> None:
    """Raise GraphError where no graph can be written, before one is built; `write` says what a place may be."""
    if _is_file(place):
        _format(Path(place))
    else:
        generations.refuse(Path(place))


def _is_file(place: Path | str) -> bool:
    """Tell a file from a store: by a slash at the end, by what is there, or else by a suffix."""
    return not str(place).endswith(("/", os.sep)) and bool(Path(place).suffix) and not Path(place).is_dir()


def write(graph: Graph, place: Path | str) -> None:
    """Write a graph to a `.trig` or `.nq` file, gzipped where `.gz` follows, or to a store where no suffix does.

    It is written beside its place first, flushed to disk, then moved into it, so that a crash leaves what was there.
    The same graph gives the same bytes in a file. Raises GraphError.
    """
    path = Path(place)
    if not _is_file(place):
        generations.write(path, lambda store: store.bulk_extend(graph.quads()), len(graph))
        return
    form = _format(path)
    quads = sorted(graph.quads(), key=lambda quad: (str(quad.graph_name), str(quad)))
    try:
        with whole(path) as (beside,), beside.open("wb") as file:
            if path.suffix == ".gz":
                import gzip

                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    _serialize(quads, cast(IO[bytes], packed), form)
            else:
                _serialize(quads, file, form)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error}") from error


def _serialize(quads: Iterable[Quad], file: IO[bytes], form: RdfFormat) -> None:
    serialize(quads, file, form, prefixes=prefixes() if form is RdfFormat.TRIG else None)


def _format(path: Path) -> RdfFormat:
    suffix = (path.with_suffix("") if path.suffix == ".gz" else path).suffix
    if suffix not in FORMATS:
        raise GraphError(f"{path}: a graph file ends in {' or '.join(FORMATS)}, with or without .gz, a store in /")
    return FORMATS[suffix]
