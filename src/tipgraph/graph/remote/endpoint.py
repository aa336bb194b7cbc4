"""Another party's SPARQL endpoint as an engine: the same questions and answers as of a local graph, nothing written.

query text  →  parsed here, so that errors are ours  →  pages (LIMIT, OFFSET)  →  transport  →  responses  →  one answer

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
from tipgraph.graph.engine import UNNAMED, Embedded, RequestDataset, Result
from tipgraph.graph.graph import Terms
from tipgraph.graph.remote.credentials import credentials_for
from tipgraph.graph.remote.pages import pages
from tipgraph.graph.remote.responses import ACCEPT, joined, results_of, triples_of
from tipgraph.graph.remote.transport import Caller, Deadline, Reply, Request, TransferLimits, address_of, shown_address
from tipgraph.model import kit, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

_PROBE_ROWS = 1_000  # rows of a query over nothing, which shows whether an endpoint shortens its answers


class _Graphs(NamedTuple):
    """The graphs of a request: those of its default graph, and those that GRAPH may name."""

    default: Sequence[str] = ()
    named: Sequence[str] = ()
    union: bool = False  # by Oxigraph's parameter `union-default-graph`


_UNNAMED, _UNION = _Graphs(), _Graphs(union=True)  # unnamed: the endpoint chooses its default graph


class Remote:
    """An endpoint of the SPARQL 1.1 Protocol.

    >>> Remote("https://example.org/sparql").address
    'https://example.org/sparql'
    """

    digest: str | None = None
    most_terms: int | None = 200

    def __init__(self, address: str, caller: Caller | None = None, rows: int = 10_000) -> None:
        """Connect to an address, with the credentials for its host, and ask for `rows` rows a page.

        Raises BadValue, CallError.
        """
        self.address = address_of(address)
        self._caller = caller or Caller(credentials_for(self.address), limits())
        self._page_rows = rows
        self._counts: dict[str, int] | None = None
        self._union_graphs: _Graphs | None = None
        self._row_limit: int | None = None
        self._heeds_from: bool | None = None
        self._empty = Embedded(Store())

    def __len__(self) -> int:
        """Return the number of statements in the named graphs."""
        return sum(self.counts().values())

    def query(self, text: str, *, union: bool, dataset: RequestDataset = UNNAMED) -> Result:
        """Run a query, all its pages before one deadline.

        Raises QuerySyntaxError as the embedded engine does, RemoteTimeout, and RemoteError for an answer that cannot be
        read or is incomplete.
        """
        deadline = self._caller.deadline()
        if dataset.base is not None:
            text = f"BASE {NamedNode(dataset.base)} {text}"
        if dataset.names_graphs:
            graphs = _Graphs(dataset.default or (), dataset.named or ())
        else:
            graphs = self._all_graphs(deadline) if union else self._from_graphs(text, deadline)
        return self._ask(text, graphs, deadline)

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Return all statements, those of some subjects, or those of one graph.

        Raises RemoteError if all statements are asked for and some are missing.
        """
        if graph is not None:
            yield from self._quads(graph=[graph])
        elif subjects is not None:
            nodes, most = list(subjects), self.most_terms or 1
            for start in range(0, len(nodes), most):
                yield from self._quads(subject=nodes[start : start + most])
        else:
            for name, count in self.counts().items():
                received = 0
                for quad in self._quads(graph=[NamedNode(name)]):
                    received += 1
                    yield quad
                if received != count:
                    raise self._error(
                        f"<{name}> holds {count} statements and {received} came; ask again when nobody writes to it"
                    )

    def dump(self, path: Path) -> None:
        """Write all statements to a file as N-Quads, in no order; raise OSError."""
        serialize(self.quads(), str(path), RdfFormat.N_QUADS)

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""
        return frozenset(self.counts())

    def dataset(self) -> "Dataset":
        """Return a copy of all statements in memory as a read-only rdflib Dataset."""
        store = Store()
        store.extend(self.quads())
        return Embedded(store).dataset()

    def counts(self, deadline: Deadline | None = None) -> dict[str, int]:
        """Return the number of statements of each named graph, as counted the first time."""
        if self._counts is None:
            rows = self._kit_query("graph-counts", deadline or self._caller.deadline())
            self._counts = {row["graph"].value: int(row["number"].value) for row in rows}
        return self._counts

    def _quads(self, **values: Sequence[NamedNode]) -> Iterator[Quad]:
        for row in self._kit_query("quads", self._caller.deadline(), values=values):
            yield Quad(*row)

    def _error(self, message: str) -> RemoteError:
        return RemoteError(f"{shown_address(self.address)}: {message}")

    def _kit_query(
        self, name: str, deadline: Deadline, graphs: _Graphs = _UNNAMED, values: Terms | None = None
    ) -> QuerySolutions:
        rows = self._ask(sparql.bind(kit.graph_query(name), values or {}), graphs, deadline)
        if not isinstance(rows, QuerySolutions):
            raise GraphError(f"queries/graph/{name}.rq is no SELECT query; restore it")
        return rows

    def _count(self, graphs: _Graphs, deadline: Deadline) -> int:
        return int(next(self._kit_query("count", deadline, graphs))["number"].value)

    def _from_graphs(self, text: str, deadline: Deadline) -> _Graphs:
        """Return the graphs that a query names by FROM, to name them in the request too: some endpoints heed only that.

        Raises RemoteError if the endpoint answers over all its graphs whatever is named.
        """
        graphs = _Graphs(*([name[1:-1] for name in names] for names in sparql.dataset(text)))
        if graphs == _Graphs([], []):
            return _UNNAMED
        if self._heeds_from is None:
            counts = self.counts(deadline)
            smallest = min(counts, key=lambda name: counts[name], default="")
            self._heeds_from = len(counts) < 2 or self._count(_Graphs((smallest,)), deadline) == counts[smallest]
        if not self._heeds_from:
            raise self._error("answers over all its graphs whatever FROM says; write GRAPH <…> { … } instead")
        return graphs

    def _all_graphs(self, deadline: Deadline) -> _Graphs:
        """Return how a request asks for all graphs: unnamed if they are the endpoint's default graph."""
        if self._union_graphs is None:
            counts = self.counts(deadline)
            total = sum(counts.values())
            if not counts or self._count(_UNNAMED, deadline) == total:
                self._union_graphs = _UNNAMED
            elif self._heeds_union(total, deadline):
                self._union_graphs = _UNION
            else:
                count = self._count(_Graphs(tuple(counts)), deadline)
                if count != total and count <= max(counts.values()):  # a triple in two graphs may be counted once
                    raise self._error(
                        "its default graph is not all named graphs together, and it does not take default-graph-uri; "
                        "let it answer over the union of its graphs (oxigraph: --union-default-graph, Fuseki: "
                        "tdb2:unionDefaultGraph true)"
                    )
                self._union_graphs = _Graphs(tuple(counts), tuple(counts))
        return self._union_graphs

    def _heeds_union(self, total: int, deadline: Deadline) -> bool:
        """Return whether the endpoint takes Oxigraph's parameter for all graphs: 40 times faster than their names."""
        try:
            return self._count(_UNION, deadline) == total
        except RemoteTimeout:
            raise
        except RemoteError:  # a server that refuses unknown parameters
            return False

    def _ask(self, text: str, graphs: _Graphs, deadline: Deadline) -> Result:
        kind, variables = self._parsed(text)
        text = sparql.with_prefixes(text, prefixes())
        if kind is QuerySolutions:
            return self._rows(text, variables, graphs, deadline)
        if kind is QueryBoolean:
            return self._boolean(self._send(text, "rows", graphs, deadline))
        return triples_of(self._send(text, "triples", graphs, deadline))

    def _parsed(self, text: str) -> tuple[type[Result], list[str]]:
        """Return the kind of a query and its variables; raise QuerySyntaxError.

        The result itself is not returned: it may be dropped in this thread only, and errors keep frames alive.
        """
        result = self._empty.query(text, union=True)
        variables = result.variables if isinstance(result, QuerySolutions) else []
        return type(result), [variable.value for variable in variables]

    def _rows(self, text: str, variables: Sequence[str], graphs: _Graphs, deadline: Deadline) -> QuerySolutions:
        """Ask for all rows, page by page if there are many, and join the pages."""
        cut = pages(text, variables)
        if cut.limit is not None and cut.limit <= _PROBE_ROWS:  # unsorted: to sort all for a few rows may take long
            reply = self._send(text, "rows", graphs, deadline)
            page, count = self._page(reply, variables, cut.limit)
            if count == cut.limit or count < self._rows_for_sure(reply, deadline):
                return joined(variables, [page])
        self._parsed(cut.page(0, 1))
        found: list[bytes] = []
        rows = size = 0
        while cut.limit is None or rows < cut.limit:
            most = self._page_rows if cut.limit is None else min(self._page_rows, cut.limit - rows)
            reply = self._send(cut.page(rows, most), "rows", graphs, deadline)
            page, count = self._page(reply, variables, most)
            found.append(page)
            rows, size = rows + count, size + len(reply.body)
            if size > self._caller.limits.size:
                raise self._error(f"answers with more than {size >> 20} MB in all; ask for less")
            if not count or (count < most and count < self._rows_for_sure(reply, deadline)):
                break
        return joined(variables, found)

    def _rows_for_sure(self, reply: Reply, deadline: Deadline) -> int:
        """Return how many rows an endpoint surely gives: an answer with fewer is complete."""
        if self._row_limit is None:
            probe = self._send(kit.graph_query("thousand"), "rows", _UNNAMED, deadline)
            self._row_limit = max(1, self._page(probe, ("hundreds", "tens", "ones"), _PROBE_ROWS)[1])
        stated = reply.headers.get("X-SPARQL-MaxRows", "").strip()
        return min(self._row_limit, int(stated)) if stated.isdecimal() and len(stated) < 10 else self._row_limit

    def _page(self, reply: Reply, variables: Sequence[str], most: int) -> tuple[bytes, int]:
        """Return the rows of an answer, as Oxigraph's JSON, and their number, at most `most`."""
        answer = results_of(reply)
        if isinstance(answer, bool):
            raise self._error("answers true or false where rows were asked for; name another address")
        answered, rows = answer
        if sorted(answered) != sorted(variables):
            raise self._error(
                f"answers with the variables {reply.shown(' '.join(answered))!r} where {' '.join(variables)!r} were "
                "asked for"
            )
        count = sum(1 for _ in joined(variables, [rows]))
        if count > most:
            raise self._error("gives more rows than LIMIT asks for; it cannot be asked by pages")
        return rows, count

    def _boolean(self, reply: Reply) -> QueryBoolean:
        answer = results_of(reply)
        if not isinstance(answer, bool):
            raise self._error("answers with rows where true or false was asked for; name another address")
        body = b'{"head":{},"boolean":%s}' % (b"true" if answer else b"false")
        return cast(QueryBoolean, parse_query_results(body, format=QueryResultsFormat.JSON))

    def _send(self, text: str, kind: str, graphs: _Graphs, deadline: Deadline) -> Reply:
        reply = self._caller.call(_request(self.address, text, ACCEPT[kind], graphs), deadline)
        if reply.status != 200:
            raise reply.status_error()
        if reply.headers.get("X-SQL-State"):  # Virtuoso's mark of an answer that it broke off
            raise self._error("gave up before its answer was whole; ask for less")
        return reply


