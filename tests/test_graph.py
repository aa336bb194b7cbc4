import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import RDF, BNode, Dataset, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.plugins.sparql import prepareQuery

import tipgraph
from tipgraph.errors import GraphError, QueryError, QueryRefused, QuerySyntaxError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query, ask
from tipgraph.model import DATA, tip
from tipgraph.pipeline.builder import build

from .conftest import OPEN_DATA, column, statements_of


def test_there_are_no_blank_nodes(graph: Graph) -> None:
    assert bool(graph.query("ASK { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }")) is False


def test_no_triple_stands_in_two_graphs(graph: Graph) -> None:
    """Oxigraph's union would give it twice, and every count would be wrong."""
    twice = "SELECT ?s { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER(STR(?g) < STR(?h)) } LIMIT 3"
    assert column(graph, twice) == []


def test_a_syntax_error_has_line_and_column(small: Graph) -> None:
    with pytest.raises(QuerySyntaxError, match=r"line:column 2:\d+"):
        small.query("SELECT * {\n ?s ?p")


def test_what_would_leave_the_machine_is_refused(small: Graph) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        small.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_the_default_graph_is_the_union_and_sources_are_graphs(small: Graph) -> None:
    assert column(small, "SELECT (COUNT(*) AS ?n) { ?claim a tip:Funding }") == ["1"]
    assert column(small, "SELECT (COUNT(*) AS ?n) { GRAPH id:harbour-2020 { ?claim a tip:Funding } }") == ["1"]


def test_citations_do_not_depend_on_how_often_a_claim_is_asked(graph: Graph) -> None:
    claim = NamedNode("https://w3id.org/tipgraph/id/oas-cim-2005/route-reports/p23-1")
    cited = graph.cite([claim, claim])
    assert [str(citation) for citation in cited[claim]] == ["oas-cim-2005 ¶23 s1", "oas-cim-2005 ¶23 s2"]


def test_rdflib_reads_the_same_graph(small: Graph) -> None:
    assert len(list(small.dataset.quads())) == len(small)
    names = {str(one.identifier) for one in small.dataset.graphs()}
    assert small.sources < names
    for form in ("nquads", "trig", "json-ld", "turtle"):
        assert "Casa Clara" in small.dataset.serialize(format=form)
    assert len(small.dataset.query("SELECT * { ?claim a tip:Naming }")) > 1
    rows = small.dataset.query(
        "SELECT ?name { ?claim <https://w3id.org/tipgraph/ns#name> ?name } ORDER BY ?name LIMIT 1"
    )
    assert [str(row[0]) for row in rows] == ["Casa Clara"]  # type: ignore[index]


def test_rows_in_rdflibs_terms_are_those_that_rdflib_has(graph: Graph) -> None:
    every = ask(graph, "SELECT ?s ?p ?o { ?s ?p ?o }").to_rdflib()
    assert set(every) == set(graph.dataset.triples((None, None, None)))
    assert {type(term).__name__ for row in every for term in row} == {"URIRef", "Literal"}
    unbound, blank = ask(graph, "SELECT ?a ?b { BIND(BNODE() AS ?b) }").to_rdflib()[0]
    assert unbound is None
    assert isinstance(blank, BNode)
    term = ask(graph, "SELECT ?a { BIND(TRIPLE(tip:giver, tip:giver, tip:giver) AS ?a) }").to_rdflib()[0][0]
    assert [str(part) for part in term] == [str(tip.giver)] * 3


_OTHERS = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
_TRIPLE = URIRef("a:b"), URIRef("a:c"), RdflibLiteral("d")


@pytest.mark.parametrize(
    ("act", "error", "said"),
    [
        (lambda view: view.query(_OTHERS), QueryRefused, "SERVICE"),
        (lambda view: view.query(prepareQuery(_OTHERS)), GraphError, "the text of a query"),
        (lambda view: view.add(_TRIPLE), GraphError, "only read"),
        (lambda view: view.remove(_TRIPLE), GraphError, "only read"),
        (lambda view: view.parse(data="<x:s> <x:p> <x:o> .", format="ox-nquads"), GraphError, "only read"),
        (lambda view: view.remove_graph(URIRef(f"{DATA}harbour-2020")), GraphError, "only read"),
        (lambda view: view.update("LOAD <http://127.0.0.1:1/>"), GraphError, "only read"),
        (lambda view: view.update("DELETE WHERE { ?s ?p ?o }"), GraphError, "only read"),
    ],
)
def test_the_view_of_rdflib_is_guarded_and_keeps_everything(
    small: Graph, act: Callable[[Dataset], object], error: type[Exception], said: str
) -> None:
    before = small.digest
    with pytest.raises(error, match=said):
        act(small.dataset)
    assert small.digest == before == Graph(statements_of(small)).digest


def test_from_reads_the_graph_that_it_names(graph: Graph) -> None:
    by_from = column(graph, "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/tipgraph/id/identity> { ?s ?p ?o }")
    by_graph = column(graph, "SELECT (COUNT(*) AS ?n) { GRAPH id:identity { ?s ?p ?o } }")
    assert by_from == by_graph
    assert int(by_from[0]) < len(graph)


def test_labels_fall_back_to_english(graph: Graph) -> None:
    japan = NamedNode("https://w3id.org/tipgraph/id/reference/places/japan")
    group = NamedNode("https://w3id.org/tipgraph/id/oas-cim-2005/actors/argentina-ngos")
    said = graph.labels([japan, group], "es")
    assert said[japan] == "Japón"
    assert said[group] == "NGOs working on women, children and migrants (Argentina)"


