"""The rules on the texts of the kit's sources, which others hold: words are slices, and shapes accept every draft."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.gold_texts import without_claims
from tipgraph.curation.drafts.draft import Draft, DraftText, draft_text
from tipgraph.curation.drafts.rules.drafter import Rules
from tipgraph.sources import Row, Table, Texts, digest
from tipgraph.sources.evidence import quotes
from tipgraph.sources.evidence.spans import Locator
from tipgraph.sources.intake.row_intake import GivenRows, take_rows


@pytest.fixture
def emptied(tmp_path: Path, kit_data: Path, shared_texts: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of a source of the kit without its tables, among the other sources."""
    data = tmp_path / "data"
    shutil.copytree(kit_data, data)
    folder = data / str(request.param)
    for path in folder.glob("*.csv"):
        if path.name != "paragraphs.csv":
            path.unlink()
    settings = (folder / "source.toml").read_text("utf-8")
    (folder / "source.toml").write_text(re.sub(r"(?m)^publisher = .*\n", "", settings), "utf-8")
    shutil.copytree(shared_texts, tmp_path / "texts")
    return folder


@pytest.mark.parametrize("emptied", ["oas-cim-2005", "state-tip-2024"], indirect=True)
def test_shapes_accept_every_draft(emptied: Path) -> None:
    texts = Texts(emptied.parents[1] / "texts")
    text = without_claims(draft_text(emptied.name, texts, emptied.parent))
    drafts = list(Rules().drafts(text))
    taken = take_rows(emptied, lambda _: GivenRows(given(text, drafts)), texts, data=emptied.parent)
    assert taken.rows["namings"] > 20


def given(text: DraftText, drafts: Iterable[Draft]) -> dict[str, Table]:
    """Return the tables that a person would write by accepting every draft."""
    rows: dict[str, list[dict[str, str]]] = {}
    for draft in drafts:
        place = Locator(draft.paragraph, draft.sentence, draft.start, draft.end, digest(draft.quote))
        rows.setdefault(draft.table, []).append({**draft.cells, "quote": quotes.kept(text.words, place, text.rule)})
        for entry in draft.entries:
            if dict(entry.cells) not in rows.setdefault(entry.table, []):
                rows[entry.table].append(dict(entry.cells))
    return {name: _table(name, cells) for name, cells in rows.items()}


def _table(name: str, rows: list[dict[str, str]]) -> Table:
    columns = tuple(dict.fromkeys(("id", *(column for cells in rows for column in cells))))
    lines = (Row(line, {column: cells.get(column, "") for column in columns}) for line, cells in enumerate(rows, 2))
    return Table(name, Path(f"{name}.csv"), columns, tuple(lines))
