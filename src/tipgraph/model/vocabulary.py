"""Reads `ontology/*.ttl`: which tables and columns there are, and what a cell of each may hold.

A column is a property of a SHACL shape, so that the same lines say what may be written and what is checked. It writes
`tip.py`, the terms as names. A project's files stand upon the kit's (`extension`).

Decision: docs/decisions/0003-shapes-say-which-columns-a-table-has.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tipgraph.errors import InputError
from tipgraph.model import extension, kit
from tipgraph.model.extension import Extension
from tipgraph.model.project import Project

TIP = "https://w3id.org/tipgraph/ns#"

LANG_STRING = str(RDF.langString)
_IN = URIRef(f"{SH}in")
_FILES = ("terms", "codes", "edges", "sentences", "corroboration", "alignments")


@dataclass(frozen=True)
class Column:
    """One column of a table: the property it stands for and what its cells hold.

    `datatype` is set for literals, `scheme` for codes, `refers` (a class) for references to other rows; a column of
    none of these holds IRIs. `domain` is the class that a derived property belongs to. Numbers lie between `least` and
    `most`, texts are `among` others, where these are set; `hint` is what the shape says of its own words.
    """

    name: str
    iri: str
    order: int
    required: bool
    many: bool
    datatype: str = ""
    scheme: str = ""
    refers: str = ""
    pattern: str = ""
    default: str = ""
    domain: str = ""
    least: str = ""
    most: str = ""
    among: frozenset[str] = frozenset()
    hint: str = ""

    @property
    def needed(self) -> bool:
        """Tell whether a person must fill the cell: it is required, has no default, and is no source."""
        return self.required and not self.default and self.name != "source"

    def hold(self, number: str) -> None:
        """Raise ValueError for a number that is less than the least, or more than the most."""
        if self.least and Decimal(number) < Decimal(self.least):
            raise ValueError(f"{number!r} is below {self.least}, the least that can be meant; correct it")
        if self.most and Decimal(number) > Decimal(self.most):
            raise ValueError(f"{number!r} is above {self.most}, the most that can be meant; correct it")


class Ontology:
    """The terms, code lists and shapes of `ontology/`, as Python looks them up."""

    def __init__(self, graph: Graph, shapes: Graph, namespaces: tuple[str, ...] = (TIP,)) -> None:
        """Look terms up in a graph, and columns in shapes; `namespaces` are those of the terms that are ours."""
        self.graph, self.shapes, self.namespaces = graph, shapes, namespaces
        self._columns: dict[str, dict[str, Column]] = {}

    def extended(self, found: Extension, project: Project) -> "Ontology":
        """Return this ontology with what a project adds to it in a namespace of its own, and its currencies."""
        shapes = self.shapes + found.shapes
        for prop in shapes.subjects(SH.path, URIRef(f"{TIP}currency")):
            if (listed := shapes.value(prop, _IN)) is not None:
                codes = Collection(shapes, listed)
                codes += [Literal(code) for code in sorted(set(project.currencies) - set(map(str, codes)))]
        return Ontology(self.graph + found.terms, shapes, (*self.namespaces, project.namespace))

    @cached_property
    def tables(self) -> dict[str, str]:
        """Table name to the local name of its class."""
        return {str(table): _local(cls) for cls, table in sorted(self.graph.subject_objects(URIRef(f"{TIP}table")))}

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """Scheme name to notation to the IRI of the concept."""
        schemes: dict[str, dict[str, str]] = {}
        for concept, scheme in sorted(self.graph.subject_objects(SKOS.inScheme)):
            notation = str(self.graph.value(concept, SKOS.notation))
            schemes.setdefault(_local(scheme), {})[notation] = str(concept)
        return schemes

    @cache  # noqa: B019 - there is one ontology
    def code_labels(self, scheme: str) -> dict[str, str]:
        """Return the labels of a scheme's codes in any language, in small letters, with their notations."""
        return {
            str(label).casefold(): notation
            for notation, concept in self.codes[scheme].items()
            for label in self.graph.objects(URIRef(concept), SKOS.prefLabel)
        }

    def coded(self, scheme: str, said: str) -> str:
        """Return the notation of a code that is said by its notation, or by a label; none where it is neither."""
        return said if said in self.codes[scheme] else self.code_labels(scheme).get(said.casefold(), "")

    @cache  # noqa: B019 - there is one ontology
    def matches(self, code_list: str) -> dict[str, str]:
        """Return the codes of one of IATI's lists with the notations of the codes here that match or include them."""
        found: dict[str, str] = {}
        for predicate in (SKOS.narrowMatch, SKOS.closeMatch, SKOS.exactMatch):
            for concept, match in sorted(self.graph.subject_objects(predicate)):
                if f"/codelists/{code_list}/#" in str(match):
                    found[str(match).rpartition("#")[2]] = str(self.graph.value(concept, SKOS.notation))
        return found

    @cached_property
    def classes(self) -> dict[str, frozenset[str]]:
        """Local name of each class to those of itself and of all classes above it."""
        return {
            _local(cls): frozenset(
                _local(above)
                for above in self.graph.transitive_objects(cls, RDFS.subClassOf)
                if str(above).startswith(self.namespaces)
            )
            for cls in self.graph.subjects(RDF.type, OWL.Class)
        }

    def columns(self, cls: str) -> dict[str, Column]:
        """Return the columns of a class by name, in the order of the shapes, those of its superclasses after its own.

        Only what a person writes: derived properties have no shape.
        """
        if cls not in self._columns:
            self._columns[cls] = self._read_columns(cls)
        return self._columns[cls]

    @cached_property
    def derived(self) -> dict[str, Column]:
        """The properties that nobody writes, and the preferred label, as columns by IRI: no shape describes them."""
        written = {column.iri for cls in self.classes for column in self.columns(cls).values()}
        kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
        ours = {str(name) for kind in kinds for name in self.graph.subjects(RDF.type, kind)} - written
        columns = {iri: self._undescribed(URIRef(iri)) for iri in sorted(ours) if iri.startswith(self.namespaces)}
        label = Column(
            "prefLabel",
            str(SKOS.prefLabel),
            _CHECK_ONLY,
            required=False,
            many=False,
            datatype=LANG_STRING,
            domain="Thing",
        )
        return {label.iri: label, **columns}

    def below(self, cls: str) -> list[str]:
        """Return the classes that are the class itself or below it."""
        return sorted(name for name, above in self.classes.items() if cls in above)

    def _read_columns(self, cls: str) -> dict[str, Column]:
        columns: dict[str, Column] = {}
        for above in sorted(self.classes[cls], key=lambda name: (-len(self.classes[name]), name)):
            for shape in self._shapes_of(above):
                found = map(self._column, self.shapes.objects(shape, SH.property))
                for column in sorted(found, key=lambda column: (column.order, column.name)):
                    if column.order < _CHECK_ONLY:
                        columns.setdefault(column.name, column)
        return columns

    def _shapes_of(self, cls: str) -> list[Node]:
        """Return the shapes of a class by its short name, in order: those of the kit, then the project's."""
        targets = (URIRef(space + cls) for space in self.namespaces)
        return [shape for target in targets for shape in sorted(self.shapes.subjects(SH.targetClass, target), key=str)]

    def _column(self, prop: Node) -> Column:
        def value(predicate: URIRef) -> str:
            found = self.shapes.value(prop, predicate)
            return "" if found is None else str(found)

        path = value(SH.path)
        scheme = self.graph.value(URIRef(path), URIRef(TIP + "codeList"))
        ranges = self.graph.value(URIRef(path), RDFS.range)
        return Column(
            name=_local(path),
            iri=path,
            order=int(value(SH.order)),
            required=bool(value(SH.minCount)),
            many=value(SH.maxCount) != "1",
            datatype=value(SH.datatype),
            scheme=_local(scheme) if scheme is not None else "",
            refers=_local(ranges) if str(ranges).startswith(self.namespaces) else "",
            pattern=value(SH.pattern),
            default=value(SH.defaultValue),
            least=value(SH.minInclusive),
            most=value(SH.maxInclusive),
            among=frozenset(str(one) for listed in self.shapes.objects(prop, _IN) for one in self.shapes.items(listed)),
            hint=value(SH.message),
        )

    def _undescribed(self, term: URIRef) -> Column:
        ranges, scheme = self.graph.value(term, RDFS.range), self.graph.value(term, URIRef(TIP + "codeList"))
        return Column(
            name=_local(term),
            iri=str(term),
            order=_CHECK_ONLY,
            required=False,
            many=(term, RDF.type, OWL.FunctionalProperty) not in self.graph,
            datatype=str(ranges) if (term, RDF.type, OWL.DatatypeProperty) in self.graph else "",
            scheme=_local(scheme) if scheme is not None else "",
            refers=_local(ranges) if str(ranges).startswith(self.namespaces) else "",
            domain=_local(self.graph.value(term, RDFS.domain) or ""),
        )


