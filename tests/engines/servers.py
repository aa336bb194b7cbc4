"""SPARQL engines of others, each a process on loopback that the tests start and that ends with them.

Decision: docs/decisions/0244-what-tests-and-ci-prove.md.
"""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / "build" / "engines"
PATIENCE = 180  # seconds for a start: Virtuoso writes its first database for a minute where others work beside it


class NotAtHandError(Exception):
    """An engine cannot be had here; the message says why."""


@dataclass(frozen=True)
class Server:
    """An engine that answers: where it is asked, and where graphs are put by the Graph Store Protocol."""

    name: str
    version: str
    url: str
    graphs: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def put(self, quads: Iterable[Quad]) -> None:
        """Replace each named graph of some statements, one after another."""
        self._write("PUT", quads)

    def post(self, quads: Iterable[Quad]) -> None:
        """Add statements to their named graphs."""
        self._write("POST", quads)

    def delete(self, graph: NamedNode) -> None:
        """Remove a named graph."""
        self._call("DELETE", graph)

    def _write(self, method: str, quads: Iterable[Quad]) -> None:
        by_graph: dict[NamedNode, list[Quad]] = {}
        for quad in quads:
            assert isinstance(quad.graph_name, NamedNode)
            by_graph.setdefault(quad.graph_name, []).append(quad)
        for graph, held in by_graph.items():
            self._call(method, graph, serialize((quad.triple for quad in held), format=RdfFormat.N_TRIPLES))

    def _call(self, method: str, graph: NamedNode, triples: bytes | None = None) -> None:
        url = f"{self.graphs}?graph={quote(graph.value, safe='')}"
        request = Request(url, triples, {"Content-Type": "text/turtle"}, method=method)
        with urlopen(request, timeout=PATIENCE) as answer:
            assert answer.status in (200, 201, 204), answer.status

    def get(self, **parameters: str) -> bytes:
        """Ask it something by plain HTTP, in JSON."""
        request = Request(f"{self.url}?{urlencode(parameters)}", headers={"Accept": "application/sparql-results+json"})
        with urlopen(request, timeout=PATIENCE) as answer:
            body: bytes = answer.read()
            return body


Start = Callable[[Path], AbstractContextManager[Server]]


@contextmanager
def fuseki(folder: Path) -> Iterator[Server]:
    """Start Apache Jena Fuseki on TDB2, whose default graph is the union of the named ones."""
    program, jars = _program("java", "install a Java 17 runtime"), CACHE / "fuseki"
    core = next(jars.glob("jena-fuseki-main-*.jar"), None)
    if core is None:
        raise NotAtHandError("its jars are not gathered: make engines")
    port = free_port()
    (folder / "tdb2").mkdir()
    place = f"http://127.0.0.1:{port}/ds"
    version = core.stem.removeprefix("jena-fuseki-main-")
    server = Server("Fuseki", version, f"{place}/sparql", f"{place}/data")
    command = [
        *(program, "-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),  # compiled once: it runs for a minute
        *("-cp", f"{jars}/*", "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"),
        *("--set", "tdb2:unionDefaultGraph=true", "--localhost", f"--port={port}", "--tdb2"),
        *(f"--loc={folder / 'tdb2'}", "--update", "/ds"),
    ]
    with _running(command, folder, server):
        yield server


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Start Virtuoso, whose default graph is all that it holds, its own graphs too."""
    program = _program("virtuoso-t", "make system installs Debian's, as root")
    port, sql_port = free_port(), free_port()
    ini = Template((HERE / "virtuoso.ini").read_text("utf-8")).substitute(HTTP_PORT=port, SQL_PORT=sql_port)
    (folder / "virtuoso.ini").write_text(ini, "utf-8")
    empty = CACHE / "virtuoso" / "virtuoso.db"
    if empty.exists():
        shutil.copy(empty, folder)
    place = f"http://127.0.0.1:{port}"
    version = _said([program, "--version"], r"(?<=Version )[\d.]+")
    server = Server("Virtuoso", version, f"{place}/sparql", f"{place}/sparql-graph-crud")
    with _running([program, "+foreground", "+configfile", "virtuoso.ini"], folder, server):
        # Anybody may write, since a large body breaks off where digest authentication refuses its first attempt.
        allow = "DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7); grant SPARQL_UPDATE to \"SPARQL\";"
        isql = [_program("isql-vt", "it comes with virtuoso-t"), f"127.0.0.1:{sql_port}", "dba", "dba", f"exec={allow}"]
        subprocess.run(isql, check=True, capture_output=True, timeout=PATIENCE)
        yield server


# tests/remote asks Oxigraph's server, which has the same evaluator as the graph in memory.
STARTS: Mapping[str, Start] = {
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}


def free_port() -> int:
    """Return a port of loopback that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _program(name: str, remedy: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotAtHandError(f"there is no {name}: {remedy}")
    return found


def _said(command: Sequence[str], pattern: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(pattern, done.stdout + done.stderr)
    assert found, done
    return found[0]


@contextmanager
def _running(command: Sequence[str], folder: Path, server: Server) -> Iterator[None]:
    """Run a server in a folder until the block ends; on Linux it ends with the tests even where they are killed."""
    tied = [setpriv, "--pdeathsig", "KILL"] if (setpriv := shutil.which("setpriv")) else []
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*tied, *command], cwd=folder, stdout=log, stderr=log)
        try:
            _await(process, server, folder / "log")
            yield
        finally:
            process.kill()
            process.wait()


def _await(process: "subprocess.Popen[bytes]", server: Server, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            server.get(query="ASK {}")
        except HTTPError:
            raise
        except (URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, f"{server} ended: {log.read_text('utf-8', 'replace')[-2000:]}"
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{server} did not answer within {PATIENCE} s: {log.read_text('utf-8', 'replace')[-2000:]}")
