"""Sandbox a process for good: no network, only some files, and a limit of memory.

Landlock (Linux 5.13 and newer; the network from 6.7) needs no rights and no library, only three system calls. The
result says what the kernel does not support.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every processor
_VERSION = 1  # a flag: return the version of Landlock only
_BENEATH = 1  # a rule for a path and all below it
_READ = 1 << 2 | 1 << 3  # files, folders
_WRITE = 1 << 1 | 0b11 << 4 | 0b11 << 7 | 0b11 << 13  # write; remove and make folders and files; move, shorten
_TCP = 0b11  # bind, connect
_SCOPES = 0b11  # abstract sockets, signals to others
_DENIED: dict[int, tuple[int, ...]] = {  # by the version that can first deny it: rights to files, TCP, scopes
    1: ((1 << 13) - 1,),
    2: ((1 << 14) - 1,),
    3: ((1 << 15) - 1,),
    4: ((1 << 15) - 1, _TCP),
    5: ((1 << 16) - 1, _TCP),
    6: ((1 << 16) - 1, _TCP, _SCOPES),
}
_NO_NEW_PRIVILEGES, _DIE_WITH_PARENT = 38, 1
_KILL = 9


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Below(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


class Fence(NamedTuple):
    """What is closed to a process: files outside, TCP connections, more memory."""

    files: bool
    network: bool
    memory: bool

    def __str__(self) -> str:
        """Return a line for the operator."""
        names = {"files": self.files, "TCP": self.network, "memory": self.memory}
        closed = ", ".join(name for name, shut in names.items() if shut) or "nothing"
        missing = ", ".join(name for name, shut in names.items() if not shut)
        return f"fenced: {closed}" + (f"; NOT fenced, this system cannot: {missing}" if missing else "")


def close(*, readable: Iterable[Path], writable: Iterable[Path] = (), memory: int = 0) -> Fence:
    """Sandbox this process and its children: only files below some folders, no TCP, a limit of memory.

    `memory` is in bytes beyond what it has now; 0 is no limit. A part that the system does not support is left out, and
    false in the result.
    """
    limited = bool(memory) and _limit(memory)
    if not sys.platform.startswith("linux"):
        return Fence(files=False, network=False, memory=limited)
    die_with_parent()
    kernel = ctypes.CDLL(None, use_errno=True)
    version = kernel.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    shut = version >= 1 and _restrict(kernel, version, readable, writable)
    return Fence(files=shut, network=shut and version >= 4, memory=limited)


def _restrict(kernel: ctypes.CDLL, version: int, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Deny what a version of Landlock can deny, but for the given folders; return whether the kernel did."""
    denied = _DENIED[max(release for release in _DENIED if release <= version)]
    number = kernel.syscall(_CREATE, ctypes.byref(_Ruleset(*denied)), ctypes.c_size_t(8 * len(denied)), 0)
    if number < 0:
        return False
    try:
        allowed = [(path, _READ) for path in readable] + [(path, _READ | _WRITE) for path in writable]
        added = all(_allow(kernel, number, path, rights & denied[0]) for path, rights in allowed)
        return added and kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and not kernel.syscall(_RESTRICT, number, 0)
    finally:
        os.close(number)


def die_with_parent() -> None:
    """End this process when its parent ends, if the system supports it."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)


def _allow(kernel: ctypes.CDLL, number: int, path: Path, rights: int) -> bool:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _Below(rights, folder)
        return bool(kernel.syscall(_ADD, number, _BENEATH, ctypes.byref(rule), 0) == 0)
    finally:
        os.close(folder)


def _limit(memory: int) -> bool:
    """Limit the private memory of this process; mapped files of the store do not count."""
    try:
        import resource
    except ImportError:  # Windows
        return False
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return False
    with suppress(ValueError, OSError):
        most = _data() + memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        return True
    return False


def _data() -> int:
    """Return the bytes of private memory of this process."""
    with Path("/proc/self/status").open(encoding="ascii") as lines:
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmData:"))
