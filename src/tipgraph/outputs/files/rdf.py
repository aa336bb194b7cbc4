"""RDF with provenance and evidence intact: claims, their evidence, sources and things, as the graph states them."""

import json
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from tipgraph.model import ONTOLOGY, PREFIXES, Statement, data_iri, kit, namespaces, prefixes
from tipgraph.outputs.files.extract import Extract

CONTEXT = "context.jsonld"  # in ontology/
_NOTATION = NamedNode(f"{PREFIXES['skos']}notation")


def statements(taken: Extract) -> list[Statement]:
    """Return all statements about the claims, their evidence, sources, things and codes, sorted, none twice."""
    graph, claims = taken.graph, {"claim": taken.claims}
    things = [row["thing"] for row in graph.named("mentioned", claims)]
    things += [NamedNode(iri) for iri in taken.network]
    spans = [row["node"] for row in graph.named("spans-of", claims)]
    sources = [data_iri(name) for name in taken.sources]
    found = set(graph.about([*taken.claims, *things, *spans, *sources]))
    objects = {statement.object for statement in found if isinstance(statement.object, NamedNode)}
    terms = [node for node in objects if node.value.startswith((PREFIXES["code"], *namespaces()))]
    said = [statement for statement in graph.about(terms) if statement.source == ONTOLOGY]
    codes = {statement.subject for statement in said if statement.predicate == _NOTATION}
    found |= {statement for statement in said if statement.subject in codes}
    return sorted(found, key=lambda one: (one.source.value, str(one.subject), str(one.predicate), str(one.object)))


def write_turtle(taken: Extract, path: Path) -> None:
    """Write Turtle: without named graphs, every claim says its source by `tip:source`."""
    triples = dict.fromkeys(Triple(s, p, o) for s, p, o, _ in statements(taken))
    serialize(sorted(triples, key=str), str(path), RdfFormat.TURTLE, prefixes=prefixes())


def write_trig(taken: Extract, path: Path) -> None:
    """Write TriG: a named graph for each source."""
    serialize((Quad(*one) for one in statements(taken)), str(path), RdfFormat.TRIG, prefixes=prefixes())


def write_nquads(taken: Extract, path: Path) -> None:
    """Write N-Quads, sorted."""
    serialize((Quad(*one) for one in statements(taken)), str(path), RdfFormat.N_QUADS)


def write_jsonld(taken: Extract, path: Path) -> None:
    """Write compact JSON-LD, a named graph for each source, with the context of the kit and the project inside."""
    from tipgraph.model import own_context

    context = json.loads((kit.folder("ontology") / CONTEXT).read_text("utf-8"))["@context"] | own_context()
    compact = _Compact(context)
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for subject, predicate, value, source in statements(taken):
        nodes = graphs.setdefault(source.value, {})
        node = nodes.setdefault(subject.value, {"@id": compact.iri(subject.value)})
        compact.add(node, predicate.value, value)
    found = {
        "@context": context,
        "@graph": [
            {"@id": compact.iri(name), "@graph": list(nodes.values())} for name, nodes in sorted(graphs.items())
        ],
    }
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


class _Compact:
    """Says terms by the shorter names of a context: terms with their type, prefixes, `@type`, languages."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str)}
        expanded = {name: self._expanded(term["@id"]) for name, term in context.items() if isinstance(term, dict)}
        self.terms = {iri: (name, context[name].get("@type", "")) for name, iri in expanded.items()}

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes else name

    def iri(self, iri: str) -> str:
        """Shorten an IRI by a prefix where what is left is a plain name."""
        for prefix, base in self.prefixes.items():
            local = iri.removeprefix(base)
            if local != iri and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri

    def add(self, node: dict[str, Any], predicate: str, value: NamedNode | Literal) -> None:
        """Add a statement to a node object."""
        if predicate == PREFIXES["rdf"] + "type" and isinstance(value, NamedNode):
            node.setdefault("@type", []).append(self.iri(value.value))
            return
        name, kind = self.terms.get(predicate, (self.iri(predicate), ""))
        node.setdefault(name, []).append(self._value(value, self._expanded(kind) if ":" in kind else kind))

    def _value(self, value: NamedNode | Literal, kind: str) -> Any:
        if isinstance(value, NamedNode):
            return self.iri(value.value) if kind == "@id" else {"@id": self.iri(value.value)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if datatype == kind or (not kind and datatype == PREFIXES["xsd"] + "string"):
            return value.value
        if datatype == PREFIXES["xsd"] + "string":
            return {"@value": value.value}
        return {"@value": value.value, "@type": self.iri(datatype)}
