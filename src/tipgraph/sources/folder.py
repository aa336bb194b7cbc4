"""One folder of `data/`: who published the source, its licence, its text and its tables.

Reads what people edit, in the shapes that spreadsheets save it, and lists every fault with file, row and column.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import AUDITS_NAME, REFERENCE_NAME
from tipgraph.runtime import content, neutral, plain
from tipgraph.sources import spans
from tipgraph.sources.personal_data import masked
from tipgraph.sources.segment import words

SOURCE_FILE = "source.toml"
JUDGES: Final = {"person": "a person", "ai-agent": "an AI agent", "rule": "a rule"}  # the code list judge-kind
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CELL = 1 << 24
_LONGEST_SETTINGS = 1 << 20
_TAKEN = frozenset({"identity", AUDITS_NAME, "derived", "ontology"})
BOOKS = frozenset(
    {"allowed", "corrections"}
)  # tables of the reference that people keep about the data, and that state nothing
_NOT_TABLES = frozenset({SOURCE_FILE, "README.md"})
ASSESSMENTS = "assessments"  # the table of the reference that the files of all audits make


@dataclass(frozen=True)
class Row:
    """One row of a table: the line it starts on and its cells by column; `path` where it stands in another file."""

    line: int
    cells: dict[str, str]
    path: Path | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Table:
    """One CSV file: its name without the suffix, and its rows."""

    name: str
    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def at(self, row: Row) -> str:
        """Return the file in which a row stands, as a person would type it."""
        return shown(row.path or self.path)


@dataclass
class Source:
    """A folder with `source.toml` and tables; `name` is the folder's name.

    `about` holds the settings of the source, `expected` the least number of claims per class. `faults` lists what could
    not be read; the rest was. `unread` names the tables that could not be read at all. `books` are tables of the
    reference that are kept about the data and become no statements.

    >>> from tipgraph.model import kit
    >>> source = read_source(kit.folder("data") / "oas-cim-2005")
    >>> source.name, source.about["issued"], source.faults
    ('oas-cim-2005', '2005-04', [])
    """

    path: Path
    about: dict[str, str] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    books: dict[str, Table] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @cached_property
    def name(self) -> str:
        """The name by which the source is called, that of its folder."""
        return self.path.name


class Texts:
    """The texts of the sources, in a folder and the folders below it, each read once.

    A text is found by its file name and never by its digest, so that a changed text is a finding and not an absence. Of
    two files of one name the one nearer to the folder is taken.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Look into a folder; None means that no text is at hand."""
        paths = sorted(folder.rglob("*"), key=lambda path: (-len(path.parts), path)) if folder else []
        self._paths = {path.name: path for path in paths if path.is_file()}
        self._read: dict[str, str] = {}
        self._may: Callable[[str], bool] = lambda _: True

    def only(self, may: Callable[[str], bool]) -> "Texts":
        """Return the same texts, of which only the words are quoted that `may` lets."""
        texts = Texts()
        texts._paths, texts._read, texts._may = self._paths, self._read, may
        return texts

    def __bool__(self) -> bool:
        """Tell whether there is any file."""
        return bool(self._paths)

    def text(self, file: str) -> str | None:
        """Return a text as it stands; None where it is not at hand."""
        if file not in self._paths:
            return None
        if file not in self._read:
            self._read[file] = read_text(self._paths[file])
        return self._read[file]

    def quote(self, file: str, start: int, end: int, digest: str, form: str = "") -> str | None:
        """Return the words of a span on one line, without the marks of its format; None where no text is at hand.

        None too of what may not be quoted. Words whose digest is another one are not quoted, and that is said instead.
        """
        text = self.text(file)
        if text is None or not digest:  # of what has no place there are no words
            return None
        span = text[start:end]
        if spans.digest(span) != digest:
            return "[the text at hand has changed]"
        said = " ".join(words(span, form).split())
        return said if self._may(said) else None


def is_name(name: str) -> bool:
    """Tell whether a source can have a name: lower-case letters, digits and hyphens, and no graph of the program."""
    return bool(_NAME.fullmatch(name)) and name not in _TAKEN


def read_sources(data: Path) -> list[Source]:
    """Read every folder of `data/` that has a `source.toml`, in the order of their names.

    Raises InputError where there is no such folder at all.
    """
    folders = sorted(path.parent for path in data.glob(f"*/{SOURCE_FILE}"))
    if not folders:
        raise InputError([Fault(f"no folder with a {SOURCE_FILE}; give the folder that holds the sources", str(data))])
    wrong = [path for path in folders if not is_name(path.name)]
    if wrong:
        message = "is no name for a source; use lower-case letters, digits and hyphens, and no graph of the program"
        raise InputError(Fault(message, shown(path)) for path in wrong)
    folders_ = (path for path in data.iterdir() if path.is_dir() and not path.name.startswith("."))
    strays = sorted(path for path in folders_ if not (path / SOURCE_FILE).exists())
    sources = [read_source(folder) for folder in folders]
    for path in strays:
        if path.name != AUDITS_NAME:
            sources[0].faults.append(Fault(f"has no {SOURCE_FILE}; add one, or move the folder away", shown(path)))
        elif data / REFERENCE_NAME not in folders:
            message = f"stands beside no reference; add a folder {REFERENCE_NAME} with a {SOURCE_FILE}"
            sources[0].faults.append(Fault(message, shown(path)))
    return sources


def read_source(folder: Path) -> Source:
    """Read one folder: its settings and all its tables."""
    source = Source(folder)
    _read_settings(source)
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            table = read_table(path, source.faults)
            if table and source.name == REFERENCE_NAME and table.name in BOOKS:
                source.books[table.name] = table
            elif table:
                source.tables[table.name] = table
            else:
                source.unread.add(path.stem)
        elif path.name not in _NOT_TABLES and not path.name.startswith("."):
            source.faults.append(Fault("is neither a .csv table nor source.toml; move it away", shown(path)))
    if source.name == REFERENCE_NAME:
        _read_audits(source, folder.parent / AUDITS_NAME)
    return source


def _read_audits(source: Source, folder: Path) -> None:
    """Read the files of all audits as one table of the reference that they stand beside."""
    tables = [table for path in sorted(folder.glob("*.csv")) if (table := read_table(path, source.faults))]
    columns = dict.fromkeys(column for table in tables for column in table.columns)
    rows = (replace(row, path=table.path) for table in tables for row in table.rows)
    if tables:
        source.tables[ASSESSMENTS] = Table(ASSESSMENTS, folder, tuple(columns), tuple(rows))


def read_text(path: Path) -> str:
    """Return a text as it stands: UTF-8, line ends untouched, so that offsets are those of the file."""
    try:
        return content(path).decode("utf-8")
    except OSError as error:
        raise InputError([_unread(path, error)]) from error
    except UnicodeDecodeError as error:
        raise InputError(
            [Fault(f"is not UTF-8 (byte {error.start}); it must be the text as received", shown(path))]
        ) from error


def _unread(path: Path, error: OSError) -> Fault:
    return Fault(f"cannot be read: {error.strerror or error}", shown(path))


def _read_settings(source: Source) -> None:
    path = source.path / SOURCE_FILE
    try:
        settings = _settings(path)
    except InputError as error:
        source.faults += error.faults
        return
    expected = settings.pop("expected", {})
    if not isinstance(expected, dict):
        source.faults.append(
            Fault("is no table; write [expected] and a line for each class", shown(path), None, "expected")
        )
    for name, count in expected.items() if isinstance(expected, dict) else ():
        if isinstance(count, int) and not isinstance(count, bool):
            source.expected[name] = count
        else:
            source.faults.append(Fault(f"{count!r} is no count; write a whole number", shown(path), None, name))
    for key, value in settings.items():
        if isinstance(value, dict | list):
            source.faults.append(Fault("takes one value, not a table or list", shown(path), None, key))
        else:
            source.about[key] = str(value)


def _settings(path: Path) -> dict[str, Any]:
    """Read the settings of a source; raise InputError where they are no TOML in UTF-8."""
    import tomllib

    try:
        return tomllib.loads(content(path, _LONGEST_SETTINGS).decode("utf-8-sig"))
    except OSError as error:
        fault = _unread(path, error)
    except UnicodeDecodeError as error:
        fault = Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        fault = Fault(f"is no TOML: {error}", shown(path), int(line[1]) if line else None)
    except RecursionError:
        fault = Fault("is nested too deeply; it takes plain keys and one table `expected`", shown(path))
    raise InputError([fault])


def read_table(path: Path, faults: list[Fault]) -> Table | None:
    """Read one table, and list its faults; None where it cannot be read at all."""
    file, found = shown(path), len(faults)
    text = _decoded(path, faults)
    if text is None:
        return None
    if not text.strip():
        faults.append(Fault("is empty; write a header row, or remove the file", file))
        return None
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        start = 1
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(f"is no CSV from here on: {error}; look for an unpaired quote", file, reader.line_num))
        return None
    header = tuple(name.strip() for name in lines[0][1])
    faults += _header_faults(header, file)
    if len(faults) > found:
        return None
    rows = []
    for line, cells in lines[1:]:
        if any(cell.strip() for cell in cells):
            faults += _row_faults(header, cells, file, line)
            rows.append(Row(line, {name: plain(cell.strip()) for name, cell in zip(header, cells, strict=False)}))
    return Table(path.stem, path, header, tuple(rows))


def _decoded(path: Path, faults: list[Fault]) -> str | None:
    try:
        raw = content(path)
    except OSError as error:
        faults.append(_unread(path, error))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        message = f"is not UTF-8 (byte {error.start}, perhaps Latin-1); save it as CSV UTF-8"
        faults.append(Fault(message, shown(path), row))
        return None
    if "\0" in text:
        faults.append(Fault("holds NUL characters (perhaps UTF-16); save it as CSV UTF-8", shown(path)))
        return None
    return text


def _header_faults(header: tuple[str, ...], file: str) -> list[Fault]:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            return [Fault(f"has {name} between its columns; save it with commas", file, 1)]
    faults = [Fault("this column occurs twice; keep one", file, 1, name) for name in header if header.count(name) > 1]
    if "" in header:
        faults.append(Fault("a column has no name; name it or remove it", file, 1))
    if "id" not in header:
        faults.append(Fault("there is no column `id`; give every row an id of its own", file, 1))
    return faults


def _row_faults(header: tuple[str, ...], cells: list[str], file: str, line: int) -> list[Fault]:
    faults = []
    if len(cells) != len(header):
        message = f"has {len(cells)} cells where the header has {len(header)} columns; quote cells that hold a comma"
        faults.append(Fault(message, file, line))
    for name, cell in zip(header, cells, strict=False):
        if "\n" in cell or "\r" in cell:
            faults.append(Fault("a line break inside a cell; write it on one line", file, line, name))
        if neutral(cell).startswith("'") and not cell.startswith("'"):
            begins = f"{masked(cell)[:20]!r} begins like a formula"
            message = f"{begins}, which a spreadsheet would run; put an apostrophe before it"
            faults.append(Fault(message, file, line, name))
    return faults