def limits() -> TransferLimits:
    """Return the limits of a call, with the seconds of `TIPGRAPH_TIMEOUT`; raise BadValue if they are no number."""
    seconds = os.environ.get("TIPGRAPH_TIMEOUT", "")
    if not seconds:
        return TransferLimits()
    if not (seconds.isdecimal() and len(seconds) < 7 and int(seconds)):
        raise BadValue(f"TIPGRAPH_TIMEOUT={seconds!r} is no number of seconds; write 60")
    return TransferLimits(seconds=float(seconds))


def _request(address: str, text: str, accept: str, graphs: _Graphs) -> Request:
    from SPARQLWrapper import POST, SELECT, SPARQLWrapper

    class Wrapper(SPARQLWrapper):
        """Writes the request of the protocol; our transport sends it, since SPARQLWrapper's call has no limits."""

        def request(self) -> Request:
            made = self._createRequest()
            return Request(made.full_url, cast(bytes, made.data), made.get_method(), dict(made.header_items()))

    wrapper = Wrapper(address)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", accept)
    if graphs.union:
        wrapper.addParameter("union-default-graph", "true")
    for parameter, names in (("default-graph-uri", graphs.default), ("named-graph-uri", graphs.named)):
        for name in names:
            wrapper.addParameter(parameter, name)
    wrapper.queryString, wrapper.queryType = text, SELECT  # setQuery would guess the kind from words in the text
    return wrapper.request()
