"""The server of the review page: its files, the state of one session, and the actions of a person as JSON.

    browser  →  Guard (host)  →  _Visitor (token, origin, media type)  →  Review  →  the session of this process

All addresses but the entrance are below a path that nobody can guess. A browser sends a cookie to all ports of a host,
and so to the servers of other users of this machine; this cookie is of the path alone.

Decision: docs/decisions/0154-the-review-page-is-served-by-this-machine.md.
"""

import asyncio
import hmac
import json
import secrets
import webbrowser
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from inspect import Parameter, signature
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request, cookie_parser
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tipgraph.errors import InputError, StaleVersion, TipgraphError, UnknownName
from tipgraph.outputs import REVIEW_FILES
from tipgraph.runtime import visible
from tipgraph.server.guard import IN_HOUSE_HEADERS, Guard, hosts, problem, problem_of
from tipgraph.server.options import Refusal
from tipgraph.server.requests import body
from tipgraph.server.service import bound, run
from tipgraph.sources import documents

if TYPE_CHECKING:
    from tipgraph.curation import DraftSession
    from tipgraph.outputs import ShownDocument

_HOST = "127.0.0.1"
_PATIENCE = 5  # seconds for a decision that is being saved when the server stops
_LARGEST = 64 << 10  # bytes of the body of an action
_JSON = "application/json"
ACTIONS = ("accept", "edit", "reject", "miss", "correct", "remove", "later", "done", "reveal", "scope", "undo")
Record: TypeAlias = dict[str, Any]
_KEPT = 32  # pictures of pages
_ANSWERED = 64  # the last actions; a page repeats only its last one
_LONGEST_KEY = 64


def review_drafts(
    session: "DraftSession",
    document: "ShownDocument | None",
    page: str,
    *,
    port: int = 0,
    browser: bool = True,
    told: Callable[[str], None] = print,
) -> None:
    """Serve the review page of a session to this machine until SIGINT or SIGTERM; `told` gets its address.

    `document` has the pages of the source, if it has some; `page` is the text of `review_page`. Port 0 is a free one.
    Raises CallError for a port in use.
    """
    with bound(_HOST, port) as listening:
        own_port, token, ticket = listening.getsockname()[1], secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        entrance = f"http://{_HOST}:{own_port}/?token="
        told(f"the review page, for this machine only: {entrance}{token}")
        told("Ctrl-C stops it; each decision is saved already")
        if browser:
            # Other users can read the arguments of a browser; a text browser does not return.
            Thread(target=webbrowser.open, args=[entrance + ticket], daemon=True).start()
        place = f"/{secrets.token_hex(16)}"
        app = Starlette(
            routes=[Mount(place, routes=Review(session, document, page).routes())],
            middleware=[
                Middleware(Guard, hosts=hosts(_HOST), in_house=True),
                Middleware(_Visitor, place=f"{place}/", token=token, port=own_port, ticket=ticket),
            ],
            exception_handlers={HTTPException: problem_of, TipgraphError: problem_of},
        )
        headers = [*IN_HOUSE_HEADERS, ("cache-control", "no-store")]
        run(app, listening, headers, lifespan="off", proxy_headers=False, timeout_graceful_shutdown=_PATIENCE)


