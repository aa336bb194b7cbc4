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


def test_an_earlier_export_is_replaced_whole(graph: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export(graph, folder, network="participation")
    before = files_in(folder)
    export(graph, folder, network="routes")
    export(graph, f"{tmp_path}/fresh/", network="routes")
    assert files_in(folder) == files_in(tmp_path / "fresh") != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]


@pytest.mark.parametrize("stranger", ["mine.txt", "edges/part-00007.parquet"])
def test_a_folder_that_holds_anything_else_is_refused(graph: Graph, tmp_path: Path, stranger: str) -> None:
    export(graph, f"{tmp_path}/out/", network="routes")
    (tmp_path / "out" / stranger).write_text("mine")
    before = files_in(tmp_path / "out")
    with pytest.raises(
        CallError, match=f"{stranger}, which tipgraph did not write; name a folder that is new or empty"
    ):
        export(graph, f"{tmp_path}/out/", network="partnership")
    assert files_in(tmp_path / "out") == before
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CallError, match="is no folder"):
        export(graph, f"{tmp_path}/file/", network="partnership")


def test_a_slash_or_a_folder_that_is_there_says_so(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old.ttl").mkdir()
    assert format_of(tmp_path / "old") == "/"
    assert format_of(f"{tmp_path}/old.ttl/") == "/"
    assert format_of(tmp_path / "old.ttl") == ".ttl"  # the suffix speaks first
    with pytest.raises(CallError, match="FOLDER/"):
        format_of(tmp_path / "new")


def test_all_of_a_graph_are_its_claim_tables(graph: Graph, tmp_path: Path) -> None:
    taken = export(graph, f"{tmp_path}/tables/")
    assert taken.files == [tmp_path / "tables"]
    assert len(pd.read_parquet(tmp_path / "tables" / "Claim.parquet")) == len(taken.claims)
    manifest = json.loads((tmp_path / "tables" / "manifest.json").read_text("utf-8"))
    assert manifest["graph"]["digest"] == graph.digest
    assert manifest["withheld"] == []
    assert manifest["sources"]["oas-cim-2005"]["licence"]
    export(graph, f"{tmp_path}/tables/", network="routes")
    assert (
        sorted(path.name for path in (tmp_path / "tables").iterdir() if path.suffix != ".tipgraph-export")[-1]
        == "nodes"
    )
