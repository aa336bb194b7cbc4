"""What a plain installation lacks is said before anything is read or written, and says which extra brings it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tipgraph.errors import MissingExtra
from tipgraph.model import kit
from tipgraph.runtime import extras

PROJECT = tomllib.loads((kit.home() / "pyproject.toml").read_text("utf-8"))["project"]
CALLS = {
    "documents": "extras.need('documents', 'a PDF')",
    "drafts": "extras.need('drafts', 'the parser of drafts')",
    "pandas": "extras.need('pandas', 'a data frame')",
    "release": "release.compile_(None, None)",
    "server": "tipgraph.serve",
    "tables": "files.writable('x.parquet')",
}
PROGRAM = """
import sys
for name in {names}:
    sys.modules[name] = None  # as if it were not installed
import tipgraph
from tipgraph.outputs import files
from tipgraph.outputs import release
from tipgraph.runtime import extras
from tipgraph.errors import MissingExtra
try:
    {call}
except MissingExtra as error:
    print(error)
"""


def _declared(extra: str) -> set[str]:
    """Return the libraries of an extra as they are imported, with those of the extras that it takes in."""
    names: set[str] = set()
    for one in PROJECT["optional-dependencies"][extra]:
        name = re.split("[;<=>]", one)[0]
        inner = name.removeprefix("tipgraph[").rstrip("]").split(",") if name.startswith("tipgraph[") else []
        names |= {found for part in inner for found in _declared(part)} if inner else {name.replace("-", "_")}
    return names


@pytest.mark.parametrize("extra", extras.EXTRAS)
def test_an_extra_brings_what_is_missed_of_it(extra: str) -> None:
    assert set(extras.EXTRAS[extra]) <= _declared(extra)


def test_no_library_of_an_extra_is_a_plain_dependency() -> None:
    plain = {one.split(">")[0].replace("-", "_").lower() for one in PROJECT["dependencies"]}
    assert not plain & {name for names in extras.EXTRAS.values() for name in names}


@pytest.mark.parametrize("extra", extras.EXTRAS)
def test_without_its_libraries_a_door_says_which_extra_brings_them(extra: str, tmp_path: Path) -> None:
    program = PROGRAM.format(names=extras.EXTRAS[extra], call=CALLS[extra])
    said = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"pip install 'tipgraph[{extra}]'" in said.stdout
    for name in extras.EXTRAS[extra]:
        assert name in said.stdout
    assert not list(tmp_path.iterdir())


def test_several_are_listed_as_a_person_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "EXTRAS", {"none": ("no_one", "nobody", "no_other")})
    said = r"a picture needs no_one, nobody and no_other: pip install 'tipgraph\[none\]', or draw it"
    with pytest.raises(MissingExtra, match=said):
        extras.need("none", "a picture", "draw it")
