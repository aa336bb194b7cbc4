"""What an endpoint answered, read as an answer of Oxigraph's own: of the type that was asked for, and to its end.

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
from tipgraph.graph.remote.transport import Reply, said

_DEPTH = 64
_AT_LEAST, _RATIO = 1 << 20, 50  # bytes that Turtle may say, and how many times what it takes; 4 is usual
_JSON = ("application/sparql-results+json", "application/json")
_RDF = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
ACCEPT = {"rows": ", ".join(_JSON), "triples": "application/n-triples, text/turtle;q=0.5"}
# A literal as Oxigraph writes it in JSON; no text within a value looks so, since its quotes are escaped.
_VALUE = re.compile(
    rb'("type":"literal","value":")([-+.0-9]+)(","datatype":"http://www\.w3\.org/2001/XMLSchema#(boolean|decimal)")'
)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)  # possessive: no answer makes it look back
_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_TURTLE = re.compile(
    rb"""<<|>>|<[^<>\s]*>|\#[^\n\r]*
       |\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*+(?:\"{3})?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?
       |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?""",
    re.VERBOSE | re.DOTALL,
)


def results_of(reply: Reply) -> tuple[list[str], bytes] | bool:
    """Read an answer to its end: variables and rows, as JSON of Oxigraph's own, or true or false."""
    _expect(reply, _JSON)
    if _deep(_STRING.sub(b"", reply.body).translate(None, _BRACKETS)):
        raise RemoteError(f"{said(reply.address)}: answers with JSON nested deeper than {_DEPTH}; it is not read")
    read = _read(reply.body)
    if isinstance(read, Exception):
        raise _unread(reply, read)
    return read


def _read(body: bytes) -> tuple[list[str], bytes] | bool | Exception:
    """Read SPARQL JSON; return what is wrong with it, since no frame of an error may hold the answer."""
    try:
        answer = parse_query_results(body, format=QueryResultsFormat.JSON)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        names = [variable.value for variable in answer.variables]
        written = answer.serialize(format=QueryResultsFormat.JSON) or b""
    except (SyntaxError, ValueError, OSError) as error:
        return error.with_traceback(None)
    rows = written.partition(b'"bindings":[')[2].removesuffix(b"]}}")
    return names, _VALUE.sub(_canonical, rows)


def _canonical(found: "re.Match[bytes]") -> bytes:
    """Write a truth value or a decimal as Oxigraph does, whatever the endpoint does: Virtuoso writes 1 for true."""
    value, kind = found[2], found[4]
    written = {b"0": b"false", b"1": b"true"}.get(value, value) if kind == b"boolean" else _decimal(value)
    return found[1] + written + found[3]


def _decimal(value: bytes) -> bytes:
    """Return a decimal without zeros that say nothing.

    >>> _decimal(b"50000.00"), _decimal(b"0.10"), _decimal(b"120")
    (b'50000', b'0.1', b'120')
    """
    try:
        plain = f"{Decimal(value.decode()):f}"
    except ArithmeticError:
        return value
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).encode()


def triples_of(reply: Reply) -> list[Triple]:
    """Read an answer in N-Triples or Turtle; raise RemoteError where it is none, or may not be all."""
    _expect(reply, tuple(_RDF))
    if _nested(reply.body):
        raise RemoteError(f"{said(reply.address)}: answers with triples nested deeper than {_DEPTH}; they are not read")
    try:
        triples = list(_bounded(reply, parse(reply.body, format=_RDF[reply.media])))
    except (SyntaxError, ValueError, OSError) as error:
        raise _unread(reply, error.with_traceback(None)) from None
    most = reply.headers.get("X-SPARQL-MaxRows", "").strip()
    if most.isdecimal() and len(triples) >= int(most[:10]):
        raise RemoteError(
            f"{said(reply.address)}: gives at most {int(most[:10])} triples, so that some may be missing; ask by "
            "SELECT, which is asked by pages"
        )
    return triples


def _bounded(reply: Reply, quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield triples as long as they say not much more than what came: prefixes may make much of little."""
    if _RDF[reply.media] is RdfFormat.N_TRIPLES:  # which has none
        yield from (quad.triple for quad in quads)
        return
    room = _AT_LEAST + _RATIO * len(reply.body)
    for quad in quads:
        room -= len(str(quad.triple))
        if room < 0:
            raise RemoteError(f"{said(reply.address)}: answers with far more than it sends; tell its owner")
        yield quad.triple


def _expect(reply: Reply, known: Sequence[str]) -> None:
    """Raise RemoteError for an answer in another format than was asked for."""
    if reply.media in known:
        return
    here = said(reply.address)
    if reply.media in ("text/html", "application/xhtml+xml"):
        raise RemoteError(
            f"{here}: answers with a page for people where results were asked for; name the address of queries, often "
            "…/sparql or …/query, or to push that of graphs, often …/store or …/data"
        )
    told = repr(reply.shown(reply.media, 100)) if reply.media else "no format that it names"
    raise RemoteError(f"{here}: answers in {told} where {known[0]} was asked for; name another address")


def _unread(reply: Reply, error: Exception) -> RemoteError:
    why = reply.shown(str(error))
    return RemoteError(f"{said(reply.address)}: answers with what cannot be read: {why}; tell its owner")


def joined(names: Sequence[str], found: Sequence[bytes]) -> QuerySolutions:
    """Make one answer of pages of rows."""
    head = b",".join(b'"%s"' % name.encode() for name in names)
    rows = b",".join(page for page in found if page)
    whole = b'{"head":{"vars":[%s]},"results":{"bindings":[%s]}}' % (head, rows)
    return cast(QuerySolutions, parse_query_results(whole, format=QueryResultsFormat.JSON))


def _deep(brackets: bytes) -> bool:
    """Tell whether brackets are nested too deeply for a parser that recurs, which ends the process."""
    for _ in range(_DEPTH):
        flat = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(flat) == len(brackets):
            return len(flat) > _DEPTH
        brackets = flat
    return bool(brackets)


def _nested(body: bytes) -> bool:
    """Tell whether triple terms are nested too deeply for a parser that recurs, which ends the process."""
    if body.count(b"<<") <= _DEPTH:
        return False
    depth = 0
    for match in _TURTLE.finditer(body):
        depth += (match[0] == b"<<") - (match[0] == b">>")
        if depth > _DEPTH:
            return True
    return False
