"""Another party's SPARQL endpoint as an engine: the same questions and answers as of a local graph, nothing written.

An answer is one request, which `http` sends, and is read to its end as Oxigraph's own results.

Decision: docs/decisions/0110-httpx-asks-other-servers.md.
"""

import json
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from tipgraph.errors import BadValue, GraphError, RemoteError
from tipgraph.graph import sparql
from tipgraph.graph.engine import MOST_TERMS, UNNAMED, Embedded, RequestDataset, Result
from tipgraph.graph.graph import Terms
from tipgraph.graph.remote.http import Caller, Reply, address_of, credentials_for, shown_address
from tipgraph.model import XSD, kit, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

ACCEPT = {"rows": "application/sparql-results+json, application/json", "triples": "application/n-triples"}
_MEDIA = {"rows": ACCEPT["rows"].split(", "), "triples": (ACCEPT["triples"], "text/plain")}
_TRUTH = {"0": "false", "1": "true"}


class Remote:
    """An endpoint of the SPARQL 1.1 Protocol.

    >>> Remote("https://example.org/sparql").address
    'https://example.org/sparql'
    """

    digest: str | None = None

    def __init__(self, address: str, caller: Caller | None = None) -> None:
        """Connect to an address, with the credentials for its host; raise BadValue or CallError."""
        self.address = address_of(address)
        self._caller = caller or caller_for(self.address)
        self._counts: dict[str, int] | None = None
        self._union_graphs: RequestDataset | None = None
        self._empty = Embedded(Store())

    def __len__(self) -> int:
        """Return the number of statements in the named graphs."""
        return sum(self.counts().values())

    def query(self, text: str, *, union: bool, dataset: RequestDataset = UNNAMED) -> Result:
        """Run a query.

        Raises QuerySyntaxError as the embedded engine does, RemoteTimeout, and RemoteError for an answer that cannot be
        read or is incomplete.
        """
        if dataset.base is not None:
            text = f"BASE {NamedNode(dataset.base)} {text}"
        if union and not dataset.names_graphs:
            dataset = self._all_graphs()
        elif not dataset.names_graphs:  # named in the request too: some endpoints heed only that
            default, named = ([name[1:-1] for name in names] for names in sparql.dataset(text))
            dataset = RequestDataset(default, named)
        return self._ask(text, dataset)

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Return all statements, those of some subjects, or those of one graph."""
        if subjects is None:
            asked = [{"graph": [name]} for name in ([graph] if graph else map(NamedNode, self.counts()))]
        else:
            nodes = list(subjects)
            asked = [{"subject": nodes[start : start + MOST_TERMS]} for start in range(0, len(nodes), MOST_TERMS)]
        for values in asked:
            for row in self._kit_query("quads", values=values):
                yield Quad(*row)

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""
        return frozenset(self.counts())

    def dataset(self) -> "Dataset":
        """Return a copy of all statements in memory as a read-only rdflib Dataset."""
        store = Store()
        store.extend(self.quads())
        return Embedded(store).dataset()

    def counts(self) -> dict[str, int]:
        """Return the number of statements of each named graph, as counted the first time."""
        if self._counts is None:
            rows = self._kit_query("graph-counts")
            self._counts = {row["graph"].value: int(row["number"].value) for row in rows}
        return self._counts

    def _error(self, message: str) -> RemoteError:
        return RemoteError(f"{shown_address(self.address)}: {message}")

    def _kit_query(self, name: str, graphs: RequestDataset = UNNAMED, values: Terms | None = None) -> QuerySolutions:
        rows = self._ask(sparql.bind(kit.graph_query(name), values or {}), graphs)
        if not isinstance(rows, QuerySolutions):
            raise GraphError(f"queries/graph/{name}.rq is no SELECT query; restore it")
        return rows

    def _count(self, graphs: RequestDataset) -> int:
        return int(next(self._kit_query("count", graphs))["number"].value)

    def _all_graphs(self) -> RequestDataset:
        """Return how a request asks for all graphs: unnamed if they are the endpoint's default graph."""
        if self._union_graphs is None:
            counts = self.counts()
            total = sum(counts.values())
            every = RequestDataset(tuple(counts), tuple(counts))
            if not counts or self._count(UNNAMED) == total:
                self._union_graphs = UNNAMED
            elif (count := self._count(every)) == total or count > max(counts.values()):
                self._union_graphs = every  # a triple in two graphs may be counted once
            else:
                raise self._error(
                    "its default graph is not all named graphs together, and it does not take default-graph-uri; let "
                    "it answer over the union of its graphs (oxigraph: --union-default-graph, Fuseki: "
                    "tdb2:unionDefaultGraph true)"
                )
        return self._union_graphs

    def _ask(self, text: str, graphs: RequestDataset) -> Result:
        """Ask for an answer of the kind and the variables that a query has, once it is seen that it parses."""
        expected = self._empty.query(text, union=True)
        text = sparql.with_prefixes(text, prefixes())
        if not isinstance(expected, QuerySolutions | QueryBoolean):
            return triples_of(self._send(text, "triples", graphs))
        answer = results_of(self._send(text, "rows", graphs))
        if _shape(answer) != _shape(expected):
            raise self._error("answers rows for true or false, or with other variables; name another address")
        return answer

    def _send(self, text: str, kind: str, graphs: RequestDataset) -> Reply:
        fields = [("query", text)]
        for parameter, names in (("default-graph-uri", graphs.default), ("named-graph-uri", graphs.named)):
            fields += [(parameter, name) for name in names or ()]
        headers = {"Accept": ACCEPT[kind], "Content-Type": "application/x-www-form-urlencoded"}
        reply = self._caller.call(self.address, urlencode(fields).encode(), "POST", headers)
        if reply.status != 200:
            raise reply.status_error()
        if reply.headers.get("X-SQL-State"):  # Virtuoso's mark of an answer that it broke off
            raise reply.error("gave up before its answer was whole; ask for less")
        return reply


