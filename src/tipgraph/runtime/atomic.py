"""Files written whole or not at all: beside their place first, flushed to disk, then moved into it; and files read."""

import errno
import os
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Final

from tipgraph.runtime.exchange import exchange
from tipgraph.runtime.scratch import GONE, NEW, OLD, SWAP, beside, sweep

_MOST: Final = 1 << 30  # bytes of a file that is read at once
_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, a request to end, a terminal that was closed


@contextmanager
def whole(*paths: Path) -> Iterator[list[Path]]:
    """Give a file to write beside each path; move all of them into place at the end, or remove them at an error.

    A crash leaves the old files as they were, and the next run removes what it had begun. A link is followed, and the
    rights of an old file stay. Raises OSError.
    """
    targets = [path.resolve() for path in paths]
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(21, "is a folder", str(target))
    with interruptible(), ExitStack() as undo:
        besides = []
        for target in targets:
            sweep(target, lambda _: False)
            new = undo.enter_context(beside(target)) / NEW
            new.touch(mode=0o600)
            besides.append(new)
        yield besides
        for new, target in zip(besides, targets, strict=True):
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask())
        for new, target in zip(besides, targets, strict=True):
            new.replace(target)
    for folder in dict.fromkeys(target.parent for target in targets):
        sync(folder)


@contextmanager
def whole_folder(path: Path, listing: str) -> Iterator[Path]:
    """Give a folder to fill beside a path; move it into place at the end, or remove it at an error.

    The file `listing` in it names every file that was written. What stands at the path is replaced only where all of it
    is named by such a list, at the beginning and again at the end; else FileExistsError is raised, and nothing of it is
    touched. It is exchanged in one step, so that there is always one or the other, whole. Where the system has no such
    step (Windows, some file systems) it is moved away and the new one moved in: a process that is killed between the
    two leaves none, and the next run puts back the old one. Raises OSError.
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
    """Let a folder take the place of one that only holds what its list names."""
    _only_listed(target, listing)
    if not target.exists():
        new.rename(target)
        return
    swap = new.with_name(SWAP)
    new.rename(swap)
    if exchange(swap, target):
        try:
            _only_listed(swap, listing)  # what came in between
        except BaseException:  # Ctrl-C too
            exchange(swap, target)
            swap.rename(new)
            raise
        swap.rename(new)
    else:
        _put_in_two_steps(swap, target, listing)


def _put_in_two_steps(swap: Path, target: Path, listing: str) -> None:
    """Move what stands at a path away, and a folder in its place."""
    old, gone = swap.with_name(OLD), swap.with_name(GONE)
    try:
        target.rename(old)
        swap.rename(target)
        _only_listed(old, listing)
    except BaseException:  # Ctrl-C too, which may come between the two
        if old.exists():
            if target.exists():
                target.rename(gone)
            old.rename(target)
        raise
    old.rename(gone)


def _only_listed(folder: Path, listing: str) -> None:
    """Raise FileExistsError where a path holds anything that the list in it does not name."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise FileExistsError(17, "is no folder", str(folder))
    if strange := _strange(folder, listing):
        raise FileExistsError(17, f"holds {strange[0]}, which was not written here", str(folder))


def _strange(folder: Path, listing: str) -> list[str]:
    """Return what a folder holds that the list in it does not name."""
    list_ = folder / listing
    named = set(list_.read_text("utf-8").splitlines()) if list_.is_file() else set()
    return sorted(_files(folder) - named - {listing})


def _files(folder: Path) -> set[str]:
    """Return what is no folder below a folder, and the folders that are empty, by their ways from it."""
    found = {path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir())}
    return {path.relative_to(folder).as_posix() for path in found}


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that is one, to read it; raise OSError for what is none: a pipe or a device might never end."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "it is no file; save what it gives as one first", str(path))
    with os.fdopen(number, "rb") as file:
        yield file


def content(path: Path, most: int = _MOST) -> bytes:
    """Return all that a file holds; raise OSError for what is no file, and for one of more bytes than may be."""
    with opened(path) as file:
        found = file.read() if os.fstat(file.fileno()).st_size <= most else None  # not of `most`: it would be reserved
    if found is None or len(found) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20:,} MB; divide it, or name another", str(path))
    return found


def text(path: Path, most: int = _MOST) -> str:
    """Return the text of a file in UTF-8, with or without a mark before it, and with plain ends of lines.

    Raises OSError as `content` does, UnicodeDecodeError.
    """
    return content(path, most).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C, a request to end and a closed terminal into exceptions, so that nothing half-written stays.

    What is ignored stays so, as a closed terminal under `nohup`.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    numbers = [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, end) for number in heard}
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
