"""The description of the server and its graph: SPARQL service description and VoID."""

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.model import DATA, PREFIXES, SD, VOID, data_name, kit, terms
from tipgraph.server.formats import ROWS, TRIPLES
from tipgraph.server.limits import Limits
from tipgraph.server.query_jobs import JobAnswer, triples

_TITLE = "tipgraph: a knowledge graph of who works against human trafficking"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NO_DOCUMENTS = {"reference", "identity", "audits", "derived", "ontology"}  # graphs that are not documents


def described(manifest: Mapping[str, Any], root: str, limits: Limits, accept: str) -> JobAnswer:
    """Describe the endpoint at `root`/sparql and its dataset by the manifest of the generation.

    Raises AnswerTooLarge, NotAcceptable.
    """
    return triples(_triples(manifest, root), limits, accept, {"sd": SD, "void": VOID})


def _triples(manifest: Mapping[str, Any], root: str) -> Iterator[Triple]:
    endpoint, dataset, union = f"{root}/sparql", f"{root}/void#dataset", f"{root}/void#union"
    a, own = PREFIXES["rdf"] + "type", kit.project()

    def statements(subject: str, predicate: str, *items: str | int) -> Iterator[Triple]:
        for item in items:
            term = NamedNode(item) if isinstance(item, str) and "://" in item else Literal(item)
            yield Triple(NamedNode(subject), NamedNode(predicate), term)

    yield from statements(endpoint, a, f"{SD}Service")
    yield from statements(endpoint, f"{SD}endpoint", endpoint)
    yield from statements(endpoint, f"{SD}supportedLanguage", f"{SD}SPARQL11Query")
    yield from statements(endpoint, f"{SD}feature", f"{SD}UnionDefaultGraph")
    yield from statements(endpoint, f"{SD}resultFormat", *(offer.format.iri for offer in (*ROWS, *TRIPLES)))
    yield from statements(endpoint, f"{SD}defaultDataset", dataset)
    yield from statements(dataset, a, f"{SD}Dataset", f"{VOID}Dataset")
    yield from statements(dataset, f"{SD}defaultGraph", union)
    yield from statements(union, a, f"{SD}Graph")
    yield from statements(dataset, PREFIXES["dcterms"] + "title", own.title if own else _TITLE)
    yield from statements(dataset, PREFIXES["dcterms"] + "identifier", f"sha256:{manifest['digest']}")
    if own is None:  # in a project, each source has its own
        yield from statements(dataset, PREFIXES["dcterms"] + "license", _LICENCE)
    yield from statements(dataset, f"{VOID}triples", manifest["statements"])
    yield Triple(NamedNode(dataset), NamedNode(f"{VOID}uriSpace"), Literal(DATA))
    yield from statements(dataset, f"{VOID}sparqlEndpoint", endpoint)
    yield from statements(dataset, f"{VOID}dataDump", f"{root}/graph-store?default")
    shared = [PREFIXES[name] for name in ("org", "prov", "oa", "skos", "dcterms")]
    yield from statements(dataset, f"{VOID}vocabulary", *terms.namespaces(), *shared)
    yield from statements(dataset, f"{VOID}feature", *(offer.format.iri for offer in TRIPLES))
    for name, count in manifest["members"].items():
        part = f"{root}/void#class-{name}"
        yield from statements(dataset, f"{VOID}classPartition", part)
        yield from statements(part, f"{VOID}class", terms.iri(name))
        yield from statements(part, f"{VOID}entities", count)
    for graph, count in manifest["graphs"].items():
        named, inside = f"{root}/void#graph-{data_name(graph)}", f"{root}/graph-store?graph={graph}"
        yield from statements(dataset, f"{SD}namedGraph", named)
        yield from statements(named, a, f"{SD}NamedGraph")
        yield from statements(named, f"{SD}name", graph)
        yield from statements(named, f"{SD}graph", inside)
        yield from statements(inside, a, f"{SD}Graph", f"{VOID}Dataset")
        yield from statements(inside, f"{VOID}triples", count)
        yield from statements(dataset, f"{VOID}subset", inside)
        if data_name(graph) not in _NO_DOCUMENTS:
            yield from statements(inside, PREFIXES["dcterms"] + "source", graph)
