"""Listen at an address of this machine until SIGINT or SIGTERM."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tipgraph.errors import CallError


@contextmanager
def stoppable() -> Iterator[None]:
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
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """Bind an address; port 0 is a free one. Raises CallError if it cannot be bound."""
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen()  # a client may connect before the server accepts
        except OSError as error:
            why = error.strerror or error
            raise CallError(f"{shown_host(host)}:{port} cannot be taken: {why}; name another --port") from error
        yield listening


def shown_host(host: str) -> str:
    """Return a host as it is in an address: one of IPv6 in brackets."""
    return f"[{host.strip('[]')}]" if ":" in host else host
