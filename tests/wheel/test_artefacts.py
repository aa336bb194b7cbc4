"""What is given to others: the wheel and the source distribution, made again and of each other, and what they say."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.wheel.conftest import ROOT, build, wheel_in

pytestmark = pytest.mark.wheel
ALLOWED = {
    ".jsonld", ".typed", ".py", ".pyi", ".rq", ".sql", ".ttl", ".csv", ".toml", ".md", "",  # the kit and the code
    ".html", ".svg", ".css", ".js", ".json", ".gz", ".txt", ".png",  # the pages, files from npm, their licences
    ".po", ".mo",  # their translations
}  # fmt: skip
PARTS = (
    "_kit/ontology/terms.ttl", "_kit/queries/funding.rq", "_kit/queries/graph/cite.rq",
    "_kit/data/oas-cim-2005/funding.csv", "py.typed", "display/templates/base.html",
    "display/locale/es/LC_MESSAGES/tipgraph.mo", "outputs/site/web/static/shared.js",
)  # fmt: skip
VENDOR = ROOT / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor"


@pytest.fixture(scope="module")
def unpacked(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian's Python 3.11 has none
        archive.extractall(folder)  # noqa: S202 - our own archive
    return next(folder.iterdir())


def test_the_same_sources_give_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    again = build(ROOT, tmp_path)
    assert [path.name for path in again] == sorted(path.name for path in dist.iterdir())
    for path in again:
        assert path.read_bytes() == (dist / path.name).read_bytes(), path.name


def test_the_wheel_holds_the_kit_and_only_what_it_may(dist: Path) -> None:
    names = zipfile.ZipFile(wheel_in(dist)).namelist()
    inside = [name for name in names if not name.split("/")[0].endswith(".dist-info")]
    assert {Path(name).suffix for name in inside} <= ALLOWED
    assert {f"tipgraph/{part}" for part in PARTS} <= set(names)
    assert not [name for name in names if name.endswith((".mjs", ".d.ts")) or "/make/" in name]
    vendor = {name.rpartition("/")[2] for name in names if "/web/vendor/" in name}
    assert vendor == {path.name for path in VENDOR.glob("*")}


def test_the_wheel_of_the_sdist_is_that_of_the_checkout(dist: Path, tmp_path: Path) -> None:
    """The other wheels here are built of the source distribution."""
    (built,) = build(ROOT, tmp_path, "--wheel")
    assert built.read_bytes() == wheel_in(dist).read_bytes()


def test_the_sdist_holds_what_npm_gathered(unpacked: Path) -> None:
    held = unpacked / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor"
    gathered = {path.name: path.read_bytes() for path in VENDOR.glob("*")}
    assert {path.name: path.read_bytes() for path in held.glob("*")} == gathered
    assert not list(unpacked.rglob("node_modules"))


def test_where_npm_never_ran_the_wheel_is_the_same_without_it(dist: Path, unpacked: Path, tmp_path: Path) -> None:
    bare = Path(shutil.copytree(unpacked, tmp_path / "bare"))
    shutil.rmtree(bare / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor", ignore_errors=True)
    build(bare, tmp_path / "dist", "--wheel")
    names, fewer = (set(zipfile.ZipFile(wheel_in(folder)).namelist()) for folder in (dist, tmp_path / "dist"))
    assert fewer < names or not VENDOR.exists()
    assert {path for path in names - fewer if "web/vendor/" not in path} == set()


def test_an_index_would_take_both(dist: Path) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, sorted(dist.iterdir()))]
    said = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.count("PASSED") == 2


def test_every_licence_in_the_wheel_is_named_in_its_metadata(dist: Path) -> None:
    with zipfile.ZipFile(wheel_in(dist)) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith("dist-info/METADATA"))
    held = [name for name in names if name.startswith("tipgraph/outputs/site/web/") and "LICENSES" in name]
    assert held
    for name in ("LICENSE", "LICENSE-DATA", *(f"src/{name}" for name in held)):
        assert f"License-File: {name}\n" in metadata
