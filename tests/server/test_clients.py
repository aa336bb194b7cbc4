"""Who asks, and what one client can take from others: connections, requests at a time, workers; also behind a proxy."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.server.serving import Reply, Server, serving
from tipgraph.errors import CallError
from tipgraph.server import clients

pytestmark = pytest.mark.engines

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = "SELECT ?s { ?s a tip:Country } LIMIT 1"
PROXY, ATTACKER, OTHER = "127.0.0.1", "127.0.0.2", "127.0.0.3"
HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def behind(store: Path) -> Iterator[Server]:
    """A server behind a proxy, which the tests play; each has clients of its own."""
    with serving(store, "--proxy", PROXY, "--workers", "2", "--deadline", "4", "--rate", "5") as server:
        yield server


@pytest.fixture(scope="module")
def plain(store: Path) -> Iterator[Server]:
    with serving(store, "--workers", "1") as server:
        yield server


def idle(server: Server, opened: ExitStack, count: int, source: str) -> list[socket.socket]:
    """Open connections that say nothing."""
    address = (server.host, server.port)
    return [opened.enter_context(socket.create_connection(address, 30, (source, 0))) for _ in range(count)]


def test_one_client_does_not_take_all_connections(plain: Server) -> None:
    with ExitStack() as opened:
        idle(plain, opened, 520, ATTACKER)
        assert [plain.call("GET", "/health").status for _ in range(5)] == [200] * 5
        mine = plain.raw(HEALTH, source=ATTACKER)
        assert (mine.status, mine.headers["retry-after"], mine.headers["connection"]) == (429, "5", "close")
        assert "64 connections" in mine.json["detail"]
        assert plain.log.count("GET /health 200") == 5
    assert "Traceback" not in mine.text


def test_a_client_gets_its_connections_back(plain: Server) -> None:
    for _ in range(3):
        with ExitStack() as opened:
            idle(plain, opened, 63, OTHER)
            assert plain.call("GET", "/health", source=OTHER).status == 200
        plain.wait_for(busy=0)


def test_a_proxy_may_have_more_connections_than_a_client(behind: Server) -> None:
    with ExitStack() as opened:
        idle(behind, opened, 100, PROXY)
        assert behind.call("GET", "/health").status == 200


def test_many_clients_together_are_bounded_too(plain: Server) -> None:
    with ExitStack() as opened:
        for number in range(4, 14):
            idle(plain, opened, 64, f"127.0.0.{number}")
        reply = plain.raw(HEALTH, source="127.0.0.14")
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_client_behind_a_proxy_has_so_many_requests_at_a_time(store: Path) -> None:
    with (
        serving(store, "--proxy", PROXY, "--workers", "2", "--deadline", "3") as server,
        ThreadPoolExecutor(80) as many,
    ):
        asked = [many.submit(server.ask, RUNAWAY, **{"X-Forwarded-For": "192.0.2.1"}) for _ in range(80)]
        replies = [one.result() for one in asked]
        refused = [one for one in replies if one.status == 429]
        assert len(refused) == 80 - 64
        assert all("64 requests at a time" in one.json["detail"] for one in refused)


def rated(server: Server, number: int, told: str, source: str = PROXY) -> set[int]:
    """Ask more often than one client may, with the number of the request in a header; return the statuses."""
    asked = [
        server.call("GET", "/health", headers={"X-Forwarded-For": told % one}, source=source) for one in range(number)
    ]
    return {reply.status for reply in asked}


def test_clients_behind_a_proxy_have_each_their_rate(behind: Server) -> None:
    before = len(behind.log)
    assert rated(behind, 30, "192.0.2.%d") == {200}
    assert rated(behind, 30, "198.51.100.%d, 192.0.2.200") == {200, 429}
    log = behind.log[before:]
    assert "192.0.2.29 GET /health 200" in log
    assert "192.0.2.200 GET /health 429" in log
    assert "198.51.100" not in log
    assert PROXY not in re.sub("at http.*", "", log)


def test_who_is_no_proxy_is_not_believed(behind: Server) -> None:
    assert rated(behind, 30, "203.0.113.%d", source=ATTACKER) == {200, 429}
    assert "203.0.113." not in behind.log
    assert f"{ATTACKER} GET /health 429" in behind.log


def test_without_a_named_proxy_nobody_is_believed(store: Path) -> None:
    with serving(store, "--workers", "1", "--rate", "5") as server:
        assert rated(server, 30, "192.0.2.%d") == {200, 429}
        assert "192.0.2." not in server.log


def test_one_network_of_ipv6_is_one_client(behind: Server) -> None:
    assert rated(behind, 30, "2001:db8::%x") == {200, 429}
    assert rated(behind, 30, "2001:db8:1:%x::1") == {200}


def test_behind_a_proxy_one_client_holds_not_all_workers(behind: Server) -> None:
    def ask(query: str, client: str) -> Reply:
        return behind.ask(query, **{"X-Forwarded-For": client})

    with ThreadPoolExecutor(8) as threads:
        runaways = [threads.submit(ask, RUNAWAY, "192.0.2.101") for _ in range(4)]
        behind.wait_for(busy=1, waiting=3)
        small = [ask(SMALL, "192.0.2.102").status for _ in range(3)]
        assert not any(one.done() for one in runaways)
        assert small == [200] * 3


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ([], "10.0.0.1"),
        (["192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7:4711"], "192.0.2.7"),
        (["[2001:db8::7]:4711"], "2001:db8::7"),
        (["2001:DB8:0::7"], "2001:db8::7"),
        (["::ffff:192.0.2.7"], "192.0.2.7"),
        (["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        (["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
        (["198.51.100.1, 192.0.2.7, 10.0.0.2"], "192.0.2.7"),
        (["nobody, 192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7, nobody"], "10.0.0.1"),
        (["192.0.2.7,"], "10.0.0.1"),
        (["10.0.0.2, 10.0.0.3"], "10.0.0.1"),
        (["," * 60_000], "10.0.0.1"),
        (["\xff\r\n192.0.2.7"], "10.0.0.1"),
    ],
)
def test_the_right_most_hop_that_is_no_proxy_counts(told: list[str], who: str) -> None:
    headers = [(b"x-forwarded-for", line.encode("latin-1")) for line in told]
    proxies = clients.networks(["10.0.0.0/8"])
    for peer in ("10.0.0.1", "::ffff:10.0.0.1"):
        scope = {"client": (peer, 4711), "headers": [*headers, (b"forwarded", b"for=203.0.113.1")]}
        assert clients.note(scope, proxies) == clients.client_of(scope) == who
    stranger = {"client": ("203.0.113.9", 4711), "headers": headers}
    assert clients.note(stranger, proxies) == "203.0.113.9"


@pytest.mark.parametrize("name", ["localhost", "", "*", "0.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.1:80"])
def test_a_proxy_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(CallError, match="--proxy"):
        clients.networks([name])
