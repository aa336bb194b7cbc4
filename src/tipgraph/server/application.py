"""The application that serves a generation of a store: guards, routes, pages, and the workers behind them.

Decision: docs/decisions/0078-starlette-and-uvicorn-serve.md.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pyoxigraph
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from tipgraph.graph import Generation
from tipgraph.model import kit
from tipgraph.server.backpressure import Outgoing
from tipgraph.server.clients import networks
from tipgraph.server.endpoints import AppState, routes
from tipgraph.server.metrics import watch
from tipgraph.server.middleware import Access, Guard, hosts, problem
from tipgraph.server.options import Options
from tipgraph.server.pipes import Duty
from tipgraph.server.pool import Pool
from tipgraph.server.static_site import StaticPages, fits

_TELLERS = 2  # workers for questions and exports
_OUTGOING = 8  # times the largest answer: how much may be on its way to clients
_TELLING = 1 << 30  # bytes of memory that each of them may take


def application(
    generation: Generation, options: Options, scratch: Path, started: Callable[[Pool], None] = lambda _: None
) -> Starlette:
    """Return the application that serves a generation of a store; `scratch` is a folder that it may fill."""
    pages, registry = StaticPages(), CollectorRegistry()
    desk = _desk(generation, options, scratch, registry)
    pools = {"query": desk.queries, "tell": desk.telling}
    watch(registry, pools)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await asyncio.gather(*(pool.start() for pool in pools.values()))
            writing = asyncio.create_task(_paged(pages, generation, options, scratch))
            started(desk.queries)
            yield
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        finally:
            await asyncio.gather(*(pool.close() for pool in pools.values()))

    access = Access(hosts(options.allowed, options.host), options.token, options.limits.rate, networks(options.proxies))
    middleware = [Middleware(Guard, access=access, registry=registry)]
    if options.origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(options.origins), allow_methods=["GET", "POST"])
        )
    return Starlette(
        routes=[*routes(desk), Mount("/", pages)],
        middleware=middleware,
        exception_handlers={HTTPException: _said},
        lifespan=lifespan,
    )


async def _said(_: Request, error: Exception) -> Response:
    """Say what Starlette refuses as all else is said."""
    if not isinstance(error, HTTPException):
        raise error
    details = {
        404: "there is nothing here; / has the pages, /openapi.json all other addresses",
        405: "not by that method",
    }
    return problem(error.status_code, details.get(error.status_code, error.detail), dict(error.headers or {}))


def _desk(generation: Generation, options: Options, scratch: Path, registry: CollectorRegistry) -> AppState:
    """Prepare the workers, each with what it may read and write."""
    exports = scratch / "exports"
    exports.mkdir()
    ours = [
        Path(__file__).parents[1],
        *kit.folders("queries"),
        *kit.folders("ontology"),
        Path(pyoxigraph.__file__).parents[1],
    ]
    python = [Path(folder) for folder in {sys.prefix, sys.base_prefix}]
    texts = [options.texts] if options.texts else []
    telling = Duty(
        "tell",
        generation.folder,
        options.limits._replace(memory=max(_TELLING, options.limits.memory)),
        readable=tuple(folder.resolve() for folder in (*ours, *python, *texts)),
        writable=(exports,),
        more={"texts": str(options.texts.resolve()) if options.texts else ""},
    )
    queries = Pool(Duty("query", generation.folder, options.limits), options.limits.workers)
    outgoing = Outgoing(_OUTGOING * options.limits.size)
    return AppState(queries, Pool(telling, _TELLERS), outgoing, options.limits, registry, generation.manifest)


async def _paged(pages: StaticPages, generation: Generation, options: Options, scratch: Path) -> None:
    """Serve the pages of a folder, or write them."""
    if not options.pages:
        pages.leave_out()
    elif options.site and fits(options.site, generation.manifest["digest"]):
        pages.take(options.site)
    else:
        await pages.write(scratch / "site", generation.folder, options.texts)
