"""The claim tables of a whole graph as a folder: a Parquet file for each class, the views over them, the manifest."""

import json
import shutil
from pathlib import Path

from tipgraph.graph import Tables, views
from tipgraph.outputs.files.extract import Extract


def write_tables(taken: Extract, folder: Path) -> None:
    """Write `Funding.parquet` …, `views/*.sql` over them and `manifest.json` into a folder.

    Whatever opens Parquet takes the files as they are; within the folder, DuckDB runs the views once each class has its
    view (`CREATE VIEW Funding AS FROM 'Funding.parquet'`).
    """
    Tables.of(taken.graph).write(folder)
    (folder / "views").mkdir()
    for path in views().values():
        shutil.copyfile(path, folder / "views" / path.name)
    manifest = json.dumps(taken.manifest("/"), ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(manifest + "\n", "utf-8", newline="\n")
