"""A workbook to fill in a spreadsheet: a sheet for each table of a source, with notes, dropdowns and the present rows.

Every cell is text, so that no spreadsheet runs it or turns it into a date.

Decision: docs/decisions/0122-a-workbook-is-written-and-read-by-two-libraries.md.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import ontology
from tipgraph.runtime import atomic_file, read_bytes, xml
from tipgraph.sources.evidence import quotes, segment
from tipgraph.sources.evidence.spans import digest
from tipgraph.sources.folder import Row, Source, Table, Texts, source_at
from tipgraph.sources.intake.source_text import SourceText, locator_of
from tipgraph.sources.reference import reference_of
from tipgraph.sources.source_tables import QUOTE
from tipgraph.sources.workbooks.workbook_columns import (
    SCOPE,
    SCOPE_NOTE,
    SheetColumn,
    is_entry,
    list_name,
    lists,
    sheet_columns,
    sheet_names,
)

READ_ME, TEXT, LISTS, MARK = "Read me", "Text", "Lists", "tipgraph"
OWN_SHEETS: Final = frozenset({READ_ME, TEXT, LISTS, MARK})
LONGEST_NAME = 31  # characters of a sheet's name
_SCOPES = "scope"  # the code list
_LONGEST_CELL = 32_767  # UTF-16 units that a cell of Excel holds
_LAST_ROW = 9_999  # of the dropdowns
_WIDEST, _NARROWEST = 48, 12
_HELP = (
    ("1. Each sheet is a table. Fill a row for each entry or claim; the rows of the source are there.",
     "1. Cada hoja es una tabla. Llene una fila por entrada o afirmación; las filas de la fuente ya están."),
    ("2. Begin with entries (green): actors, places, documents, undertakings. Then fill claims (blue).",
     "2. Empiece con las entradas (verde): actores, lugares, documentos, iniciativas. Siga con afirmaciones (azul)."),
    ("3. A yellow heading marks a cell that every row needs. Its note says what to write.",
     "3. Un encabezado amarillo marca una celda que toda fila necesita. Su nota dice qué escribir."),
    ("4. Leave `id` empty in a new row, also in a row that you copied.",
     "4. Deje `id` vacío en una fila nueva, también en una fila copiada."),
    ("5. Copy the words that show a claim into `quote`. The sheet Text has them, if there is a text.",
     "5. Copie en `quote` las palabras que muestran la afirmación. La hoja Text las tiene, si hay un texto."),
    ("6. Choose an actor or place from the list, or type the name of a row that you have added.",
     "6. Elija un actor o lugar de la lista, o escriba el nombre de una fila que usted añadió."),
    ("7. Several values: write | between them. Several quotes: write || between them, no line break.",
     "7. Varios valores: escriba | entre ellos. Varias citas: escriba || entre ellas, no un salto de línea."),
    ("8. Choose in the sheet Text why a paragraph has no claims, such as `heading` or `nothing-to-record`.",
     "8. Elija en la hoja Text por qué un párrafo no tiene afirmaciones, como `heading` o `nothing-to-record`."),
    ("9. Dates: 2004, 2004-11 or 2004-11-11; 2023-07/.. means since July 2023. Numbers: 12500.5.",
     "9. Fechas: 2004, 2004-11 o 2004-11-11; 2023-07/.. significa desde julio de 2023. Números: 12500.5."),
    ("10. To remove a row, delete it. Do not rename sheets or columns.",
     "10. Para quitar una fila, elimínela. No cambie los nombres de hojas ni de columnas."),
    ("11. Save as .xlsx, then run: tipgraph source take FILE.xlsx",
     "11. Guarde como .xlsx y ejecute: tipgraph source take ARCHIVO.xlsx"),
)  # fmt: skip


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


def row_digest(row: Row) -> str:
    """Return a digest of the cells of a row; white space does not count."""
    cells = {name: " ".join(xml(cell).split()) for name, cell in row.cells.items()}
    filled = sorted((name, cell) for name, cell in cells.items() if cell)
    return digest(json.dumps(filled))[:24]


def quote_digest(quote: str) -> str:
    """Return a digest of the quotes of a row, to see whether a person changed them; white space does not count."""
    return digest(" ".join(xml(quote).split()))[:24]


class _Writer:
    """Writes the workbook of a source."""

    def __init__(self, source: Source, reference: Source, texts: Texts, path: Path) -> None:
        import xlsxwriter

        self._source, self._terms = source, (terms := ontology())
        self._original = SourceText(source, texts)
        self._quotes = dict(self._known_quotes())
        self._labels = {row.cells.get("label") for table in source.tables.values() for row in table.rows}
        self._columns = {
            name: sheet_columns(name, source.tables.get(name), terms) for name in sheet_names(source, terms)
        }
        self._lists = lists(self._columns, source, reference, terms) | {_SCOPES: sorted(terms.codes[_SCOPES])}
        self._scopes = {row.cells.get("number", ""): row.cells.get("scope", "") for row in self._rows("paragraphs")}
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})
        self._wrapped = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        head = {"bold": True, "num_format": "@", "bottom": 1}
        self._head = self._book.add_format({**head, "bg_color": "#DDE6EE"})
        self._needed = self._book.add_format({**head, "bg_color": "#FFE699"})

    def write(self) -> bool:
        """Write all sheets; return whether one has the text. Raises InputError for a cell that is too long."""
        self._write_read_me()
        if long := list(self._too_long()):
            raise InputError(long)
        for name, columns in self._columns.items():
            self._write_table(name, columns, self._source.tables.get(name))
        if self._original.path:
            self._write_text(self._original)
        self._write_lists()
        self._write_mark()
        self._book.close()
        return self._original.path is not None

    def _too_long(self) -> Iterator[Fault]:
        for name in self._columns.keys() & self._source.tables.keys():
            table = self._source.tables[name]
            for row in table.rows:
                for column, cell in row.cells.items():
                    if len(cell.encode("utf-16-le")) // 2 > _LONGEST_CELL:
                        message = f"is longer than a cell of a workbook ({_LONGEST_CELL:,} characters); shorten it"
                        yield Fault(message, table.at(row), row.line, column)

    def _rows(self, table: str) -> Sequence[Row]:
        return self._source.tables[table].rows if table in self._source.tables else ()

    def _known_quotes(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the words of each evidence that is in the text."""
        if self._source.about.get("textFormat", "plain") == "plain":
            for row in self._rows("evidence"):
                place, words = locator_of(row.cells), self._original.words
                if place and digest(words[place.start : place.end]) == place.digest:
                    yield row.cells["id"], " ".join(quotes.kept(words, place, self._original.rule).split())

    def _shown(self, row: Row, column: str) -> str:
        """Return the words of the evidence of a row in the column of quotes; none if one is not known."""
        names = [name.strip() for name in row.cells.get("evidence", "").split("|")] if column == QUOTE else []
        return " || ".join(self._quotes[name] for name in names) if set(names) <= self._quotes.keys() else ""

    def _write_read_me(self) -> None:
        sheet = self._book.add_worksheet(READ_ME)
        sheet.set_column(0, 1, 90, self._wrapped)
        title = self._source.about.get("title", "")
        lines = ((f"{self._source.name}: {title}", ""), ("How to fill it", "Cómo llenarlo"), *_HELP)
        for number, pair in enumerate(lines):
            for column, words in enumerate(pair):
                sheet.write_string(number, column, xml(words), self._head if number < 2 else self._wrapped)

    def _write_table(self, name: str, columns: Sequence[SheetColumn], table: Table | None) -> None:
        rows = table.rows if table else ()
        sheet = self._book.add_worksheet(name[:LONGEST_NAME])
        sheet.set_tab_color("#70AD47" if is_entry(name, self._terms) else "#4472C4")
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(columns):
            cells = [xml(row.cells.get(column.name, "") or self._shown(row, column.name)) for row in rows]
            widest = max(map(len, (column.name, *cells)))
            sheet.set_column(number, number, max(_NARROWEST, min(_WIDEST, widest + 2)), self._text)
            sheet.write_string(0, number, column.name, self._needed if column.needed else self._head)
            if note := self._note(column):
                sheet.write_comment(0, number, note, {"author": MARK, "x_scale": 2.5, "y_scale": 1.6})
            for line, cell in enumerate(cells, 1):
                if cell:
                    sheet.write_string(line, number, cell, self._text)
            self._offer(sheet, number, column, name)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def _note(self, column: SheetColumn) -> str:
        """Return the note of a column, with a choice of its list as an example: of names, one of the source."""
        choices = self._lists.get(column.choices, [])
        if column.may_differ:
            choices = [name for name in choices if name in self._labels]
        return "\n".join(filter(None, [column.note, f"Example, ejemplo: {choices[0]}" if choices else ""]))

    def _offer(self, sheet: Any, number: int, column: SheetColumn, table: str) -> None:
        """Give a column its dropdown; other words are refused or, where they may be right, only asked about."""
        choices = f"classes {table}" if column.choices == "classes" else column.choices
        source = f"={list_name(column.choices, table)}" if choices in self._lists else self._typed(column)
        if not source:
            return
        message = "Not in the list. Keep it if it is the name of a new row, or several with | between them."
        sheet.data_validation(1, number, _LAST_ROW, number, {
            "validate": "list",
            "source": source,
            "error_type": "warning" if column.may_differ else "stop",
            "error_title": column.name[:32],
            "error_message": message if column.may_differ else "Choose one of the list.",
        })  # fmt: skip

    def _typed(self, column: SheetColumn) -> str:
        """Return the cells where a person will type the labels of the entries of a column; nothing without a sheet."""
        for name, columns in self._columns.items():
            if is_entry(name, self._terms) and self._terms.tables[name] == column.choices:
                letter = _letters([other.name for other in columns].index("label"))
                return f"='{name[:LONGEST_NAME]}'!${letter}$2:${letter}${_LAST_ROW + 1}"
        return ""

    def _write_text(self, text: SourceText) -> None:
        """Write the paragraphs of the text, with their numbers, pages and scopes."""
        sheet = self._book.add_worksheet(TEXT)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, 6, self._text)
        sheet.set_column(2, 2, 120, self._wrapped)
        sheet.set_column(3, 3, 20, self._text)
        for number, title in enumerate(("¶", "p.", "text", SCOPE)):
            sheet.write_string(0, number, title, self._head)
        sheet.write_comment(0, 3, SCOPE_NOTE, {"author": MARK, "x_scale": 2.5, "y_scale": 1.6})
        self._offer(sheet, 3, SheetColumn(SCOPE, choices=_SCOPES), TEXT)
        form = self._source.about.get("textFormat", "plain")
        line = 0
        for line, part in enumerate(segment.paragraphs(text.words, text.rule), 1):
            words = " ".join(segment.words(text.words[part.start : part.end], form).split())
            sheet.write_string(line, 0, str(part.number), self._text)
            page = text.layout.page_of(part.start, part.end) if text.layout else 0
            sheet.write_string(line, 1, str(page or ""), self._text)
            sheet.write_string(line, 2, xml(words)[: _LONGEST_CELL // 2], self._wrapped)
            if scope := self._scopes.get(str(part.number)):
                sheet.write_string(line, 3, xml(scope), self._text)
        sheet.autofilter(0, 0, max(line, 1), 3)

    def _write_lists(self) -> None:
        """Write the lists of the dropdowns, each with a name."""
        sheet = self._book.add_worksheet(LISTS)
        sheet.hide()
        for number, (name, entries) in enumerate(self._lists.items()):
            sheet.set_column(number, number, _NARROWEST, self._text)
            sheet.write_string(0, number, name, self._head)
            for line, entry in enumerate(entries, 1):
                sheet.write_string(line, number, xml(entry), self._text)
            column = _letters(number)
            self._book.define_name(list_name(name, ""), f"={LISTS}!${column}$2:${column}${len(entries) + 1}")

    def _write_mark(self) -> None:
        """Write the name of the source, and a digest of each present row, so that later changes are seen."""
        sheet = self._book.add_worksheet(MARK)
        sheet.very_hidden()
        rows = [("source", self._source.name), *self._digests()]
        for line, cells in enumerate(rows):
            for number, cell in enumerate(cells):
                sheet.write_string(line, number, cell, self._text)

    def _digests(self) -> Iterator[tuple[str, ...]]:
        """Yield the table and id of each row, and digests of its cells and of the quotes that are shown.

        Of a paragraph, yield the number and the scope.
        """
        yield from (("paragraphs", number, scope) for number, scope in self._scopes.items())
        for name in self._columns:
            for row in self._rows(name):
                quote = "" if row.cells.get(QUOTE) else self._shown(row, QUOTE)
                yield name, row.cells.get("id", ""), row_digest(row), quote_digest(quote) if quote else ""


def _letters(number: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(number))
