"""The application that serves a store: its pages, and routes that make a job of a request and give it to a worker.

Decision: docs/decisions/0075-workers-answer-and-are-ended.md.
"""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from tipgraph.analysis import question_parameters
from tipgraph.errors import TipgraphError, UnknownName
from tipgraph.graph import Query
from tipgraph.model import DATA, ONTOLOGY, kit
from tipgraph.outputs import NAME as BOOK
from tipgraph.outputs import mode_of, site_at, site_files
from tipgraph.runtime import command
from tipgraph.server import requests
from tipgraph.server.formats import ANSWERS, PAGE, SUFFIXES, TRIPLES, chosen, described
from tipgraph.server.guard import Guard, client_of, hosts, problem_of
from tipgraph.server.options import Options, Refusal
from tipgraph.server.workers import Pool, Worker, log

_TERMS = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{ONTOLOGY.value}> {{ ?s ?p ?o }} }}"


def application(
    store: Path, manifest: Mapping[str, Any], options: Options, scratch: Path, started: Callable[[], None]
) -> Starlette:
    """Return the application that serves a store, which `manifest` describes; `scratch` is a folder for its files."""
    worker = "tipgraph.server.jobs", str(store)
    pool = Pool(command(*worker, str(options.memory), str(options.size)), options.workers, options.seconds)
    pages = Pages(options, manifest["digest"], command(*worker, "0", "0"), scratch / "site")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await pool.start()
            started()
            yield
        finally:
            pages.close()
            await pool.close()

    routes: list[BaseRoute] = [*Endpoint(pool, manifest, options).routes()]
    routes += [Mount("/export", Files(options.exports))] if options.exports else []
    routes += [Mount("/", pages)] if options.pages else []
    names = hosts(options.host, options.allowed)
    return Starlette(
        routes=routes,
        middleware=[  # other sites that are named read refusals too
            Middleware(CORSMiddleware, options.origins, allow_methods=["GET", "POST"], allow_headers=["Authorization"]),
            Middleware(Guard, names, options.token, options.rate, in_house=options.in_house),
        ],
        exception_handlers={HTTPException: problem_of, TipgraphError: problem_of},
        lifespan=lifespan,
    )


