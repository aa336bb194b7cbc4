"""The rules on the texts of the kit's sources, which others hold: words are slices, and shapes accept every draft."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.draft_text import DraftText, draft_text
from tipgraph.curation.drafts.rules import Rules
from tipgraph.model import kit
from tipgraph.sources import Row, Table, Texts, digest
from tipgraph.sources.evidence import quotes
from tipgraph.sources.evidence.spans import Locator
from tipgraph.sources.intake.row_intake import GivenRows, take_rows

SEVEN = (
    "oas-cim-2005", "oas-cim-2004", "cim-iom-caribbean-2005", "oas-atip-2007", "state-gtip-2009", "state-tip-2022",
    "state-tip-2024",
)  # fmt: skip


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


@pytest.mark.parametrize("name", SEVEN)
def test_all_words_are_slices_and_no_sentence_is_empty_of_them(name: str, shared_texts: Path) -> None:
    text = draft_text(name, Texts(shared_texts), kit.folder("data")).without_claims()
    drafts = list(Rules().drafts(text))
    assert len(drafts) > 10
    assert all(text.words[draft.start : draft.end] == draft.quote for draft in drafts)
    spans = {(one.paragraph, one.number): (one.start, one.end) for one in text.sentences}
    for draft in drafts:
        start, end = spans[draft.paragraph, draft.sentence]
        assert start <= draft.start < draft.end <= end


@pytest.mark.parametrize("emptied", ["oas-cim-2005", "state-tip-2024"], indirect=True)
def test_shapes_accept_every_draft(emptied: Path) -> None:
    texts = Texts(emptied.parents[1] / "texts")
    text = draft_text(emptied.name, texts, emptied.parent).without_claims()
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
