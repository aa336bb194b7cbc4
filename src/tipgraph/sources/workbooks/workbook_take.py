"""Take a workbook into its source: its rows replace those of their ids, and the intake writes them.

git keeps what was there before. A row that was added to the data since the workbook was written stays. A workbook is
untrusted: its size, sheets and rows are limited, and no formula is computed.

Decision: docs/decisions/0122-a-workbook-is-written-and-read-by-two-libraries.md.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple
from warnings import catch_warnings

from tipgraph.errors import CallError, Fault, InputError, near, shown
from tipgraph.model import ontology
from tipgraph.runtime import is_here, need, read_bytes, unreadable, xml
from tipgraph.sources.folder import SOURCE_FILE, Row, Source, Table, Texts, read_source, without_doubt
from tipgraph.sources.intake.row_intake import GivenRows, take_rows
from tipgraph.sources.intake.source_text import SourceText
from tipgraph.sources.source_tables import QUOTE
from tipgraph.sources.workbooks.workbook import (
    LONGEST_NAME,
    MARK,
    OWN_SHEETS,
    SCOPE,
    TEXT,
    is_entry,
    quote_of,
    quotes_of,
    write_sheet,
)

_MOST_BYTES: Final = 50_000_000
_MOST_UNPACKED: Final = 100_000_000
_MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS = 200, 100_000, 500
_BESIDE = 30  # columns beside the last one with a name in which a cell is a fault
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
_LONGEST: Final = 160  # characters of a line about a change


@dataclass
class Workbook:
    """The tables of a workbook by name, and the name of its source.

    `raw` has the bytes of its file. `written` has the ids of the rows that it was written with by table; it is empty
    for a workbook that tipgraph did not write. `text` is the sheet with the text, whose rows have scopes.
    """

    path: Path
    raw: bytes
    source: str
    text: Table | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    written: dict[str, set[str]] = field(default_factory=dict)
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
        raw = read_bytes(path)
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    try:
        if message := _file_fault(raw):
            raise InputError([Fault(message, shown(path))])
        with catch_warnings(action="ignore"):
            workbook = _read_book(path, raw, load_workbook(BytesIO(raw), read_only=True, keep_links=False))
    except (InvalidFileException, *_DAMAGE) as error:
        message = f"is a damaged workbook ({type(error).__name__}); open it in a spreadsheet and save it as .xlsx"
        raise InputError([Fault(message, shown(path))]) from error
    if not workbook.tables and not workbook.faults:
        known = ", ".join(ontology().tables)
        workbook.faults.append(Fault(f"has no sheet with the name of a table; the tables are {known}", shown(path)))
    if not all(fault.row and fault.row > 1 for fault in workbook.faults):  # the columns or rows are not known
        raise InputError(workbook.faults)
    return workbook


def _file_fault(raw: bytes) -> str:
    """Return what is wrong with a file that is no workbook, or would unpack to too much."""
    if len(raw) > _MOST_BYTES:
        return f"is larger than {_MOST_BYTES // 1_000_000} MB; remove pictures"
    if not zipfile.is_zipfile(BytesIO(raw)):
        return "is no workbook, or damaged; save it as .xlsx without a password"
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        parts = packed.infolist()
    if "[Content_Types].xml" not in packed.namelist() or any(part.flag_bits & _ENCRYPTED for part in parts):
        return "is no workbook of Excel, or has a password; save it as Excel 2007-365 (.xlsx) without a password"
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        return f"unpacks to more than {_MOST_UNPACKED // 1_000_000} MB; it is not read"
    return ""


def _read_book(path: Path, raw: bytes, book: Any) -> Workbook:
    names = {name[:LONGEST_NAME].casefold(): name for name in ontology().tables}
    workbook = Workbook(path, raw, _name(path))
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
            workbook.text = _table(workbook, TEXT, sheet)
        elif table and (read := _table(workbook, table, sheet)):
            workbook.tables[table] = read
        elif not table and title not in OWN_SHEETS:
            workbook.notices.append(f"sheet {title!r} is no table{near(title, names)}, and was not read")
    return workbook


def _read_mark(workbook: Workbook, sheet: Any) -> None:
    for cells in sheet.iter_rows(max_row=_MOST_ROWS, max_col=2, values_only=True):
        name, key = (str(cell or "") for cell in (*cells, "", "")[:2])
        workbook.source = key if name == "source" else workbook.source
        workbook.written.setdefault(name, set()).add(key)


def _table(workbook: Workbook, name: str, sheet: Any) -> Table | None:
    """Return the rows of a sheet, and add a fault for each cell that cannot be read."""
    place, faults = workbook.path.with_name(f"{workbook.path.name} · {name}"), workbook.faults
    header = [_text(cell, place, faults, 1, "") for cell in next(sheet.iter_rows(max_row=1, max_col=_MOST_COLUMNS), ())]
    columns = [column for column in header if column]
    width = max((at for at, column in enumerate(header, 1) if column), default=0) + _BESIDE
    double = sorted({column for column in columns if columns.count(column) > 1})
    faults += [Fault("this column occurs twice; keep one", shown(place), 1, column) for column in double]
    rows = []
    for line, cells in enumerate(sheet.iter_rows(min_row=2, max_col=width), 2):
        if line > _MOST_ROWS:
            faults.append(Fault(f"has more than {_MOST_ROWS:,} rows; remove the empty ones", shown(place)))
            break
        row = _row(cells, header, place, faults, line)
        if any(row.values()):
            rows.append(Row(line, row, place))
    return Table(name, place, tuple(columns), tuple(rows)) if columns else None


def _row(cells: Sequence[Any], header: Sequence[str], place: Path, faults: list[Fault], line: int) -> dict[str, str]:
    row = dict.fromkeys(filter(None, header), "")
    for cell, column in zip(cells, [*header, *[""] * len(cells)], strict=False):
        text = _text(cell, place, faults, line, column)
        if text and not column:
            message = "is in a column without a name; name the column, or empty the cell"
            faults.append(Fault(message, shown(place), line, cell.column_letter))
        elif text:
            row[column] = text
    return row


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

    A number has all its digits. A date has the parts that its format shows: a year, a month or a day.

    >>> cell_text(40000.0, "n", "General"), cell_text(datetime(2005, 6, 1), "d", "mmm-yy"), cell_text(True, "b", "")
    ('40000', '2005-06', 'true')
    """
    shows = _LITERAL.sub("", form).lower()
    if kind in _NO_VALUES:
        raise ValueError(_NO_VALUES[kind])
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        if "%" in shows:
            raise ValueError(f"is the percentage {value:%}; format the cell as text, and type the number")
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, date):
        if isinstance(value, datetime) and (value.hour or value.minute or value.second):
            raise ValueError(f"is {value}, a time; format the cell as text, and type the day")
        parts = "%Y-%m-%d" if "d" in shows or not shows else "%Y-%m" if "m" in shows else "%Y"
        return value.strftime(parts)
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    raise ValueError("is a time of day; format the cell as text, and type it")


