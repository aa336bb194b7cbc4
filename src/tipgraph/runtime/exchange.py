"""Exchange two paths in one step: renameat2 on Linux (3.15, glibc 2.28), renamex_np on macOS; Windows has no call.

Python does not offer the call, so we call the C library. Some network file systems cannot exchange.
"""

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

Call: TypeAlias = Callable[[bytes, bytes], int]
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_HERE: Final = -100  # AT_FDCWD of Linux
_UNSUPPORTED: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(first: Path, second: Path) -> bool:
    """Exchange two paths in one step; return False and change nothing if the system cannot. Raises OSError.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exchange(Path(folder, "none"), Path(folder, "nothing"))
    Traceback (most recent call last):
    FileNotFoundError: ...
    """
    call = _call()
    if call is None:
        if not first.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(first))
        return False
    number = call(os.fsencode(first), os.fsencode(second))
    if number == 0:
        return True
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))


@cache
def _call() -> Call | None:
    """Return the system call, which returns 0 or an error number; None if the system has none."""
    if sys.platform == "win32":
        return None
    from ctypes import CDLL, c_char_p, c_int, c_uint, get_errno

    library = CDLL(None, use_errno=True)
    linux, macos = (getattr(library, name, None) for name in ("renameat2", "renamex_np"))
    if linux:
        linux.argtypes, linux.restype = (c_int, c_char_p, c_int, c_char_p, c_uint), c_int
        return lambda first, second: get_errno() if linux(_HERE, first, _HERE, second, _EXCHANGE) else 0
    if macos:
        macos.argtypes, macos.restype = (c_char_p, c_char_p, c_uint), c_int
        return lambda first, second: get_errno() if macos(first, second, _EXCHANGE) else 0
    return None
