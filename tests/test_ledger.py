"""The tables in which answers are kept: only what was answered changes, and of two who answer at once none is lost."""

import csv
import io
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.curation.ledger import Ledger
from tipgraph.errors import CallError, InputError
from tipgraph.runtime.sanitize import plain as unarmed

COLUMNS = ("id", "said", "why")
TABLE = 'id,said,why\na,"x, ""y""",\nb,,plain\n'
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12).map(str.strip)


def ledger(folder: Path, text: str | None = TABLE) -> Ledger:
    path = folder / "answers.csv"
    if text is not None:
        path.write_bytes(text.encode("utf-8"))
    return Ledger(path, COLUMNS, ["id", "said"])


def test_a_row_changes_and_no_other_line(tmp_path: Path) -> None:
    kept = ledger(tmp_path)
    kept.change(put=[{"id": "a", "why": ""}])
    assert kept.path.read_text("utf-8") == TABLE
    kept.change(put=[{"id": "b", "why": "so, and not otherwise"}])
    changed = TABLE.replace("b,,plain", 'b,,"so, and not otherwise"')
    assert kept.path.read_text("utf-8") == changed
    kept.change(put=[{"id": "a", "said": "x"}])
    assert kept.path.read_text("utf-8") == changed.replace('a,"x, ""y""",', "a,x,")
    kept.change(["b"])
    assert kept.path.read_text("utf-8") == "id,said,why\na,x,\n"


def test_a_row_of_its_own_stands_at_the_end(tmp_path: Path) -> None:
    kept = ledger(tmp_path)
    kept.change(put=[{"id": "c", "said": "=1+1"}])
    assert kept.path.read_text("utf-8") == TABLE + "c,'=1+1,\n"
    assert kept.rows()[-1].cells["said"] == "=1+1"
    numbered = Ledger(kept.path, COLUMNS, letter="j")
    assert numbered.new_id(["x", "y"]) == "jce3890a8" != numbered.new_id(["xy"])


def test_rows_are_removed_and_changed_in_one_step(tmp_path: Path) -> None:
    kept = Ledger(ledger(tmp_path).path, COLUMNS, letter="j")
    kept.change(put=[{"id": "j1", "said": "one"}, {"id": "j2", "said": "two"}])
    kept.change(["j1"], [{"id": "j3", "said": "three"}, {"id": "j2", "said": "2"}])
    assert {name: cells["said"] for name, cells in kept.cells().items() if name > "b"} == {"j2": "2", "j3": "three"}
    with pytest.raises(CallError, match=r"j1: no such row in .*answers\.csv any more"):
        kept.change(["j1"])


def test_columns_that_lack_are_added_once_and_ends_of_lines_stay(tmp_path: Path) -> None:
    kept = ledger(tmp_path, "\ufeffid,said\r\na,x\r\n\r\nb,y")
    kept.change(put=[{"id": "b", "why": "so", "note": ""}])
    assert kept.path.read_bytes().decode("utf-8") == "\ufeffid,said,why\r\na,x,\r\nb,y,so\r\n"


def test_a_table_with_semicolons_keeps_them(tmp_path: Path) -> None:
    kept = ledger(tmp_path, "id;said\na;x\n")
    kept.change(put=[{"id": "b", "said": "one, two; three"}])
    assert kept.path.read_text("utf-8") == 'id;said\na;x\nb;"one, two; three"\n'


def test_a_table_that_is_not_there_yet_begins_with_its_columns(tmp_path: Path) -> None:
    kept = ledger(tmp_path, None)
    assert not kept.rows()
    kept.change(put=[{"id": "a", "said": "x"}])
    assert kept.path.read_text("utf-8") == "id,said,why\na,x,\n"


@pytest.mark.parametrize("text", ["id,why\na,x\n", 'id,said\n"a', ""])
def test_a_table_that_cannot_be_read_is_not_written(tmp_path: Path, text: str) -> None:
    kept = ledger(tmp_path, text)
    with pytest.raises(InputError, match=r"answers\.csv"):
        kept.change(put=[{"id": "a", "said": "x"}])
    assert kept.path.read_text("utf-8") == text


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), said=CELLS, data=st.data())
def test_what_is_put_is_read_back_and_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], said: str, data: st.DataObject
) -> None:
    kept = ledger(tmp_path_factory.mktemp("ledger"), None)
    for at, (one, other) in enumerate(rows):
        kept.change(put=[{"id": f"r{at}", "said": one, "why": other}])
    before, own = kept.path.read_bytes(), f"r{data.draw(st.integers(0, len(rows) - 1))}"
    old = next(row.cells["said"] for row in kept.rows() if row.cells["id"] == own)
    kept.change(put=[{"id": own, "said": said}])
    found = {row["id"]: row["said"] for row in csv.DictReader(io.StringIO(kept.path.read_text("utf-8"), newline=""))}
    assert unarmed(found[own].strip()) == unarmed(said)
    kept.change(put=[{"id": own, "said": old}])
    assert kept.path.read_bytes() == before


def _answer(path: str, number: int) -> None:
    kept = Ledger(Path(path), COLUMNS, COLUMNS)
    with kept.alone():
        rows = [row.cells["id"] for row in kept.rows()]
        kept.change(put=[{"id": f"r{number}", "said": str(len(rows))}])


def test_of_many_who_answer_at_once_none_is_lost(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(_answer, [str(tmp_path / "answers.csv")] * 12, range(12)))
    found = Ledger(tmp_path / "answers.csv", COLUMNS, COLUMNS).rows()
    assert [row.cells["said"] for row in found] == [str(number) for number in range(12)]
