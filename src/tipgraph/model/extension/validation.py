"""What of a project's ontology cannot stand upon the kit's, each with its file, its row and what to do."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, URIRef
from rdflib.term import Node

from tipgraph.errors import Fault
from tipgraph.model.extension.loader import Extension
from tipgraph.model.iris import PREFIXES
from tipgraph.model.project import Project
from tipgraph.model.templates import fields

TIP = PREFIXES["tip"]
_CODE = PREFIXES["code"]
_CLASSES = (OWL.Class,)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_CODES = (SKOS.ConceptScheme, SKOS.Concept)
_EDGE = URIRef(f"{TIP}Edge")
_KINDS = (*_CLASSES, *_PROPERTIES, *_CODES, _EDGE)
_ADDED_TO_THE_KIT = frozenset({URIRef(f"{TIP}core"), URIRef(f"{TIP}detail")})  # what a project may say of kit terms
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_TABLE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_EVERY = "all"  # as in `network`: the network of all edges
_BOOKS = frozenset({"allowed", "corrections"})  # names that the reference keeps for what is no table


def faults(found: Extension, project: Project, kit: Graph, kit_shapes: Graph) -> list[Fault]:
    """Return what of an extension cannot stand upon the kit's terms and shapes."""
    checked = _Checked(found, project, kit, kit_shapes)
    return sorted(set(checked.all()), key=lambda one: (one.file, one.row or 0, one.column, one.message))


