"""A server under load: `python -m benchmarks load --minutes 60`.

Clients ask small queries, pages and questions at moderate rates, and one means harm. Each minute says how long
small queries took, the memory of the processes, and how many answers of each kind had which status.
"""

import asyncio
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.clients import HOSTILE, Answers, get
from benchmarks.figures import Figure, Run, at_most, held_by
from benchmarks.graphs import graphs
from benchmarks.server import Running, serving

SIZES, SMOKE = ("open",), ("5000",)
MINUTE, SMOKE_MINUTE = 60, 1.5  # seconds
WARM = 10  # minutes after which memory should stay as it is
PAGES = 500  # addresses of pages that are asked again
QUERIES = (
    "SELECT ?s ?label {{ ?s a tip:Country ; skos:prefLabel ?label }} OFFSET {0} LIMIT 5",
    "SELECT ?claim {{ ?claim tip:source ?source }} OFFSET {0} LIMIT 3",
    "ASK {{ ?s tip:paragraph {0} }}",
)
_LINK = re.compile(rb'href="([\w./-]+\.html)')
_NAME = re.compile(rb'"name": "([\w-]+)"')


class Kind(NamedTuple):
    """Requests of one client: their name, the seconds between two, and a function that returns an address."""

    name: str
    every: float
    path: Callable[[random.Random], str]
    client: str


@dataclass
class Minute:
    """What happened in a minute: statuses by kind, small queries, and bytes of memory by role of a process."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    memory: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        small = Answers(self.took, 0)
        memory = ", ".join(f"{role} {size >> 20}" for role, size in sorted(self.memory.items()))
        counts = ", ".join(f"{name} {status}: {count}" for (name, status), count in sorted(self.statuses.items()))
        return f"{small.p50 * 1000:,.0f} and {small.p99 * 1000:,.0f} ms | MB: {memory} | {counts}"


def figures(run: Run) -> Iterator[Figure]:
    """Load the server of each graph, first by small queries alone, which is the idle server."""
    for graph in graphs(run.sizes):
        with serving(graph, run, "--proxy", "127.0.0.1") as server:
            length = SMOKE_MINUTE if run.is_smoke else MINUTE
            minutes = asyncio.run(loaded(server, 2 if run.is_smoke else run.minutes, length))
        yield from small_queries(graph.name, minutes[0], minutes[1:])
        yield from memory(graph.name, minutes[1:])


def small_queries(on: str, idle: Minute, minutes: Sequence[Minute]) -> Iterator[Figure]:
    """Return how many small queries failed, and how long the others took."""
    statuses = sum((minute.statuses for minute in minutes), Counter[tuple[str, int]]())
    failed = sum(count for (name, status), count in statuses.items() if name == "small" and status != 200)
    under, before = Answers([took for minute in minutes for took in minute.took], failed), Answers(idle.took, 0)
    yield Figure(on, f"small queries that failed, of {len(under.took):,}", failed, "", goal=at_most(0))
    for what, ours, theirs in (("half", under.p50, before.p50), ("99 of 100", under.p99, before.p99)):
        name = f"a small query under load, {what} of the answers"
        yield Figure(on, name, ours * 1000, "ms", "the same, idle", theirs * 1000, ours / theirs)


def memory(on: str, minutes: Sequence[Minute]) -> Iterator[Figure]:
    """Return the median of memory in the later half of the time after ten minutes, of that in the earlier half."""
    warm = minutes[WARM:] if len(minutes) >= WARM + 2 else minutes
    half = len(warm) // 2
    for role in ("all", "front"):
        sizes = [(minute.memory[role] if role != "all" else minute.memory.total()) / 1e6 for minute in warm]
        early, late = statistics.median(sizes[:half] or sizes), statistics.median(sizes[half:])
        what = f"memory of {role} processes" if role == "all" else "memory of the front"
        goal = at_most(1.05) if warm is not minutes else None
        yield Figure(on, f"{what}, later", late, "MB", "earlier", early, late / early, goal)


async def loaded(server: Running, count: int, length: float) -> list[Minute]:
    """Ask for some minutes of some seconds, and for one before them that has small queries only; return all."""
    minutes = [Minute() for _ in range(count + 1)]
    begun = time.perf_counter()
    small, *others = await kinds(server)
    clients = [asyncio.create_task(_client(server, small, minutes, begun, length))]
    for number, minute in enumerate(minutes):
        if number == 1:
            clients += [asyncio.create_task(_client(server, kind, minutes, begun, length)) for kind in others]
        await asyncio.sleep(max(0, (number + 0.95) * length + begun - time.perf_counter()))
        minute.memory = held(server.pid)
        print(f"  minute {number} | {minute}", flush=True)
    for client in clients:
        client.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    return minutes


async def kinds(server: Running) -> list[Kind]:
    """Return the kinds of requests, small queries first."""
    _, listed = await get(server.port, "/query", "203.0.113.9")
    questions = [name.decode("ascii") for name in _NAME.findall(listed)]

    def ask(queries: Sequence[str]) -> Callable[[random.Random], str]:
        return lambda chance: f"/sparql?query={quote(chance.choice(queries).format(chance.randrange(200)))}"

    harm = [query.replace("{", "{{").replace("}", "}}") for query in HOSTILE]
    return [
        Kind("small", 0.1, ask(QUERIES), "203.0.113.1"),
        Kind("page", 0.5, lambda chance: chance.choice(server.pages), "203.0.113.2"),
        Kind("question", 15, lambda chance: f"/query/{chance.choice(questions)}.csv", "203.0.113.3"),
        Kind("hostile", 30, ask(harm), "198.51.100.1"),
    ]


async def _client(server: Running, kind: Kind, minutes: Sequence[Minute], begun: float, length: float) -> None:
    """Ask for requests of a kind again and again, and note what happened."""
    chance = random.Random(kind.name)  # noqa: S311
    while True:
        asked = time.perf_counter()
        status, answer = await _answer(server.port, kind.path(chance), kind.client)
        took = time.perf_counter() - asked
        minute = minutes[min(int((time.perf_counter() - begun) / length), len(minutes) - 1)]
        minute.statuses[kind.name, status] += 1
        if kind.name == "small":
            minute.took.append(took)
        if kind.name == "page" and len(server.pages) < PAGES:
            server.pages.extend(f"/{link.decode('ascii').lstrip('./')}" for link in _LINK.findall(answer)[:20])
        await asyncio.sleep(max(0, kind.every - took))


async def _answer(port: int, path: str, client: str) -> tuple[int, bytes]:
    try:
        return await get(port, path, client)
    except OSError:
        return 0, b""


def held(pid: int) -> Counter[str]:
    """Return the bytes of memory that a server and its workers hold, without files, by their roles."""
    sizes = Counter[str]()
    for process, size in held_by(pid).items():
        with suppress(OSError):  # it has ended
            sizes[_role(Path(f"/proc/{process}/cmdline").read_bytes())] += size
    return sizes


def _role(command: bytes) -> str:
    return "workers" if b"tipgraph.server.jobs" in command else "front"
