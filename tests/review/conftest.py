"""A project with the invented report of the guides as a PDF, drafts of claims, and the server of its review page."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

from docs.making.example_report import PDF, write_report
from tests.server.serving import Server
from tipgraph.model import kit

NAME = "harbour-note-2025"
GRANT = "In March 2025 the Lantern Fund gave 40,000 US dollars to Harbour House for a shelter in Lima"
TOGETHER = "Harbour House runs the shelter together with Bridge Centre"
FUND: dict[str, Any] = {
    "table": "actors",
    "cells": {"type": "OrganizationalUnit", "label": "Lantern Fund", "actorKind": "foundation"},
}
HOUSE: dict[str, Any] = {
    "table": "actors",
    "cells": {"type": "Organization", "label": "Harbour House", "actorKind": "ngo"},
}
DRAFTS = [
    {
        "rule": "gave-amount", "table": "funding", "quote": GRANT, "entries": [FUND, HOUSE],
        "cells": {"giver": "Lantern Fund", "receiver": "Harbour House", "moneyKind": "disbursed", "amount": "40000",
                  "currency": "USD", "amountAsPrinted": "40,000 US dollars", "date": "2025-03", "note": "Lantern Fund"},
    },
    {
        "rule": "together-with", "table": "partnerships", "quote": TOGETHER, "entries": [HOUSE],
        "cells": {"partner": "Harbour House", "partnershipKind": "joint-undertaking"},
    },
    {
        "rule": "member-of", "table": "affiliations", "quote": TOGETHER, "entries": [HOUSE],
        "cells": {"affiliate": "Harbour House", "affiliationKind": "member", "note": "turned \u202e round"},
    },
    {
        "rule": "wants-to", "table": "activities", "entries": [HOUSE],
        "quote": "the house wants to answer the telephone at night too",
        "cells": {"agent": "Harbour House", "activityKind": "planning", "status": "planned", "date": "2026",
                  "description": "wants to answer the telephone at night", "modality": "implied",
                  "note": 'that it is Harbour House is read from "the house"'},
    },
]  # fmt: skip


@dataclass
class Project:
    """A folder of a person, and the command line in it."""

    folder: Path
    drafts: Path = field(init=False)

    def __post_init__(self) -> None:
        self.drafts = self.folder / "given-drafts.json"

    def run(self, *words: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "tipgraph.cli", *words]
        done = subprocess.run(command, cwd=self.folder, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def rows(self, table: str, name: str = NAME) -> list[dict[str, str]]:
        """Return the rows of a table of a source; none without the file."""
        path = self.folder / "data" / name / f"{table}.csv"
        if not path.exists():
            return []
        return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is before anybody has read the report."""
    folder = tmp_path_factory.mktemp("review") / "project"
    Project(folder.parent).run("init", "project", "--title", "Ours", "--namespace", "https://ours.example/ns#")
    write_report(folder / PDF)
    settings = ["--publisher", "Harbour House", "--issued", "2026-01", "--licence", "not stated"]
    Project(folder).run("source", "add", PDF, *settings)
    Project(folder).drafts.write_text(json.dumps(DRAFTS), "utf-8")
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(made, tmp_path / "project")))


@contextmanager
def reviewing(
    project: Project, *, port: int = 0, name: str = NAME, drafts: bool = True, language: str = "en", browser: str = ""
) -> Iterator["Review"]:
    """Serve the review page of a source, and stop the server by Ctrl-C, if it has not been killed.

    Without drafts, it is the command that serves it, and it may start a browser.
    """
    command = ["tests.review.served", ".", name, str(port), str(project.drafts), language]
    if not drafts:
        command = ["tipgraph.cli", "review", "drafts", name, "--drafter", "none", "--lang", language]
        command += [] if browser else ["--no-browser"]
    with (
        TemporaryFile() as said,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=project.folder,
            stdout=said,
            stderr=said,
            env=environment() | {"BROWSER": browser},
        ) as process,
    ):
        review = Review("127.0.0.1", port, process, said)
        try:
            review.wait()
            yield review
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                assert process.wait(timeout=30) == 0, review.log


@dataclass
class Review(Server):
    """A server of a review page, and the address that it prints."""

    page: str = ""

    def wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/\S+/", self.log):
                self.page, self.port = found[0], int(found[1])
                return
            assert self.process.poll() is None, self.log
            time.sleep(0.05)
        raise AssertionError(self.log)


def environment() -> dict[str, str]:
    home = kit.home()
    return {**os.environ, "PYTHONPATH": f"{home / 'src'}{os.pathsep}{home}", "TIPGRAPH_TEXTS": ""}
