"""A workbook to fill in a spreadsheet: a sheet for each table of a source, with notes, dropdowns and the present rows.

Every cell is text, so that no spreadsheet runs it or turns it into a date. The words for a person are rows of
`ontology/workbook.csv`.

Decision: docs/decisions/0122-a-workbook-is-written-and-read-by-two-libraries.md.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

from rdflib import RDFS, SKOS, Node, URIRef

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import XSD, Column, Ontology, kit, ontology
from tipgraph.runtime import atomic_file, read_bytes, xml
from tipgraph.sources.evidence import quotes, segment
from tipgraph.sources.evidence.spans import digest
from tipgraph.sources.folder import Row, Source, Table, Texts, read_table, source_at
from tipgraph.sources.intake.row_names import RowNames
from tipgraph.sources.intake.source_text import SourceText, locator_of
from tipgraph.sources.reference import reference_of
from tipgraph.sources.source_tables import QUOTE

READ_ME, TEXT, LISTS, MARK = "Read me", "Text", "Lists", "tipgraph"
OWN_SHEETS: Final = frozenset({READ_ME, TEXT, LISTS, MARK})
LONGEST_NAME = 31  # characters of a sheet's name
_SCOPES = "scope"  # the code list
_LONGEST_CELL = 32_767  # characters
_TOO_LONG = -2  # what the writer returns
_LAST_ROW = 9_999  # of the dropdowns
_WIDEST, _NARROWEST = 48, 12
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
SCOPE: Final = "no claims because"  # of a paragraph, on the sheet with the text
_NOT_SHEETS = frozenset({"assessments", "evidence", "identity", "paragraphs", "retirements", "source"})
_BOOLEAN: Final = f"{XSD}boolean"


class SheetColumn(NamedTuple):
    """A column of a sheet: its note, whether it must be filled, and its dropdown.

    `choices` is the name of a list, `may_differ` tells whether other words may be typed, `column` is what the list is
    of.
    """

    name: str
    note: str = ""
    needed: bool = False
    choices: str = ""
    may_differ: bool = False
    column: Column | None = None


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of a workbook in both languages, and examples, by column, by datatype, or by `help-01`."""
    table = read_table(kit.folder("ontology") / "workbook.csv", [])
    return {row.cells["id"]: row.cells for row in table.rows} if table else {}


def both(name: str) -> list[str]:
    """Return the words of a name in English and Spanish; none if it has none."""
    found = words().get(name, {})
    return [found[language] for language in ("en", "es") if found.get(language)]


def sheet_names(source: Source, terms: Ontology) -> list[str]:
    """Return the tables that a person fills: those of entries first, then those of claims."""
    names = [name for name in terms.tables if name not in _NOT_SHEETS]
    names += [name for name in source.tables if name in terms.tables and name in ("identity", "retirements")]
    return sorted(names, key=lambda name: (not is_entry(name, terms), name))


def is_entry(table: str, terms: Ontology) -> bool:
    """Tell whether the rows of a table are entries, not claims or rows about the data."""
    return "Thing" in terms.classes.get(terms.tables.get(table, ""), ())


def classes_of(table: str, terms: Ontology) -> list[str]:
    """Return the classes of the rows of a table."""
    return [cls for cls in terms.below(terms.tables[table]) if cls != "Source"]


def sheet_columns(table: str, present: Table | None, terms: Ontology) -> list[SheetColumn]:
    """Return the columns of a sheet: those of the present table, then the others of the ontology.

    A quote becomes the evidence, so that it is needed where evidence is.
    """
    classes = classes_of(table, terms)
    known = {column.name: column for cls in classes for column in terms.columns(cls).values()}
    labels = ["label", "label@es"] if "label" in known else []
    order = ["id", *(["type"] if len(classes) > 1 else []), *labels, *known]
    names = [name for name in dict.fromkeys((*(present.columns if present else ()), *order))
             if name not in ("source", QUOTE)]  # fmt: skip
    if "evidence" in names:
        names.insert(names.index("evidence") + 1, QUOTE)
    return [_sheet_column(name, table, known, terms) for name in names]


def _sheet_column(name: str, table: str, known: Mapping[str, Column], terms: Ontology) -> SheetColumn:
    column = known.get(name.partition("@")[0])
    if name in ("id", "type", QUOTE):
        needed = name == QUOTE and "evidence" in known and known["evidence"].needed
        choices = f"classes {table}" if name == "type" and len(classes_of(table, terms)) > 1 else ""
        return SheetColumn(name, "\n".join(both(name)), needed, choices)
    if column is None:
        return SheetColumn(name)
    needed, differs = column.needed and name != "evidence", bool(column.refers) or column.many
    return SheetColumn(name, _note(name, column, terms), needed, _list_of(column), differs, column)


