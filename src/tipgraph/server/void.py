"""The description of the server and its graph: SPARQL service description and VoID."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize

from tipgraph.model import DATA, PREFIXES, SD, VOID, data_name, kit, prefixes, terms
from tipgraph.server.formats import ROWS, TRIPLES, chosen

_TITLE = "tipgraph: a knowledge graph of who works against human trafficking"
_LICENCE = "<void#dataset> dcterms:license <https://creativecommons.org/licenses/by/4.0/> ."
_NO_DOCUMENTS = {"reference", "identity", "audits", "derived", "ontology"}  # graphs that are not documents
_CLASS = (
    "<void#dataset> void:classPartition <void#class-$name> . <void#class-$name> void:class $iri ; void:entities $n ."
)
_GRAPH = """<void#dataset> sd:namedGraph <void#graph-$name> ; void:subset <graph-store?graph=$iri> .
<void#graph-$name> a sd:NamedGraph ; sd:name <$iri> ; sd:graph <graph-store?graph=$iri> .
<graph-store?graph=$iri> a sd:Graph, void:Dataset ; void:triples $n ."""
_SOURCE = " <graph-store?graph=$iri> dcterms:source <$iri> ."


def described(manifest: Mapping[str, Any], root: str, accept: str) -> tuple[str, bytes]:
    """Describe the endpoint at `root`/sparql and its dataset by the manifest of the store; return media type and body.

    Raises Refusal.
    """
    offer, own = chosen(accept, TRIPLES), kit.project()
    shared = [PREFIXES[name] for name in ("org", "prov", "oa", "skos", "dcterms")]
    text = Template(Path(__file__).with_suffix(".ttl").read_text("utf-8")).substitute(
        root=root,
        formats=_iris(offer.format.iri for offer in (*ROWS, *TRIPLES)),
        title=Literal(own.title if own else _TITLE),
        digest=manifest["digest"],
        statements=manifest["statements"],
        space=Literal(DATA),
        vocabularies=_iris([*terms.namespaces(), *shared]),
        features=_iris(offer.format.iri for offer in TRIPLES),
        parts="\n".join([*_parts(manifest), "" if own else _LICENCE]),  # in a project, each source has its own
    )
    triples = (quad.triple for quad in parse(text, RdfFormat.TURTLE))
    known = None if offer.format is RdfFormat.N_TRIPLES else {**prefixes(), "sd": SD, "void": VOID}
    return offer.sent, serialize(triples, format=offer.format, prefixes=known) or b""


def _parts(manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, count in manifest["members"].items():
        yield Template(_CLASS).substitute(name=name, iri=NamedNode(terms.iri(name)), n=count)
    for graph, count in manifest["graphs"].items():
        name = data_name(graph)
        pattern = _GRAPH if name in _NO_DOCUMENTS else _GRAPH + _SOURCE
        yield Template(pattern).substitute(name=name, iri=graph, n=count)


def _iris(names: Any) -> str:
    return ", ".join(str(NamedNode(name)) for name in names)
