"""Parquet: the nodes and the edges as two tables, and the claim tables of a whole graph.

Nodes and edges are a file each, with the manifest in the metadata of both, or a folder each, which engines such as
Spark read by row groups.

Decision: docs/decisions/0084-a-folder-is-an-export-format.md.
"""

import json
from itertools import islice
from pathlib import Path

from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.claim_tables import claim_tables
from tipgraph.outputs.files.extract import Extract

_ROWS_A_GROUP = 50_000  # one task in Spark


def nodes_beside(path: Path) -> Path:
    """Return the path of the nodes: `usaid.nodes.parquet` beside `usaid.parquet`."""
    return path.with_suffix(".nodes.parquet")


def write_edges(extract: Extract, path: Path) -> None:
    """Write the edges with all columns, so that tables of different extracts have one schema."""
    _write(extract, path, "edges")


def write_nodes(extract: Extract, path: Path) -> None:
    """Write the nodes."""
    _write(extract, path, "nodes")


def write_parts(extract: Extract, folder: Path) -> None:
    """Write `nodes/part-00000.parquet`, `edges/part-00000.parquet` and `manifest.json` into a folder."""
    for table in ("nodes", "edges"):
        (folder / table).mkdir()
        _write(extract, folder / table / "part-00000.parquet", table)
    extract.write_manifest("/", folder / "manifest.json")


def write_claim_tables(extract: Extract, folder: Path) -> None:
    """Write `Funding.parquet` … and `manifest.json` into a folder."""
    from pyarrow import parquet

    for name, table in claim_tables(extract.graph):
        parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
    extract.write_manifest("/", folder / "manifest.json")


def _write(extract: Extract, path: Path, table: str) -> None:
    """Write the nodes or the edges, in row groups; one even without a row, as some readers refuse a file with none."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = {"nodes": table_rows.nodes, "edges": table_rows.edges}[table](extract)
    manifest = json.dumps(extract.manifest(".parquet"), ensure_ascii=False, sort_keys=True)
    schema = pa.schema([(name, getattr(pa, kind)()) for name, (kind, _) in table_rows.columns(table).items()])
    with parquet.ParquetWriter(path, schema.with_metadata({"tipgraph": manifest}), compression="zstd") as out:
        batch = list(islice(rows, _ROWS_A_GROUP))
        out.write_table(pa.Table.from_pylist(batch, schema=schema))
        while batch := list(islice(rows, _ROWS_A_GROUP)):
            out.write_table(pa.Table.from_pylist(batch, schema=schema))
