"""CSV files: UTF-8, with commas, semicolons or tabs; with semicolons and tabs, decimal commas too.

A dialect is read where only one reading fits. `CsvRows.dialect` names it, so that a build can say it.

Decision: docs/decisions/0123-csv-is-utf-8-with-commas-semicolons-or-tabs.md.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import Fault, shown
from tipgraph.runtime import merge_faults, neutral, read_bytes, unreadable

_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LONGEST_CELL = 1 << 24
_SAVE: Final = (
    "save it as CSV UTF-8 (Excel: Save As, CSV UTF-8; LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))"
)
_GROUPED = re.compile(r"-?\d{1,3}((,\d{3})+\.\d+|(\.\d{3})+,\d+)")  # 30,000.00
_IN_DOUBT = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")  # 12.500 is twelve and a half, or twelve thousand five hundred


class CsvRows(NamedTuple):
    """The cells of a CSV file: the header, and each row with its first line.

    `separator` is the character between cells; `dialect` names it if it is no comma.
    """

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    separator: str
    dialect: str


def read_rows(path: Path, faults: list[Fault]) -> CsvRows | None:
    """Read the cells of a CSV file and list its faults; return None if it cannot be read at all."""
    file, text = shown(path), _text(path, faults)
    if text is None:
        return None
    if not text.strip():
        faults.append(Fault("is empty; write a header row, or remove the file", file))
        return None
    if unmerged := merge_faults(text, file):
        faults += unmerged
        return None
    if len(separators := separators_of(text)) > 1:
        names = " and ".join(_SEPARATORS[separator] for separator in separators)
        faults.append(Fault(f"has {names} between the names of its columns; save it with commas only", file, 1))
        return None
    separator = separators[0] if separators else ","
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        start = 1
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(f"is no CSV from here on: {error}; look for an unpaired quote", file, reader.line_num))
        return None
    return _without_empty(list(_once(lines)), separator)


def _text(path: Path, faults: list[Fault]) -> str | None:
    """Return the text of a file; list its fault, and return None, if it is not UTF-8."""
    file = shown(path)
    try:
        raw = read_bytes(path)
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Fault(f"is not UTF-8 (byte {error.start}); {_SAVE}", file, raw[: error.start].count(b"\n") + 1))
        return None
    except OSError as error:
        faults.append(unreadable(path, error))
        return None
    if "\0" in text:
        faults.append(Fault(f"is not UTF-8 (it holds NUL characters); {_SAVE}", file))
        return None
    return text


def with_point(cell: str) -> str:
    """Return a cell of a decimal column with a point before its decimals; an empty text if it is in doubt.

    >>> with_point("1,5"), with_point("2.25"), with_point("x"), with_point("12,500"), with_point("30.000,50")
    ('1.5', '2.25', 'x', '', '30000.50')
    """
    if _IN_DOUBT.fullmatch(cell):
        return ""
    if _GROUPED.fullmatch(cell):
        *thousands, decimals = re.split("[.,]", cell)
        return f"{''.join(thousands)}.{decimals}"
    return cell.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", cell) else cell


def doubtful(cell: str) -> str:
    """Return the message about a number in doubt.

    >>> doubtful("12,500")
    "'12,500' may be 12500 or 12.5; write 12500 or 12.5"
    """
    whole, fraction = re.split("[.,]", cell)
    decimal = f"{whole}.{fraction.rstrip('0') or '0'}"
    return f"{cell!r} may be {whole}{fraction} or {decimal}; write {whole}{fraction} or {decimal}"


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


def _without_empty(lines: Sequence[tuple[int, list[str]]], separator: str) -> CsvRows:
    """Return the rows without those that are empty, and without the empty columns at their end."""
    (_, first), *rest = lines
    header, rows = [name.strip() for name in first], [row for row in rest if any(map(str.strip, row[1]))]
    table = [header, *(cells for _, cells in rows)]
    width = max(number for cells in table for number, cell in enumerate(["x", *cells]) if cell.strip())
    dialect = _SEPARATORS[separator] if separator != "," else ""
    return CsvRows(tuple(header[:width]), [(line, cells[:width]) for line, cells in rows], separator, dialect)
