"""A workbook of a source: what a person sees in it, and how its rows come back."""

import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import column_index_from_string

from tests.workbooks.conftest import Desk, cell_of
from tipgraph.cli import terminal
from tipgraph.errors import InputError
from tipgraph.model import kit
from tipgraph.pipeline.builder import build
from tipgraph.sources import take_sheet, write_sheet
from tipgraph.sources.folder import Texts, read_source
from tipgraph.sources.intake import row_intake
from tipgraph.sources.workbooks import workbook, workbook_take
from tipgraph.sources.workbooks.workbook_take import cell_text, given_rows, read_sheet


def test_sources_of_the_kit_come_back_as_they_were(tmp_path: Path, shared_texts: Path) -> None:
    texts = Texts(Path(shutil.copytree(shared_texts, tmp_path / "texts")))  # quotes are kept beside them
    for name in ("law-forum", "oas-cim-2005", "state-tip-2024"):  # all of them: test_libreoffice
        folder, path = kit.folder("data") / name, tmp_path / f"{name}.xlsx"
        write_sheet(name, path, texts, kit.folder("data"))
        source = read_source(folder)
        rows = {table.name: table.rows for table in given_rows(read_sheet(path), source, texts).tables.values()}
        assert rows == {name: table.rows for name, table in source.tables.items() if name in rows}
        assert source.tables.keys() - rows.keys() <= {"evidence", "paragraphs"}


def test_a_workbook_without_a_change_changes_no_byte(tmp_path: Path, kit_data: Path) -> None:
    data = Path(shutil.copytree(kit_data, tmp_path / "data"))
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    for name in ("oas-atip-2007", "ap-2005"):
        write_sheet(name, tmp_path / f"{name}.xlsx", Texts(), data)
        assert take_sheet(tmp_path / f"{name}.xlsx", Texts(), data).lines == []
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_a_person_sees_notes_dropdowns_and_the_text(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.workbook)
    assert book.sheetnames[:4] == ["Read me", "actors", "documents", "places"]
    assert book.sheetnames[-3:] == ["Text", "Lists", "tipgraph"]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Lists", "tipgraph"]
    assert "Cómo llenarlo" in [cell.value for cell in book["Read me"][2]]
    assert book["Text"]["C3"].value.startswith("In June 2020 the Lantern Fund paid")
    giver = cell_of(book, "funding", 1, "giver")
    assert giver.comment.text.startswith("giver: Who gives.\ndonante: Quién da.\nSeveral with | between them.")
    notes = {name: cell_of(book, "places", 1, name).comment.text for name in ("label@es", "altLabel", "latitude")}
    assert [notes["altLabel"].partition(",")[0], notes["latitude"].rpartition("\n")[2]] == [
        "Another name of the entry",
        "Example, ejemplo: -12.05",
    ]
    assert "La dirección (IRI)" in cell_of(book, "places", 1, "exactMatch").comment.text
    assert book["funding"].freeze_panes == "B2"
    header = [cell.value for cell in book["funding"][1]]
    assert header.index("quote") == header.index("evidence") + 1
    assert [cell_of(book, "funding", 1, name).fill.fgColor.rgb for name in ("quote", "evidence")] == [
        "FFFFE699",
        "FFDDE6EE",
    ]
    assert "source" not in header
    offered = {header[_at(rule)]: rule for rule in book["funding"].data_validations.dataValidation}
    assert offered["moneyKind"].formula1 == "list_money_kind"
    assert offered["moneyKind"].errorStyle in (None, "stop")
    assert offered["giver"].errorStyle == "warning"
    names = _named(book, "list_Actor")
    assert {"Lantern Fund", "Harbour Watch"} <= set(names)
    assert names == sorted(names, key=str.casefold)
    assert _named(book, "list_money_kind")[0] == "awarded"


def _at(rule: Any) -> int:
    return column_index_from_string(re.sub(r"\d.*", "", str(rule.sqref))) - 1


def _named(book: openpyxl.Workbook, name: str) -> list[str]:
    first, last = book.defined_names[name].attr_text.replace("$", "").removeprefix("Lists!").split(":")
    return [row[0].value for row in book["Lists"][first:last]]


