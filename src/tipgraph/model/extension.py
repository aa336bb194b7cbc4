"""The ontology of a project: the terms and shapes that its `ontology/*.ttl` add to the kit's, and their faults.

A file may hold terms and shapes. A triple with a blank node or a term of SHACL belongs to the shapes, any other triple
to the terms. A term is in the project's namespace, under a name that the kit does not use.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal as TextTerm
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib import SH, XSD, Graph, Literal, URIRef
from rdflib.term import BNode, Node

from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model import kit
from tipgraph.model.iris import PREFIXES
from tipgraph.model.project import Project
from tipgraph.runtime import read_text, unreadable

TIP = PREFIXES["tip"]
CHECK_ONLY = 90  # a property of a shape with this sh:order or more is checked, and is no column


@dataclass
class Extension:
    """The terms and shapes of a project, all as quads, and the file and row that first describe each subject."""

    terms: Graph = field(default_factory=Graph)
    shapes: Graph = field(default_factory=Graph)
    quads: list[Quad] = field(default_factory=list)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)


def read(paths: Sequence[Path]) -> Extension:
    """Read the ontology files of a project; raise InputError for those that cannot be read."""
    extension, faults = Extension(), []
    for path in paths:
        if (kit.folder("ontology") / path.name).exists():
            faults.append(Fault("has the name of a file of the kit; rename it", shown(path)))
        try:
            _read_file(extension, path)
        except SyntaxError as error:
            faults.append(Fault(f"is no Turtle: {error.msg}", shown(path), error.lineno))
        except (OSError, UnicodeDecodeError) as error:
            faults.append(unreadable(path, error))
    if faults:
        raise InputError(faults)
    return extension


def _read_file(extension: Extension, path: Path) -> None:
    text = read_text(path)
    parsed = parse(text, format=RdfFormat.TURTLE)
    quads = list(parsed)
    extension.quads += quads
    for triple in map(_triple, quads):
        is_of_shapes = any(isinstance(part, BNode) or str(part).startswith(str(SH)) for part in triple)
        (extension.shapes if is_of_shapes else extension.terms).add(triple)
    for subject in {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}:
        names = [re.escape(f"<{subject}>")]
        names += [re.escape(_shortened(subject, {prefix: space})) for prefix, space in parsed.prefixes.items()]
        place = re.search(rf"^[ \t]*(?:{'|'.join(names)})(?=[\s;,])", text, re.MULTILINE)
        row = text.count("\n", 0, place.start()) + 1 if place else None
        extension.places.setdefault(subject, (shown(path), row))


def union(*graphs: Graph) -> Graph:
    """Return a graph with the triples and prefixes of others, in the store of rdflib that takes least time."""
    united = Graph(store="SimpleMemory")
    for graph in graphs:
        for prefix, namespace in graph.namespaces():
            united.bind(prefix, namespace)
        united.addN((*triple, united) for triple in graph)
    return united


def turtle(*paths: Path) -> Graph:
    """Return the triples and prefixes of files of the kit, which pyoxigraph reads many times as fast as rdflib."""
    graph = union()
    for path in paths:
        triples = parse(path=path)
        graph.addN((*_triple(quad), graph) for quad in triples)
        for prefix, namespace in triples.prefixes.items():
            graph.bind(prefix, namespace)
    return graph


def _triple(quad: Quad) -> tuple[Node, Node, Node]:
    return _term(quad.subject), _term(quad.predicate), _term(quad.object)


def _term(term: object) -> Node:
    match term:
        case NamedNode():
            return URIRef(term.value)
        case TextTerm():
            kind = URIRef(term.datatype.value)
            return Literal(term.value, term.language, None if term.language or kind == XSD.string else kind)
    return BNode(str(term).removeprefix("_:"))


def faults(extension: Extension, project: Project) -> Iterator[Fault]:
    """Yield the faults of an extension of the kit, by `queries/graph/vocabulary-faults.rq`."""
    store, own = Store(), NamedNode(project.namespace)
    for path in kit.folder("ontology").glob("*.ttl"):
        store.bulk_load(path=path)
    store.extend(Quad(quad.subject, quad.predicate, quad.object, own) for quad in extension.quads)
    prefixes = {**PREFIXES, project.prefix: project.namespace}
    rows = store.query(kit.graph_query("vocabulary-faults"), prefixes=prefixes, use_default_graph_as_union=True)
    known = {_shortened(str(quad.subject.value), prefixes) for quad in store}
    for row in rows if isinstance(rows, QuerySolutions) else ():
        node, message = (_shortened(row[name].value, prefixes) for name in ("node", "message"))
        hint = near(_shortened(row["unknown"].value, prefixes), known) if row["unknown"] else ""
        yield Fault(message + hint, *extension.places.get(row["node"].value, ("ontology", None)), node)


def _shortened(text: str, prefixes: Mapping[str, str]) -> str:
    """Return a text with the prefixes of the IRIs in it."""
    for prefix, namespace in prefixes.items():
        text = text.replace(namespace, f"{prefix}:")
    return text
