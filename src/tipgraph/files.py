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
    with _interruptible(), ExitStack() as undo:
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
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        for beside, target in zip(besides, targets, strict=True):
            beside.replace(target)
        undo.pop_all()
    for folder in dict.fromkeys(target.parent for target in targets):
        _sync(folder)


@contextmanager
def whole_folder(path: Path, marker: str) -> Iterator[Path]:
    """Give a folder to fill beside a path; move it into place at the end, or remove it at an error.

    What stands at the path is replaced only where it is empty or holds the file `marker`, by which a folder of this
    kind is known; else FileExistsError is raised before anything is written.
    """
    target = path.resolve()
    if target.exists() and not (target.is_dir() and ((target / marker).is_file() or not any(target.iterdir()))):
        raise FileExistsError(17, "holds other things", str(path))
    with _interruptible(), ExitStack() as undo:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        undo.callback(shutil.rmtree, beside, ignore_errors=True)
        new, old = beside / "new", beside / "old"
        new.mkdir()
        yield new
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    _sync(target.parent)


@contextmanager
def _interruptible() -> Iterator[None]:
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
