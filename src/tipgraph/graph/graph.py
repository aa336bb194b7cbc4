"""All that the sources say, together, in an engine: built once, then only read.

The default graph of every query is the union of the named graphs.

Decision: docs/decisions/0023-a-triple-is-in-one-named-graph-only.md.
Decision: docs/decisions/0045-said-at-is-derived.md.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from functools import cached_property
from heapq import merge
from itertools import chain, islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, QueryTriples, RdfFormat, Store, Triple, parse

from tipgraph.errors import Fault, GraphError, InputError, QueryError
from tipgraph.graph import sparql
from tipgraph.graph.engine import NOTHING, Beside, Embedded, Engine, Result, Term
from tipgraph.model import DERIVED, ONTOLOGY, Statement, kit, terms

if TYPE_CHECKING:
    from rdflib import Dataset

Terms: TypeAlias = Mapping[str, Sequence[NamedNode | Literal]]
Run: TypeAlias = Callable[["Graph", Path], Iterable[Triple | Quad]]
_SHACL = "http://www.w3.org/ns/shacl#"
_AT_ONCE = 1_000_000  # lines that are sorted in memory


class Citation(NamedTuple):
    """Where a claim is said: source, paragraph, sentence, the span in code points and its digest; file and format.

    Paragraph, sentence and span are 0 where no place is known: `absent` then says why, `cited` or `withheld`.
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

    def __str__(self) -> str:
        """Say it shortly, as `oas-cim-2005 ¶13 s2`, or `ap-2005 (cited)` where no place is known."""
        place = f"¶{self.paragraph} s{self.sentence}" if self.paragraph else f"({self.absent})"
        return f"{self.source} {place}"


