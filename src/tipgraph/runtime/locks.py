"""Locks on folders and files, by which processes tell each other what they use. They end with who holds them.

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
    """A folder in use, until the hold is released or forgotten.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with Hold(Path(folder)), unheld(Path(folder)) as free:
    ...         print(free)
    False
    """

    def __init__(self, folder: Path) -> None:
        """Hold a folder; raise FileNotFoundError where it is gone."""
        self._handle: int | None = None
        if fcntl is None:
            return
        self._handle = os.open(folder, os.O_RDONLY)
        _flock(self._handle, fcntl.LOCK_SH)
        if not os.path.samestat(os.fstat(self._handle), folder.stat()):  # moved away between the two
            self.release()
            raise FileNotFoundError(2, "was replaced", str(folder))

    def release(self) -> None:
        """Let go of the folder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    __del__ = release

    def __enter__(self) -> "Hold":
        """Hold the folder for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the folder."""
        self.release()


@contextmanager
def unheld(folder: Path) -> Iterator[bool]:
    """Tell whether nobody holds a folder, and let nobody begin to for a while."""
    if fcntl is None:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _taken(handle, unknown=True)  # on a file system without locks nobody can hold anything
    finally:
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who changes what lies in a folder; wait for those who do."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def owned(file: Path) -> IO[bytes]:
    """Make a file, or open it, and own it until it is closed, or the process ends.

    Raises FileNotFoundError where it was taken away meanwhile, BlockingIOError where somebody else owns it.
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
    """Tell whether a file that somebody owned is nobody's any more, and let nobody own it for a while.

    Where that cannot be told, as on a file system without locks, it may be owned.
    """
    if fcntl is None:  # Windows does not remove a file that is open
        yield _removed(file)
        return
    handle = os.open(file, os.O_RDWR)
    try:
        yield _taken(handle, unknown=False)
    finally:
        os.close(handle)


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _flock(handle: int, kind: int) -> None:
    """Lock, as far as the file system can: one that knows no locks is used without. Raises BlockingIOError."""
    try:
        fcntl.flock(handle, kind)
    except BlockingIOError:
        raise
    except OSError:
        return


def _taken(handle: int, *, unknown: bool) -> bool:
    """Lock a file or a folder that nobody has locked; return `unknown` where the file system has no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return unknown
    return True
