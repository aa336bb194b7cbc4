"""Locks on folders and files between processes. A lock ends with its process.

Decision: docs/decisions/0111-our-own-locks.md.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, which does not remove a file that is open
    fcntl = None  # type: ignore[assignment]


class Hold:
    """A shared lock on a folder in use, until it is released or collected.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with Hold(Path(folder)), unheld(Path(folder)) as free:
    ...         print(free)
    False
    """

    def __init__(self, folder: Path) -> None:
        """Lock a folder; raise FileNotFoundError if it is gone."""
        self._handle: int | None = None
        if fcntl is None:
            return
        self._handle = os.open(folder, os.O_RDONLY)
        _flock(self._handle, fcntl.LOCK_SH)
        if not os.path.samestat(os.fstat(self._handle), folder.stat()):  # moved away between the two
            self.release()
            raise FileNotFoundError(2, "was replaced", str(folder))

    def release(self) -> None:
        """Release the folder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    __del__ = release

    def __enter__(self) -> "Hold":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


@contextmanager
def unheld(folder: Path) -> Iterator[bool]:
    """Tell whether a folder is free, and keep it locked within the context if it is."""
    if fcntl is None:
        yield True
        return
    with _opened(folder, os.O_RDONLY) as handle:
        yield _try_lock(handle, unknown=True)  # without locks nobody can hold the folder


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on a folder; wait for other processes."""
    if fcntl is None:
        yield
        return
    with _opened(folder, os.O_RDONLY) as handle:
        _flock(handle, fcntl.LOCK_EX)
        yield


def owned(file: Path) -> IO[bytes]:
    """Open a file, made if need be, with an exclusive lock until it is closed.

    Raises FileNotFoundError if the file was removed meanwhile, BlockingIOError if another process owns it.
    """
    opened = file.open("ab")
    try:
        if fcntl is not None:
            _flock(opened.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(opened.fileno()), file.stat()):
            raise FileNotFoundError(2, "was replaced", str(file))
    except OSError:
        opened.close()
        raise
    return opened


@contextmanager
def orphaned(file: Path) -> Iterator[bool]:
    """Tell whether the owner of a file has ended, and keep the file locked within the context if so.

    Without locks (some file systems) the answer is no.
    """
    if fcntl is None:  # Windows does not remove a file that is open
        yield _removed(file)
        return
    with _opened(file, os.O_RDWR) as handle:
        yield _try_lock(handle, unknown=False)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    handle = os.open(path, flags)
    try:
        yield handle
    finally:
        os.close(handle)


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _flock(handle: int, kind: int) -> None:
    """Lock a file if its file system can. Raises BlockingIOError."""
    try:
        fcntl.flock(handle, kind)
    except BlockingIOError:
        raise
    except OSError:
        return


def _try_lock(handle: int, *, unknown: bool) -> bool:
    """Lock a file or folder; tell whether it was free, or `unknown` on a file system without locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return unknown
    return True