class Remark(NamedTuple):
    """What must be known beside a claim, and is carried with it wherever it is shown.

    `caveats` are what makes it weaker than its verb, in words: planned, proposed, invited, lent, implied, not reviewed,
    doubtful. `review` is who has compared it with its sentence (`unreviewed`, `person`, `ai-agent` or `rule`),
    `reviewer` that in words, `notes` are the editor's and what audits found, and `corrections` say which cells were
    corrected, what they were, why and when.
    """

    modality: str
    review: str = "unreviewed"
    reviewer: str = ""
    caveats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def implied(self) -> bool:
        """Tell whether it is our reading."""
        return self.modality == "implied"

    @property
    def unreviewed(self) -> bool:
        """Tell whether nobody has compared it with its sentence."""
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

    def query(self, text: str, values: Terms | None = None, beside: Beside = NOTHING) -> Result:
        """Run a query that only reads, with terms in its slots.

        A query that names its own dataset with FROM gets it, unless `beside` names graphs; any other reads all named
        graphs together. Raises QueryRefused, QuerySyntaxError with line and column, or QueryError for a term of our
        namespaces that neither the ontology nor any statement has, with the near name.
        """
        names_dataset = sparql.guard(text, lambda: self.sources)
        self._refuse_unknown(text)
        bound = sparql.bind(text, values) if values is not None else text
        return self._engine.query(bound, union=not names_dataset, beside=beside)

    def _refuse_unknown(self, text: str) -> None:
        """Refuse a query that names a term which the ontology does not have and no statement holds."""
        prefixes = terms.prefixes()
        written = sparql.named(text, tuple(prefixes.items()))
        strange = [iri for iri in written if iri not in self.vocabulary and _space(iri) in self._spaces]
        if strange:
            used = {row["node"].value for row in self.named("used", {"node": [NamedNode(iri) for iri in strange]})}
            strange = [iri for iri in strange if iri not in used]
        for iri in strange[:1]:
            known = {term.rpartition("#")[2]: term for term in sorted(self.vocabulary)}
            near = get_close_matches(iri.rpartition("#")[2], known, n=1)
            perhaps = f"; perhaps {_as_written(known[near[0]], prefixes)}?" if near else ""
            raise QueryError(f"{written[iri]} is no term of this ontology{perhaps}")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The IRIs of the terms and codes of its ontology."""
        return frozenset(row["term"].value for row in self.named("vocabulary"))

    @cached_property
    def _spaces(self) -> frozenset[str]:
        return frozenset(map(_space, self.vocabulary))

    def named(self, name: str, values: Terms | None = None) -> Iterable[Any]:
        """Run one of the graph's own queries, `queries/graph/NAME.rq`, with terms in its slots.

        They are part of the kit and may hold many terms, so that the limits on queries of others do not apply. An
        engine that takes only so many terms at once is asked several times.
        """
        parts = [self._select(name, part) for part in _portions(values or {}, self._engine.most_terms)]
        return parts[0] if len(parts) == 1 else chain.from_iterable(parts)

    def _select(self, name: str, values: Terms) -> QuerySolutions:
        solutions = self._engine.query(sparql.bind(kit.graph_query(name), values), union=True)
        if not isinstance(solutions, QuerySolutions):
            raise GraphError(f"queries/graph/{name}.rq is no SELECT query; restore it")
        return solutions

    @cached_property
    def sources(self) -> frozenset[str]:
        """The names of the named graphs."""
        return self._engine.named_graphs()

    @cached_property
    def dataset(self) -> "Dataset":
        """The graph as an rdflib Dataset, a view that refuses to be written to and runs the text of queries guarded."""
        return self._engine.dataset()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the sorted N-Quads."""
        return self._engine.digest or digest_of(self.lines())

    @property
    def is_near(self) -> bool:
        """Tell whether its engine is within this process, so that all of it can be read without asking a server."""
        return isinstance(self._engine, Embedded)

    @property
    def tables(self) -> Path | None:
        """The folder of the claim tables, where they stand beside the graph."""
        return self._engine.tables

    def quads(self, graph: str | None = None) -> Iterable[Quad]:
        """Return all statements, or those of the named graph of a name, in no order."""
        return self._engine.quads(graph=None if graph is None else NamedNode(graph))

    @contextmanager
    def dumped(self, within: Path | None = None) -> Iterator[Path]:
        """Give all statements for a while as a file of N-Quads, a line each, in no order; raise OSError.

        It lies in a folder of its own, `within` another or where the system keeps what is for a while.
        """
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(dir=within) as folder:
            path = Path(folder) / "statements.nq"
            self._engine.dump(path)
            yield path

    def lines(self) -> Iterator[bytes]:
        """Yield all statements as sorted lines of N-Quads."""
        with self.dumped() as path:
            yield from sorted_lines(path)

    def about(self, nodes: Iterable[NamedNode]) -> Iterable[Statement]:
        """Return all statements whose subject is one of some nodes."""
        for quad in self._engine.quads(dict.fromkeys(nodes)):
            match quad.subject, quad.object, quad.graph_name:
                case NamedNode() as subject, NamedNode() | Literal() as item, NamedNode() as graph:
                    yield Statement(subject, quad.predicate, item, graph)

    def labels(self, nodes: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, str]:
        """Return the label of each node that has one, in a language or else in English."""
        return {node: label.value for node, label in self.labelled(nodes, language).items()}

    def labelled(self, nodes: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, Literal]:
        """Return the label of each node that has one with the language that it is in."""
        wanted = list(dict.fromkeys(nodes))
        found: dict[NamedNode, dict[str, Literal]] = {}
        for row in self.named("labels", {"node": wanted}):
            node, label = row["node"], row["label"]
            if isinstance(node, NamedNode) and isinstance(label, Literal) and label.value.strip():
                found.setdefault(node, {})[label.language or ""] = label
        return {
            node: by.get(language) or by.get("en") or min(by.values(), key=lambda label: label.value)
            for node, by in found.items()
        }

    def cite(self, claims: Iterable[NamedNode]) -> dict[NamedNode, list[Citation]]:
        """Return where each claim is said, in the order of the text."""
        wanted = list(dict.fromkeys(claims))
        cited: dict[NamedNode, set[Citation]] = {claim: set() for claim in wanted}
        for row in self.named("cite", {"claim": wanted}):
            words = [_text(row[name]) for name in Citation._fields]
            paragraph, sentence, start, end = (int(word or 0) for word in words[1:5])
            citation = Citation(words[0], paragraph, sentence, start, end, *words[5:])
            claim = row["claim"]
            if isinstance(claim, NamedNode):
                cited[claim].add(citation)
        return {claim: sorted(found) for claim, found in cited.items()}

    def remarks(self, claims: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, Remark]:
        """Return what must be known beside each claim, in the words of a language."""
        rows: dict[NamedNode, list[dict[str, str]]] = {}
        for row in self.named("remarks", {"claim": list(dict.fromkeys(claims)), "language": [Literal(language)]}):
            cells = {
                name: _text(row[name]) for name in ("modality", "review", "reviewer", "words", "note", "correction")
            }
            rows.setdefault(row["claim"], []).append(cells)

        def each(found: list[dict[str, str]], name: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(cells[name] for cells in found if cells[name]))

        return {
            claim: Remark(
                found[0]["modality"],
                found[0]["review"] or "unreviewed",
                found[0]["reviewer"],
                *(each(found, name) for name in ("words", "note", "correction")),
            )
            for claim, found in rows.items()
        }

    def contradicted(self, claims: Iterable[NamedNode]) -> dict[NamedNode, tuple[str, ...]]:
        """Return why claims contradict others, for those that do; what was judged to be no conflict is left out."""
        found: dict[NamedNode, dict[str, None]] = {}
        for row in self.named("against", {"claim": list(dict.fromkeys(claims))}):
            found.setdefault(row["claim"], {})[row["reason"].value] = None
        return {claim: tuple(reasons) for claim, reasons in found.items()}


