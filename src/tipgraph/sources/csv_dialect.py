"""CSV files: UTF-8, with commas, semicolons or tabs, as the first line shows.

Decision: docs/decisions/0123-csv-is-utf-8-with-commas-semicolons-or-tabs.md.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import merge_faults, neutral, read_bytes, unreadable

_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LONGEST_CELL = 1 << 24
_SAVE: Final = (
    "save it as CSV UTF-8 (Excel: Save As, CSV UTF-8; LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))"
)


class CsvRows(NamedTuple):
    """The cells of a CSV file: the header, each row with its first line, and the character between cells."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    separator: str


def read_rows(path: Path, faults: list[Fault]) -> CsvRows | None:
    """Read the cells of a CSV file and list its faults; return None if it cannot be read at all."""
    try:
        raw = read_bytes(path)
        return _parsed(raw.decode("utf-8-sig"), shown(path))
    except OSError as error:
        faults.append(unreadable(path, error))
    except UnicodeDecodeError as error:
        message, line = f"is not UTF-8 (byte {error.start}); {_SAVE}", raw[: error.start].count(b"\n") + 1
        faults.append(Fault(message, shown(path), line))
    except InputError as error:
        faults += error.faults
    return None


def _parsed(text: str, file: str) -> CsvRows:
    """Return the rows of a text without those that are empty or repeated, and without empty columns at their end.

    Raises InputError for a text that is no table.
    """
    if "\0" in text:
        raise InputError([Fault(f"is not UTF-8 (it holds NUL characters); {_SAVE}", file)])
    if not text.strip():
        raise InputError([Fault("is empty; write a header row, or remove the file", file)])
    if unmerged := merge_faults(text, file):
        raise InputError(unmerged)
    if len(separators := separators_of(text)) > 1:
        names = " and ".join(_SEPARATORS[separator] for separator in separators)
        raise InputError([Fault(f"has {names} between the names of its columns; save it with commas only", file, 1)])
    separator = (separators or [","])[0]
    (_, first), *rest = _once(_lines(text, separator, file))
    header, rows = [name.strip() for name in first], [row for row in rest if any(map(str.strip, row[1]))]
    table = [header, *(cells for _, cells in rows)]
    width = max(number for cells in table for number, cell in enumerate(["x", *cells]) if cell.strip())
    return CsvRows(tuple(header[:width]), [(line, cells[:width]) for line, cells in rows], separator)


def _lines(text: str, separator: str, file: str) -> list[tuple[int, list[str]]]:
    """Return the cells of each row with its first line; raise InputError for an unpaired quote."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        start = 1
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"is no CSV from here on: {error}; look for an unpaired quote"
        raise InputError([Fault(message, file, reader.line_num)]) from error
    return lines


def separators_of(text: str) -> list[str]:
    """Return the separators in the first line, which names the columns."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    names = re.sub(r"[ \t]*([,;])[ \t]*", r"\1", first.strip(" "))
    return [separator for separator in _SEPARATORS if separator in names]


def csv_text(before: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    r"""Return the text of a table with these rows; separator, ends of lines and mark are those of the text before.

    >>> csv_text("id;type\r\n", ["id", "type"], [{"id": "a", "type": "=1"}])
    "id;type\r\na;'=1\r\n"
    """
    out = io.StringIO()
    end = "\r\n" if "\r\n" in before else "\n"
    writer = csv.writer(out, delimiter=(separators_of(before) or [","])[0], lineterminator=end)
    writer.writerow(columns)
    writer.writerows([neutral(cells.get(name, "")) for name in columns] for cells in rows)
    return "\ufeff" * before.startswith("\ufeff") + out.getvalue()


def _once(lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that differs from all before it: git may keep a line twice that two people wrote alike."""
    seen: set[tuple[str, ...]] = set()
    for line, cells in lines:
        key = (cells[0].removeprefix("\ufeff"), *cells[1:]) if cells else ()
        if key not in seen or not any(key):
            seen.add(key)
            yield line, cells
