"""Where a graph lies, told by the look of its name: a file or a store; opened, and written."""

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, serialize

from tipgraph import generations
from tipgraph.engines import PREFIXES, Embedded
from tipgraph.errors import GraphError
from tipgraph.files import whole
from tipgraph.graph import Graph

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
_BYTES = {RdfFormat.TRIG: 35, RdfFormat.N_QUADS: 120}  # of a file for one statement, at least
_PACKED = 20  # how many times larger an unpacked file is, at most


def load(place: Path | str) -> Graph:
    """Open a graph that lies somewhere: a store, or a file `.trig` or `.nq`, gzipped (`.gz`) or not.

    Raises GraphError where that cannot be done.
    """
    path = Path(place)
    if path.is_dir():
        if not generations.is_store(path):
            raise GraphError(f"{path}: is a folder but no store; build one with `tipgraph build -o {path}/`")
        return generations.load(path)
    store = Store()
    _fill(store.load, path)  # bulk_load is a sixth quicker in memory, and takes half as much memory again
    return Graph.over(Embedded(store))


def copy(path: Path, target: Path) -> Graph:
    """Write the graph of a file to a store, in bulk and without holding it in memory, or to another file; open it.

    Raises GraphError.
    """
    if _is_file(target):
        write(load(path), target)
    else:
        generations.write(target, lambda store: _fill(store.bulk_load, path), _about(path))
    return load(target)


def _fill(fill: Callable[..., None], path: Path) -> None:
    """Fill a store from a file, by one of the store's two ways to be filled; raise GraphError."""
    form = _format(path)
    try:
        if path.suffix == ".gz":
            with cast(IO[bytes], gzip.open(path)) as file:
                fill(file, format=form)
        else:
            fill(path=str(path), format=form)
    except FileNotFoundError as error:
        raise GraphError(f"{path}: there is no such file; build it with `tipgraph build -o {path}`") from error
    except SyntaxError as error:
        raise GraphError(f"{path}:{error.lineno}: cannot be read: {error.msg}; build it again") from error
    except (OSError, EOFError) as error:
        raise GraphError(f"{path}: cannot be read: {error}") from error


def _about(path: Path) -> int:
    """Return about how many statements a file holds, rather too many, by its size and what one takes."""
    size = path.stat().st_size if path.is_file() else 0
    return size // _BYTES[_format(path)] * (_PACKED if path.suffix == ".gz" else 1)


def _is_file(place: Path) -> bool:
    return bool(place.suffix) and not place.is_dir()


def write(graph: Graph, path: Path) -> None:
    """Write a graph to a `.trig` or `.nq` file, gzipped where `.gz` follows, or to a store where no suffix does.

    It is written beside its place first, flushed to disk, then moved into it, so that a crash leaves what was there.
    The same graph gives the same bytes in a file. Raises GraphError.
    """
    if not _is_file(path):
        generations.write(path, lambda store: store.bulk_extend(graph.quads()), len(graph))
        return
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
        raise GraphError(f"{path}: a graph file ends in {' or '.join(FORMATS)}, with or without .gz, a store in /")
    return FORMATS[suffix]
