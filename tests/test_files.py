"""Files are written whole or not at all."""

import os
import random
import signal
import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tipgraph.runtime import atomic_file, atomic_folder


def test_all_are_moved_into_place_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "deep" / "two"
    with atomic_file(one, two) as (first, second):
        first.write_text("1")
        second.write_text("2")
        assert not one.exists()
        assert not two.exists()
    assert (one.read_text(), two.read_text()) == ("1", "2")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "one", "two"]


def test_an_error_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("old")

    def fail() -> None:
        with atomic_file(old, tmp_path / "new") as (first, _):
            first.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert old.read_text() == "old"


def test_a_folder_in_the_way_of_one_stops_all(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    with pytest.raises(IsADirectoryError), atomic_file(tmp_path / "one", tmp_path / "two"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["two"]


def test_a_link_is_followed_and_rights_stay(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    target.chmod(0o600)
    link = tmp_path / "link"
    link.symlink_to(target)
    with atomic_file(link) as (beside,):
        beside.write_text("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_new_file_has_the_rights_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with atomic_file(tmp_path / "mine") as (beside,):
            beside.write_text("x")
    finally:
        os.umask(before)
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


def test_a_folder_is_moved_into_place_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with atomic_folder(out, "list") as folder:
        (folder / "one").write_text("1")
        assert not out.exists()
    assert {path.name for path in out.iterdir()} == {"list", "one"}
    with atomic_folder(out, "list") as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "two").write_text("2")
    assert {path.name for path in out.iterdir()} == {"list", "deep"}
    assert (out / "list").read_text() == "deep/two\n"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_error_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "list").write_text("")

    def fail() -> None:
        with atomic_folder(tmp_path / "out", "list") as folder:
            (folder / "half").write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "list"]


@pytest.mark.parametrize("there", ["file", "folder", "link", "empty folder within"])
def test_what_was_not_written_so_is_not_replaced(tmp_path: Path, there: str) -> None:
    out = tmp_path / "out"
    if there == "file":
        out.write_text("years")
    else:
        with atomic_folder(out, "list") as folder:
            (folder / "one").write_text("1")
    if there == "folder":
        (out / "thesis").write_text("years")
    elif there == "link":
        (out / "thesis").symlink_to(tmp_path)
    elif there != "file":
        (out / "plans").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError), atomic_folder(out, "list"):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_what_comes_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def write() -> None:
        with atomic_folder(out, "list") as folder:
            (folder / "one").write_text("2")
            out.mkdir(exist_ok=True)
            (out / "thesis").write_text("years")

    with pytest.raises(FileExistsError):
        write()
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "thesis"]


# A folder is replaced as a whole, whatever ends the process: the next run finds the old one or the new one.

FILES = 100
MAKER = """
import itertools, sys
from pathlib import Path
from tipgraph.runtime import atomic_folder
for number in itertools.count():
    with atomic_folder(Path(sys.argv[1]), "list") as folder:
        for name in range(int(sys.argv[2])):
            (folder / f"{name}").write_text(f"{sys.argv[3]}-{number}")
    if number == 0:
        print("ready", flush=True)
"""
WRITER = """
import sys
from pathlib import Path
from tipgraph.runtime import atomic_file
with atomic_file(Path(sys.argv[1])) as (new,):
    new.write_text("half")
    print("ready", flush=True)
    sys.stdin.read()
"""
HEEDING = """
import signal
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)  # the tests may run where some are ignored, as below nohup
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")


def started(code: str, *words: str) -> "Popen[bytes]":
    process = Popen([sys.executable, "-c", HEEDING + code, *words], stdin=PIPE, stdout=PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def ended(process: "Popen[bytes]", number: int) -> int:
    process.send_signal(number)
    try:
        return process.wait(20)
    finally:
        process.kill()
        process.communicate()


def killed(target: Path) -> Path:
    """Return the hidden folder that a writer of a target left, being killed."""
    ended(started(WRITER, str(target)), signal.SIGKILL)
    return next(target.parent.glob(f".{target.name}.tipgraph-*"))


@posix
@pytest.mark.parametrize("name", ["SIGKILL", "SIGHUP", "SIGTERM"])
def test_whatever_ends_a_process_a_folder_is_whole(tmp_path: Path, name: str) -> None:
    out, chance = tmp_path / "out", random.Random(name)  # noqa: S311  # when to end it
    with atomic_folder(out, "list") as folder:
        (folder / "0").write_text("first")
    for run in range(8):
        process = started(MAKER, str(out), str(FILES), str(run))
        time.sleep(chance.uniform(0, 0.3))
        assert ended(process, getattr(signal, name)) in (-getattr(signal, name), 128 + getattr(signal, name))
        if not out.exists():  # it was ended between two steps
            with pytest.raises(ZeroDivisionError), atomic_folder(out, "list"):
                raise ZeroDivisionError
        held = {path.read_text() for path in out.iterdir() if path.name != "list"}
        assert len(held) == 1, f"it is a mixture: {held}"
        assert len(list(out.iterdir())) == FILES + 1
    with atomic_folder(out, "list") as folder:
        (folder / "0").write_text("last")
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "the last run removed what the others left"


@posix
@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGTERM"])
def test_who_is_asked_to_end_leaves_nothing(tmp_path: Path, name: str) -> None:
    assert ended(started(WRITER, str(tmp_path / "out")), getattr(signal, name)) == 128 + getattr(signal, name)
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_closed_terminal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with atomic_file(tmp_path / "out") as (new,):
            signal.raise_signal(signal.SIGHUP)
            new.write_text("x")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert (tmp_path / "out").read_text() == "x"


@posix
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path, kind: str) -> None:
    left, other = killed(tmp_path / "out"), killed(tmp_path / "out.other")
    (tmp_path / "mine").write_text("years")
    (left / "link").symlink_to(tmp_path / "mine")
    (tmp_path / ".out.tipgraph-theirs").mkdir()
    if kind == "file":
        with atomic_file(tmp_path / "out") as (new,):
            new.write_text("x")
    else:
        with atomic_folder(tmp_path / "out", "list"):
            pass
    assert {path.name for path in tmp_path.iterdir()} == {other.name, "out", "mine", ".out.tipgraph-theirs"}


@posix
def test_what_was_moved_away_is_put_back_by_the_next_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = killed(out) / "old"
    old.mkdir()
    (old / "list").write_text("one\n")
    (old / "one").write_text("1")
    with pytest.raises(ZeroDivisionError), atomic_folder(out, "list"):
        raise ZeroDivisionError
    assert (out / "one").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@posix
def test_what_a_living_process_makes_is_let_be(tmp_path: Path) -> None:
    process = started(WRITER, str(tmp_path / "out"))
    with atomic_file(tmp_path / "out") as (new,), atomic_file(tmp_path / "out") as (second,):
        second.write_text("second")
        new.write_text("x")
    assert [path.read_text() for path in tmp_path.glob(".out.tipgraph-*/new")] == ["half"]
    ended(process, signal.SIGTERM)
