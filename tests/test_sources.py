"""Bad input: every fault of one run is listed, with file, row, column and what to do, and nothing is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tipgraph.errors import InputError
from tipgraph.model import kit
from tipgraph.model.vocabulary import ontology
from tipgraph.pipeline.builder import build
from tipgraph.sources import read
from tipgraph.sources.evidence import spans
from tipgraph.sources.folder import Texts, read_source, read_sources, read_text
from tipgraph.sources.reference import reference_of

from .conftest import SMALL, SMALL_TEXTS, faults_of

Spoil = Callable[[str, str, str], Path]
FUNDING = "harbour-2020/funding.csv"


def test_a_spreadsheets_marks_do_no_harm(copy: Path) -> None:
    before = build(copy).digest
    for path in copy.glob("*/*.csv"):
        text = path.read_text("utf-8")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b",,\r\n"[0:0] + b"\r\n")
    assert build(copy).digest == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty; write a header row"),
        (b"  \n", "is empty; write a header row"),
        (b"id;giver,moneyKind\na;b,c\n", "has commas and semicolons between the names of its columns; save it with"),
        (b"id\tgiver;note\na\tb;c\n", "has semicolons and tabs between the names of its columns; save it with"),
        ("id,giver\nñ,Señal\n".encode() + b"b,Se\xf1al\n", "is not UTF-8 (byte 23); save"),
        (b"id,giver\na,\x81\n", "is not UTF-8 (byte 11); save it as CSV UTF-8"),
        ("id,giver\n".encode("utf-16-le"), "is not UTF-8 (it holds NUL characters); save it as CSV UTF-8"),
        (b"i\0d,giver\n", "holds NUL characters"),
        (b'id,giver\n"a,b\n', "is no CSV from here on"),
        (b"id,giver,giver\n", "giver: this column occurs twice; keep one"),
        (b"id,,giver\n", "a column has no name"),
        (b"name,giver\n", "there is no column `id`"),
    ],
)
def test_a_table_that_cannot_be_read(copy: Path, content: bytes, told: str) -> None:
    (copy / FUNDING).write_bytes(content)
    faults = faults_of(copy)
    assert any(fault.startswith(FUNDING) and told in fault for fault in faults), faults


def test_a_quoted_line_break_is_told_with_its_row_and_the_rows_after_it_keep_theirs(copy: Path) -> None:
    (copy / "harbour-2020" / "actors.csv").write_text('id,type,label\na,Group,"x\ny"\nb,Nobody,z\n', "utf-8")
    faults = faults_of(copy)
    assert "harbour-2020/actors.csv:2: label: a line break inside a cell; write it on one line" in faults
    assert any(
        fault.startswith("harbour-2020/actors.csv:4: type: 'Nobody' is no class of this table") for fault in faults
    )


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", "-cmd|' /C calc'!A0", "=HYPERLINK(1)"])
def test_a_cell_that_a_spreadsheet_would_run(spoil: Spoil, cell: str) -> None:
    faults = faults_of(spoil("harbour-2020/actors.csv", "Casa Clara", cell))
    assert any(
        fault.startswith("harbour-2020/actors.csv:4: label:") and "begins like a formula" in fault for fault in faults
    )


def test_a_row_with_too_many_cells(spoil: Spoil) -> None:
    faults = faults_of(spoil("harbour-2020/actors.csv", "Casa Clara", "Casa, Clara"))
    assert any("harbour-2020/actors.csv:4: has 5 cells where the header has 4 columns" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "', "title = ", "source.toml:1: is no TOML"),
        ("[expected]", "[expected]\nNaming = 'many'", "is no TOML"),
        ("Funding = 1", "Funding = 'one'", "Funding: 'one' is no count; write a whole number"),
        ("[expected]\nFunding = 1", "expected = 3\n[other]\nFunding = 1", "expected: is no table; write [expected]"),
        ("Funding = 1", "Funding = 2", "expected at least 2 Funding, found 1"),
        ("licence", "license", "license: Source has no such column (perhaps 'licence')"),
        ('issued = "2020"', 'issued = "soon"', "issued: 'soon' is no EDTF date"),
        ('textKind = "held"', 'textKind = "hold"', "'hold' is no code of text-kind (perhaps 'held')"),
        ('textKind = "held"', "", "textKind: is empty, and every row needs it"),
        ('issued = "2020"', "issued = ['2020']", "issued: takes one value, not a table or list"),
    ],
)
def test_faults_in_source_toml(spoil: Spoil, old: str, new: str, told: str) -> None:
    faults = faults_of(spoil("harbour-2020/source.toml", old, new))
    assert any(fault.startswith("harbour-2020/source.toml") and told in fault for fault in faults), faults


def test_one_table_that_cannot_be_read_is_one_fault(copy: Path) -> None:
    (copy / "harbour-2020" / "actors.csv").write_text("id;type,label\n")
    assert [fault for fault in faults_of(copy) if "actors.csv" not in fault] == []


def test_rows_that_are_not_located_are_one_fault_before_the_others(copy: Path) -> None:
    folder = copy / "harbour-2020"
    (folder / "actors.csv").write_text("id,type,label\n,Organization,Lantern Fund\nwatch,Organisation,Harbour Watch\n")
    (folder / "funding.csv").write_text(
        "id,giver,receiver,moneyKind,quote\n,Lantern Fund,watch,lent,paid $12\nx,Lantern Fund,,disbursed,paid\n"
    )
    place = "harbour-2020/actors.csv:3: type: 'Organisation' is no class of this table"
    waiting = "3 rows with quotes or without an id (actors, funding) are not located yet"
    first, second, *others = faults_of(copy)
    assert first == f"harbour-2020: {waiting}; run `tipgraph source locate harbour-2020`"
    assert second.startswith(place)
    assert others == []
    (copy / "reference" / "places.csv").write_text("id,type,label,quote\nperu,Country,Peru,x\n,City,Lima,\n")
    faults = [fault for fault in faults_of(copy) if fault.startswith("reference/places.csv")]
    assert faults[0].startswith("reference/places.csv:1: quote: Place has no such column")
    assert faults[1] == "reference/places.csv:3: id: is empty; write an id"


def test_a_missing_column_is_told_once(spoil: Spoil) -> None:
    faults = faults_of(spoil("harbour-2020/namings.csv", "nameKind", "kind"))
    assert faults == [
        "harbour-2020/namings.csv:1: kind: Naming has no such column; rename or remove it",
        "harbour-2020/namings.csv:1: nameKind: there is no such column, and every row needs it; add it",
    ]


def test_a_toml_that_is_nested_without_end(copy: Path) -> None:
    (copy / "harbour-2020" / "source.toml").write_text("a = " + "[" * 20_000)
    assert any("source.toml: is nested too deeply" in fault for fault in faults_of(copy))


def test_folders_that_are_no_sources(copy: Path) -> None:
    (copy / "stray").mkdir()
    (copy / "harbour-2020" / "notes.docx").write_text("x")
    (copy / "harbour-2020" / "fundings.csv").write_text("id\nx\n")
    faults = faults_of(copy)
    assert any(fault.startswith("stray: has no source.toml") for fault in faults)
    assert any("notes.docx: is neither a .csv table nor source.toml" in fault for fault in faults)
    assert any("fundings.csv: is no table of the ontology (perhaps 'funding')" in fault for fault in faults)


@pytest.mark.parametrize("name", ["my source", "a<b", "identity", "ontology", "Ärger"])
def test_a_folder_whose_name_cannot_be_a_source(copy: Path, name: str) -> None:
    (copy / "harbour-2020").rename(copy / name)
    faults = faults_of(copy)
    assert any("is no name for a source; use lower-case" in fault for fault in faults), faults


def test_a_folder_without_sources(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no folder with a source\.toml"):
        read_sources(tmp_path)


def test_all_faults_of_a_run_are_listed_together(copy: Path) -> None:
    for file, old, new in [
        (FUNDING, "2020-06", "2020-13"),
        ("harbour-2020/source.toml", "licence", "license"),
        ("reference/places.csv", "americas,Region", "americas,Regio"),
        ("reference/identity.csv", "reference/lima", "reference/limma"),
    ]:
        path = copy / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    faults = faults_of(copy)
    assert {fault.partition(":")[0] for fault in faults} == {
        FUNDING, "harbour-2020/source.toml", "reference/places.csv", "reference/identity.csv",
    }  # fmt: skip


def test_a_text_is_found_by_name_and_a_changed_one_is_not_quoted(tmp_path: Path) -> None:
    texts = Texts(SMALL_TEXTS)
    row = read_source(SMALL / "harbour-2020").tables["evidence"].rows[0].cells
    span = ("harbour.txt", int(row["start"]), int(row["end"]), row["digest"])
    assert texts.quote(*span) == "Harbour Watch"
    (tmp_path / "harbour.txt").write_text("Something else altogether\n" * 20)
    assert Texts(tmp_path).quote(*span) == "[the text has changed]"
    assert Texts().quote(*span) is None


def test_a_quote_has_the_words_and_not_the_marks_of_the_format(tmp_path: Path) -> None:
    text = '"caf\\u00e9 ""A"""<b>x</b>'
    (tmp_path / "made.data").write_text(text)
    span = ("made.data", 0, len(text), spans.digest(text))
    assert Texts(tmp_path).quote(*span) == text
    assert Texts(tmp_path).quote(*span, "json") == '"café ""A"""<b>x</b>'


