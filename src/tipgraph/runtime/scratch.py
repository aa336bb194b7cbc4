"""Scratch folders: a hidden folder beside a target, in which the target is made before it moves into place.

    .NAME.tipgraph-3f2a9c71/    beside NAME
      owner                     a file that the process locks while it runs
      new, gone                 the new content, and the content that is being removed
      swap, old                 content that is exchanged with NAME, perhaps the earlier NAME

A process that is killed leaves its folder. The next run with the same target removes it.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from tipgraph.runtime.locks import orphaned, owned
from tipgraph.runtime.sanitize import visible

NEW, GONE, SWAP, OLD = "new", "gone", "swap", "old"
_OWNER: Final = "owner"
_MARK: Final = ".tipgraph-"
_TRIES: Final = 20  # another run may sweep a folder before it is owned


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a scratch folder beside a target; remove it at the end, except `swap` and `old` in it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder, owner = _make(target)
    try:
        yield folder
    finally:
        try:
            _remove(folder)
        finally:  # after Ctrl-C during the removal; Windows removes no open file
            owner.close()
            _remove(folder)


def sweep(target: Path, is_ours: Callable[[Path], bool]) -> None:
    """Remove the scratch folders of killed runs, and move an earlier target back; log both.

    A folder that a running process owns stays, and so does content that `is_ours` does not accept.
    """
    with suppress(OSError):
        for folder in sorted(target.parent.iterdir()):
            if folder.name.startswith(f".{target.name}{_MARK}") and _is_scratch(folder, target):
                with suppress(OSError):
                    _sweep_folder(folder, target, is_ours)


def _make(target: Path) -> tuple[Path, IO[bytes]]:
    for _ in range(_TRIES):
        folder = target.with_name(f".{target.name}{_MARK}{os.urandom(4).hex()}")
        with suppress(FileExistsError, FileNotFoundError, BlockingIOError):
            folder.mkdir(mode=0o700)
            return folder, owned(folder / _OWNER)
    raise FileExistsError(17, "could make no folder beside it; try again", str(target))


def _is_scratch(folder: Path, target: Path) -> bool:
    mark = folder.name.removeprefix(f".{target.name}{_MARK}")
    return bool(re.fullmatch("[0-9a-f]{8}", mark)) and folder.is_dir() and not folder.is_symlink()


def _sweep_folder(folder: Path, target: Path, is_ours: Callable[[Path], bool]) -> None:
    if not (folder / _OWNER).exists():
        folder.rmdir()  # just made, or not ours and then not empty
        return
    with orphaned(folder / _OWNER) as free:
        if not free:
            return
        old = folder / OLD
        if old.exists() and not target.exists():
            old.rename(target)
            _warn(f"{target}: moved back; a killed run had moved it away")
        for moved in (folder / SWAP, old):
            if moved.exists() and is_ours(moved):
                moved.rename(folder / GONE)
                shutil.rmtree(folder / GONE, ignore_errors=True)
        _remove(folder)
    if folder.exists():
        _warn(f"{folder}: a killed run left it, with files that tipgraph did not write; look into it")
    else:
        _warn(f"{folder}: removed; a killed run had left it")


def _remove(folder: Path) -> None:
    """Remove a folder and its content, except the earlier target."""
    with suppress(OSError):
        for path in sorted(folder.iterdir(), key=lambda path: path.name == _OWNER):
            if path.is_dir() and not path.is_symlink() and path.name not in (SWAP, OLD):
                shutil.rmtree(path, ignore_errors=True)
            elif path.name not in (SWAP, OLD, _OWNER):
                path.unlink()
        if all(path.name == _OWNER for path in folder.iterdir()):
            (folder / _OWNER).unlink(missing_ok=True)
            folder.rmdir()


def _warn(message: str) -> None:
    import logging  # slow to import

    logging.getLogger(__name__).warning("tipgraph: %s", visible(message))
