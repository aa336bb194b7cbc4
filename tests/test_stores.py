"""A store: written beside the old one, held, swept, killed at any moment, on a full disk."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from tests.conftest import column, statements_of
from tipgraph.errors import GraphError
from tipgraph.graph import stores
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import convert, load, write
from tipgraph.model import Statement, versions
from tipgraph.pipeline.builder import build

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def built(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store to read; to spoil, take a copy."""
    place = tmp_path_factory.mktemp("stores") / "store"
    write(small, place)
    return place


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store", symlinks=True))


def other(graph: Graph, number: int = 0) -> Graph:
    """Return a graph with one statement more."""
    one = Statement(NamedNode("a:b"), NamedNode("a:c"), Literal(str(number)), NamedNode("a:e"))
    return Graph([*statements_of(graph), one])


def test_a_store_holds_the_graph_and_says_what_it_is(built: Path, small: Graph) -> None:
    graph = load(built)
    assert len(graph) == len(small)
    assert graph.digest == small.digest == hashlib.sha256(b"".join(graph.lines())).hexdigest()
    manifest = stores.held(built)[0].manifest
    assert manifest["statements"] == len(small) == sum(manifest["graphs"].values())
    assert manifest["pyoxigraph"]
    assert manifest["ontology"] == versions.ontology()
    assert manifest["digest"] == small.digest


def test_a_file_becomes_a_store_in_bulk(small: Graph, tmp_path: Path) -> None:
    for suffix in (".nq", ".trig.gz"):
        write(small, tmp_path / f"graph{suffix}")
        assert convert(tmp_path / f"graph{suffix}", tmp_path / f"store-of{suffix[1:3]}").digest == small.digest
    with pytest.raises(GraphError, match="there is no such file"):
        convert(tmp_path / "absent.nq", tmp_path / "none")
    (tmp_path / "bad.nq").write_text("<a:b> <a:c> .")
    with pytest.raises(GraphError, match=r"bad\.nq:1: cannot be read"):
        convert(tmp_path / "bad.nq", tmp_path / "none")
    assert list((tmp_path / "none").iterdir()) == []


def test_the_digest_of_a_store_from_a_file_is_found_once(small: Graph, tmp_path: Path) -> None:
    write(small, tmp_path / "graph.nq")
    convert(tmp_path / "graph.nq", tmp_path / "store")
    manifest = tmp_path / "store" / "manifest.json"
    assert json.loads(manifest.read_text("utf-8"))["digest"] == ""
    assert stores.held(tmp_path / "store")[0].manifest["digest"] == small.digest
    assert json.loads(manifest.read_text("utf-8"))["digest"] == small.digest


def test_a_folder_of_oxigraph_itself_is_opened(small: Graph, tmp_path: Path) -> None:
    made = Store(str(tmp_path / "own"))
    made.bulk_extend(small.quads())
    made.flush()
    del made
    assert load(tmp_path / "own").digest == small.digest


