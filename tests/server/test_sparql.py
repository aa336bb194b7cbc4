"""The endpoint by the SPARQL 1.1 Protocol: forms, formats, datasets, limits; and nothing that writes."""

import csv
import io
import json
import xml.etree.ElementTree as ET  # of our own answers
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from tests.server.serving import Server, serving
from tipgraph.graph import stores
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import ask

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_all_ways_to_ask_say_the_same(server: Server, graph: Graph, way: str) -> None:
    body = urlencode({"query": COUNT})
    if way == "get":
        reply = server.call("GET", f"/sparql?{body}")
    elif way == "form":
        reply = server.call("POST", "/sparql", body.encode(), FORM)
    else:
        reply = server.call("POST", "/sparql", COUNT.encode(), DIRECT)
    expected = str(ask(graph, COUNT).rows[0][0].value)  # type: ignore[union-attr]
    assert reply.status == 200
    assert reply.json["results"]["bindings"][0]["n"]["value"] == expected


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values"),
        ("text/turtle, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_that_is_asked_for(server: Server, accept: str, media: str) -> None:
    reply = server.get("/sparql", accept, query="SELECT ?s { ?s a tip:Country } ORDER BY ?s LIMIT 3")
    assert (reply.status, reply.media) == (200, media)
    if media.endswith("json"):
        assert len(json.loads(reply.body)["results"]["bindings"]) == 3
    elif media.endswith("xml"):
        assert len(ET.fromstring(reply.body).findall(".//{*}result")) == 3  # noqa: S314
    else:
        assert len(list(csv.reader(io.StringIO(reply.text), delimiter="," if "csv" in media else "\t"))) == 4


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_triples_come_in_the_format_that_is_asked_for(server: Server, accept: str, form: RdfFormat) -> None:
    reply = server.get("/sparql", accept, query="CONSTRUCT WHERE { ?s a tip:Country }")
    assert reply.media == accept
    assert len(list(parse(reply.body, form))) > 5


def test_a_format_that_is_not_there_is_refused(server: Server) -> None:
    reply = server.get("/sparql", "image/png", query="ASK {}")
    assert reply.status == 406
    assert "application/sparql-results+json" in reply.json["detail"]


def test_graphs_that_the_protocol_names_are_asked_alone(server: Server, graph: Graph) -> None:
    name = "https://w3id.org/tipgraph/id/identity"
    reply = server.get("/sparql", **{"query": COUNT, "default-graph-uri": name})
    expected = sum(1 for _ in graph.quads(name))
    assert int(reply.json["results"]["bindings"][0]["n"]["value"]) == expected
    named = server.get("/sparql", **{"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": name})
    assert [row["g"]["value"] for row in named.json["results"]["bindings"]] == [name]
    none = server.get("/sparql", **{"query": COUNT, "default-graph-uri": "https://example.org/not-here"})
    assert none.json["results"]["bindings"][0]["n"]["value"] == "0"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=", None, {}, 400),
        ("GET", f"/sparql?query={quote('ASK {}')}&query={quote('ASK {}')}", None, {}, 400),
        ("GET", "/sparql?quarry=ASK", None, {}, 400),
        ("GET", "/sparql?query=%ff", None, {}, 400),
        ("GET", f"/sparql?query={quote('ASK {}')}&default-graph-uri=not+an+iri", None, {}, 400),
        ("PUT", f"/sparql?query={quote('ASK {}')}", None, {}, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", {}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        (
            "POST",
            "/sparql",
            "ASK {}".encode("utf-16"),
            {"Content-Type": "application/sparql-query; charset=UTF-16"},
            415,
        ),
        ("POST", "/sparql", b"ASK { \xff }", DIRECT, 400),
        ("POST", "/sparql", b"ASK {" + b" " * 500_000 + b"}", DIRECT, 413),
        ("POST", "/sparql", b"SELECT", DIRECT, 400),
        ("POST", "/sparql", b"INSERT DATA { <a:b> <a:c> <a:d> }", {"Content-Type": "application/sparql-update"}, 403),
        ("POST", "/sparql", b"update=CLEAR+ALL", FORM, 403),
        ("GET", "/sparql?update=CLEAR+ALL", None, {}, 403),
        ("PUT", "/void", b"", {}, 405),
        ("GET", "/graph-store?default", None, {}, 404),
        ("POST", "/sparql", b"query=CLEAR+ALL", FORM, 400),
    ],
)
def test_what_is_wrong_is_said(
    server: Server, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    reply = server.call(method, path, body, headers)
    assert reply.status == status
    assert reply.media == "application/problem+json"
    assert reply.json["detail"]
    if status == 405:
        allowed = reply.headers["allow"]
        assert reply.json["detail"] == f"this address takes {allowed} only"
        assert allowed == ("GET, HEAD, POST" if path.startswith("/sparql") else "GET, HEAD")
        assert server.call("HEAD", path).status != 405
    assert server.ask("ASK {}").json["boolean"] is True


def test_an_answer_is_whole_or_an_error(store: Path) -> None:
    with serving(store, "--size", "1") as server:
        for accept in ("application/json", "application/xml", "text/csv", "text/tab-separated-values"):
            few, all_ = (server.ask(f"SELECT * {{ ?s ?p ?o }} {limit}", accept) for limit in ("LIMIT 5", ""))
            assert (few.status, all_.status) == (200, 422)
            assert "more than 1,048,576 bytes" in all_.json["detail"]
        assert server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle").status == 422
        grown = f'REPLACE("{"a" * 20_000}", "a", "{"b" * 100}")'
        large = server.ask(f"SELECT ?x {{ BIND({grown} AS ?x) }}")
        assert (large.status, "bytes" in large.json["detail"]) == (422, True)


def test_nothing_is_ever_written(store: Path) -> None:
    before = stores.held(store)[0].manifest["digest"]
    with serving(store) as server:
        for text in ("INSERT DATA { <a:b> <a:c> <a:d> }", "DROP ALL", "CLEAR DEFAULT", "LOAD <file:///etc/passwd>"):
            assert (
                server.call("POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-update"}).status
                == 403
            )
    assert stores.held(store)[0].manifest["digest"] == before


def test_a_format_that_cannot_hold_an_answer_is_refused(server: Server) -> None:
    query = "CONSTRUCT { <a:b> <a:c> ?t } { BIND(TRIPLE(<a:b>, <a:c>, <a:d>) AS ?t) }"
    reply = server.ask(query, "application/ld+json")
    assert (reply.status, "JSON" in reply.json["detail"]) == (406, True)


def test_head_describes_what_get_describes(server: Server) -> None:
    assert server.call("HEAD", "/sparql").status == server.call("GET", "/sparql").status == 200


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT (<urn:f>(?s) AS ?x) { ?s ?p ?o }", "<urn:f>"),
        ("ASK { ?s ?p ?o FILTER(<urn:f>(?o)) }", "<urn:f>"),
        (
            "CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?o BIND(id:nearest(?o) AS ?x) }",
            "<https://w3id.org/tipgraph/id/nearest>",
        ),
        (
            "SELECT * { ?s ?p ?o FILTER EXISTS { ?o ?q ?r FILTER(xsd:foo(?r)) } }",
            "<http://www.w3.org/2001/XMLSchema#foo>",
        ),
    ],
)
def test_a_function_that_is_none_is_named(server: Server, query: str, name: str) -> None:
    reply = server.ask(query)
    assert reply.status == 400
    assert reply.json["detail"].startswith(f"{name} is not a function here")
    assert "verify" not in reply.text
