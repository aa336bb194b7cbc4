"""What of others goes out has its licence beside it, in a text that names it: in the wheel, a site, a single file."""

import shutil
from pathlib import Path

from tests.pages.conftest import small_site
from tests.pages.packed import files_in
from tipgraph.model import kit
from tipgraph.outputs.site import assets

__all__ = ["small_site"]  # a fixture

WEB = kit.code("outputs/site/web")
OURS = {path.name for path in (WEB / "static").iterdir()}
MADE = {"en.js", "es.js", "graph.js", "icon.svg"}  # our words, the graph itself and our mark, by `outputs/site`


def unnamed(site: Path) -> list[str]:
    """Return the files of others in the assets of a site that no licence beside them names."""
    said = "".join(path.read_text("utf-8") for path in (site / "assets").glob("LICENSES*.txt"))
    others = {path.name for path in (site / "assets").iterdir()} - OURS - MADE
    return sorted(name for name in others if name not in said and not name.startswith("LICENSES"))


def test_what_is_gathered_is_named_by_a_licence_that_stands_there_in_full() -> None:
    for path in (WEB / "vendor").glob("*"):
        if not path.name.startswith("LICENSES"):
            naming = [text for one in assets.licences() if path.name in (text := one.read_text("utf-8"))]
            assert len(naming) == 1, path.name
            assert "WITHOUT WARRANTY" in naming[0] or "DISCLAIMS ALL WARRANTIES" in naming[0] or "AS IS" in naming[0]


def test_pyvis_carries_the_version_whose_licence_we_give() -> None:
    from importlib.util import find_spec

    spec = find_spec("pyvis")
    assert spec is not None
    assert spec.origin is not None
    script = (Path(spec.origin).parent / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text("utf-8")
    assert "@version 9.1.2" in script[:1000]
    assert "vis-network 9.1.2" in (WEB / "LICENSES-drawing.txt").read_text("utf-8")


def test_a_site_carries_the_licence_of_every_file_of_others(small_site: Path, tmp_path: Path) -> None:
    site = shutil.copytree(small_site, tmp_path / "site")
    assert (site / "assets" / "vis-network.min.js").exists()
    assert not unnamed(site)
    (site / "assets" / "other.min.js").touch()  # the control
    assert unnamed(site) == ["other.min.js"]
    page = (site / "licences.html").read_text("utf-8")
    packed = files_in((site / "tipgraph.html").read_text("utf-8"))
    assert "vis-network.min.js is" in packed["licences.html"]
    assert 'href="licences.html"' in packed["index.html"]  # for who has no scripts; page.js adds it to each page
    for path in assets.licences():
        assert path.name in page
        assert path.name in packed["es/licences.html"]
