"""Tables for spreadsheets: CSV in a zip, and Excel workbooks.

No cell runs as a formula. Dates stay text (EDTF), so that no spreadsheet converts them.

Decision: docs/decisions/0054-libraries-of-the-exports.md.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tipgraph.display import ClaimView, claim_views
from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.extract import Extract
from tipgraph.outputs.files.table_rows import identifiers
from tipgraph.runtime import neutral, xml

MAX_CELL = 32_767  # characters that a cell of Excel holds
MAX_SHEET = 31  # characters of a sheet's name
MAX_ROWS = 1_048_575  # below the heading
_TOO_MANY = "rows", "a sheet of Excel holds 1,048,576; .parquet and .csv.zip hold all"
_UNWRITABLE = "characters that a workbook cannot hold", "replaced by U+FFFD"
_CUT = "long text", f"a cell of Excel holds {MAX_CELL:,} characters; the rest is cut off, marked by …"
_FIXED = ("sentence", "said_at", "source", "licence", "claim")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same graph gives the same bytes
_SOURCE_COLUMNS = ("source", "title", "issuedBy", "documentNumber", "issued", "licence", "url", "sha256")
_READ_ME = """{what}

Made by {made_by} from graph {digest}.
Open nodes.csv and edges.csv in a spreadsheet: UTF-8, comma between the columns, all cells in quotation marks. Where
your spreadsheet expects semicolons, open it by Data > From text, or export to .xlsx instead.
A cell that begins like a formula has an apostrophe before it.

{read}

The columns of edges.csv:
{edge_columns}

The columns of nodes.csv:
{node_columns}
"""


def write_csv_zip(extract: Extract, path: Path) -> None:
    """Write nodes, edges, claims and sources as CSV with a byte order mark, the manifest, and a README."""
    nodes, edges = list(table_rows.nodes(extract)), list(table_rows.edges(extract))
    sources = [{"source": name, **about} for name, about in extract.sources.items()]
    manifest = extract.manifest(".csv.zip")
    read_me = _READ_ME.format(
        what=", ".join(f"{name}: {value}" for name, value in extract.asked.items()),
        made_by=manifest["made by"],
        digest=manifest["graph"]["digest"],
        read=manifest["read"],
        edge_columns="\n".join(f"  {name}: {meaning}" for name, meaning in table_rows.EDGE_COLUMNS.items()),
        node_columns="\n".join(f"  {name}: {meaning}" for name, meaning in table_rows.NODE_COLUMNS.items()),
    )
    views = claim_views(extract.graph, extract.claims)
    claims = [_claim_row(extract, views[claim]) | {"class": extract.classes[claim]} for claim in extract.claims]
    parts = {
        "README.txt": read_me,
        "claims.csv": csv_text(claims, ("class", *_FIXED)),
        "edges.csv": csv_text(
            edges, table_rows.columns_of(edges, table_rows.EDGE_COLUMNS) or list(table_rows.EDGE_COLUMNS)
        ),
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2) + "\n",
        "nodes.csv": csv_text(
            nodes, table_rows.columns_of(nodes, table_rows.NODE_COLUMNS) or list(table_rows.NODE_COLUMNS)
        ),
        "sources.csv": csv_text(sources, _SOURCE_COLUMNS),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode("utf-8"), zipfile.ZIP_DEFLATED)


def write_xlsx(extract: Extract, path: Path) -> None:
    """Write a workbook: *Read me*, a sheet for each class of claims and each type of things, *Edges* and *Sources*."""
    book, bold = _book(path, extract.network.name)
    read_me = book.add_worksheet("Read me")
    sheets = {**_claim_sheets(extract), **_thing_sheets(extract)}
    edges = list(table_rows.edges(extract))
    sheets["Edges"] = table_rows.columns_of(edges, table_rows.EDGE_COLUMNS), edges
    sheets["Sources"] = list(_SOURCE_COLUMNS), [{"source": name, **about} for name, about in extract.sources.items()]
    for name, (columns, rows) in sheets.items():
        extract.withhold(*_TOO_MANY, max(0, len(rows) - MAX_ROWS))
        cells = {title: [row.get(title, "") for row in rows[:MAX_ROWS]] for title in columns}
        for reason, count in _write_sheet(book, bold, name, cells).items():
            extract.withhold(*reason, count)
    _write_read_me(extract, read_me, bold)
    book.close()


def write_workbook(path: Path, title: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write the columns of one table as a workbook; numbers stay numbers, and a text that is too long ends in …."""
    book, bold = _book(path, title)
    _write_sheet(book, bold, "Rows", {name: cells[:MAX_ROWS] for name, cells in columns.items()})
    book.close()


