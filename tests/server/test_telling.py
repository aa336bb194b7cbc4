"""Questions, things and exports over HTTP: what the library and the command line say, and nothing by the way."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from tests.server.serving import Server, serving
from tipgraph.analysis import answered
from tipgraph.analysis.network import Filter
from tipgraph.display import text
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.outputs import files
from tipgraph.sources.folder import Texts

pytestmark = pytest.mark.engines


@pytest.mark.parametrize("name", [query.name for query in Query.all()])
def test_a_question_says_what_the_command_says(server: Server, graph: Graph, name: str) -> None:
    answer = answered(Query.find(name), graph)
    for form in ("csv", "json"):
        reply = server.get(f"/query/{name}.{form}")
        assert (reply.status, reply.text) == (200, text.answer_text(answer, form, Texts()) + "\n")


def test_parameters_and_languages_reach_the_question(server: Server, graph: Graph) -> None:
    expected = Query.find("routes").run(graph, {"destination": "JP"}, "es")
    reply = server.get("/query/routes.json", destination="place:japan", lang="es")
    assert reply.text == text.answer_text(expected, "json", Texts()) + "\n"
    assert server.get("/query/routes", "text/csv", destination="JP").media == "text/csv"
    page = server.get("/query/routes", "text/html,*/*;q=0.8", destination="JP", lang="es")
    assert (page.status, page.headers["location"]) == (303, "/es/ask.html#question=routes&destination=JP")


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/query/route.csv", 404, "routes"),
        ("/query/routes.pdf", 404, "csv, json"),
        ("/query/routes.csv?destination=Atlantis", 404, "Atlantis"),
        ("/query/routes.csv?destination=JP&destination=CO", 400, "twice"),
        ("/query/routes.csv?nothing=JP", 404, "no parameter"),
        ("/query/routes.csv?lang=fr", 400, "en and es"),
        ("/query/events.csv?from=tomorrow", 400, "no date"),
        ("/id/nothing/of/this", 404, "not in this graph"),
        ("/id/a%20b", 404, "not an IRI"),
    ],
)
def test_what_is_wrong_is_said(server: Server, path: str, status: int, word: str) -> None:
    reply = server.get(path)
    assert (reply.status, reply.media) == (status, "application/problem+json"), reply.text
    assert word in reply.json["detail"]
    assert "x-evil" not in reply.headers


def test_files_that_were_written_are_offered(store: Path, graph: Graph, tmp_path: Path) -> None:
    files.export(graph, tmp_path / "usaid.graphml", recipe="partner-funding", asked=Filter(focus=("usaid",)))
    (tmp_path / ".secret").write_text("no")
    (tmp_path / "away").symlink_to("/etc")
    with serving(store, "--exports", str(tmp_path)) as server:
        reply = server.get("/export/usaid.graphml")
        assert reply.body == (tmp_path / "usaid.graphml").read_bytes()
        assert reply.headers["content-disposition"] == "attachment"
        for path in ("/export/", "/export/.secret", "/export/away/passwd", "/export/a.nq", "/export/../store/current"):
            assert server.get(path).status == 404


def test_a_thing_is_a_page_or_its_claims(server: Server, graph: Graph) -> None:
    name = "reference/places/japan"
    triples = list(parse(server.get(f"/id/{name}", "text/turtle").body, RdfFormat.TURTLE))
    subjects = {str(one.subject) for one in triples}
    claims = {str(row["claim"]) for row in graph.named("about", {"thing": [NamedNode(DATA + name)]})}
    assert {f"<{DATA}{name}>", *claims} <= subjects
    assert len(claims) > 3
    assert any("/evidence/" in one for one in subjects)
    loaded = json.loads(server.get(f"/id/{name}", "application/ld+json").body)
    assert loaded
    for node, page in (
        (name, f"/thing/{name}.html"),
        ("oas-cim-2005", "/source/oas-cim-2005.html"),
        ("oas-cim-2005/affiliations/p15-9", "/source/oas-cim-2005.html#p15/oas-cim-2005/affiliations/p15-9"),
    ):
        reply = server.get(f"/id/{node}", "text/html,application/xhtml+xml,*/*;q=0.8")
        assert (reply.status, reply.headers["location"]) == (303, page)


def test_lists_and_terms_are_there_for_people_and_programs(server: Server) -> None:
    listed = server.get("/query").json
    assert {one["name"] for one in listed} == {query.name for query in Query.all()}
    assert server.get("/query", "text/html").headers["location"] == "/questions.html"
    assert server.get("/ns", "text/html").headers["location"] == "/ontology.html"
    assert server.get("/sparql", "text/html").headers["location"] == "/ask.html"
    assert server.get("/sparql", "text/turtle").media == "text/turtle"
    assert len(list(parse(server.get("/ns").body, RdfFormat.TURTLE))) > 500


def test_names_that_are_odd_get_no_5xx(server: Server) -> None:
    for path in ("/id/" + quote("é/ü/x"), "/id/%00", "/id/%ff", "/query/%00.csv", "/%00", "/%ff"):
        assert server.get(path).status < 500, path


def test_rows_of_a_csv_are_what_a_spreadsheet_may_open(server: Server) -> None:
    rows = list(csv.reader(io.StringIO(server.get("/query/funding.csv").text)))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))]


def test_money_is_compared_in_the_prices_that_are_asked_for(server: Server) -> None:
    rows = server.get("/query/funding.json", prices="USD").json
    assert {row["compared"] for row in rows if row["amount"] == "500000"} == {"500000.00"}
    sums = csv.DictReader(io.StringIO(server.get("/query/funding-sums.csv", kind="awarded").text))
    row = next(row for row in sums if row["years"] == "2008/2009")
    assert (row["currency"], row["total"], row["payments"], row["compared"]) == ("USD", "668000", "2", "")
    assert row["not_compared_label"] == "several years"
    assert server.get("/query/funding.csv", prices="COP").status == 400
    assert "prices" in next(one for one in server.get("/query").json if one["name"] == "funding")["parameters"]
