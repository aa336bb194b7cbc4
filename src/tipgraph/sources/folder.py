"""A folder of `data/`: the settings of a source (publisher, licence, text) and its tables.

It reads CSV as people and spreadsheets save it, and lists every fault with file, row and column.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tipgraph.errors import Fault, InputError, UnknownName, near, shown
from tipgraph.model import AUDITS_NAME, REFERENCE_NAME, XSD, is_day, kit
from tipgraph.runtime import neutral, plain, read_bytes, read_toml, unreadable
from tipgraph.sources.csv_dialect import read_rows
from tipgraph.sources.evidence import spans
from tipgraph.sources.evidence.segment import words
from tipgraph.sources.evidence.xml_records import XmlFile, is_of_records, text_of_records
from tipgraph.sources.personal_data import masked

if TYPE_CHECKING:
    from tipgraph.sources.documents.layout import Layout

SOURCE_FILE = "source.toml"
JUDGES: Final = {"person": "a person", "ai-agent": "an AI agent", "rule": "a rule"}  # the code list judge-kind
_LETS = re.compile(
    r"public domain(?: \(work of the (?:US|United States) government\))?|CC0(?: 1\.0)?"
    r"|CC BY(?:-SA)? (?:1\.0|2\.0|2\.5|3\.0(?: IGO)?|4\.0)",
    re.IGNORECASE | re.ASCII,
)
_WESTERN = re.compile(rb"""(?i)<\?xml[^>]*?encoding\s*=\s*["'](iso-8859-1|windows-1252)["']""")
_IN_DOUBT = re.compile(r"(-?[1-9]\d{0,2})[.,](\d{3})")  # twelve and a half, or twelve thousand five hundred
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = frozenset({"identity", AUDITS_NAME, "derived", "ontology"})
PRICE_BOOKS: Final = ("exchange-rates", "price-indices", "rate-sources")
# Tables of the reference about the data, which become no statements.
BOOKS = frozenset({"allowed", "corrections", *PRICE_BOOKS})
DRAFT_DECISIONS: Final = "draft-decisions"  # the ledger of a source about drafts, which becomes no statements either
CHANGED: Final = "[the text has changed]"  # instead of a quote
FAULTS_FILE = "faults.txt"  # the faults of the file that an import read
_NOT_TABLES = frozenset({SOURCE_FILE, FAULTS_FILE, "README.md"})
ASSESSMENTS = "assessments"  # the table of the reference from the files of all audits


@dataclass(frozen=True)
class Row:
    """A row of a table: its first line and its cells by column; `path` is set if it is in another file."""

    line: int
    cells: dict[str, str]
    path: Path | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Table:
    """A CSV file: its name without the suffix, and its rows."""

    name: str
    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def at(self, row: Row) -> str:
        """Return the file of a row, for a message."""
        return shown(row.path or self.path)


@dataclass
class Source:
    """A source: a folder with `source.toml` and tables.

    `about` has its settings, `expected` the least number of claims by class, `faults` all that could not be read, and
    `unread` the names of tables that could not be read at all. `books` are tables that become no statements: ledgers
    about the data, and of decisions about drafts.

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
        """The name of the source and of its folder."""
        return self.path.name


def lets_show(licence: str) -> bool:
    """Tell whether a licence permits whole paragraphs; an unknown licence, or one with a condition, does not.

    >>> lets_show("public domain (work of the US government)"), lets_show("none stated; facts, and short quotations")
    (True, False)
    """
    return _LETS.fullmatch(licence) is not None


class Texts:
    """The texts of the sources in a folder and the folders below it, by file name, each read once.

    A text is never looked up by its digest, so that a changed text is reported and not missing. Of two files with one
    name, the one nearer to the folder counts.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """List a folder; None means no texts."""
        paths = sorted(folder.rglob("*"), key=lambda path: (-len(path.parts), path)) if folder else []
        self._paths = {path.name: path for path in paths if path.is_file()}
        self._read: dict[str, str] = {}
        self._layouts: dict[str, Layout] = {}

    def anew(self) -> "Texts":
        """Return the same texts, which are read again, because one was corrected meanwhile."""
        texts = Texts()
        texts._paths = self._paths
        return texts

    def __bool__(self) -> bool:
        """Tell whether there is a text."""
        return bool(self._paths)

    def path(self, file: str) -> Path | None:
        """Return the path of a file by its name; None if it is missing."""
        return self._paths.get(file)

    def text(self, file: str) -> str | None:
        """Return a text unchanged, or the records of IATI as text; None if its file is missing."""
        if file not in self._paths:
            return None
        if file not in self._read:
            self._read[file] = read_text(self._paths[file])
        return self._read[file]

    def digest(self, file: str) -> str:
        """Return the SHA-256 of a file as it is, in hexadecimal; an empty string if it is missing."""
        return sha256(read_bytes(self._paths[file])).hexdigest() if file in self._paths else ""

    def layout(self, text_file: str) -> "Layout | None":
        """Return the places of the words of a text on the pages of its document; None if they are not known."""
        from tipgraph.sources.documents.layout import read_layout

        path = self._paths.get(f"{Path(text_file).stem}.layout.json")
        if path is not None and text_file not in self._layouts:
            self._layouts[text_file] = read_layout(path)
        return self._layouts.get(text_file)

    def quote(self, file: str, start: int, end: int, digest: str, form: str = "") -> str | None:
        """Return the words of a span on one line, without the markup of its format.

        None without the text. A span with another digest gives a notice instead; a release has no digest.
        """
        text = self.text(file)
        if text is None or not end:  # a cited document has no place in a text
            return None
        span = text[start:end]
        if digest and spans.digest(span) != digest:
            return CHANGED
        return " ".join(words(span, form).split())


def is_name(name: str) -> bool:
    """Tell whether a name can be that of a source: lower-case letters, digits and hyphens, and no reserved graph."""
    return bool(_NAME.fullmatch(name)) and name not in _RESERVED


def read_sources(data: Path) -> list[Source]:
    """Read every folder of `data/` with a `source.toml`, by name; raise InputError if there is none."""
    folders = sorted(path.parent for path in data.glob(f"*/{SOURCE_FILE}"))
    if not folders:
        raise InputError([Fault(f"no folder with a {SOURCE_FILE}; give the folder that holds the sources", str(data))])
    wrong = [path for path in folders if not is_name(path.name)]
    if wrong:
        message = (
            f"is no name for a source; use lower-case letters, digits and hyphens, not {', '.join(sorted(_RESERVED))}"
        )
        raise InputError(Fault(message, shown(path)) for path in wrong)
    sources = [read_source(folder) for folder in folders]
    sources[0].faults += _stray_folders(data, folders)
    return sources


def _stray_folders(data: Path, folders: Sequence[Path]) -> Iterator[Fault]:
    """Yield a fault for each folder of `data/` that belongs to no source."""
    for path in sorted(path for path in data.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if path.name == AUDITS_NAME and data / REFERENCE_NAME not in folders:
            message = f"needs a reference; add a folder {REFERENCE_NAME} with a {SOURCE_FILE}"
            yield Fault(message, shown(path))
        elif path.name != AUDITS_NAME and path not in folders:
            yield Fault(f"has no {SOURCE_FILE}; add one, or move the folder away", shown(path))


def source_at(name: str, data: Path | None = None) -> Source:
    """Read a source of a folder of sources; raise UnknownName for another name, and for the reference."""
    folder = data or kit.data()
    names = {path.parent.name for path in folder.glob(f"*/{SOURCE_FILE}")} - {REFERENCE_NAME}
    if name not in names:
        raise unknown_source(name, names)
    return read_source(folder / name)


def rows_of(sources: Iterable[Source]) -> dict[str, tuple[Table, Row]]:
    """Return each row of the tables and books of sources, with its table, by its name `source/table/id`."""
    return {
        f"{source.name}/{table.name}/{row.cells.get('id', '')}": (table, row)
        for source in sources
        for table in (*source.tables.values(), *source.books.values())
        for row in table.rows
    }


def unknown_source(name: str, names: Iterable[str]) -> UnknownName:
    """Return the error for a name that is no source, with the sources."""
    known = sorted(names)
    return UnknownName(f"{name!r} is no source{near(name, known)}; the sources are {', '.join(known)}")


def read_source(folder: Path) -> Source:
    """Read the settings and tables of a folder."""
    source = Source(folder)
    _read_settings(source)
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            table = read_table(path, source.faults)
            if table and table.name in (BOOKS if source.name == REFERENCE_NAME else {DRAFT_DECISIONS}):
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
    """Read the files of all audits as one table of the reference."""
    tables = [table for path in sorted(folder.glob("*.csv")) if (table := read_table(path, source.faults))]
    columns = dict.fromkeys(column for table in tables for column in table.columns)
    rows = (replace(row, path=table.path) for table in tables for row in table.rows)
    if tables:
        source.tables[ASSESSMENTS] = Table(ASSESSMENTS, folder, tuple(columns), tuple(rows))


def read_text(path: Path) -> str:
    """Return the unchanged text of a file in UTF-8, so that offsets are those of the file; of IATI its records."""
    try:
        text = decoded(read_bytes(path))
        return text_of_records(XmlFile(text).records) if is_of_records(text) else text
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte {error.start}); it must be the text as received"
        raise InputError([Fault(message, shown(path))]) from error


def decoded(raw: bytes) -> str:
    """Return a text in UTF-8, or XML in the encoding of Western Europe that it declares; else UnicodeDecodeError.

    >>> decoded('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"))[-6:]
    '>é</a>'
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if declared := _WESTERN.match(raw):
            return raw.decode(declared[1].decode())
        raise


def _read_settings(source: Source) -> None:
    path = source.path / SOURCE_FILE
    try:
        settings = read_toml(path)
    except InputError as error:
        source.faults += error.faults
        return

    expected = settings.pop("expected", {})
    wrong = (
        [] if isinstance(expected, dict) else [("expected", "is no table; write [expected] and a line for each class")]
    )
    for name, count in expected.items() if isinstance(expected, dict) else ():
        if type(count) is int:
            source.expected[name] = count
        else:
            wrong.append((name, f"{count!r} is no count; write a whole number"))
    for key, value in settings.items():
        if isinstance(value, dict | list):
            wrong.append((key, "takes one value, not a table or list"))
        else:
            source.about[key] = str(value)
    source.faults += [Fault(message, shown(path), None, key) for key, message in wrong]


def read_table(path: Path, faults: list[Fault]) -> Table | None:
    """Read a table and list its faults; return None if it cannot be read at all."""
    file, sheet = shown(path), read_rows(path, faults)
    if sheet is None:
        return None
    if header_faults := _header_faults(sheet.header, file):
        faults += header_faults
        return None
    rows = []
    for line, cells in sheet.rows:
        faults += _row_faults(sheet.header, cells, file, line)
        rows.append(Row(line, {name: plain(cell.strip()) for name, cell in zip(sheet.header, cells, strict=False)}))
    table = Table(path.stem, path, sheet.header, tuple(rows))
    return table if sheet.separator == "," else without_doubt(table, faults)


@cache
def cell_rules() -> dict[str, dict[str, Any]]:
    """Return the rules of `books.toml` for the cells of tables that no shape describes."""
    return read_toml(Path(__file__).with_name("books.toml"))


def cell_faults(table: Table, row: Row) -> list[Fault]:
    """Return the faults of a row by the rules for its table."""
    found = []
    for name, rule in cell_rules()[table.name].items():
        cell, form = row.cells.get(name, ""), rule.get("pattern")
        is_needed = all(row.cells.get(other, "") in cells for other, cells in rule.get("needed", {"": ()}).items())
        if not cell and is_needed:
            found.append(Fault("is empty, and this row needs it; fill it in", table.at(row), row.line, name))
        elif cell and form and not (is_day(cell) if form == "day" else re.fullmatch(form, cell)):
            found.append(Fault(f"{cell!r} {rule['message']}", table.at(row), row.line, name))
    return found


def without_doubt(table: Table, faults: list[Fault]) -> Table:
    """Return a table, and add a fault for each decimal in rows of a person's spreadsheet that may mean two numbers.

    >>> faults = list[Fault]()
    >>> table = Table("funding", Path("funding.csv"), ("amount",), (Row(2, {"amount": "12.500", "note": "1.000"}),))
    >>> without_doubt(table, faults).name, faults[0].message
    ('funding', "'12.500' may be 12500 or 12.5; write 12500 or 12.5000")
    """
    from tipgraph.model import ontology

    terms = ontology()
    below = terms.below(terms.tables[table.name]) if table.name in terms.tables else []
    columns = {name for cls in below for name, one in terms.columns(cls).items() if one.datatype == f"{XSD}decimal"}
    typed = [row for row in table.rows if row.path in (None, table.path)]
    for row, name in product(typed, sorted(columns)):
        if found := _IN_DOUBT.fullmatch(cell := row.cells.get(name, "")):
            whole, point = found[1] + found[2], f"{found[1]}.{found[2].rstrip('0') or '0'}"
            message = f"{cell!r} may be {whole} or {point}; write {whole} or {found[1]}.{found[2]}0"
            faults.append(Fault(message, table.at(row), row.line, name))
    return table


def _header_faults(header: tuple[str, ...], file: str) -> list[Fault]:
    faults = [
        Fault("this column occurs twice; keep one", file, 1, name) for name in header if name and header.count(name) > 1
    ]
    if "" in header:
        faults.append(Fault("a column has no name; name it or remove it", file, 1))
    if "id" not in header:
        faults.append(Fault("there is no column `id`; give every row an id of its own", file, 1))
    return faults


def _row_faults(header: tuple[str, ...], cells: list[str], file: str, line: int) -> list[Fault]:
    faults = []
    if "id" in cells and header.index("id") < len(cells) and cells[header.index("id")] == "id":
        message = "is a second header: two people gave this table different columns; write one header with all of them"
        return [Fault(message, file, line)]
    if len(cells) != len(header):
        message = f"has {len(cells)} cells where the header has {len(header)} columns; quote cells that hold a comma"
        faults.append(Fault(message, file, line))
    for name, cell in zip(header, cells, strict=False):
        if ("\n" in cell or "\r" in cell) and name != "quote":  # quotes are copied with line breaks
            faults.append(Fault("a line break inside a cell; write it on one line", file, line, name))
        if neutral(cell).startswith("'") and not cell.startswith("'"):
            begins = f"{masked(cell)[:20]!r} begins like a formula"
            message = f"{begins}, which a spreadsheet would run; put an apostrophe before it"
            faults.append(Fault(message, file, line, name))
    return faults
