"""The table of frames: its own examples work, a project adds to it, and each fault has its row and column."""

from pathlib import Path

import pytest

from tipgraph.curation.drafts.rules.drafter import Rules
from tipgraph.curation.drafts.rules.frames.frame_table import FILE, frames
from tipgraph.errors import InputError
from tipgraph.pipeline.scaffold import init

from .own_text import own_text

HEADER = "id,words,table,subject,object,after,fixed,needs,example\n"


@pytest.fixture
def own_frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The table of frames of a project that was just made; its folder is the working directory."""
    folder = tmp_path / "acme"
    init(folder, title="Acme", namespace="https://acme.example/ns#")
    monkeypatch.chdir(folder)
    (folder / "ontology").mkdir(exist_ok=True)
    return folder / "ontology" / FILE


def test_each_frame_drafts_its_example() -> None:
    rules = Rules()
    text = own_text("\n\n".join(frame.example for frame in rules.frames))
    found = {(draft.paragraph, producer) for draft in rules.drafts(text) for producer in draft.producers}
    every = {(number, f"rule:{frame.id}") for number, frame in enumerate(rules.frames, 1)}
    assert {producer for _, producer in every - found} == set()


def test_a_project_adds_a_frame_and_replaces_one(own_frames: Path) -> None:
    own_frames.write_text(
        HEADER + "bless,bless,participations,participant,undertaking,,role=host,,The bishop blessed the seminar.\n"
        "host,welcome,participations,participant,undertaking,,role=host,,Casa Clara welcomed the seminar.\n",
        "utf-8",
    )
    rules = Rules()
    words = "The Lantern Foundation blessed the seminar in Lima."
    found = [draft for draft in rules.drafts(own_text(words)) if draft.table == "participations"]
    assert [(draft.producers, draft.cells["role"]) for draft in found] == [(("rule:bless",), "host")]
    assert next(frame for frame in rules.frames if frame.id == "host").words == ("welcome",)


def test_a_star_means_words_that_are_no_verb(own_frames: Path) -> None:
    row = "lend,give * hand to,participations,participant,,undertaking,role=host,,They give a hand to the seminar.\n"
    own_frames.write_text(HEADER + row, "utf-8")
    rules = Rules()
    for words, is_drafted in (
        ("gave a big hand to", True),
        ("gave hand to", True),
        ("gave it and lent a hand to", False),
    ):
        found = rules.drafts(own_text(f"The Lantern Foundation {words} the seminar in Lima."))
        assert any("rule:lend" in draft.producers for draft in found) == is_drafted, words


def test_every_fault_has_its_row_and_column(own_frames: Path) -> None:
    rows = """one,fund,fundings,giver,purpose,,moneyKind=unknown,,They fund it.
two,host,participations,participant,undertakin,,role=hosst,,They host it.
three,,participations,participant,undertaking,,role=host,,They host it.
four,host,participations,participant,,,role=host,,They visit it.
five,host,participations,role,undertaking,,role=host,,They host it.
"""
    own_frames.write_text(HEADER.replace("after", "aftr") + rows, "utf-8")
    with pytest.raises(InputError) as raised:
        frames()
    found = {(fault.row, fault.column): fault.message for fault in raised.value.faults}
    assert {fault.file for fault in raised.value.faults} == {f"ontology/{FILE}"}
    assert found[1, "aftr"].startswith("is no column of frames (perhaps 'after')")
    assert found[2, "table"] == "'fundings' is no table of claims (perhaps 'funding')"
    assert found[3, "object"] == "'undertakin' is no column of the table (perhaps 'undertaking')"
    assert found[3, "fixed"] == "'hosst' is no code of role (perhaps 'host')"
    assert found[4, "words"] == "is empty; fill it"
    assert found[5, "table"].startswith("needs undertaking; name a part that fills it")
    assert found[6, "subject"] == "'role' refers to no entry"
