"""RDF with claims, their evidence, sources and things as in the graph."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from tipgraph.graph import Graph
from tipgraph.model import (
    CODE,
    DERIVED,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS,
    Statement,
    data_iri,
    namespaces,
    prefixes,
    tip,
)
from tipgraph.outputs.files.extract import Extract

_NOTATION = NamedNode(SKOS + "notation")
_RECORDS = NamedNode(CODE + "paragraph-rule-activities")
_VALUE, _CONFORMS = NamedNode(PREFIXES["rdf"] + "value"), NamedNode(PREFIXES["dcterms"] + "conformsTo")
_RFC_OF_PDF = NamedNode("http://tools.ietf.org/rfc/rfc3778")


@lru_cache(maxsize=1)  # a release writes several formats
def statements(extract: Extract) -> list[Statement]:
    """Return the distinct statements about the claims, their evidence, sources, things and codes, sorted.

    Each claim has its sentence, with its caveats, as its label, so that Protégé and browsers of RDF show what it says.
    """
    graph, claims = extract.graph, {"claim": extract.claims}
    things = [row["thing"] for row in graph.named("mentioned", claims)]
    things += [NamedNode(iri) for iri in extract.network]
    spans = {row["node"] for row in graph.named("spans-of", claims)}
    sources = [data_iri(name) for name in extract.sources]
    about = set(graph.about([*extract.claims, *things, *spans, *sources]))
    xml = {one.subject for one in about if one.predicate.value == tip.paragraphRule and one.object == _RECORDS}
    in_xml = {one.subject for one in about if one.predicate.value == tip.source and one.object in xml}
    about |= set(_selectors((one for one in about if one.subject in spans), in_xml))
    about |= {
        Statement(claim, NamedNode(RDFS_LABEL), Literal(view.sentence, language="en"), DERIVED)
        for claim, view in extract.views.items()
    }
    about |= _of_codes(graph, {statement.object for statement in about if isinstance(statement.object, NamedNode)})
    return sorted(about, key=lambda quad: (quad.source.value, str(quad.subject), str(quad.predicate), str(quad.object)))


def _selectors(spans: Iterable[Statement], in_xml: Collection[object]) -> Iterator[Statement]:
    """Yield the place of each piece of evidence as a Web Annotation: its source, and its position and page there.

    In XML of IATI it is its record, by XPath.
    """
    for span, predicate, value, _ in spans:
        if span in in_xml and predicate.value in (tip.start, tip.end):
            continue
        position, page = NamedNode(f"{span.value}/position"), NamedNode(f"{span.value}/page")
        number = Literal(f"page={value.value}")
        said: dict[str, list[tuple[NamedNode, NamedNode, NamedNode | Literal]]] = {
            tip.source: [(span, RDF_TYPE, _oa("SpecificResource")), (span, _oa("hasSource"), value)],
            tip.start: [(position, RDF_TYPE, _oa("TextPositionSelector")), (position, _oa("start"), value)],
            tip.end: [(span, _oa("hasSelector"), position), (position, _oa("end"), value)],
            tip.page: [(span, _oa("hasSelector"), page), (page, RDF_TYPE, _oa("FragmentSelector")),
                       (page, _CONFORMS, _RFC_OF_PDF), (page, _VALUE, number)],
        }  # fmt: skip
        if span in in_xml:
            record = Literal(f"(//iati-activity | //iati-organisation)[{value.value}]")
            said[tip.paragraph] = [(span, _oa("hasSelector"), position), (position, _VALUE, record),
                                   (position, RDF_TYPE, _oa("XPathSelector"))]  # fmt: skip
        yield from (Statement(*triple, DERIVED) for triple in said.get(predicate.value, ()))


def _oa(name: str) -> NamedNode:
    return NamedNode(PREFIXES["oa"] + name)


def _of_codes(graph: Graph, nodes: set[NamedNode]) -> set[Statement]:
    """Return the statements of the ontology about those nodes that are codes."""
    terms = [node for node in nodes if node.value.startswith((CODE, *namespaces()))]
    about = [statement for statement in graph.about(terms) if statement.source == ONTOLOGY]
    codes = {statement.subject for statement in about if statement.predicate == _NOTATION}
    return {statement for statement in about if statement.subject in codes}


def write_rdf(extract: Extract, path: Path, form: RdfFormat) -> None:
    """Write RDF, sorted: a named graph for each source, or distinct statements if the format has no named graphs.

    Each claim has its `tip:source` anyway.
    """
    quads = [Quad(*one) for one in statements(extract)]
    triples = sorted({quad.triple for quad in quads}, key=str)
    names = prefixes() if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    serialize(quads if form.supports_datasets else triples, str(path), form, prefixes=names)
