"""A published site and a release have no word and no picture of a closed text, but for the quotes of claims.

The texts of the tests are read back from every file: unpacked, decoded, and out of pictures, by readers of our own.
"""

import base64
import gzip
import html
import io
import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.conftest import carried
from tests.pages.paged import CLOSED, NAMES, OPEN, UNIQUE, Project, write_project
from tipgraph.outputs.release import read_policy, release
from tipgraph.outputs.site import render, single_file
from tipgraph.outputs.site.mode import NOTICE
from tipgraph.outputs.site.source_text import shown_document
from tipgraph.sources.documents import pictures
from tipgraph.sources.folder import Texts

BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")
PNG = b"\x89PNG\r\n\x1a\n"
RUN = 6  # words in a row that are no accident


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def published(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "site"
    return render(project.graph, out, texts=Texts(project.texts)).parent


@pytest.fixture(scope="module")
def in_house(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ours") / "site"
    return render(project.graph, out, texts=Texts(project.texts), in_house=True).parent


def layers(data: bytes) -> Iterator[bytes]:
    """Yield data, and all that is packed or encoded within; which pictures there are is compared as a whole."""
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield from layers(gzip.decompress(data))
    elif data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            for name in opened.namelist():
                yield from layers(opened.read(name))
    elif not data.startswith(PNG):
        for match in BASE64.finditer(data):
            token = match[0].rstrip(b"=")
            token = token[:-1] if len(token) % 4 == 1 else token
            yield from layers(base64.b64decode(token + b"=" * (-len(token) % 4)))


def words_in(data: bytes) -> str:
    """Return the words of a file on one line, whatever is escaped."""
    text = data.decode("utf-8", "ignore") + " " + data[:2_000_000].decode("utf-16-le", "ignore")
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
    return " ".join(re.findall(r"\w+", html.unescape(text)))


def forbidden(project: Project) -> set[str]:
    """Return the runs of words of the closed text that touch no quote of a claim, and are not in the open text too."""
    text = project.text(CLOSED)
    rows = [line.split(",") for line in (project.data / CLOSED / "evidence.csv").read_text("utf-8").splitlines()[1:]]
    quotes = [(int(row[3]), int(row[4])) for row in rows]
    words = list(re.finditer(r"\w+", text))
    runs = set()
    for at in range(len(words) - RUN + 1):
        start, end = words[at].start(), words[at + RUN - 1].end()
        if not any(first < end and start < last for first, last in quotes):
            runs.add(" ".join(word[0] for word in words[at : at + RUN]))
    known = " ".join(re.findall(r"\w+", project.text(OPEN)))
    return {run for run in runs if run not in known}


def found(folder: Path, project: Project) -> tuple[set[str], set[bytes]]:
    """Return the forbidden words and all pictures that are in the files of a folder, or in their names.

    No file is a document or its layout; a site in one file has the pictures of the others.
    """
    runs, said, drawn, in_one = forbidden(project), set[str](), set[bytes](), set[bytes]()
    for path in set(folder.rglob("*")) - {*folder.rglob("assets/preview.png")}:  # a file of ours
        assert not path.name.endswith((".pdf", ".layout.json")), path
        for data in layers(path.read_bytes() if path.is_file() else path.name.encode()):
            assert b"%PDF-1" not in data, path
            if data.startswith(PNG):
                (in_one if path.name == single_file.NAME else drawn).add(data)
            text = words_in(data)
            said |= {run for run in runs if run in text}
    assert in_one == drawn
    return said, drawn


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def drawings(project: Project, name: str) -> set[bytes]:
    return set(pictures(project.texts / f"{name}.pdf", (1, 2)))


def test_a_published_site_has_the_open_text_and_nothing_more_of_the_closed_one(
    project: Project, published: Path
) -> None:
    said, drawn = found(published, project)
    assert said == set()
    assert drawn == drawings(project, OPEN)
    assert UNIQUE[OPEN] in (published / "source" / f"{OPEN}.html").read_text("utf-8")
    closed = (published / "source" / f"{CLOSED}.html").read_text("utf-8")
    assert not re.search(r"<img|<svg|<rect|<blockquote|data-claims", closed)
    assert "know of no licence that allows us to show it" in closed
    quote = f"the {NAMES[CLOSED].funder} gave {NAMES[CLOSED].amount} US dollars"
    assert quote not in closed  # today's rule: quotes one by one, on other pages
    assert quote in str(carried(published / "lens" / "en.js", "claims"))  # which pages of entries show


def test_an_in_house_site_has_both_and_the_test_would_find_a_leak(project: Project, in_house: Path) -> None:
    said, drawn = found(in_house, project)
    unique = UNIQUE[CLOSED].rstrip(".").split()
    assert {" ".join(unique[at : at + RUN]) for at in range(len(unique) - RUN + 1)} <= said
    assert drawn == drawings(project, OPEN) | drawings(project, CLOSED)
    assert UNIQUE[CLOSED] in (in_house / "es" / "source" / f"{CLOSED}.html").read_text("utf-8")


def test_a_published_run_removes_all_of_an_in_house_site(
    project: Project, in_house: Path, published: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(in_house, tmp_path / "site")
    assert (site / "source" / CLOSED / "p1.png").is_file()
    assert (site / NOTICE).is_file()
    render(project.graph, site, texts=Texts(project.texts))
    assert files(site) == files(published)
    assert list(tmp_path.iterdir()) == [site]


def test_a_release_has_no_picture_and_of_a_closed_text_only_quotes(project: Project, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[sources]\ndefault = "words"\n', "utf-8")
    texts, formats = Texts(project.texts), [".xlsx", ".jsonld"]
    release(project.graph, tmp_path / "out", read_policy(policy), texts=texts, formats=formats)
    said, drawn = found(tmp_path / "out", project)
    assert (said, drawn) == (set(), set())
    site = tmp_path / "out" / "site"
    assert json.loads((site / "site.json").read_text("utf-8"))["mode"] == "published"


@pytest.mark.parametrize("changed", [f"{OPEN}.pdf", f"{OPEN}.txt", ""])
def test_the_pages_of_a_changed_document_are_not_shown(project: Project, tmp_path: Path, changed: str) -> None:
    """Boxes would be around other words."""
    texts = shutil.copytree(project.texts, tmp_path / "texts")
    if changed:
        (texts / changed).write_bytes((texts / changed).read_bytes() + b"\n")
    settings = tomllib.loads((project.data / OPEN / "source.toml").read_text("utf-8"))
    assert (shown_document(settings, Texts(texts)) is None) == bool(changed)