def _note(name: str, column: Column, terms: Ontology) -> str:
    """Return the note of a column: its words, else the label and the definition of its property in both languages."""
    plain, _, language = name.partition("@")
    lines = both(plain)
    for tongue in () if lines else ("en", "es"):
        said = [_in(tongue, terms.graph.objects(URIRef(column.iri), of)) for of in (RDFS.label, SKOS.definition)]
        lines.append(": ".join(filter(None, said)))
    several = "Several with | between them. Varios, con | entre ellos." if column.many else ""
    example = next((found for key in (plain, column.datatype) if (found := words().get(key, {}).get("example"))), "")
    tail = [f"@{language}" * bool(language), several, f"Example, ejemplo: {example}" * bool(example)]
    return "\n".join(filter(None, [*lines, *tail]))


def _in(language: str, said: Iterable[Node]) -> str:
    return next((str(text) for text in said if getattr(text, "language", "") == language), "")


def _list_of(column: Column) -> str:
    """Return the name of the list that a column offers, an empty one without a list."""
    refers = column.refers if column.refers != "Evidence" else ""
    return column.scheme or refers or (column.name if column.among else "boolean" * (column.datatype == _BOOLEAN))


def lists(columns: Mapping[str, Iterable[SheetColumn]], names: RowNames, terms: Ontology) -> dict[str, list[str]]:
    """Return the entries of each list that the columns of the sheets, by table, offer; none is empty."""
    found: dict[str, list[str]] = {}
    for table, offered in columns.items():
        for choices, column in ((one.choices, one.column) for one in offered if one.choices):
            if column is None:
                found[choices] = classes_of(table, terms)
            elif column.scheme:
                found[choices] = sorted(terms.codes[column.scheme])
            elif column.refers and choices not in found:
                found[choices] = names.choices(column.refers)
            elif not column.refers:
                found[choices] = sorted(column.among) or ["true", "false"]
    return {name: entries for name, entries in found.items() if entries}


def write_sheet(
    name: str, path: Path, texts: Texts, data: Path | None = None, kept: tuple[Path, bytes] | None = None
) -> bool:
    """Write the workbook of a source; return whether it holds the text of the source.

    The bytes of `kept` are those of the workbook that it replaces, and go to the file of `kept`. Raises UnknownName for
    a source that is not there, and InputError if its tables cannot be read, or the workbook was saved meanwhile.
    """
    source = source_at(name, data)
    if source.faults:
        raise InputError(source.faults)
    copies = (kept[0],) if kept else ()
    like = path if kept else SourceText(source, texts).path
    with atomic_file(*copies, path, like=like) as (*copy, beside):
        has_text = _Writer(source, reference_of(data), texts, beside).write()
        if kept:
            copy[0].write_bytes(kept[1])
            if read_bytes(path) != kept[1]:
                raise InputError([Fault("was saved again meanwhile; take it again", shown(path))])
    return has_text


def quotes_of(source: Source, text: SourceText) -> dict[str, str]:
    """Return the words of each evidence that is in a plain text, by its id."""
    table, found = source.tables.get("evidence"), {}
    for row in table.rows if table and source.about.get("textFormat", "plain") == "plain" else ():
        place = locator_of(row.cells)
        if place and digest(text.words[place.start : place.end]) == place.digest:
            found[row.cells["id"]] = " ".join(quotes.kept(text.words, place, text.rule).split())
    return found


def quote_of(row: Row, known: Mapping[str, str]) -> str:
    """Return the words of the evidence of a row as its sheet shows them; none if one is not known."""
    names = [name.strip() for name in row.cells.get("evidence", "").split("|")]
    return row.cells.get(QUOTE, "") or (
        " || ".join(known[name] for name in names) if set(names) <= known.keys() else ""
    )


