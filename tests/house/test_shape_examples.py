"""Each shape lets a good example pass and finds a bad one."""

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef

from tipgraph.graph.graph import Graph as TipGraph
from tipgraph.model import kit, tip
from tipgraph.model.vocabulary import ontology

SHAPES = Graph().parse(kit.folder("ontology") / "shapes.ttl")
CLASSES = sorted(
    str(target).removeprefix(tip.NAMESPACE) for target in SHAPES.objects(None, SH.targetClass) if target is not None
)
NEEDY = [cls for cls in CLASSES if any(column.required for column in ontology().columns(cls).values())]


def violated(data: Graph) -> set[str]:
    _, results, _ = validate(data, shacl_graph=SHAPES, inference="none", advanced=False)
    assert isinstance(results, Graph)
    return {str(path).removeprefix(tip.NAMESPACE) for path in results.objects(None, SH.resultPath)}


@pytest.mark.parametrize("cls", NEEDY)
def test_a_node_without_what_its_class_needs_is_found(cls: str) -> None:
    data = Graph()
    for above in ontology().classes[cls]:
        data.add((URIRef("x:bad"), RDF.type, URIRef(tip.NAMESPACE + above)))
    needed = {column.name for column in ontology().columns(cls).values() if column.required}
    assert needed <= violated(data)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_value_of_a_wrong_sort_is_found(cls: str) -> None:
    """A literal where a node is due, and a node where a literal is due."""
    from rdflib import Literal

    columns = [
        column for column in ontology().columns(cls).values() if column.refers or column.scheme or column.datatype
    ]
    data = Graph()
    for above in ontology().classes[cls]:
        data.add((URIRef("x:bad"), RDF.type, URIRef(tip.NAMESPACE + above)))
    for column in columns:
        wrong = URIRef("x:node") if column.datatype else Literal("text", lang="xx")
        data.add((URIRef("x:bad"), URIRef(column.iri), wrong))
    found = violated(data)
    names = {column.iri.removeprefix(tip.NAMESPACE) for column in columns}
    assert names <= found, names - found


def test_good_examples_of_every_class_pass(kit_graph: TipGraph) -> None:
    """The project's own data hold an example of each class that has a shape, save those with a later use."""
    from .test_ontology import TERMS, TIP

    used = {
        row["c"].value.removeprefix(tip.NAMESPACE)
        for row in kit_graph.query("SELECT DISTINCT ?c { ?s a ?c FILTER(STRSTARTS(STR(?c), STR(tip:))) }")  # type: ignore[union-attr]
    }
    later = {str(term).removeprefix(tip.NAMESPACE) for term in TERMS.subjects(TIP.laterUse)}
    assert set(CLASSES) <= used | later
