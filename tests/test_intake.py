import re
import shutil
from pathlib import Path

import pytest

from tipgraph.errors import InputError
from tipgraph.model import ontology
from tipgraph.sources.evidence import quotes, spans
from tipgraph.sources.folder import Row, Table, Texts, read_source
from tipgraph.sources.intake.row_intake import GivenRows, TakenRows, take_rows
from tipgraph.sources.intake.row_names import RowNames
from tipgraph.sources.reference import with_reference
from tipgraph.sources.source_tables import read

from .conftest import SMALL, SMALL_TEXTS

SHEET = Path("harbour.xlsx")


def table(name: str, *rows: dict[str, str], path: Path = SHEET) -> Table:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return Table(name, path, columns, tuple(Row(line, row) for line, row in enumerate(rows, 2)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL_TEXTS, tmp_path / "texts")
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path / "data" / "harbour-2020"


def present(folder: Path, name: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_source(folder).tables[name].rows]


def take(folder: Path, *tables: Table) -> TakenRows:
    given = GivenRows({one.name: one for one in tables})
    return take_rows(folder, lambda _: given, Texts(folder.parents[1] / "texts"))


def faults(folder: Path, *tables: Table) -> list[str]:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError, match="nothing was written") as caught:
        take(folder, *tables)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return [str(fault) for fault in caught.value.faults]


def test_rows_with_names_and_quotes_become_a_table_that_builds(folder: Path) -> None:
    before = (folder / "funding.csv").read_bytes()
    new = {"giver": "The Blue Fund", "receiver": "harbour watch", "moneyKind": "Disbursed"}
    new |= {"purpose": "Two seminars in Lima", "quote": "THE lantern\n fund paid || “Dr. Vega's house for newcomers”"}
    actors = [*present(folder, "actors"), {"id": "", "type": "Organization", "label": "The Blue Fund"}]
    actors[-1]["actorKind"] = "Intergovernmental unit"  # its label is "part of an intergovernmental organization"
    taken = take(folder, table("actors", *actors), table("funding", *present(folder, "funding"), new))
    assert (taken.rows, taken.evidence) == ({"actors": 4, "funding": 2}, 2)
    source = read_source(folder)
    row = source.tables["funding"].rows[1].cells
    assert (row["giver"], row["receiver"], row["purpose"]) == ("the-blue-fund", "harbour-watch", "lima-seminars")
    assert row["moneyKind"] == "disbursed"
    assert source.tables["actors"].rows[-1].cells["actorKind"] == "intergovernmental-unit"
    assert row["id"].startswith("p2-")
    kept = quotes.read(folder.parents[1] / "texts" / "harbour-2020.quotes.csv")
    assert [kept[name] for name in row["evidence"].split(" | ")] == [
        "the Lantern Fund paid",
        "Dr. Vega’s house for newcomers",
    ]
    assert (folder / "funding.csv").read_bytes().startswith(before)
    assert read(with_reference(folder.parent), ontology()).faults == []
    assert "Vega" not in "".join(path.read_text("utf-8") for path in folder.iterdir() if path.suffix == ".csv")


def test_the_same_rows_taken_again_change_nothing(folder: Path) -> None:
    new = {"named": "Casa Clara", "name": "the house", "nameKind": "description", "quote": "house for newcomers"}
    rows = table("namings", *present(folder, "namings"), new)
    assert take(folder, rows).evidence == 1
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert take(folder, rows).evidence == 0
    again = table("namings", *present(folder, "namings"), {**new, "note": "another"})  # without its id
    known = f"{SHEET}:10: note: the row is {present(folder, 'namings')[-1]['id']} already, with another note"
    assert take(folder, again).notices[0].startswith(known)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_new_row_is_never_taken_for_a_present_one_that_was_corrected(folder: Path) -> None:
    new = {"giver": "Lantern Fund", "moneyKind": "disbursed", "amount": "5000", "currency": "USD", "quote": "June 2020"}
    take(folder, table("funding", *present(folder, "funding"), new))
    *old, last = present(folder, "funding")
    listed = faults(folder, table("funding", *old, last | {"amount": "6000"}, new))
    message = f"would be {last['id']}, which has another amount; write an id of its own, or delete the row"
    assert listed == [f"{SHEET}:4: id: {message}"]


def test_every_fault_has_the_row_of_the_person(folder: Path) -> None:
    rows = [
        {"giver": "The Lantern Fnd", "moneyKind": "disbursed", "quote": "paid $12,500"},
        {"giver": "Lantern Fund", "moneyKind": "disbursed", "quote": "Lima"},
        {"giver": "Lantern Fund", "moneyKind": "disbursed", "quote": "the Lantern Fund gave $12,500 to Harbour Watch"},
        {"giver": "Lantern Fund", "moneyKind": "disbursed", "quote": "summer of 2020. About 40 people"},
        {"giver": "Lantern Fund", "moneyKind": "lent", "quote": ""},
    ]
    listed = faults(folder, table("funding", *rows))
    assert [fault.partition(": ")[0] for fault in listed] == [f"{SHEET}:{row}" for row in (2, 3, 4, 5, 6, 6)]
    assert "giver: 'The Lantern Fnd' is the name of no row (perhaps 'the Lantern Fund'); add a row" in listed[0]
    assert "in several places (¶2 s1, ¶3 s1); quote more, or end it with #1, #2" in listed[1]
    assert "'… Fund gave $12,500 to …' is not in the text from 'gave' on, but ¶2 s1 is similar" in listed[2]
    assert "begins in ¶2 and ends in ¶3; write two quotes" in listed[3]
    assert "moneyKind: 'lent'" in listed[4]
    assert "quote: is empty" in listed[5]


