"""Locks on folders between processes.

Decision: docs/decisions/0009-a-store-is-a-folder-that-a-manifest-names.md.
"""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, which does not remove a file that is open
    fcntl = None  # type: ignore[assignment]


class Lock:
    """A lock on a folder, until it is released or collected, or its process ends; others wait for it.

    Several processes may share one, for which no process is alone.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Lock(Path(folder), shared=True):
    ...     Lock(Path(folder), wait=False)
    Traceback (most recent call last):
    BlockingIOError: [Errno 11] Resource temporarily unavailable
    """

    def __init__(self, folder: Path, *, shared: bool = False, wait: bool = True) -> None:
        """Lock a folder; raise FileNotFoundError if it is gone, and BlockingIOError instead of waiting for others.

        A system or a file system without locks locks nothing.
        """
        self._handle: int | None = None
        if fcntl is None:
            return
        self._handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            self.release()
            raise
        except OSError:
            return
        if not os.path.samestat(os.fstat(self._handle), folder.stat()):  # moved away while we waited
            self.release()
            raise FileNotFoundError(2, "was replaced", str(folder))

    def release(self) -> None:
        """Release the folder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    __del__ = release

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
