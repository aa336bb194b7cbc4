"""Locks on folders between processes. A lock ends with its process.

Decision: docs/decisions/0111-our-own-locks.md.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

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
        with suppress(OSError):  # a file system without locks
            fcntl.flock(self._handle, fcntl.LOCK_SH)
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
def unheld(folder: Path, *, unknown: bool = True) -> Iterator[bool]:
    """Tell whether a folder is free, and keep it locked within the context if it is.

    The answer is `unknown` on a system without locks (Windows, some file systems).
    """
    if fcntl is None:
        yield unknown
        return
    free, handle = True, os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        free = False
    except OSError:
        free = unknown
    try:
        yield free
    finally:
        os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on a folder; wait for other processes."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
