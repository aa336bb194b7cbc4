"""The W3C's own tests of the SPARQL 1.1 Protocol, the service description and the Graph Store Protocol.

The first two are run by rdf-test-suite; it knows no server that only reads, so that the seven updates have to fail,
each by being refused, and change nothing.
"""

import email
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib.compare import isomorphic

from tests.server.serving import Server, serving
from tests.shared import FOLDER, at_hand
from tipgraph.graph import stores
from tipgraph.graph.storage import load, write

pytestmark = pytest.mark.engines

SUITES = Path(__file__).parent / "suites"
RUNNER = SUITES / "node_modules" / ".bin" / "rdf-test-suite"
W3C = FOLDER / "data" / "w3c" / "sparql" / "sparql11"
HOME = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
UPDATES = {
    "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
    "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
}  # fmt: skip
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")

BY_RUNNER = pytest.mark.skipif(not RUNNER.exists(), reason="rdf-test-suite is not here; run make suites")


@pytest.fixture(scope="module", autouse=True)
def w3c(shared: Path) -> Path:
    """The W3C's tests; without them there is nothing to run here."""
    return at_hand(shared / W3C.relative_to(FOLDER))


def ran(manifest: str, option: str, endpoint: str) -> tuple[set[str], dict[str, str]]:
    """Run a manifest; return the names of the tests that passed, and why the others did not."""
    command = [
        str(RUNNER), "engine.js", f"{HOME}{manifest}/manifest.ttl", "-m", f"{HOME}~{W3C}/", "-d", "20000",
        "-i", f'{{"{option}": "{endpoint}"}}',
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=SUITES, timeout=300)
    text = re.sub(r"\x1b\[\d+m", "", done.stdout)
    passed = set(re.findall(r"^✔ .*manifest#([\w-]+)\)", text, re.MULTILINE))
    failed = set(re.findall(r"^✖ .*manifest#([\w-]+)\)", text, re.MULTILINE))
    why = re.findall(r"^✖ (?:(?!manifest#).)*\n((?:(?!^✖).|\n)*?)More info: \S+manifest#([\w-]+)", text, re.MULTILINE)
    return passed, dict.fromkeys(failed, "") | {name: words for words, name in why}


@contextmanager
def door(server: Server) -> Iterator[str]:
    command = ["node", "door.js", f"{server.address}/sparql"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=SUITES) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="module")
