"""Parquet: the nodes and the edges as two tables, text dictionary-encoded, the manifest in the metadata of both."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tipgraph.exports import flat
from tipgraph.exports.extract import Extract

_SLICE = 50_000  # rows that are turned into columns at a time
_NUMBERS = {
    "amount": "float64",
    "shared_amount": "float64",
    "shared_by": "int32",
    "weight": "int32",
    "leg": "int32",
    "legs": "int32",
    "givers": "int32",
}


def nodes_beside(path: Path) -> Path:
    """Return where the nodes stand: `usaid.nodes.parquet` beside `usaid.parquet`."""
    return path.with_suffix(".nodes.parquet")


def write_edges(taken: Extract, path: Path) -> None:
    """Write the edges; all columns are there, so that tables of different extracts have one schema."""
    _write(taken, path, lambda: flat.edges(taken), flat.EDGE_COLUMNS)


def write_nodes(taken: Extract, path: Path) -> None:
    """Write the nodes."""
    _write(taken, path, lambda: flat.nodes(taken), flat.NODE_COLUMNS)


def _write(taken: Extract, path: Path, rows: Callable[[], Iterator[dict[str, Any]]], columns: Iterable[str]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {name: getattr(pa, kind)() for name, kind in _NUMBERS.items()}
    kinds["directed"] = pa.bool_()
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in columns])
    manifest = json.dumps(taken.manifest(".parquet"), ensure_ascii=False, sort_keys=True)
    schema = schema.with_metadata({"tipgraph": manifest})
    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        for part in _slices(rows()):
            out.write_table(pa.Table.from_pylist(part, schema=schema))


def _slices(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, _SLICE)):
        yield part
