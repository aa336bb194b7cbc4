"""The addresses of a server, and what each of them does: mostly, to make a job of a request and hand it to a worker."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import urlencode

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tipgraph.errors import TipgraphError, UnknownName
from tipgraph.graph import Query
from tipgraph.model import DATA
from tipgraph.server import requests, void
from tipgraph.server.backpressure import Outgoing
from tipgraph.server.clients import client_of, share
from tipgraph.server.formats import FORMS, PAGE, TRIPLES, Offer, chosen
from tipgraph.server.limits import Limits
from tipgraph.server.middleware import CLIENT_GONE, ROUTE, problem
from tipgraph.server.pool import Pool
from tipgraph.server.query_jobs import JobAnswer

LONGER = 6  # times as long as a query an export may take
_LOOK = 0.25  # seconds between looks whether a client is still there


class ClientGone(TipgraphError):
    """Nobody who waits for the answer; 499 is what nginx calls it in its log.

    Nothing has to be done: the query was ended, and only the log and the metrics tell of it.
    """

    http_status = CLIENT_GONE


@dataclass
class AppState:
    """What the routes share: the two pools, what is on its way, and the manifest of what is answered from."""

    queries: Pool
    telling: Pool
    outgoing: Outgoing
    limits: Limits
    registry: CollectorRegistry
    manifest: Mapping[str, Any]

    async def ask(self, request: Request, job: Mapping[str, Any]) -> JobAnswer:
        """Let a worker for queries answer."""
        return await self._by(self.queries, request, job, self.limits.seconds)

    async def tell(self, request: Request, job: Mapping[str, Any], times: float = 1) -> JobAnswer:
        """Let a worker for questions and exports answer."""
        return await self._by(self.telling, request, job, self.limits.seconds * times)

    async def _by(self, pool: Pool, request: Request, job: Mapping[str, Any], seconds: float) -> JobAnswer:
        return await _while_there(request, pool.ask(job, share(client_of(request.scope)), seconds))


async def _while_there(request: Request, work: Coroutine[Any, Any, JobAnswer]) -> JobAnswer:
    """Wait for an answer as long as the client does; who has gone holds no worker. Raises ClientGone."""
    watch = _DisconnectWatch(request)
    try:
        return await work
    except asyncio.CancelledError:
        if not watch.gone:
            raise
        watch.asking.uncancel()
        raise ClientGone("the client has gone") from None
    finally:
        watch.end()


class _DisconnectWatch:
    """Cancels the task that it is made in when its client goes; it looks only where an answer takes a while."""

    def __init__(self, request: Request) -> None:
        self.asking = cast("asyncio.Task[Any]", asyncio.current_task())
        self.gone = False
        self._looking: asyncio.Task[None] | None = None
        self._begin = asyncio.get_running_loop().call_later(_LOOK, self._look, request)

    def _look(self, request: Request) -> None:
        self._looking = asyncio.create_task(self._until_gone(request))

    async def _until_gone(self, request: Request) -> None:
        while not await request.is_disconnected():
            await asyncio.sleep(_LOOK)
        self.gone = True
        self.asking.cancel()

    def end(self) -> None:
        self._begin.cancel()
        if self._looking:
            self._looking.cancel()


Work = Callable[[AppState, Request], Awaitable[JobAnswer | Response]]


def routes(desk: AppState) -> list[BaseRoute]:
    """Return the routes of a server, but for its pages."""

    def route(path: str, work: Work, *methods: str) -> Route:
        return Route(path, partial(_served, path, work, desk), methods=methods or ("GET",))

    return [
        route("/sparql", _sparql, "GET", "POST"),
        route("/graph-store", _graph_store),
        route("/void", _void),
        route("/.well-known/void", _void),
        route("/id/{path:path}", _thing),
        route("/ns", _term),
        route("/code", _term),
        route("/query", _questions),
        route("/query/{name}", _question),
        route("/export/{file}", _export),
        route("/openapi.json", _openapi),
        route("/health", _health),
        route("/metrics", _metrics),
    ]


async def _served(path: str, work: Work, desk: AppState, request: Request) -> Response:
    """Answer a request, or say what is wrong with it."""
    request.scope[ROUTE] = path
    try:
        answer = await work(desk, request)
        return answer if isinstance(answer, Response) else desk.outgoing.response(answer)
    except TipgraphError as error:
        return problem(error.http_status, str(error), _hints(error.http_status))


def _hints(status: int) -> dict[str, str]:
    return {"retry-after": "2"} if status == 503 else {}


async def _sparql(desk: AppState, request: Request) -> JobAnswer | Response:
    job = await requests.query_of(request)
    if job is None:
        return _page(request, "/ask.html") or await _void(desk, request)
    return await desk.ask(request, job)


async def _graph_store(desk: AppState, request: Request) -> JobAnswer:
    job = {"work": "stored", "graph": requests.graph_of(request), "accept": request.headers.get("accept", "")}
    return await desk.ask(request, job)


async def _void(desk: AppState, request: Request) -> JobAnswer:
    return void.described(desk.manifest, _root(request), desk.limits, request.headers.get("accept", ""))


async def _thing(desk: AppState, request: Request) -> JobAnswer:
    path, accept = request.path_params["path"], request.headers.get("accept", "")
    stem, _, suffix = path.rpartition(".")
    if stem and (asked := [offer.media[0] for offer in TRIPLES if offer.name == suffix]):
        path, accept = stem, asked[0]
    return await desk.tell(request, {"work": "described", "node": DATA + path, "accept": accept})


async def _term(desk: AppState, request: Request) -> JobAnswer | Response:
    """Give the ontology, of which every term is a part, or the page that says it."""
    job = {"work": "stored", "graph": f"{DATA}ontology", "accept": request.headers.get("accept", "")}
    return _page(request, "/ontology.html") or await desk.ask(request, job)


async def _questions(_: AppState, request: Request) -> Response:
    if page := _page(request, "/questions.html"):
        return page
    language = dict(requests.parameters(request)).get("lang", "en")
    return _json([{**one.described(language), "url": f"{_root(request)}/query/{one.name}"} for one in Query.all()])


async def _question(desk: AppState, request: Request) -> JobAnswer | Response:
    name, _, suffix = request.path_params["name"].partition(".")
    form = suffix or chosen(request.headers.get("accept", ""), _FORMS).name
    if form == PAGE.name:
        Query.find(name)
        values = requests.parameters(request)
        language = "es/" if ("lang", "es") in values else ""
        asked = urlencode([("question", name), *(pair for pair in values if pair[0] != "lang")])
        return RedirectResponse(f"/{language}ask.html#{asked}", 303)
    if form not in FORMS:
        raise UnknownName(f".{suffix} is no format of answers; they are {', '.join(FORMS)}")
    job = {"work": "question", "name": name, "values": requests.parameters(request), "form": form}
    return await desk.tell(request, job)


_JSON = Offer("json", ("application/json",), PAGE.format)
_FORMS = (_JSON, Offer("csv", ("text/csv",), PAGE.format), PAGE)


async def _export(desk: AppState, request: Request) -> JobAnswer:
    job = {"work": "export", "file": request.path_params["file"], "values": requests.parameters(request)}
    return await desk.tell(request, job, LONGER)


async def _openapi(desk: AppState, request: Request) -> JobAnswer:
    return await desk.tell(request, {"work": "openapi", "root": _root(request)})


async def _health(desk: AppState, _: Request) -> Response:
    """Tell whether queries are answered: now, or as soon as a worker is up again that is being replaced."""
    told = "ok" if desk.telling.is_able else "no worker for questions and exports can be started; see the log"
    said = {
        "status": told if desk.queries.is_able else "no worker can be started; see the log",
        "statements": desk.manifest.get("statements"),
        "digest": desk.manifest.get("digest"),
        "workers": desk.queries.ready,
        "busy": desk.queries.busy,
        "waiting": desk.queries.waiting,
    }
    return _json(said, 200 if desk.queries.is_able else 503)


async def _metrics(desk: AppState, _: Request) -> Response:
    return Response(generate_latest(desk.registry), headers={"content-type": CONTENT_TYPE_LATEST})


def _page(request: Request, path: str) -> Response | None:
    """Return the way to a page, where that is what the client likes best."""
    accept = request.headers.get("accept", "")
    return RedirectResponse(path, 303) if chosen(accept, (*TRIPLES, PAGE, _JSON)) is PAGE else None


def _json(content: object, status: int = 200) -> Response:
    body = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Response(body.encode("utf-8"), status, media_type="application/json")


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")
