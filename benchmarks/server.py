"""The server, in turn with rdflib-endpoint: answers a second, idle and beside queries that never end, and attacked."""

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from benchmarks.clients import RUNAWAY, Answers, beside, load
from benchmarks.figures import Figure, Run, at_least, at_most, compared
from benchmarks.graphs import COMMAND, Measured, graphs, store
from tipgraph.runtime import is_here

SIZES, SMOKE = ("kit",), ("5000",)
CONNECTIONS, SECONDS, ROUNDS = 16, 5, 5
ATTACKERS, ATTACK = 8, 30  # clients, seconds
THEIRS = Path(__file__).with_name("alternatives") / "rdflib_server.py"


@dataclass
class Running:
    """A server that runs: its port, its process, and addresses of its pages."""

    port: int
    pid: int
    pages: list[str] = field(default_factory=lambda: ["/", "/ask.html"])


def figures(run: Run) -> Iterator[Figure]:
    """Measure the server of each graph."""
    for graph in graphs(run.sizes):
        yield from rates(graph, run)
        yield from attacked(graph, run)


def rates(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure answers a second to a small query."""
    seconds = 0.5 if run.is_smoke else SECONDS
    ours, theirs = [], []
    for _ in range(run.rounds(ROUNDS)):
        with serving(graph, run, "--no-pages") as server:
            ours.append(rate(server.port, "/sparql", seconds, run))
        if is_here("rdflib_endpoint"):
            with started([sys.executable, str(THEIRS), str(graph.path)], "/") as server:
                theirs.append(rate(server.port, "/", seconds, run))
    what = f"a small query at {CONNECTIONS} connections"
    idle, busy = ([pair[side] for pair in ours] for side in (0, 1))
    if theirs:
        for words, side, goal in ((what, 0, at_least(3.5)), (f"{what}, beside two runaways", 1, None)):
            pairs = [(a[side], b[side]) for a, b in zip(ours, theirs, strict=True)]
            yield compared(graph.name, words, pairs, "rdflib-endpoint", goal, "/s")
    pairs = list(zip(busy, idle, strict=True))
    yield compared(graph.name, f"{what}, beside two runaways", pairs, "the same, idle", at_least(0.6), "/s")


def attacked(graph: Measured, run: Run) -> Iterator[Figure]:
    """Measure how long one client waits beside attackers at one and at many addresses, and beside none."""
    for count in (ATTACKERS,) if run.is_smoke else (0, 1, ATTACKERS):
        addresses = [f"198.51.100.{number % count}" for number in range(ATTACKERS)] if count else []
        with serving(graph, run, "--no-pages", "--proxy", "127.0.0.1") as server:
            answers, _ = run.apart(beside, server.port, addresses, 0.3 if run.is_smoke else ATTACK)
        what = f"a small query beside {len(addresses)} attackers at {count} addresses"
        yield Figure(graph.name, f"{what}, 99 of 100 answers", answers.p99 * 1000, "ms", goal=at_most(250))
        yield Figure(graph.name, f"{what}, failures", answers.failed, "", goal=at_most(0))


@contextmanager
def serving(graph: Measured, run: Run, *words: str) -> Iterator[Running]:
    """Serve the store of a graph."""
    with started([*COMMAND, "serve", "-g", str(store(graph, run)), *words, "--rate", "0", "--quiet", "--port"],
                 "/sparql") as server:  # fmt: skip
        yield server


@contextmanager
def started(command: Sequence[str], path: str) -> Iterator[Running]:
    """Run a server, whose command ends with its port, until it answers; end it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    with subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                with suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}{path}?query=ASK%20%7B%7D", timeout=5).read()
                    break
                time.sleep(0.1)
            yield Running(port, process.pid)
        finally:
            process.terminate()  # so that it removes its files, unless it waits for a query that never ends
            with suppress(subprocess.TimeoutExpired):
                process.wait(3)
            process.kill()


def rate(port: int, path: str, seconds: float, run: Run) -> tuple[float, float]:
    """Return the answers a second, idle, and beside two queries that never end, each asked again when it was."""
    idle, _ = run.apart(load, port, path, CONNECTIONS, seconds)
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}?query={quote(RUNAWAY)}", timeout=30).read()

    for _ in range(2):
        threading.Thread(target=ask, daemon=True).start()
    time.sleep(1)
    busy, _ = run.apart(load, port, path, CONNECTIONS, seconds)
    stop.set()
    return counted(idle, seconds), counted(busy, seconds)


def counted(answers: Answers, seconds: float) -> float:
    """Return the good answers a second."""
    return (len(answers.took) - answers.failed) / seconds