class Review:
    """A session and its document, one request at a time.

    With the pages of the document, each draft and claim has the boxes of its words.
    """

    def __init__(self, session: "DraftSession", document: "ShownDocument | None", page: str) -> None:
        self._session, self._document, self._page = session, document, page
        self._lock = asyncio.Lock()
        self._drawn = lru_cache(_KEPT)(self._draw)
        self._answers: OrderedDict[str, Record] = OrderedDict()

    def routes(self) -> list[Route]:
        """Return the routes of the page."""
        shown = {
            "/": self.show,
            "/state": self.state,
            "/page/{number:int}.png": self.picture,
            "/assets/{name}": self.asset,
        }
        acts = {"/value": self.value, **{f"/{name}": self.act for name in ACTIONS}}
        return [
            *(Route(path, work) for path, work in shown.items()),
            *(Route(path, work, methods=["POST"]) for path, work in acts.items()),
        ]

    async def show(self, _: Request) -> Response:
        """Return the page."""
        return Response(self._page, media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """Return a script or a style of the page."""
        if path := REVIEW_FILES.get(request.path_params["name"]):
            return FileResponse(path)
        raise HTTPException(404)

    async def picture(self, request: Request) -> Response:
        """Return the picture of a page of the document; raise UnknownName for a page that cannot be drawn."""
        picture = await run_in_threadpool(self._drawn, request.path_params["number"])
        return Response(picture, media_type="image/png")

    async def state(self, request: Request) -> Response:
        """Return the state; nothing if it still has the version that the page names."""
        record = await self._all()
        is_known = record["version"] == request.query_params.get("version")
        return Response(status_code=204) if is_known else JSONResponse(record)

    async def value(self, request: Request) -> Response:
        """Return the cells that words of the text fill; raise Refusal (400) for other arguments than its own."""
        arguments = _arguments(self._session.value, await _values(request))
        return JSONResponse(await self._called(partial(self._session.value, **arguments)))

    async def act(self, request: Request) -> Response:
        """Return what an action changed, or its faults; the whole state to a page that has an older one.

        An action with the key of an earlier one is that one, sent again, and gets its answer. Raises Refusal (400) for
        other arguments than its own and a `key`, and the errors of the action.
        """
        action = getattr(self._session, request.url.path.rpartition("/")[2])
        key, own = _keyed(await _values(request))
        call = partial(action, **_arguments(action, own))
        try:
            async with self._lock:
                answer = self._answers.get(key) or await self._called(call)
                if "faults" not in answer:  # with faults, nothing was written
                    self._answers[key] = answer
                if len(self._answers) > _ANSWERED:
                    self._answers.popitem(last=False)
            return JSONResponse(answer)
        except StaleVersion as error:
            return JSONResponse(await self._all(), error.http_status)

    async def _all(self) -> Record:
        async with self._lock:
            state = await self._called(self._session.state)
        return {**state, "pages": self._document.layout.pages if self._document else []}

    async def _called(self, call: Callable[[], Record]) -> Record:
        shown: Record = _shown(self._with_boxes(await run_in_threadpool(call)))
        return shown

    def _with_boxes(self, record: Record) -> Record:
        """Return a state whose drafts and claims have the boxes of their words: page, left, top, right and bottom."""
        boxes = self._document.layout.boxes if self._document else lambda *_: ()
        for paragraph in record.get("paragraphs", ()):
            for draft in paragraph["drafts"]:
                draft["boxes"] = boxes(draft["start"], draft["end"])
            for claim in paragraph["rows"]:
                claim["boxes"] = [box for span in claim["quotes"] for box in boxes(*span)]
        return record

    def _draw(self, page: int) -> bytes:
        if self._document is None or not 1 <= page <= len(self._document.layout.pages):
            raise UnknownName(f"there is no page {page}")
        try:
            return documents.picture(self._document.path, page)
        except InputError as error:
            raise UnknownName(f"page {page} cannot be drawn") from error


def _shown(value: Any) -> Any:
    """Return a part of a state with its hidden characters made visible, one for one, so that offsets stay."""
    if isinstance(value, dict):
        return {name: _shown(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(part) for part in value]
    return visible(value) if isinstance(value, str) else value


def _keyed(values: object) -> tuple[str, object]:
    """Return the key of an action, and the rest of its body."""
    key = values.get("key") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(key, str) or not 0 < len(key) <= _LONGEST_KEY:
        raise Refusal(400, f"the body must be a JSON object with a key of at most {_LONGEST_KEY} letters")
    return key, {name: value for name, value in values.items() if name != "key"}


def _arguments(action: Callable[..., object], values: object) -> Mapping[str, Any]:
    """Return the arguments of an action by name; raise Refusal (400) unless they are all there, each of its type."""
    named = signature(action).parameters
    if not isinstance(values, dict) or values.keys() != named.keys():
        raise Refusal(400, f"the body must be a JSON object of {', '.join(named)}")
    for name, parameter in named.items():
        if type(values[name]) not in _types(parameter):  # true is no number
            raise Refusal(400, f"{name} has the wrong type")
    return values


def _types(parameter: Parameter) -> tuple[type, ...]:
    """Return the types of JSON that a parameter takes."""
    known: dict[object, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float)}
    return known.get(parameter.annotation, (list, dict))


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


async def _values(request: Request) -> object:
    """Return the body of a request; raise Refusal (400) if it is no JSON."""
    try:
        values = json.loads(await body(request, _LARGEST), parse_constant=_refused)
        json.dumps(values, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "the body is no JSON") from error
    return values


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON")
