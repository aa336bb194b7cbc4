"""Two IATI files of what is rare in them: all that an import makes of each stands beside it."""

from pathlib import Path

import pytest

from .conftest import Taking

MADE = Path(__file__).parent / "made"
OUR_OWN = ("id", "evidence", "note")  # numbers of rows and places, which `verify` compares with the file


@pytest.mark.parametrize("name", ["activities", "organisations"])
def test_an_import_has_all_rows_that_are_in_the_file(taking: Taking, name: str) -> None:
    found = taking("iati", (MADE / f"{name}.xml").read_text("utf-8"))
    rows = [
        f"{table}: " + "; ".join(f"{column} {cell}" for column, cell in row.items() if cell and column not in OUR_OWN)
        for table, cells in sorted(found.rows.items())
        for row in (cells if table not in ("evidence", "paragraphs") else ())
    ]
    report = found.taken.report
    left = [f"{count} left: {why}" for counts in (report.left, report.unread) for why, count in counts.items()]
    assert [*rows, *left, *found.faults] == (MADE / f"{name}.txt").read_text("utf-8").splitlines()
