"""The middleware before all routes: access, rates and metrics of requests; and the headers of all answers."""

import base64
import hmac
import logging
import re
import time
from collections import Counter as Count
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tipgraph.runtime import visible
from tipgraph.server import clients

log = logging.getLogger("tipgraph.server")
ROUTE = "tipgraph.route"  # the key of the route in a scope
CLIENT_GONE = 499  # a status for the log, which HTTP does not have
OPEN = ("/health",)  # paths that need no token
_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?")
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
]
IN_HOUSE_HEADERS = [*HEADERS, ("cross-origin-resource-policy", "same-origin")]  # of an in-house server
_AT_ONCE = 64  # concurrent requests of one client, over all of its connections


class Access(NamedTuple):
    """Who has access: the names of the host, a token (or none), and requests a second.

    `proxies` are trusted to name their clients. Pages of other sites send no request to an `in_house` server.
    """

    hosts: frozenset[str]
    token: str = ""
    rate: int = 0
    proxies: clients.Networks = ()
    in_house: bool = False


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error as a problem document (RFC 9457)."""
    title = "Client Gone" if status == CLIENT_GONE else HTTPStatus(status).phrase
    content = {"title": title, "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


class Guard:
    """Refuses or passes on each request; counts it, and logs a line without its query."""

    def __init__(self, app: ASGIApp, access: Access, registry: CollectorRegistry) -> None:
        """Wrap an application."""
        self._app, self._access = app, access
        self._rates = FixedWindowRateLimiter(MemoryStorage()) if access.rate else None
        self._rate = RateLimitItemPerSecond(max(1, access.rate))
        self._open = Count[str]()
        self._answered = Counter(
            "tipgraph_requests_total", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._took = Histogram("tipgraph_request_seconds", "Seconds until an answer was sent.", registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, sent = time.perf_counter(), [500, 0]  # for a request that fails before its answer

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent[0] = message["status"]
            else:
                sent[1] += len(message.get("body", b""))
            await send(message)

        client = clients.share(clients.note(scope, self._access.proxies))
        self._open[client] += 1
        try:
            await (self._refusal(scope, client) or self._app)(scope, receive, sending)
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]
            self._record(scope, sent[0], sent[1], time.perf_counter() - start)

    def _refusal(self, scope: Scope, client: str) -> Response | None:
        headers = Headers(scope=scope)
        named = headers.getlist("host")
        if len(named) > 1 or (not named and scope["http_version"] == "1.1"):
            return problem(400, f"a request needs one Host header, and this one has {len(named) or 'none'}")
        if _host("".join(named)) not in self._access.hosts:
            return problem(421, "this server has another name; see --allow-host")
        if self._access.in_house and headers.get("sec-fetch-site", "").strip().lower() == "cross-site":
            return problem(403, "in-house pages are not for pages of other sites; type the address")
        if self._open[client] > _AT_ONCE:
            return problem(429, f"more than {_AT_ONCE} requests at a time; wait for answers", {"retry-after": "1"})
        if self._rates and not self._rates.hit(self._rate, client):
            return problem(429, f"more than {self._access.rate} requests a second; wait a little", {"retry-after": "1"})
        needs_token = self._access.token and scope["path"] not in OPEN and scope["method"] != "OPTIONS"
        if needs_token and not self._is_authorized(headers.get("authorization", "")):
            asking = {"www-authenticate": 'Basic realm="tipgraph", charset="UTF-8"'}
            return problem(401, "a token is needed, as bearer or as password with any user name", asking)
        return None

    def _is_authorized(self, authorization: str) -> bool:
        kind, _, secret = authorization.partition(" ")
        if kind.lower() == "basic":
            try:
                secret = base64.b64decode(secret, validate=True).decode("utf-8").partition(":")[2]
            except ValueError:
                return False
        elif kind.lower() != "bearer":
            return False
        return hmac.compare_digest(secret.strip().encode("utf-8"), self._access.token.encode("utf-8"))

    def _record(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        self._answered.labels(_method(scope), scope.get(ROUTE, "page"), status).inc()
        self._took.observe(seconds)
        if not log.isEnabledFor(logging.INFO):
            return
        path = " ".join(visible(scope["path"][:200]).split())
        log.info("%s %s %s %d %d ms %d B", clients.client_of(scope), _method(scope), path, status, seconds * 1000, size)


def hosts(names: Sequence[str], host: str) -> frozenset[str]:
    """Return the names of the server: of this machine, of its address, and `names`."""
    own = ("localhost", "127.0.0.1", "::1")
    return frozenset(name.lower() for name in (*own, host.strip("[]"), *names))


@lru_cache(maxsize=256)
def _host(header: str) -> str:
    """Return the host of a Host header, without its port; empty for an invalid one.

    >>> _host("[::1]:8080"), _host("Example.org:80")
    ('::1', 'example.org')
    """
    match = _HOST.fullmatch(header.lower())
    return (match[1] or match[2]) if match else ""


def _method(scope: Scope) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    return scope["method"] if scope["method"] in known else "other"