_CHECK_ONLY = 90  # shapes number the constraints that are no columns from here


def ontology() -> Ontology:
    """Return the ontology of the kit, with what the project adds to it; parsed once, and anew when files change.

    Raises InputError with every fault of the project's files.
    """
    project = kit.project()
    return _extended(project, _states(project)) if project else _of_kit()


@lru_cache(maxsize=1)
def _of_kit() -> Ontology:
    folder, graph = kit.folder("ontology"), Graph()
    for name in _FILES:
        graph.parse(folder / f"{name}.ttl")
    return Ontology(graph, Graph().parse(folder / "shapes.ttl"))


@lru_cache(maxsize=4)
def _extended(project: Project, states: tuple[tuple[Path, int], ...]) -> Ontology:
    base = _of_kit()
    files = [path for path, _ in states]
    found = extension.read(files, [path.name for path in kit.folder("ontology").iterdir()])
    if faults := extension.faults(found, project, base.graph, base.shapes):
        raise InputError(faults)
    return base.extended(found, project)


def _states(project: Project) -> tuple[tuple[Path, int], ...]:
    return tuple((path, path.lstat().st_mtime_ns) for path in sorted((project.folder / "ontology").glob("*.ttl")))


def python_names() -> str:
    """Return the text of `tip.py`: every class and property as a constant, with its definition as a comment.

    >>> 'Funding: Final = "https://w3id.org/tipgraph/ns#Funding"' in python_names()
    True
    """
    return "\n".join(_python_lines(_of_kit().graph))


