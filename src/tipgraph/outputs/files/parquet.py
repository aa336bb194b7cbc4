"""Parquet: the nodes and the edges as two tables, and the claim tables of a whole graph.

Nodes and edges are a file each, with the manifest in the metadata of both, or a folder each, in parts that engines such
as Spark read one by one.

Decision: docs/decisions/0084-a-folder-is-an-export-format.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.claim_tables import claim_tables
from tipgraph.outputs.files.extract import Extract

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_PART = 100_000  # one task in Spark; two row groups, so that a reader can split it
_ROWS_A_GROUP = 50_000
_NUMBERS = {
    "latitude": "float64",
    "longitude": "float64",
    "amount": "float64",
    "compared": "float64",
    "shared_amount": "float64",
    "shared_by": "int32",
    "shared": "int32",
    "weight": "int32",
    "leg": "int32",
    "legs": "int32",
    "givers": "int32",
}


def nodes_beside(path: Path) -> Path:
    """Return the path of the nodes: `usaid.nodes.parquet` beside `usaid.parquet`."""
    return path.with_suffix(".nodes.parquet")


def write_edges(extract: Extract, path: Path) -> None:
    """Write the edges with all columns, so that tables of different extracts have one schema."""
    _write(extract, path, lambda: table_rows.edges(extract), table_rows.EDGE_COLUMNS)


def write_nodes(extract: Extract, path: Path) -> None:
    """Write the nodes."""
    _write(extract, path, lambda: table_rows.nodes(extract), table_rows.NODE_COLUMNS)


def write_parts(extract: Extract, folder: Path, rows_a_part: int = ROWS_A_PART) -> None:
    """Write `nodes/part-00000.parquet` …, `edges/part-00000.parquet` … and `manifest.json` into a folder."""
    for name, rows, columns in (
        ("nodes", table_rows.nodes, table_rows.NODE_COLUMNS),
        ("edges", table_rows.edges, table_rows.EDGE_COLUMNS),
    ):
        (folder / name).mkdir()
        for number, part in enumerate(_batches(rows(extract), rows_a_part)):
            _write_table(folder / name / f"part-{number:05}.parquet", iter(part), _schema(columns))
    _write_manifest(extract, folder)


def write_claim_tables(extract: Extract, folder: Path) -> None:
    """Write `Funding.parquet` … and `manifest.json` into a folder."""
    from pyarrow import parquet

    for name, table in claim_tables(extract.graph):
        parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
    _write_manifest(extract, folder)


def _write_manifest(extract: Extract, folder: Path) -> None:
    manifest = json.dumps(extract.manifest("/"), ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(manifest + "\n", "utf-8", newline="\n")


def _write(extract: Extract, path: Path, rows: Callable[[], Iterator[dict[str, Any]]], columns: Iterable[str]) -> None:
    manifest = json.dumps(extract.manifest(".parquet"), ensure_ascii=False, sort_keys=True)
    _write_table(path, rows(), _schema(columns).with_metadata({"tipgraph": manifest}))


def _write_table(path: Path, rows: Iterator[dict[str, Any]], schema: "pa.Schema") -> None:
    import pyarrow as pa
    from pyarrow import parquet

    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        for batch in _batches(rows, _ROWS_A_GROUP):
            out.write_table(pa.Table.from_pylist(batch, schema=schema))


def _schema(columns: Iterable[str]) -> "pa.Schema":
    import pyarrow as pa

    kinds = {name: getattr(pa, kind)() for name, kind in _NUMBERS.items()}
    kinds["directed"] = pa.bool_()
    return pa.schema([(name, kinds.get(name, pa.string())) for name in columns])


def _batches(rows: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """Yield rows in lists; the first even if it is empty, as some readers refuse a file without row groups."""
    yield list(islice(rows, size))
    while batch := list(islice(rows, size)):
        yield batch
