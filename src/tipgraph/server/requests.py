"""What a request says, by the SPARQL 1.1 Protocol and the Graph Store Protocol; nothing is answered here."""

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
    """A request that does not say what it has to, or says it twice.

    Send what the message names, once; `/openapi.json` lists what each address takes.
    """


class UnsupportedMedia(CallError):
    """A body of a media type or character set that is not read here.

    Send `application/sparql-query` in UTF-8, or a form.
    """

    http_status = 415


class TooMuchAsked(CallError):
    """A body that is larger than any query that is run.

    Ask for the same in fewer words, or in several queries.
    """

    http_status = 413


class TooSlow(CallError):
    """A body that does not come.

    Send it again, at once.
    """

    http_status = 408


Pairs = list[tuple[str, str]]


def parameters(request: Request) -> Pairs:
    """Return the parameters of the address, in order; raise BadRequest for bytes that are not UTF-8."""
    return _pairs(request.scope["query_string"])


async def query_of(request: Request) -> Mapping[str, Any] | None:
    """Return the query of a request to the endpoint, as a job for a worker; None where it asks for the description.

    Raises BadRequest, UnsupportedMedia, TooMuchAsked, and QueryRefused for updates.
    """
    pairs = parameters(request)
    if request.method == "POST":
        media, _, options = request.headers.get("content-type", "").partition(";")
        media = media.strip().lower()
        if media == UPDATE:
            raise _update()
        if media not in (FORM, QUERY):
            raise UnsupportedMedia(f"the body must be {QUERY} or {FORM}; say which in Content-Type")
        if "charset" in options.lower() and "utf-8" not in options.lower():
            raise UnsupportedMedia("the body must be UTF-8")
        body = await _body(request)
        pairs = [*pairs, *_pairs(body)] if media == FORM else [*pairs, ("query", _text(body))]
    return _job(pairs, request)


def graph_of(request: Request) -> str | None:
    """Return the name of the graph that a request to the graph store asks for; None is the default graph.

    Raises BadRequest.
    """
    pairs = parameters(request)
    names = [name for name, _ in pairs]
    if names == ["default"]:
        return None
    if names == ["graph"] and pairs[0][1]:
        return pairs[0][1]
    raise BadRequest("say which graph: ?graph=IRI, or ?default for all of them together")


def _job(pairs: Pairs, request: Request) -> Mapping[str, Any] | None:
    if any(name in _UPDATES for name, _ in pairs):
        raise _update()
    asked = [value for name, value in pairs if name == "query"]
    if not asked and request.method in ("GET", "HEAD") and not pairs:
        return None
    if len(asked) != 1:
        raise BadRequest(f"a request has one query, and this one has {len(asked) or 'none'}")
    default = [value for name, value in pairs if name == "default-graph-uri"]
    named = [value for name, value in pairs if name == "named-graph-uri"]
    return {
        "work": "sparql",
        "query": asked[0],
        "default": default or None,
        "named": named or None,
        "base": f"{request.scope['scheme']}://{request.headers.get('host', '')}{request.scope['path']}",
        "accept": request.headers.get("accept", ""),
    }


def _update() -> QueryRefused:
    return QueryRefused("an update is not run: this graph is only read; change its sources and build it again")


async def _body(request: Request) -> bytes:
    parts, taken = [], 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                taken += len(part)
                if taken > _LARGEST:
                    raise TooMuchAsked(f"the body is larger than {_LARGEST:,} bytes")
                parts.append(part)
    except TimeoutError as error:
        raise TooSlow(f"the body did not come within {_PATIENCE} seconds") from error
    except ClientDisconnect as error:
        raise BadRequest("the client has gone") from error
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
