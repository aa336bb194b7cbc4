"""The ontology is consistent, complete in two languages, without orphans, and the code knows its terms."""

import re

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from tests.conftest import column
from tipgraph.graph.graph import Graph as TipGraph
from tipgraph.model import kit, tip, vocabulary

TIP = Namespace(tip.NAMESPACE)
FOLDER = kit.folder("ontology")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
TERMS = vocabulary.ontology().graph
SHAPES = Graph().parse(FOLDER / "shapes.ttl")
WORK_OF_THE_PROGRAM = {TIP[name] for name in ("table", "codeList", "core", "detail", "template", "phrase", "laterUse")}


def terms() -> set[Node]:
    return {term for kind in KINDS for term in TERMS.subjects(RDF.type, kind) if str(term).startswith(str(TIP))}


def codes() -> set[Node]:
    return set(TERMS.subjects(RDF.type, SKOS.Concept))


def errors_of(graph: Graph) -> list[str]:
    closed = Graph()
    closed += (triple for triple in graph if not isinstance(triple[2], Literal))  # words contradict nothing
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(text) for text in closed.objects(None, error)]


def test_the_ontology_is_consistent_under_owl_rl_with_the_small_kit(small: TipGraph) -> None:
    data = Graph() + TERMS
    for triple in small.dataset.triples((None, None, None)):
        data.add(triple)
    assert errors_of(data) == []
    spoilt = Graph()
    spoilt += (triple for triple in TERMS if triple[1] in (RDFS.subClassOf, OWL.disjointWith))
    spoilt += ((URIRef("x:both"), RDF.type, cls) for cls in (TIP.Organization, TIP.City))
    assert errors_of(spoilt), "the control: a thing that is both an actor and a place"


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_term_and_code_has_a_label_and_a_definition_of_its_own(language: str) -> None:
    for term in terms() | codes() | set(TERMS.subjects(RDF.type, SKOS.ConceptScheme)):
        label = SKOS.prefLabel if term in codes() or (term, RDF.type, SKOS.ConceptScheme) in TERMS else RDFS.label
        for predicate in (label, SKOS.definition):
            found = [text for text in TERMS.objects(term, predicate) if getattr(text, "language", "") == language]
            assert len(found) == 1, (term, predicate, language)
        assert str(found[0]).endswith("."), term
        assert len({str(text) for text in TERMS.objects(term, SKOS.definition)}) == 2, term


def test_every_class_that_data_uses_has_a_shape_which_names_terms_that_there_are(graph: TipGraph) -> None:
    text = "SELECT DISTINCT ?c { GRAPH ?g { ?s a ?c } FILTER(?g != id:ontology && ?g != id:derived) }"
    shaped = set(SHAPES.objects(None, SH.targetClass))
    for cls in map(URIRef, column(graph, text)):
        assert set(TERMS.transitive_objects(cls, RDFS.subClassOf)) & shaped, cls
    for path in SHAPES.objects(None, SH.path):
        assert path in terms() or not str(path).startswith(str(TIP)), path
    assert set(SHAPES.objects(None, SH.defaultValue)) <= codes()


def test_no_term_is_an_orphan(kit_graph: TipGraph) -> None:
    """Each term and code is used by data, or says in tip:laterUse by what it will be."""
    by_data = set(
        column(
            kit_graph,
            """SELECT DISTINCT ?t {
                 GRAPH ?g { { ?s ?t ?o } UNION { ?s ?p ?t } }
                 FILTER(?g != id:ontology && ISIRI(?t))
               }""",
        )
    )
    abstract = {str(above) for term in terms() for above in TERMS.objects(term, RDFS.subClassOf)}
    by_edges = {
        str(obj)
        for edge in TERMS.subjects(RDF.type, TIP.Edge)
        for predicate, obj in TERMS.predicate_objects(edge)
        if predicate != TIP.edgeThrough  # stops divide a route only where there are any
    }
    by_edges |= {str(predicate) for edge in TERMS.subjects(RDF.type, TIP.Edge) for predicate in TERMS.predicates(edge)}
    for term in sorted(map(str, terms() | codes())):
        later = (URIRef(term), TIP.laterUse, None) in TERMS
        taken = term in by_data or term in abstract or term in by_edges or URIRef(term) in WORK_OF_THE_PROGRAM
        assert taken != later, f"{term}: used={taken}, says a later use={later}"


def test_every_claim_class_has_a_table_columns_and_a_template_in_both_languages() -> None:
    for of, part in (*TERMS.subject_objects(TIP.core), *TERMS.subject_objects(TIP.detail)):
        known = vocabulary.ontology().columns(str(of).removeprefix(str(TIP)))
        assert str(part).removeprefix(str(TIP)) in known, (of, part)
    for cls in TERMS.transitive_subjects(RDFS.subClassOf, TIP.Claim):
        if cls == TIP.Claim:
            continue
        name = str(cls).removeprefix(str(TIP))
        columns = vocabulary.ontology().columns(name)
        templates = {getattr(t, "language", ""): str(t) for t in TERMS.objects(cls, TIP.template)}
        assert templates.keys() == {"en", "es"}, name
        for template in templates.values():
            fields = set(re.findall(r"\{(\w+)\}", template))
            assert fields <= columns.keys(), (name, fields - columns.keys())
            assert template.count("[") == template.count("]")
        assert name in vocabulary.ontology().tables.values()


EDGES = sorted(TERMS.subjects(RDF.type, TIP.Edge), key=str)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: str(edge).rpartition("-")[2])
def test_an_edge_is_declared_from_properties_of_its_class_and_says_itself(edge: Node) -> None:
    labels = [getattr(label, "language", "") for label in TERMS.objects(edge, RDFS.label)]
    assert sorted(labels) == ["en", "es"]
    assert (edge, TIP.network, None) in TERMS
    projected = TERMS.value(edge, TIP.edgeProjects)
    assert set(TERMS.objects(edge, TIP.edgeWhere)) <= codes()
    assert (projected is None) != ((edge, TIP.edgeClass, None) not in TERMS)
    if projected is not None:
        assert projected in EDGES
        return
    cls = str(TERMS.value(edge, TIP.edgeClass)).removeprefix(str(TIP))
    columns = vocabulary.ontology().columns(cls)
    for name in (TIP.edgeFrom, TIP.edgeTo, TIP.edgeKind):
        assert str(TERMS.value(edge, name)).removeprefix(str(TIP)) in columns, (edge, name)
    for other in [*TERMS.objects(edge, TIP.edgeUnless), *TERMS.objects(edge, TIP.edgeIf)]:
        assert str(other).removeprefix(str(TIP)) in columns or other in {TIP.continuedBy, *codes()}, (edge, other)


def test_code_lists_match_standards_where_they_agree() -> None:
    matches = [str(o) for p in (SKOS.exactMatch, SKOS.closeMatch) for o in TERMS.objects(None, p)]
    assert sum("iatistandard.org" in match for match in matches) >= 10
    assert sum("UNMigration/HTCDS" in match for match in matches) >= 5


def test_every_name_of_a_term_in_the_code_is_in_the_ontology() -> None:
    assert {TIP[name] for name in tip.NAMES} == terms()
    code = (path.read_text("utf-8") for path in kit.code("").rglob("*.py"))
    unknown = {name for text in code for name in re.findall(r"(?<![\w.'])tip\.([A-Za-z]\w*)", text)} - tip.NAMES
    assert unknown <= {"NAMESPACE", "NAMES"}
