"""Atomic files and folders: written in a hidden folder beside their place, flushed to disk, then moved into it.

    .NAME.tipgraph-3f2a9c71/    beside NAME, held by the process that made it
      new · old                 the new content, and the earlier NAME while the new one takes its place

A process that is killed leaves its folder. The next run with the same target removes it.
"""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path
from types import FrameType
from typing import Final

from tipgraph.runtime.locks import Lock

_NEW, _OLD = "new", "old"
_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, a request to end, a terminal that was closed


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a hidden folder beside a target, and remove it at the end. Raises OSError.

    Those that killed runs left are removed; an earlier target in them is moved back if there is none.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    mark = f".{target.name}.tipgraph-"
    for left in target.parent.glob(f"{escape(mark)}{'[0-9a-f]' * 8}"):
        with suppress(OSError), Lock(left, wait=False):  # it is held while its process runs
            if (left / _OLD).exists() and not target.exists():
                (left / _OLD).rename(target)
            shutil.rmtree(left)
    hold = None
    while hold is None:
        folder = target.with_name(f"{mark}{os.urandom(4).hex()}")
        with suppress(FileExistsError, FileNotFoundError):  # another run may remove it before it is held
            folder.mkdir(mode=0o700)
            hold = Lock(folder, shared=True)
    with interruptible():
        try:
            yield folder
        finally:
            hold.release()
            shutil.rmtree(folder, ignore_errors=True)


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
    with ExitStack() as places:
        news = [places.enter_context(beside(target)) / _NEW for target in targets]
        for new in news:
            new.touch()
        yield news
        for new, target in zip(news, targets, strict=True):
            _finish(new, target, like)
        for new, target in zip(news, targets, strict=True):
            new.replace(target)


def _finish(new: Path, target: Path, like: Path | None) -> None:
    """Flush a new file to disk, and give it the rights of the file that it replaces, or of one beside it."""
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    beside_it = [like.resolve()] if like and like.resolve().parent == target.parent else []
    if present := next((path for path in (target, *beside_it) if path.exists()), None):
        shutil.copymode(present, new)


@contextmanager
def atomic_folder(path: Path, listing: str) -> Iterator[Path]:
    """Give a new folder beside a path; move it into place at the end, or remove it at an error.

    The file `listing` in the folder names every file in it. A folder at the path is replaced only if its list names all
    its files, at the beginning and at the end; else FileExistsError is raised and nothing changes. A process killed
    between the two moves leaves no folder, and the next run moves the old one back. Raises OSError.
    """
    target = path.resolve()
    with beside(target) as place:
        _refuse_strange(target, listing)
        new, old = place / _NEW, place / _OLD
        new.mkdir()
        yield new
        names = "".join(f"{name}\n" for name in sorted(_files(new)))
        (new / listing).write_text(names, "utf-8", newline="\n")
        _refuse_strange(target, listing)
        try:
            if target.exists():
                target.rename(old)
            new.rename(target)
        except BaseException:  # Ctrl-C too
            if old.exists() and not target.exists():
                old.rename(target)
            raise


def _refuse_strange(folder: Path, listing: str) -> None:
    """Raise FileExistsError if a path is no folder, or holds a file that its list does not name."""
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise FileExistsError(17, "is no folder", str(folder))
        return
    list_ = folder / listing
    named = list_.read_text("utf-8").splitlines() if list_.is_file() else []
    if strange := sorted(_files(folder).difference(named, [listing])):
        raise FileExistsError(17, f"holds {strange[0]}, which tipgraph did not write", str(folder))


def _files(folder: Path) -> set[str]:
    """Return the relative paths of all files and empty folders below a folder."""
    leaves = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir()))
    return {path.relative_to(folder).as_posix() for path in leaves}


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C, a request to end and a closed terminal into SystemExit, so that files are cleaned up.

    A signal that is ignored stays ignored, such as a closed terminal under `nohup`.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    is_main = threading.current_thread() is threading.main_thread()  # no other may handle signals
    numbers = [getattr(signal, name) for name in _ENDS if is_main and hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
