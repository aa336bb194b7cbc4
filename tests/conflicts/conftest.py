"""Two small sources that speak of the same things, and may contradict each other."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.conftest import SMALL

Tables: TypeAlias = dict[str, str]  # the lines of a table by its name, each line without id and evidence
SETTINGS = """title = "A note"
issuedBy = "tipgraph tests"
issued = "{issued}"
licence = "CC BY 4.0"
textKind = "cited"
paragraphRule = "lines"
"""
THINGS = {
    "actors": "id,type,label,actorKind\ngiver,Organization,The giver,ngo\ntaker,Organization,The taker,ngo\n",
    "undertakings": (
        "id,type,label\nevent,Event,The meeting\nseries,EventSeries,The meetings\nproject,Project,The project\n"
    ),
    "documents": "id,type,label\ntext,Publication,The text\n",
}
JOINED = ("giver", "taker", "event", "series", "project", "text")
Write: TypeAlias = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write two sources, `a-2020` and `b-2021`, that say so much; joined, their things are one."""

    def written(first: Tables, second: Tables, *, joined: bool = True) -> Path:
        data = tmp_path / "sources"
        shutil.copytree(SMALL / "reference", data / "reference")
        for name, tables in (("a-2020", first), ("b-2021", second)):
            folder = data / name
            folder.mkdir()
            (folder / "source.toml").write_text(SETTINGS.format(issued=name[2:]), "utf-8")
            (folder / "evidence.csv").write_text("id,knownThrough\ne1,a test\ne2,a test\n", "utf-8")
            for table, text in {**THINGS, **{table: _numbered(text) for table, text in tables.items()}}.items():
                (folder / f"{table}.csv").write_text(text, "utf-8")
        rows = [f"j{at},a-2020/{one},b-2021/{one},same,tests,person,2026-11-25,one" for at, one in enumerate(JOINED, 1)]
        header = "id,left,right,verdict,judge,judgeKind,judged,reason"
        lines = [header, *(rows if joined else [])]
        (data / "reference" / "identity.csv").write_text("\n".join(lines) + "\n", "utf-8")
        return data

    return written


def _numbered(text: str) -> str:
    header, *rows = text.strip().splitlines()
    lines = [f"id,{header.strip()},evidence", *(f"r{at},{row.strip()},e1" for at, row in enumerate(rows, 1))]
    return "\n".join(lines) + "\n"
