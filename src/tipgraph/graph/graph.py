"""The graph: the statements of all sources in an engine, built once, then only read.

The default graph of every query is the union of the named graphs.

Decision: docs/decisions/0023-a-triple-is-in-one-named-graph-only.md.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, RdfFormat, Store, parse

from tipgraph import model
from tipgraph.errors import Fault, GraphError, InputError, QueryError, shown
from tipgraph.graph import sparql
from tipgraph.graph.engine import MOST_TERMS, UNNAMED, Embedded, Engine, RequestDataset, Result, Term
from tipgraph.model import AUDITS, DATA, DERIVED, IDENTITY, ONTOLOGY, REFERENCE, SHACL, Statement, kit, terms

if TYPE_CHECKING:
    from rdflib import Dataset

    from tipgraph.graph.query import Answer

Terms: TypeAlias = Mapping[str, Sequence[NamedNode | Literal]]
_MOST_NEAR = 6  # entries that an error names
_ALMOST = 0.8  # the likeness of a name that is misspelt
_OURS = [graph.value for graph in (REFERENCE, IDENTITY, AUDITS, DERIVED, ONTOLOGY)]  # no source; a graph may lack one


class Citation(NamedTuple):
    """The place of a claim: source, paragraph, sentence, span in code points with its digest, file and format.

    Paragraph, sentence and span are 0 if no place is known; `absent` is then `cited` or `withheld`. `page` is the page
    of the document on which the span begins, from 1, or 0 if there is none.

    Decision: docs/decisions/0119-a-document-has-one-canonical-text.md.
    """

    source: str
    paragraph: int
    sentence: int
    start: int
    end: int
    digest: str
    file: str
    form: str = ""
    absent: str = ""
    page: int = 0

    def __str__(self) -> str:
        """Return the short form: `oas-cim-2005 ¶13 s2`, with a page `report ¶12 s2, p. 7`, else `ap-2005 (cited)`."""
        place = f"¶{self.paragraph} s{self.sentence}" if self.paragraph else f"({self.absent})"
        return f"{self.source} {place}" + (f", p. {self.page}" if self.paragraph and self.page else "")


class Remark(NamedTuple):
    """The remarks on a claim, shown wherever it is shown.

    `caveats` are words that make it weaker than its verb: planned, proposed, invited, lent, implied, not reviewed,
    doubtful. `review` is the kind of reader who compared it with its sentence (`unreviewed`, `person`, `ai-agent` or
    `rule`), `reviewer` the same in words. `notes` are those of the editor and of audits. `corrections` give for each
    corrected cell its old value, the reason and the day.
    """

    modality: str
    review: str = "unreviewed"
    reviewer: str = ""
    caveats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def implied(self) -> bool:
        """Whether the claim is our reading."""
        return self.modality == "implied"

    @property
    def told(self) -> tuple[str, ...]:
        """The notes as a person reads them: that of the editor on an implied claim says why."""
        audit = "an audit found"  # as `queries/derive/73-doubts.rq` begins
        return tuple(
            f"why implied: {note}" if self.implied and not note.startswith(audit) else note for note in self.notes
        )

    @property
    def unreviewed(self) -> bool:
        """Whether nobody has compared the claim with its sentence."""
        return self.review == "unreviewed"


class Graph:
    """A graph that is only read.

    >>> graph = Graph([Statement(NamedNode("a:b"), NamedNode("a:c"), Literal("d"), NamedNode("a:e"))])
    >>> len(graph)
    1
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        """Hold statements in memory."""
        store = Store()
        store.bulk_extend(Quad(*statement) for statement in statements)
        self._engine: Engine = Embedded(store)

    @classmethod
    def over(cls, engine: Engine) -> "Graph":
        """Return the graph that an engine holds."""
        graph = cls.__new__(cls)
        graph._engine = engine
        return graph

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self._engine)

    def query(self, text: str, values: Terms | None = None, dataset: RequestDataset = UNNAMED) -> Result:
        """Run a query that only reads, with terms in its slots.

        The query reads all named graphs together, unless it names graphs by FROM, or `dataset` names them. Raises
        QueryRefused, QuerySyntaxError with line and column, or QueryError, with near names, for a term of our
        namespaces or an entry that neither the ontology nor any statement has.
        """
        has_from = sparql.guard(text, lambda: self.sources)
        self._refuse_unknown(text)
        bound = sparql.bind(text, values) if values is not None else text
        return self._engine.query(bound, union=not has_from, dataset=dataset)

    def ask(self, question: str, /, **values: object) -> "Answer":
        """Ask a question by its name, with values of its parameters; names that Python reserves end in `_` (`in_`).

        Takes values and raises as `Query.run`.

        >>> from tipgraph import build
        >>> answer = build().ask("funding", in_="caribbean", reviewed=True)
        >>> len(answer) == len(answer.to_pandas()) > 0
        True
        """
        from tipgraph.graph.query import Query

        return Query.find(question).run(self, {name.removesuffix("_"): value for name, value in values.items()})

    def _refuse_unknown(self, text: str) -> None:
        """Raise QueryError if a query names a term or an entry that neither the ontology nor any statement has."""
        prefixes = terms.prefixes()
        written = sparql.named(text, tuple(prefixes.items()))
        for iri in self._unused([iri for iri in written if self._may_be_unknown(iri)])[:1]:
            if iri.startswith(DATA):
                raise QueryError(f"{written[iri]} is no entry here{self._entries_near(iri)}")
            near = ", ".join(_with_prefix(term, prefixes) for term in self._terms_near(iri.rpartition("#")[2]))
            raise QueryError(f"{written[iri]} is not a term of this ontology{f'; perhaps {near}?' * bool(near)}")

    def _terms_near(self, name: str) -> list[str]:
        """Return the term that is spelt almost as a name, else those that are about it, else the most alike."""
        known = {term.rpartition("#")[2]: term for term in sorted(self.vocabulary)}
        if spelt := get_close_matches(name, known, n=1, cutoff=_ALMOST):
            return [known[spelt[0]]]
        word = name.lower()
        stem = word[: max(4, len(word) * 3 // 4)]  # without another ending
        about = self.named("terms-about", {"word": [Literal(word)], "stem": [Literal(stem)]})
        return [row["term"].value for row in about] or [known[term] for term in get_close_matches(name, known, n=1)]

    def _may_be_unknown(self, iri: str) -> bool:
        """Tell whether an IRI is of our data and no graph, or of our terms and not in the ontology."""
        is_entry = iri.startswith(DATA) and iri not in {*self.sources, *_OURS}
        return is_entry or (iri not in self.vocabulary and _space(iri) in self._spaces)

    def _unused(self, iris: Sequence[str]) -> list[str]:
        """Return those IRIs that no statement has; a part of a graph may lack codes of the kit."""
        if not iris:
            return []
        ours = {code for scheme in model.ontology().codes.values() for code in scheme.values()}
        used = {row["node"].value for row in self.named("used", {"node": [NamedNode(iri) for iri in iris]})}
        return [iri for iri in iris if iri not in used and iri not in ours]

    def _entries_near(self, iri: str) -> str:
        """Return a hint that names entries whose ids end as the IRI does, or nearly so."""
        ids: dict[str, list[str]] = {}
        for row in self.named("all-things"):
            ids.setdefault(row["thing"].value.rpartition("/")[2], []).append(row["thing"].value)
        close = get_close_matches(iri.rpartition("/")[2], ids, n=3)
        near = [_with_prefix(one, terms.prefixes()) for name in close for one in ids[name]]
        return f"; perhaps {', '.join(near[:_MOST_NEAR])}?" if near else "; `tipgraph query things` lists the entries"

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The IRIs of the terms and codes of its ontology."""
        return frozenset(row["term"].value for row in self.named("vocabulary"))

    @cached_property
    def _spaces(self) -> frozenset[str]:
        return frozenset(map(_space, self.vocabulary))

    def named(self, name: str, values: Terms | None = None) -> Iterable[Any]:
        """Return the rows of one of the graph's own queries, `queries/graph/NAME.rq`, with terms in its slots.

        The limits on queries of others do not apply to it. An endpoint is asked several times if there are many terms.
        """
        portions = [values or {}] if self.is_near else _portions(values or {})
        parts = [self.select(name, sparql.bind(kit.graph_query(name), portion)) for portion in portions]
        return parts[0] if len(parts) == 1 else chain.from_iterable(parts)

    def select(self, name: str, text: str) -> QuerySolutions:
        """Return the rows of a text that was made from `queries/graph/NAME.rq`."""
        solutions = self._engine.query(text, union=True)
        if not isinstance(solutions, QuerySolutions):
            raise GraphError(f"queries/graph/{name}.rq is no SELECT query; restore it")
        return solutions

    @cached_property
    def sources(self) -> frozenset[str]:
        """The names of the named graphs."""
        return self._engine.named_graphs()

    @cached_property
    def dataset(self) -> "Dataset":
        """The graph as a read-only rdflib Dataset, which guards the text of queries."""
        return self._engine.dataset()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the sorted N-Quads."""
        if self._engine.digest:
            return self._engine.digest
        found = hashlib.sha256()
        for line in self.lines():
            found.update(line)
        return found.hexdigest()

    @property
    def is_near(self) -> bool:
        """Whether the engine is within this process, so that all statements can be read without a server."""
        return isinstance(self._engine, Embedded)

    @property
    def in_memory(self) -> bool:
        """Whether all statements are in the memory of this process."""
        return isinstance(self._engine, Embedded) and self._engine.in_memory

    def quads(self, graph: str | None = None) -> Iterable[Quad]:
        """Return all statements, or those of a named graph, in no order."""
        return self._engine.quads(graph=None if graph is None else NamedNode(graph))

    def lines(self) -> list[bytes]:
        """Return all statements as sorted lines of N-Quads."""
        return sorted(f"{quad} .\n".encode() for quad in self.quads())

    def about(self, nodes: Iterable[NamedNode]) -> Iterable[Statement]:
        """Yield the statements whose subjects are some nodes."""
        for quad in self._engine.quads(dict.fromkeys(nodes)):
            match quad.subject, quad.object, quad.graph_name:
                case NamedNode() as subject, NamedNode() | Literal() as item, NamedNode() as graph:
                    yield Statement(subject, quad.predicate, item, graph)

    def labels(self, nodes: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, str]:
        """Return the label of each node that has one, in a language or else in English."""
        return {node: label.value for node, label in self.labelled(nodes, language).items()}

    def labelled(self, nodes: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, Literal]:
        """Return the label of each node that has one, with its language."""
        labels: dict[NamedNode, dict[str, Literal]] = {}
        for row in self.named("labels", {"node": list(dict.fromkeys(nodes))}):
            node, label = row["node"], row["label"]
            if isinstance(node, NamedNode) and isinstance(label, Literal) and label.value.strip():
                labels.setdefault(node, {})[label.language or ""] = label
        return {
            node: by.get(language) or by.get("en") or min(by.values(), key=lambda label: label.value)
            for node, by in labels.items()
        }

    def cite(self, claims: Iterable[NamedNode]) -> dict[NamedNode, list[Citation]]:
        """Return the citations of each claim, in the order of the text."""
        citations: dict[NamedNode, set[Citation]] = {claim: set() for claim in claims}
        for row in self.named("cite", {"claim": list(citations)}):
            source, *numbers, digest, file, form, absent, page = (_text(row[name]) for name in Citation._fields)
            paragraph, sentence, start, end = (int(number or 0) for number in numbers)
            if isinstance(row["claim"], NamedNode):
                citation = Citation(source, paragraph, sentence, start, end, digest, file, form, absent, int(page or 0))
                citations[row["claim"]].add(citation)
        return {claim: sorted(places) for claim, places in citations.items()}

    def remarks(self, claims: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, Remark]:
        """Return the remarks on each claim, in the words of a language."""
        rows: dict[NamedNode, list[dict[str, str]]] = {}
        columns = ("modality", "review", "reviewer", "words", "note", "correction")
        for row in self.named("remarks", {"claim": list(dict.fromkeys(claims)), "language": [Literal(language)]}):
            rows.setdefault(row["claim"], []).append({name: _text(row[name]) for name in columns})

        def values(cells: list[dict[str, str]], name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(row[name] for row in cells if row[name]))

        return {
            claim: Remark(
                cells[0]["modality"],
                cells[0]["review"] or "unreviewed",
                cells[0]["reviewer"],
                *(values(cells, name) for name in ("words", "note", "correction")),
            )
            for claim, cells in rows.items()
        }

    def contradicted(self, claims: Iterable[NamedNode]) -> dict[NamedNode, tuple[str, ...]]:
        """Return the reasons why claims contradict others, without conflicts that were judged to be none."""
        reasons: dict[NamedNode, dict[str, None]] = {}
        for row in self.named("against", {"claim": list(dict.fromkeys(claims))}):
            reasons.setdefault(row["claim"], {})[row["reason"].value] = None
        return {claim: tuple(texts) for claim, texts in reasons.items()}


def _space(iri: str) -> str:
    return iri.rpartition("#")[0]


def _with_prefix(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as a query writes it: with a prefix if the rest is a plain name, else in brackets."""
    rests = {prefix: iri.removeprefix(space) for prefix, space in prefixes.items() if iri.startswith(space)}
    return next((f"{prefix}:{rest}" for prefix, rest in rests.items() if "/" not in rest), f"<{iri}>")


def derive(graph: Graph, rules: Sequence[Path]) -> Graph:
    """Add the triples of CONSTRUCT rules, in their order, to the graph `derived`; return the graph with them.

    This is part of building, before anybody reads. Raises InputError for a rule that is none.
    """
    engine = graph._engine
    if not isinstance(engine, Embedded):
        raise GraphError("statements are derived only while a graph is built in memory; build it with `tipgraph build`")
    for rule in rules:
        try:
            triples = graph.query(rule.read_text("utf-8"))
        except QueryError as error:
            raise InputError([Fault(" ".join(str(error).split()), shown(rule))]) from error
        if not isinstance(triples, QueryTriples):
            raise InputError([Fault("is no CONSTRUCT query; write one", shown(rule))])
        engine.extend([Quad(triple.subject, triple.predicate, triple.object, DERIVED) for triple in triples])
    return Graph.over(engine)


def ontology_statements(files: Sequence[Path]) -> list[Statement]:
    """Return the terms and code lists of Turtle files as statements of the graph `ontology`, without shapes."""
    return [
        Statement(quad.subject, quad.predicate, quad.object, ONTOLOGY)
        for file in files
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
        and not quad.predicate.value.startswith(SHACL)  # a project's file may hold shapes beside its terms
        and not str(quad.object).startswith(f"<{SHACL}")
    ]


def _portions(values: Terms) -> list[Terms]:
    """Divide the terms of slots so that no slot of a query holds more than an endpoint takes."""
    divided = [
        [(name, terms[start : start + MOST_TERMS]) for start in range(0, max(len(terms), 1), MOST_TERMS)]
        for name, terms in values.items()
    ]
    return [dict(portion) for portion in product(*divided)]


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
