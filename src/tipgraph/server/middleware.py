"""What stands before every route: who may ask, how often and how much at a time; and what every answer carries."""

import base64
import hmac
import logging
import re
import time
from collections import Counter as Count
from collections.abc import Sequence
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
ROUTE = "tipgraph.route"  # where in a scope the route is noted that answers
CLIENT_GONE = 499  # a status for the log: HTTP has none, nor a phrase
OPEN = ("/health",)  # what is answered without a token
_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?")
_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = [  # of every answer, also of those that uvicorn gives by itself
    ("content-security-policy", _PAGES),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
]
_AT_ONCE = 64  # requests of one client that are answered at a time, through however many connections


class Access(NamedTuple):
    """Who may ask: names of the host that requests are sent to, a secret if there is one, and how often a second.

    `proxies` are those whose word is taken on who asks.
    """

    hosts: frozenset[str]
    token: str = ""
    rate: int = 0
    proxies: clients.Networks = ()


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error as a problem document (RFC 9457)."""
    title = "Client Gone" if status == CLIENT_GONE else HTTPStatus(status).phrase
    content = {"title": title, "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


class Guard:
    """Asks of each request whether it may be answered; counts, and logs a line without its query."""

    def __init__(self, app: ASGIApp, access: Access, registry: CollectorRegistry) -> None:
        """Stand before an application."""
        self._app, self._access = app, access
        self._rates = FixedWindowRateLimiter(MemoryStorage()) if access.rate else None
        self._rate = RateLimitItemPerSecond(max(1, access.rate))
        self._open = Count[str]()
        self._answered = Counter(
            "tipgraph_requests_total", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._took = Histogram("tipgraph_request_seconds", "Seconds until an answer was sent.", registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, sent = time.perf_counter(), [500, 0]  # what is said of a request that fails before its answer

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
            self._tell(scope, sent[0], sent[1], time.perf_counter() - begun)

    def _refusal(self, scope: Scope, client: str) -> Response | None:
        headers = Headers(scope=scope)
        named = headers.getlist("host")
        if len(named) > 1 or (not named and scope["http_version"] == "1.1"):
            return problem(400, f"a request has one Host header, and this one has {len(named) or 'none'}")
        if _host("".join(named)) not in self._access.hosts:
            return problem(421, "this server does not go by that name; see --allow-host")
        if self._open[client] > _AT_ONCE:
            return problem(429, f"more than {_AT_ONCE} requests at a time; wait for answers", {"retry-after": "1"})
        if self._rates and not self._rates.hit(self._rate, client):
            return problem(429, f"more than {self._access.rate} requests a second; wait a little", {"retry-after": "1"})
        asked = self._access.token and scope["path"] not in OPEN and scope["method"] != "OPTIONS"
        if asked and not self._knows(headers.get("authorization", "")):
            asking = {"www-authenticate": 'Basic realm="tipgraph", charset="UTF-8"'}
            return problem(401, "a token is asked for, as a bearer or as the password of any name", asking)
        return None

    def _knows(self, authorization: str) -> bool:
        kind, _, told = authorization.partition(" ")
        if kind.lower() == "basic":
            try:
                told = base64.b64decode(told, validate=True).decode("utf-8").partition(":")[2]
            except ValueError:
                return False
        elif kind.lower() != "bearer":
            return False
        return hmac.compare_digest(told.strip().encode("utf-8"), self._access.token.encode("utf-8"))

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        self._answered.labels(_method(scope), scope.get(ROUTE, "page"), status).inc()
        self._took.observe(seconds)
        if not log.isEnabledFor(logging.INFO):
            return
        path = " ".join(visible(scope["path"][:200]).split())
        log.info("%s %s %s %d %d ms %d B", clients.client_of(scope), _method(scope), path, status, seconds * 1000, size)


def hosts(names: Sequence[str], host: str) -> frozenset[str]:
    """Return the names that requests may be sent to: those of this machine, that of the address, and others given."""
    own = ("localhost", "127.0.0.1", "::1")
    return frozenset(name.lower() for name in (*own, host.strip("[]"), *names))


def _host(told: str) -> str:
    """Return the host of a Host header, without its port; empty for what is none.

    >>> _host("[::1]:8080"), _host("Example.org:80")
    ('::1', 'example.org')
    """
    found = _HOST.fullmatch(told.lower())
    return (found[1] or found[2]) if found else ""


def _method(scope: Scope) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    return scope["method"] if scope["method"] in known else "other"