def test_a_text_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("é".encode("latin-1"))
    with pytest.raises(InputError, match=r"is not UTF-8 \(byte 0\)"):
        read_text(tmp_path / "x.txt")


def test_a_book_of_the_reference_is_read_and_states_nothing(copy: Path) -> None:
    (copy / "reference" / "allowed.csv").write_text("id,text\na1,Harbour Watch\n", "utf-8")
    reference = read_source(copy / "reference")
    assert [row.cells["text"] for row in reference.books["allowed"].rows] == ["Harbour Watch"]
    assert "allowed" not in reference.tables
    assert read(read_sources(copy), ontology()).faults == []


def test_a_book_is_read_as_strictly_as_a_table_and_stands_in_the_reference_only(copy: Path) -> None:
    (copy / "harbour-2020" / "allowed.csv").write_text("id,text\na1,Harbour Watch\n", "utf-8")
    assert faults_of(copy) == ["harbour-2020/allowed.csv: is no table of the ontology; rename or remove it"]
    (copy / "harbour-2020" / "allowed.csv").unlink()
    (copy / "reference" / "allowed.csv").write_text("id,text\na1,=1+1\n", "utf-8")
    assert any("begins like a formula" in fault for fault in faults_of(copy))


def test_a_folder_without_a_reference_is_lent_places_actors_and_books_of_the_kit(tmp_path: Path) -> None:
    lent, own = reference_of(tmp_path), read_source(kit.folder("data") / "reference")
    assert lent.tables.keys() == {"actors", "places"}
    assert lent.books == own.books  # as long as no correction is about a row of another source
    assert lent.books.keys() == {"allowed", "corrections", "exchange-rates", "price-indices", "rate-sources"}
