"""What is no file, such as a pipe or an endless device, is refused by name wherever a file is read."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from click.testing import CliRunner

from tipgraph.cli import main
from tipgraph.model import kit
from tipgraph.pipeline.scaffold import init
from tipgraph.runtime.files import read_bytes, read_text

_SAID = "--title T --publisher P --issued 2020 --licence L"
_TABLE = "data/example-2026/actors.csv"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "acme"
    init(folder, title="ACME", namespace="https://acme.example/ns#")
    monkeypatch.chdir(folder)
    kit.forget()
    yield folder
    kit.forget()


def _said(*words: str) -> str:
    """Return what a command says that must fail, and that ends."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError("it waits for what never comes")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    try:
        done = CliRunner().invoke(main, words)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in (1, 2), done.output
    return done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes with a name")
@pytest.mark.parametrize(
    ("file", "words"),
    [
        (_TABLE, "build"),
        ("data/example-2026/source.toml", "build"),
        ("data/reference/allowed.csv", "build"),
        ("tipgraph.toml", "build"),
        ("ontology/acme.ttl", "build"),
        ("queries/trainings.rq", "build"),
        ("queries/derive/90-own.rq", "build"),
        ("graph.nq", "build graph.nq"),
        ("graph.nq", "query actors -g graph.nq"),
        ("policy.toml", "release out --policy policy.toml"),
        ("open.csv", f"source import routes open.csv -o data/open {_SAID}"),
        ("map.toml", f"source import mapped texts/example-2026.txt -o data/open --mapping map.toml {_SAID}"),
    ],
)
def test_what_is_no_file_is_refused(project: Path, file: str, words: str) -> None:
    path = project / file
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    said = _said(*words.split())
    assert file in said
    assert "no file" in said


@pytest.mark.skipif(os.name != "posix", reason="there is no such device")
def test_an_endless_device_is_refused(project: Path) -> None:
    (project / _TABLE).unlink()
    (project / _TABLE).symlink_to("/dev/zero")
    assert f"{_TABLE}: cannot be read: it is no file" in _said("build")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(OSError, match="larger than 1,024 MB"):
        read_bytes(large)
    with pytest.raises(OSError, match="larger than 1 MB"):
        read_bytes(large, 1 << 20)


def test_a_text_is_read_as_an_editor_shows_it(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(tmp_path / "one") == "a\nb\nc\n"
