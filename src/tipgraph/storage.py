"""Where a graph lies: opened, and written as a file."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, serialize

from tipgraph.engines import PREFIXES, Embedded
from tipgraph.errors import GraphError
from tipgraph.files import whole
from tipgraph.graph import Graph

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}


def load(place: Path | str) -> Graph:
    """Open a graph file, `.trig` or `.nq`, gzipped (`.gz`) or not, or ask an endpoint, `https://…/sparql`.

    Raises GraphError where that cannot be done.
    """
    if str(place).lower().startswith(("http://", "https://")):
        from tipgraph.remote import Remote

        return Graph.over(Remote(str(place)))
    path, store = Path(place), Store()
    form = _format(path)
    try:
        # bulk_load is a sixth quicker, and takes half as much memory again
        if path.suffix == ".gz":
            with cast(IO[bytes], gzip.open(path)) as file:
                store.load(file, format=form)
        else:
            store.load(path=str(path), format=form)
    except FileNotFoundError as error:
        raise GraphError(f"{path}: there is no such file; build it with `tipgraph build -o {path}`") from error
    except SyntaxError as error:
        raise GraphError(f"{path}:{error.lineno}: cannot be read: {error.msg}; build it again") from error
    except (OSError, EOFError) as error:
        raise GraphError(f"{path}: cannot be read: {error}") from error
    return Graph.over(Embedded(store))


def write(graph: Graph, path: Path) -> None:
    """Write a graph to a `.trig` or `.nq` file, gzipped where `.gz` follows: beside it first, then moved into place.

    The same graph gives the same bytes. A crash leaves the old file as it was.
    """
    form = _format(path)
    quads = sorted(graph.quads(), key=lambda quad: (str(quad.graph_name), str(quad)))
    try:
        with whole(path) as (beside,), beside.open("wb") as file:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    _serialize(quads, cast(IO[bytes], packed), form)
            else:
                _serialize(quads, file, form)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error}") from error


def _serialize(quads: Iterable[Quad], file: IO[bytes], form: RdfFormat) -> None:
    serialize(quads, file, form, prefixes=PREFIXES if form is RdfFormat.TRIG else None)


def _format(path: Path) -> RdfFormat:
    suffix = (path.with_suffix("") if path.suffix == ".gz" else path).suffix
    if suffix not in FORMATS:
        raise GraphError(f"{path}: a graph file ends in {' or '.join(FORMATS)}, with or without .gz")
    return FORMATS[suffix]
