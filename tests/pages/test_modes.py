"""A published site and an in-house copy: each names its mode, and neither takes the place of the other by accident."""

import asyncio
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp

from tests.conftest import SMALL_TEXTS
from tests.pages.conftest import pages_of
from tipgraph.cli import main
from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.outputs.site import mode, render
from tipgraph.server.application import Files, fits
from tipgraph.server.guard import Guard
from tipgraph.server.options import Options
from tipgraph.server.service import serve
from tipgraph.sources.folder import Texts

BANNER = {"en": "In-house copy:", "es": "Copia interna:"}
ROBOTS = '<meta name="robots" content="noindex">'


@pytest.fixture(scope="module")
def in_house(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("in-house") / "site"
    return render(small, out, texts=Texts(SMALL_TEXTS), in_house=True).parent


def test_every_page_of_an_in_house_site_says_so_and_a_server_serves_one_of_its_own_mode_only(
    small: Graph, in_house: Path, small_site: Path
) -> None:
    for folder, ours in ((in_house, True), (small_site, False)):
        for path in pages_of(folder):
            text = path.read_text("utf-8")
            language = "es" if "es" in path.relative_to(folder).parts else "en"
            assert (BANNER[language] in text, ROBOTS in text) == (ours, ours), path
        book = (folder / "tipgraph.html").read_text("utf-8")
        assert ("do not publish" in book[:200], ROBOTS in book) == (ours, ours)
        assert (folder / mode.NOTICE).is_file() == ours
        assert mode.site_at(folder)["mode"] == ("in-house" if ours else "published")
        assert [fits(folder, small.digest, in_house=one) for one in (ours, not ours)] == [True, False]


def test_a_site_of_one_mode_is_not_replaced_by_the_other_nor_written_inside_a_published_folder(
    small: Graph, small_site: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(small_site, tmp_path / "site"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(CallError, match="has a published site; write the in-house copy into another folder"):
        render(small, folder, texts=Texts(SMALL_TEXTS), in_house=True)
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for mark in ("site.json", ".tipgraph-site", ".tipgraph-release"):
        public, link = tmp_path / f"public{mark}", tmp_path / f"link{mark}"
        public.mkdir()
        (public / mark).write_text("{}", "utf-8")
        link.symlink_to(public, target_is_directory=True)
        for place in (public / "ih", public / "deep/er/ih", link / "ih"):
            with pytest.raises(CallError, match="which is published"):
                render(small, place, in_house=True)
        assert [path.name for path in public.iterdir()] == [mark]


def status(app: ASGIApp, path: str, site: str = "") -> int:
    """Ask an application for a path; in a thread of its own, since a browser's loop may run in this one."""

    async def ask() -> int:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", follow_redirects=True) as client:
            return (await client.get(path, headers={"sec-fetch-site": site} if site else {})).status_code

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()


@pytest.mark.parametrize("is_ours", [True, False])
def test_an_in_house_server_refuses_requests_of_other_sites_and_other_machines(*, is_ours: bool) -> None:
    app = Guard(PlainTextResponse("a page"), frozenset({"localhost"}), in_house=is_ours)
    assert status(app, "/", "cross-site") == (403 if is_ours else 200)
    assert [status(app, "/", site) for site in ("", "none", "same-origin")] == [200, 200, 200]
    for opened in (
        {"host": "0.0.0.0"},  # noqa: S104
        {"host": "192.0.2.1", "token": "x"},
        {"allowed": ["graph.example"]},
        {"origins": ["https://graph.example"]},
        {"proxies": ["127.0.0.1"]},
    ):
        with pytest.raises(CallError, match="this machine only"):
            serve("graph.trig", Options(port=0, in_house=True)._replace(**opened))


def test_a_server_serves_only_the_files_that_the_site_lists(small_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(small_site, site)
    (site / "ih").mkdir()
    for name in ("ih/p1.png", "ih/index.html", "all.html"):
        (site / name).write_text("secret", "utf-8")
    app = Starlette(routes=[Mount("/", Files(site, mode.site_files(site), html=True))])
    for path in ("/all.html", "/ih", "/ih/", "/ih/index.html", "/ih/p1.png", "/%69h/p1.png", "/es/%2e%2e/all.html"):
        assert status(app, path) == 404, path
    for path in ("/", "/es/", "/index.html", "/site.json", "/tipgraph.html"):
        assert status(app, path) == 200, path


@pytest.mark.parametrize("is_quoted", [True, False])
def test_a_server_takes_the_built_site_only_if_it_quotes_as_asked(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_quoted: bool
) -> None:
    write(small, tmp_path / "small.trig")
    site, asked = tmp_path / "build" / "site", list[Options]()
    render(small, site, texts=Texts(SMALL_TEXTS) if is_quoted else None)
    monkeypatch.setattr("tipgraph.cli.paths._build_folder", lambda: tmp_path / "build")
    monkeypatch.setattr("tipgraph.server.serve", lambda _, options, __: asked.append(options))
    words = ["serve", "-g", str(tmp_path / "small.trig")]
    for more in ([], ["--texts", str(SMALL_TEXTS)], ["--site", str(site)]):
        assert CliRunner().invoke(main, [*words, *more]).exit_code == 0
    assert [options.site for options in asked] == [None if is_quoted else site, site if is_quoted else None, site]


def test_the_command_line_writes_an_in_house_copy_beside_the_site(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(small, tmp_path / "small.trig")
    monkeypatch.setattr("tipgraph.cli.paths._build_folder", lambda: tmp_path / "build")
    words = ["pages", "--in-house", "-g", str(tmp_path / "small.trig")]
    refused = CliRunner().invoke(main, words)
    assert (refused.exit_code, list(tmp_path.glob("build"))) == (2, [])
    assert "name their folder by --texts" in refused.stderr
    (tmp_path / "build").mkdir()
    done = CliRunner().invoke(main, [*words, "--texts", str(SMALL_TEXTS)])
    assert "do not publish it" in done.stderr
    assert json.loads((tmp_path / "build" / "in-house" / "site.json").read_text("utf-8"))["mode"] == "in-house"
