"""Files written whole or not at all: beside their place first, flushed to disk, then moved into it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def whole(*paths: Path) -> Iterator[list[Path]]:
    """Give a file to write beside each path; move all of them into place at the end, or remove them at an error.

    A crash leaves the old files as they were.
    """
    with ExitStack() as undo:
        besides = []
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            os.close(handle)
            undo.callback(Path(name).unlink, missing_ok=True)
            besides.append(Path(name))
        yield besides
        for beside in besides:
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            beside.chmod(0o644)
        for beside, path in zip(besides, paths, strict=True):
            beside.replace(path)
        undo.pop_all()
    for folder in dict.fromkeys(path.parent for path in paths):
        _sync(folder)


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
