"""A source of our own that nobody has read yet, beside the small kit, and a drafter with a list of drafts."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import SMALL, SMALL_TEXTS
from tipgraph.curation.drafts.draft import Draft, DraftText, Entry
from tipgraph.curation.drafts.session.draft_decisions import decisions_of
from tipgraph.curation.drafts.session.draft_session import DraftSession
from tipgraph.sources import Texts, digest, read_source

NAME = "lantern-2021"
TEXT = """Lantern Fund: the year 2021

In 2021 the Lantern Fund paid $9,000 to the Night Bus for two seminars in Lima. The Lantern Fund paid $9,000 twice.

The Night Bus, a group of Lima, asked Harbour Watch for advice.

Harbour Watch organized a walk in Lima on 4 May 2021. No minister came.

It rained on 7 days.
"""
SETTINGS = f"""title = "Lantern Fund: the year 2021"
issuedBy = "tipgraph tests"
issued = "2021"
licence = "CC BY 4.0"
textFile = "{NAME}.txt"
textKind = "held"
paragraphRule = "blocks"
sha256 = "{digest(TEXT)}"
"""
ACTORS = "id,type,label\nharbour-watch,Organization,Harbour Watch\nlantern-fund,Organization,Lantern Fund\n"
BUS = Entry("actors", {"type": "Group", "label": "Night Bus"})
WALK = Entry("undertakings", {"type": "Event", "label": "Walk in Lima, 2021"})


def draft(table: str, words: str, *entries: Entry, producers: Sequence[str] = ("rule:test",), **cells: str) -> Draft:
    """Return a draft with words that are once in the text."""
    start = TEXT.index(words)
    paragraph = TEXT[:start].count("\n\n") + 1
    sentence = TEXT[TEXT.rfind("\n\n", 0, start) + 1 : start].count(". ") + 1
    return Draft(table, cells, paragraph, sentence, start, start + len(words), words, tuple(producers), entries)


GRANT = draft("funding", "the Lantern Fund paid $9,000 to the Night Bus", BUS, giver="Lantern Fund",
              receiver="Night Bus", moneyKind="disbursed", amount="9000", currency="USD", date="2021")  # fmt: skip
TWICE = draft("funding", "paid $9,000 twice", giver="Lantern Fund", moneyKind="disbursed", amount="9000",
              currency="USD")  # fmt: skip
PLACE = draft("affiliations", "a group of Lima", BUS, affiliate="Night Bus", affiliationKind="based-in",
              place="Lima")  # fmt: skip
HOST = draft("participations", "Harbour Watch organized a walk in Lima", WALK, participant="Harbour Watch",
             role="organizer", undertaking="Walk in Lima, 2021")  # fmt: skip
DRAFTS = (GRANT, TWICE, PLACE, HOST)


class Listed:
    """A drafter that proposes the drafts of a list, and counts how often it was asked."""

    def __init__(self, *drafts: Draft, name: str = "rules") -> None:
        self.about, self.dropped, self.asked = {"name": name, "version": "1"}, Counter({"no place": 2}), 0
        self.stopped, self._drafts = "", drafts

    def drafts(self, text: DraftText) -> Iterator[Draft]:
        self.asked += 1
        assert text.source.name == NAME
        yield from self._drafts


class Place(NamedTuple):
    """The folders of a person."""

    data: Path
    texts: Path

    @property
    def folder(self) -> Path:
        return self.data / NAME

    @property
    def drafts(self) -> Path:
        return self.texts / f"{NAME}.drafts.json"

    @property
    def text(self) -> Path:
        return self.texts / f"{NAME}.txt"

    def files(self) -> dict[str, bytes]:
        """Return the tables of the source, and what lies beside its text."""
        own = (path for folder in (self.folder, self.texts) for path in folder.iterdir() if path.is_file())
        return {path.name: path.read_bytes() for path in own if path != self.drafts}

    def figures(self) -> Counter[str]:
        """Return the number of decisions by verdict."""
        return Counter(decision.verdict for decision in decisions_of(read_source(self.folder)))

    def session(self, *drafts: Draft, **options: Any) -> DraftSession:
        return DraftSession(NAME, Texts(self.texts), self.data, drafters=[Listed(*(drafts or DRAFTS))], **options)


def form(
    cells: Mapping[str, str], entries: Sequence[Mapping[str, Any]] = (), quotes: Sequence[Sequence[int]] = ()
) -> dict[str, Any]:
    """Return the form of a claim, as the page sends it."""
    return {"cells": cells, "entries": entries, "quotes": quotes}


def shown(state: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return a draft as it is shown."""
    every = [each for paragraph in state["paragraphs"] for each in paragraph["drafts"]]
    return next(each for each in every if (each["table"], each["quote"]) == (draft.table, draft.quote))


def saved(state: dict[str, Any], table: str) -> dict[str, Any]:
    """Return the first saved claim of a table as it is shown."""
    return next(row for paragraph in state["paragraphs"] for row in paragraph["rows"] if row["table"] == table)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


def new_place(folder: Path) -> Place:
    """Make the folders of a person in a folder."""
    data = Path(shutil.copytree(SMALL, folder / "data"))
    texts = Path(shutil.copytree(SMALL_TEXTS, folder / "texts"))
    (data / NAME).mkdir()
    (data / "reference" / "actors.csv").write_text(ACTORS, "utf-8")
    (data / NAME / "source.toml").write_text(SETTINGS, "utf-8")
    (texts / f"{NAME}.txt").write_text(TEXT, "utf-8")
    return Place(data, texts)


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the terminal so wide that no table is folded, in each process of the tests."""
    monkeypatch.setenv("COLUMNS", "200")
