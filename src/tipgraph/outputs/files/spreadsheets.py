"""Tables for spreadsheets: CSV in a zip, and Excel workbooks.

No cell runs as a formula. Dates stay text (EDTF), so that no spreadsheet converts them.

Decision: docs/decisions/0054-how-exports-are-written.md.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis import claims_of
from tipgraph.model import SKOS, short
from tipgraph.outputs.files.extract import Extract
from tipgraph.outputs.files.table_rows import columns, edges, nodes
from tipgraph.runtime import neutral, xml

MAX_CELL = 32_767  # characters that a cell of Excel holds
_MAX_SHEET = 31  # characters of a sheet's name
_LONG = ("sentence", "words", "quote")  # columns whose texts go on in the next line
_WIDEST, _LINE = 60, 15  # characters of a column, points of a line
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same graph gives the same bytes
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OPEN = (
    "open edges.csv in a spreadsheet: UTF-8, comma between the columns, all cells in quotation marks. Where your "
    "spreadsheet expects semicolons, open it by Data > From text, or export to .xlsx instead. A cell that begins like "
    "a formula has an apostrophe before it."
)
_IN_HOUSE = "It has words of sources that no licence lets others read: do not pass it on."


def _meanings(*tables: str) -> dict[str, str]:
    """Return the columns of some tables with their meanings."""
    return {name: meaning for table in tables for name, (_, meaning) in columns(table).items()}


class Sheet(NamedTuple):
    """A table: its name, its columns with their meanings, and its rows."""

    name: str
    columns: dict[str, str]
    rows: list[dict[str, Any]]

    def filled(self) -> "Sheet":
        """Return it without the columns that no row fills; a table without rows keeps all."""
        used = {name for row in self.rows for name, value in row.items() if value not in ("", None)}
        kept = {name: meaning for name, meaning in self.columns.items() if name in used or not self.rows}
        return self._replace(columns=kept)


def write_csv_zip(extract: Extract, path: Path) -> None:
    """Write nodes, edges, claims and sources as CSV with a byte order mark, the manifest, and a README."""
    claims = [row for sheet in _claims(extract) for row in sheet.rows]
    sheets = [
        _links(extract)._replace(name="edges.csv"),
        Sheet("claims.csv", {"class": columns("edges")["class"][1], **_meanings("said", "cited")}, claims).filled(),
        Sheet("nodes.csv", _meanings("nodes"), list(nodes(extract))).filled(),
        _sources(extract)._replace(name="sources.csv"),
    ]
    texts = {sheet.name: csv_text(sheet) for sheet in sheets}
    about = [("how to open it", _OPEN), *_about(extract, ".csv.zip", sheets)]
    texts["README.txt"] = "".join(f"{name}: {value}".rstrip(": ") + "\n" for name, value in about)
    texts["manifest.json"] = json.dumps(extract.manifest(".csv.zip"), ensure_ascii=False, indent=2) + "\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in sorted(texts.items()):
            out.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode("utf-8"), zipfile.ZIP_DEFLATED)


def csv_text(sheet: Sheet) -> str:
    """Return rows as CSV for a spreadsheet: byte order mark, all cells quoted, no formula, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([neutral(_cell(row.get(name, ""))) for name in sheet.columns] for row in sheet.rows)
    return "\ufeff" + out.getvalue()


def write_xlsx(extract: Extract, path: Path) -> None:
    """Write a workbook: *Links* with their sentences, *Read me*, a sheet for each class and type, and *Sources*."""
    from datetime import UTC, datetime

    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": extract.network.name, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    wrap = {"valign": "top", "text_wrap": True}
    bold, wrapped, plain = map(book.add_format, (wrap | {"bold": True}, wrap, {"valign": "top"}))
    made = [_links(extract), *_claims(extract), *_things(extract), _sources(extract)]
    sheets = [sheet for sheet in made if sheet.rows]
    names = [sheet.name[:_MAX_SHEET] for sheet in sheets]
    pages = {name: book.add_worksheet(name) for name in (*names[:1], "Read me", *names[1:])}
    for name, sheet in zip(names, sheets, strict=True):
        _fill(pages[name], sheet, bold, wrapped, plain)
    read_me = pages["Read me"]
    read_me.set_column(0, 0, 32)
    read_me.set_column(1, 1, 100, wrapped)
    for line, (name, value) in enumerate(_about(extract, ".xlsx", sheets)):
        read_me.write_string(line, 0, xml(name), bold)
        read_me.write_string(line, 1, xml(value))
    book.close()


