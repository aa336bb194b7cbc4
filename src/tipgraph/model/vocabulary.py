"""The ontology of `ontology/*.ttl`: tables, columns, and the values that a cell may hold.

A column is a property of a SHACL shape, so that the same lines describe and check it. The ontology of a project is a
layer on the kit's (`extension`). This module also writes `context.jsonld`.

Decision: docs/decisions/0003-the-ontology-declares-columns-and-edges.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tipgraph.errors import Fault, InputError
from tipgraph.model import extension, kit
from tipgraph.model.extension import CHECK_ONLY, TIP, Extension
from tipgraph.model.iris import PREFIXES
from tipgraph.model.project import Project
from tipgraph.model.templates import fields, is_balanced
from tipgraph.runtime import kept

LANG_STRING = str(RDF.langString)
_IN = URIRef(f"{SH}in")
_FILES = ("terms", "codes", "iati-codes", "edges", "sentences", "corroboration", "alignments")


@dataclass(frozen=True)
class Column:
    """A column of a table: its property and the kind of its values.

    `datatype` is set for literals, `scheme` for codes, `refers` (a class) for references to rows; other columns hold
    IRIs. `domain` is the class of a derived property. Numbers lie between `least` and `most`, texts are one of `among`,
    if these are set; `hint` is the message of the shape.
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
        """Tell whether a person must fill the cell: it is required, without a default, and no source."""
        return self.required and not self.default and self.name != "source"

    @property
    def is_text(self) -> bool:
        """Tell whether a cell holds words: a text, in a language or in none."""
        return self.datatype in (LANG_STRING, f"{XSD}string")

    def hold(self, number: str) -> None:
        """Raise ValueError for a number below `least` or above `most`."""
        if self.least and Decimal(number) < Decimal(self.least):
            raise ValueError(f"{number!r} is below the least value, {self.least}; correct it")
        if self.most and Decimal(number) > Decimal(self.most):
            raise ValueError(f"{number!r} is above the greatest value, {self.most}; correct it")


