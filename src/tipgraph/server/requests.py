"""Parse requests of the SPARQL 1.1 Protocol."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import MultiDict
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
    asked = MultiDict(pairs)
    if media == UPDATE or "update" in asked:
        raise Refusal(403, "this graph is read only and takes no updates; change its sources and build it again")
    if not pairs and not media:
        return None
    if (count := len(asked.getlist("query"))) != 1:
        raise Refusal(400, f"a request needs one query, and this one has {count or 'none'}")
    base = f"{request.scope['scheme']}://{request.headers.get('host', '')}{request.scope['path']}"
    graphs = (asked.getlist(f"{name}-graph-uri") or None for name in ("default", "named"))
    return {"work": "sparql", "query": asked["query"], "dataset": [*graphs, base]}


async def _posted(request: Request) -> tuple[str, Pairs]:
    """Return the media type of a body, and the parameters in it; raise Refusal."""
    media, _, options = (part.strip().lower() for part in request.headers.get("content-type", "").partition(";"))
    if media not in (FORM, QUERY, UPDATE) or ("charset" in options and "utf-8" not in options):
        raise Refusal(415, f"the body must be {QUERY} or {FORM}, in UTF-8; name it in Content-Type")
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST:
                raise Refusal(413, f"the body is larger than {_LARGEST:,} bytes")
        return media, _pairs(bytes(body)) if media == FORM else [("query", body.decode("utf-8"))]
    except ClientDisconnect as error:
        raise Refusal(400, "the client closed its connection") from error
    except UnicodeDecodeError as error:
        raise Refusal(400, "the query is not UTF-8") from error


def _pairs(text: bytes) -> Pairs:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except ValueError as error:
        raise Refusal(400, f"the parameters are not UTF-8, percent-encoded, or more than {_MOST:,}") from error
