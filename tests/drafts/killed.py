"""Kill a person's process at each moment of a decision, and look what the next process finds: one JSON line for each.

python -m tests.drafts.killed FOLDER accept|correct|undo
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.drafts.conftest import GRANT, TEXT, Place, form, new_place, saved, shown
from tipgraph.curation.drafts.session.draft_session import DraftSession

MOVES = ("os.rename", "os.remove", "os.link")  # the moments after which files differ
THEN = ("accept", "reject", "edit")  # what the person decides after the kill


def main(folder: Path, action: str) -> None:
    """Kill at the first move of a file, at the second, and so on, until the decision ends before it is killed."""
    was_killed, moment = True, 0
    while was_killed:
        moment += 1
        place = new_place(folder / str(moment))
        was_killed, said = killed(place, action, moment)
        state = state_of(place)
        files = texts(place)
        then = THEN[moment % len(THEN)] if state == "open" else ""
        if then:
            decide(place, then)
        record = {"said": said, "state": state, "files": files, "then": then, "decided": texts(place)}
        sys.stdout.write(json.dumps(record) + "\n")


def decide(place: Place, verdict: str) -> None:
    """Accept, reject or edit the grant in a new session, or correct the claim that it became."""
    session = place.session()
    state = session.state()
    draft = shown(state, GRANT)
    if verdict == "correct":
        correction(session, session.accept(state["version"], draft["id"], 1))()
    elif verdict == "edit":
        session.accept(state["version"], draft["id"], 1, form({**GRANT.cells, "amount": "900"}, draft["entries"], []))
    else:
        more = (1,) if verdict == "accept" else ("not-said", 1)
        getattr(session, verdict)(state["version"], draft["id"], *more)


def correction(session: DraftSession, state: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    """Return the correction of the claim that the grant became: another amount, and other words."""
    claim = saved(state, "funding")
    start = TEXT.index("for two seminars in Lima")
    words = [[start, start + 24]]
    return partial(
        session.correct, state["version"], claim["id"], claim["digest"], form({"amount": "900"}, [], words), 1
    )


def state_of(place: Place) -> str:
    """Return the state of the grant, or `corrected` once the claim that it became is."""
    state = place.session().state()
    found = shown(state, GRANT)["state"]
    return "corrected" if found == "accepted" and saved(state, "funding")["corrected"] else str(found)


def texts(place: Place) -> dict[str, str]:
    """Return the files of a place as texts."""
    return {name: raw.decode() for name, raw in place.files().items()}


def killed(place: Place, action: str, moment: int) -> tuple[bool, str]:
    """Decide in a child that ends itself with SIGKILL; return whether it did, and what it said to be saved."""
    read, write = os.pipe()
    if not (child := os.fork()):
        session = place.session()
        state = session.state()
        decide: Callable[[], dict[str, Any]] = partial(session.accept, state["version"], shown(state, GRANT)["id"], 1)
        if action != "accept":
            decide = correction(session, decide())
        if action == "undo":
            decide = partial(session.undo, decide()["version"])
        sys.addaudithook(Killer(moment))
        decide()
        os.write(write, b"saved")
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read) as pipe:
        return os.WIFSIGNALED(status), pipe.read()


class Killer:
    """An audit hook that kills the process before the n-th event, by default the n-th move of a file."""

    def __init__(self, left: int, events: tuple[str, ...] = MOVES) -> None:
        self.left, self.events = left, events

    def __call__(self, event: str, what: tuple[Any, ...]) -> None:
        if event in self.events and (event != "open" or what[2] & (os.O_WRONLY | os.O_RDWR)):
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
