"""What stands before every route: who may ask, how often, and what every answer carries."""

import base64
import hmac
import logging
import re
import time
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

from tipgraph.hostile import visible

log = logging.getLogger("tipgraph.server")
ROUTE = "tipgraph.route"  # where in a scope the route is noted that answers
OPEN = ("/health",)  # what is answered without a token
_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::\d{1,5})?")
_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _PAGES.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class Access(NamedTuple):
    """Who may ask: names of the host that requests are sent to, a secret if there is one, and how often a second."""

    hosts: frozenset[str]
    token: str = ""
    rate: int = 0


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error as a problem document (RFC 9457)."""
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


class Guard:
    """Asks of each request whether it may be answered; adds headers, counts, and a log line without its query."""

    def __init__(self, app: ASGIApp, access: Access, registry: CollectorRegistry) -> None:
        """Stand before an application."""
        self._app, self._access = app, access
        self._rates = FixedWindowRateLimiter(MemoryStorage()) if access.rate else None
        self._rate = RateLimitItemPerSecond(max(1, access.rate))
        self._answered = Counter(
            "tipgraph_requests_total", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._took = Histogram("tipgraph_request_seconds", "Seconds until an answer was sent.", registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, sent = time.perf_counter(), [0, 0]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent[0] = message["status"]
                message["headers"] = [*message["headers"], *_HEADERS]
            else:
                sent[1] += len(message.get("body", b""))
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, sending)
        self._tell(scope, sent[0], sent[1], time.perf_counter() - begun)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if _host(headers.get("host", "")) not in self._access.hosts:
            return problem(421, "this server does not go by that name; see --allow-host")
        if self._rates and not self._rates.hit(self._rate, client_of(scope)):
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
        log.info("%s %s %s %d %d ms %d B", client_of(scope), _method(scope), path, status, seconds * 1000, size)


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


def client_of(scope: Scope) -> str:
    """Return who asks: the address of the other end of the connection."""
    return scope["client"][0] if scope.get("client") else "unknown"


def _method(scope: Scope) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    return scope["method"] if scope["method"] in known else "other"