class _Checked:
    """An extension beside the kit that it extends."""

    def __init__(self, found: Extension, project: Project, kit: Graph, kit_shapes: Graph) -> None:
        self.found, self.project, self.kit = found, project, kit
        self.whole = kit + found.terms
        self.shapes = kit_shapes + found.shapes
        self.own = sorted({term for kind in _KINDS for term in found.terms.subjects(RDF.type, kind)}, key=str)

    def all(self) -> Iterator[Fault]:
        """Yield every fault."""
        yield from self._strangers()
        yield from self._unknown()
        for term in self.own:
            yield from self._named(term)
            yield from self._worded(term)
        for cls in self._of(*_CLASSES):
            yield from self._class(cls)
        for prop in self._of(*_PROPERTIES[:2]):
            yield from self._property(prop)
        for code in self._of(SKOS.Concept):
            yield from self._code(code)
        for edge in self._of(_EDGE):
            yield from self._edge(edge)
        for shape in sorted(set(self.found.shapes.subjects(SH.targetClass)), key=str):
            yield from self._shape(shape)
        yield from self._tables()

    def _of(self, *kinds: Node) -> list[Node]:
        return [term for term in self.own if any((term, RDF.type, kind) in self.found.terms for kind in kinds)]

    def _at(self, term: object, message: str) -> Fault:
        file, row = self.found.places.get(str(term), ("ontology", None))
        return Fault(message, file, row, self._short(term))

    def _short(self, term: object) -> str:
        prefixes = {**PREFIXES, self.project.prefix: self.project.namespace}
        for prefix, namespace in prefixes.items():
            if str(term).startswith(namespace):
                return f"{prefix}:{str(term).removeprefix(namespace)}"
        return f"<{term}>"

    def _strangers(self) -> Iterator[Fault]:
        """Yield what is said of terms that are not the project's."""
        for subject, predicate in sorted(set(self.found.terms.subject_predicates()), key=str):
            if str(subject).startswith((TIP, _CODE)) and predicate not in _ADDED_TO_THE_KIT:
                message = f"is the kit's, of which a project says nothing ({predicate}); say it of a term of your own"
                yield self._at(subject, message)

    def _unknown(self) -> Iterator[Fault]:
        """Yield terms of the kit or the project that are named and are nowhere said."""
        said = {*map(str, self.whole.subjects()), *map(str, self.shapes.subjects())}
        ours = (TIP, _CODE, self.project.namespace)
        for graph in (self.found.terms, self.found.shapes):
            for subject, *named in graph:
                for term in named:
                    if isinstance(term, URIRef) and str(term).startswith(ours) and str(term) not in said:
                        close = get_close_matches(str(term), [one for one in said if one.startswith(ours)], n=1)
                        near = f" (perhaps {self._short(close[0])})" if close else ""
                        message = f"names {self._short(term)}, which nobody defines{near}; correct it, or define it"
                        yield self._at(self._named_above(graph, subject), message)

    def _named_above(self, graph: Graph, subject: Node) -> Node:
        """Return the named node in whose description a blank one stands."""
        passed = {subject}
        while not isinstance(subject, URIRef):
            above = next((one for one in graph.subjects(None, subject) if one not in passed), None)
            if above is None:
                break
            passed.add(above)
            subject = above
        return subject

    def _named(self, term: Node) -> Iterator[Fault]:
        if str(term).startswith((TIP, _CODE)):
            return  # said above
        local = str(term).removeprefix(self.project.namespace)
        if local == str(term) or not _NAME.fullmatch(local):
            yield self._at(
                term,
                f"stands outside the namespace of the project; call it {self.project.prefix}:NAME, where NAME has "
                "letters, digits and hyphens",
            )
        elif any((URIRef(namespace + local), RDF.type, None) in self.kit for namespace in (TIP, _CODE)):
            yield self._at(term, f"{local} is the name of a term of the kit, too; choose another name")

    def _worded(self, term: Node) -> Iterator[Fault]:
        is_code = any((term, RDF.type, kind) in self.found.terms for kind in _CODES)
        label, name = (SKOS.prefLabel, "skos:prefLabel") if is_code else (RDFS.label, "rdfs:label")
        needed = [(label, name)] + ([] if term in self._of(_EDGE) else [(SKOS.definition, "skos:definition")])
        for predicate, said in needed:
            languages = Counter(getattr(text, "language", "") for text in self.found.terms.objects(term, predicate))
            if languages["en"] != 1:
                found = "no" if not languages["en"] else "more than one"
                yield self._at(term, f'has {found} {said} in English; write one, as {said} "words"@en')

    def _class(self, cls: Node) -> Iterator[Fault]:
        above = set(self.whole.transitive_objects(cls, RDFS.subClassOf)) - {cls}
        roots = {URIRef(f"{TIP}Claim"), URIRef(f"{TIP}Thing")}
        if not above & roots:
            yield self._at(cls, "is below neither tip:Claim nor tip:Thing; add rdfs:subClassOf")
            return
        line = [cls, *(above - roots)]
        if not any((None, SH.targetClass, one) in self.shapes for one in line):
            yield self._at(cls, "has no shape, which says its columns; add one with sh:targetClass")
        if not any((one, URIRef(f"{TIP}table"), None) in self.whole for one in line):
            yield self._at(cls, 'has no table; say its name, as tip:table "trainings"')
        if URIRef(f"{TIP}Claim") in above:
            yield from self._template(cls)

    def _template(self, cls: Node) -> Iterator[Fault]:
        template = URIRef(f"{TIP}template")
        said = {getattr(text, "language", ""): str(text) for text in self.found.terms.objects(cls, template)}
        if "en" not in said:
            yield self._at(cls, 'has no sentence, by which a claim is said; add tip:template "{column} …"@en')
        columns = set(self._columns(cls))
        for language, text in said.items():
            for name in fields(text):
                if name not in columns:
                    yield self._at(cls, f"its sentence ({language}) names {{{name}}}, which is no column of it; its "
                                   f"columns are {', '.join(sorted(columns))}")  # fmt: skip
            if not _is_balanced(text):
                yield self._at(cls, f"its sentence ({language}) has a bracket or brace without its other half, or no "
                               "column within braces; write {column}, and [a part] that may be left out")  # fmt: skip

    def _columns(self, cls: Node) -> Iterator[str]:
        for one in self.whole.transitive_objects(cls, RDFS.subClassOf):
            for shape in self.shapes.subjects(SH.targetClass, one):
                for prop in self.shapes.objects(shape, SH.property):
                    yield str(self.shapes.value(prop, SH.path)).rpartition("#")[2]

    def _property(self, prop: Node) -> Iterator[Fault]:
        ranges, listed = self.whole.value(prop, RDFS.range), self.whole.value(prop, URIRef(f"{TIP}codeList"))
        if ranges is None:
            yield self._at(prop, "has no rdfs:range, which says what its cells hold; add one")
        elif str(ranges).startswith(str(XSD)) and (None, RDFS.range, ranges) not in self.kit:
            held = sorted({str(one).removeprefix(str(XSD)) for one in self.kit.objects(None, RDFS.range)
                           if str(one).startswith(str(XSD))})  # fmt: skip
            yield self._at(prop, f"{self._short(ranges)} is no datatype that cells hold; they are {', '.join(held)}")
        if listed is not None and (None, SKOS.inScheme, listed) not in self.whole:
            yield self._at(prop, f"{self._short(listed)} has no code; add one with skos:inScheme")
        if (ranges == SKOS.Concept) != (listed is not None):
            yield self._at(prop, "takes codes (rdfs:range skos:Concept) of a list (tip:codeList); say both, or neither")

    def _code(self, code: Node) -> Iterator[Fault]:
        schemes, notations = (list(self.whole.objects(code, one)) for one in (SKOS.inScheme, SKOS.notation))
        if len(schemes) != 1:
            yield self._at(code, "is a code of one list; say which by skos:inScheme")
        if len(notations) != 1:
            yield self._at(code, 'has one short word that stands for it in tables; say it by skos:notation "word"')
            return
        if not re.fullmatch(r"[^\s|]+", str(notations[0])):
            yield self._at(code, f"{str(notations[0])!r} holds a blank or a |, which part values; write one short word")
        same = {other for scheme in schemes for other in self.whole.subjects(SKOS.inScheme, scheme)
                if other != code and str(self.whole.value(other, SKOS.notation)) == str(notations[0])}  # fmt: skip
        if same:
            yield self._at(code, f"{str(notations[0])!r} stands for {self._short(min(same, key=str))}, too; change it")

    def _edge(self, edge: Node) -> Iterator[Fault]:
        needed = ("edgeProjects",) if (edge, URIRef(f"{TIP}edgeProjects"), None) in self.whole else (
            "edgeClass", "edgeFrom", "edgeTo", "symmetric")  # fmt: skip
        for name in (*needed, "network"):
            if (edge, URIRef(TIP + name), None) not in self.whole:
                yield self._at(edge, f"has no tip:{name}; add it")
        for network in self.whole.objects(edge, URIRef(f"{TIP}network")):
            if not _TABLE.fullmatch(str(network)) or str(network) == _EVERY:
                yield self._at(edge, f"{str(network)!r} is no name for a network; use lower-case letters, digits and "
                               f"hyphens, and not {_EVERY}, which is all of them")  # fmt: skip
        if str(self.whole.value(edge, URIRef(f"{TIP}symmetric")) or "false") not in ("true", "false"):
            yield self._at(edge, "tip:symmetric is true or false; write one of them")

    def _shape(self, shape: Node) -> Iterator[Fault]:
        if not isinstance(shape, URIRef) or not str(shape).startswith(self.project.namespace):
            yield self._at(self._named_above(self.found.shapes, shape),
                           "a shape has a name in the namespace of the project; call it "
                           f"{self.project.prefix}:NAMEShape")  # fmt: skip
        for prop in self.found.shapes.objects(shape, SH.property):
            path, order = (self.found.shapes.value(prop, one) for one in (SH.path, SH.order))
            if not isinstance(path, URIRef):
                yield self._at(shape, "a property of it has no sh:path that is a term; add one")
            elif order is None or not str(order).isdecimal():
                yield self._at(shape, f"{self._short(path)} has no sh:order, the place of its column; add a number "
                               "(from 90 on it is no column and only checked)")  # fmt: skip
            elif int(str(order)) < _CHECK_ONLY and (path, RDF.type, None) not in self.whole:
                yield self._at(shape, f"{self._short(path)} is no property here; say what it is")

    def _tables(self) -> Iterator[Fault]:
        table = URIRef(f"{TIP}table")
        of = Counter(str(name) for name in self.whole.objects(None, table))
        for cls, name in sorted(self.found.terms.subject_objects(table), key=str):
            if not _TABLE.fullmatch(str(name)) or str(name) in _BOOKS:
                yield self._at(cls, f"{str(name)!r} is no name for a table; use lower-case letters, digits and hyphens")
            elif of[str(name)] > 1:
                yield self._at(cls, f"{str(name)!r} is the table of another class, too; choose another name")


def _is_balanced(template: str) -> bool:
    """Tell whether a sentence holds nothing but words, `{columns}` and `[parts]` that are not within each other."""
    return not re.search(
        r"[\[\]{}]", re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\{[A-Za-z][\w-]*(?:=[\w-]+)?\}", "", template))
    )


_CHECK_ONLY = 90  # as in `ontology`: shapes number the constraints that are no columns from here
