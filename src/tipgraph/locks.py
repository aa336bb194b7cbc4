"""Locks on folders, by which processes tell each other what they use. They end with the process that holds them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        except OSError:  # a file system that knows no locks: nobody can hold anything there
            yield True
        else:
            yield True
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


def _flock(handle: int, kind: int) -> None:
    """Lock, as far as the file system can: one that knows no locks is used without."""
    try:
        fcntl.flock(handle, kind)
    except OSError:
        return
