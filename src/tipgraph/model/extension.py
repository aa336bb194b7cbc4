"""The ontology of a project: the terms and shapes that its `ontology/*.ttl` add to the kit's, and their faults.

A file may hold terms and shapes. A triple with a blank node or a term of SHACL belongs to the shapes, any other triple
to the terms. A term is in the project's namespace, under a name that the kit does not use.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal as TextTerm
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import BNode, Node

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model.iris import PREFIXES
from tipgraph.model.project import Project
from tipgraph.model.templates import fields
from tipgraph.runtime import read_text, unreadable

TIP = PREFIXES["tip"]
CHECK_ONLY = 90  # a property of a shape with this sh:order or more is checked, and is no column
_KIT = (TIP, PREFIXES["code"])
_CLASSES = (OWL.Class,)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_CODES = (SKOS.ConceptScheme, SKOS.Concept)
_EDGE, _TABLE, _TEMPLATE = URIRef(f"{TIP}Edge"), URIRef(f"{TIP}table"), URIRef(f"{TIP}template")
_CODE_LIST, _NETWORK, _SYMMETRIC = URIRef(f"{TIP}codeList"), URIRef(f"{TIP}network"), URIRef(f"{TIP}symmetric")
_CLAIM, _ROOTS = URIRef(f"{TIP}Claim"), {URIRef(f"{TIP}Claim"), URIRef(f"{TIP}Thing")}
_KINDS = (*_CLASSES, *_PROPERTIES, *_CODES, _EDGE)
_ALLOWED_ON_KIT_TERMS = frozenset({URIRef(f"{TIP}core"), URIRef(f"{TIP}detail")})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_TABLE_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ALL_NETWORKS = "all"  # the network of all edges
_BOOKS = frozenset({  # files that become no statements
    "allowed", "corrections", "draft-decisions", "exchange-rates", "price-indices", "rate-sources",
})  # fmt: skip


@dataclass
class Extension:
    """The terms and shapes of a project, and the file and row that first describe each subject."""

    terms: Graph = field(default_factory=Graph)
    shapes: Graph = field(default_factory=Graph)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)


def read(paths: Sequence[Path], kit_files: Iterable[str]) -> Extension:
    """Read the ontology files of a project; raise InputError for those that cannot be read."""
    extension, faults = Extension(), []
    kit_names = set(kit_files)
    for path in paths:
        if path.name in kit_names:
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
    quads = list(parse(text, format=RdfFormat.TURTLE))  # its errors name the row
    graph = Graph().parse(data=text, format="turtle")
    for triple in graph:
        (extension.shapes if _is_of_shapes(triple) else extension.terms).add(triple)
    for subject in {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}:
        extension.places.setdefault(subject, (shown(path), _row(text, subject, graph)))


def _is_of_shapes(triple: Iterable[Node]) -> bool:
    return any(isinstance(part, BNode) or str(part).startswith(str(SH)) for part in triple)


def _row(text: str, iri: str, graph: Graph) -> int | None:
    """Return the row of a file on which the description of a term begins, if it is found."""
    names = [re.escape(f"<{iri}>")]
    for prefix, namespace in graph.namespaces():
        if iri.startswith(str(namespace)):
            names.append(re.escape(f"{prefix}:{iri.removeprefix(str(namespace))}"))
    subject = re.search(rf"^[ \t]*(?:{'|'.join(names)})(?=[\s;,])", text, re.MULTILINE)
    return text.count("\n", 0, subject.start()) + 1 if subject else None


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
        graph.addN((_term(one.subject), _term(one.predicate), _term(one.object), graph) for one in triples)
        for prefix, namespace in triples.prefixes.items():
            graph.bind(prefix, namespace)
    return graph


def _term(term: object) -> Node:
    match term:
        case NamedNode():
            return URIRef(term.value)
        case TextTerm():
            kind = URIRef(term.datatype.value)
            return Literal(term.value, term.language, None if term.language or kind == XSD.string else kind)
    return BNode(str(term).removeprefix("_:"))


def faults(extension: Extension, project: Project, kit: Graph, extended: tuple[Graph, Graph]) -> list[Fault]:
    """Return the faults of an extension of the kit; `extended` has the terms and the shapes of both."""
    found = set(_Validation(extension, project, kit, *extended).faults())
    return sorted(found, key=lambda fault: (fault.file, fault.row or 0, fault.column, fault.message))


class _Validation:
    """The validation of an extension with the kit that it extends."""

    def __init__(self, extension: Extension, project: Project, kit: Graph, terms: Graph, shapes: Graph) -> None:
        self.extension, self.project, self.kit = extension, project, kit
        self.terms, self.shapes = terms, shapes
        self.own = sorted({term for kind in _KINDS for term in extension.terms.subjects(RDF.type, kind)}, key=str)

    def faults(self) -> Iterator[Fault]:
        """Yield every fault."""
        yield from self._kit_terms()
        yield from self._undefined()
        for term in self.own:
            yield from self._name(term)
            yield from self._labels(term)
        for kinds, check in (
            (_CLASSES, self._class),
            (_PROPERTIES[:2], self._property),
            ((SKOS.Concept,), self._code),
            ((_EDGE,), self._edge),
        ):
            for term in self._of(*kinds):
                yield from check(term)
        for shape in sorted(set(self.extension.shapes.subjects(SH.targetClass)), key=str):
            yield from self._shape(shape)
        yield from self._tables()

    def _of(self, *kinds: Node) -> list[Node]:
        return [term for term in self.own if any((term, RDF.type, kind) in self.extension.terms for kind in kinds)]

    def _at(self, term: object, message: str) -> Fault:
        file, row = self.extension.places.get(str(term), ("ontology", None))
        return Fault(message, file, row, self._short(term))

    def _short(self, term: object) -> str:
        prefixes = {**PREFIXES, self.project.prefix: self.project.namespace}
        for prefix, namespace in prefixes.items():
            if str(term).startswith(namespace):
                return f"{prefix}:{str(term).removeprefix(namespace)}"
        return f"<{term}>"

    def _kit_terms(self) -> Iterator[Fault]:
        """Yield triples about terms of the kit."""
        for subject, predicate in sorted(set(self.extension.terms.subject_predicates()), key=str):
            if str(subject).startswith(_KIT) and predicate not in _ALLOWED_ON_KIT_TERMS:
                message = f"is a term of the kit, which a project cannot describe ({predicate}); use a term of your own"
                yield self._at(subject, message)

    def _undefined(self) -> Iterator[Fault]:
        """Yield terms of the kit or the project that are used and never defined."""
        defined = {*map(str, self.terms.subjects()), *map(str, self.shapes.subjects())}
        namespaces = (*_KIT, self.project.namespace)
        known = [iri for iri in defined if iri.startswith(namespaces)]
        for graph in (self.extension.terms, self.extension.shapes):
            for subject, *terms in graph:
                for term in terms:
                    if isinstance(term, URIRef) and str(term).startswith(namespaces) and str(term) not in defined:
                        close = get_close_matches(str(term), known, n=1)
                        near = f" (perhaps {self._short(close[0])})" if close else ""
                        message = f"names {self._short(term)}, which nobody defines{near}; correct it, or define it"
                        yield self._at(self._named_parent(graph, subject), message)

    def _named_parent(self, graph: Graph, node: Node) -> Node:
        """Return the named node whose description holds a blank node."""
        visited = {node}
        while not isinstance(node, URIRef):
            parent = next((parent for parent in graph.subjects(None, node) if parent not in visited), None)
            if parent is None:
                break
            visited.add(parent)
            node = parent
        return node

    def _name(self, term: Node) -> Iterator[Fault]:
        if str(term).startswith(_KIT):
            return  # a fault of _kit_terms
        local = str(term).removeprefix(self.project.namespace)
        if local == str(term) or not _NAME.fullmatch(local):
            yield self._at(term, "is not in the namespace of the project; call it "
                           f"{self.project.prefix}:NAME, where NAME has letters, digits and hyphens")  # fmt: skip
        elif any((URIRef(namespace + local), RDF.type, None) in self.kit for namespace in _KIT):
            yield self._at(term, f"{local} is the name of a term of the kit, too; choose another name")

    def _labels(self, term: Node) -> Iterator[Fault]:
        is_code = any((term, RDF.type, kind) in self.extension.terms for kind in _CODES)
        needed = [(SKOS.prefLabel, "skos:prefLabel") if is_code else (RDFS.label, "rdfs:label")]
        if term not in self._of(_EDGE):
            needed.append((SKOS.definition, "skos:definition"))
        for predicate, name in needed:
            texts = self.extension.terms.objects(term, predicate)
            english = sum(getattr(text, "language", "") == "en" for text in texts)
            if english != 1:
                number = "more than one" if english else "no"
                yield self._at(term, f'has {number} {name} in English; write one, as {name} "words"@en')

    def _class(self, cls: Node) -> Iterator[Fault]:
        above = set(self.terms.transitive_objects(cls, RDFS.subClassOf)) - {cls}
        if not above & _ROOTS:
            yield self._at(cls, "is below neither tip:Claim nor tip:Thing; add rdfs:subClassOf")
            return
        line = [cls, *(above - _ROOTS)]
        if not any((None, SH.targetClass, parent) in self.shapes for parent in line):
            yield self._at(cls, "has no shape with its columns; add one with sh:targetClass")
        if not any((parent, _TABLE, None) in self.terms for parent in line):
            yield self._at(cls, 'has no table; say its name, as tip:table "trainings"')
        if _CLAIM in above:
            yield from self._template(cls)

    def _template(self, cls: Node) -> Iterator[Fault]:
        templates = {getattr(text, "language", ""): str(text) for text in self.extension.terms.objects(cls, _TEMPLATE)}
        if "en" not in templates:
            yield self._at(cls, 'has no sentence for its claims; add tip:template "{column} …"@en')
        columns = set(self._columns(cls))
        for language, template in templates.items():
            for name in fields(template):
                if name not in columns:
                    yield self._at(cls, f"its sentence ({language}) names {{{name}}}, which is no column of it; its "
                                   f"columns are {', '.join(sorted(columns))}")  # fmt: skip
            if not _is_balanced(template):
                yield self._at(cls, f"its sentence ({language}) has a bracket or brace without its other half, or no "
                               "column within braces; write {column}, and [a part] that may be left out")  # fmt: skip

    def _columns(self, cls: Node) -> Iterator[str]:
        for parent in self.terms.transitive_objects(cls, RDFS.subClassOf):
            for shape in self.shapes.subjects(SH.targetClass, parent):
                for prop in self.shapes.objects(shape, SH.property):
                    yield str(self.shapes.value(prop, SH.path)).rpartition("#")[2]

    def _property(self, prop: Node) -> Iterator[Fault]:
        ranges, scheme = self.terms.value(prop, RDFS.range), self.terms.value(prop, _CODE_LIST)
        if ranges is None:
            yield self._at(prop, "has no rdfs:range, the kind of value of its cells; add one")
        elif str(ranges).startswith(str(XSD)) and (None, RDFS.range, ranges) not in self.kit:
            kit_ranges = set(map(str, self.kit.objects(None, RDFS.range)))
            datatypes = sorted(iri.removeprefix(str(XSD)) for iri in kit_ranges if iri.startswith(str(XSD)))
            yield self._at(prop, f"{self._short(ranges)} is no datatype of cells; use {', '.join(datatypes)}")
        if scheme is not None and (None, SKOS.inScheme, scheme) not in self.terms:
            yield self._at(prop, f"{self._short(scheme)} has no code; add one with skos:inScheme")
        if (ranges == SKOS.Concept) != (scheme is not None):
            yield self._at(prop, "takes codes (rdfs:range skos:Concept) of a list (tip:codeList); say both, or neither")

    def _code(self, code: Node) -> Iterator[Fault]:
        schemes, notations = (list(self.terms.objects(code, path)) for path in (SKOS.inScheme, SKOS.notation))
        if len(schemes) != 1:
            yield self._at(code, "is a code of one list; name the list by skos:inScheme")
        if len(notations) != 1:
            yield self._at(code, 'needs one short word for tables; write skos:notation "word"')
            return
        notation = str(notations[0])
        if not re.fullmatch(r"[^\s|]+", notation):
            yield self._at(code, f"{notation!r} holds a blank or a |, which separates values; write one short word")
        same = {other for scheme in schemes for other in self.terms.subjects(SKOS.inScheme, scheme)
                if other != code and str(self.terms.value(other, SKOS.notation)) == notation}  # fmt: skip
        if same:
            yield self._at(code, f"{notation!r} is the word of {self._short(min(same, key=str))}, too; change it")

    def _edge(self, edge: Node) -> Iterator[Fault]:
        projects = (edge, URIRef(f"{TIP}edgeProjects"), None) in self.terms
        needed = ("edgeProjects",) if projects else ("edgeClass", "edgeFrom", "edgeTo", "symmetric")
        for name in (*needed, "network"):
            if (edge, URIRef(TIP + name), None) not in self.terms:
                yield self._at(edge, f"has no tip:{name}; add it")
        for network in self.terms.objects(edge, _NETWORK):
            if not _TABLE_NAME.fullmatch(str(network)) or str(network) == _ALL_NETWORKS:
                yield self._at(edge, f"{str(network)!r} is no name for a network; use lower-case letters, digits and "
                               f"hyphens, and not {_ALL_NETWORKS}, the name of all networks")  # fmt: skip
        if str(self.terms.value(edge, _SYMMETRIC) or "false") not in ("true", "false"):
            yield self._at(edge, "tip:symmetric is true or false; write one of them")

    def _shape(self, shape: Node) -> Iterator[Fault]:
        shapes = self.extension.shapes
        if not isinstance(shape, URIRef) or not str(shape).startswith(self.project.namespace):
            message = f"a shape has a name in the namespace of the project; call it {self.project.prefix}:NAMEShape"
            yield self._at(self._named_parent(shapes, shape), message)
        for prop in shapes.objects(shape, SH.property):
            path, order = (shapes.value(prop, predicate) for predicate in (SH.path, SH.order))
            if not isinstance(path, URIRef):
                yield self._at(shape, "a property of it has no sh:path that is a term; add one")
            elif order is None or not str(order).isdecimal():
                yield self._at(shape, f"{self._short(path)} has no sh:order, the place of its column; add a number "
                               f"(from {CHECK_ONLY} on it is no column and only checked)")  # fmt: skip
            elif int(str(order)) < CHECK_ONLY and (path, RDF.type, None) not in self.terms:
                yield self._at(shape, f"{self._short(path)} is no property here; define it")

    def _tables(self) -> Iterator[Fault]:
        classes = Counter(str(name) for name in self.terms.objects(None, _TABLE))
        for cls, name in sorted(self.extension.terms.subject_objects(_TABLE), key=str):
            if not _TABLE_NAME.fullmatch(str(name)) or str(name) in _BOOKS:
                yield self._at(cls, f"{str(name)!r} is no name for a table; use lower-case letters, digits and hyphens")
            elif classes[str(name)] > 1:
                yield self._at(cls, f"{str(name)!r} is the table of another class, too; choose another name")


def _is_balanced(template: str) -> bool:
    """Tell whether a template holds only words, `{columns}` and `[parts]` that are not nested."""
    without_columns = re.sub(r"\{[A-Za-z][\w-]*(?:=[\w-]+)?\}", "", template)
    return not re.search(r"[\[\]{}]", re.sub(r"\[[^\[\]]*\]", "", without_columns))
