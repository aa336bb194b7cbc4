"""Run a server: bind the address, hold a generation of the store, stop at signals.

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

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(place: Graph | Path | str, options: Options = Options(), told: Callable[[str], None] = print) -> None:  # noqa: B008
    """Serve a graph (a store, a file, or one in memory) until SIGINT or SIGTERM; `told` gets lines of progress.

    Raises CallError for an endpoint, an address in use, a proxy without an address, or in-house pages for others than
    this machine; GraphError for a graph that cannot be opened.

    >>> serve("https://example.org/sparql", Options(port=0))
    Traceback (most recent call last):
    tipgraph.errors.CallError: https://example.org/sparql is a server already; serve a store or a file
    """
    import uvicorn  # imported here, so that workers, which start often, do not import the framework

    from tipgraph.server.application import application
    from tipgraph.server.clients import networks
    from tipgraph.server.connections import BACKLOG, protocol
    from tipgraph.server.middleware import HEADERS, IN_HOUSE_HEADERS

    _keep_in_house(options)
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
                headers=IN_HOUSE_HEADERS if options.in_house else HEADERS,
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
                raise GraphError("the server did not start; see its log")


def _keep_in_house(options: Options) -> None:
    """Raise CallError for in-house pages that others than this machine could read."""
    if not options.in_house:
        return
    others = {"--allow-host": options.allowed, "--cors": options.origins, "--proxy": options.proxies}
    opened = [name for name, values in others.items() if values]
    if options.host.strip("[]") not in _LOOPBACK:
        opened.insert(0, f"--host {options.host}")
    if opened:
        raise CallError(
            f"in-house pages are for this machine only; leave out {', '.join(opened)}, or serve without --in-house"
        )


@contextmanager
def _generation(place: Graph | Path | str, scratch: Path) -> Iterator[Generation]:
    """Hold a generation of a store; a file or graph is written as a store first."""
    if isinstance(place, str) and "://" in place:
        raise CallError(f"{place} is a server already; serve a store or a file")
    if isinstance(place, Graph):
        write(place, scratch / "store")
    elif not Path(place).is_dir():
        convert(Path(place), f"{scratch / 'store'}/")
    folder = Path(place) if not isinstance(place, Graph) and Path(place).is_dir() else scratch / "store"
    if not (generations.is_store(folder) or generations.is_generation(folder)):
        raise GraphError(f"{folder}: is not a store; name a folder that `tipgraph build -o FOLDER/` wrote")
    generation, hold = generations.held(folder)
    with hold:
        yield generation


@contextmanager
def _stoppable() -> Iterator[None]:
    """End quietly at SIGINT and SIGTERM, which uvicorn raises again after it has stopped."""
    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, signal.default_int_handler) for number in signals}
    if signals and hasattr(signal, "SIGHUP"):  # the terminal was closed
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _bound(options: Options) -> Iterator[socket.socket]:
    """Bind the address; raise CallError if it cannot be bound."""
    host = options.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, options.port))
            listening.listen()  # a client may connect before the server accepts
        except OSError as error:
            why = error.strerror or error
            raise CallError(f"{_shown(host)}:{options.port} cannot be taken: {why}; name another --port") from error
        yield listening


def _shown(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host
