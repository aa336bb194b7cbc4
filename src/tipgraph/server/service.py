"""Run a server: bind the address, hold a generation of the store, stop at signals.

Decision: docs/decisions/0077-a-server-serves-one-generation.md.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Generation, Graph, convert, generations, write
from tipgraph.server.options import Options
from tipgraph.server.sockets import bound, shown_host, stoppable

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
    with bound(options.host, options.port) as listening, TemporaryDirectory(prefix="tipgraph-") as name:
        scratch = Path(name)
        with _generation(place, scratch) as generation:
            address = f"http://{shown_host(options.host)}:{listening.getsockname()[1]}"

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
            with stoppable():
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
    if not generations.is_store(folder):
        raise GraphError(f"{folder}: is not a store; name a folder that `tipgraph build -o FOLDER/` wrote")
    generation, hold = generations.held(folder)
    with hold:
        yield generation