class TakenSheet(NamedTuple):
    """A workbook that was taken: a line for each table that changed, notices, and the new entries as TABLE/ID."""

    source: str
    lines: list[str]
    notices: list[str]
    entries: list[str]


def take_sheet(
    path: Path,
    texts: Texts,
    data: Path,
    *,
    keep: bool = False,
    agree: Callable[[Sequence[str]], bool] = lambda _: True,
) -> TakenSheet:
    """Take a workbook into the tables of its source, and write it anew with the ids of its rows, unless `keep` is set.

    `agree` gets a line for each present row that would change or go, and tells whether to write. Raises InputError with
    every fault of the workbook, and CallError without agreement; then nothing is written.
    """
    workbook = read_sheet(path)
    _find_source(workbook, data)
    folder, changes = data / workbook.source, list[str]()

    def give(source: Source) -> GivenRows:
        given = given_rows(workbook, source, texts)
        for table in given.tables.values():
            found = _differences(source.tables.get(table.name), table)
            changes.extend(
                line[:_LONGEST] + "…" * (len(line) > _LONGEST) for line in found["changed"] + found["removed"]
            )
        return given

    def only_agreed(_: Sequence[str]) -> Mapping[Path, str]:
        if changes and not agree(changes):
            raise CallError("nothing was written")
        return {}

    try:
        taken = take_rows(folder, give, texts, data=data, also=only_agreed)
    except InputError as error:
        faults = [fault._replace(column=SCOPE) if fault.column == "scope" else fault for fault in error.faults]
        raise InputError(faults).adding("nothing was written") from error
    lines = list(_told(taken.before, read_source(folder)))
    notices = list(taken.notices)
    if not keep and (lines or any(not _id(row) for table in workbook.tables.values() for row in table.rows)):
        notices.append(_written_anew(path, workbook, texts, data))
    entries = [name for name in taken.new if is_entry(name.partition("/")[0], ontology())]
    return TakenSheet(workbook.source, lines, notices, entries)


