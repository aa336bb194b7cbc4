"""The exchange of two paths in one step, where the system has one: Linux (renameat2) and macOS (renamex_np).

Python has no call for it, so the one of the C library is called. Linux has it since 3.15, glibc since 2.28; file
systems such as some of the network do not. Windows has none.
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
_NOT_THERE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(one: Path, two: Path) -> bool:
    """Exchange two paths in one step, so that none is ever away; tell whether the system and the file system could.

    Where they could not, nothing has changed. Raises OSError, such as where one of them is not there.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exchange(Path(folder, "none"), Path(folder, "nothing"))
    Traceback (most recent call last):
    FileNotFoundError: ...
    """
    call = _call()
    if call is None:
        if not one.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(one))
        return False
    number = call(os.fsencode(one), os.fsencode(two))
    if number == 0:
        return True
    if number in _NOT_THERE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(two))


@cache
def _call() -> Call | None:
    """Return what exchanges two paths and returns 0, or else the number of the error; None where there is nothing."""
    if sys.platform == "win32":
        return None
    from ctypes import CDLL, c_char_p, c_int, c_uint, get_errno

    library = CDLL(None, use_errno=True)
    linux, macos = (getattr(library, name, None) for name in ("renameat2", "renamex_np"))
    if linux:
        linux.argtypes, linux.restype = (c_int, c_char_p, c_int, c_char_p, c_uint), c_int
        return lambda one, two: get_errno() if linux(_HERE, one, _HERE, two, _EXCHANGE) else 0
    if macos:
        macos.argtypes, macos.restype = (c_char_p, c_char_p, c_uint), c_int
        return lambda one, two: get_errno() if macos(one, two, _EXCHANGE) else 0
    return None
