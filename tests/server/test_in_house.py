"""Pages of documents from the server: pictures in the mode that was asked for, and never the document itself."""

from pathlib import Path

import pytest

from tests.pages.paged import CLOSED, OPEN, UNIQUE, Project, write_project
from tests.server.serving import serving
from tipgraph.graph.storage import write
from tipgraph.outputs.site import render
from tipgraph.sources.folder import Texts


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = write_project(tmp_path_factory.mktemp("served"))
    write(made.graph, made.data.parent / "store")
    return made


@pytest.mark.parametrize("in_house", [False, True], ids=["published", "in-house"])
def test_a_server_shows_the_pages_of_its_mode(project: Project, tmp_path: Path, in_house: bool) -> None:
    """A site of the other mode that fits the graph is not served in its place."""
    site = render(project.graph, tmp_path / "site", texts=Texts(project.texts), in_house=not in_house).parent
    options = ["--texts", str(project.texts), "--site", str(site), *(["--in-house"] if in_house else [])]
    with serving(project.data.parent / "store", *options, pages=True) as server:
        closed = server.get(f"/source/{CLOSED}.html")
        assert (UNIQUE[CLOSED] in closed.text, "Do not publish" in closed.text) == (in_house, in_house)
        assert closed.headers["cross-origin-resource-policy"] == "same-origin"
        for name, is_shown in ((OPEN, True), (CLOSED, in_house)):
            picture = server.get(f"/source/{name}/p1.png")
            assert (picture.status, picture.media) == ((200, "image/png") if is_shown else (404, picture.media))
        document = f"{CLOSED}.pdf"
        for path in (document, f"source/{document}", f"source/{CLOSED}/../../../texts/{document}", f"texts/{document}",
                     f"%2e%2e/texts/{document}", f"source/..%2f..%2f..%2ftexts%2f{document}"):  # fmt: skip
            assert server.get(f"/{path}").status == 404, path
