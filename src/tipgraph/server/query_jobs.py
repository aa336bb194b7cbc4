"""The jobs of workers for queries: SPARQL and the Graph Store Protocol. An answer is complete, or an error.

Decision: docs/decisions/0076-row-limits-are-counted-in-the-output.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any, NamedTuple, cast

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from tipgraph.errors import GraphError, QueryError, UnknownName
from tipgraph.graph import Graph, RequestDataset
from tipgraph.model import prefixes
from tipgraph.server.formats import ROWS, TRIPLES, NotAcceptable, Offer, chosen, media_of
from tipgraph.server.limits import Limits

_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NO_FUNCTION = re.compile(r"custom function (<.*>) is not supported")  # a message of Oxigraph
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"')


class AnswerTooLarge(QueryError):
    """An answer has more rows or bytes than the limit of the server.

    Ask for less, with LIMIT or a filter; a part of an answer is never sent.
    """

    http_status = 422


class UnknownFunction(QueryError):
    """A query names an unknown function.

    Use one of SPARQL 1.1, or a cast such as `xsd:integer`; functions of other engines are not available.
    """


class JobAnswer(NamedTuple):
    """An answer: status, media type, body and headers."""

    status: int
    media: str
    body: bytes
    headers: Mapping[str, str] = {}


Work = Callable[[Graph, Limits, Mapping[str, Any]], JobAnswer]


class _Sink:
    """A file with a limit of bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._parts, self._taken = most, list[bytes](), 0

    def write(self, part: bytes) -> int:
        """Add a part; raise AnswerTooLarge beyond the limit."""
        self._taken += len(part)
        if self._taken > self._most:
            raise AnswerTooLarge(f"the answer has more than {self._most:,} bytes; add LIMIT, or ask for less")
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing."""

    @property
    def content(self) -> bytes:
        return b"".join(self._parts)


def sparql(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Answer a query in a format of `accept`.

    `default` and `named` are the graphs of the protocol, or None; `base` is the base of IRIs. Raises QueryError,
    NotAcceptable.
    """
    try:
        result = graph.query(job["query"], dataset=RequestDataset(job["default"], job["named"], job["base"]))
    except GraphError as error:
        if name := _NO_FUNCTION.search(str(error.__cause__)):
            raise UnknownFunction(f"{name[1]} is not a function here; use one of SPARQL 1.1, or a cast") from error
        raise
    if isinstance(result, QuerySolutions | QueryBoolean):
        offer = chosen(job["accept"], ROWS)
        sink = _Sink(limits.size)
        result.serialize(cast(IO[bytes], sink), format=offer.format)
        body = _readable(sink.content, offer)
        if _rows(body, offer, limits.rows) > limits.rows:
            raise AnswerTooLarge(f"the answer has more than {limits.rows:,} rows; add LIMIT, or ask for less")
        return JobAnswer(200, media_of(offer), body)
    return triples(result, limits, job["accept"])


def stored(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Return a named graph, or the union of all for None, in a format of `accept`.

    Raises UnknownName, NotAcceptable.
    """
    name = job["graph"]
    if name is not None and name not in graph.sources:
        raise UnknownName(f"<{name}> is not a graph here; /void lists the graphs")
    return triples(_once(graph.quads(name)), limits, job["accept"])


def triples(found_triples: Iterable[Triple], limits: Limits, accept: str, more: Mapping[str, str] = {}) -> JobAnswer:
    """Return triples in a format of `accept`, with `more` prefixes; raise AnswerTooLarge, NotAcceptable."""
    offer = chosen(accept, TRIPLES)
    items = list(islice(found_triples, limits.rows + 1))
    if len(items) > limits.rows:
        raise AnswerTooLarge(f"the answer has more than {limits.rows:,} triples; add LIMIT, or ask for less")
    sink, form = _Sink(limits.size), offer.format
    known = {**prefixes(), **more} if form in (RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD) else None
    try:
        serialize(items, cast(IO[bytes], sink), form, prefixes=known)
    except (OSError, ValueError) as error:  # such as triple terms in JSON-LD
        raise NotAcceptable(f"{offer.media[0]} cannot hold this answer: {error}; ask for another format") from error
    return JobAnswer(200, media_of(offer), _readable(sink.content, offer))


def _readable(body: bytes, offer: Offer[Any]) -> bytes:
    """Escape carriage returns in XML; raise NotAcceptable for characters that XML cannot hold."""
    if offer.name not in ("xml", "rdf"):
        return body
    if _NOT_XML.search(body):
        raise NotAcceptable("XML cannot hold a character of this answer; ask for JSON, or Turtle")
    return body.replace(b"\r", b"&#xD;")


def _once(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the distinct triples of statements."""
    seen = set[Triple]()
    for quad in quads:
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield quad.triple


def _rows(body: bytes, offer: Offer[QueryResultsFormat], enough: int) -> int:
    """Count the rows of a serialized answer; exactly, if a rough count is above `enough`."""
    rough, exact = _COUNTS[offer.name]
    count = rough(body)
    return count if count <= enough else exact(body)


_COUNTS: dict[str, tuple[Callable[[bytes], int], Callable[[bytes], int]]] = {
    "json": (lambda body: body.count(b"},{") + 1, lambda body: _STRING.sub(b"", body).count(b"},{") + 1),
    "xml": (lambda body: body.count(b"</result>"), lambda body: body.count(b"</result>")),
    "csv": (lambda body: body.count(b"\n") - 1, lambda body: _without_quoted(body).count(b"\n") - 1),
    "tsv": (lambda body: body.count(b"\n") - 1, lambda body: body.count(b"\n") - 1),
}


def _without_quoted(body: bytes) -> bytes:
    return b"".join(body.split(b'"')[::2])
