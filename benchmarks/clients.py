"""Clients of a SPARQL server, by plain sockets, which are less work for a machine than an HTTP library."""

import asyncio
import selectors
import socket
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from typing import NamedTuple
from urllib.parse import quote

SMALL = """PREFIX tip: <https://w3id.org/tipgraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?s ?label { ?s a tip:Country ; skos:prefLabel ?label } LIMIT 5"""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOSTILE = (
    RUNAWAY,
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d ?f",
    "SELECT * { ?s ?p ?o . ?s ?q ?r }",
    'SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), "(a+)+(b+)+(c+)+d")) ?d ?e ?f FILTER(REGEX(STR(?f), "(x*)*y")) }',
)


class Answers(NamedTuple):
    """How long each answer took in seconds, and how many were refused."""

    took: list[float]
    failed: int

    @property
    def p50(self) -> float:
        """Return the time in which half of the answers came; infinity without answers."""
        return statistics.median(self.took) if self.took else float("inf")

    @property
    def p99(self) -> float:
        """Return the time in which 99 of 100 answers came; infinity without answers."""
        return statistics.quantiles(self.took, n=100)[-1] if len(self.took) > 1 else float("inf")


class _Connection:
    """A connection that asks the same again and again."""

    def __init__(self, port: int, asked: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self._asked, self._came, self._begun = asked, b"", 0.0

    def ask(self) -> None:
        """Send the request."""
        self._begun = time.perf_counter()
        self.socket.sendall(self._asked)

    def answer(self) -> tuple[float, bool] | None:
        """Read on; return the seconds of an answer that is complete, and whether it is good."""
        part = self.socket.recv(1 << 16)
        if not part:
            raise EOFError
        self._came += part
        head, mark, body = self._came.partition(b"\r\n\r\n")
        if not mark or len(body) < int(head.lower().partition(b"content-length: ")[2].split(b"\r", 1)[0]):
            return None
        self._came = b""
        return time.perf_counter() - self._begun, head.startswith(b"HTTP/1.1 200 ")


def load(port: int, path: str, connections: int, seconds: float) -> Answers:
    """Ask a small query over connections that stay open, with little work for the processor, which the server needs."""
    words = f"GET {path}?query={quote(SMALL)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    asked = f"{words}Accept: application/sparql-results+json\r\n\r\n".encode()
    took, failed, ends = list[float](), 0, time.perf_counter() + seconds
    with selectors.DefaultSelector() as waiting, ExitStack() as opened:
        for connection in [_Connection(port, asked) for _ in range(connections)]:
            opened.enter_context(connection.socket)
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        while (rest := ends - time.perf_counter()) > 0:
            for connection in [key.data for key, _ in waiting.select(rest)]:
                try:
                    if answer := connection.answer():
                        took.append(answer[0])
                        failed += not answer[1]
                        connection.ask()
                except (OSError, EOFError):
                    waiting.unregister(connection.socket)
    return Answers(took, failed)


def beside(port: int, attackers: Sequence[str], seconds: float) -> Answers:
    """Ask a small query beside hostile ones of other clients, each by its address behind a proxy."""
    return asyncio.run(_beside(port, attackers, seconds))


async def _beside(port: int, attackers: Sequence[str], seconds: float) -> Answers:
    attacks = [asyncio.create_task(_attack(port, number, client)) for number, client in enumerate(attackers)]
    answers, ends = Answers([], 0), time.perf_counter() + seconds
    while (begun := time.perf_counter()) < ends:
        status = await _ask(port, SMALL, "203.0.113.1")
        answers = answers._replace(failed=answers.failed + (status != 200))
        answers.took.append(time.perf_counter() - begun)
        await asyncio.sleep(0.02)
    if any(attack.done() for attack in attacks):
        raise SystemExit("an attacker gave up: nobody was attacked")
    for attack in attacks:
        attack.cancel()
    return answers


async def _attack(port: int, first: int, client: str) -> None:
    for number in count(first):
        await _ask(port, HOSTILE[number % len(HOSTILE)], client)


async def _ask(port: int, query: str, client: str) -> int:
    """Ask by a connection of its own; return the status."""
    return (await get(port, f"/sparql?query={quote(query)}", client))[0]


async def get(port: int, path: str, client: str) -> tuple[int, bytes]:
    """Return the status and the answer to a client, by a connection of its own; the status 0 if there is none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    writer.write(f"{head}X-Forwarded-For: {client}\r\n\r\n".encode())
    try:
        answer = await reader.read()
    finally:
        writer.close()
    return (int(answer.split(b" ", 2)[1]) if answer else 0), answer
