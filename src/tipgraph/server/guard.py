"""The middleware before all routes: the host, a rate and a token; a line of log; and the headers of all answers."""

import base64
import hmac
import logging
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import cast

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tipgraph.errors import TipgraphError
from tipgraph.runtime import visible

log = logging.getLogger("tipgraph.server")
_OPEN = "/health"  # a path that needs no token
_PORT = re.compile(r":\d{1,5}$", re.ASCII)
_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = [  # of all answers, those of uvicorn too
    ("content-security-policy", _PAGES),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
]
_NOTHING = "nothing is here; / has the pages, and the guide to the server lists all other addresses"


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error as a problem document (RFC 9457)."""
    wait = {"retry-after": "1"} if status in (429, 503) else {}
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(content, status, wait | (headers or {}), media_type="application/problem+json")


async def problem_of(_: Request, error: Exception) -> Response:
    """Return an error of tipgraph or of Starlette as a problem."""
    if isinstance(error, TipgraphError):
        return problem(error.http_status, str(error))
    error = cast(HTTPException, error)
    headers = {name: ", ".join(sorted(value.split(", "))) for name, value in (error.headers or {}).items()}
    details = {404: _NOTHING, 405: f"this address takes {headers.get('Allow')} only"}
    return problem(error.status_code, details.get(error.status_code, error.detail), headers)


class Guard:
    """Refuses or passes on each request, and logs a line without its query.

    `hosts` are the names of the server, `token` is needed unless empty, `rate` is requests a second of one client, 0
    for no limit. Pages of other sites send no request to an `in_house` server.
    """

    def __init__(
        self, app: ASGIApp, hosts: frozenset[str], token: str = "", rate: int = 0, *, in_house: bool = False
    ) -> None:
        self._app, self._hosts, self._token, self._rate, self._in_house = app, hosts, token, rate, in_house
        self._second, self._asked = 0, Counter[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status, size = time.perf_counter(), 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            status, size = message.get("status", status), size + len(message.get("body", b""))
            await send(message)

        try:
            await (self._refusal(scope) or self._app)(scope, receive, sending)
        finally:
            if log.isEnabledFor(logging.INFO):
                path, took = " ".join(visible(scope["path"][:200]).split()), (time.perf_counter() - start) * 1000
                log.info("%s %s %s %d %d ms %d B", client_of(scope), scope["method"], path, status, took, size)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        named = headers.getlist("host")
        if len(named) > 1 or (not named and scope["http_version"] == "1.1"):
            return problem(400, f"a request needs one Host header, and this one has {len(named) or 'none'}")
        if _PORT.sub("", "".join(named).lower()) not in self._hosts:
            return problem(421, "this server has another name; who runs it can add this one with --allow-host")
        if self._in_house and headers.get("sec-fetch-site", "").strip().lower() == "cross-site":
            return problem(403, "in-house pages are not for pages of other sites; type the address")
        if self._is_too_often(client_of(scope)):
            return problem(429, f"more than {self._rate} requests a second; wait a little")
        is_open = not self._token or scope["path"] == _OPEN or scope["method"] == "OPTIONS"
        if not is_open and not self._is_known(headers.get("authorization", "")):
            asking = {"www-authenticate": 'Basic realm="tipgraph", charset="UTF-8"'}
            return problem(401, "a token is needed, as bearer or as password with any user name", asking)
        return None

    def _is_too_often(self, client: str) -> bool:
        if (second := int(time.monotonic())) != self._second:
            self._second, self._asked = second, Counter()
        self._asked[client] += 1
        return 0 < self._rate < self._asked[client]

    def _is_known(self, authorization: str) -> bool:
        """Tell whether a request has the token, as bearer or as a password."""
        kind, _, secret = authorization.partition(" ")
        if kind.lower() == "basic":
            with suppress(ValueError):
                secret = base64.b64decode(secret, validate=True).decode("utf-8").partition(":")[2]
        is_same = hmac.compare_digest(secret.strip().encode("utf-8"), self._token.encode("utf-8"))
        return is_same and kind.lower() in ("basic", "bearer")


def client_of(scope: Scope) -> str:
    """Return the address of a client: of the connection, or as a trusted proxy named it."""
    return visible(str(scope["client"][0]))[:100] if scope.get("client") else "unknown"


def hosts(host: str, names: Sequence[str] = ()) -> frozenset[str]:
    """Return the names of the server, as a Host header has them: of this machine, of its address, and `names`.

    >>> sorted(hosts("::1", ["Graph.example.org"]))
    ['127.0.0.1', '[::1]', 'graph.example.org', 'localhost']
    """
    known = (name.strip("[]").lower() for name in ("localhost", "127.0.0.1", "::1", host, *names))
    return frozenset(f"[{name}]" if ":" in name else name for name in known)
