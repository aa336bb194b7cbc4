"""Parse requests of the SPARQL 1.1 Protocol and the Graph Store Protocol."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from tipgraph.graph import sparql
from tipgraph.server.options import Refusal

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_LARGEST = 4 * sparql.MAX_SIZE  # bytes of a body
_MOST = 1_000  # parameters of a request

Pairs = list[tuple[str, str]]


def parameters(request: Request) -> Pairs:
    """Return the parameters of the address in order; raise Refusal (400) for bytes that are not UTF-8."""
    return _pairs(request.scope["query_string"])


async def query_of(request: Request) -> Mapping[str, Any] | None:
    """Return the query of a request to the endpoint as a job for a worker; None for the service description.

    Raises Refusal: 400, 403 for updates, 413 or 415.
    """
    pairs, media = parameters(request), ""
    if request.method == "POST":
        media, more = await _posted(request)
        pairs += more
    if media == UPDATE or any(name == "update" for name, _ in pairs):
        raise Refusal(403, "this graph is read only and takes no updates; change its sources and build it again")
    if not pairs and not media:
        return None
    queries, default, named = (
        [value for name, value in pairs if name == wanted]
        for wanted in ("query", "default-graph-uri", "named-graph-uri")
    )
    if len(queries) != 1:
        raise Refusal(400, f"a request needs one query, and this one has {len(queries) or 'none'}")
    return {
        "work": "sparql",
        "query": queries[0],
        "default": default or None,
        "named": named or None,
        "base": f"{request.scope['scheme']}://{request.headers.get('host', '')}{request.scope['path']}",
        "accept": request.headers.get("accept", ""),
    }


async def _posted(request: Request) -> tuple[str, Pairs]:
    """Return the media type of a body, and the parameters in it; raise Refusal (415)."""
    media, _, options = (part.strip().lower() for part in request.headers.get("content-type", "").partition(";"))
    if media not in (FORM, QUERY, UPDATE) or ("charset" in options and "utf-8" not in options):
        raise Refusal(415, f"the body must be {QUERY} or {FORM}, in UTF-8; name it in Content-Type")
    body = await _body(request)
    return media, _pairs(body) if media == FORM else [("query", _text(body))]


def graph_of(request: Request) -> str | None:
    """Return the graph of a request to the graph store, None for the default graph; raise Refusal (400)."""
    match parameters(request):
        case [("default", _)]:
            return None
        case [("graph", name)] if name:
            return name
    raise Refusal(400, "name a graph: ?graph=IRI, or ?default for all graphs together")


async def _body(request: Request) -> bytes:
    whole = bytearray()
    try:
        async for part in request.stream():
            whole += part
            if len(whole) > _LARGEST:
                raise Refusal(413, f"the body is larger than {_LARGEST:,} bytes")
    except ClientDisconnect as error:
        raise Refusal(400, "the client closed its connection") from error
    return bytes(whole)


def _pairs(text: bytes) -> Pairs:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except ValueError as error:
        raise Refusal(400, f"the parameters are not UTF-8, percent-encoded, or more than {_MOST:,}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "the query is not UTF-8") from error