def _find_source(workbook: Workbook, data: Path) -> None:
    """Name the source of a workbook by its file if it has another name since; raise InputError for an unknown one."""
    known = sorted(other.parent.name for other in data.glob(f"*/{SOURCE_FILE}"))
    if workbook.source not in known and (named := _name(workbook.path)) in known:
        workbook.source = named
    if workbook.source not in known:
        message = f"is for {workbook.source!r}, which is no source of {shown(data)}{near(workbook.source, known)}"
        raise InputError([Fault(f"{message}; name the folder of the sources with --data", shown(workbook.path))])


def _told(before: Source, after: Source) -> Iterator[str]:
    """Yield a line for each table that changed, with the numbers of its rows."""
    for name, table in sorted(after.tables.items()):
        found = _differences(before.tables.get(name), table)
        if counts := [f"{len(rows)} {kind}" for kind, rows in found.items() if rows]:
            yield f"{shown(table.path)}: {len(table.rows)} row{'s' * (len(table.rows) != 1)}, {', '.join(counts)}"


def _name(path: Path) -> str:
    return path.stem.partition(".")[0]


def given_rows(workbook: Workbook, source: Source, texts: Texts) -> GivenRows:
    """Return the tables of a workbook beside the rows of its source that it does not know.

    Rows of the source keep their order, and new rows follow. A row of the source that the workbook was written with,
    and no longer has, is left out.
    """
    faults, notices = list(workbook.faults), list(workbook.notices)
    known, tables = quotes_of(source, SourceText(source, texts)), dict[str, Table]()
    paragraphs, given_tables = source.tables.get("paragraphs"), list(workbook.tables.values())
    if workbook.text and paragraphs and SCOPE in workbook.text.columns:
        given_tables.append(_scopes(workbook.text, paragraphs))
    for typed in given_tables:
        present = source.tables.get(typed.name)
        rows_now = [replace(row, path=present.path) for row in present.rows] if present else []
        message = f"has no id; run `tipgraph source locate {source.name}` first"
        faults += (Fault(message, shown(row.path or source.path), row.line, "id") for row in rows_now if not _id(row))
        rows = _rows(workbook, typed, {_id(row): row for row in rows_now}, known, faults)
        without_doubt(replace(typed, rows=tuple(rows)), faults)
        columns = dict.fromkeys((*(present.columns if present else ()), *typed.columns))
        if rows or present:
            tables[typed.name] = Table(typed.name, typed.path, tuple(columns), tuple(rows))
    return GivenRows(tables, faults, notices)


