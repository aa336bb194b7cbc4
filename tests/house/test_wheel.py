"""The wheel works outside the checkout, holds the kit and nothing that runs besides Python."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tipgraph.model import kit

ALLOWED = {
    ".jsonld", ".typed", ".py", ".pyi", ".rq", ".sql", ".ttl", ".csv", ".toml", ".md", "",  # the kit and the code
    ".html", ".svg", ".css", ".js", ".json", ".gz", ".txt", ".png",  # the pages, files from npm, their licences
    ".po", ".mo",  # their translations
}  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(kit.home())]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_kit_and_only_what_it_may(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = [name for name in names if not name.split("/")[0].endswith(".dist-info")]
    assert {Path(name).suffix for name in inside} <= ALLOWED
    for part in ("ontology/terms.ttl", "queries/funding.rq", "queries/graph/cite.rq", "data/oas-cim-2005/funding.csv"):
        assert f"tipgraph/_kit/{part}" in names
    assert "tipgraph/py.typed" in names
    for part in (
        "display/templates/base.html",
        "display/locale/es/LC_MESSAGES/tipgraph.po",
        "display/locale/es/LC_MESSAGES/tipgraph.mo",
        "outputs/site/web/static/shared.js",
        "outputs/site/web/static/site.css",
        "outputs/site/web/static/worker.js",
    ):
        assert f"tipgraph/{part}" in names
    assert not [name for name in names if name.endswith((".mjs", ".d.ts")) or "/make/" in name]
    for gathered in (
        "world.min.js",
        "yasqe.min.js",
        "d3-sankey.min.js",
        "oxigraph.js",
        "oxigraph.wasm.gz",
        "LICENSES-engine.txt",
    ):
        path = kit.home() / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor" / gathered
        assert (f"tipgraph/outputs/site/web/vendor/{gathered}" in names) == path.exists()
