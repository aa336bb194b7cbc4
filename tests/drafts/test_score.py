"""The score of drafts is what a person reckons by hand: of perfect, empty and wrong drafts."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.draft_score import ALL, NAMINGS, OTHERS, Figure, ScoredText, figures
from benchmarks.gold_texts import DIGESTS, GoldText, frozen, gold_text
from benchmarks.scored_claims import is_scored
from tests.conftest import SMALL, SMALL_TEXTS
from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.errors import BadValue, InputError
from tipgraph.model import ontology
from tipgraph.sources import Source, Texts

NAME = "harbour-2020"
CLAIMS = {"namings": 7, "undertaking-reports": 3, "funding": 1, "partnerships": 1, "estimates": 1, "route-reports": 1}
TEXTS = Texts(SMALL_TEXTS)


@pytest.fixture(scope="module")
def gold() -> GoldText:
    """The small text, read by the small kit."""
    return gold_text(NAME, TEXTS, data=SMALL)


@pytest.fixture(scope="module")
def perfect(gold: GoldText) -> list[Draft]:
    """The claims of the reader as drafts that name each entry by its label, since they know no ids."""
    return list(drafts_of(gold.gold, gold.text.words))


def drafts_of(reader: Source, words: str) -> Iterator[Draft]:
    rows = {(name, row.cells["id"]): row.cells for name, table in reader.tables.items() for row in table.rows}
    entries = {row_id: Entry(name, cells) for (name, row_id), cells in rows.items() if "label" in cells}
    for (name, _), cells in rows.items():
        if is_scored(name, ontology()):
            place = rows["evidence", cells["evidence"].split(" | ")[0]]
            named = {part for cell in cells.values() for part in cell.split(" | ") if part in entries}
            start, end = int(place["start"]), int(place["end"])
            said = {
                column: labelled(cell, entries) for column, cell in cells.items() if column not in {"id", "evidence"}
            }
            yield Draft(name, said, int(place["paragraph"]), int(place["sentence"]), start, end, words[start:end],
                        (f"rule:{name}",), tuple(map(entries.__getitem__, sorted(named))))  # fmt: skip


def labelled(cell: str, entries: Mapping[str, Entry]) -> str:
    return " | ".join(entries[part].cells["label"] if part in entries else part for part in cell.split(" | "))


def found(texts: Sequence[ScoredText], table: str = OTHERS, by: str = "rule") -> Figure:
    return next(each for each in figures(texts) if each[:2] == (by, table))


def counts(texts: Sequence[ScoredText], by: str = "rule") -> list[int]:
    """Return the numbers of claims, drafts, right ones and those that are right after an edit, of all tables."""
    return [sum(both) for both in zip(found(texts, OTHERS, by)[2:], found(texts, NAMINGS, by)[2:], strict=True)]


def test_perfect_drafts_have_a_score_of_one_and_none_have_nothing(gold: GoldText, perfect: list[Draft]) -> None:
    scored, empty = [gold.scored(perfect)], [gold.scored([])]
    assert counts(scored) == [14, 14, 14, 14]
    assert counts(empty, ALL) == [14, 0, 0, 0]
    assert {table: found(scored, table).right for table in CLAIMS} == CLAIMS
    shares = ("precision", "recall", "wrong after an edit")
    assert [found(scored).record()[share] for share in shares] == [1, 1, 0]
    assert [found(empty, by=ALL).record()[share] for share in shares] == [None, 0, None]


def test_wrong_drafts_are_counted_as_by_hand(gold: GoldText, perfect: list[Draft]) -> None:
    paid = next(draft for draft in perfect if draft.table == "funding")
    noisy = [
        replace(paid, cells={**paid.cells, "amount": "500"}, producers=("rule:a",)),  # all main parts
        replace(paid, cells={**paid.cells, "giver": "Casa Clara"}, producers=("rule:b",)),  # its words alone
        replace(paid, sentence=2, producers=("rule:b",)),  # another sentence
        replace(paid, quote="the Lantern Fund lost $12,500", producers=("rule:a",), table="ratings"),
    ]
    scored = [gold.scored(noisy)]
    assert counts(scored) == [14, 4, 1, 1]
    assert {figure[:2]: figure[2:5] for figure in figures(scored) if ":" in figure.by} == {
        ("rule:a", "funding"): (0, 1, 1),
        ("rule:a", "ratings"): (0, 1, 0),
        ("rule:b", "funding"): (0, 2, 0),
    }


def test_rules_and_a_model_are_scored_alone_and_together(gold: GoldText, perfect: list[Draft]) -> None:
    ruled = perfect[:10]
    modelled = [replace(draft, producers=("model:tiny",)) for draft in perfect[8:]]
    apart = [gold.scored([*ruled, *modelled[2:], replace(modelled[0], sentence=9)])]
    assert {by: counts(apart, by)[:3] for by in ("rule", "model", ALL)} == {
        "rule": [14, 10, 10],
        "model": [14, 5, 4],
        ALL: [14, 15, 14],
    }


def test_names_of_new_entries_are_compared(gold: GoldText, perfect: list[Draft]) -> None:
    """A drafter has no ids; spellings, articles and acronyms differ, numbers must not."""
    paid = next(draft for draft in perfect if draft.table == "funding")

    def given_by(label: str) -> int:
        entry = Entry("actors", {"type": "Organization", "label": label})
        draft = replace(paid, cells={**paid.cells, "giver": label}, entries=(*paid.entries, entry))
        return found([gold.scored([draft])]).right

    assert [given_by(label) for label in ("The Lantern Fund (TLF)", "Lantern funds", "Lantern Fund 2", "Fund")] == [
        1, 1, 0, 0,
    ]  # fmt: skip


def test_an_undertaking_is_also_known_by_its_place(gold: GoldText, perfect: list[Draft]) -> None:
    """Undertakings have few names: "seminars" is where the reader has "two seminars"."""
    said = {draft.cells.get("status", draft.table): draft for draft in perfect}

    def of(draft: Draft, column: str, label: str) -> int:
        entries = (*draft.entries, Entry("undertakings", {"type": "EventSeries", "label": label}))
        other = replace(draft, cells={**draft.cells, column: label}, entries=entries)
        return found([gold.scored([other])]).right

    assert [of(said["funding"], "purpose", label) for label in ("seminars", "Harbour Watch", "dinners")] == [1, 0, 0]
    assert [of(said["held"], "undertaking", label) for label in ("The seminars", "dinners")] == [1, 0]


def test_frozen_gold_is_never_changed(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(SMALL, folder)
    (folder / DIGESTS).write_text(frozen(folder), "utf-8")
    assert gold_text(NAME, TEXTS, folder, SMALL).gold
    for change in (lambda path: path.write_text(path.read_text("utf-8") + " ", "utf-8"), Path.unlink):
        change(folder / NAME / "funding.csv")
        with pytest.raises(InputError, match="gold is never changed"):
            gold_text(NAME, TEXTS, folder, SMALL)


def test_a_tuned_text_gives_no_figure_of_unseen_texts(gold: GoldText, perfect: list[Draft]) -> None:
    tuned = replace(gold.scored(perfect), is_tuned=True)
    with pytest.raises(BadValue, match=f"tuned on {NAME}"):
        list(figures([gold.scored(perfect), tuned]))
    assert list(figures([tuned], unseen=False))
    assert not gold.is_tuned


def test_the_texts_of_the_kit_are_tuned_and_blind_texts_have_nothing_of_their_readers(shared_texts: Path) -> None:
    read = gold_text("oas-cim-2005", Texts(shared_texts))
    assert read.is_tuned
    assert set(read.text.source.tables) == {"paragraphs"}
    whole, blind = ({other.name: other for other in others} for others in (read.others, read.text.others))
    known, left = ({row.cells["id"] for row in each["reference"].tables["actors"].rows} for each in (whole, blind))
    assert known - left == {"usaid"}, "the only actor of the reference that no other source names"
    cells = (cell for table in blind["reference"].tables.values() for row in table.rows for cell in row.cells.values())
    assert not [
        cell for cell in cells if cell.startswith(("oas-cim-2005/", "reference/usaid", "reference/actors/usaid"))
    ]
    assert blind.keys() == whole.keys()
