"""Tables for spreadsheets: CSV in a zip, and Excel workbooks.

No cell runs as a formula. Dates stay text (EDTF), so that no spreadsheet converts them.

Decision: docs/decisions/0054-libraries-of-the-exports.md.
"""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis import claims_of
from tipgraph.model import SKOS
from tipgraph.outputs.files.extract import Extract
from tipgraph.outputs.files.table_rows import EDGE_COLUMNS, NODE_COLUMNS, edges, nodes
from tipgraph.runtime import neutral, xml

MAX_CELL = 32_767  # characters that a cell of Excel holds
MAX_SHEET = 31  # characters of a sheet's name
MAX_ROWS = 1_048_575  # below the heading
_TOO_MANY = "rows", "a sheet of Excel holds 1,048,576; .parquet and .csv.zip hold all"
_UNWRITABLE = "characters that a workbook cannot hold", "replaced by U+FFFD"
_CUT = "long text", f"a cell of Excel holds {MAX_CELL:,} characters; the rest is cut off, marked by …"
_LONG = ("sentence", "words", "quote")  # columns whose texts go on in the next line
_WIDEST, _LINE = 60, 15  # characters of a column, points of a line
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same graph gives the same bytes
_SAID = {
    "sentence": "the claims in words, with their caveats",
    "words": "what the document says there, if we have its text and its licence lets others read it",
    "said_at": EDGE_COLUMNS["said_at"],
}
_LINKS = dict(list(EDGE_COLUMNS.items())[:4]) | _SAID | EDGE_COLUMNS
_CITED = {name: EDGE_COLUMNS[name] for name in ("review", "said_at", "document", "licence")} | {
    "claim": "the claim itself; its address in every export"
}
_SOURCES = {
    "document": "the short name of the source",
    "claims": "how many claims of this file it carries; none where it only holds names, codes or places",
    "title": "its title",
    "issued_by": "who issued it",
    "document_number": "its number",
    "issued": "when it was issued",
    "licence": "what it may be used for",
    "url": "where it is",
    "sha256": "the digest of its text",
}
_LOCAL, _CAPITAL = re.compile(r"[^#/]*$"), re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OPEN = """Made by {made_by} from graph {digest}.
Open edges.csv in a spreadsheet: UTF-8, comma between the columns, all cells in quotation marks. Where your spreadsheet
expects semicolons, open it by Data > From text, or export to .xlsx instead.
A cell that begins like a formula has an apostrophe before it.
"""
_IN_HOUSE = "It has words of sources that no licence lets others read: do not pass it on."


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
        Sheet("claims.csv", {"class": EDGE_COLUMNS["class"], **_SAID, **_CITED}, claims).filled(),
        Sheet("nodes.csv", NODE_COLUMNS, list(nodes(extract))).filled(),
        _sources(extract)._replace(name="sources.csv"),
    ]
    texts = {sheet.name: csv_text(sheet.rows, list(sheet.columns)) for sheet in sheets}
    manifest = extract.manifest(".csv.zip")
    texts["README.txt"] = _read_me_text(extract, manifest, sheets)
    texts["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in sorted(texts.items()):
            out.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode("utf-8"), zipfile.ZIP_DEFLATED)


def _read_me_text(extract: Extract, manifest: Mapping[str, Any], sheets: Iterable[Sheet]) -> str:
    """Return what is in a zip of CSV files, and what each column means."""
    lines = [", ".join(f"{name}: {value}" for name, value in extract.asked.items()), ""]
    lines += [_OPEN.format(made_by=manifest["made by"], digest=manifest["graph"]["digest"]), manifest["read"]]
    lines += [_IN_HOUSE] * extract.in_house
    for sheet in sheets:
        lines += ["", f"The columns of {sheet.name}:"]
        lines += [f"  {name}: {meaning}" for name, meaning in sheet.columns.items()]
    return "\n".join(lines) + "\n"


def write_xlsx(extract: Extract, path: Path) -> None:
    """Write a workbook: *Links* with their sentences, *Read me*, a sheet for each class and type, and *Sources*."""
    book, formats = _book(path, extract.network.name)
    made = [_links(extract), *_claims(extract), *_things(extract), _sources(extract)]
    sheets = [sheet for sheet in made if sheet.rows]
    names = [sheet.name[:MAX_SHEET] for sheet in sheets]
    pages = [book.add_worksheet(name) for name in (*names[:1], "Read me", *names[1:])]
    read_me = pages.pop(len(names[:1]))
    for page, (_, columns, rows) in zip(pages, sheets, strict=True):
        extract.withhold(*_TOO_MANY, max(0, len(rows) - MAX_ROWS))
        cells = {title: [row.get(title, "") for row in rows[:MAX_ROWS]] for title in columns}
        for reason, count in _fill(page, formats, cells).items():
            extract.withhold(*reason, count)
    _write_read_me(extract, read_me, formats, sheets)
    book.close()


