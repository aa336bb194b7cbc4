"""A process that is killed at any write: the next run finds nothing, a whole result, or what it may clear away."""

import os
import sys
import warnings
from collections.abc import Callable
from contextlib import nullcontext
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import SMALL, SMALL_TEXTS
from tests.drafts.killed import MOVES, Killer
from tipgraph.curation.ledger import Ledger
from tipgraph.errors import InputError
from tipgraph.pipeline.scaffold import init
from tipgraph.sources.folder import Texts
from tipgraph.sources.workbooks import workbook

WRITES = (*MOVES, "open", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree")
NAMESPACE = "https://acme.example/ns#"


def killed(act: Callable[[], object], moment: int) -> bool:
    """Act in a child that ends itself with SIGKILL before its n-th write; return whether it did."""
    with warnings.catch_warnings(action="ignore"):  # the child uses no thread
        child = os.fork()
    if not child:
        try:
            sys.addaudithook(Killer(moment, WRITES))
            act()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or status == 0
    return os.WIFSIGNALED(status)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_project_is_begun_again_after_a_kill(tmp_path: Path) -> None:
    wholes = {}
    for prefix in ("one", "two"):
        init(tmp_path / prefix / "acme", title="A", namespace=NAMESPACE, prefix=prefix)
        wholes[prefix] = files(tmp_path / prefix)
    for moment in count(1):
        place = tmp_path / str(moment) / "acme"
        if not killed(lambda: init(place, title="A", namespace=NAMESPACE, prefix="one"), moment):  # noqa: B023
            break
        is_whole = place.exists()
        with pytest.raises(InputError, match="holds data") if is_whole else nullcontext():
            init(place, title="A", namespace=NAMESPACE, prefix="two")
        assert files(place.parent) == wholes["one" if is_whole else "two"]
        assert [path.name for path in place.parent.iterdir()] == ["acme"]
    assert moment > 30


def test_a_decision_is_in_its_table_or_not_after_a_kill(tmp_path: Path) -> None:
    path, before, after = tmp_path / "answers.csv", "id,said\na,x\n", "id,said\nb,y\n"
    for moment in count(1):
        path.write_text(before, "utf-8")
        if not killed(lambda: Ledger(path, ["id", "said"]).change(["a"], [{"id": "b", "said": "y"}]), moment):
            break
        assert path.read_text("utf-8") in (before, after)
    assert (path.read_text("utf-8"), moment > 2) == (after, True)


class SmallWriter:
    """Writes a few bytes in place of the sheets of a source."""

    def __init__(self, *arguments: object) -> None:
        self.path = arguments[-1]

    def write(self) -> bool:
        assert isinstance(self.path, Path)
        self.path.write_bytes(b"whole")
        return True


def test_a_workbook_is_written_again_after_a_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_Writer", SmallWriter)
    path, kept = tmp_path / "mine.xlsx", tmp_path / "mine.before.xlsx"

    def write() -> None:
        workbook.write_sheet("harbour-2020", path, Texts(SMALL_TEXTS), SMALL, (kept, b"mine"))

    for moment in count(1):
        kept.unlink(missing_ok=True)
        path.write_bytes(b"mine")
        if not killed(write, moment):
            break
        if path.read_bytes() != b"whole":
            write()
        assert (path.read_bytes(), kept.read_bytes()) == (b"whole", b"mine")
    assert moment > 5
    assert sorted(tmp_path.iterdir()) == [kept, path]
