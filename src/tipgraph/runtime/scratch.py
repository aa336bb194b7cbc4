"""Where something is made before it takes its place: a folder beside it, owned while its maker lives, then swept.

    .NAME.tipgraph-3f2a9c71/    beside NAME, where nobody else looks
      owner                     locked as long as the maker lives
      new, gone                 what is being made, and what is being removed
      swap, old                 what is exchanged with NAME, which may be what stood there

A maker that is killed leaves its folder, with all that it had made. The next one of the same target removes it.
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
_TRIES: Final = 20  # how often a folder is made, where another run sweeps it before it is owned


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a folder beside a target to make it in, and remove it at the end, but not `swap` and `old` in it.

    Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder, owner = _made(target)
    try:
        yield folder
    finally:
        try:
            _remove(folder)
        finally:  # Ctrl-C may come while it is removed, and Windows removes no file that is open
            owner.close()
            _remove(folder)


def sweep(target: Path, is_ours: Callable[[Path], bool]) -> None:
    """Remove what makers of a target left that were killed, and put back what one of them had moved away.

    What a living process owns is let be, and of what stood at the target what `is_ours` does not know. What was done is
    logged.
    """
    with suppress(OSError):
        for folder in sorted(target.parent.iterdir()):
            if folder.name.startswith(f".{target.name}{_MARK}") and _is_one(folder, target):
                with suppress(OSError):
                    _sweep_one(folder, target, is_ours)


def _made(target: Path) -> tuple[Path, IO[bytes]]:
    for _ in range(_TRIES):
        folder = target.with_name(f".{target.name}{_MARK}{os.urandom(4).hex()}")
        with suppress(FileExistsError, FileNotFoundError, BlockingIOError):
            folder.mkdir(mode=0o700)
            return folder, owned(folder / _OWNER)
    raise FileExistsError(17, "could make no folder beside it; try again", str(target))


def _is_one(folder: Path, target: Path) -> bool:
    mark = folder.name.removeprefix(f".{target.name}{_MARK}")
    return bool(re.fullmatch("[0-9a-f]{8}", mark)) and folder.is_dir() and not folder.is_symlink()


def _sweep_one(folder: Path, target: Path, is_ours: Callable[[Path], bool]) -> None:
    if not (folder / _OWNER).exists():
        folder.rmdir()  # it was just made, or is not ours: then it is not empty
        return
    with orphaned(folder / _OWNER) as free:
        if not free:
            return
        old = folder / OLD
        if old.exists() and not target.exists():
            old.rename(target)
            _say(f"{target}: put back what a run that was killed had moved away")
        for moved in (folder / SWAP, old):
            if moved.exists() and is_ours(moved):
                moved.rename(folder / GONE)
                shutil.rmtree(folder / GONE, ignore_errors=True)
        _remove(folder)
    if folder.exists():
        _say(f"{folder}: a run that was killed left it, and it holds what was not written here; look into it")
    else:
        _say(f"{folder}: removed; a run that was killed had left it")


def _remove(folder: Path) -> None:
    """Remove a folder and what is in it, but what stood at the target."""
    with suppress(OSError):
        for path in sorted(folder.iterdir(), key=lambda path: path.name == _OWNER):
            if path.is_dir() and not path.is_symlink() and path.name not in (SWAP, OLD):
                shutil.rmtree(path, ignore_errors=True)
            elif path.name not in (SWAP, OLD, _OWNER):
                path.unlink()
        if all(path.name == _OWNER for path in folder.iterdir()):
            (folder / _OWNER).unlink(missing_ok=True)
            folder.rmdir()


def _say(words: str) -> None:
    import logging  # here, since it takes longer than most commands have to write

    logging.getLogger(__name__).warning("tipgraph: %s", visible(words))
