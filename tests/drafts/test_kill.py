"""A process that is killed while it saves: nothing that was said to be saved is lost, and nothing is there twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drafts.conftest import NAME, Place, new_place
from tests.drafts.killed import decide, texts
from tipgraph.errors import InputError
from tipgraph.sources import ChangeJournal

VERDICTS = {"accept": "accepted", "reject": "rejected", "edit": "edited", "correct": "corrected"}
ENDS = {"accept": "accepted", "correct": "corrected", "undo": "accepted"}
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("action", ["accept", "correct", "undo"])
def test_at_each_moment_the_decision_is_there_as_a_whole_or_not_at_all(tmp_path: Path, action: str) -> None:
    whole = {"open": texts(new_place(tmp_path / "open"))}
    for verdict, state in VERDICTS.items():
        own = new_place(tmp_path / verdict)
        decide(own, verdict)
        whole |= {verdict: texts(own), state: texts(own)}

    command = [sys.executable, "-m", "tests.drafts.killed", str(tmp_path / "killed"), action]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    *moments, last = map(json.loads, run.stdout.splitlines())
    assert len(moments) > 5
    assert {moment["said"] for moment in moments} == {""}
    assert (last["said"], last["state"]) == ("saved", ENDS[action])
    for moment in (*moments, last):
        assert moment["files"] == whole[moment["state"]]
        assert moment["decided"] == whole[moment["then"] or moment["state"]]
    assert {moment["then"] for moment in moments} >= ({"accept", "reject", "edit"} if action == "accept" else {""})


def test_a_change_that_was_cut_short_is_not_put_back_over_the_work_of_another(place: Place) -> None:
    journal, table = place.texts / f"{NAME}.pending.json", place.folder / "actors.csv"
    place.text.chmod(0o600)
    killed_at_once = ChangeJournal(journal, place.folder, place.text).keeping({table: None}, {table: b"id,label\n"})
    killed_at_once.__enter__()
    assert journal.stat().st_mode & 0o777 == 0o600
    table.write_text("id,type,label\nmine,Group,Mine\n", "utf-8")
    with pytest.raises(InputError, match=r"was cut short, and actors\.csv has changed since"):
        place.session()
    assert "mine" in table.read_text("utf-8")
    journal.write_text('[{"name": 1}]', "utf-8")
    with pytest.raises(InputError, match="damaged"):
        place.session()
    journal.unlink()
    place.session()
