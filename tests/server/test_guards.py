"""What stands before every route: names of the host, tokens, rates, headers, and a log without queries."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Server, serving
from tipgraph.errors import CallError
from tipgraph.server import Options, serve

pytestmark = pytest.mark.engines

ROUTES = (
    "/", "/index.html", "/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=nonsense", "/void",
    "/.well-known/void", "/id/reference/places/japan", "/id/nothing", "/ns", "/query", "/query/routes.csv",
    "/query/nothing.csv", "/export/a.nq", "/health", "/nothing/here",
    "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("path", ROUTES)
def test_every_answer_carries_the_headers(server: Server, path: str) -> None:
    reply = server.get(path)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert "access-control-allow-origin" not in reply.headers
    assert "server" not in reply.headers
    assert b"root:" not in reply.body


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost:<x>", "localhost: 80", "[::1",
     "[::1]evil", "localhost:@evil.example", "localhost:80/a?b#c"],
)  # fmt: skip
def test_a_name_that_is_not_ours_is_refused(server: Server, host: str) -> None:
    for path in ROUTES[:4]:
        assert server.call("GET", path, headers={"Host": host}).status in (400, 421)


@pytest.mark.parametrize(
    "lines",
    ["", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nhost: evil.example\r\n",
     "Host: evil.example\r\nHost: localhost\r\n", "Host: localhost\r\nX: y\r\nHost:\r\n"],
)  # fmt: skip
def test_a_request_has_one_host(server: Server, lines: str) -> None:
    for path in ROUTES[:4]:
        reply = server.raw(f"GET {path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
        assert (reply.status, reply.media) == (400, "application/problem+json")
        assert "one Host header" in reply.json["detail"]
    assert server.raw(f"GET / HTTP/1.0\r\n{lines}\r\n").status in (400, 421)


@pytest.mark.parametrize("request_", ["nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"], ids=["no HTTP", "another version"])
def test_what_is_not_understood_is_answered_like_all_else(server: Server, request_: str) -> None:
    reply = server.raw(request_)
    assert (reply.status, reply.headers["connection"]) == (400, "close")
    ours = server.get("/health").headers
    for name in ("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
                 "cross-origin-opener-policy"):  # fmt: skip
        assert reply.headers[name] == ours[name]


@pytest.fixture(scope="module")
def private(store: Path) -> Iterator[Server]:
    """A server with a token, of which pages of a friend may ask, and which has another name."""
    options = ("--allow-host", "graph.example.org", "--cors", "https://friend.example", "--workers", "1")
    with serving(store, *options, TIPGRAPH_TOKEN="a secret: 42") as server:
        yield server


@pytest.mark.parametrize(("host", "status"), [
    *((name, 200) for name in ("localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8080", "graph.example.org")),
    ("evil.example", 421),
])  # fmt: skip
def test_names_of_this_machine_are_ours_and_those_that_the_operator_allows(
    private: Server, host: str, status: int
) -> None:
    assert private.call("GET", "/health", headers={"Host": host}).status == status


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()


def test_a_token_keeps_a_graph_private(private: Server) -> None:
    for path in ROUTES:
        reply = private.get(path)
        assert reply.status == (200 if path == "/health" else 401)
    wrong = ("", "Bearer", "Bearer a secret", basic("a secret"), "Basic !!", "Digest a secret: 42", "Bearer é")
    for told in wrong:
        assert private.call("GET", "/void", headers={"Authorization": told.encode().decode("latin-1")}).status == 401
    for told in ("Bearer a secret: 42", basic("a secret: 42"), "bearer  a secret: 42"):
        assert private.call("GET", "/void", headers={"Authorization": told}).status == 200
    assert "a secret" not in private.log


def test_only_a_page_of_a_friend_asks_with_the_token_and_reads_why_it_is_refused(private: Server) -> None:
    friend, evil = ({"Origin": f"https://{name}.example"} for name in ("friend", "evil"))
    token = {"Authorization": "Bearer a secret: 42"}
    for method in ("GET", "POST"):
        wanted = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization"}
        replies = [private.call("OPTIONS", "/sparql", headers=friend | wanted),
                   *(private.call("GET", "/void", headers=friend | more) for more in (token, {}))]  # fmt: skip
        assert [reply.status for reply in replies] == [200, 200, 401]
        assert {reply.headers["access-control-allow-origin"] for reply in replies} == {"https://friend.example"}
        assert private.call("OPTIONS", "/sparql", headers=evil | wanted).status == 400
    assert "access-control-allow-origin" not in private.call("GET", "/void", headers=evil | token).headers


def test_a_client_that_asks_too_often_is_asked_to_wait(store: Path) -> None:
    with serving(store, "--rate", "5", "--workers", "1") as server:
        replies = [server.get("/health") for _ in range(30)]
        late = [reply for reply in replies if reply.status == 429]
        assert 5 <= len(replies) - len(late) < 30
        assert late
        assert all(reply.headers["retry-after"] == "1" for reply in late)


def statuses(server: Server, number: int, told: str) -> set[int]:
    """Ask more often than one client may, with the number of the request in a header; return the statuses."""
    asked = [server.call("GET", "/health", headers={"X-Forwarded-For": told % one}) for one in range(number)]
    return {reply.status for reply in asked}


def test_clients_behind_a_named_proxy_have_each_their_rate(store: Path) -> None:
    with serving(store, "--proxy", "127.0.0.1", "--rate", "5", "--workers", "1") as server:
        assert statuses(server, 30, "192.0.2.%d") == {200}
        assert statuses(server, 30, "198.51.100.%d, 192.0.2.200") == {200, 429}
        assert "192.0.2.29 GET /health 200" in server.log
        assert "198.51.100" not in server.log
    with serving(store, "--rate", "5", "--workers", "1") as server:
        assert statuses(server, 30, "192.0.2.%d") == {200, 429}
        assert "192.0.2." not in server.log


@pytest.mark.parametrize("name", ["localhost", "", "*", "0.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.1:80"])
def test_a_proxy_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(CallError, match="--proxy"):
        serve("graph.trig", Options(port=0, proxies=[name]))


def test_the_log_holds_no_query(server: Server) -> None:
    before = len(server.log)
    server.get("/sparql", query="SELECT * { ?s ?p 'SECRETWORD' }")
    server.ask("SELECT * { ?s ?p 'SECRETWORD' }")
    server.ask("SELECT * { ?s ?p 'SECRETWORD'")
    server.get("/query/routes.csv", destination="SECRETWORD")
    server.call("GET", "/forged%0aline%1b[2J")
    log = server.log[before:]
    assert "SECRETWORD" not in log
    assert len(re.findall(r"GET /sparql 200 \d+ ms", log)) == 1
    assert "\x1b" not in log
    assert "\nline" not in log


def test_a_websocket_gets_past_nobody(private: Server) -> None:
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }  # fmt: skip
    assert private.call("GET", "/sparql", headers=upgrade).status == 401
    assert private.call("GET", "/health", headers={**upgrade, "Host": "evil.example"}).status == 421
    assert "Traceback" not in private.log