class Ontology:
    """The terms, code lists and shapes of `ontology/`."""

    def __init__(self, graph: Graph, shapes: Graph, namespaces: tuple[str, ...] = (TIP,)) -> None:
        self.graph, self.shapes, self.namespaces = graph, shapes, namespaces

    def extended(self, added: Extension, project: Project) -> "Ontology":
        """Return this ontology with the terms, shapes and currencies of a project.

        Raises InputError with every fault of its terms and shapes.
        """
        if faults := list(extension.faults(added, project)):
            raise InputError(faults)
        graph, shapes = extension.union(self.graph, added.terms), extension.union(self.shapes, added.shapes)
        for prop in shapes.subjects(SH.path, URIRef(f"{TIP}currency")):
            if (listed := shapes.value(prop, _IN)) is not None:
                codes = Collection(shapes, listed)
                codes += [Literal(code) for code in sorted(set(project.currencies) - set(map(str, codes)))]
        extended = Ontology(graph, shapes, (*self.namespaces, project.namespace))
        if faults := list(extended._template_faults(added)):
            raise InputError(faults)
        return extended

    def _template_faults(self, added: Extension) -> Iterator[Fault]:
        """Yield the sentences of a project that name no columns of their class, or cannot be read."""
        for cls, template in added.terms.subject_objects(URIRef(f"{TIP}template")):
            if str(cls).startswith(self.namespaces) and _local(cls) in self.classes:
                columns, place = self.columns(_local(cls)), added.places[str(cls)]
                for name in (name for name in fields(str(template)) if name not in columns):
                    message = f"its sentence names {{{name}}}, which is no column of it; its columns are"
                    yield Fault(f"{message} {', '.join(sorted(columns))}", *place, _local(cls))
                if not is_balanced(str(template)):
                    message = "its sentence has a bracket or brace without its other half, or no column within braces"
                    yield Fault(f"{message}; write {{column}}, and [a part] that may be left out", *place, _local(cls))

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

    @kept
    def code_labels(self, scheme: str) -> dict[str, str]:
        """Return the notation of each label of a scheme, in any language and in lower case."""
        return {
            str(label).casefold(): notation
            for notation, concept in self.codes[scheme].items()
            for label in self.graph.objects(URIRef(concept), SKOS.prefLabel)
        }

    @kept
    def tying_nobody(self, scheme: str) -> frozenset[str]:
        """Return the English labels of the codes of a scheme for what is only planned, proposed or promised."""
        words = self.code_words(scheme, "en")
        ties = URIRef(f"{TIP}tiesNobody")
        return frozenset(
            words[name] for name, code in self.codes[scheme].items() if (URIRef(code), ties, None) in self.graph
        )

    def code_words(self, scheme: str, language: str) -> dict[str, str]:
        """Return the label of each code of a scheme in a language, by its notation."""
        labels = {
            (concept, str(getattr(label, "language", ""))): str(label)
            for concept in self.codes[scheme].values()
            for label in self.graph.objects(URIRef(concept), SKOS.prefLabel)
        }
        return {code: labels.get((concept, language), code) for code, concept in self.codes[scheme].items()}

    def coded(self, scheme: str, text: str) -> str:
        """Return the notation of a code by its notation, or by words that are shown for it; else an empty string.

        Such words are its label, its phrase in sentences, and its notation with spaces, as in `not stated`.
        """
        if text in self.codes[scheme]:
            return text
        words = " ".join(text.casefold().split())
        spaced = words.replace(" ", "-")
        known = self.code_labels(scheme).get(words) or self._code_phrases(scheme).get(words)
        return known or (spaced if spaced in self.codes[scheme] else "")

    @kept
    def _code_phrases(self, scheme: str) -> dict[str, str]:
        """Return the notation of each phrase of a scheme that only one code has, in any language and in lower case."""
        found = [
            (str(phrase).casefold(), notation)
            for notation, concept in self.codes[scheme].items()
            for phrase in self.graph.objects(URIRef(concept), URIRef(f"{TIP}phrase"))
        ]
        codes = dict(found)
        return {phrase: codes[phrase] for phrase in codes if len({code for one, code in found if one == phrase}) == 1}

    @kept
    def matches(self, code_list: str) -> dict[str, str]:
        """Return, for each code of a list of IATI, the notation of our code that matches or includes it."""
        notations: dict[str, str] = {}
        for predicate in (SKOS.narrowMatch, SKOS.closeMatch, SKOS.exactMatch):
            for concept, match in sorted(self.graph.subject_objects(predicate)):
                if f"/codelists/{code_list}/#" in str(match):
                    notations[str(match).rpartition("#")[2]] = str(self.graph.value(concept, SKOS.notation))
        return notations

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
            if str(cls).startswith(self.namespaces)
        }

    @kept
    def columns(self, cls: str) -> dict[str, Column]:
        """Return the columns of a class by name: its own in the order of the shapes, then those of its superclasses.

        Derived properties have no shape, and are no columns.
        """
        columns: dict[str, Column] = {}
        for above in sorted(self.classes[cls], key=lambda name: (-len(self.classes[name]), name)):
            for shape in self._shapes_of(above):
                described = map(self._column, self.shapes.objects(shape, SH.property))
                for column in sorted(described, key=lambda column: (column.order, column.name)):
                    if column.order < CHECK_ONLY:
                        columns.setdefault(column.name, column)
        return columns

    def rules(self, cls: str) -> list[str]:
        """Return the rules of a class and of those above it that are about several columns, as sentences."""
        shapes = [shape for above in sorted(self.classes[cls]) for shape in self._shapes_of(above)]
        return [str(message) for shape in shapes for message in self.shapes.objects(shape, SH.message)]

    @cached_property
    def derived(self) -> dict[str, Column]:
        """Derived properties and the preferred label as columns by IRI; no shape describes them."""
        written = {column.iri for cls in self.classes for column in self.columns(cls).values()}
        kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
        ours = {str(name) for kind in kinds for name in self.graph.subjects(RDF.type, kind)} - written
        columns = {iri: self._undescribed(URIRef(iri)) for iri in sorted(ours) if iri.startswith(self.namespaces)}
        name, iri = "prefLabel", str(SKOS.prefLabel)
        label = Column(name, iri, CHECK_ONLY, required=False, many=False, datatype=LANG_STRING, domain="Thing")
        return {label.iri: label, **columns}

    @kept
    def core(self, cls: str) -> frozenset[str]:
        """Return the properties that make two claims of a class alike (`tip:core`); none if it declares none."""
        declared = self.graph.objects(URIRef(f"{TIP}{cls}"), URIRef(f"{TIP}core"))
        return frozenset(map(str, declared))

    def below(self, cls: str) -> list[str]:
        """Return a class and its subclasses."""
        return sorted(name for name, above in self.classes.items() if cls in above)

    def _shapes_of(self, cls: str) -> list[Node]:
        """Return the shapes of a class by its short name, first those of the kit."""
        targets = (URIRef(space + cls) for space in self.namespaces)
        return [shape for target in targets for shape in sorted(self.shapes.subjects(SH.targetClass, target), key=str)]

    def _column(self, prop: Node) -> Column:
        def value(predicate: URIRef) -> str:
            node = self.shapes.value(prop, predicate)
            return "" if node is None else str(node)

        path = value(SH.path)
        scheme, refers = self._ranges(URIRef(path))
        return Column(
            name=_local(path),
            iri=path,
            order=int(value(SH.order)),
            required=bool(value(SH.minCount)),
            many=value(SH.maxCount) != "1",
            datatype=value(SH.datatype),
            scheme=scheme,
            refers=refers,
            pattern=value(SH.pattern),
            default=value(SH.defaultValue),
            least=value(SH.minInclusive),
            most=value(SH.maxInclusive),
            among=frozenset(
                str(value) for values in self.shapes.objects(prop, _IN) for value in self.shapes.items(values)
            ),
            hint=value(SH.message),
        )

    def _undescribed(self, term: URIRef) -> Column:
        scheme, refers = self._ranges(term)
        is_literal = (term, RDF.type, OWL.DatatypeProperty) in self.graph
        return Column(
            name=_local(term),
            iri=str(term),
            order=CHECK_ONLY,
            required=False,
            many=(term, RDF.type, OWL.FunctionalProperty) not in self.graph,
            datatype=str(self.graph.value(term, RDFS.range)) if is_literal else "",
            scheme=scheme,
            refers=refers,
            domain=_local(self.graph.value(term, RDFS.domain) or ""),
        )

    def _ranges(self, term: URIRef) -> tuple[str, str]:
        """Return the code list of a property and the class that it refers to, empty strings without them."""
        scheme, ranges = self.graph.value(term, URIRef(f"{TIP}codeList")), str(self.graph.value(term, RDFS.range))
        return _local(scheme or ""), _local(ranges) if ranges.startswith(self.namespaces) else ""


