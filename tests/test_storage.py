from pathlib import Path

import pytest

from tests.conftest import SMALL
from tipgraph.cli import paths
from tipgraph.errors import GraphError
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import load, write
from tipgraph.model import kit
from tipgraph.pipeline.builder import build


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".trig.gz", ".nq.gz"])
def test_a_file_holds_the_graph_and_the_same_data_give_the_same_bytes(
    small: Graph, tmp_path: Path, suffix: str
) -> None:
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    write(small, one)
    write(build(SMALL), two)
    assert one.read_bytes() == two.read_bytes()
    assert load(one).digest == small.digest


def test_the_graph_that_was_built_needs_no_name(small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "build", lambda: tmp_path)
    monkeypatch.delenv("TIPGRAPH_GRAPH", raising=False)
    with pytest.raises(GraphError, match="no graph has been built yet; run `tipgraph build`"):
        load()
    for name in ("store/", "graph.trig"):
        write(small, f"{tmp_path}/{name}")
        assert load().digest == small.digest
        assert Path(paths.built_place(None)).name == name.strip("/")  # the command line finds the same
    write(Graph(), tmp_path / "empty.nq")
    monkeypatch.setenv("TIPGRAPH_GRAPH", str(tmp_path / "empty.nq"))
    assert not len(load())


def test_a_failed_write_leaves_the_old_file(small: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text("old")
    folder = tmp_path / "blocked"
    folder.write_text("a file where a folder is needed")
    with pytest.raises(GraphError, match="cannot be written"):
        write(small, folder / "graph.trig")
    with pytest.raises(GraphError, match=r"a graph file ends in \.trig or \.nq"):
        write(small, tmp_path / "graph.xml")
    assert path.read_text() == "old"


def test_a_write_that_fails_leaves_nothing_beside(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "graph.trig"
    path.write_text("old")
    monkeypatch.setattr("tipgraph.graph.storage.serialize", full)
    with pytest.raises(GraphError, match="No space left"):
        write(small, path)
    assert [found.name for found in tmp_path.iterdir()] == ["graph.trig"]
    assert path.read_text() == "old"


@pytest.mark.parametrize("content", ["<a:b> <a:c> .", "not rdf at all", "\x00"])
def test_a_file_that_is_no_graph(tmp_path: Path, content: str) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(content)
    with pytest.raises(GraphError, match="cannot be read"):
        load(path)
    with pytest.raises(GraphError, match="there is no such file"):
        load(tmp_path / "absent.trig")
