"""Run a server: bind the address, hold the store, stop at signals.

Decision: docs/decisions/0075-workers-answer-and-are-ended.md.
"""

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from starlette.applications import Starlette

from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Graph, convert, held, write
from tipgraph.runtime import interruptible
from tipgraph.server.application import application
from tipgraph.server.guard import HEADERS
from tipgraph.server.options import Options

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(place: Graph | Path | str, options: Options = Options(), told: Callable[[str], None] = print) -> None:  # noqa: B008
    """Serve a graph (a store, a file, or one in memory) until SIGINT or SIGTERM; `told` gets lines of progress.

    Raises CallError for an endpoint, an address in use, a proxy without an address, a folder of exports that is not
    there, or in-house pages for others than this machine; GraphError for a graph that cannot be opened.

    >>> serve("https://example.org/sparql", Options(port=0))
    Traceback (most recent call last):
    tipgraph.errors.CallError: https://example.org/sparql is a server already; serve a store or a file
    """
    _check(place, options)
    host = options.host.strip("[]")
    with bound(host, options.port) as listening, TemporaryDirectory(prefix="tipgraph-") as name:
        folder = Path(name) / "store"
        if isinstance(place, Graph):
            write(place, folder)
        elif Path(place).is_dir():
            folder = Path(place)
        else:
            convert(Path(place), folder)
        store, hold = held(folder)
        address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"

        def started() -> None:
            told(f"{store.manifest['statements']:,} statements at {address}/  (SPARQL: {address}/sparql)")
            told(f"each query: {options.seconds:g} s, {options.memory >> 20} MB")

        with hold:
            app = application(*store, options, Path(name), started)
            run(app, listening, int(options.seconds) + 1, proxies=options.proxies)


def run(
    app: Starlette,
    listening: socket.socket,
    patience: int,
    headers: Sequence[tuple[str, str]] = (),
    proxies: Sequence[str] = (),
) -> None:
    """Serve an application at a bound address, with `headers` in each answer, until SIGINT or SIGTERM.

    It stops at most `patience` seconds later. Raises GraphError if it did not start.
    """
    settings: dict[str, Any] = {"proxy_headers": bool(proxies), "forwarded_allow_ips": [*proxies]}
    settings |= {"headers": [*HEADERS, *headers], "server_header": False, "access_log": False, "log_config": None}
    config = uvicorn.Config(app, http="httptools", ws="none", timeout_graceful_shutdown=patience, **settings)
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt, SystemExit), interruptible():  # uvicorn raises signals again after it has stopped
        server.run(sockets=[listening])
    if not server.started:
        raise GraphError("the server did not start; see its log")


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 is a free one. Raises CallError if it cannot be bound."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = error.strerror or error
        raise CallError(f"{host}, port {port}, cannot be taken: {why}; name another --port") from error


def _check(place: Graph | Path | str, options: Options) -> None:
    """Raise CallError for what cannot be served, and for in-house pages that others than this machine could read."""
    if isinstance(place, str) and "://" in place:
        raise CallError(f"{place} is a server already; serve a store or a file")
    for name in options.proxies:
        with suppress(ValueError):
            if ip_network(name).prefixlen:
                continue
        raise CallError(f"--proxy {name} is not the address of a proxy; write it as 127.0.0.1 or 172.18.0.0/16")
    if options.exports and not options.exports.is_dir():
        raise CallError(f"--exports {options.exports}: there is no such folder")
    is_open = options.host.strip("[]") not in _LOOPBACK or options.allowed or options.origins or options.proxies
    if options.in_house and is_open:
        raise CallError("in-house pages are for this machine only: leave out --host, --allow-host, --cors and --proxy")