def test_a_damaged_store_is_told_in_a_line(store: Path) -> None:
    for path in stores.held(store)[0].folder.glob("*.sst"):
        path.write_bytes(b"\0" * path.stat().st_size)
    done = subprocess.run(
        [sys.executable, "-m", "tipgraph.cli", "query", "funding", "-g", str(store)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "build it again" in done.stderr


def test_an_older_store_goes_but_not_while_somebody_reads_it(store: Path, small: Graph) -> None:
    reader = load(store)
    first = stores.held(store)[0].folder
    for number in range(4):
        write(other(small, number), store)
    assert {path.name for path in store.iterdir()} == {
        first.name, stores.held(store)[0].folder.name, "manifest.json",
    }  # fmt: skip
    assert column(reader, COUNT) == [str(len(small))]
    assert len(load(store)) == len(small) + 1
    del reader
    write(small, store)
    assert not first.exists()
    assert len(list(store.iterdir())) == 2


def test_a_sweep_that_fails_fails_no_build(store: Path, small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise PermissionError(13, "Permission denied")

    for number in range(2):
        write(other(small, number), store)
    monkeypatch.setattr("tipgraph.graph.stores.shutil.rmtree", refused)
    write(other(small, 2), store)
    assert load(store).digest == other(small, 2).digest


def test_what_a_dead_build_left_is_swept_and_what_is_held_is_not(store: Path, small: Graph) -> None:
    from tipgraph.runtime import Lock

    dead, alive = "0123456789abcdef", "fedcba9876543210"
    for name in (dead, alive):
        (store / name).mkdir()
    with Lock(store / alive, shared=True):
        write(small, store)
    assert {path.name for path in store.iterdir()} == {alive, stores.held(store)[0].folder.name, "manifest.json"}


def test_a_place_that_is_something_else_is_refused_and_left_alone(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(GraphError, match="holds other files"):
        write(small, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    (tmp_path / "thesis.txt").rename(tmp_path / "manifest.json")
    with pytest.raises(GraphError, match="holds other files"):
        write(small, tmp_path)
    assert (tmp_path / "manifest.json").read_text() == "years of work"
    (tmp_path / "file").write_text("x")
    with pytest.raises(GraphError, match="is no folder"):
        write(small, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    for asked, said in (("empty", "is no store"), ("absent", "a graph file ends in")):
        with pytest.raises(GraphError, match=said):
            load(tmp_path / asked)


def test_two_builds_at_once_leave_one_of_them_current(small: Graph, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import tipgraph; from tipgraph.graph import storage\n"
        "storage.write(tipgraph.load(sys.argv[1]), Path(sys.argv[2]))"
    )
    place = tmp_path / "store"
    files = [tmp_path / "one.nq", tmp_path / "two.nq"]
    for graph, file in zip((small, other(small)), files, strict=True):
        write(graph, file)
    both = [subprocess.Popen([sys.executable, "-c", program, str(file), str(place)]) for file in files]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    assert load(place).digest in {small.digest, other(small).digest}
    assert len(list(place.iterdir())) == 2


WRITER = """
import sys
from pathlib import Path
import tipgraph
from tipgraph.graph import storage
one, two, place = tipgraph.load(sys.argv[1]), tipgraph.load(sys.argv[2]), Path(sys.argv[3])
print("ready", flush=True)
while True:
    for graph in (one, two):
        storage.write(graph, place)
        print("written", flush=True)
"""
READER = """
import sys
from pathlib import Path
import hashlib
import tipgraph
known, place, read = set(sys.argv[2:]), Path(sys.argv[1]), 0
while not (place.parent / "stop").exists():
    graph = tipgraph.load(place)
    found = hashlib.sha256(b"".join(graph.lines())).hexdigest()
    assert found == graph.digest and found in known, "a mixed or partial store"
    read += 1
print(read)
"""


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.long)])
def test_no_reader_sees_a_missing_mixed_or_partial_store(small: Graph, tmp_path: Path, kills: int) -> None:
    """Builds are killed (-9) at random moments of writing and publishing, while two others read all the time."""
    graphs, place = (small, other(small)), tmp_path / "store"
    files = [tmp_path / "one.nq", tmp_path / "two.nq"]
    for graph, file in zip(graphs, files, strict=True):
        write(graph, file)
    begun = time.monotonic()
    write(small, place)
    takes = time.monotonic() - begun
    digests = [graph.digest for graph in graphs]
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(place), *digests], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    chance = random.Random(kills)  # noqa: S311
    for _ in range(kills):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, *map(str, files), str(place)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 1.5 * takes))
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -9
        writer.stdout.close()
    (tmp_path / "stop").touch()
    outs = [reader.communicate(timeout=60)[0] for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0]
    assert all(int(out) > 0 for out in outs)
    write(small, place)
    assert {path.name for path in place.iterdir()} == {stores.held(place)[0].folder.name, "manifest.json"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own: a tmpfs, which only root can mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("levels", [3, pytest.param(20, marks=pytest.mark.long)])
def test_a_full_disk_is_told_and_leaves_the_old_store(small: Graph, disk: Path, levels: int) -> None:
    place, ballast = disk / "store", disk / "ballast"
    write(small, place)
    file = disk / "two.nq"
    write(other(small), file)
    free = shutil.disk_usage(disk).free
    program = (
        "import sys; from pathlib import Path; from tipgraph.graph import storage\n"
        "try:\n    storage.convert(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except Exception as error:\n    print(f'{type(error).__name__}: {error}'); sys.exit(1)"
    )
    failed = 0
    for level in range(levels):
        ballast.write_bytes(b"\0" * int(free * (1 - level / levels * 0.2) - 64_000 * level))
        before = stores.held(place)[0]
        command = [sys.executable, "-c", program, str(file), str(place)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
        ballast.unlink()
        if done.returncode:
            failed += 1
            assert done.returncode == 1, done.stderr
            assert done.stdout.startswith("GraphError"), done.stdout
            assert "No space left" in done.stdout, done.stdout
            assert stores.held(place)[0] == before
        assert load(place).digest in {small.digest, other(small).digest}
    assert failed


def test_a_build_says_the_store_that_it_wrote(tmp_path: Path) -> None:
    from tests.conftest import SMALL

    command = [sys.executable, "-m", "tipgraph.cli", "build", str(SMALL), "-o", f"{tmp_path}/store/"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"{tmp_path}/store/: " in done.stdout
    assert load(tmp_path / "store").digest == build(SMALL).digest
