"""The application of the review page: its files, the state of one session, and the actions of a person as JSON.

    browser  →  Guard (host)  →  _Visitor (token, origin, media type)  →  ReviewState  →  the session of this process

All addresses but the entrance are below a path that nobody can guess. A browser sends a cookie to all ports of a host,
and so to the servers of other users of this machine; this cookie is of the path alone.

Decision: docs/decisions/0154-the-review-page-is-served-by-this-machine.md.
"""

import hmac
import json
from collections.abc import Awaitable, Callable
from functools import partial
from hashlib import sha256

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request, cookie_parser
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tipgraph.errors import StaleVersion, TipgraphError
from tipgraph.outputs import REVIEW_FILES
from tipgraph.server.middleware import Access, Guard, hosts, problem
from tipgraph.server.requests import BadRequest, body
from tipgraph.server.review_state import ACTIONS, ReviewState

_LARGEST = 64 << 10  # bytes of the body of an action
_JSON = "application/json"


def review_application(state: ReviewState, page: str, token: str, port: int, ticket: str = "") -> Starlette:
    """Return the application that serves the page of a review to the browser that has the token, on this machine.

    `ticket` lets one browser in, once, without the token.
    """
    place = "/" + sha256(token.encode()).hexdigest()[:32]

    def route(path: str, work: Callable[[Request], Awaitable[Response]], method: str = "GET") -> Route:
        return Route(path, partial(_served, work), methods=[method])

    routes = [
        route("/", partial(_page, page)),
        route("/state", partial(_state, state)),
        route("/page/{number:int}.png", partial(_picture, state)),
        Route("/assets/{name}", _asset),
        route("/value", partial(_value, state), "POST"),
        *(route(f"/{name}", partial(_action, state, name), "POST") for name in ACTIONS),
    ]
    return Starlette(
        routes=[Mount(place, routes=routes)],
        middleware=[
            Middleware(Guard, access=Access(hosts((), "127.0.0.1"), in_house=True), registry=CollectorRegistry()),
            Middleware(_Visitor, place=f"{place}/", token=token, port=port, ticket=ticket),
        ],
        exception_handlers={HTTPException: _problem_of},
    )


class _Visitor:
    """Passes on the requests of the page itself: with the token, and actions from its origin and as JSON.

    The token is in the address once, and then in a cookie that no script reads and no other site sends. The ticket is
    good once: it is in the arguments of the browser, which other users of the machine can read.
    """

    def __init__(self, app: ASGIApp, place: str, token: str, port: int, ticket: str) -> None:
        self._app, self._place, self._token, self._port, self._ticket = app, place, token, port, ticket
        self._cookie = f"tipgraph-review-{port}"  # the ports of a host share their cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """Return the answer to a request that the application does not get."""
        headers, named = Headers(scope=scope), QueryParams(scope["query_string"]).get("token", "")
        if scope["path"] == "/" and (self._is_token(named) or self._is_ticket(named)):
            return self._entered()
        if not self._is_token(cookie_parser(headers.get("cookie", "")).get(self._cookie, "")):
            return problem(401, "open the address that `tipgraph review drafts` printed: it has the token")
        return self._refusal(headers) if scope["method"] == "POST" else None

    def _refusal(self, headers: Headers) -> Response | None:
        host = headers.get("host", "").lower()
        if not host.endswith(f":{self._port}") or headers.get("origin", "").lower() != f"http://{host}":
            return problem(403, "only the page itself may decide")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            return problem(415, f"the body must be {_JSON}; name it in Content-Type")
        return None

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8"), self._token.encode("utf-8"))

    def _is_ticket(self, text: str) -> bool:
        """Return whether this is the ticket, and take it."""
        is_good = bool(self._ticket) and hmac.compare_digest(text.encode("utf-8"), self._ticket.encode("utf-8"))
        self._ticket = "" if is_good else self._ticket
        return is_good

    def _entered(self) -> Response:
        """Keep the token in a cookie of the place alone, and remove it from the address."""
        answer = RedirectResponse(self._place, 303)
        answer.set_cookie(self._cookie, self._token, path=self._place, httponly=True, samesite="strict")
        return answer


async def _served(work: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    """Answer a request, or return the problem."""
    try:
        return await work(request)
    except TipgraphError as error:
        return problem(error.http_status, str(error))


async def _page(page: str, _: Request) -> Response:
    return Response(page, media_type="text/html")


async def _asset(request: Request) -> Response:
    path = REVIEW_FILES.get(request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path)


async def _state(state: ReviewState, request: Request) -> Response:
    """Return the state; nothing if it still has the version that the page names."""
    record = await state.all()
    if record["version"] == request.query_params.get("version"):
        return Response(status_code=204)
    return JSONResponse(record)


async def _action(state: ReviewState, name: str, request: Request) -> Response:
    """Return what an action changed, or its faults; the whole state to a page that has an older one."""
    values = await _values(request)
    try:
        return JSONResponse(await state.act(name, values))
    except StaleVersion as error:
        return JSONResponse(await state.all(), error.http_status)


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON")


async def _value(state: ReviewState, request: Request) -> Response:
    """Return the cells that words of the text fill."""
    return JSONResponse(await state.value(await _values(request)))


async def _values(request: Request) -> object:
    """Return the body of a request; raise BadRequest if it is no JSON."""
    try:
        values = json.loads(await body(request, _LARGEST), parse_constant=_refused)
        json.dumps(values, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError) as error:
        raise BadRequest("the body is no JSON") from error
    return values


async def _picture(state: ReviewState, request: Request) -> Response:
    return Response(await state.picture(request.path_params["number"]), media_type="image/png")


async def _problem_of(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return problem(error.status_code, "there is nothing for this method here", dict(error.headers or {}))
