"""Parquet: the nodes and the edges as two tables, text dictionary-encoded.

Either a file each, with the manifest in the metadata of both, or a folder each in parts, with the manifest beside them:
what one machine does not hold, engines such as Spark read part by part, and others as one table all the same.

Decision: docs/decisions/0084-a-folder-is-an-export-format.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.extract import Extract

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_PART = 100_000  # a task of Spark's for each; two row groups, so that readers may split it once more
_SLICE = 50_000  # rows that are turned into columns at a time
_NUMBERS = {
    "amount": "float64",
    "shared_amount": "float64",
    "shared_by": "int32",
    "shared": "int32",
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
    _write(taken, path, lambda: table_rows.edges(taken), table_rows.EDGE_COLUMNS)


def write_nodes(taken: Extract, path: Path) -> None:
    """Write the nodes."""
    _write(taken, path, lambda: table_rows.nodes(taken), table_rows.NODE_COLUMNS)


def write_parts(taken: Extract, folder: Path, rows_a_part: int = ROWS_A_PART) -> None:
    """Write `nodes/part-00000.parquet` …, `edges/part-00000.parquet` … and `manifest.json` into a folder.

    Both have a first part, be it empty, so that a reader always finds their columns.
    """
    _write_parts(folder / "nodes", table_rows.nodes(taken), _schema(table_rows.NODE_COLUMNS), rows_a_part)
    _write_parts(folder / "edges", table_rows.edges(taken), _schema(table_rows.EDGE_COLUMNS), rows_a_part)
    manifest = json.dumps(taken.manifest("/"), ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(manifest + "\n", "utf-8", newline="\n")


def _write_parts(folder: Path, rows: Iterator[dict[str, Any]], schema: "pa.Schema", rows_a_part: int) -> None:
    folder.mkdir()
    for number, part in enumerate(_parts(rows, rows_a_part)):
        _write_table(folder / f"part-{number:05}.parquet", part, schema)


def _parts(rows: Iterator[dict[str, Any]], size: int) -> Iterator[Iterator[dict[str, Any]]]:
    """Give rows in parts to be read one after the other; the first is there even where there are no rows."""
    first = list(islice(rows, 1))
    yield chain(first, islice(rows, size - 1))
    while first := list(islice(rows, 1)):
        yield chain(first, islice(rows, size - 1))


def _write(taken: Extract, path: Path, rows: Callable[[], Iterator[dict[str, Any]]], columns: Iterable[str]) -> None:
    manifest = json.dumps(taken.manifest(".parquet"), ensure_ascii=False, sort_keys=True)
    _write_table(path, rows(), _schema(columns).with_metadata({"tipgraph": manifest}))


def _write_table(path: Path, rows: Iterator[dict[str, Any]], schema: "pa.Schema") -> None:
    import pyarrow as pa
    from pyarrow import parquet

    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        for part in _slices(rows):
            out.write_table(pa.Table.from_pylist(part, schema=schema))


def _schema(columns: Iterable[str]) -> "pa.Schema":
    import pyarrow as pa

    kinds = {name: getattr(pa, kind)() for name, kind in _NUMBERS.items()}
    kinds["directed"] = pa.bool_()
    return pa.schema([(name, kinds.get(name, pa.string())) for name in columns])


def _slices(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Give rows in slices; the first is there even where there are none: some readers refuse a file without groups."""
    yield list(islice(rows, _SLICE))
    while part := list(islice(rows, _SLICE)):
        yield part