def _fill(page: Any, sheet: Sheet, bold: Any, wrapped: Any, plain: Any) -> None:
    """Fill a page; a text that is too long for a cell is cut off, and ends in a mark."""
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for column, title in enumerate(sheet.columns):
        cells = [row.get(title, "") for row in sheet.rows]
        page.write_string(0, column, title, bold)
        width = min(_WIDEST, max(map(len, [title, *map(str, cells)])) + 2)
        page.set_column(column, column, width, wrapped if title in _LONG else plain)
        for line, value in enumerate(cells, 1):
            if isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(line, column, value)
            else:
                text = xml(_cell(value))
                page.write_string(line, column, text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…")
    for line, row in enumerate(sheet.rows, 1):
        if longest := max(len(str(row.get(title, ""))) for title in _LONG):
            page.set_row(line, _LINE * min(longest // (_WIDEST - 6) + 1, 20))  # not every program makes room by itself


def _links(extract: Extract) -> Sheet:
    """Return the edges, each with the sentences of its claims and the words of their sources."""
    ends, rows = _meanings("edges"), []
    known = {name: ends[name] for name in list(ends)[:4]} | _meanings("said") | ends
    for row in edges(extract):
        claims = [NamedNode(claim) for claim in claims_of(row)]
        sentences = dict.fromkeys(extract.views[claim].sentence for claim in claims)
        words = dict.fromkeys(filter(None, (extract.words[claim] for claim in claims)))
        rows.append({**row, "sentence": "; ".join(sentences), "words": " … ".join(words)})
    return Sheet("Links", known, rows).filled()


def _claims(extract: Extract) -> list[Sheet]:
    """Return a sheet for each class of claims, reviewed ones first, with their sentences and properties in words."""
    said, end, sheets = _meanings("said"), _meanings("cited"), dict[str, Sheet]()
    terms = (row for row in extract.graph.named("terms") if row["property"].value == SKOS + "definition")
    definitions = {short(row["term"].value): row["value"].value for row in terms if row["value"].language == "en"}
    for claim, view in sorted(extract.views.items(), key=lambda item: item[1].remark.unreviewed):
        name = view.heading[:1].upper() + view.heading[1:]
        sheet = sheets.setdefault(name, Sheet(name, {**said}, []))
        sources = " ".join(dict.fromkeys(citation.source for citation in view.citations))
        row = {"class": extract.classes[claim], "sentence": view.sentence, "words": extract.words[claim]}
        for local, values in view.values.items():
            column = _CAPITAL.sub("_", local).lower()
            column = f"its {column}" if column in said | end else column
            row[column], sheet.columns[column] = "; ".join(values), definitions.get(local, "")
        cited = {"review": view.remark.review, "said_at": "; ".join(view.places), "document": sources}
        sheet.rows.append({**row, **cited, "licence": extract.licence(sources), "claim": claim.value})
    return [sheet._replace(columns={**sheet.columns, **end}).filled() for _, sheet in sorted(sheets.items())]


def _things(extract: Extract) -> list[Sheet]:
    """Return a sheet for each type of things, with the names of the places that hold them."""
    labels = {iri: data["label"] for iri, data in extract.network.nodes(data=True)}
    sheets: dict[str, list[dict[str, Any]]] = {}
    for row in nodes(extract):
        within = "; ".join(labels.get(iri, iri) for iri in row.get("within", "").split())
        sheets.setdefault(f"{row['type']}s", []).append({**row, "within": within})
    return [Sheet(name, _meanings("nodes"), rows).filled() for name, rows in sorted(sheets.items())]


def _sources(extract: Extract) -> Sheet:
    """Return the sources, those of most claims first."""
    order = sorted(extract.sources.items(), key=lambda item: -extract.cited[item[0]])
    rows = [{"document": name, "claims": extract.cited[name], **about} for name, about in order]
    return Sheet("Sources", _meanings("sources"), rows).filled()


def _about(extract: Extract, form: str, sheets: Iterable[Sheet]) -> list[tuple[str, str]]:
    """Return what a file is, what is left out, and what each column of each table means."""
    manifest = extract.manifest(form)
    rows = [
        ("made by", manifest["made by"]),
        *(("asked: " + name, value) for name, value in manifest["asked"].items()),
        *(("graph " + name, str(value)) for name, value in manifest["graph"].items()),
        *((name, str(value)) for name, value in manifest["counts"].items() if isinstance(value, int)),
        *((f"withheld: {item['what']} ({item['count']})", item["why"]) for item in manifest["withheld"]),
        ("how to read it", manifest["read"]),
        *[("in-house copy", _IN_HOUSE)] * extract.in_house,
    ]
    for name, meanings, held in sheets:
        rows += [("", ""), (name, f"{len(held):,} rows"), *((f"  {title}", words) for title, words in meanings.items())]
    return rows


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