def context_text() -> str:
    """Return the text of `ontology/context.jsonld`: prefixes, and each property with what its values are."""
    import json

    graph = _of_kit().graph
    prefixes = {prefix: str(iri) for prefix, iri in graph.namespaces() if prefix in _PREFIXES} | {"id": _DATA}
    terms = {_local(name): _term(graph, name) for kind in _PROPERTIES for name in graph.subjects(RDF.type, kind)}
    context = dict(sorted(prefixes.items())) | dict(sorted(terms.items()))
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def own_context() -> dict[str, str | dict[str, str]]:
    """Return what the project adds to the context: its prefix, and its properties; nothing without a project."""
    project = kit.project()
    if project is None:
        return {}
    graph = ontology().graph
    names = {name for kind in _PROPERTIES for name in graph.subjects(RDF.type, kind)}
    own = sorted((name for name in names if str(name).startswith(project.namespace)), key=str)
    return {project.prefix: project.namespace} | {_local(name): _term(graph, name, project.prefix) for name in own}


_DATA = "https://w3id.org/tipgraph/id/"
_PREFIXES = frozenset({"code", "dcterms", "oa", "org", "owl", "prov", "rdf", "rdfs", "skos", "tip", "xsd"})
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


def _term(graph: Graph, name: Node, prefix: str = "tip") -> dict[str, str]:
    """Return the entry of a property: nodes are IRIs, literals have their datatype, and words a language each."""
    term, kind = {"@id": f"{prefix}:{_local(name)}"}, graph.value(name, RDFS.range)
    if (name, RDF.type, OWL.ObjectProperty) in graph:
        return {**term, "@type": "@id"}
    return term if kind is None or str(kind) in (LANG_STRING, str(XSD.string)) else {**term, "@type": str(kind)}


def _python_lines(graph: Graph) -> Iterator[str]:
    yield '"""The terms of the ontology as names: `tip.Funding`. Generated by `make generate`; do not edit."""'
    yield ""
    yield "from typing import Final"
    yield ""
    yield f'NAMESPACE: Final = "{TIP}"'
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {term for kind in kinds for term in graph.subjects(RDF.type, kind) if str(term).startswith(TIP)}
    for term in sorted(terms, key=str):
        definition = next(
            str(text) for text in graph.objects(term, SKOS.definition) if getattr(text, "language", "") == "en"
        )
        yield f'{_local(term)}: Final = "{term}"  # {definition}'
    yield ""


def _local(iri: object) -> str:
    return str(iri).rpartition("#")[2].rpartition("/")[2]
