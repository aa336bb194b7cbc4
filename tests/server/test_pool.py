"""Workers that end and are replaced: by a deadline, by a crash, by somebody else."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.serving import Reply, Server, serving

pytestmark = pytest.mark.engines

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = "SELECT ?s { ?s a tip:Country } LIMIT 1"


@pytest.fixture(scope="module")
def quick(store: Path) -> Iterator[Server]:
    with serving(store, "--deadline", "2", "--workers", "2") as server:
        yield server


@pytest.fixture(scope="module")
def patient(store: Path) -> Iterator[Server]:
    with serving(store, "--deadline", "30", "--workers", "2") as server:
        yield server


def test_a_query_ends_at_its_deadline_and_the_next_one_is_answered(quick: Server) -> None:
    before = quick.workers()
    reply = quick.ask(RUNAWAY)
    assert reply.status == 504
    assert "took longer than 2 seconds" in reply.json["detail"]
    assert 1.9 < reply.seconds < 5
    assert quick.ask(SMALL).status == 200
    quick.wait_for(workers=2)
    for _ in range(20):  # until the system has ended it
        if len(now := quick.workers()) == 2:
            break
        time.sleep(0.05)
    assert len(set(before) - set(now)) == 1


def test_what_ends_its_process_is_told_and_the_process_replaced(patient: Server) -> None:
    """Those that wait are answered by another process."""
    for pid in patient.workers():
        os.kill(pid, signal.SIGSTOP)  # so that they are asked while they die
    with ThreadPoolExecutor() as threads:
        asked = [threads.submit(patient.ask, SMALL) for _ in range(4)]
        patient.wait_for(busy=2, waiting=2)
        for pid in patient.workers():
            os.kill(pid, signal.SIGKILL)
        replies = sorted((one.result() for one in asked), key=lambda reply: reply.status)
    assert [reply.status for reply in replies] == [200, 200, 500, 500]
    assert "ended the process that ran it" in replies[-1].json["detail"]
    patient.wait_for(workers=2)
    assert patient.ask(SMALL).status == 200


def test_memory_of_a_query_is_limited(store: Path) -> None:
    with serving(store, "--memory", "64", "--deadline", "30") as server:
        reply = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d ?f")
        assert reply.status == 500
        assert "larger than the memory" in reply.json["detail"]
        assert server.ask(SMALL).status == 200


def test_beside_long_queries_short_ones_are_answered(store: Path) -> None:
    """Long ones have no more than their room; who asks too many of them waits, or is told so."""
    with serving(store, "--workers", "3", "--deadline", "8") as server, ThreadPoolExecutor(16) as threads:
        attackers = ["127.0.0.1", "127.0.0.2"] * 4
        runaways = [threads.submit(server.ask, RUNAWAY, source=one) for one in attackers]
        time.sleep(3)
        small = [server.ask(SMALL, source="127.0.0.9") for _ in range(20)]
        assert [one.status for one in small] == [200] * 20
        ended = [one.result() for one in runaways]
        assert {one.status for one in ended} <= {503, 504}
        assert all("retry-after" in one.headers for one in ended if one.status == 503)
        assert all(one.seconds < 9 for one in ended if one.status == 504)


def test_one_worker_is_enough_for_short_queries_beside_a_long_one(store: Path) -> None:
    with serving(store, "--workers", "1", "--deadline", "8") as server, ThreadPoolExecutor() as threads:
        runaway = threads.submit(server.ask, RUNAWAY)
        server.wait_for(workers=2, busy=1)
        second = threads.submit(server.ask, RUNAWAY, source="127.0.0.2")
        assert server.ask(SMALL, source="127.0.0.3").status == 200
        assert second.result().status in (503, 504)  # on a busy machine it is not long before its deadline
        assert runaway.result().status == 504
        server.wait_for(workers=1, busy=0)


def test_a_client_that_goes_leaves_no_word_in_the_log(quick: Server) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", quick.port)) as connection:
        path = f"/sparql?query={quote(RUNAWAY)}"
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        quick.wait_for(busy=1)
    quick.wait_for(busy=0, workers=2)
    assert "Traceback" not in quick.log


def test_health_is_good_as_long_as_queries_are_answered(patient: Server) -> None:
    """Workers end, and are replaced; no look at /health in between is a 503."""
    with ThreadPoolExecutor() as threads:
        for pid in patient.workers():
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        asked = threads.submit(patient.get, "/query/routes.csv")
        looks = [patient.get("/health")]
        while not asked.done() or len(looks) < 3:
            looks.append(patient.get("/health"))
        assert asked.result().status == 200
        assert {(look.status, look.json["status"]) for look in looks} == {(200, "ok")}


def test_health_is_bad_where_no_worker_can_be_started(store: Path, tmp_path: Path) -> None:
    import shutil

    place = shutil.copytree(store, tmp_path / "store", symlinks=True)
    with serving(place, "--workers", "1", "--deadline", "2") as server:
        place.rename(tmp_path / "away")
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        assert server.ask(SMALL).status == 503
        for _ in range(200):  # until the first one has not come up
            if (health := server.get("/health")).status == 503:
                break
            time.sleep(0.1)
        assert (health.status, health.json["status"]) == (503, "no worker can be started; see the log")
        (tmp_path / "away").rename(place)
        server.wait_for(workers=1)
        assert server.get("/health").status == 200
        assert server.ask(SMALL).status == 200


def test_the_workers_of_a_killed_server_end_too(store: Path) -> None:
    with serving(store) as server:
        workers = server.workers()
        with ThreadPoolExecutor() as threads:
            asked = threads.submit(lambda: _broken(server))
            server.wait_for(busy=1)
            server.process.kill()
            asked.result()
        server.process.wait()
        for _ in range(100):
            if not any(Path(f"/proc/{pid}").exists() for pid in workers):
                break
            time.sleep(0.05)
        assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def _broken(server: Server) -> Reply | None:
    try:
        return server.ask(RUNAWAY)
    except OSError:
        return None


def test_it_stops_when_it_is_told_to_and_leaves_nothing_behind(store: Path, tmp_path: Path) -> None:
    for word in (signal.SIGTERM, signal.SIGINT):
        with serving(store, TMPDIR=str(tmp_path)) as server:
            workers = server.workers()
            assert any(tmp_path.iterdir())
            server.process.send_signal(word)
            assert server.process.wait(timeout=20) == 0
            assert list(tmp_path.iterdir()) == []
            assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