def ontology() -> Ontology:
    """Return the ontology of the kit and the project; it is parsed again if a file of the project changes.

    Raises InputError with every fault of the project's files.
    """
    project = kit.project()
    return _extended(project, _states(project)) if project else _of_kit()


@lru_cache(maxsize=1)
def _of_kit() -> Ontology:
    folder = kit.folder("ontology")
    terms = extension.turtle(*(folder / f"{name}.ttl" for name in _FILES))
    return Ontology(terms, extension.turtle(folder / "shapes.ttl"))


@lru_cache(maxsize=4)
def _extended(project: Project, states: tuple[tuple[Path, int], ...]) -> Ontology:
    return _of_kit().extended(extension.read([path for path, _ in states]), project)


def _states(project: Project) -> tuple[tuple[Path, int], ...]:
    return tuple((path, path.lstat().st_mtime_ns) for path in sorted((project.folder / "ontology").glob("*.ttl")))


def context_text() -> str:
    """Return the text of `ontology/context.jsonld`: the prefixes, and each property with its kind of value."""
    import json

    graph = _of_kit().graph
    prefixes = {prefix: str(iri) for prefix, iri in graph.namespaces() if prefix in PREFIXES} | {"id": PREFIXES["id"]}
    names = {name for kind in _PROPERTIES for name in graph.subjects(RDF.type, kind) if str(name).startswith(TIP)}
    terms = {_local(name): _term(graph, name) for name in names}
    context = dict(sorted(prefixes.items())) | dict(sorted(terms.items()))
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


def _term(graph: Graph, name: Node) -> dict[str, str]:
    """Return the context entry of a property: an IRI, a datatype, or nothing for texts with a language."""
    term, kind = {"@id": f"tip:{_local(name)}"}, graph.value(name, RDFS.range)
    if (name, RDF.type, OWL.ObjectProperty) in graph:
        return {**term, "@type": "@id"}
    return term if kind is None or str(kind) in (LANG_STRING, str(XSD.string)) else {**term, "@type": str(kind)}


def _local(iri: object) -> str:
    return str(iri).rpartition("#")[2].rpartition("/")[2]