def write_workbook(path: Path, title: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write the columns of one table as a workbook; numbers stay numbers, and a text that is too long ends in …."""
    book, formats = _book(path, title)
    _fill(book.add_worksheet("Rows"), formats, {name: cells[:MAX_ROWS] for name, cells in columns.items()})
    book.close()


def csv_text(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> str:
    """Return rows as CSV for a spreadsheet: byte order mark, all cells quoted, no formula, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(_cell(row.get(name, ""))) for name in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _links(extract: Extract) -> Sheet:
    """Return the edges, each with the sentences of its claims and the words of their sources."""
    rows = []
    for row in edges(extract):
        claims = [NamedNode(claim) for claim in claims_of(row)]
        sentences = dict.fromkeys(extract.views[claim].sentence for claim in claims)
        words = dict.fromkeys(filter(None, (extract.words[claim] for claim in claims)))
        rows.append({**row, "sentence": "; ".join(sentences), "words": " … ".join(words)})
    return Sheet("Links", _LINKS, rows).filled()


def _claims(extract: Extract) -> list[Sheet]:
    """Return a sheet for each class of claims, reviewed ones first, with their sentences and properties in words."""
    meanings, fixed, sheets = _meanings(extract), {*_SAID, *_CITED}, dict[str, Sheet]()
    for claim, view in sorted(extract.views.items(), key=lambda item: item[1].remark.unreviewed):
        name = view.heading[:1].upper() + view.heading[1:]
        sheet = sheets.setdefault(name, Sheet(name, {**_SAID}, []))
        sources = " ".join(dict.fromkeys(citation.source for citation in view.citations))
        row = {"class": extract.classes[claim], "sentence": view.sentence, "words": extract.words[claim]}
        for local, values in view.values.items():
            column = _column(local, fixed)
            row[column], sheet.columns[column] = "; ".join(values), meanings.get(local, "")
        cited = {"review": view.remark.review, "said_at": "; ".join(view.places), "document": sources}
        sheet.rows.append({**row, **cited, "licence": extract.licence(sources), "claim": claim.value})
    return [sheet._replace(columns={**sheet.columns, **_CITED}).filled() for _, sheet in sorted(sheets.items())]


def _column(name: str, taken: Iterable[str]) -> str:
    """Return the column of a property, in the way of all columns; it differs from those that are taken."""
    column = _CAPITAL.sub("_", name).lower()
    return f"its {column}" if column in taken else column


def _meanings(extract: Extract) -> dict[str, str]:
    """Return the definitions of the ontology by the local names of the terms."""
    rows = extract.graph.named("terms")
    found = [row for row in rows if row["property"].value == SKOS + "definition" and row["value"].language == "en"]
    return {_LOCAL.search(row["term"].value)[0]: row["value"].value for row in found}  # type: ignore[index]  # it fits


def _things(extract: Extract) -> list[Sheet]:
    """Return a sheet for each type of things, with the names of the places that hold them."""
    labels = {iri: data["label"] for iri, data in extract.network.nodes(data=True)}
    sheets: dict[str, list[dict[str, Any]]] = {}
    for row in nodes(extract):
        within = "; ".join(labels.get(iri, iri) for iri in row.get("within", "").split())
        sheets.setdefault(f"{row['type']}s", []).append({**row, "within": within})
    return [Sheet(name, NODE_COLUMNS, rows).filled() for name, rows in sorted(sheets.items())]


def _sources(extract: Extract) -> Sheet:
    """Return the sources, those of most claims first."""
    order = sorted(extract.sources.items(), key=lambda item: -extract.cited[item[0]])
    rows = [{"document": name, "claims": extract.cited[name], **about} for name, about in order]
    return Sheet("Sources", _SOURCES, rows).filled()


def _book(path: Path, title: str) -> tuple[Any, tuple[Any, ...]]:
    """Return a new workbook, and its formats for headings and for cells."""
    from datetime import UTC, datetime

    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    wrapped = {"text_wrap": True, "valign": "top"}
    return book, tuple(map(book.add_format, ({"bold": True, **wrapped}, wrapped, {"valign": "top"})))


def _fill(sheet: Any, formats: tuple[Any, ...], columns: Mapping[str, Sequence[Any]]) -> Counter[tuple[str, str]]:
    """Fill a sheet; return how many texts it does not hold as they are, by what they are and the reason."""
    withheld, (bold, wrapped, top) = Counter[tuple[str, str]](), formats
    sheet.freeze_panes(1, 0)
    for column, (title, cells) in enumerate(columns.items()):
        sheet.write_string(0, column, title, bold)
        width = min(_WIDEST, max(map(len, [title, *map(str, cells)])) + 2)
        sheet.set_column(column, column, width, wrapped if title in _LONG else top)
        for line, value in enumerate(cells, 1):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, _fitting(_cell(value), withheld))
    for line, texts in enumerate(zip(*(columns[title] for title in _LONG if title in columns), strict=True), 1):
        lines = max(len(str(text)) for text in texts) // (_WIDEST - 6) + 1
        sheet.set_row(line, _LINE * min(lines, 20))  # not every program makes room by itself
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


def _write_read_me(extract: Extract, sheet: Any, formats: tuple[Any, ...], sheets: Iterable[Sheet]) -> None:
    """Write what the workbook is, what is left out, and what each column of each sheet means."""
    manifest = extract.manifest(".xlsx")
    rows = [
        ("made by", manifest["made by"]),
        *(("asked: " + name, value) for name, value in manifest["asked"].items()),
        *(("graph " + name, str(value)) for name, value in manifest["graph"].items()),
        *((name, str(value)) for name, value in manifest["counts"].items() if isinstance(value, int)),
        *((f"withheld: {item['what']} ({item['count']})", item["why"]) for item in manifest["withheld"]),
        ("how to read it", manifest["read"]),
        *[("in-house copy", _IN_HOUSE)] * extract.in_house,
    ]
    for name, columns, held in sheets:
        rows += [("", ""), (name, f"{len(held):,} rows"), *((f"  {title}", words) for title, words in columns.items())]
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100, formats[1])
    for line, (name, value) in enumerate(rows):
        sheet.write_string(line, 0, xml(name), formats[0])
        sheet.write_string(line, 1, xml(value))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
