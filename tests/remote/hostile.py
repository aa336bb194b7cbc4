"""A server of our own that behaves badly, each way by its own path; it counts what it was asked, and how."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import parse_qs

JSON = "application/sparql-results+json"
ROWS = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}]}}'


@dataclass
class Asked:
    """One request as the server got it."""

    path: str
    method: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        return parse_qs(self.body.decode()).get("query", [""])[0]


Behaviour = Callable[["Handler", Asked], None]


@dataclass
class Bad:
    """A running server: what it does, and what it was asked."""

    address: str
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    behaviour: Behaviour
    bad: Bad

    def handle_error(self, *_: object) -> None:
        """Nobody is told of clients that have gone."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    @property
    def bad(self) -> Bad:
        return cast(Server, self.server).bad

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.path, self.command, dict(self.headers.items()), body)
        self.bad.asked.append(asked)
        self.close_connection = True
        with suppress(OSError):
            cast(Server, self.server).behaviour(self, asked)

    do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815  http.server's names

    def answer(self, body: bytes, media: str = JSON, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, content: bytes, pause: float = 0.05) -> None:
        for byte in content:
            if self.bad.stopped.is_set():
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(pause)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Bad]:
    """Run a server on a free port of loopback; stop it whatever happens."""
    server = Server(("127.0.0.1", 0), Handler)
    server.bad = Bad(f"http://127.0.0.1:{server.server_port}/query")
    server.behaviour = behaviour
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.bad
    finally:
        server.bad.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def rows(names: list[str], values: list[list[str]]) -> bytes:
    """Return rows of literals as SPARQL JSON."""
    bindings = [
        {name: {"type": "literal", "value": value} for name, value in zip(names, row, strict=True)} for row in values
    ]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()


def free_port() -> int:
    """Return a port of loopback that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
