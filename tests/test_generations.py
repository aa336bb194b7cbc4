"""A store of generations: built beside, current or not, held, swept, verified, killed at any moment, on a full disk."""

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
from pyoxigraph import Literal, NamedNode

from tests.conftest import column, statements_of
from tipgraph.errors import GraphError
from tipgraph.graph.graph import Graph, digest_of
from tipgraph.graph.storage import convert, generations, load, write
from tipgraph.model import Statement, versions
from tipgraph.pipeline.builder import build

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def built(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one generation, to read; to spoil, take a copy."""
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


def test_a_store_holds_the_graph_its_digest_and_its_tables(built: Path, small: Graph) -> None:
    graph = load(built)
    assert len(graph) == len(small)
    assert graph.digest == small.digest == digest_of(graph.lines())
    manifest = json.loads((built / "current" / "manifest.json").read_text("utf-8"))
    assert manifest["statements"] == len(small) == sum(manifest["graphs"].values())
    assert manifest["members"]["Funding"] == 1
    assert manifest["pyoxigraph"]
    assert manifest["ontology"] == versions.ontology()
    assert generations.verify(built)[1] == []


def test_a_file_becomes_a_store_in_bulk(small: Graph, tmp_path: Path) -> None:
    for suffix in (".nq", ".trig.gz"):
        write(small, tmp_path / f"graph{suffix}")
        assert convert(tmp_path / f"graph{suffix}", tmp_path / f"store-of{suffix[1:3]}").digest == small.digest
    with pytest.raises(GraphError, match="there is no such file"):
        convert(tmp_path / "absent.nq", tmp_path / "none")
    (tmp_path / "bad.nq").write_text("<a:b> <a:c> .")
    with pytest.raises(GraphError, match=r"bad\.nq:1: cannot be read"):
        convert(tmp_path / "bad.nq", tmp_path / "none")
    assert not (tmp_path / "none" / "current").exists()
    assert list((tmp_path / "none").iterdir()) == [tmp_path / "none" / "generations"]


def test_any_flipped_byte_in_any_file_is_found(store: Path) -> None:
    folder = (store / "current").resolve()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert len(files) > 50
    chance = random.Random(5)  # noqa: S311
    for path in files:
        whole = path.read_bytes()
        if not whole:
            continue
        for at in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(3))}:
            path.write_bytes(bytes([*whole[:at], whole[at] ^ (1 << chance.randrange(8)), *whole[at + 1 :]]))
            _, faults = generations.verify(store)
            assert [Path(fault.file) for fault in faults] == [path], (path, at)
        path.write_bytes(whole)
    assert generations.verify(store)[1] == []


def test_missing_and_added_files_and_a_pointer_to_nothing_are_found(store: Path) -> None:
    folder = (store / "current").resolve()
    (folder / "tables" / "Funding.parquet").unlink()
    (folder / "tables" / "Extra.parquet").write_bytes(b"x")
    assert sorted(str(fault).rpartition(": ")[2] for fault in generations.verify(store)[1]) == [
        "is missing",
        "was added after the build",
    ]
    (store / "current").unlink()
    (store / "current").symlink_to("generations/../../elsewhere")
    with pytest.raises(GraphError, match="names no generation of this store"):
        load(store)


def test_a_damaged_store_is_told_in_a_line(store: Path) -> None:
    for path in (store / "current" / "store").glob("*.sst"):
        path.write_bytes(b"\0" * path.stat().st_size)
    done = subprocess.run(
        [sys.executable, "-m", "tipgraph.cli", "query", "funding", "-g", str(store)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "tipgraph store verify" in done.stderr


def test_older_generations_are_swept_but_not_while_somebody_reads_them(store: Path, small: Graph) -> None:
    reader = load(store)
    first = (store / "current").resolve()
    for number in range(4):
        write(other(small, number), store)
    kept = sorted(path.name for path in (store / "generations").iterdir())
    assert len(kept) == 2 + generations.KEPT  # the current one, the others, and the one that is read
    assert first.name in kept
    assert column(reader, COUNT) == [str(len(small))]
    assert len(load(store)) == len(small) + 1
    del reader
    write(small, store)
    assert not first.exists()
    assert len(list((store / "generations").iterdir())) == 1 + generations.KEPT


def test_the_same_graph_makes_no_new_generation_unless_the_current_one_is_damaged(store: Path, small: Graph) -> None:
    first = (store / "current").resolve()
    write(small, store)
    assert (store / "current").resolve() == first
    table = first / "tables" / "Funding.parquet"
    table.write_bytes(table.read_bytes()[:-1])
    write(small, store)
    assert (store / "current").resolve() != first
    assert [bool(one.manifest) for one in generations.verify(store)[0]] == [False, True]


def test_an_older_generation_is_opened_by_its_folder(store: Path, small: Graph) -> None:
    first = (store / "current").resolve()
    write(other(small), store)
    assert load(first).digest == small.digest
    assert load(store / "current").digest == load(store).digest != small.digest


def test_a_store_that_was_copied_without_its_link_says_so(store: Path, small: Graph, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "copied", symlinks=False)
    with pytest.raises(GraphError, match=r"is a copy of a generation.*cp -a"):
        load(tmp_path / "copied")
    assert load(tmp_path / "copied" / "current").digest == small.digest
    assert "is a copy of a generation" in str(generations.verify(tmp_path / "copied")[1][0])


def test_a_sweep_that_fails_fails_no_build(store: Path, small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    for number in range(2):
        write(other(small, number), store)
    monkeypatch.setattr("tipgraph.graph.storage.generations.unheld", refused)
    write(other(small, 2), store)
    assert load(store).digest == other(small, 2).digest


def test_what_a_dead_build_left_is_swept_and_that_of_a_living_one_is_not(store: Path, small: Graph) -> None:
    from tipgraph.runtime.locks import Hold

    for name in (".building-dead", ".building-alive", ".gone-half"):
        (store / name).mkdir()
    with Hold(store / ".building-alive"):
        write(small, store)
    assert sorted(path.name for path in store.iterdir()) == [".building-alive", "current", "generations"]


def test_a_place_that_is_something_else_is_refused_and_left_alone(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(GraphError, match="holds other files"):
        write(small, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    (tmp_path / "current").write_text("years of work, too")
    with pytest.raises(GraphError, match="holds other files"):
        write(small, tmp_path)
    assert (tmp_path / "current").read_text() == "years of work, too"
    (tmp_path / "file").write_text("x")
    with pytest.raises(GraphError, match="is no folder"):
        write(small, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    for asked, said in (("empty", "is a folder, and no store"), ("absent", "a graph file ends in")):
        with pytest.raises(GraphError, match=said):
            load(tmp_path / asked)
    with pytest.raises(GraphError, match="is no store"):
        generations.verify(tmp_path / "empty")


def test_a_pointer_can_be_a_file_where_links_cannot_be_made(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(1, "a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refused)
    for graph in (small, other(small)):
        write(graph, tmp_path / "store")
        assert len(load(tmp_path / "store")) == len(graph)
    assert (tmp_path / "store" / "current").is_file()
    assert generations.verify(tmp_path / "store")[1] == []


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
    assert len(generations.verify(place)[0]) == 2
    assert generations.verify(place)[1] == []


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
import tipgraph
from tipgraph.graph.graph import digest_of
known, place, read = set(sys.argv[2:]), Path(sys.argv[1]), 0
while not (place.parent / "stop").exists():
    graph = tipgraph.load(place)
    found = digest_of(graph.lines())
    assert found == graph.digest and found in known, "a mixed or partial generation"
    assert (graph.tables / "Claim.parquet").stat().st_size > 0
    read += 1
print(read)
"""


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.long)])
def test_no_reader_sees_a_missing_mixed_or_partial_generation(small: Graph, tmp_path: Path, kills: int) -> None:
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
    assert generations.verify(place)[1] == []
    assert sorted(path.name for path in place.iterdir()) == ["current", "generations"]


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
def test_a_full_disk_is_told_and_leaves_the_old_generation(
    small: Graph, disk: Path, monkeypatch: pytest.MonkeyPatch, levels: int
) -> None:
    """At each level the check of free space is passed or left out, so that the disk fills while it is written."""
    place, ballast = disk / "store", disk / "ballast"
    write(small, place)
    file = disk / "two.nq"
    write(other(small), file)
    free = shutil.disk_usage(disk).free
    failed = 0
    for checked in (True, False):
        if not checked:
            monkeypatch.setattr(generations, "_ROOM", 0)
            monkeypatch.setattr(generations, "_STATEMENT", 0)
        for level in range(levels):
            ballast.write_bytes(b"\0" * int(free * (1 - level / levels * 0.2) - 64_000 * level))
            before = (place / "current").readlink()
            program = (
                "import sys; from pathlib import Path; from tipgraph.graph import storage\n"
                "from tipgraph.graph.storage import generations\n"
                f"generations._ROOM, generations._STATEMENT = {generations._ROOM}, {generations._STATEMENT}\n"
                "try:\n    storage.convert(Path(sys.argv[1]), Path(sys.argv[2]))\n"
                "except Exception as error:\n    print(f'{type(error).__name__}: {error}'); sys.exit(1)"
            )
            done = subprocess.run(
                [sys.executable, "-c", program, str(file), str(place)],
                check=False,
                capture_output=True,
                text=True,
                timeout=30,
            )
            ballast.unlink()
            if done.returncode:
                failed += 1
                assert done.returncode == 1, done.stderr
                assert done.stdout.startswith("GraphError"), done.stdout
                assert "free" in done.stdout or "No space left" in done.stdout, done.stdout
                assert (place / "current").readlink() == before
            assert load(place).digest in {small.digest, other(small).digest}
            assert generations.verify(place)[1] == []
    assert failed >= levels


def test_a_build_says_the_store_that_it_wrote(tmp_path: Path) -> None:
    from tests.conftest import SMALL

    command = [sys.executable, "-m", "tipgraph.cli", "build", str(SMALL), "-o", f"{tmp_path}/store/"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"{tmp_path}/store/: " in done.stdout
    command = [sys.executable, "-m", "tipgraph.cli", "store", "verify", f"{tmp_path}/store"]
    verified = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "statements" in verified.stdout
    assert load(tmp_path / "store").digest == build(SMALL).digest