def _space(iri: str) -> str:
    return iri.rpartition("#")[0]


def _as_written(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as a query writes it shortly."""
    written = (f"{prefix}:{iri.removeprefix(space)}" for prefix, space in prefixes.items() if iri.startswith(space))
    return next(written, iri)


def derive(graph: Graph, rules: Sequence[Path], run: Run | None = None) -> Graph:
    """Add what the CONSTRUCT rules derive, in their order, to the graph `derived`; return the whole.

    Part of building, before anybody reads. `run` runs a rule, by default within this process and without a deadline.
    """
    engine = graph._engine
    if not isinstance(engine, Embedded):
        raise GraphError("only a graph that is being built in memory is added to")
    for rule in rules:
        triples = (run or constructed)(graph, rule)
        engine.extend([Quad(triple.subject, triple.predicate, triple.object, DERIVED) for triple in triples])
    return Graph.over(engine)


def constructed(graph: Graph, rule: Path) -> Iterable[Triple]:
    """Return what a CONSTRUCT rule says of a graph; raise InputError for one that is none."""
    triples = graph.query(rule.read_text("utf-8"))
    if not isinstance(triples, QueryTriples):
        raise InputError([Fault("is no CONSTRUCT query", str(rule))])
    return triples


def ontology_statements(files: Sequence[Path]) -> list[Statement]:
    """Return the terms and code lists of files as statements of the graph `ontology`, without shapes."""
    return [
        Statement(quad.subject, quad.predicate, quad.object, ONTOLOGY)
        for file in files
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
        and not _is_of_shapes(quad)
    ]


def _is_of_shapes(quad: Quad) -> bool:
    """Tell whether a statement is a part of shapes, which a file of a project may hold beside its terms."""
    return any(isinstance(part, NamedNode) and part.value.startswith(_SHACL) for part in (quad.predicate, quad.object))


def digest_of(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of sorted lines of N-Quads, as hexadecimal digits."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def sorted_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file in their order; many are sorted in portions beside it."""
    from tempfile import TemporaryFile

    with ExitStack() as files:
        lines = files.enter_context(path.open("rb"))
        portions: list[Iterable[bytes]] = []
        while portion := sorted(islice(lines, _AT_ONCE)):
            if len(portion) < _AT_ONCE:
                portions.append(portion)
                break
            file = files.enter_context(TemporaryFile(dir=path.parent))
            file.writelines(portion)
            file.seek(0)
            portions.append(file)
        yield from merge(*portions)


def _portions(values: Terms, most: int | None) -> list[Terms]:
    """Divide the terms of slots so that no query holds more than `most` of one slot."""
    if most is None or all(len(terms) <= most for terms in values.values()):
        return [values]
    divided = [
        [(name, terms[start : start + most]) for start in range(0, max(len(terms), 1), most)]
        for name, terms in values.items()
    ]
    return [dict(portion) for portion in product(*divided)]


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
