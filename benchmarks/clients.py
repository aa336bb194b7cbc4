"""Clients of a SPARQL server over asyncio streams, which are less work for a machine than an HTTP library."""

import asyncio
import statistics
import time
from collections.abc import Sequence
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
    def p99(self) -> float:
        """Return the time in which 99 of 100 answers came; infinity without answers."""
        return statistics.quantiles(self.took, n=100)[-1] if len(self.took) > 1 else float("inf")


def load(port: int, path: str, connections: int, seconds: float) -> Answers:
    """Ask a small query over connections that stay open."""
    return asyncio.run(_load(port, path, connections, seconds))


async def _load(port: int, path: str, connections: int, seconds: float) -> Answers:
    answers, ends = Answers([], 0), time.perf_counter() + seconds
    failed = await asyncio.gather(*(_ask_until(ends, port, path, answers.took) for _ in range(connections)))
    return answers._replace(failed=sum(failed))


async def _ask_until(ends: float, port: int, path: str, took: list[float]) -> int:
    """Ask again and again over one connection; return how many answers were none."""
    words = f"GET {path}?query={quote(SMALL)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    asked = f"{words}Accept: application/sparql-results+json\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    failed = 0
    while (begun := time.perf_counter()) < ends:
        writer.write(asked)
        try:
            head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), max(ends - begun, 0.1))).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            break
        failed += head.split()[1] != b"200"
        took.append(time.perf_counter() - begun)
    writer.close()
    return failed


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
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    writer.write(f"{head}X-Forwarded-For: {client}\r\n\r\n".encode())
    status = (await reader.readline()).split()[1]
    while await reader.read(65536):
        pass
    writer.close()
    return int(status)
