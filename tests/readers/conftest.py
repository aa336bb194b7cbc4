"""Files that are taken in: small ones that the tests write, and the real ones where they are at hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.shared import at_hand
from tipgraph.sources.evidence.segment import paragraphs, words
from tipgraph.sources.evidence.spans import Locator, disagreements
from tipgraph.sources.folder import read_source, read_text
from tipgraph.sources.importers.import_run import Imported
from tipgraph.sources.importers.import_run import take as take_in
from tipgraph.sources.importers.registry import reader
from tipgraph.sources.importers.row_builder import ImportOptions

SETTINGS = {"title": "A file of the tests", "issuedBy": "the tests", "issued": "2020", "licence": "CC0"}
ELEMENT_TABLES = frozenset({"evidence", "paragraphs"})


class Import(NamedTuple):
    """What was taken, and the rows of its tables."""

    taken: Imported
    rows: dict[str, list[dict[str, str]]]

    def only(self, table: str, **cells: str) -> list[dict[str, str]]:
        """Return the rows of a table that have all these cells."""
        return [row for row in self.rows.get(table, []) if all(row.get(key, "") == cell for key, cell in cells.items())]

    @property
    def faults(self) -> list[str]:
        """The faults as they are printed."""
        return [str(fault) for fault in self.taken.report.faults]


def take(kind: str, path: Path, target: Path, *, replace: bool = False, **options: Any) -> Import:
    """Take a file in, and read its folder again."""
    taken = take_in(reader(kind), path, target, SETTINGS, ImportOptions(**options), replace=replace)
    source = read_source(target)
    assert source.faults == []
    return Import(taken, {name: [row.cells for row in table.rows] for name, table in source.tables.items()})


Taking = Callable[..., Import]


@pytest.fixture
def taking(tmp_path: Path) -> Taking:
    """Write a text to a file and take it in, with a source `made` in a folder of its own."""

    def write(kind: str, text: str, *, replace: bool = False, **options: Any) -> Import:
        path = tmp_path / "made.data"
        path.write_text(text, "utf-8", newline="")
        found = take(kind, path, tmp_path / "data" / "made", replace=replace, **options)
        verify(found, path)
        return found

    return write


def verify(found: Import, path: Path) -> None:
    """Compare every span with the text, every name and figure with its words, and every paragraph with the coverage."""
    about = read_source(found.taken.target).about
    text, rule, form = read_text(path), about["paragraphRule"], about["textFormat"]
    spans = {row["id"]: row for row in found.rows.get("evidence", [])}
    for row in spans.values():
        paragraph, sentence, start, end = (int(row[name]) for name in ("paragraph", "sentence", "start", "end"))
        assert disagreements(text, Locator(paragraph, sentence, start, end, row["digest"]), rule) == [], row
    cut = [(span.number, span.start, span.end) for span in paragraphs(text, rule)]
    covered = [tuple(int(row[name]) for name in ("number", "start", "end")) for row in found.rows["paragraphs"]]
    assert covered == cut
    used: set[int] = set()
    for table, rows in found.rows.items():
        for row in rows if table not in ELEMENT_TABLES else ():
            said = [spans[name] for name in row.get("evidence", "").split(" | ") if name]
            used |= {int(span["paragraph"]) for span in said}
            heard = " ".join(" ".join(words(text[int(one["start"]) : int(one["end"])], form).split()) for one in said)
            for printed in ("name", "valueAsPrinted", "amountAsPrinted"):
                assert row.get(printed, "") in heard, (row, heard)
    for row in found.rows["paragraphs"]:
        assert bool(row.get("scope")) != (int(row["number"]) in used), row


@pytest.fixture(scope="session")
def shared(shared: Path) -> Path:
    """The folder of third-party files, with the real files in its `data`; skips where they are absent."""
    return at_hand(shared / "data").parent
