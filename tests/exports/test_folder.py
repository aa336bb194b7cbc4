"""An export into a folder: nodes and edges in parts, whole or not at all, nothing of others replaced."""

import json
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from tests.exports.conftest import USAID
from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph
from tipgraph.outputs.files import export, format_of


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_holds_what_the_single_files_hold(graph: Graph, tmp_path: Path) -> None:
    taken = export(graph, f"{tmp_path}/usaid/", recipe="partner-funding", asked=USAID)
    export(graph, tmp_path / "usaid.parquet", recipe="partner-funding", asked=USAID)
    assert taken.files == [tmp_path / "usaid"]
    assert files_in(tmp_path / "usaid").keys() == {
        ".tipgraph-export", "edges/part-00000.parquet", "manifest.json", "nodes/part-00000.parquet",
    }  # fmt: skip
    for kind, file in (("edges", "usaid.parquet"), ("nodes", "usaid.nodes.parquet")):
        single = pq.read_table(tmp_path / file)
        folder = ds.dataset(tmp_path / "usaid" / kind).to_table()
        assert folder.equals(single)
        assert folder.num_rows > 0
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "usaid" / kind), pd.read_parquet(tmp_path / file))


def test_an_earlier_export_is_replaced_whole_and_a_folder_that_holds_anything_else_is_refused(
    small: Graph, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export(small, folder, network="participation")
    before = files_in(folder)
    export(small, folder, network="routes")
    export(small, f"{tmp_path}/fresh/", network="routes")
    assert files_in(folder) == files_in(tmp_path / "fresh") != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]
    for stranger in ("mine.txt", "edges/part-00007.parquet"):
        (folder / stranger).write_text("mine")
        before, said = files_in(folder), f"{stranger}, which tipgraph did not write; name a folder that is new or empty"
        with pytest.raises(CallError, match=said):
            export(small, f"{folder}/", network="partnership")
        assert files_in(folder) == before
        (folder / stranger).unlink()
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CallError, match="is no folder"):
        export(small, f"{tmp_path}/file/", network="partnership")


def test_a_slash_or_a_folder_that_is_there_says_so(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old.ttl").mkdir()
    assert format_of(tmp_path / "old") == "/"
    assert format_of(f"{tmp_path}/old.ttl/") == "/"
    assert format_of(tmp_path / "old.ttl") == ".ttl"  # the suffix speaks first
    with pytest.raises(CallError, match="FOLDER/"):
        format_of(tmp_path / "new")


def test_all_of_a_graph_are_its_claim_tables(small: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    taken = export(small, f"{folder}/")
    assert taken.files == [folder]
    assert len(pd.read_parquet(folder / "Claim.parquet")) == len(taken.claims)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (manifest["graph"]["digest"], manifest["withheld"]) == (small.digest, [])
    assert manifest["sources"]["harbour-2020"]["licence"]
    export(small, f"{folder}/", network="routes")
    assert sorted(files_in(folder)) == [
        ".tipgraph-export",
        "edges/part-00000.parquet",
        "manifest.json",
        "nodes/part-00000.parquet",
    ]
