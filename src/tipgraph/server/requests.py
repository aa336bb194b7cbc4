"""Parse requests of the SPARQL 1.1 Protocol and the Graph Store Protocol."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from tipgraph.errors import CallError, QueryRefused
from tipgraph.graph import sparql

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_LARGEST = 4 * sparql.MAX_SIZE  # bytes of a body
_PATIENCE = 15  # seconds until a body has come
_MOST = 1_000  # parameters of a request
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")


class BadRequest(CallError):
    """A parameter of a request is missing, or is given twice.

    Send what the message names, once; `/openapi.json` lists the parameters of each address.
    """


class UnsupportedMedia(CallError):
    """A body has an unsupported media type or character set.

    Send `application/sparql-query` in UTF-8, or a form.
    """

    http_status = 415


class TooMuchAsked(CallError):
    """A body is larger than the limit of a query.

    Write the query in fewer words, or as several queries.
    """

    http_status = 413


class TooSlow(CallError):
    """A body did not arrive in time.

    Send it again without pauses.
    """

    http_status = 408


Pairs = list[tuple[str, str]]


def parameters(request: Request) -> Pairs:
    """Return the parameters of the address in order; raise BadRequest for bytes that are not UTF-8."""
    return _pairs(request.scope["query_string"])


async def query_of(request: Request) -> Mapping[str, Any] | None:
    """Return the query of a request to the endpoint as a job for a worker; None for the service description.

    Raises BadRequest, UnsupportedMedia, TooMuchAsked, and QueryRefused for updates.
    """
    pairs = parameters(request)
    if request.method == "POST":
        media, _, options = request.headers.get("content-type", "").partition(";")
        media = media.strip().lower()
        if media == UPDATE:
            raise _update()
        if media not in (FORM, QUERY):
            raise UnsupportedMedia(f"the body must be {QUERY} or {FORM}; name it in Content-Type")
        if "charset" in options.lower() and "utf-8" not in options.lower():
            raise UnsupportedMedia("the body must be UTF-8")
        text = await body(request)
        pairs = [*pairs, *_pairs(text)] if media == FORM else [*pairs, ("query", _text(text))]
    return _job(pairs, request)


def graph_of(request: Request) -> str | None:
    """Return the graph of a request to the graph store, None for the default graph; raise BadRequest."""
    pairs = parameters(request)
    names = [name for name, _ in pairs]
    if names == ["default"]:
        return None
    if names == ["graph"] and pairs[0][1]:
        return pairs[0][1]
    raise BadRequest("name a graph: ?graph=IRI, or ?default for all graphs together")


def _job(pairs: Pairs, request: Request) -> Mapping[str, Any] | None:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if not values.keys().isdisjoint(_UPDATES):
        raise _update()
    if not values and request.method in ("GET", "HEAD"):
        return None
    queries = values.get("query", [])
    if len(queries) != 1:
        raise BadRequest(f"a request needs one query, and this one has {len(queries) or 'none'}")
    return {
        "work": "sparql",
        "query": queries[0],
        "default": values.get("default-graph-uri"),
        "named": values.get("named-graph-uri"),
        "base": f"{request.scope['scheme']}://{request.headers.get('host', '')}{request.scope['path']}",
        "accept": request.headers.get("accept", ""),
    }


def _update() -> QueryRefused:
    return QueryRefused("this graph is read only and takes no updates; change its sources and build it again")


async def body(request: Request, largest: int = _LARGEST) -> bytes:
    """Return the body of a request; raise TooMuchAsked, TooSlow, or BadRequest if the client has gone."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                size += len(part)
                if size > largest:
                    raise TooMuchAsked(f"the body is larger than {largest:,} bytes")
                parts.append(part)
    except TimeoutError as error:
        raise TooSlow(f"the body did not come within {_PATIENCE} seconds") from error
    except ClientDisconnect as error:
        raise BadRequest("the client closed its connection") from error
    return b"".join(parts)


def _pairs(text: bytes) -> Pairs:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError as error:
        raise BadRequest("the parameters are not UTF-8, percent-encoded") from error
    except ValueError as error:
        raise BadRequest(f"there are more than {_MOST:,} parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("the query is not UTF-8") from error