def caller_for(address: str) -> Caller:
    """Return a caller with the credentials for an address and the seconds of `TIPGRAPH_TIMEOUT`; raise BadValue."""
    seconds = os.environ.get("TIPGRAPH_TIMEOUT", "") or "60"
    if not (seconds.isdecimal() and len(seconds) < 7 and int(seconds)):
        raise BadValue(f"TIPGRAPH_TIMEOUT={seconds!r} is no number of seconds; write 60")
    return Caller(credentials_for(address), float(seconds))


def results_of(reply: Reply) -> QuerySolutions | QueryBoolean:
    """Return the rows or the boolean of an answer; raise RemoteError if it is none, or may be incomplete.

    Booleans are written as Oxigraph does. A triple term is refused: nested deeply, it would end the
    process.
    """
    _expect(reply, "rows")
    try:
        answer = json.loads(reply.body)
        rows = answer.get("results", {}).get("bindings", [])
        for term in (term for row in rows for term in row.values()):
            if term["type"] == "triple":
                raise ValueError("it holds a triple term")
            if term.get("datatype") == f"{XSD}boolean":
                term["value"] = _TRUTH.get(term["value"], term["value"])
        written = json.dumps(answer).encode()
        found = parse_query_results(written, format=QueryResultsFormat.JSON)
        if isinstance(found, QuerySolutions):  # it is read to its end here, so that no reader meets an error later
            _ = [None for _ in found]
            found = parse_query_results(written, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(reply, error) from None
    _refuse_cut(reply, len(rows))
    return found


def triples_of(reply: Reply) -> list[Triple]:
    """Return the triples of an answer; raise RemoteError if it is none, or may be incomplete."""
    _expect(reply, "triples")
    try:
        triples = [quad.triple for quad in parse(reply.body, format=RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError, OSError) as error:
        raise _unreadable(reply, error) from None
    _refuse_cut(reply, len(triples))
    return triples


def _shape(answer: QuerySolutions | QueryBoolean) -> list[str] | None:
    """Return the variables of an answer, None for true or false."""
    return sorted(one.value for one in answer.variables) if isinstance(answer, QuerySolutions) else None


def _expect(reply: Reply, kind: str) -> None:
    """Raise RemoteError for an answer in another format than was asked for."""
    if reply.media in ("text/html", "application/xhtml+xml"):
        raise reply.error(
            "answers with a page for people where results were asked for; name the address of queries, often …/sparql "
            "or …/query, or to push that of graphs, often …/store or …/data"
        )
    if reply.media not in _MEDIA[kind]:
        media = repr(reply.shown(reply.media, 100)) if reply.media else "no format that it names"
        raise reply.error(f"answers in {media} where {_MEDIA[kind][0]} was asked for; name another address")


def _refuse_cut(reply: Reply, number: int) -> None:
    """Raise RemoteError for an answer as long as the longest that a server says it gives."""
    most = reply.headers.get("X-SPARQL-MaxRows", "").strip()
    if most.isdecimal() and number >= int(most[:10]):
        raise reply.error(
            f"gives at most {int(most[:10])} rows, so that some may be missing; raise its limit (Virtuoso: "
            "ResultSetMaxRows), or ask for less"
        )


def _unreadable(reply: Reply, error: Any) -> RemoteError:
    return reply.error(f"its answer cannot be read: {reply.shown(str(error))}; tell its owner")
