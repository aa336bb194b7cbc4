"""Atomic files and folders: written beside their place, flushed to disk, then moved into it."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from tipgraph.runtime.scratch import GONE, NEW, OLD, beside, sweep

_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, a request to end, a terminal that was closed


@contextmanager
def atomic_file(*paths: Path, like: Path | None = None) -> Iterator[list[Path]]:
    """Give a new file beside each path; move all into place at the end, or remove them at an error.

    An error in the context leaves the old files. A process that ends while it moves several files may leave some old
    and some new ones. A link is followed. A file that is replaced keeps its rights; a new one in the folder of the file
    `like` gets its rights. Raises OSError.
    """
    targets = [path.resolve() for path in paths]
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(21, "is a folder", str(target))
    with interruptible(), ExitStack() as places:
        for target in targets:
            sweep(target, lambda _: False)
        besides = [places.enter_context(beside(target)) / NEW for target in targets]
        for new in besides:
            new.touch()
        yield besides
        for new, target in zip(besides, targets, strict=True):
            _finish(new, target, like)
        for new, target in zip(besides, targets, strict=True):
            new.replace(target)
    for folder in dict.fromkeys(target.parent for target in targets):
        sync(folder)


def _finish(new: Path, target: Path, like: Path | None) -> None:
    """Flush a new file to disk, and give it the rights of the file that it replaces, or of one beside it."""
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    beside_it = [like.resolve()] if like and like.resolve().parent == target.parent else []
    if present := next((path for path in (target, *beside_it) if path.exists()), None):
        shutil.copymode(present, new)


@contextmanager
def atomic_moves(moves: Mapping[Path, Path | None]) -> Iterator[None]:
    """Move files and folders, those without a new place away; at an error in the context move all back.

    Raises OSError, also if a new place is taken. A process that is killed in the context leaves them in their new
    places, or in the hidden folder of `beside`.
    """
    with interruptible(), ExitStack() as places, ExitStack() as undo:
        removed = []
        for old, new in moves.items():
            target = new or places.enter_context(beside(old)) / OLD
            removed += [target] * (new is None)
            if os.path.lexists(target):
                raise FileExistsError(17, "is there already", str(target))
            old.rename(target)
            undo.callback(target.rename, old)
        yield
        undo.pop_all()
        for target in removed:
            target.rename(target.with_name(GONE))
    for folder in dict.fromkeys(path.parent for path in moves):
        sync(folder)


@contextmanager
def atomic_folder(path: Path, listing: str) -> Iterator[Path]:
    """Give a new folder beside a path; move it into place at the end, or remove it at an error.

    The file `listing` in the folder names every file in it. A folder at the path is replaced only if its list names all
    its files, at the beginning and at the end; else FileExistsError is raised and nothing changes. The old one is moved
    away and the new one into its place in the same moment; a process killed between the two leaves no folder, and the
    next run moves the old one back. Raises OSError.
    """
    target = path.resolve()
    with interruptible():
        sweep(target, lambda folder: not _strange(folder, listing))
        _only_listed(target, listing)
        with beside(target) as place:
            new = place / NEW
            new.mkdir()
            yield new
            names = "".join(f"{name}\n" for name in sorted(_files(new)))
            (new / listing).write_text(names, "utf-8", newline="\n")
            _put(new, target, listing)
    sync(target.parent)


def _put(new: Path, target: Path, listing: str) -> None:
    """Move a folder to a target, in place of one whose list names all its files."""
    _only_listed(target, listing)
    if not target.exists():
        new.rename(target)
        return
    old = new.with_name(OLD)
    try:
        target.rename(old)
        new.rename(target)
        _only_listed(old, listing)  # a file may have been added since
    except BaseException:  # Ctrl-C too
        if old.exists():
            if target.exists():
                target.rename(new)
            old.rename(target)
        raise
    old.rename(new.with_name(GONE))


def _only_listed(folder: Path, listing: str) -> None:
    """Raise FileExistsError if a path is no folder, or holds a file that its list does not name."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise FileExistsError(17, "is no folder", str(folder))
    if strange := _strange(folder, listing):
        raise FileExistsError(17, f"holds {strange[0]}, which tipgraph did not write", str(folder))


def _strange(folder: Path, listing: str) -> list[str]:
    """Return the files of a folder that its list does not name."""
    list_ = folder / listing
    named = set(list_.read_text("utf-8").splitlines()) if list_.is_file() else set()
    return sorted(_files(folder) - named - {listing})


def _files(folder: Path) -> set[str]:
    """Return the relative paths of all files and empty folders below a folder."""
    leaves = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir()))
    return {path.relative_to(folder).as_posix() for path in leaves}


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C, a request to end and a closed terminal into SystemExit, so that files are cleaned up.

    A signal that is ignored stays ignored, such as a closed terminal under `nohup`.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    asked: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        asked.append(number)
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:  # Python loses what is raised while it removes an object
        raise SystemExit(128 + asked[0])


def sync(folder: Path) -> None:
    """Flush the entries of a folder to disk, if the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