def test_rows_with_names_and_quotes_are_taken(desk: Desk) -> None:
    desk.type("actors", type="Organization", label="Vega House", actorKind="ngo")
    desk.type(
        "funding",
        giver="Lantern Fund",
        receiver="Vega House",
        moneyKind="disbursed",
        amount="40000.00",
        currency="usd",
        date=(datetime(2020, 6, 1), "mmm-yy"),  # noqa: DTZ001 - as a spreadsheet has it
        quote="in the summer of 2020",
        note="one\nline",
    )
    result = desk.take()
    assert result.exit_code == 0, result.output
    assert re.findall(r"(\w+)\.csv: (.*)", result.stdout) == [
        ("actors", "4 rows, 1 new"),
        ("evidence", "15 rows, 1 new"),
        ("funding", "2 rows, 1 new"),
    ]
    assert "funding:3: currency: usd was read as USD" in result.stderr
    assert result.stdout.endswith("next: `tipgraph build && tipgraph show harbour-2020/actors/vega-house`\n")
    row = read_source(desk.data / "harbour-2020").tables["funding"].rows[-1].cells
    assert re.fullmatch(r"p2-\w{6}", row["id"])
    wanted = {"giver": "lantern-fund", "receiver": "vega-house", "amount": "40000.00", "date": "2020-06"}
    assert {name: row[name] for name in (*wanted, "note")} == {**wanted, "note": "one line"}
    assert build(desk.data)
    again = desk.take()  # it was written anew, with the ids
    assert again.stdout == "harbour-2020: its tables are as the workbook has them\n"
    stale = desk.run("take", desk.workbook.with_suffix(".taken.xlsx"))
    assert stale.stdout == again.stdout
    assert "2 rows are in the data already" in stale.stderr


def test_faults_name_the_sheet_the_row_and_the_column_and_nothing_is_written(desk: Desk) -> None:
    before = desk.tables()
    bad = {"giver": "Nobody of Note", "receiver": "Harbour Watch", "currency": "USD", "moneyKind": "gift"}
    desk.type("funding", **bad, amount="12.500", date=(time(12, 30), "hh:mm"), quote="words that are not there")
    desk.edit(lambda book: setattr(cell_of(book, "funding", 2, "note"), "value", "=1+1"))
    last = desk.take().stderr
    assert "harbour-2020.xlsx · funding:2: note: holds a formula; copy the cell, and paste its value only" in last
    assert "harbour-2020.xlsx · funding:3: date: is a time of day" in last
    assert last.count("funding:3: date: ") == 1
    assert "funding:3: amount: '12.500' may be 12500 or 12.5" in last
    assert "funding:3: giver: 'Nobody of Note' is the name of no row" in last
    assert "funding:3: moneyKind: 'gift' is no code of money-kind" in last
    assert "funding:3: quote: 'words that are not there' is" in last
    assert ": evidence: " not in last
    assert last.rstrip().endswith("nothing was written")
    assert desk.tables() == before


def test_without_the_text_no_quote_is_called_empty(desk: Desk) -> None:
    desk.type("namings", named="Lantern Fund", name="the fund", nameKind="name", quote="the fund")
    (desk.texts / "harbour.txt").unlink()
    told = desk.take().stderr
    assert "harbour.txt: the text is missing; name its folder with --texts" in told
    assert told.endswith("1 fault; nothing was written\n")


def test_a_row_replaces_that_of_its_id_and_what_was_added_meanwhile_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    funding, actors = (desk.data / "harbour-2020" / f"{name}.csv" for name in ("funding", "actors"))
    added = "harbour-aid,Organization,Harbour Aid,ngo\n"

    @contextmanager
    def alone(_: Path) -> Iterator[None]:
        """Wait for another process, which adds a row."""
        actors.write_text(actors.read_text("utf-8") + added, "utf-8")
        yield

    desk.edit(lambda book: setattr(cell_of(book, "actors", 2, "label"), "value", "Harbour Watch Group"))
    with monkeypatch.context() as patch:
        patch.setattr(row_intake, "Lock", alone)
        assert desk.take().exit_code == 0
    assert actors.read_text("utf-8").splitlines()[1].startswith("harbour-watch,Organization,Harbour Watch Group")
    assert actors.read_text("utf-8").endswith(added)
    funding.write_text(funding.read_text("utf-8").replace("2020-06", "2020-07"), "utf-8")
    desk.edit(lambda book: setattr(cell_of(book, "funding", 2, "date"), "value", "2020-08"))
    assert "funding p2-1: date: 2020-07 → 2020-08\n" in desk.take().stderr
    assert ",2020-08," in funding.read_text("utf-8")


