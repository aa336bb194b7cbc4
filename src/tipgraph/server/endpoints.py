"""The routes of a server: most make a job of a request and give it to a worker."""

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
from starlette.types import ASGIApp, Receive, Scope, Send

from tipgraph.analysis import question_parameters
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

LONGER = 6  # an export may take so many times as long as a query
_SPARQL = "/sparql"
_LOOK = 0.25  # seconds between checks whether a client is still connected


class ClientGone(TipgraphError):
    """The client closed its connection before the answer; 499 as in the log of nginx.

    There is nothing to do: the query was ended. The log and the metrics count it.
    """

    http_status = CLIENT_GONE


@dataclass
class AppState:
    """The state that routes share: two pools, answers being sent, limits, metrics, and the manifest of the graph."""

    queries: Pool
    exports: Pool
    outgoing: Outgoing
    limits: Limits
    registry: CollectorRegistry
    manifest: Mapping[str, Any]

    async def ask_query(self, request: Request, job: Mapping[str, Any]) -> JobAnswer:
        """Return the answer of a worker for queries."""
        return await self._ask_pool(self.queries, request, job, self.limits.seconds)

    async def ask_export(self, request: Request, job: Mapping[str, Any], times: float = 1) -> JobAnswer:
        """Return the answer of a worker for questions and exports."""
        return await self._ask_pool(self.exports, request, job, self.limits.seconds * times)

    async def _ask_pool(self, pool: Pool, request: Request, job: Mapping[str, Any], seconds: float) -> JobAnswer:
        return await _while_connected(request, pool.ask(job, share(client_of(request.scope)), seconds))


async def _while_connected(request: Request, work: Coroutine[Any, Any, JobAnswer]) -> JobAnswer:
    """Wait for an answer while the client is connected; raise ClientGone, and free the worker, once it is not."""
    watch = _DisconnectWatch(request)
    try:
        return await work
    except asyncio.CancelledError:
        if not watch.gone:
            raise
        watch.task.uncancel()
        raise ClientGone("the client closed its connection") from None
    finally:
        watch.end()


class _DisconnectWatch:
    """Cancels the current task when its client disconnects; it checks only if an answer takes a while."""

    def __init__(self, request: Request) -> None:
        self.task = cast("asyncio.Task[Any]", asyncio.current_task())
        self.gone = False
        self._looking: asyncio.Task[None] | None = None
        self._begin = asyncio.get_running_loop().call_later(_LOOK, self._look, request)

    def _look(self, request: Request) -> None:
        self._looking = asyncio.create_task(self._until_gone(request))

    async def _until_gone(self, request: Request) -> None:
        while not await request.is_disconnected():
            await asyncio.sleep(_LOOK)
        self.gone = True
        self.task.cancel()

    def end(self) -> None:
        self._begin.cancel()
        if self._looking:
            self._looking.cancel()


Work = Callable[[AppState, Request], Awaitable[JobAnswer | Response]]


