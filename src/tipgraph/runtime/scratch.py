"""Scratch folders: a hidden folder beside a target, in which the target is made before it moves into place.

    .NAME.tipgraph-3f2a9c71/    beside NAME, held by the process that made it
      new, gone                 the new content, and the content that is being removed
      old                       the earlier NAME, while the new one takes its place

A process that is killed leaves its folder. The next run with the same target removes it.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tipgraph.runtime.locks import Hold, unheld
from tipgraph.runtime.sanitize import visible

NEW, GONE, OLD = "new", "gone", "old"
_TRIES: Final = 20  # another run may sweep a folder before it is held


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a scratch folder beside a target; remove it at the end, except `old` in it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder, hold = _made(target)
    with hold:
        try:
            yield folder
        finally:
            _remove(folder)


def _made(target: Path) -> tuple[Path, Hold]:
    for _ in range(_TRIES):
        folder = target.with_name(f".{target.name}.tipgraph-{os.urandom(4).hex()}")
        with suppress(FileExistsError, FileNotFoundError):
            folder.mkdir(mode=0o700)
            return folder, Hold(folder)
    raise FileExistsError(17, "could make no folder beside it; try again", str(target))


def sweep(target: Path, is_ours: Callable[[Path], bool]) -> None:
    """Remove the scratch folders of killed runs, and move an earlier target back; log both.

    A folder that a running process holds stays, and so does an earlier target that `is_ours` does not accept.
    """
    mark = re.compile(rf"\.{re.escape(target.name)}\.tipgraph-[0-9a-f]{{8}}")
    with suppress(OSError):
        for folder in sorted(target.parent.iterdir()):
            if mark.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
                with suppress(OSError), unheld(folder, unknown=False) as free:
                    if free:
                        _sweep_folder(folder, target, is_ours)


def _sweep_folder(folder: Path, target: Path, is_ours: Callable[[Path], bool]) -> None:
    old = folder / OLD
    if old.exists() and not target.exists():
        old.rename(target)
        _warn(f"{target}: moved back; a killed run had moved it away")
    elif old.exists() and is_ours(old):
        old.rename(folder / GONE)
    _remove(folder)
    if folder.exists():
        _warn(f"{folder}: a killed run left it, with files that tipgraph did not write; look into it")
    else:
        _warn(f"{folder}: removed; a killed run had left it")


def _remove(folder: Path) -> None:
    """Remove a folder and what is made or removed in it; nothing else that is there."""
    for path in (folder / NEW, folder / GONE):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    with suppress(OSError):  # an earlier target is there
        folder.rmdir()


def _warn(message: str) -> None:
    import logging  # slow to import

    logging.getLogger(__name__).warning("tipgraph: %s", visible(message))