class _Writer:
    """Writes the workbook of a source."""

    def __init__(self, source: Source, reference: Source, texts: Texts, path: Path) -> None:
        import xlsxwriter

        self._source, self._terms = source, (terms := ontology())
        self._text = SourceText(source, texts)
        self._columns = {
            name: sheet_columns(name, source.tables.get(name), terms) for name in sheet_names(source, terms)
        }
        self._lists = lists(self._columns, RowNames(source, [reference], terms), terms)
        self._lists[_SCOPES] = sorted(terms.codes[_SCOPES])
        self._long: list[Fault] = []
        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        self._plain = self._book.add_format({"num_format": "@", "valign": "top"})
        self._wrapped = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        head = {"bold": True, "num_format": "@", "bottom": 1}
        self._head = self._book.add_format({**head, "bg_color": "#DDE6EE"})
        self._needed = self._book.add_format({**head, "bg_color": "#FFE699"})

    def write(self) -> bool:
        """Write all sheets; return whether one has the text. Raises InputError for a cell that is too long."""
        title = f"{self._source.name}: {self._source.about.get('title', '')}"
        help_ = [both(name) for name in sorted(words()) if name.startswith("help-")]
        sheet = self._sheet(READ_ME, [[title], *help_], self._wrapped, heads=2)
        sheet.set_column(0, 1, 90, self._wrapped)
        known = quotes_of(self._source, self._text)
        for name, columns in self._columns.items():
            self._write_table(name, columns, known)
        if self._text.path:
            self._write_text()
        longest = zip_longest(*([name, *listed] for name, listed in self._lists.items()), fillvalue="")
        self._sheet(LISTS, list(longest)).hide()
        for number, (name, listed) in enumerate(self._lists.items()):
            letter = _letters(number)
            self._book.define_name(_list_name(name), f"={LISTS}!${letter}$2:${letter}${len(listed) + 1}")
        rows = [(name, row.cells.get("id", "")) for name in self._columns for row in self._rows(name)]
        self._sheet(MARK, [("source", self._source.name), *rows]).very_hidden()
        if self._long:
            raise InputError(self._long)
        self._book.close()
        return self._text.path is not None

    def _sheet(self, name: str, rows: Sequence[Sequence[str]], form: Any = None, heads: int = 1) -> Any:
        """Add a sheet with rows of text, the first of them headings."""
        sheet = self._book.add_worksheet(name[:LONGEST_NAME])
        for line, cells in enumerate(rows):
            own = self._head if line < heads else form or self._plain
            for number, cell in enumerate(cells):
                if cell and sheet.write_string(line, number, xml(cell), own) == _TOO_LONG:
                    message = f"is longer than a cell of a workbook ({_LONGEST_CELL:,} characters); shorten it"
                    file = shown(self._source.path / f"{name}.csv")
                    self._long.append(Fault(message, file, line + 1, rows[0][number]))
        return sheet

    def _rows(self, table: str) -> Sequence[Row]:
        return self._source.tables[table].rows if table in self._source.tables else ()

    def _write_table(self, name: str, columns: Sequence[SheetColumn], known: Mapping[str, str]) -> None:
        rows = [
            [quote_of(row, known) if column.name == QUOTE else row.cells.get(column.name, "") for column in columns]
            for row in self._rows(name)
        ]
        sheet = self._sheet(name, [[column.name for column in columns], *rows])
        sheet.set_tab_color("#70AD47" if is_entry(name, self._terms) else "#4472C4")
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            widest = max(len(row[number]) for row in ([column.name for column in columns], *rows))
            sheet.set_column(number, number, max(_NARROWEST, min(_WIDEST, widest + 2)), self._plain)
            self._write_head(sheet, number, column)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def _write_head(self, sheet: Any, number: int, column: SheetColumn) -> None:
        """Write the name of a column, its note, and its dropdown.

        Other words are refused or, where they may be right, only asked about.
        """
        sheet.write_string(0, number, column.name, self._needed if column.needed else self._head)
        if column.note:
            sheet.write_comment(0, number, column.note, {"author": MARK, "x_scale": 2.5, "y_scale": 1.6})
        message = "Not in the list. Keep it if it is the name of a new row, or several with | between them."
        if column.choices in self._lists:
            sheet.data_validation(1, number, _LAST_ROW, number, {
                "validate": "list",
                "source": f"={_list_name(column.choices)}",
                "error_type": "warning" if column.may_differ else "stop",
                "error_title": column.name[:32],
                "error_message": message if column.may_differ else "Choose one of the list.",
            })  # fmt: skip

    def _write_text(self) -> None:
        """Write the paragraphs of the text, with their numbers, pages and scopes."""
        text, form = self._text, self._source.about.get("textFormat", "plain")
        scopes = {row.cells.get("number", ""): row.cells.get("scope", "") for row in self._rows("paragraphs")}
        rows = []
        for part in segment.paragraphs(text.words, text.rule):
            said = " ".join(segment.words(text.words[part.start : part.end], form).split())
            page = text.layout.page_of(part.start, part.end) if text.layout else 0
            scope = scopes.get(str(part.number), "")
            rows.append((str(part.number), str(page or ""), said[: _LONGEST_CELL // 2], scope))
        sheet = self._sheet(TEXT, [("¶", "p.", "text"), *rows], self._wrapped)
        sheet.freeze_panes(1, 0)
        for number, width in enumerate((6, 6, 120, 20)):
            sheet.set_column(number, number, width, self._wrapped if number == 2 else self._plain)
        self._write_head(sheet, 3, SheetColumn(SCOPE, "\n".join(both(SCOPE)), choices=_SCOPES))
        sheet.autofilter(0, 0, max(len(rows), 1), 3)


def _list_name(choices: str) -> str:
    """Return the name of a list as a name of a spreadsheet.

    >>> _list_name("money-kind"), _list_name("classes actors")
    ('list_money_kind', 'list_classes_actors')
    """
    return "list_" + re.sub(r"\W", "_", choices)


def _letters(number: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(number))
