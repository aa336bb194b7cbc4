"""A process that is killed while it saves: nothing that was said to be saved is lost, and nothing is there twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drafts.conftest import GRANT, Place, shown

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("action", ["accept", "undo"])
def test_at_each_moment_the_decision_is_there_once_or_can_be_made_again(
    place: Place, tmp_path: Path, action: str
) -> None:
    session = place.session()
    state = session.state()
    session.accept(state["version"], shown(state, GRANT)["id"], 1)
    undisturbed = {name: raw.decode() for name, raw in place.files().items()}

    command = [sys.executable, "-m", "tests.drafts.killed", str(tmp_path / "killed"), action]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    *moments, last = map(json.loads, run.stdout.splitlines())
    assert len(moments) > 5
    assert {moment["said"] for moment in moments} == {""}
    assert {moment["state"] for moment in moments} >= {"open"}
    assert (last["said"], last["state"]) == ("saved", "accepted" if action == "accept" else "open")
    for moment in (*moments, last):
        assert moment["files"] == undisturbed
