"""Several files change in one step: a journal keeps them as they were until all are written.

No system replaces several files at once. A process that is killed between two of them leaves the journal; `settle` then
puts the files back, so that the change was made as a whole or not at all.

Decision: docs/decisions/0150-drafts-and-decisions-are-kept-apart.md.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import atomic_file, read_bytes

Contents: TypeAlias = Mapping[Path, bytes | None]  # None: there is no such file


class ChangeJournal:
    """The journal of a source. It has words of its text, so it is kept beside the text, and only during a change.

    The files are those of the folder of the source, and those beside the journal. It gets the rights of the text.
    """

    def __init__(self, path: Path, folder: Path, text: Path | None = None) -> None:
        self._path, self._folder, self._text = path, folder, text

    @contextmanager
    def keeping(self, before: Contents, after: Contents) -> Iterator[None]:
        """Keep files as they were while the context writes them; an error puts them back."""
        self._write(before, after)
        try:
            yield
        except BaseException:  # Ctrl-C too
            self.settle()
            raise
        self._path.unlink()

    def put_back(self, before: Contents, after: Contents) -> None:
        """Make files as they were before a change, in one step; raise InputError if one has changed since."""
        self._write(before, after)
        self.settle()

    def _write(self, before: Contents, after: Contents) -> None:
        record = [
            {
                "isTable": path.parent == self._folder,
                "name": path.name,
                "before": None if raw is None else base64.b64encode(raw).decode("ascii"),
                "after": _mark(after[path]),
            }
            for path, raw in before.items()
        ]
        with atomic_file(self._path, like=self._text) as (beside,):
            beside.write_text(json.dumps(record), "utf-8")

    def settle(self) -> None:
        """Put back the files of a change that was cut short; nothing happens without one.

        Raises InputError if one of the files has changed since, or the journal is damaged; then all stay.
        """
        if not self._path.exists():
            return
        states = self._states()
        present = {path: content_of(path) for path in states}
        for path, (before, after) in states.items():
            if _mark(present[path]) not in (_mark(before), after):
                message = f"keeps a change that was cut short, and {path.name} has changed since; look at the rows of "
                raise InputError([Fault(f"{message}{self._folder.name}, then remove this file", shown(self._path))])
        for path, (before, _) in states.items():
            if before is None:
                path.unlink(missing_ok=True)
            elif before != present[path]:
                with atomic_file(path) as (beside,):
                    beside.write_bytes(before)
        self._path.unlink()

    def _states(self) -> dict[Path, tuple[bytes | None, str]]:
        """Return the content of each file before the change, and the digest of the one after it."""
        try:
            return {
                (self._folder if entry["isTable"] else self._path.parent) / Path(entry["name"]).name: (
                    None if entry["before"] is None else base64.b64decode(entry["before"], validate=True),
                    str(entry["after"]),
                )
                for entry in json.loads(read_bytes(self._path))
            }
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            message = f"is damaged; look at the last rows of {self._folder.name}, then remove this file"
            raise InputError([Fault(message, shown(self._path))]) from error


def _mark(raw: bytes | None) -> str:
    """Return what tells two contents of a file apart."""
    return "" if raw is None else sha256(raw).hexdigest()


def content_of(path: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None