@pytest.mark.parametrize("answer", ["", "y"])
def test_a_person_sees_what_would_change_before_it_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    before = desk.tables()
    desk.edit(lambda book: book["namings"].delete_rows(2))
    asked: list[str] = []

    def answered(question: str) -> str:
        asked.append(question)
        return answer

    monkeypatch.setattr(
        sys.modules["tipgraph.cli.source"], "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    )
    monkeypatch.setattr(terminal, "ask", answered)
    result = desk.take()
    assert asked == ["write this? (y, enter ends)"]
    assert "tipgraph: namings p1-1 is removed: p1-1, harbour-watch, " in result.stderr
    assert (desk.tables() == before) == (answer == "")
    assert ("namings.csv: 6 rows, 1 removed" in result.stdout) == (answer == "y")


def test_the_quote_of_a_row_is_shown_and_a_changed_one_replaces_its_evidence(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.workbook)
    assert cell_of(book, "funding", 2, "quote").value.startswith("the Lantern Fund paid $12,500")
    assert cell_of(book, "namings", 2, "quote").value == "Harbour Watch#1"
    desk.edit(lambda book: setattr(cell_of(book, "funding", 2, "quote"), "value", None))
    assert "funding:2: quote: is empty; copy the words that show the claim" in desk.take().stderr
    quotes = "paid\n $12,500 || two\r\nseminars"  # line breaks as a PDF reader copies them
    desk.edit(lambda book: setattr(cell_of(book, "funding", 2, "quote"), "value", quotes))
    assert "funding.csv: 1 row, 1 changed" in desk.take().stdout
    source = read_source(desk.data / "harbour-2020")
    evidence = {row.cells["id"]: row.cells["start"] for row in source.tables["evidence"].rows}
    names = source.tables["funding"].rows[0].cells["evidence"].split(" | ")
    text = (desk.texts / "harbour.txt").read_text("utf-8")
    assert [int(evidence[name]) for name in names] == [text.index("paid $12,500"), text.index("two seminars")]


def test_a_person_says_why_a_paragraph_has_no_claims(desk: Desk) -> None:
    table = desk.data / "harbour-2020" / "paragraphs.csv"

    def scopes() -> dict[str, str]:
        rows = read_source(desk.data / "harbour-2020").tables["paragraphs"].rows
        return {row.cells["number"]: row.cells["scope"] for row in rows}

    def choose(number: int, words: str | None) -> None:
        desk.edit(lambda book: setattr(cell_of(book, "Text", number + 1, "no claims because"), "value", words))

    book = openpyxl.load_workbook(desk.workbook)
    offered = book["Text"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in offered] == [("D2:D10000", "list_scope")]
    assert {"heading", "unread", "nothing-to-record"} <= set(_named(book, "list_scope"))
    before = scopes()
    number = 1
    choose(number, "not read")
    assert desk.take().stdout.startswith(f"{table}: {len(before)} rows, 1 changed\n")
    assert scopes() == before | {str(number): "unread"}
    choose(number, "why not")
    assert f"harbour-2020.xlsx · Text:{number + 1}: no claims because: 'why not' is no code" in desk.take().stderr
    choose(number, None)
    assert f"paragraphs p{number}: scope: unread → (empty)" in desk.take().stderr
    assert scopes() == before | {str(number): ""}


def test_a_workbook_that_cannot_be_written_anew_stays_and_its_rows_are_taken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = desk.data / "harbour-2020" / "places.csv"
    desk.type("places", type="City", label="Callao")
    write = workbook._Writer.write

    def saved_meanwhile(writer: Any) -> bool:
        desk.type("places", type="City", label="Ica")
        return write(writer)

    with monkeypatch.context() as patch:  # the person saves another row while the first is taken
        patch.setattr(workbook._Writer, "write", saved_meanwhile)
        assert "was saved again meanwhile; take it again" in desk.take().stderr
    assert not desk.workbook.with_suffix(".taken.xlsx").exists()
    long = f"{'long ' * 7000}"
    places.write_text(
        f"id,type,label,note\nlong,City,Long,{long}\nlima,City,Lima,\nport-able,City,Port Able,\n", "utf-8"
    )
    result = desk.take()
    assert result.stdout.startswith(f"{places}: 5 rows, 2 new\n")
    assert f"were taken, but {desk.workbook} was not written anew: {places}:2: note: is longer" in result.stderr


def test_a_deleted_row_is_removed_and_a_copied_row_needs_an_id_of_its_own(desk: Desk) -> None:
    namings = desk.data / "harbour-2020" / "namings.csv"
    before = namings.read_text("utf-8").splitlines()
    desk.edit(lambda book: book["namings"].delete_rows(2))
    assert "namings.csv: 6 rows, 1 removed" in desk.take().stdout
    assert namings.read_text("utf-8").splitlines() == [before[0], *before[2:]]
    book = openpyxl.load_workbook(desk.workbook)
    names = ("id", "named", "name", "nameKind", "evidence")
    desk.type("namings", **{name: cell_of(book, "namings", 2, name).value for name in names})
    copied = desk.take()
    assert re.search(r"namings:8: id: '\S+' is the id of row 2 too; empty it in the new row", copied.stderr)


def test_a_cell_that_looks_like_a_formula_is_text_and_stays(desk: Desk) -> None:
    places = desk.data / "harbour-2020" / "places.csv"
    places.write_text(places.read_text("utf-8") + "odd,City,'=HYPERLINK(1)\n", "utf-8")
    before = desk.tables()
    desk.workbook.unlink()
    assert desk.run("sheet", "harbour-2020").exit_code == 0
    cell = cell_of(openpyxl.load_workbook(desk.workbook), "places", 4, "label")
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert desk.take().exit_code == 0
    assert desk.tables() == before


def test_a_workbook_is_not_overwritten_by_chance(desk: Desk) -> None:
    result = desk.run("sheet", "harbour-2020")
    assert result.exit_code == 2
    assert "may have rows that were not taken" in result.stderr
    assert "(perhaps 'harbour-2020')" in desk.run("sheet", "harbor-2020").stderr
    assert f"run `tipgraph source take {desk.workbook}`" in desk.run("take", "harbour-2020").stderr
    elsewhere = desk.run("sheet", "harbour-2020", "-o", desk.data.parent / "mine.xlsx")
    assert "it holds the text of the source: do not commit or publish it" in elsewhere.stderr


@pytest.mark.parametrize(
    ("value", "kind", "form", "text"),
    [
        ("2005-06", "s", "@", "2005-06"),
        (datetime(2005, 6, 30), "d", "yyyy\\-mm\\-dd", "2005-06-30"),  # noqa: DTZ001
        (datetime(2005, 6, 1), "d", "[$-409]mmm\\-yy;@", "2005-06"),  # noqa: DTZ001
        (datetime(2005, 1, 1), "d", 'yyyy" year"', "2005"),  # noqa: DTZ001
        (40000.0, "n", "#,##0", "40000"),
        (0.1, "n", "General", "0.1"),
        (1e21, "n", "General", "1000000000000000000000"),
        (False, "b", "General", "false"),
        ("a_x000D_b", "s", "@", "a\rb"),
    ],
)
def test_a_cell_is_read_as_it_was_typed(value: object, kind: str, form: str, text: str) -> None:
    assert cell_text(value, kind, form) == text


@pytest.mark.parametrize(
    ("value", "kind", "form", "told"),
    [
        (0.5, "n", "0%", "is the percentage 50.0"),
        ("#REF!", "e", "General", "shows an error"),
        ("=A1", "f", "General", "holds a formula"),
        (datetime(2005, 6, 1, 10, 30), "d", "yyyy-mm-dd hh:mm", "a time; format the cell as text"),  # noqa: DTZ001
    ],
)
def test_a_cell_that_shows_something_else_is_a_fault(value: object, kind: str, form: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        cell_text(value, kind, form)


def packed(path: Path, **parts: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in parts.items():
            out.writestr(name, raw)


def flagged(path: Path, part: int) -> None:
    """Mark a part of a zip file as encrypted."""
    patched(path, 8, 1, part)


def patched(path: Path, field: int, value: int, part: int | None = None) -> None:
    """Write a byte into the entry of one part in the list of a zip file, or of all."""
    raw = bytearray(path.read_bytes())
    entries = [found.start() for found in re.finditer(rb"PK\x01\x02", raw)]
    for start in entries if part is None else [entries[part]]:
        raw[start + field] = value
    path.write_bytes(raw)


BROKEN: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (lambda path: path.unlink(), "No such file"),
    "a password": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" * 200), "save it as .xlsx without a password"),
    "OpenDocument": (
        lambda path: packed(path, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "save it as Excel 2007"
    ),
    "CSV": (lambda path: path.write_bytes(b"id,giver\n"), "is no workbook, or damaged"),
    "another zip": (lambda path: packed(path, mail=b"x"), "is no workbook of Excel, or has a password"),
    "half": (lambda path: path.write_bytes(path.read_bytes()[:9000]), "is no workbook, or damaged"),
    "a flag": (lambda path: flagged(path, 0), "or has a password; save it as Excel 2007"),
    "a flag of the last part": (lambda path: flagged(path, -1), "or has a password"),
    "another compression": (lambda path: patched(path, 10, 99), "is a damaged workbook (NotImplementedError)"),
    "a lost part": (lambda path: packed(path, **{"[Content_Types].xml": b"<Types/>"}), "is a damaged workbook"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_workbook(desk: Desk, name: str) -> None:
    spoil, told = BROKEN[name]
    spoil(desk.workbook)
    result = desk.take()
    assert result.exit_code == 1
    assert told in result.stderr


@pytest.mark.parametrize(
    ("limit", "least", "told"),
    [
        ("_MOST_BYTES", 1000, "is larger than"),
        ("_MOST_UNPACKED", 1000, "unpacks to more than"),
        ("_MOST_SHEETS", 3, "has more than 3 sheets"),
        ("_MOST_ROWS", 4, "has more than 4 rows"),
    ],
)
def test_a_workbook_that_is_too_large(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, limit: str, least: int, told: str
) -> None:
    monkeypatch.setattr(workbook_take, limit, least)
    with pytest.raises(InputError, match=told):
        read_sheet(desk.workbook)


def test_other_sheets_are_said_and_a_workbook_without_tables_is_a_fault(desk: Desk) -> None:
    desk.edit(lambda book: book.create_sheet("fundings"))
    assert "sheet 'fundings' is no table (perhaps 'funding'), and was not read" in desk.take().stderr
    other = openpyxl.Workbook()
    other.save(desk.workbook)
    assert "has no sheet with the name of a table" in desk.take().stderr


def test_a_workbook_of_no_source_is_a_fault(desk: Desk) -> None:
    desk.edit(lambda book: setattr(book["tipgraph"]["B1"], "value", "../data/harbour-2020"))
    elsewhere = desk.workbook.rename(desk.workbook.with_name("mine.xlsx"))
    assert "is for '../data/harbour-2020', which is no source of" in desk.run("take", elsewhere).stderr


def test_a_workbook_of_a_persons_own_adds_rows_once_and_removes_none(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("namings")
    for cells in (("named", "name", "nameKind", "quote"), ("Lantern Fund", "the Fund", "name", "the Lantern Fund")):
        sheet.append(cells)
    book.save(desk.workbook)
    result = desk.take()
    assert "namings.csv: 8 rows, 1 new" in result.stdout, result.output
    assert "sheet 'Sheet' is no table, and was not read" in result.stderr
    assert desk.take().stdout == "harbour-2020: its tables are as the workbook has them\n"
    change = lambda book: setattr(cell_of(book, "namings", 9, "name"), "value", "the Lantern Fund")  # noqa: E731
    desk.edit(change)  # it was written anew, with ids, so that a correction adds no row
    assert "namings.csv: 8 rows, 1 changed" in desk.take().stdout


@pytest.mark.parametrize(
    ("place", "told"), [("ZZZZZZZ2", "is a damaged workbook"), ("A99999999", "more than 1,000 rows")]
)
def test_a_cell_that_is_very_far_away_is_a_fault(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, place: str, told: str
) -> None:
    monkeypatch.setattr(workbook_take, "_MOST_ROWS", 1000)
    row = f'<row r="{place.lstrip("AZ")}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    with zipfile.ZipFile(desk.workbook) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    packed(desk.workbook, **{**parts, sheet: parts[sheet].replace(b"</sheetData>", row)})
    assert told in desk.take().stderr


def test_rows_without_an_id_in_the_data_stop_a_take(desk: Desk) -> None:
    path = desk.data / "harbour-2020" / "actors.csv"
    columns = path.read_text("utf-8").partition("\n")[0].count(",")
    path.write_text(path.read_text("utf-8") + f",Organization,One{',' * (columns - 2)}\n,Organization,Two\n", "utf-8")
    path.write_text(path.read_text("utf-8").replace(",Two\n", f",Two{',' * (columns - 2)}\n"), "utf-8")
    before = desk.tables()
    result = desk.take()
    assert result.exit_code
    assert result.output.count("has no id; run `tipgraph source locate harbour-2020` first") == 2
    assert desk.tables() == before
