"""Answers of an endpoint, read to their end as Oxigraph's own results.

Decision: docs/decisions/0074-deep-nesting-is-not-parsed.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import cast

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from tipgraph.errors import RemoteError
from tipgraph.graph.remote.transport import Reply

_DEPTH = 64
_MIN_ROOM, _RATIO = 1 << 20, 50  # bytes of triples that Turtle may expand to: a minimum, and a factor; 4 is usual
_JSON = ("application/sparql-results+json", "application/json")
_RDF = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
ACCEPT = {"rows": ", ".join(_JSON), "triples": "application/n-triples, text/turtle;q=0.5"}
# A literal in Oxigraph's JSON; no text in a value matches, since its quotes are escaped.
_VALUE = re.compile(
    rb'("type":"literal","value":")([-+.0-9]+)(","datatype":"http://www\.w3\.org/2001/XMLSchema#(boolean|decimal)")'
)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)  # possessive: no answer causes backtracking
_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_TURTLE = re.compile(
    rb"""<<|>>|<[^<>\s]*>|\#[^\n\r]*
       |\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?
       |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?""",
    re.VERBOSE | re.DOTALL,
)


def results_of(reply: Reply) -> tuple[list[str], bytes] | bool:
    """Return the variables and rows of an answer, the rows as Oxigraph's JSON; or its boolean."""
    _expect(reply, _JSON)
    if _deep(_STRING.sub(b"", reply.body).translate(None, _BRACKETS)):
        raise reply.error(f"answers with JSON nested deeper than {_DEPTH}; it is not read")
    results = _read(reply.body)
    if isinstance(results, Exception):
        raise _unreadable(reply, results)
    return results


def _read(body: bytes) -> tuple[list[str], bytes] | bool | Exception:
    """Read SPARQL JSON; return an error instead of raising it, since its frames would keep the answer alive."""
    try:
        answer = parse_query_results(body, format=QueryResultsFormat.JSON)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        variables = [variable.value for variable in answer.variables]
        written = answer.serialize(format=QueryResultsFormat.JSON) or b""
    except (SyntaxError, ValueError, OSError) as error:
        return error.with_traceback(None)
    rows = written.partition(b'"bindings":[')[2].removesuffix(b"]}}")
    return variables, _VALUE.sub(_canonical, rows)


def _canonical(literal: "re.Match[bytes]") -> bytes:
    """Write a boolean or a decimal as Oxigraph does: Virtuoso writes 1 for true."""
    value, kind = literal[2], literal[4]
    written = {b"0": b"false", b"1": b"true"}.get(value, value) if kind == b"boolean" else _decimal(value)
    return literal[1] + written + literal[3]


def _decimal(value: bytes) -> bytes:
    """Return a decimal without needless zeros.

    >>> _decimal(b"50000.00"), _decimal(b"0.10"), _decimal(b"120")
    (b'50000', b'0.1', b'120')
    """
    try:
        plain = f"{Decimal(value.decode()):f}"
    except ArithmeticError:
        return value
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).encode()


def triples_of(reply: Reply) -> list[Triple]:
    """Return the triples of an answer in N-Triples or Turtle; raise RemoteError if it is none, or may be incomplete."""
    _expect(reply, tuple(_RDF))
    if _nested(reply.body):
        raise reply.error(f"answers with triples nested deeper than {_DEPTH}; they are not read")
    try:
        triples = list(_bounded(reply, parse(reply.body, format=_RDF[reply.media])))
    except (SyntaxError, ValueError, OSError) as error:
        raise _unreadable(reply, error.with_traceback(None)) from None
    most = reply.headers.get("X-SPARQL-MaxRows", "").strip()
    if most.isdecimal() and len(triples) >= int(most[:10]):
        raise reply.error(
            f"gives at most {int(most[:10])} triples, so that some may be missing; use SELECT, which is asked by pages"
        )
    return triples


def _bounded(reply: Reply, quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield triples while they are not much larger than the answer: prefixes can expand without end."""
    if _RDF[reply.media] is RdfFormat.N_TRIPLES:  # it has no prefixes
        yield from (quad.triple for quad in quads)
        return
    room = _MIN_ROOM + _RATIO * len(reply.body)
    for quad in quads:
        room -= len(str(quad.triple))
        if room < 0:
            raise reply.error("answers with far more than it sends; tell its owner")
        yield quad.triple


def _expect(reply: Reply, known: Sequence[str]) -> None:
    """Raise RemoteError for an answer in another format than was asked for."""
    if reply.media in known:
        return
    if reply.media in ("text/html", "application/xhtml+xml"):
        raise reply.error(
            "answers with a page for people where results were asked for; name the address of queries, often …/sparql "
            "or …/query, or to push that of graphs, often …/store or …/data"
        )
    media = repr(reply.shown(reply.media, 100)) if reply.media else "no format that it names"
    raise reply.error(f"answers in {media} where {known[0]} was asked for; name another address")


def _unreadable(reply: Reply, error: Exception) -> RemoteError:
    return reply.error(f"its answer cannot be read: {reply.shown(str(error))}; tell its owner")


def joined(variables: Sequence[str], pages: Sequence[bytes]) -> QuerySolutions:
    """Join pages of rows to one result."""
    head = b",".join(b'"%s"' % name.encode() for name in variables)
    rows = b",".join(page for page in pages if page)
    body = b'{"head":{"vars":[%s]},"results":{"bindings":[%s]}}' % (head, rows)
    return cast(QuerySolutions, parse_query_results(body, format=QueryResultsFormat.JSON))


def _deep(brackets: bytes) -> bool:
    """Return whether brackets are nested too deep for a recursive parser, which would end the process."""
    for _ in range(_DEPTH):
        flat = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(flat) == len(brackets):
            return len(flat) > _DEPTH
        brackets = flat
    return bool(brackets)


def _nested(body: bytes) -> bool:
    """Return whether triple terms are nested too deep for a recursive parser, which would end the process."""
    if body.count(b"<<") <= _DEPTH:
        return False
    depth = 0
    for match in _TURTLE.finditer(body):
        depth += (match[0] == b"<<") - (match[0] == b">>")
        if depth > _DEPTH:
            return True
    return False
