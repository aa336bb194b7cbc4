"""The ontology: its classes with their columns, its properties, its code lists, in English and Spanish."""

from collections.abc import Iterator
from functools import cached_property

from docs.making.markdown import code, codes, fence, heading, link, page, plain, table
from tipgraph import Graph
from tipgraph.model import tip
from tipgraph.model.vocabulary import Column, ontology
from tipgraph.outputs.site.ontology_page import CODE, OntologyPage, Term, short

_ENDS = ("tip:edgeFrom", "tip:edgeTo")


class Terms:
    """The terms of the ontology in both languages, as pages of the reference."""

    def __init__(self, graph: Graph) -> None:
        """Read the ontology of a graph."""
        self._english, self._spanish = OntologyPage(graph, "en"), OntologyPage(graph, "es")

    @cached_property
    def _ours(self) -> dict[str, Term]:
        return {**self._english.classes, **self._english.properties}

    def classes(self) -> str:
        """Return the page of all classes."""
        found = self._english.classes.values()
        return page(
            heading(1, "Classes"),
            f"This is version {self._english.version} of the ontology. Its namespace is `{tip.NAMESPACE}`, its prefix "
            "`tip:`. In Python each term is a name of `tipgraph.tip` (`tip.Funding`). The table of a class is a file "
            "of a source; a column is a [property](properties.md).",
            table(["class", "in Spanish", "meaning"], [self._line(term) for term in found]),
            *(part for term in found for part in self._class(term)),
        )

    def _line(self, term: Term) -> list[str]:
        return [_class_link(term.name), plain(self._spanish[term.iri].label), plain(term.definition)]

    def _class(self, term: Term) -> Iterator[str]:
        yield heading(2, term.name, "class", term.name)
        yield self._said(term)
        yield self._relations(term)
        table_name = term.text("tip:table")
        yield f"Table: `{table_name}.csv`" if table_name else ""
        columns = ontology().columns(term.name).values() if term.name in ontology().classes else ()
        yield table(["column", "required", "value", "several", "default"], [_column(one) for one in columns])
        yield self._sentence(term)
        yield table(
            ["edge", "from", "to", "network"], [self._edge(one) for one in self._english.edges.get(term.name, ())]
        )

    def _said(self, term: Term) -> str:
        """Return label and definition in both languages, matching terms elsewhere, and whether the term is retired."""
        spanish = self._spanish[term.iri]
        parts = [
            f"**{plain(term.label)}**: {plain(term.definition)}",
            f"*{plain(spanish.label)}*: {plain(spanish.definition)}",
        ]
        if term.matches:
            parts.append(
                "; ".join(f"{relation} `{short(address)}`" for relation, address in term.matches).capitalize() + "."
            )
        if later := term.text("tip:laterUse"):
            parts.append(f"Not used by these data yet. Future use: {plain(later)}")
        if term.text("owl:deprecated") == "true":
            parts.append(f"Retired. Replacement: {codes(map(short, term.nodes('dcterms:isReplacedBy')))}.")
        return "\n\n".join(parts)

    def _relations(self, term: Term) -> str:
        above, below = self._english.above[term.name], self._english.below.get(term.name, [])
        said = [("A kind of", above), ("Kinds of it", below)]
        return " ".join(f"{words}: {', '.join(map(_class_link, names))}." for words, names in said if names)

    def _sentence(self, term: Term) -> str:
        template = term.text("tip:template")
        if not template:
            return ""
        both = (template, self._spanish[term.iri].text("tip:template"))
        return "\n\n".join(["The sentence of its claims:", *(fence(one, "text") for one in both)])

    def _edge(self, edge: Term) -> list[str]:
        ends = [", ".join(_property_link(short(one).removeprefix("tip:")) for one in edge.nodes(end)) for end in _ENDS]
        return [
            f"{plain(edge.label)} (*{plain(self._spanish[edge.iri].label)}*)",
            *ends,
            code(edge.text("tip:network")),
        ]

    def properties(self) -> str:
        """Return the page of all properties."""
        found = self._english.properties.values()
        return page(
            heading(1, "Properties"),
            "People write the properties that are columns of a [class](classes.md). A build derives others, and some "
            "describe the ontology itself.",
            *(part for term in found for part in self._property(term)),
        )

    def _property(self, term: Term) -> Iterator[str]:
        yield heading(2, term.name, "property", term.name)
        yield self._said(term)
        ranges = [short(one) for one in term.nodes("rdfs:range")]
        scheme = [short(one).removeprefix("code:") for one in term.nodes("tip:codeList")]
        having = [name for name in ontology().classes if term.name in ontology().columns(name)]
        widest = [name for name in having if not set(having) & (ontology().classes[name] - {name})]
        said = [("Column of", list(map(_class_link, sorted(widest))))]
        said += [("Of", [_link(short(one)) for one in term.nodes("rdfs:domain")])] if not widest else []
        said += [("Holds", [_code_link(one) for one in scheme] or list(map(_link, ranges)))]
        yield " ".join(f"{words}: {', '.join(names)}." for words, names in said if names)

    def code_lists(self) -> str:
        """Return the page of all code lists."""
        found = self._english.schemes.values()
        return page(
            heading(1, "Code lists"),
            f"A cell holds the code as written here; in the graph it is `{CODE}LIST-CODE`.",
            *(part for scheme in found for part in self._code_list(scheme)),
        )

    def _code_list(self, scheme: Term) -> Iterator[str]:
        name = scheme.iri.removeprefix(CODE)
        yield heading(2, name, "codes", name)
        yield self._said(scheme)
        yield table(
            ["code", "label", "in Spanish", "meaning", "elsewhere"], map(self._code, self._english.codes[scheme.name])
        )

    def _code(self, term: Term) -> list[str]:
        matches = codes(short(address) for _, address in term.matches)
        return [
            code(term.text("skos:notation")),
            plain(term.label),
            plain(self._spanish[term.iri].label),
            plain(term.definition),
            matches,
        ]


def _column(column: Column) -> list[str]:
    """Return the row of a column: whether it is required, its values, whether it may have several."""
    name = column.name
    kind = _code_link(column.scheme) if column.scheme else _class_link(column.refers) if column.refers else ""
    literal = code(short(column.datatype)) if column.datatype else "an IRI"
    pattern = f", as `{column.pattern}`" if column.pattern else ""
    default = code(short(column.default).rpartition(f"{column.scheme}-")[2]) if column.default else ""
    written = _property_link(name) if column.iri.startswith(tip.NAMESPACE) else code(short(column.iri))
    needed = "yes" if column.required and not column.default else ""
    return [written, needed, (kind or literal) + pattern, "yes" if column.many else "", default]


def _link(name: str) -> str:
    return _class_link(name.removeprefix("tip:")) if name.startswith("tip:") else code(name)


def _class_link(name: str) -> str:
    return link(name, "class", name, page="classes.md")


def _property_link(name: str) -> str:
    return link(name, "property", name, page="properties.md")


def _code_link(name: str) -> str:
    return f"a code of {link(name, 'codes', name, page='codes.md')}"
