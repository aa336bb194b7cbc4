"""The real Oxigraph server, started on a free port with a folder of its own, and always stopped."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.remote.hostile import free_port
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote import push
from tipgraph.graph.storage import write


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Run the server over a folder; give its address."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip(f"the Oxigraph server is not installed: no {program} (pip install oxigraph)")
    port = free_port()
    words = [str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        server = subprocess.Popen(words, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _await(server, address)
            yield address
        finally:
            server.kill()
            server.wait()


def _await(server: "subprocess.Popen[bytes]", address: str) -> None:
    for _ in range(600):
        assert server.poll() is None, "the Oxigraph server has ended"
        try:
            urlopen(f"{address}/", timeout=5).close()  # noqa: S310  loopback
        except URLError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the Oxigraph server does not answer")


@pytest.fixture(scope="session")
def small_file(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("small") / "small.nq"
    write(small, path)
    return str(path)


@pytest.fixture(scope="session", params=["apart", "union"])
def endpoint(request: pytest.FixtureRequest, small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small kit behind the server's queries: with a default graph that is the union, and with one that is empty."""
    options = ["--union-default-graph"] if request.param == "union" else []
    with oxigraph(tmp_path_factory.mktemp("oxigraph") / "store", *options) as address:
        push(small, f"{address}/store")
        yield f"{address}/query"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server that holds nothing yet."""
    with oxigraph(tmp_path / "store") as address:
        yield address
