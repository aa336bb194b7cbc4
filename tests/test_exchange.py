"""A folder is replaced as a whole, whatever ends the process: the next run finds the old one or the new one."""

import logging
import random
import signal
import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tipgraph.runtime.atomic import atomic_file, atomic_folder, interruptible
from tipgraph.runtime.scratch import NEW, OLD, beside

_FILES = 100
_HEEDING = """
import signal
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)  # the tests may run where some are ignored, as below nohup
"""
_MAKER = """
import itertools, sys
from pathlib import Path
from tipgraph.runtime.atomic import atomic_folder
for number in itertools.count():
    with atomic_folder(Path(sys.argv[1]), "list") as folder:
        for name in range(int(sys.argv[2])):
            (folder / f"{name}").write_text(f"{sys.argv[3]}-{number}")
    if number == 0:
        print("ready", flush=True)
"""
_HOLDER = """
import sys
from pathlib import Path
from tipgraph.runtime.scratch import beside
with beside(Path(sys.argv[1])) as folder:
    (folder / "new").mkdir()
    (folder / "new" / "unreleased").write_text("x")
    print("ready", flush=True)
    sys.stdin.read()
"""
_WRITER = """
import sys
from pathlib import Path
from tipgraph.runtime.atomic import atomic_file
with atomic_file(Path(sys.argv[1])) as (new,):
    new.write_text("half")
    print("ready", flush=True)
    sys.stdin.read()
"""


def _started(code: str, *words: str) -> "Popen[bytes]":
    process = Popen([sys.executable, "-c", _HEEDING + code, *words], stdin=PIPE, stdout=PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def _ended(process: "Popen[bytes]", number: int) -> int:
    process.send_signal(number)
    try:
        return process.wait(20)
    finally:
        process.kill()
        process.communicate()


def _leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".tipgraph-" in path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGHUP", "SIGTERM"])
def test_whatever_ends_a_process_a_folder_is_whole(tmp_path: Path, name: str) -> None:
    out, chance = tmp_path / "out", random.Random(name)  # noqa: S311  # when to end it
    with atomic_folder(out, "list") as folder:
        (folder / "0").write_text("first")
    for run in range(8):
        process = _started(_MAKER, str(out), str(_FILES), str(run))
        time.sleep(chance.uniform(0, 0.3))
        code = _ended(process, getattr(signal, name))
        assert code in (-getattr(signal, name), 128 + getattr(signal, name))
        if not out.exists():  # it was ended between two steps
            with pytest.raises(ZeroDivisionError), atomic_folder(out, "list"):
                raise ZeroDivisionError
        held = {path.read_text() for path in out.iterdir() if path.name != "list"}
        assert len(held) == 1, f"it is a mixture: {held}"
        assert len(list(out.iterdir())) == _FILES + 1
    with atomic_folder(out, "list") as folder:
        (folder / "0").write_text("last")
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "the last run removed what the others left"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGTERM"])
def test_who_is_asked_to_end_leaves_nothing(tmp_path: Path, name: str) -> None:
    process = _started(_WRITER, str(tmp_path / "out"))
    assert _leftovers(tmp_path) != []
    assert _ended(process, getattr(signal, name)) == 128 + getattr(signal, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_request_to_end_that_python_loses_ends_the_work() -> None:
    class Removed:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(SystemExit) as ended, interruptible():
        Removed()
    assert ended.value.code == 128 + signal.SIGTERM


def test_what_comes_in_between_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    rename = Path.rename

    def late(path: Path, target: Path) -> Path:
        if path == out:
            (out / "thesis").write_text("years")
        return rename(path, target)

    with atomic_folder(out, "list") as folder:
        (folder / "one").write_text("1")
    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(FileExistsError, match="thesis"), atomic_folder(out, "list") as folder:
        (folder / "one").write_text("2")
    assert {path.name for path in out.iterdir()} == {"list", "one", "thesis"}
    assert (out / "one").read_text() == "1"
    assert _leftovers(tmp_path) == []


def test_what_was_moved_away_is_put_back_by_the_next_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    out = tmp_path / "out"
    with atomic_folder(out, "list") as folder:
        (folder / "one").write_text("1")
    out.rename(_killed(out) / OLD)
    with pytest.raises(ZeroDivisionError), atomic_folder(out, "list"):
        raise ZeroDivisionError
    assert (out / "one").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert "moved back" in caplog.text


def _killed(target: Path) -> Path:
    """Return the folder that a maker of a target left, being killed."""
    process = _started(_HOLDER, str(target))
    _ended(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    return target.with_name(next(name for name in _leftovers(target.parent) if name.startswith(f".{target.name}.")))


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_run_left_goes_with_the_next_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    left, other = _killed(tmp_path / "out"), _killed(tmp_path / "out.other")
    assert (left / NEW / "unreleased").exists()
    if kind == "file":
        with atomic_file(tmp_path / "out") as (new,):
            new.write_text("x")
    else:
        with atomic_folder(tmp_path / "out", "list"):
            pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([other.name, "out"]), "only its own"
    assert caplog.record_tuples == [
        ("tipgraph.runtime.scratch", logging.WARNING, f"tipgraph: {left}: removed; a killed run had left it")
    ]


def test_what_a_living_process_makes_is_let_be(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    process = _started(_HOLDER, str(tmp_path / "out"))
    with atomic_file(tmp_path / "out") as (new,), atomic_file(tmp_path / "out") as (second,):
        second.write_text("second")
        new.write_text("x")
    (left,) = _leftovers(tmp_path)
    assert (tmp_path / left / NEW / "unreleased").exists()
    assert caplog.text == ""
    _ended(process, signal.SIGTERM)


@pytest.mark.parametrize("name", [".out.tipgraph-theirs", ".out.tipgraph-0123abcd", ".out.k3j2h1g0", "out.tipgraph"])
def test_what_only_looks_so_is_let_be(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis").write_text("years")
    with atomic_file(tmp_path / "out") as (new,):
        new.write_text("x")
    assert (tmp_path / name / "thesis").read_text() == "years"


def test_of_what_stood_there_nothing_strange_is_removed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    left = _killed(tmp_path / "out")
    (left / OLD).mkdir()
    (left / OLD / "thesis").write_text("years")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "list").touch()
    for _ in range(2):
        with atomic_folder(tmp_path / "out", "list"):
            pass
    assert [path.name for path in left.rglob("*")] == [OLD, "thesis"]
    assert "look into it" in caplog.text


def test_a_link_in_a_leftover_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis").write_text("years")
    (_killed(tmp_path / "out") / NEW / "link").symlink_to(tmp_path / "mine")
    with atomic_file(tmp_path / "out") as (new,):
        new.write_text("x")
    assert (tmp_path / "mine" / "thesis").read_text() == "years"
    assert _leftovers(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_closed_terminal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with atomic_file(tmp_path / "out") as (new,):
            signal.raise_signal(signal.SIGHUP)
            new.write_text("x")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert (tmp_path / "out").read_text() == "x"


def test_a_folder_beside_is_owned_by_one(tmp_path: Path) -> None:
    with beside(tmp_path / "out") as one, beside(tmp_path / "out") as two:
        assert one != two
    assert list(tmp_path.iterdir()) == []
