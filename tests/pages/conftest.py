"""Sites to open in a browser: of our own data, of the small kit with its text, of hostile names; servers of them."""

import base64
import gzip
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml.html import fromstring
from playwright.sync_api import FloatRect, Locator
from pyoxigraph import Literal, NamedNode

from tests.conftest import SMALL_TEXTS, statements_of
from tests.server.serving import Server, serving
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.model import DATA, Statement
from tipgraph.outputs.site import render, single_file
from tipgraph.runtime import Lock
from tipgraph.sources.folder import Texts

HOSTILE = "</script><img src=x onerror=alert(1)> href='x' {{ 7*7 }} & \u202eevil\u200b <b>"
ACTOR = f"{DATA}harbour-2020/actors/lantern-fund"  # who is called so


@pytest.fixture(scope="session")
def site(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the project's own data, without the texts of its sources, as everybody can make it.

    The processes of one run share it.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    folder = tmp_path_factory.getbasetemp().parent / f"site-{run}" if run else tmp_path_factory.mktemp("site")
    folder.mkdir(exist_ok=True)
    with Lock(folder):
        if not (folder / "site" / "index.html").is_file():
            render(graph, folder / "site", recipes=[("partner-funding", "usaid")])
    return folder / "site"


@pytest.fixture(scope="session")
def small_site(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small kit, whose text the tests made themselves and is at hand."""
    return render(small, tmp_path_factory.mktemp("small") / "site", texts=Texts(SMALL_TEXTS)).parent


@pytest.fixture(scope="session")
def asked(graph: Graph, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the graph and the site of the project's own data."""
    store = tmp_path_factory.mktemp("asked") / "store"
    write(graph, store)
    with serving(store, "--site", str(site), "--deadline", "8", pages=True) as server:
        yield server


@pytest.fixture(scope="session")
def hostile_graph(small: Graph) -> Graph:
    """The small graph with a name, a title and an address that mean harm."""
    names = ("Lantern Fund", "the Lantern Fund", "Harbour Watch: a note on the year 2020")
    renamed = called(small, dict.fromkeys(names, HOSTILE))
    match, reference = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch"), NamedNode(f"{DATA}reference")
    same = [
        Statement(NamedNode(ACTOR), match, NamedNode(iri), reference)
        for iri in ("javascript:alert(1)", "https://example.org/fine")
    ]
    return Graph([*renamed, *same])


@pytest.fixture(scope="session")
def hostile(hostile_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that graph."""
    out = tmp_path_factory.mktemp("hostile") / "site"
    return render(hostile_graph, out, recipes=[("partner-funding", ACTOR)]).parent


@pytest.fixture(scope="session")
def hostile_server(hostile_graph: Graph, hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of both."""
    store = tmp_path_factory.mktemp("hostile") / "store"
    write(hostile_graph, store)
    with serving(store, "--site", str(hostile), pages=True) as server:
        yield server


def called(graph: Graph, names: Mapping[str, str]) -> list[Statement]:
    """Return the statements of a graph, some of its texts replaced by others."""
    statements = []
    for quad in statements_of(graph):
        value = quad.object
        if isinstance(value, Literal) and value.value in names:
            text = names[value.value]
            value = Literal(text, language=value.language) if value.language else Literal(text)
        statements.append(Statement(quad.subject, quad.predicate, value, quad.source))
    return statements


def pages_of(site: Path) -> list[Path]:
    """Return the pages of a site, without the file that holds all of them."""
    return sorted(path for path in site.rglob("*.html") if path.name != single_file.NAME)


def carried(script: Path, name: str) -> Any:
    """Return a packed part that a script of a site carries."""
    (packed,) = re.findall(rf'^carry\("{name}", "(.*)"\);$', script.read_text("utf-8"), re.MULTILINE)
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def packed_in(path: Path, block: str) -> Any:
    """Return the data that a block of a page holds packed."""
    (packed,) = re.findall(rf'<script [^>]*id="{block}">([^<]*)<', path.read_text("utf-8"))
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def parsed(path: Path) -> Any:
    """Return a page as a tree, to be asked by XPath."""
    return fromstring(path.read_text("utf-8"))


def address(folder: Path, path: str) -> str:
    """Return the address of a page, its fragment included."""
    file, mark, fragment = path.partition("#")
    return (folder / file).as_uri() + mark + fragment


def box_of(part: Locator) -> FloatRect:
    """Return where a part of a page is drawn."""
    box = part.bounding_box()
    assert box
    return box
