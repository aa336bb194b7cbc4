"""The rows of a workbook that a person filled, as they were typed.

A workbook is untrusted: its size, sheets and rows are limited, and no formula is computed.

Decision: docs/decisions/0122-a-workbook-is-written-and-read-by-two-libraries.md.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from warnings import catch_warnings

from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model import ontology
from tipgraph.runtime import is_here, need, read_bytes, unreadable
from tipgraph.sources.folder import Row, Table
from tipgraph.sources.workbooks.workbook import LONGEST_NAME, MARK, OWN_SHEETS, TEXT
from tipgraph.sources.workbooks.workbook_columns import SCOPE

_MOST_BYTES: Final = 50_000_000
_MOST_UNPACKED: Final = 100_000_000
_MOST_PARTS, _MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS = 5_000, 200, 100_000, 500
_BESIDE = 30  # columns beside the last one with a name in which a cell is a fault
_OLE = b"\xd0\xcf\x11\xe0"  # begins .xls, and workbooks with a password
_ODS = "application/vnd.oasis.opendocument"
_DAMAGE = (  # what zipfile and openpyxl raise
    zipfile.BadZipFile, zlib.error, LookupError, OSError, RuntimeError, ValueError, TypeError, AttributeError,
    SyntaxError, EOFError,
)  # fmt: skip
_ENCRYPTED = 0x41  # bits of the flags of a zip file
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')  # parts of a number format that are shown as they are
_NO_VALUES: Final = {
    "e": "shows an error; type the value",
    "f": "holds a formula; copy the cell, and paste its value only",
}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Workbook:
    """The tables of a workbook by name, the name of its source, and the digests of the rows that it was written with.

    `raw` has the bytes of its file. `written` has the digests by table and id, and `quotes` those of the quotes that it
    showed. Both are empty for a workbook that tipgraph did not write. `scopes` are those of the paragraphs by number,
    as rows with a line, and `written_scopes` those that it was written with.
    """

    path: Path
    raw: bytes
    source: str
    has_text: bool = False
    tables: dict[str, Table] = field(default_factory=dict)
    written: dict[str, dict[str, str]] = field(default_factory=dict)
    quotes: dict[str, dict[str, str]] = field(default_factory=dict)
    scopes: dict[str, Row] = field(default_factory=dict)
    written_scopes: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(path: Path) -> Workbook:
    """Read the tables of a workbook, with a fault for each cell that cannot be read.

    Raises InputError for a file that is no workbook, and for wrong sheets and columns; MissingExtra without openpyxl.
    """
    if not is_here("openpyxl"):
        need("documents", "reading a workbook", "save each sheet as CSV into the folder of the source")
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        raw = _checked_bytes(path)
        with catch_warnings(action="ignore"):
            book = load_workbook(BytesIO(raw), read_only=True, keep_links=False)
            workbook = _read_book(path, raw, book)
    except (InvalidFileException, *_DAMAGE) as error:
        message = f"is a damaged workbook ({type(error).__name__}); open it in a spreadsheet and save it as .xlsx"
        raise InputError([Fault(message, shown(path))]) from error
    if not workbook.tables and not workbook.faults:
        known = ", ".join(ontology().tables)
        workbook.faults.append(Fault(f"has no sheet with the name of a table; the tables are {known}", shown(path)))
    if not all(fault.row and fault.row > 1 for fault in workbook.faults):  # the columns or rows are not known
        raise InputError(workbook.faults)
    return workbook


def _checked_bytes(path: Path) -> bytes:
    """Return a file; raise InputError if it is no workbook, or would unpack to too much."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError([Fault(f"is larger than {_MOST_BYTES // 1_000_000} MB; remove pictures", shown(path))])
        raw = read_bytes(path)
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    message = ""
    if raw[:4] == _OLE:
        message = "is an old .xls, or has a password; save it as .xlsx without a password"
    elif not zipfile.is_zipfile(BytesIO(raw)):
        message = "is no workbook, or damaged; save it as .xlsx"
    else:
        message = _packed_fault(raw)
    if message:
        raise InputError([Fault(message, shown(path))])
    return raw


def _packed_fault(raw: bytes) -> str:
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            return "is marked as encrypted; open it in a spreadsheet and save it as .xlsx without a password"
        if "mimetype" in names and packed.read("mimetype")[:100].decode("ascii", "replace").startswith(_ODS):
            return "is an OpenDocument (.ods); save it as Excel 2007-365 (.xlsx)"
        if "[Content_Types].xml" not in names:
            return "is a zip file, but no workbook; save it as .xlsx"
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            return f"unpacks to more than {_MOST_UNPACKED // 1_000_000} MB or {_MOST_PARTS:,} parts; it is not read"
    return ""


def _read_book(path: Path, raw: bytes, book: Any) -> Workbook:
    names = {name[:LONGEST_NAME].casefold(): name for name in ontology().tables}
    workbook = Workbook(path, raw, path.stem.partition(".")[0], TEXT in book.sheetnames)
    if len(book.sheetnames) > _MOST_SHEETS:
        workbook.faults.append(Fault(f"has more than {_MOST_SHEETS} sheets; remove some", shown(path)))
        return workbook
    for title in book.sheetnames:
        table = names.get(title.strip().casefold())
        sheet = book[title]
        if not hasattr(sheet, "iter_rows"):  # a sheet that is a chart
            continue
        sheet.reset_dimensions()  # they may be wrong
        if title == MARK:
            _read_mark(workbook, sheet)
        elif title == TEXT:
            _read_scopes(workbook, sheet)
        elif table:
            _read_table(workbook, table, sheet)
        elif title not in OWN_SHEETS:
            workbook.notices.append(f"sheet {title!r} is no table{near(title, names)}, and was not read")
    return workbook


def _read_mark(workbook: Workbook, sheet: Any) -> None:
    for cells in sheet.iter_rows(max_row=_MOST_ROWS, max_col=4, values_only=True):
        name, key, digest, quote = (str(cell or "") for cell in (*cells, "", "", "", "")[:4])
        if name == "source":
            workbook.source = key
        elif name == "paragraphs":
            workbook.written_scopes[key] = digest
        elif name:
            workbook.written.setdefault(name, {})[key] = digest
            workbook.quotes.setdefault(name, {})[key] = quote


def _read_scopes(workbook: Workbook, sheet: Any) -> None:
    """Read the number and the scope of each paragraph of the sheet with the text."""
    table = _table(workbook, TEXT, sheet)
    if table and {"¶", SCOPE} <= set(table.columns):
        rows = (replace(row, cells={"number": row.cells["¶"], "scope": row.cells[SCOPE]}) for row in table.rows)
        workbook.scopes = {row.cells["number"]: row for row in rows if row.cells["number"]}


def _read_table(workbook: Workbook, name: str, sheet: Any) -> None:
    if table := _table(workbook, name, sheet):
        workbook.tables[name] = table


def _table(workbook: Workbook, name: str, sheet: Any) -> Table | None:
    """Return the rows of a sheet, and add a fault for each cell that cannot be read."""
    place = workbook.path.with_name(f"{workbook.path.name} · {name}")
    titles = next(sheet.iter_rows(max_row=1, max_col=_MOST_COLUMNS), ())
    header = [_text(cell, place, workbook.faults, 1, "") for cell in titles]
    columns = [column for column in header if column]
    width = max((at for at, column in enumerate(header, 1) if column), default=0) + _BESIDE
    double = sorted({column for column in columns if columns.count(column) > 1})
    workbook.faults += [Fault("this column occurs twice; keep one", shown(place), 1, column) for column in double]
    rows = []
    for line, cells in enumerate(sheet.iter_rows(min_row=2, max_col=width), 2):
        if line > _MOST_ROWS:
            workbook.faults.append(Fault(f"has more than {_MOST_ROWS:,} rows; remove the empty ones", shown(place)))
            break
        row = dict.fromkeys(columns, "") | dict(_filled(cells, header, place, workbook.faults, line))
        if any(row.values()):
            rows.append(Row(line, row, place))
    return Table(name, place, tuple(columns), tuple(rows)) if columns else None


def _filled(
    cells: Sequence[Any], header: Sequence[str], place: Path, faults: list[Fault], line: int
) -> Iterator[tuple[str, str]]:
    """Yield the column and the text of each cell of a row that is not empty."""
    for at, cell in enumerate(cells):
        column = header[at] if at < len(header) else ""
        text = _text(cell, place, faults, line, column)
        if text and column:
            yield column, text
        elif text:
            message = "is in a column without a name; name the column, or empty the cell"
            faults.append(Fault(message, shown(place), line, cell.column_letter))


def _text(cell: Any, place: Path, faults: list[Fault], line: int, column: str) -> str:
    """Return the text of a cell, and add a fault for a cell that has none."""
    if cell.value is None:
        return ""
    try:
        text = cell_text(cell.value, cell.data_type, str(getattr(cell, "number_format", "")))
    except ValueError as error:
        faults.append(Fault(str(error), shown(place), line, column or getattr(cell, "column_letter", "")))
        return ""
    return " ".join(text.split())


def cell_text(value: Any, kind: str, form: str) -> str:
    """Return a cell as its writer typed it; raise ValueError for a cell that shows something else.

    >>> cell_text(40000.0, "n", "General"), cell_text(datetime(2005, 6, 1), "d", "mmm-yy"), cell_text(True, "b", "")
    ('40000', '2005-06', 'true')
    """
    if kind in _NO_VALUES:
        raise ValueError(_NO_VALUES[kind])
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, date):
        return _day(value, form)
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    raise ValueError("is a time of day; format the cell as text, and type it")


def _number(value: float, form: str) -> str:
    if "%" in _LITERAL.sub("", form):
        raise ValueError(f"is the percentage {value:%}; format the cell as text, and type the number")
    number = f"{value:.15g}"
    return f"{value:.0f}" if "e" in number and value == int(value) else f"{value:f}" if "e" in number else number


def _day(value: date, form: str) -> str:
    """Return a date cell with the parts that it shows: a year, a month or a day."""
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        raise ValueError(f"is {value}, a time; format the cell as text, and type the day")
    shows = _LITERAL.sub("", form).lower()
    if "d" in shows or not shows:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in shows else value.strftime("%Y")
