"""Files of what is rare: all that an import makes of each stands below it.

A case begins with what it shows and the kind of the file, perhaps with options or a mapping; `===` divides its parts.
A part of an IATI activity stands alone: it goes into `activity()`, of whose own rows none is repeated.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from .conftest import ELEMENT_TABLES, Import, Taking
from .test_iati import activity, file

MADE = sorted((Path(__file__).parent / "made").iterdir())
OUR_OWN = ("id", "evidence", "review")  # `verify` compares places with the file
HEAD, _, TAIL = file(activity("MORE")).partition("MORE")
KINDS_OF_REMARKS = ("left", "unread", "unresolved", "lost")


def told(found: Import) -> list[str]:
    """Return each row in a line, and what the import says of the rest."""
    rows = [
        f"{table}: " + "; ".join(f"{column} {cell}" for column, cell in row.items() if cell and column not in OUR_OWN)
        for table, cells in sorted(found.rows.items())
        for row in (cells if table not in ELEMENT_TABLES else ())
    ]
    counted = {
        column: Counter(row[column] for rows in found.rows.values() for row in rows if row.get(column))
        for column in ("scope", "review")
    }
    remarks = {kind: getattr(found.taken.report, kind) for kind in KINDS_OF_REMARKS} | counted
    return [*rows, *(f"{n} {kind}: {why}" for kind, all_ in remarks.items() for why, n in all_.items()), *found.faults]


@pytest.mark.parametrize("case", MADE, ids=lambda path: path.stem)
def test_an_import_has_all_rows_that_stand_below_the_file(taking: Taking, case: Path, tmp_path: Path) -> None:
    head, *given, text, expected = case.read_text("utf-8").split("===\n")
    kind, _, options = head.splitlines()[1].partition(" ")
    asked = json.loads(options or "{}")
    for mapping in given:
        (tmp_path / "mapping.toml").write_text(mapping, "utf-8")
        asked["mapping"] = str(tmp_path / "mapping.toml")
    if kind == "part":
        bare = told(taking("iati", HEAD + TAIL))
        kind, text, asked = "iati", HEAD + text + TAIL, asked | {"replace": True}
        lines = list((Counter(told(taking(kind, text, **asked))) - Counter(bare)).elements())
    else:
        lines = told(taking(kind, text.removesuffix("\n"), **asked))
    assert lines == expected.splitlines()