def test_a_quote_may_end_in_the_mark_of_a_footnote() -> None:
    text = "One page.\nThey work in Guatemala. In 1999. Then\nThey ended in 1999.2\nLaw No.12"
    assert [quotes.place(text, f"in Guatemala.{mark}").end for mark in ("", "1", "¹", "[12]")] == [33] * 4
    assert quotes.place(text, "in 1999.2").paragraph == 3
    with pytest.raises(ValueError, match="not in the text"):
        quotes.place(text, "Law No.13")
    with pytest.raises(ValueError, match=r"'… in Guatemala\.1 In 1999' is not in the text from 'Guatemala\.1' on"):
        quotes.place(text, "work in Guatemala.1 In 1999")


def test_a_kept_quote_leads_back_to_its_place_also_inside_a_word() -> None:
    text = "Parts of art, artists and ports; art.\n\xadSoft words."
    for start in [0, *(match.start() for match in re.finditer("art|ort", text))]:
        place = spans.locate_span(text, start, start + 3)
        assert place
        assert quotes.place(text, quotes.kept(text, place, "lines")) == place
    soft = spans.locate_span(text, text.index("\xad"), text.index(" words"))
    assert soft
    assert quotes.kept(text, soft, "lines") == "\xadSoft"


def test_a_name_of_several_rows_lists_them(folder: Path) -> None:
    actors = [*present(folder, "actors"), {"id": "other-fund", "type": "Organization", "label": "lantern fund"}]
    naming = {"named": "Lantern Fund", "name": "it", "nameKind": "name", "quote": "the Lantern Fund"}
    listed = faults(folder, table("actors", *actors), table("namings", naming))
    assert "write which: lantern-fund, other-fund" in listed[0]
    money = {"giver": "Lantern Fund, Harbour Watch", "moneyKind": "disbursed", "quote": "June 2020"}
    listed = faults(folder, table("funding", *present(folder, "funding"), money))
    assert "is several names; write | between them: Lantern Fund | Harbour Watch" in listed[0]


def test_a_name_that_is_offered_means_the_row_that_offers_it(folder: Path) -> None:
    path = folder / "places.csv"  # an own place has the name of one of the reference
    path.write_text("id,type,label,altLabel\nlima,City,Lima,\nport-able,City,Port Able,PERU\n", "utf-8")
    names = RowNames(read_source(folder), [read_source(folder.parent / "reference")], ontology())
    assert names.choices("Place") == ["Americas", "Lima", "Port Able", "reference/lima", "reference/peru"]
    meant = [names.value(ontology().columns("RouteReport")["origin"], name) for name in names.choices("Place")]
    assert meant == ["reference/americas", "lima", "port-able", "reference/lima", "reference/peru"]


def test_evidence_stays_beside_quotes_and_quotes_alone_replace_it(folder: Path) -> None:
    row = present(folder, "funding")[0]
    take(folder, table("funding", {**row, "quote": "June 2020"}))
    both = present(folder, "funding")[0]["evidence"].split(" | ")
    assert both[0] == row["evidence"]
    assert len(both) == 2
    alone = {name: cell for name, cell in row.items() if name != "evidence"}
    take(folder, table("funding", {**alone, "quote": ""}))
    assert present(folder, "funding")[0]["evidence"].split(" | ") == both
    take(folder, table("funding", {**alone, "quote": "Lima#2"}))
    assert present(folder, "funding")[0]["evidence"].startswith("p3s1")


def test_columns_that_are_not_given_stay(folder: Path) -> None:
    before = (folder / "funding.csv").read_bytes()
    take(folder, table("funding", {"id": "p2-1", "giver": "lantern-fund"}))
    assert (folder / "funding.csv").read_bytes() == before


def test_a_changed_text_an_address_and_a_double_row_stop_it(folder: Path) -> None:
    naming = {"named": "casa-clara", "name": "ann@example.org", "nameKind": "name", "evidence": "p2s1.1"}
    listed = faults(folder, table("namings", naming, {**naming, "note": "again"}))
    assert "row 2; remove one" in "".join(listed)
    assert "name:" in listed[0]
    (folder.parents[1] / "texts" / "harbour.txt").write_text("Another text.", "utf-8")
    listed = faults(folder, table("namings", {**naming, "name": "Casa Clara", "quote": "Another"}))
    assert "source locate harbour-2020 --again" in listed[0]


def test_an_emptied_cell_a_removed_row_and_its_evidence_go(folder: Path) -> None:
    namings, funding = present(folder, "namings"), present(folder, "funding")
    taken = take(folder, table("funding", {**funding[0], "date": "", "currency": ""}), table("namings", *namings[:-1]))
    assert (present(folder, "funding")[0]["date"], present(folder, "funding")[0]["currency"]) == ("", "")
    assert taken.notices == (f"namings: removed {namings[-1]['id']}",)
    gone = {row.get("evidence") for row in namings} - {row["id"] for row in present(folder, "evidence")}
    used = {name for one in read_source(folder).tables.values() for row in one.rows for name in row.cells.values()}
    assert not gone & used
