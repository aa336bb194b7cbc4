"""Files written whole or not at all: beside their place first, flushed to disk, then moved into it."""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType


@contextmanager
def whole(*paths: Path) -> Iterator[list[Path]]:
    """Give a file to write beside each path; move all of them into place at the end, or remove them at an error.

    A crash leaves the old files as they were. A link is followed, and the rights of an old file stay. Raises OSError.
    """
    targets = [path.resolve() for path in paths]
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(21, "is a folder", str(target))
    with interruptible(), ExitStack() as undo:
        besides = []
        for target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            os.close(handle)
            undo.callback(Path(name).unlink, missing_ok=True)
            besides.append(Path(name))
        yield besides
        for beside, target in zip(besides, targets, strict=True):
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask())
        for beside, target in zip(besides, targets, strict=True):
            beside.replace(target)
        undo.pop_all()
    for folder in dict.fromkeys(target.parent for target in targets):
        sync(folder)


@contextmanager
def whole_folder(path: Path, listing: str) -> Iterator[Path]:
    """Give a folder to fill beside a path; move it into place at the end, or remove it at an error.

    The file `listing` in it names every file that was written. What stands at the path is replaced only where all of it
    is named by such a list, at the beginning and again at the end; else FileExistsError is raised, and nothing of it is
    touched.
    """
    target = path.resolve()
    _only_listed(target, listing)
    with interruptible(), ExitStack() as undo:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        undo.callback(shutil.rmtree, beside, ignore_errors=True)
        new, old = beside / "new", beside / "old"
        new.mkdir()
        yield new
        (new / listing).write_text("".join(f"{name}\n" for name in sorted(_files(new))), "utf-8", newline="\n")
        try:
            if target.exists():
                target.rename(old)
                _only_listed(old, listing)
            new.rename(target)
        except BaseException:  # Ctrl-C too, which may come between the two
            if old.exists() and not target.exists():
                old.rename(target)
            raise
    sync(target.parent)


def _only_listed(folder: Path, listing: str) -> None:
    """Raise FileExistsError where a path holds anything that the list in it does not name."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise FileExistsError(17, "is no folder", str(folder))
    list_ = folder / listing
    named = set(list_.read_text("utf-8").splitlines()) if list_.is_file() else set()
    strange = sorted(_files(folder) - named - {listing})
    if strange:
        raise FileExistsError(17, f"holds {strange[0]}, which was not written here", str(folder))


def _files(folder: Path) -> set[str]:
    """Return what is no folder below a folder, and the folders that are empty, by their ways from it."""
    found = {path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir())}
    return {path.relative_to(folder).as_posix() for path in found}


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C and a request to end into exceptions for a while, so that nothing half-written stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def umask() -> int:
    """Return the rights that a new file does not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
