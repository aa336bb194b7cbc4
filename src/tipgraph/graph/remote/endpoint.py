"""Somebody else's SPARQL endpoint, asked as a graph is asked: the same questions, the same answers, nothing written.

text  →  compiled here, so that errors are ours  →  asked by pages  →  read as Oxigraph reads  →  one answer

Decision: docs/decisions/0070-the-union-graph-is-found-by-counting.md.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

from tipgraph.errors import BadValue, GraphError, RemoteError, RemoteTimeout
from tipgraph.graph import sparql
from tipgraph.graph.engine import NOTHING, Beside, Embedded, Result
from tipgraph.graph.remote.credentials import credentials_for
from tipgraph.graph.remote.pages import pages
from tipgraph.graph.remote.responses import ACCEPT, joined, results_of, triples_of
from tipgraph.graph.remote.transport import Caller, Deadline, Reply, Request, TransferLimits, address_of, said
from tipgraph.model import kit, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

SURE = 1_000  # rows that are asked for once, out of nothing, to see whether an endpoint cuts its answers short
_UNION = "union-default-graph"


class _Named(NamedTuple):
    """The graphs that are named to an endpoint beside a query, as its default graph and by name."""

    default: Sequence[str] = ()
    named: Sequence[str] = ()
    whole: bool = False  # by Oxigraph's own word for all of them


_NONE, _WHOLE = _Named(), _Named(whole=True)  # none is named: the endpoint takes what it takes


class Remote:
    """An endpoint that speaks the SPARQL 1.1 Protocol.

    >>> Remote("https://example.org/sparql").address
    'https://example.org/sparql'
    """

    digest: str | None = None
    tables: Path | None = None
    most_terms: int | None = 200

    def __init__(self, address: str, caller: Caller | None = None, rows: int = 10_000) -> None:
        """Ask an address, by `rows` at a time; credentials are those for its host. Raises BadValue, CallError."""
        self.address = address_of(address)
        self._caller = caller or Caller(credentials_for(self.address), limits())
        self._rows = rows
        self._found: dict[str, int] | None = None
        self._all: _Named | None = None
        self._given: int | None = None
        self._from: bool | None = None
        self._empty = Embedded(Store())

    def __len__(self) -> int:
        """Return the number of statements in the named graphs."""
        return sum(self.counts().values())

    def query(self, text: str, *, union: bool, beside: Beside = NOTHING) -> Result:
        """Run a query, all its pages before one deadline.

        Raises QuerySyntaxError as the embedded engine does, RemoteTimeout, and RemoteError for an answer that is none,
        or is only a part.
        """
        deadline = self._caller.deadline()
        if beside.base is not None:
            text = f"BASE {NamedNode(beside.base)} {text}"
        if beside.names_graphs:
            return self._ask(text, _Named(beside.default or (), beside.named or ()), deadline)
        return self._ask(text, self._named(deadline) if union else self._from_graphs(text, deadline), deadline)

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Return all statements, or those with one of some subjects, or those of one graph.

        Raises RemoteError where some of all are missing.
        """
        if graph is not None:
            yield from self._quads(graph=[graph])
            return
        if subjects is not None:
            wanted, most = list(subjects), self.most_terms or 1
            for start in range(0, len(wanted), most):
                yield from self._quads(subject=wanted[start : start + most])
            return
        for name, number in self.counts().items():
            found = 0
            for quad in self._quads(graph=[NamedNode(name)]):
                found += 1
                yield quad
            if found != number:
                raise RemoteError(
                    f"{said(self.address)}: <{name}> holds {number} statements and {found} came; ask again when "
                    "nobody writes to it"
                )

    def dump(self, path: Path) -> None:
        """Write all statements to a file as N-Quads, a line each, in no order; raise OSError."""
        serialize(self.quads(), str(path), RdfFormat.N_QUADS)

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""
        return frozenset(self.counts())

    def dataset(self) -> "Dataset":
        """Return a copy of all statements, held in memory, as an rdflib Dataset that refuses to be written to."""
        store = Store()
        store.extend(self.quads())
        return Embedded(store).dataset()

    def _quads(self, **values: Sequence[NamedNode]) -> Iterator[Quad]:
        rows = self._own("quads", self._caller.deadline(), **values)
        for subject, predicate, item, graph in rows:
            yield Quad(subject, predicate, item, graph)

    def _own(self, name: str, deadline: Deadline, **values: Sequence[NamedNode]) -> QuerySolutions:
        return self._select(sparql.bind(kit.graph_query(name), values), _NONE, deadline)

    def _select(self, text: str, graphs: _Named, deadline: Deadline) -> QuerySolutions:
        rows = self._ask(text, graphs, deadline)
        if not isinstance(rows, QuerySolutions):
            raise GraphError("one of queries/graph/ is no SELECT query any more; restore it")
        return rows

    def counts(self, deadline: Deadline | None = None) -> dict[str, int]:
        """Return how many statements each named graph holds, as it was when first asked."""
        if self._found is None:
            rows = self._own("graph-counts", deadline or self._caller.deadline())
            self._found = {row["graph"].value: int(row["number"].value) for row in rows}
        return self._found

    def _prove(self, counts: dict[str, int], deadline: Deadline) -> None:
        """Raise RemoteError where the endpoint does not take the graphs that are named to it as its default graph."""
        largest, total = max(counts.values()), sum(counts.values())
        found = self._count(_Named(tuple(counts)), deadline)
        if found != total and found <= largest:  # what stands in two graphs may be counted once
            raise RemoteError(
                f"{said(self.address)}: its default graph is not all named graphs together, and it does not take "
                "default-graph-uri; let it answer over the union of its graphs (oxigraph: --union-default-graph, "
                "Fuseki: tdb2:unionDefaultGraph true)"
            )

    def _from_graphs(self, text: str, deadline: Deadline) -> _Named:
        """Return what a query names by FROM, to be named beside it too, since some heed that alone.

        Raises RemoteError where the endpoint answers over all its graphs whatever is named.
        """
        named = _Named(*sparql.dataset(text))
        if named == _Named([], []):
            return _NONE
        if self._from is None:
            counts = self.counts(deadline)
            smallest = min(counts, key=lambda name: counts[name], default="")
            self._from = len(counts) < 2 or self._count(_Named((smallest,)), deadline) == counts[smallest]
        if not self._from:
            raise RemoteError(
                f"{said(self.address)}: answers over all its graphs whatever FROM says; write GRAPH <…> {{ … }} instead"
            )
        return named

    def _count(self, graphs: _Named, deadline: Deadline) -> int:
        text = kit.graph_query("count")
        row = next(self._select(text, graphs, deadline))
        return int(row["number"].value)

    def _named(self, deadline: Deadline) -> _Named:
        """Return what a query over all graphs has to name: nothing where they are the default graph."""
        if self._all is None:
            counts = self.counts(deadline)
            total = sum(counts.values())
            if not counts or self._count(_NONE, deadline) == total:
                self._all = _NONE
            elif self._takes_union(total, deadline):
                self._all = _WHOLE
            else:
                self._prove(counts, deadline)
                self._all = _Named(tuple(counts), tuple(counts))
        return self._all

    def _takes_union(self, total: int, deadline: Deadline) -> bool:
        """Tell whether the endpoint has Oxigraph's word for all graphs, 40 times quicker there than their names."""
        try:
            return self._count(_WHOLE, deadline) == total
        except RemoteTimeout:
            raise
        except RemoteError:  # a server that takes no words that it does not know
            return False

    def _ask(self, text: str, graphs: _Named, deadline: Deadline) -> Result:
        kind, names = self._compiled(text)
        sent = sparql.with_prefixes(text, prefixes())
        if kind is QuerySolutions:
            return self._rows_of(sent, names, graphs, deadline)
        if kind is QueryBoolean:
            return self._truth(self._send(sent, "rows", graphs, deadline))
        return triples_of(self._send(sent, "triples", graphs, deadline))

    def _compiled(self, text: str) -> tuple[type[Result], list[str]]:
        """Return the kind of a query and its variables, as of an empty store; raise QuerySyntaxError.

        The answer itself is not returned: it may be dropped in this thread only, and errors keep frames alive.
        """
        result = self._empty.query(text, union=True)
        names = [variable.value for variable in result.variables] if isinstance(result, QuerySolutions) else []
        return type(result), names

    def _rows_of(self, text: str, names: Sequence[str], graphs: _Named, deadline: Deadline) -> QuerySolutions:
        """Ask for all rows, page by page where there are many, and make one answer of them."""
        cut = pages(text, names)
        if cut.limit is not None and cut.limit <= SURE:  # as it stands: to sort all for a few rows may take long
            reply = self._send(text, "rows", graphs, deadline)
            rows, number = self._page(reply, names, cut.limit)
            if number == cut.limit or number < self._sure(reply, deadline):
                return joined(names, [rows])
        self._compiled(cut.page(0, 1))
        found: list[bytes] = []
        got = taken = 0
        while cut.limit is None or got < cut.limit:
            most = self._rows if cut.limit is None else min(self._rows, cut.limit - got)
            reply = self._send(cut.page(got, most), "rows", graphs, deadline)
            rows, number = self._page(reply, names, most)
            found, got, taken = [*found, rows], got + number, taken + len(reply.body)
            if taken > self._caller.limits.size:
                raise RemoteError(f"{said(self.address)}: answers with more than {taken >> 20} MB in all; ask for less")
            if not number or (number < most and number < self._sure(reply, deadline)):
                break
        return joined(names, found)

    def _sure(self, reply: Reply, deadline: Deadline) -> int:
        """Return how many rows an endpoint gives for sure: an answer of fewer is whole."""
        told = reply.headers.get("X-SPARQL-MaxRows", "").strip()
        if self._given is None:
            probe = self._send(kit.graph_query("thousand"), "rows", _NONE, deadline)
            self._given = max(1, self._page(probe, ("hundreds", "tens", "ones"), SURE)[1])
        return min(self._given, int(told)) if told.isdecimal() and len(told) < 10 else self._given

    def _page(self, reply: Reply, names: Sequence[str], most: int) -> tuple[bytes, int]:
        """Read the rows of an answer, at most so many, to the end: as JSON of Oxigraph's own, and their number."""
        answer = results_of(reply)
        if isinstance(answer, bool):
            raise RemoteError(f"{said(self.address)}: answers true or false where rows were asked for")
        told, rows = answer
        if sorted(told) != sorted(names):
            raise RemoteError(
                f"{said(self.address)}: answers with the variables {reply.shown(' '.join(told))!r} where "
                f"{' '.join(names)!r} were asked for"
            )
        number = sum(1 for _ in joined(names, [rows]))
        if number > most:
            raise RemoteError(f"{said(self.address)}: gives more rows than LIMIT asks for; it cannot be asked by pages")
        return rows, number

    def _truth(self, reply: Reply) -> QueryBoolean:
        answer = results_of(reply)
        if not isinstance(answer, bool):
            raise RemoteError(f"{said(self.address)}: answers with rows where true or false was asked for")
        truth = b'{"head":{},"boolean":true}' if answer else b'{"head":{},"boolean":false}'
        made = parse_query_results(truth, format=QueryResultsFormat.JSON)
        return cast(QueryBoolean, made)

    def _send(self, text: str, kind: str, graphs: _Named, deadline: Deadline) -> Reply:
        reply = self._caller.call(_request(self.address, text, ACCEPT[kind], graphs), deadline)
        if reply.status != 200:
            raise self._caller.complaint(reply)
        if reply.headers.get("X-SQL-State"):  # Virtuoso's word for an answer that it broke off
            raise RemoteError(f"{said(self.address)}: gave up before its answer was whole; ask for less")
        return reply


