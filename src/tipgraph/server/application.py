"""The application that serves a generation of a store: middleware, routes, pages, and the pools of workers.

Decision: docs/decisions/0078-starlette-and-uvicorn-serve.md.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pyoxigraph
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
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
from tipgraph.server.endpoints import AppState, SparqlEndpoint, routes
from tipgraph.server.middleware import Access, Guard, hosts, problem
from tipgraph.server.options import Options
from tipgraph.server.pipes import Duty
from tipgraph.server.pool import Pool
from tipgraph.server.static_site import StaticPages, fits

_EXPORTERS = 2  # workers for questions and exports
_OUTGOING = 8  # the answers that are sent at a time, in times the largest one
_EXPORT_MEMORY = 1 << 30  # bytes of memory for each of these


def application(
    generation: Generation, options: Options, scratch: Path, started: Callable[[Pool], None] = lambda _: None
) -> Starlette:
    """Return the application that serves a generation of a store; `scratch` is a folder for its files."""
    pages, registry = StaticPages(), CollectorRegistry()
    state = _state(generation, options, scratch, registry)
    pools = {"query": state.queries, "tell": state.exports}
    registry.register(_PoolMetrics(pools))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await asyncio.gather(*(pool.start() for pool in pools.values()))
            writing = asyncio.create_task(_serve_pages(pages, generation, options, scratch))
            started(state.queries)
            yield
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        finally:
            await asyncio.gather(*(pool.close() for pool in pools.values()))

    access = Access(
        hosts(options.allowed, options.host),
        options.token,
        options.limits.rate,
        networks(options.proxies),
        options.in_house,
    )
    middleware = [Middleware(Guard, access=access, registry=registry)]
    if options.origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(options.origins), allow_methods=["GET", "POST"])
        )
    middleware.append(Middleware(SparqlEndpoint, state=state))
    return Starlette(
        routes=[*routes(state), Mount("/", pages)],
        middleware=middleware,
        exception_handlers={HTTPException: _problem_of},
        lifespan=lifespan,
    )


class _PoolMetrics(Collector):
    """The metrics of pools, by the names of their duties."""

    def __init__(self, pools: Mapping[str, Pool]) -> None:
        self._pools = pools

    def collect(self) -> Iterator[Metric]:
        workers = GaugeMetricFamily("tipgraph_workers", "Workers, and requests for them.", labels=["duty", "state"])
        ended = CounterMetricFamily("tipgraph_workers_ended", "Workers that were replaced.", labels=["duty", "reason"])
        for duty, pool in self._pools.items():
            for state, number in (("ready", pool.ready), ("busy", pool.busy), ("waiting", pool.waiting)):
                workers.add_metric([duty, state], number)
            for reason in ("late", "died", "displaced"):
                ended.add_metric([duty, reason], pool.deaths[reason])
        yield workers
        yield ended


async def _problem_of(_: Request, error: Exception) -> Response:
    """Return an error of Starlette as a problem."""
    if not isinstance(error, HTTPException):
        raise error
    details = {
        404: "nothing is here; / has the pages, /openapi.json lists all other addresses",
        405: "this method is not allowed here",
    }
    return problem(error.status_code, details.get(error.status_code, error.detail), dict(error.headers or {}))


def _state(generation: Generation, options: Options, scratch: Path, registry: CollectorRegistry) -> AppState:
    """Prepare the pools, each with the folders that its workers may read and write."""
    folder = scratch / "exports"
    folder.mkdir()
    code = [Path(__file__).parents[1], Path(pyoxigraph.__file__).parents[1], Path(sys.prefix), Path(sys.base_prefix)]
    texts = [options.texts] if options.texts else []
    readable = {path.resolve() for path in (*code, *kit.folders("queries"), *kit.folders("ontology"), *texts)}
    exports = Duty(
        "tell",
        generation.folder,
        options.limits._replace(memory=max(_EXPORT_MEMORY, options.limits.memory)),
        readable=tuple(sorted(readable)),
        writable=(folder,),
        more={"texts": str(options.texts.resolve()) if options.texts else ""},
    )
    queries = Pool(Duty("query", generation.folder, options.limits), options.limits.workers)
    outgoing = Outgoing(_OUTGOING * options.limits.size)
    return AppState(queries, Pool(exports, _EXPORTERS), outgoing, options.limits, registry, generation.manifest)


async def _serve_pages(pages: StaticPages, generation: Generation, options: Options, scratch: Path) -> None:
    """Serve the pages of a folder, or write them first."""
    if not options.pages:
        pages.leave_out()
    elif options.site and fits(options.site, generation.manifest["digest"], in_house=options.in_house):
        pages.take(options.site)
    else:
        await pages.write(scratch / "site", generation.folder, options.texts, in_house=options.in_house)
