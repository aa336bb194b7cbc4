"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from tipgraph.runtime.atomic import atomic_file, atomic_folder, atomic_moves


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


def test_a_move_replaces_nothing(tmp_path: Path) -> None:
    first, second, taken = tmp_path / "first", tmp_path / "second", tmp_path / "taken"
    for path in (first, second, taken):
        path.write_text(path.name)
    with pytest.raises(FileExistsError), atomic_moves({first: tmp_path / "new", second: taken}):
        pass
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {n: n for n in ("first", "second", "taken")}


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
