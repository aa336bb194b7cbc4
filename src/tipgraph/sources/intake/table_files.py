"""The files of tables: rows are written in place of present ones."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import atomic_file
from tipgraph.sources.csv_dialect import csv_text
from tipgraph.sources.folder import Table, read_table
from tipgraph.sources.importers.row_builder import Cells
from tipgraph.sources.intake.change_journal import ChangeJournal, content_of
from tipgraph.sources.source_tables import QUOTE


class FileChange(NamedTuple):
    """The bytes of a file before it was written, None if there was none, and since."""

    before: bytes | None
    after: bytes


def table_text(present: Table | None, columns: Sequence[str], rows: Iterable[Cells]) -> str:
    """Return the text of a table with these rows the columns and the separator of the present one."""
    before = present.path.read_bytes().decode("utf-8") if present else ""
    names = dict.fromkeys((*(present.columns if present else ()), *columns))
    return csv_text(before, [name for name in names if name != QUOTE], rows)


def write_changed(
    files: Mapping[Path, str], folder: Path, journal: ChangeJournal | None = None, text: Path | None = None
) -> dict[Path, FileChange]:
    """Write those files that differ from the present ones in one step, if the tables of a folder can be read.

    Return what was written. A process that is killed meanwhile has written the first of them, or all; with a journal,
    the next process that settles it finds none of them, or all. A new file beside the text gets its rights.
    """
    changes = {path: FileChange(content_of(path), text.encode("utf-8")) for path, text in files.items()}
    changed = {path: change for path, change in changes.items() if change.before != change.after}
    faults: list[Fault] = []
    states = ({path: change[side] for path, change in changed.items()} for side in (0, 1))
    keeping = journal.keeping(*states) if journal and len(changed) > 1 else nullcontext()
    with keeping, atomic_file(*changed, like=text) as besides:
        for path, beside in zip(changed, besides, strict=True):
            beside.write_bytes(changed[path].after)
            found: list[Fault] = []
            if path.parent == folder and path.suffix == ".csv":
                read_table(beside, found)
            faults += [fault._replace(file=shown(path)) for fault in found]
        if faults:
            raise InputError(faults).adding("nothing was written")
    return changed
