"""The graph over HTTP, read only, on this machine unless it is told otherwise.

    request  →  guards  →  routes  →  a worker that can be ended (pool, fence)  →  answer, whole or an error

The front knows no graph: whatever reads one runs in a process with a deadline, a limit of memory and no network.
"""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyoxigraph
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from tipgraph import kit
from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Graph
from tipgraph.server.connections import BoundedProtocol
from tipgraph.server.guards import Access, Guard, hosts, problem
from tipgraph.server.limits import Limits
from tipgraph.server.metrics import watch
from tipgraph.server.pool import Duty, Pool
from tipgraph.server.routes import Desk, routes
from tipgraph.server.sending import Outgoing
from tipgraph.server.site import Pages, fits
from tipgraph.storage import convert, generations, write
from tipgraph.storage.generations import Generation

__all__ = ["Limits", "Options", "serve"]

_CONNECTIONS = 512  # that are open at a time
_TELLERS = 2  # workers for questions and exports
_OUTGOING = 8  # times the largest answer: how much may be on its way to clients
_TELLING = 1 << 30  # bytes of memory that each of them may take


class Options(NamedTuple):
    """How a server is reached, what it gives, and where its pages come from.

    `token` is what clients have to show, empty for nothing; `allowed` are other names of this host, `origins` those of
    pages elsewhere that may ask (CORS). `site` is a folder of pages that is taken where it fits the graph, else they
    are written for as long as the server runs; `pages` may leave them out. `texts` are those of the sources.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    limits: Limits = Limits()
    token: str = ""
    allowed: Sequence[str] = ()
    origins: Sequence[str] = ()
    site: Path | None = None
    pages: bool = True
    texts: Path | None = None


def serve(place: Graph | Path | str, options: Options = Options(), told: Callable[[str], None] = print) -> None:  # noqa: B008
    """Serve a graph until SIGINT or SIGTERM: a store, a file, or one in memory; `told` gets lines on how it goes.

    Raises CallError for somebody else's endpoint and an address that cannot be taken, GraphError for a graph that
    cannot be opened.

    >>> serve("https://example.org/sparql", Options(port=0))
    Traceback (most recent call last):
    tipgraph.errors.CallError: https://example.org/sparql is a server already; serve a store or a file
    """
    import uvicorn

    with _bound(options) as listening, TemporaryDirectory(prefix="tipgraph-") as name:
        scratch = Path(name)
        with _generation(place, scratch) as generation:
            address = f"http://{_shown(options.host)}:{listening.getsockname()[1]}"

            def started(pool: Pool) -> None:
                told(f"{generation.manifest['statements']:,} statements at {address}/  (SPARQL: {address}/sparql)")
                told(f"each query: {options.limits.seconds:g} s, {options.limits.memory >> 20} MB; {pool.fence}")

            config = uvicorn.Config(
                application(generation, options, scratch, started),
                http=BoundedProtocol,
                ws="none",
                limit_concurrency=_CONNECTIONS,
                access_log=False,
                log_config=None,
                lifespan="on",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=int(options.limits.seconds) + 1,
            )
            server = uvicorn.Server(config)
            with _stoppable():
                server.run(sockets=[listening])
            if not server.started:
                raise GraphError("the server did not start; its log says why")


def application(
    generation: Generation, options: Options, scratch: Path, started: Callable[[Pool], None] = lambda _: None
) -> Starlette:
    """Return the application that serves a generation of a store; `scratch` is a folder that it may fill."""
    pages, registry = Pages(), CollectorRegistry()
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

    access = Access(hosts(options.allowed, options.host), options.token, options.limits.rate)
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


def _desk(generation: Generation, options: Options, scratch: Path, registry: CollectorRegistry) -> Desk:
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
    return Desk(queries, Pool(telling, _TELLERS), outgoing, options.limits, registry, generation.manifest)


async def _paged(pages: Pages, generation: Generation, options: Options, scratch: Path) -> None:
    """Serve the pages of a folder, or write them."""
    if not options.pages:
        pages.leave_out()
    elif options.site and fits(options.site, generation.manifest["digest"]):
        pages.take(options.site)
    else:
        await pages.write(scratch / "site", generation.folder, options.texts)


@contextmanager
def _generation(place: Graph | Path | str, scratch: Path) -> Iterator[Generation]:
    """Give a generation of a store to answer from, held for that long; what is no store is written as one."""
    if isinstance(place, str) and "://" in place:
        raise CallError(f"{place} is a server already; serve a store or a file")
    if isinstance(place, Graph):
        write(place, scratch / "store")
    elif not Path(place).is_dir():
        convert(Path(place), f"{scratch / 'store'}/")
    folder = Path(place) if not isinstance(place, Graph) and Path(place).is_dir() else scratch / "store"
    if not (generations.is_store(folder) or generations.is_generation(folder)):
        raise GraphError(f"{folder}: is a folder, and no store that `tipgraph build -o FOLDER/` wrote; name another")
    generation, hold = generations.held(folder)
    with hold:
        yield generation


@contextmanager
def _stoppable() -> Iterator[None]:
    """End quietly at SIGINT and SIGTERM, which uvicorn raises again once it has stopped."""
    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {one: signal.signal(one, signal.default_int_handler) for one in signals}
    if signals and hasattr(signal, "SIGHUP"):  # a terminal that was closed
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _bound(options: Options) -> Iterator[socket.socket]:
    """Take the address; raise CallError where it cannot be had."""
    host = options.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, options.port))
            listening.listen()  # who reads the address may come at once, before the server asks for its clients
        except OSError as error:
            why = error.strerror or error
            raise CallError(f"{_shown(host)}:{options.port} cannot be taken: {why}; name another --port") from error
        yield listening


def _shown(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host
