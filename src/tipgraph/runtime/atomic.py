"""Atomic files and folders: written beside their place, flushed to disk, then moved into it. Also plain reading."""

import errno
import os
import re
import shutil
import signal
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any, Final

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime.exchange import exchange
from tipgraph.runtime.merge_marks import merge_faults
from tipgraph.runtime.scratch import GONE, NEW, OLD, SWAP, beside, sweep

_MOST: Final = 1 << 30  # bytes of a file that is read into memory
_LARGEST_SETTINGS: Final = 1 << 20
_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, a request to end, a terminal that was closed


@contextmanager
def atomic_file(*paths: Path, like: Path | None = None) -> Iterator[list[Path]]:
    """Give a new file beside each path; move all into place at the end, or remove them at an error.

    An error leaves the old files. A process that is killed while it moves several files may leave some old and some new
    ones. A link is followed. A file that is replaced keeps its rights; a new one in the folder of the file `like` gets
    its rights. Raises OSError.
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
            new.chmod(_rights(target, like))
        with ExitStack() as old_files:
            for new, target in zip(besides, targets, strict=True):
                if target != targets[-1]:  # an error at the last file leaves it as it was
                    old_files.callback(_put_back, target, _kept(target, new.with_name(GONE)))
                new.replace(target)
            old_files.pop_all()
    for folder in dict.fromkeys(target.parent for target in targets):
        sync(folder)


def _rights(target: Path, like: Path | None) -> int:
    """Return the rights of a file: its own, those of a file beside it, or those of a new file."""
    beside_it = [like.resolve()] if like and like.resolve().parent == target.parent else []
    present = next((path for path in (target, *beside_it) if path.exists()), None)
    return present.stat().st_mode & 0o777 if present else 0o666 & ~_umask()


def _kept(target: Path, copy: Path) -> Path | None:
    """Keep the content of a file in a second place; return None if there is no such file."""
    if not target.exists():
        return None
    try:
        os.link(target, copy)
    except OSError:  # a file system without links
        shutil.copy2(target, copy)
    return copy


def _put_back(target: Path, copy: Path | None) -> None:
    """Give a file the content that was kept; remove one that was not there."""
    if copy:
        copy.replace(target)
    else:
        target.unlink(missing_ok=True)


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
    its files, at the beginning and at the end; else FileExistsError is raised and nothing changes. The folders are
    exchanged in one step if the system can. Else (Windows, some file systems) the old one is moved away first; a
    process killed between the two steps leaves no folder, and the next run moves the old one back. Raises OSError.
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
    swap = new.with_name(SWAP)
    new.rename(swap)
    if exchange(swap, target):
        try:
            _only_listed(swap, listing)  # a file may have been added since
        except BaseException:  # Ctrl-C too
            exchange(swap, target)
            swap.rename(new)
            raise
        swap.rename(new)
    else:
        _put_in_two_steps(swap, target, listing)


def _put_in_two_steps(swap: Path, target: Path, listing: str) -> None:
    """Move the target away, then the new folder into its place."""
    old, gone = swap.with_name(OLD), swap.with_name(GONE)
    try:
        target.rename(old)
        swap.rename(target)
        _only_listed(old, listing)
    except BaseException:  # Ctrl-C too
        if old.exists():
            if target.exists():
                target.rename(gone)
            old.rename(target)
        raise
    old.rename(gone)


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
def open_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a plain file to read it; raise OSError for a pipe or a device, which might never end."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "it is no file; save its content to one first", str(path))
    with os.fdopen(number, "rb") as file:
        yield file


def read_bytes(path: Path, most: int = _MOST) -> bytes:
    """Return the bytes of a plain file; raise OSError for anything else, and for more than `most` bytes."""
    with open_file(path) as file:
        raw = file.read() if os.fstat(file.fileno()).st_size <= most else None  # read(most) would reserve memory
    if raw is None or len(raw) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20:,} MB; divide it, or name another", str(path))
    return raw


def read_text(path: Path, most: int = _MOST) -> str:
    """Return the text of a UTF-8 file without its BOM, line ends as newlines. Raises OSError, UnicodeDecodeError."""
    return read_bytes(path, most).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def unreadable(path: Path, error: OSError | UnicodeDecodeError) -> Fault:
    """Return the fault of a file that cannot be read, or is not UTF-8."""
    if isinstance(error, UnicodeDecodeError):
        return Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))
    return Fault(f"cannot be read: {error.strerror or error}", shown(path))


def read_toml(path: Path) -> dict[str, Any]:
    """Return the settings of a TOML file; raise InputError if it cannot be read."""
    import tomllib

    try:
        text = read_bytes(path, _LARGEST_SETTINGS).decode("utf-8-sig")
        if faults := merge_faults(text, shown(path)):
            raise InputError(faults)
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        fault = unreadable(path, error)
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            fault = Fault("is larger than a megabyte; write a few plain keys", shown(path))
    except RecursionError:
        fault = Fault("is nested too deeply; write plain keys and tables", shown(path))
    except ValueError as error:  # TOMLDecodeError, or a number that is too long
        line = re.search(r"line (\d+)", str(error))
        fault = Fault(f"is no TOML: {error}", shown(path), int(line[1]) if line else None)
    raise InputError([fault])


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync(folder: Path) -> None:
    """Flush the entries of a folder to disk, if the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
