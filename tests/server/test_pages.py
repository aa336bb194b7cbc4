"""Pages on demand: those of entries are made when somebody asks for them, and are the pages of the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Server, serving
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site import render

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(graph, tmp_path_factory.mktemp("written") / "site").parent


@pytest.fixture(scope="module")
def paged(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server that makes pages, and the folder of its temporary files."""
    scratch = tmp_path_factory.mktemp("scratch")
    with serving(store, "--site", str(scratch), pages=True, TMPDIR=str(scratch)) as server:
        assert server.call("GET", "/", patience=400).status == 200
        yield server, scratch


def test_an_entry_has_the_page_of_the_site(paged: tuple[Server, Path], site: Path) -> None:
    server, scratch = paged
    paths = sorted(path.relative_to(site).as_posix() for path in site.glob("**/thing/**/*.html"))
    assert len(paths) > 500
    assert server.get(f"/{paths[0]}").status == 200
    assert [path.name for path in scratch.glob("**/thing/**/*.html")] == [Path(paths[0]).name]
    for path in paths[:: len(paths) // 60]:
        assert server.get(f"/{path}").body == (site / path).read_bytes(), path


def test_other_pages_are_those_of_the_site_but_for_the_site_in_one_file(paged: tuple[Server, Path], site: Path) -> None:
    server, _ = paged
    entries = {"thing", "es/thing"}
    others = [path.relative_to(site) for path in site.rglob("*.*") if path.suffix in (".html", ".js", ".css", ".svg")]
    paths = [path.as_posix() for path in others if not any(path.is_relative_to(one) for one in entries)]
    differing = {path for path in paths if server.get(f"/{path}").body != (site / path).read_bytes()}
    assert differing == {"index.html", "es/index.html", "tipgraph.html"}
    assert server.get("/").body == server.get("/index.html").body
    assert "tipgraph.html" not in server.get("/").text


@pytest.mark.parametrize("path", ["thing/nothing.html", "thing", "a" * 300, "x/../../store", "%00", ".tipgraph-site"])
def test_what_is_no_page_is_not_there(paged: tuple[Server, Path], path: str) -> None:
    assert paged[0].get(f"/{path}").status == 404
