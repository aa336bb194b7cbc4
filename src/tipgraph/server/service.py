"""A server from its start to its end: the address is taken, a generation is held, signals stop it.

Decision: docs/decisions/0077-a-server-serves-one-generation.md.
"""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Generation, Graph, convert, generations, write
from tipgraph.server.options import Options

if TYPE_CHECKING:
    from tipgraph.server.pool import Pool


def serve(place: Graph | Path | str, options: Options = Options(), told: Callable[[str], None] = print) -> None:  # noqa: B008
    """Serve a graph until SIGINT or SIGTERM: a store, a file, or one in memory; `told` gets lines on how it goes.

    Raises CallError for somebody else's endpoint, an address that cannot be taken and a proxy that has none, GraphError
    for a graph that cannot be opened.

    >>> serve("https://example.org/sparql", Options(port=0))
    Traceback (most recent call last):
    tipgraph.errors.CallError: https://example.org/sparql is a server already; serve a store or a file
    """
    import uvicorn  # here, as all of the framework, so that workers, which start often, do without

    from tipgraph.server.application import application
    from tipgraph.server.clients import networks
    from tipgraph.server.connections import BACKLOG, protocol
    from tipgraph.server.middleware import HEADERS

    proxies = networks(options.proxies)
    with _bound(options) as listening, TemporaryDirectory(prefix="tipgraph-") as name:
        scratch = Path(name)
        with _generation(place, scratch) as generation:
            address = f"http://{_shown(options.host)}:{listening.getsockname()[1]}"

            def started(pool: "Pool") -> None:
                told(f"{generation.manifest['statements']:,} statements at {address}/  (SPARQL: {address}/sparql)")
                told(f"each query: {options.limits.seconds:g} s, {options.limits.memory >> 20} MB; {pool.fence}")

            config = uvicorn.Config(
                application(generation, options, scratch, started),
                http=protocol(proxies),
                ws="none",
                backlog=BACKLOG,
                headers=HEADERS,
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