def _rows(
    workbook: Workbook, typed: Table, there: Mapping[str, Row], known: Mapping[str, str], faults: list[Fault]
) -> list[Row]:
    """Return the rows of a table: those that are there, changed as a person typed them, then new ones."""
    given = _by_id(typed, faults)
    stays = there.keys() - (workbook.written.get(typed.name, set()) - given.keys())
    rows = [_replaced(row, given.pop(name, row), known, workbook) for name, row in there.items() if name in stays]
    return [*rows, *given.values(), *(row for row in typed.rows if not _id(row))]


def _by_id(typed: Table, faults: list[Fault]) -> dict[str, Row]:
    """Return the rows that have an id; an id that occurs twice is a fault."""
    given: dict[str, Row] = {}
    for row in filter(_id, typed.rows):
        if (first := given.setdefault(_id(row), row)) is not row:
            message = f"{_id(row)!r} is the id of row {first.line} too; empty it in the new row"
            faults.append(Fault(message, shown(typed.path), row.line, "id"))
    return given


def _replaced(row: Row, typed: Row, known: Mapping[str, str], workbook: Workbook) -> Row:
    """Return a row with the cells that a person typed; a changed or emptied quote replaces its evidence."""
    cells = {name: cell for name, cell in typed.cells.items()
             if name != QUOTE and _plain(cell) != _plain(row.cells.get(name, ""))}  # fmt: skip
    quote = quote_of(row, known) if workbook.text else row.cells.get(QUOTE, "")
    if _plain(typed.cells.get(QUOTE, quote)) != _plain(quote):
        cells = {"evidence": ""} | cells | {QUOTE: typed.cells[QUOTE]}
    return replace(typed, cells=row.cells | cells) if cells else row


def _scopes(text: Table, paragraphs: Table) -> Table:
    """Return the scopes on the sheet with the text as rows of the table of paragraphs."""
    ids = {row.cells.get("number"): _id(row) for row in paragraphs.rows}
    rows = []
    for row in text.rows:
        number, scope = row.cells.get("¶", ""), row.cells.get(SCOPE, "")
        if number in ids or scope:
            rows.append(replace(row, cells={"id": ids.get(number, f"p{number}"), "scope": scope}))
    return Table("paragraphs", text.path, ("id", "scope"), tuple(rows))


def _differences(before: Table | None, after: Table) -> dict[str, list[str]]:
    """Return the new rows of a table, and a line with the cells for each that changed or was removed."""
    old, new = ({_id(row): row.cells for row in table.rows} if table else {} for table in (before, after))
    found: dict[str, list[str]] = {"new": [name for name in new if name not in old], "changed": [], "removed": []}
    for name, cells in old.items():
        now = new.get(name, {})
        differ = [one for one in {**cells, **now} if _plain(cells.get(one, "")) != _plain(now.get(one, ""))]
        if not now:
            found["removed"].append(f"{after.name} {name} is removed: {', '.join(filter(None, cells.values()))}")
        elif differ:
            shown_cells = (f"{one}: {cells.get(one) or '(empty)'} → {now.get(one) or '(empty)'}" for one in differ)
            found["changed"].append(f"{after.name} {name}: {'; '.join(shown_cells)}")
    return found


def _written_anew(path: Path, workbook: Workbook, texts: Texts, data: Path) -> str:
    """Write a workbook anew, keep the one that was taken beside it, and return the notice."""
    kept = path.with_suffix(f".taken{path.suffix}")
    try:
        write_sheet(workbook.source, path, texts if workbook.text else Texts(), data, (kept, workbook.raw))
    except OSError as error:
        fault = f"{error.strerror}; close it and move it away, then run `tipgraph source sheet {workbook.source}`"
    except InputError as error:
        fault = "; ".join(map(str, error.faults))
    else:
        return f"{shown(path)} was written anew: open it again; the one that you filled is {shown(kept)}"
    return f"the rows were taken, but {shown(path)} was not written anew: {fault}"


def _id(row: Row) -> str:
    return row.cells.get("id", "")


def _plain(cell: str) -> str:
    return " ".join(xml(cell).split())