def test_the_working_directory_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    monkeypatch.chdir(tmp_path)
    assert build(without=OPEN_DATA).digest == graph.digest
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("named", "near"),
    [
        ("?claim a tip:Fundng", "tip:Fundng is not a term of this ontology; perhaps tip:Funding?"),
        (
            f"?claim a <{tip.NAMESPACE}Fundng>",
            f"<{tip.NAMESPACE}Fundng> is not a term of this ontology; perhaps tip:Funding?",
        ),
        (
            "?claim tip:role code:role-organiser",
            "code:role-organiser is not a term of this ontology; perhaps code:role-organizer?",
        ),
        (
            "?claim tip:acronym ?o",
            "tip:acronym is not a term of this ontology; perhaps code:name-kind-acronym, tip:Naming, tip:nameKind?",
        ),
        ("?one tip:contradicts ?other", "code:conflict-judgement, tip:Conflict, tip:conflictsWith?"),
        ("?claim tip:fomr ?form", "tip:fomr is not a term of this ontology; perhaps tip:form?"),
        ("?claim a tip:Zzqxj", "tip:Zzqxj is not a term of this ontology"),
        ("?claim tip:giver id:iom", "id:iom is no entry here; perhaps actor:iom, actor:cim?"),
        ("?claim tip:giver actor:iomm", "actor:iomm is no entry here; perhaps actor:iom?"),
        (f"?claim tip:giver <{DATA}a/actors/iomm>", "iomm> is no entry here; perhaps actor:iom?"),
        (r"?claim tip:giver id:a\/actors\/zzqxj", "zzqxj is no entry here; `tipgraph query things` lists the entries"),
    ],
)
def test_a_term_or_an_entry_that_there_is_not_is_an_error_and_no_empty_answer(
    graph: Graph, named: str, near: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(near) + "$"):
        graph.query(f"SELECT * {{ {named} }}")


def test_an_entry_with_a_slash_behind_a_prefix_is_no_path(graph: Graph) -> None:
    near = f"1:24: id:reference/places/mexico has a slash; write <{DATA}reference/places/mexico>, or place: or actor:"
    with pytest.raises(QuerySyntaxError, match=re.escape(near) + "$"):
        graph.query("SELECT * { id:reference/places/mexico ?property ?value }")


def test_settings_of_the_program_are_in_the_ontology_alone(graph: Graph) -> None:
    settings = "GRAPH id:ontology { ?setting a owl:AnnotationProperty FILTER(STRSTARTS(STR(?setting), STR(tip:))) }"
    used = "GRAPH ?source { ?subject ?setting ?value } FILTER(?source != id:ontology)"
    assert len(ask(graph, f"SELECT * {{ {settings} }}")) > 10
    assert len(ask(graph, f"SELECT * {{ {settings} {used} }}")) == 0


def test_a_graph_is_asked_by_the_name_of_a_question(graph: Graph) -> None:
    answer = graph.ask("funding", in_="caribbean", reviewed=True, kind=None)
    assert len(answer) == len([*answer]) == len(answer.to_pandas()) > 0
    assert {row["claim"] for row in answer} == set(answer.every_claim)
    assert [row["from"] for row in graph.ask("routes", destination="place:japan")]
    assert len(graph.ask("funding", year=2004)) == len(Query.find("funding").run(graph, {"year": "2004"}))
    with pytest.raises(UnknownName, match="funding has no parameter 'place'"):
        graph.ask("funding", place="caribbean")


def test_terms_are_those_of_rdflib(graph: Graph) -> None:
    assert isinstance(tipgraph.tip.Funding, URIRef)
    claims = {claim for claim, *_ in graph.dataset.triples((None, RDF.type, tipgraph.tip.Funding))}
    assert len(claims) == len(ask(graph, "SELECT ?claim { ?claim a tip:Funding }")) > 0
    with pytest.raises(AttributeError, match="Fundng"):
        _ = tipgraph.tip.Fundng


def test_prefixes_name_places_and_actors_in_queries_and_files(graph: Graph, graph_file: Path) -> None:
    assert len(ask(graph, "SELECT * { place:mexico ?property ?value }"))
    text = graph_file.read_text("utf-8")
    assert "\n\tplace:mexico a tip:Country" in text
    assert "tip:giver actor:usaid" in text


def test_a_parameter_takes_the_words_of_a_code_as_an_answer_prints_them(graph: Graph) -> None:
    question = Query.find("publications")
    of_notation = question.run(graph, {"state": "under-review"}).rows
    assert of_notation
    assert question.run(graph, {"state": "under review"}).rows == of_notation
    assert question.run(graph, {"state": "En revisión"}).rows == of_notation


@pytest.mark.parametrize("prefix", ["tip", "t", ""])
def test_a_prefix_that_the_query_declares_hides_no_unknown_term(graph: Graph, prefix: str) -> None:
    with pytest.raises(QueryError, match=f"^{prefix}:Fundng is not a term of this ontology; perhaps tip:Funding"):
        graph.query(f"PREFIX {prefix}: <{tip.NAMESPACE}> SELECT * {{ ?claim a {prefix}:Fundng }}")


def test_what_a_query_calls_by_its_own_prefix_or_another_namespace_is_left_alone(graph: Graph) -> None:
    graph.query("PREFIX tip: <x:y#> SELECT * { ?s a tip:Fundng ; <x:none> skos:nothing }")
    graph.query(r"SELECT * { GRAPH id:none { ?s tip:giver id:reference\/actors\/usaid } }")
    graph.query("CONSTRUCT { ?s tip:madeUp ?o } WHERE { ?s tip:giver ?o }")
    with pytest.raises(QueryError, match="tip:gver is not a term"):
        graph.query("CONSTRUCT { ?s tip:madeUp ?o } WHERE { ?s tip:gver ?o }")
    Graph().query("SELECT * { ?s a tip:Fundng }")  # a graph without an ontology knows no terms
