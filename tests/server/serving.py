"""A server as a person starts it: `tipgraph serve` in a process of its own, on loopback, at a free port."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlencode

import tipgraph

HOME = Path(tipgraph.__file__).parents[1]


@dataclass
class Reply:
    """An answer: its status, its headers by lower-case names, and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Server:
    """A server that runs, asked by plain HTTP."""

    host: str
    port: int
    process: "subprocess.Popen[bytes]"
    said: IO[bytes] = field(repr=False)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def log(self) -> str:
        self.said.seek(0)
        return self.said.read().decode("utf-8", "replace")

    def call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float = 60,
        source: str = "127.0.0.1",
    ) -> Reply:
        """Send a request, from an address of loopback."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=patience, source_address=(source, 0))
        begun = time.perf_counter()
        try:
            connection.request(method, path, body, dict(headers or {}))
            reply = connection.getresponse()
            found = reply.read()
            took = time.perf_counter() - begun
            return Reply(reply.status, _headers(reply), found, took)
        finally:
            connection.close()

    def get(self, path: str, accept: str = "", **values: str | list[str]) -> Reply:
        query = f"?{urlencode(values, doseq=True)}" if values else ""
        return self.call("GET", path + query, headers={"Accept": accept} if accept else {})

    def ask(self, query: str, accept: str = "application/json", source: str = "127.0.0.1", **more: str) -> Reply:
        """Ask SPARQL, by POST, with more headers."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept, **more}
        return self.call("POST", "/sparql", query.encode("utf-8"), headers, source=source)

    def raw(self, request: str, source: str = "127.0.0.1") -> Reply:
        """Send a request as it is written, and read until the server closes the connection."""
        begun = time.perf_counter()
        with socket.create_connection((self.host, self.port), 30, (source, 0)) as connection:
            connection.sendall(request.encode("latin-1"))
            reply = http.client.HTTPResponse(connection)
            reply.begin()
            found = reply.read()
        return Reply(reply.status, _headers(reply), found, time.perf_counter() - begun)

    def wait_for(self, **told: int) -> None:
        """Wait until /health tells those numbers."""
        for _ in range(200):
            health = self.get("/health").json
            if all(health[name] == number for name, number in told.items()):
                return
            time.sleep(0.05)
        raise AssertionError((told, health, self.log))

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        commands = dict[int, bytes]()
        for child in children:
            with suppress(OSError):  # it has ended
                commands[int(child)] = Path(f"/proc/{child}/cmdline").read_bytes()
        return [child for child, command in commands.items() if b"tipgraph.server.jobs" in command]

    def resident(self) -> int:
        """Return the bytes of memory of the server and its workers, shared pages counted once for each."""
        total = 0
        for process in (self.process.pid, *self.workers()):
            try:
                lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS:"))
        return total


def _headers(reply: http.client.HTTPResponse) -> dict[str, str]:
    """Return headers by lower-case names; one that comes twice has both values."""
    names = {name.lower() for name, _ in reply.getheaders()}
    return {name: ", ".join(reply.headers.get_all(name, ())) for name in names}


@contextmanager
def serving(place: Path | str, *options: str, pages: bool = False, **environment: str) -> Iterator[Server]:
    """Serve a graph, and stop it at the end; a server that does not stop by itself in time fails the test."""
    said = TemporaryFile()
    words = ["serve", "-g", str(place), "--port", "0", "--rate", "0", *([] if pages else ["--no-pages"]), *options]
    env = {**os.environ, "PYTHONPATH": str(HOME), "TIPGRAPH_TEXTS": "", **environment}
    command = [sys.executable, "-m", "tipgraph.cli", *words]
    with subprocess.Popen(command, stderr=said, stdout=said, env=env) as process:
        server = Server("127.0.0.1", 0, process, said)
        try:
            server.port = _port(server)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            finally:
                said.close()


def _port(server: Server) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if found := re.search(r"at http://[^:]+:(\d+)/", server.log):
            return int(found[1])
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended: {server.log}")
        time.sleep(0.05)
    raise RuntimeError(f"the server does not come up: {server.log}")