def kasei(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the graphs that the tests of the protocol ask."""
    folder = tmp_path_factory.mktemp("kasei")
    lines = []
    for number in (1, 2, 3):
        name = f"<http://kasei.us/2009/09/sparql/data/data{number}.rdf>"
        triples = parse(path=str(W3C / "protocol" / f"data{number}.nt"))
        lines += [f"{one.triple} {name} .\n" for one in triples]
    (folder / "data.nq").write_text("".join(lines), "utf-8")
    write(load(folder / "data.nq"), folder / "store")
    return folder / "store"


@BY_RUNNER
def test_the_protocol(kasei: Path) -> None:
    before = stores.held(kasei)[0].manifest["digest"]
    with serving(kasei) as server, door(server) as address:
        passed, failed = ran("protocol", "protocolEndpoint", address)
    assert failed.keys() == UPDATES
    assert len(passed) == 27
    for name in UPDATES:
        assert "Got: 403" in failed[name], (name, failed[name])
    assert stores.held(kasei)[0].manifest["digest"] == before


@BY_RUNNER
def test_a_server_that_answers_nothing_fails_the_protocol() -> None:
    """The positive control: where every request is broken, only tests that expect an error can pass."""
    passed, failed = ran("protocol", "protocolEndpoint", "http://127.0.0.1:9/sparql")
    assert len(passed) + len(failed) == 34
    assert passed == set()


@BY_RUNNER
def test_the_service_description(kasei: Path) -> None:
    with serving(kasei) as server:
        passed, failed = ran("service-description", "serviceDescriptionEndpoint", f"{server.address}/sparql")
        wrong, _ = ran("service-description", "serviceDescriptionEndpoint", f"{server.address}/health")
    assert (len(passed), failed) == (3, {})
    assert wrong == set()


class Request(NamedTuple):
    """A request of a test, the statuses that may answer it, and the graph that has to, where one has."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    statuses: set[str]
    answer: str


def requests_of(manifest: str) -> Iterator[tuple[str, list[Request]]]:
    """Yield the tests of the Graph Store Protocol, each with its requests."""
    graph = rdflib.Graph().parse(W3C / "graph-store-protocol" / f"{manifest}.ttl")
    for test in graph.subjects(rdflib.RDF.type, MF.GraphStoreProtocolTest):
        found = []
        listed = graph.value(graph.value(test, MF.action), HT.requests)
        assert listed is not None
        for request in graph.items(listed):
            headers = {}
            for one in graph.objects(request, HT.headers):
                for header in graph.items(one):
                    headers[str(graph.value(header, HT.fieldName)).lower()] = str(graph.value(header, HT.fieldValue))
            method, path = (str(graph.value(request, name)) for name in (HT.methodName, HT.absolutePath))
            response = graph.value(request, HT.resp)
            statuses = {str(one).rpartition("#")[2] for one in graph.objects(response, MF.expectedStatus)}
            found.append(Request(method, path, headers, chars(graph, request), statuses, chars(graph, response)))
        yield str(test).partition("#")[2], found


def chars(graph: rdflib.Graph, of: rdflib.term.Node | None) -> str:
    """Return the body of a request or a response; empty where it has none."""
    body = graph.value(of, HT.body)
    return str(graph.value(body, CNT.chars)) if body is not None else ""


def test_reads_of_the_graph_store(tmp_path: Path) -> None:
    """Each GET and HEAD of the tests, over the graphs that the writes before it would have made."""
    codes = {"OK": {200}, "NotFound": {404}, "StatusCode2xx": {200}, "StatusCode4xx": {404}}
    held: dict[str, str] = {}
    reads: list[tuple[str, str, Request]] = []
    for name, requests in requests_of("manifest-indirect"):
        graphs: dict[str, str] = {}
        for number, request in enumerate(requests):
            asked = parse_qs(urlsplit(request.path).query, keep_blank_values=True)
            of = asked.get("graph", [""])[0]
            if of in ("", "$LOCATION$"):
                continue  # the default graph is that of all here, and nobody can make a new one
            if request.method == "PUT":
                graphs[of] = request.body
            elif request.method == "POST":
                graphs[of] = graphs.get(of, "") + plain(request.body, request.headers["content-type"])
            elif request.method == "DELETE":
                graphs.pop(of, None)
            else:
                then = f"{of}?{name}-{number}"  # one server holds the graphs as they were at each of the reads
                held |= {then: graphs[of]} if of in graphs else {}
                reads.append((name, then, request))
    assert len(reads) >= 8
    with serving(laid(held, tmp_path / "held.nq"), "--workers", "1") as server:
        for name, then, request in reads:
            reply = server.call(request.method, f"/graph-store?{urlencode({'graph': then})}", headers=request.headers)
            assert any(reply.status in codes[one] for one in request.statuses), (name, request.statuses, reply.status)
            if request.answer:
                assert isomorphic(read(reply.text), rdflib.Graph().parse(data=request.answer, format="turtle"))
                assert reply.media == "text/turtle"


def plain(body: str, media: str) -> str:
    """Return a body as Turtle; one of several parts as all of them."""
    if not media.startswith("multipart/"):
        return body
    message = email.message_from_string(f"Content-Type: {media}\n\n{body}")
    return "\n".join(str(part.get_payload()) for part in message.walk() if not part.is_multipart())


def laid(graphs: dict[str, str], path: Path) -> Path:
    quads = [
        f"{one.triple} <{name}> .\n" for name, body in graphs.items() for one in parse(body.encode(), RdfFormat.TURTLE)
    ]
    path.write_text("".join(quads) or "<a:b> <a:c> <a:d> <a:e> .\n", "utf-8")
    return path


def read(text: str) -> rdflib.Graph:
    """Read a graph; what stands for a blank node is one again, since our graphs have none."""
    lines = serialize((one.triple for one in parse(text.encode(), RdfFormat.TURTLE)), format=RdfFormat.N_TRIPLES)
    assert isinstance(lines, bytes)
    return rdflib.Graph().parse(
        data=re.sub(r"<https://w3id\.org/tipgraph/id/file/\w+/(node-\d+)>", r"_:\1", lines.decode())
    )