class Pages:
    """The pages of a graph: those of a folder that fit it, else each is made by a process when it is asked for."""

    def __init__(self, options: Options, digest: str, command: Sequence[str], folder: Path) -> None:
        """Serve the folder that the options name, if it has the pages of the graph with a digest, else `folder`."""
        texts, in_house = str(options.texts or ""), options.in_house
        self._job = {"work": "page", "folder": str(folder), "texts": texts, "in_house": in_house}
        self._command, self._folder, self._making = command, folder, asyncio.Lock()
        self._worker: Worker | None = None
        folder.mkdir()
        site = options.site if options.site and fits(options.site, digest, in_house=in_house) else None
        self._is_ready = site is not None
        self._files = Files(site or folder, site_files(site) if site else None, html=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a page; raise HTTPException for one that is not there, Refusal if it cannot be made."""
        if not self._is_ready:
            await self._make(scope["path"].lstrip("/"))
        await self._files(scope, receive, send)

    async def _make(self, path: str) -> None:
        """Have a page made that is not there; with the first one come all that are of no entry, which takes a while."""
        async with self._making:
            try:
                self._worker = self._worker or await Worker.start(self._command)
                why = (await self._worker.answer(self._job | {"path": path}))[0].get("error")
            except (EOFError, OSError) as error:
                why = f"the process that makes them ended: {error}"
                self.close()
        if why:
            log.error("the pages cannot be made: %s", why)
            raise Refusal(500, "the pages cannot be made; see the log of the server")

    def close(self) -> None:
        """End the process that makes pages."""
        if self._worker:
            self._worker.end()
        self._worker = None


class Files(StaticFiles):
    """The files of a folder, if it lists some only these, but no hidden ones; all but pages are downloads.

    Decision: docs/decisions/0057-a-site-is-a-folder-of-files.md.
    """

    def __init__(self, folder: Path, listed: frozenset[str] | None = None, *, html: bool = False) -> None:
        """Serve a folder, of pages or of files to download."""
        super().__init__(directory=folder, html=html)
        self._listed = listed

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Return the place of a file or folder and its state; none for a file that is not listed, or hidden."""
        place, state = super().lookup_path(path)
        name = Path(path).as_posix()
        is_shown = name in self._listed if self._listed is not None else not name.startswith(".")
        return (place, state) if state and (is_shown or stat.S_ISDIR(state.st_mode)) else ("", None)

    def file_response(
        self, full_path: "str | os.PathLike[str]", stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file; as a download if it is no page, or the whole site, whose scripts our policy would stop."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        if not self.html or Path(full_path).name == BOOK:
            answer.headers["content-disposition"] = "attachment"
        return answer


def fits(folder: Path, digest: str, *, in_house: bool) -> bool:
    """Tell whether a folder has the pages of the graph with a digest in a mode, written and listed by this version."""
    wanted = {"graph": digest, "edition": kit.edition(), "mode": mode_of(in_house=in_house)}
    return bool(site_files(folder)) and wanted.items() <= site_at(folder).items()


class Endpoint:
    """The addresses of a graph: SPARQL, entries and questions."""

    def __init__(self, pool: Pool, manifest: Mapping[str, Any], options: Options) -> None:
        self._pool, self._manifest, self._texts = pool, manifest, str(options.texts or "")

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/void", self.void),
            Route("/.well-known/void", self.void),
            Route("/id/{path:path}", self.thing),
            Route("/ns", self.term),
            Route("/code", self.term),
            Route("/query", self.questions),
            Route("/query/{name}", self.question),
            Route("/health", self.health),
        ]

    async def _ask(self, request: Request, **job: Any) -> Response:
        """Return the answer of a worker to a job."""
        about, body = await self._pool.ask({"accept": _accept(request), **job}, client_of(request.scope))
        return Response(body, 200, {"vary": "Accept"}, about["media"])

    async def sparql(self, request: Request) -> Response:
        """Answer a query; without one, describe the endpoint, or show the page that asks."""
        if job := await requests.query_of(request):
            return await self._ask(request, **job)
        return _page(request, "/ask.html") or await self.void(request)

    async def void(self, request: Request) -> Response:
        """Describe the endpoint and its dataset."""
        media, body = described(self._manifest, _root(request), _accept(request))
        return Response(body, headers={"vary": "Accept"}, media_type=media)

    async def thing(self, request: Request) -> Response:
        """Return an entry, a claim or a source in the format of its suffix or of `Accept`, or redirect to its page."""
        path, accept = request.path_params["path"], _accept(request)
        stem, _, suffix = path.rpartition(".")
        if stem and suffix in SUFFIXES:
            path, accept = stem, SUFFIXES[suffix]
        answer = await self._ask(request, work="described", node=DATA + path, accept=accept)
        is_page = answer.media_type == "text/html"
        return RedirectResponse(f"/{bytes(answer.body).decode()}", 303) if is_page else answer

    async def term(self, request: Request) -> Response:
        """Return the ontology, or redirect to its page: a term has no address of its own."""
        return _page(request, "/ontology.html") or await self._ask(request, work="sparql", query=_TERMS)

    async def questions(self, request: Request) -> Response:
        """List the questions, the address of each, and its parameters, also those that its SPARQL does not have."""
        language = dict(requests.parameters(request)).get("lang", "en")

        def listed(query: Query) -> dict[str, Any]:
            known = {name: slot._asdict() for name, slot in question_parameters(query, language).items()}
            return {**query.described(language), "parameters": known, "url": f"{_root(request)}/query/{query.name}"}

        return _page(request, "/questions.html") or JSONResponse([listed(query) for query in Query.all()])

    async def question(self, request: Request) -> Response:
        """Answer a question, or redirect to the page that asks it."""
        name, _, suffix = request.path_params["name"].partition(".")
        values, form = requests.parameters(request), suffix or chosen(_accept(request), {**ANSWERS, **PAGE})
        if form is None:
            Query.find(name)
            language = "es/" if ("lang", "es") in values else ""
            asked = urlencode([("question", name), *(pair for pair in values if pair[0] != "lang")])
            return RedirectResponse(f"/{language}ask.html#{asked}", 303)
        if form not in ANSWERS.values():
            raise UnknownName(f".{suffix} is not a format of answers; the formats are csv, json")
        return await self._ask(request, work="question", name=name, values=values, form=form, texts=self._texts)

    async def health(self, _: Request) -> Response:
        """Tell whether queries are answered: now, or as soon as a worker was replaced."""
        status = "ok" if self._pool.is_able else "no worker can be started; see the log"
        graph = {name: self._manifest.get(name) for name in ("statements", "digest")}
        return JSONResponse({"status": status, **graph, **self._pool.counts}, 200 if self._pool.is_able else 503)


def _page(request: Request, path: str) -> Response | None:
    """Return a redirect to a page if the client prefers HTML."""
    return RedirectResponse(path, 303) if chosen(_accept(request), {**TRIPLES, **PAGE}) is None else None


def _accept(request: Request) -> str:
    return request.headers.get("accept", "")


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")
