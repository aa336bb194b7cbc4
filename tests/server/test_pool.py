"""Workers that end and are replaced: by a deadline, by a crash, by somebody else."""

import os
import re
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
    assert len(set(before) - set(quick.workers())) == 1


def test_what_ends_its_process_is_told_and_the_process_replaced(patient: Server) -> None:
    """Only the first of its queries ended it; those behind are answered by another process."""
    for pid in patient.workers():
        os.kill(pid, signal.SIGSTOP)  # so that they are asked while they die
    with ThreadPoolExecutor() as threads:
        asked = [threads.submit(patient.ask, SMALL) for _ in range(4)]
        patient.wait_for(busy=1, waiting=3)
        for pid in patient.workers():
            os.kill(pid, signal.SIGKILL)
        replies = sorted((one.result() for one in asked), key=lambda reply: reply.status)
    assert [reply.status for reply in replies] == [200, 200, 200, 500]
    assert "ended the process that ran it" in replies[-1].json["detail"]
    patient.wait_for(workers=2)
    assert patient.ask(SMALL).status == 200


def test_a_worker_that_dies_idle_costs_nobody_an_answer(quick: Server) -> None:
    for pid in quick.workers():
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    assert quick.ask(SMALL).status == 200
    quick.wait_for(workers=2)


def test_memory_of_a_query_is_limited(store: Path) -> None:
    with serving(store, "--memory", "64", "--deadline", "30") as server:
        reply = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d ?f")
        assert reply.status == 500
        assert "larger than the memory" in reply.json["detail"]
        assert server.ask(SMALL).status == 200


def test_who_waits_too_long_is_told_so(store: Path) -> None:
    with serving(store, "--workers", "1", "--deadline", "2") as server, ThreadPoolExecutor() as threads:
        runaway = threads.submit(server.ask, RUNAWAY)
        server.wait_for(busy=1)
        waiting = [threads.submit(server.ask, SMALL) for _ in range(3)]
        assert runaway.result().status == 504
        statuses = {one.result().status for one in waiting}
        assert statuses <= {200, 503}
        assert all(one.result().seconds < 4 for one in waiting)
        assert all("retry-after" in one.result().headers for one in waiting if one.result().status == 503)


def test_one_client_never_holds_all_workers(store: Path) -> None:
    with serving(store, "--workers", "3", "--deadline", "4") as server, ThreadPoolExecutor(16) as threads:
        runaways = [threads.submit(server.ask, RUNAWAY) for _ in range(8)]
        server.wait_for(busy=2, waiting=6)
        assert {one.result().status for one in runaways} <= {503, 504}


def test_a_query_that_was_given_ahead_does_not_wait_for_a_long_one(store: Path) -> None:
    with serving(store, "--workers", "3", "--deadline", "8") as server, ThreadPoolExecutor() as threads:
        for _ in range(10):  # a client of short queries, so that its next queries are given to one worker
            assert server.ask(SMALL).status == 200
        runaway = threads.submit(server.ask, RUNAWAY)
        small = [threads.submit(server.ask, SMALL) for _ in range(6)]
        assert [one.result().status for one in small] == [200] * 6
        assert not runaway.done()
        server.process.terminate()  # it has not to be waited for


def test_a_client_that_goes_holds_no_worker_and_is_told_of_in_the_log_and_counted(patient: Server) -> None:
    import socket

    for number in range(3):
        with socket.create_connection(("127.0.0.1", patient.port)) as connection:
            path = f"/sparql?query={quote(RUNAWAY)}"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            patient.wait_for(busy=1)
        patient.wait_for(busy=0, workers=2)
        assert patient.log.count("GET /sparql 499 ") == number + 1
    told = 'tipgraph_requests_total{method="GET",route="/sparql",status="499"} 3.0'
    assert told in patient.get("/metrics").text
    assert "Traceback" not in patient.log


def test_health_is_good_as_long_as_queries_are_answered(patient: Server) -> None:
    """Workers of both duties end, and are replaced by the next request; no look at /health in between is a 503."""
    with ThreadPoolExecutor() as threads:
        for duty, ask in (("tell", "/query/routes.csv"), ("query", "/sparql?query=ASK%7B%7D")):
            for pid in patient.workers(duty):
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.3)
            asked = threads.submit(patient.get, ask)
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


def test_long_queries_of_many_clients_leave_one_worker_to_short_ones(store: Path) -> None:
    """The last worker is taken back from a long query, which waits again; whoever asks short ones goes on."""
    with serving(store, "--workers", "3", "--deadline", "10") as server, ThreadPoolExecutor(16) as threads:
        attackers = [f"127.0.0.{number}" for number in range(2, 6)]
        runaways = [threads.submit(server.ask, RUNAWAY, source=one) for one in attackers]
        server.wait_for(waiting=1)
        assert [server.ask(SMALL).status for _ in range(20)] == [200] * 20
        assert not any(one.done() for one in runaways)
        ended = re.search(r'workers_ended_total{duty="query",reason="displaced"} (\d)', server.get("/metrics").text)
        assert ended
        assert int(ended[1]) >= 1
        server.process.terminate()  # none has to be waited for


def test_who_asks_long_queries_gets_a_worker_of_who_has_several(store: Path) -> None:
    def counting(pairs: int) -> str:
        return f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {pairs} }} }}"

    with serving(store, "--workers", "4", "--deadline", "30") as server, ThreadPoolExecutor(16) as threads:
        sizes = (2_500_000 * 2**step for step in range(6))
        long, mine = next((query, reply) for query in map(counting, sizes) if (reply := server.ask(query)).seconds > 1)
        assert mine.status == 200
        runaways = [threads.submit(server.ask, RUNAWAY, source="127.0.0.2") for _ in range(8)]
        server.wait_for(busy=3, waiting=5)
        assert server.ask(long).status == 200
        assert not any(one.done() for one in runaways)
        server.process.terminate()  # none has to be waited for


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


def test_who_ends_workers_again_and_again_leaves_one_to_others(store: Path) -> None:
    """A worker that is started again counts as held by the client that ended the one before."""
    import http.client
    import threading

    with serving(store, "--workers", "3", "--deadline", "1") as server:
        stop = threading.Event()

        def attack() -> None:
            while not stop.is_set():
                connection = http.client.HTTPConnection("127.0.0.1", server.port, source_address=("127.0.0.2", 0))
                try:
                    connection.request("GET", f"/sparql?query={quote(RUNAWAY)}")
                    connection.getresponse().read()
                except OSError:
                    pass
                finally:
                    connection.close()

        threads = [threading.Thread(target=attack, daemon=True) for _ in range(20)]
        for thread in threads:
            thread.start()
        server.wait_for(waiting=18)
        asked = [server.ask(SMALL).status for _ in range(20)]
        stop.set()
        for thread in threads:
            thread.join()
        assert asked == [200] * 20


def test_workers_come_back_after_a_want_of_descriptors(patient: Server) -> None:
    import resource
    import socket
    from contextlib import ExitStack, suppress

    usual = resource.prlimit(patient.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(patient.process.pid, resource.RLIMIT_NOFILE, (60, usual[1]))
    with ExitStack() as opened:
        for _ in range(80):
            with suppress(OSError):
                opened.enter_context(socket.create_connection(("127.0.0.1", patient.port), timeout=5))
        for pid in patient.workers():
            os.kill(pid, signal.SIGKILL)
        time.sleep(1)
    resource.prlimit(patient.process.pid, resource.RLIMIT_NOFILE, usual)
    patient.wait_for(workers=2)
    assert patient.ask(SMALL).status == 200