def limits() -> TransferLimits:
    """Return what a call may take: as always, but for the seconds that `TIPGRAPH_TIMEOUT` gives it."""
    told = os.environ.get("TIPGRAPH_TIMEOUT", "")
    if not told:
        return TransferLimits()
    if not (told.isdecimal() and len(told) < 7 and int(told)):
        raise BadValue(f"TIPGRAPH_TIMEOUT={told!r} is no number of seconds; write 60")
    return TransferLimits(seconds=float(told))


def _request(address: str, text: str, accept: str, graphs: _Named) -> Request:
    from SPARQLWrapper import POST, SELECT, SPARQLWrapper

    class Wrapper(SPARQLWrapper):
        """What SPARQLWrapper knows of the protocol; the call itself is ours, since its own has no bounds."""

        def request(self) -> Request:
            made = self._createRequest()
            return Request(made.full_url, cast(bytes, made.data), made.get_method(), dict(made.header_items()))

    wrapper = Wrapper(address)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", accept)
    if graphs.whole:
        wrapper.addParameter(_UNION, "true")
    for graph in graphs.default:
        wrapper.addParameter("default-graph-uri", graph)
    for graph in graphs.named:
        wrapper.addParameter("named-graph-uri", graph)
    wrapper.queryString, wrapper.queryType = text, SELECT  # setQuery would guess the kind from words in the text
    return wrapper.request()