def routes(state: AppState) -> list[BaseRoute]:
    """Return the routes of a server, without its pages."""

    def route(path: str, work: Work, *methods: str) -> Route:
        return Route(path, partial(_served, path, work, state), methods=methods or ("GET",))

    return [
        route(_SPARQL, _sparql, "GET", "POST"),  # for other methods: `SparqlEndpoint` answers these
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


async def _served(path: str, work: Work, state: AppState, request: Request) -> Response:
    """Answer a request, or return the problem."""
    request.scope[ROUTE] = path
    try:
        answer = await work(state, request)
        return answer if isinstance(answer, Response) else state.outgoing.response(answer)
    except TipgraphError as error:
        return problem(error.http_status, str(error), {"retry-after": "2"} if error.http_status == 503 else {})


class SparqlEndpoint:
    """Answers `/sparql`, which is asked the most, without a routing table; all else is for the application behind."""

    def __init__(self, app: ASGIApp, state: AppState) -> None:
        """Wrap an application."""
        self._app, self._state = app, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "http" and scope["path"] == _SPARQL and scope["method"] in ("GET", "HEAD", "POST"):
            response = await _served(_SPARQL, _sparql, self._state, Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _sparql(state: AppState, request: Request) -> JobAnswer | Response:
    job = await requests.query_of(request)
    if job is None:
        return _page(request, "/ask.html") or await _void(state, request)
    return await state.ask_query(request, job)


async def _graph_store(state: AppState, request: Request) -> JobAnswer:
    job = {"work": "stored", "graph": requests.graph_of(request), "accept": request.headers.get("accept", "")}
    return await state.ask_query(request, job)


async def _void(state: AppState, request: Request) -> JobAnswer:
    return void.described(state.manifest, _root(request), state.limits, request.headers.get("accept", ""))


async def _thing(state: AppState, request: Request) -> JobAnswer:
    path, accept = request.path_params["path"], request.headers.get("accept", "")
    stem, _, suffix = path.rpartition(".")
    if stem and (asked := [offer.media[0] for offer in TRIPLES if offer.name == suffix]):
        path, accept = stem, asked[0]
    return await state.ask_export(request, {"work": "described", "node": DATA + path, "accept": accept})


async def _term(state: AppState, request: Request) -> JobAnswer | Response:
    """Return the ontology, or redirect to its page: a term has no address of its own."""
    job = {"work": "stored", "graph": f"{DATA}ontology", "accept": request.headers.get("accept", "")}
    return _page(request, "/ontology.html") or await state.ask_query(request, job)


async def _questions(_: AppState, request: Request) -> Response:
    if page := _page(request, "/questions.html"):
        return page
    language = dict(requests.parameters(request)).get("lang", "en")
    root = f"{_root(request)}/query"
    return _json([_described(query, language, root) for query in Query.all()])


def _described(query: Query, language: str, root: str) -> dict[str, Any]:
    """Return a question, its address and its parameters, also those that its SPARQL does not have."""
    known = {name: parameter._asdict() for name, parameter in question_parameters(query, language).items()}
    return {**query.described(language), "parameters": known, "url": f"{root}/{query.name}"}


async def _question(state: AppState, request: Request) -> JobAnswer | Response:
    name, _, suffix = request.path_params["name"].partition(".")
    form = suffix or chosen(request.headers.get("accept", ""), _FORMS).name
    if form == PAGE.name:
        Query.find(name)
        values = requests.parameters(request)
        language = "es/" if ("lang", "es") in values else ""
        asked = urlencode([("question", name), *(pair for pair in values if pair[0] != "lang")])
        return RedirectResponse(f"/{language}ask.html#{asked}", 303)
    if form not in FORMS:
        raise UnknownName(f".{suffix} is not a format of answers; the formats are {', '.join(FORMS)}")
    job = {"work": "question", "name": name, "values": requests.parameters(request), "form": form}
    return await state.ask_export(request, job)


_JSON = Offer("json", ("application/json",), PAGE.format)
_FORMS = (_JSON, Offer("csv", ("text/csv",), PAGE.format), PAGE)


async def _export(state: AppState, request: Request) -> JobAnswer:
    job = {"work": "export", "file": request.path_params["file"], "values": requests.parameters(request)}
    return await state.ask_export(request, job, LONGER)


async def _openapi(state: AppState, request: Request) -> JobAnswer:
    return await state.ask_export(request, {"work": "openapi", "root": _root(request)})


async def _health(state: AppState, _: Request) -> Response:
    """Return whether queries are answered: now, or as soon as a worker was replaced."""
    status = "ok" if state.exports.is_able else "no worker for questions and exports can be started; see the log"
    health = {
        "status": status if state.queries.is_able else "no worker can be started; see the log",
        "statements": state.manifest.get("statements"),
        "digest": state.manifest.get("digest"),
        "workers": state.queries.ready,
        "busy": state.queries.busy,
        "waiting": state.queries.waiting,
    }
    return _json(health, 200 if state.queries.is_able else 503)


async def _metrics(state: AppState, _: Request) -> Response:
    return Response(generate_latest(state.registry), headers={"content-type": CONTENT_TYPE_LATEST})


def _page(request: Request, path: str) -> Response | None:
    """Return a redirect to a page if the client prefers HTML."""
    accept = request.headers.get("accept", "")
    return RedirectResponse(path, 303) if chosen(accept, (*TRIPLES, PAGE, _JSON)) is PAGE else None


def _json(content: object, status: int = 200) -> Response:
    body = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Response(body.encode("utf-8"), status, media_type="application/json")


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")