def csv_text(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> str:
    """Return rows as CSV for a spreadsheet: byte order mark, all cells quoted, no formula, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(_cell(row.get(name, ""))) for name in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _claim_sheets(extract: Extract) -> dict[str, tuple[list[str], list[dict[str, Any]]]]:
    """Return a sheet for each class of claims: the sentence, the properties in words, and the place in the source."""
    sheets: dict[str, tuple[list[str], list[dict[str, Any]]]] = {}
    by_class: dict[str, list[ClaimView]] = {}
    for claim, view in claim_views(extract.graph, extract.claims).items():
        by_class.setdefault(extract.classes[claim], []).append(view)
    for name, claims in sorted(by_class.items()):
        columns = list(dict.fromkeys(column for view in claims for column in view.values))
        rows = []
        for view in claims:
            own = {_free(column): "; ".join(values) for column, values in view.values.items()}
            rows.append({**own, **_claim_row(extract, view)})
        sheets[name] = ["sentence", *map(_free, columns), *_FIXED[1:]], rows
    return sheets


def _claim_row(extract: Extract, view: ClaimView) -> dict[str, Any]:
    sources = list(dict.fromkeys(citation.source for citation in view.citations))
    return {
        "sentence": view.sentence,
        "said_at": "; ".join(view.places),
        "source": " ".join(sources),
        "licence": extract.licence(" ".join(sources)),
        "claim": view.claim.value,
    }


def _free(column: str) -> str:
    """Return a column name that differs from the fixed ones."""
    return f"its {column}" if column in _FIXED else column


def _thing_sheets(extract: Extract) -> dict[str, tuple[list[str], list[dict[str, Any]]]]:
    sheets: dict[str, tuple[list[str], list[dict[str, Any]]]] = {}
    known = identifiers(extract.graph, extract.network)
    for row in table_rows.nodes(extract):
        _, rows = sheets.setdefault(f"{row['type']}s", ([], []))
        rows.append({**known.get(row["iri"], {}), **row})
    extra = ("iatiIdentifier", "m49", "exactMatch")
    for name, (_, rows) in list(sheets.items()):
        columns = [c for c in (*table_rows.NODE_COLUMNS, *extra) if any(c in row for row in rows)]
        sheets[name] = columns, rows
    return dict(sorted(sheets.items()))


def _book(path: Path, title: str) -> tuple[Any, Any]:
    """Return a new workbook, and its format for headings."""
    from datetime import UTC, datetime

    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    return book, book.add_format({"bold": True, "text_wrap": True, "valign": "top"})


def _write_sheet(book: Any, bold: Any, name: str, columns: Mapping[str, Sequence[Any]]) -> Counter[tuple[str, str]]:
    """Write a sheet; return how many texts it does not hold as they are, by what they are and the reason."""
    sheet, withheld = book.add_worksheet(name[:MAX_SHEET]), Counter[tuple[str, str]]()
    sheet.freeze_panes(1, 0)
    for column, (title, cells) in enumerate(columns.items()):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, _width([title, *map(str, cells)]))
        for line, value in enumerate(cells, 1):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, _fitting(_cell(value), withheld))
    rows = max(map(len, columns.values()), default=0)
    if rows:
        sheet.autofilter(0, 0, rows, len(columns) - 1)
    return withheld


def _fitting(raw: str, withheld: Counter[tuple[str, str]]) -> str:
    """Return a text as a cell can hold it, and count it if that differs."""
    text = xml(raw)
    withheld[_UNWRITABLE] += text != raw
    if len(text.encode("utf-16-le")) // 2 > MAX_CELL:
        withheld[_CUT] += 1
        text = text.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def _write_read_me(extract: Extract, sheet: Any, bold: Any) -> None:
    manifest = extract.manifest(".xlsx")
    rows = [
        ("made by", manifest["made by"]),
        *(("asked: " + name, value) for name, value in manifest["asked"].items()),
        *(("graph " + name, str(value)) for name, value in manifest["graph"].items()),
        *((name, str(value)) for name, value in manifest["counts"].items() if isinstance(value, int)),
        *((name, str(value)) for name, value in manifest["counts"]["claims by class"].items()),
        *((f"withheld: {item['what']} ({item['count']})", item["why"]) for item in manifest["withheld"]),
        ("how to read it", manifest["read"]),
        *(
            (f"column {name}", meaning)
            for name, meaning in {**table_rows.EDGE_COLUMNS, **table_rows.NODE_COLUMNS}.items()
        ),
    ]
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(rows):
        sheet.write_string(line, 0, xml(name), bold)
        sheet.write_string(line, 1, xml(value))


def _width(cells: Iterable[str]) -> int:
    return min(60, max(map(len, cells)) + 2)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
