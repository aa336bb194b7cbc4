"""Nothing goes out: spellings of SERVICE, LOAD, FROM, contexts and DOCTYPEs through every door, against a listener."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from tests.server.canary import Canary, canary
from tests.server.serving import HOME, Server
from tipgraph.cli import main
from tipgraph.errors import TipgraphError
from tipgraph.graph import stores
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import load

pytestmark = pytest.mark.engines
# Ways to make a machine open a connection, as queries, protocol parameters and files; `URL` stands for the address.
SPELLINGS = json.loads(Path(__file__).with_name("spellings.json").read_text("utf-8"))
QUERIES, FILES = SPELLINGS["queries"], SPELLINGS["files"]


@pytest.fixture
def listener() -> Iterator[Canary]:
    """A listener that nobody reaches; and which counts, as a connection of our own shows."""
    import socket
    import time

    with canary() as found:
        yield found
        before = found.count
        socket.create_connection(("127.0.0.1", int(found.host.partition(":")[2]))).close()
        for _ in range(100):
            if found.count > before:
                break
            time.sleep(0.01)
        assert (before, found.count) == (0, 1)


def test_there_are_many_spellings() -> None:
    assert len(set(QUERIES)) + len(FILES) >= 60


def test_the_library_asks_nobody(graph: Graph, listener: Canary) -> None:
    for text in QUERIES:
        try:
            list(graph.query(listener.at(text)))  # type: ignore[arg-type]
        except (TipgraphError, TypeError):  # a yes or no cannot be listed
            continue
    for text in QUERIES:
        try:
            list(graph.dataset.query(listener.at(text)))
        except Exception:  # noqa: BLE001, S112  # whatever rdflib raises
            continue


def test_the_command_line_asks_nobody(store: Path, listener: Canary, tmp_path: Path) -> None:
    for text in QUERIES:
        file = tmp_path / "query.rq"
        file.write_text(listener.at(text), "utf-8")
        done = CliRunner().invoke(main, ["-g", str(store), "query", "--file", str(file)])
        assert done.exit_code in (0, 1, 2), done.output


def test_the_server_asks_nobody(server: Server, listener: Canary) -> None:
    for text in QUERIES:
        query = listener.at(text)
        assert server.ask(query).status < 500
        assert server.call("GET", "/sparql?" + urlencode({"query": query})).status < 500
        update = {"Content-Type": "application/sparql-update"}
        assert server.call("POST", "/sparql", query.encode(), update).status == 403
    for name in ("default-graph-uri", "named-graph-uri"):
        values = {"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", name: listener.address}
        assert server.get("/sparql", **values).status == 200
    assert server.get("/query/routes.json", destination=listener.address).status in (404, 400)


def test_readers_and_checks_ask_nobody(listener: Canary, tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.write_text(listener.at(text), "utf-8")
        try:
            load(path)
        except TipgraphError:
            continue
        done = CliRunner().invoke(main, ["check", "-g", str(path)])
        assert done.exit_code in (0, 1), done.output


BARE = f"""
import sys
sys.path.insert(0, {str(HOME)!r})
from pathlib import Path
from pyoxigraph import Store
folder = Path(sys.argv[1])
store = Store.read_only(str(folder))
for text in sys.stdin.read().split("\\0"):
    try:
        list(store.query(text, use_default_graph_as_union=True))
    except Exception:
        pass
"""


def test_without_the_guard_the_listener_would_hear_of_it(store: Path) -> None:
    """The positive control: the same queries, asked of Oxigraph itself, do go out."""
    with canary() as found:
        queries = [found.at(text) for text in QUERIES if "SERVICE" in text.upper() or "\\u" in text]
        command = [sys.executable, "-c", BARE, str(stores.held(store)[0].folder)]
        subprocess.run(command, input="\0".join(queries), text=True, check=True, timeout=300)
        assert found.count >= 20
