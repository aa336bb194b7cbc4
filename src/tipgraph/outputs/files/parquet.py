"""Parquet: the nodes and the edges as two tables, and the claim tables of a whole graph.

Nodes and edges are a file each, with the manifest in the metadata of both, or a folder each, which engines such as
Spark read by row groups.

Decision: docs/decisions/0054-how-exports-are-written.md.
"""

import json
from pathlib import Path

from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.claim_tables import claim_tables
from tipgraph.outputs.files.extract import Extract

_ROWS_A_GROUP = 50_000  # one task in Spark


def write_folder(extract: Extract, folder: Path) -> None:
    """Write claim tables, `Funding.parquet` …, of a part `nodes/part-00000.parquet` and `edges/…`; and a manifest."""
    from pyarrow import parquet

    if extract.is_whole:
        for name, claims in claim_tables(extract.graph):
            parquet.write_table(claims, folder / f"{name}.parquet", compression="zstd")
    else:
        for table in ("nodes", "edges"):
            (folder / table).mkdir()
            write_table(extract, folder / table / "part-00000.parquet", table)
    extract.write_manifest(folder / "manifest.json", "/")


def write_table(extract: Extract, path: Path, table: str) -> None:
    """Write `nodes` or `edges` in row groups, with all columns, so that tables of different extracts have one schema.

    There is a group even without a row, as some readers refuse a file with none.
    """
    import pyarrow as pa
    from pyarrow import parquet

    rows = {"nodes": table_rows.nodes, "edges": table_rows.edges}[table](extract)
    manifest = json.dumps(extract.manifest(".parquet"), ensure_ascii=False, sort_keys=True)
    schema = pa.schema([(name, getattr(pa, kind)()) for name, (kind, _) in table_rows.columns(table).items()])
    with parquet.ParquetWriter(path, schema.with_metadata({"tipgraph": manifest}), compression="zstd") as out:
        out.write_table(pa.Table.from_pylist(list(rows), schema=schema), row_group_size=_ROWS_A_GROUP)
