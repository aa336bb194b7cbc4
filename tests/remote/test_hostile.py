"""Every bad answer ends in one line that says what is wrong, before the deadline, and never in half an answer."""

import gzip
import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from tests.remote.hostile import JSON, ROWS, Asked, Bad, Handler, rows, serving
from tipgraph.cli import main
from tipgraph.errors import RemoteError, RemoteTimeout
from tipgraph.graph.remote import Remote
from tipgraph.graph.remote.http import Caller, Credentials

SELECT = "SELECT ?a { ?a ?b ?c } LIMIT 1"
SECRET = "very-secret"  # noqa: S105
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
FAIR = Caller(seconds=30, size=1 << 20)
QUICK = replace(FAIR, seconds=1)


def remote(bad: Bad, caller: Caller = FAIR, credentials: Credentials | None = None) -> Remote:
    return Remote(bad.address, replace(caller, credentials=credentials))


def fails(bad: Bad, told: str, text: str = SELECT, caller: Caller = FAIR) -> RemoteError:
    """Ask; the error must be one line of our own, with an address and a status that fits."""
    with pytest.raises(RemoteError, match=told) as caught:
        remote(bad, caller).query(text, union=False)
    message = str(caught.value)
    assert "\n" not in message
    assert message.isprintable()
    assert bad.address in message
    assert caught.value.http_status == (504 if isinstance(caught.value, RemoteTimeout) else 502)
    return caught.value


def answering(body: bytes, media: str = JSON, status: int = 200, **headers: str) -> Callable[[Handler, Asked], None]:
    return lambda handler, _: handler.answer(body, media, status, **headers)


def test_a_good_answer_is_taken() -> None:
    with serving(answering(ROWS)) as good:
        solutions: Any = remote(good).query(SELECT, union=False)
        assert [row["a"].value for row in solutions] == ["x"]
        sent = good.asked[0]
        assert sent.headers["User-Agent"].startswith("tipgraph/")
        assert "w3id.org/tipgraph" in sent.headers["User-Agent"]
        assert sent.headers["Accept"].startswith(JSON)
        assert "Authorization" not in sent.headers


NODE = b'{"type":"uri","value":"a:a"}'
DEEP = b'{"type":"triple","value":{"subject":' + NODE + b',"predicate":' + NODE + b',"object":'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "cannot be read"),
        (b"null", "cannot be read"),
        (b"{", "cannot be read"),
        (ROWS[:-5], "cannot be read"),
        (ROWS + b"x", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (ROWS.replace(b'"literal"', b'"spell"'), "cannot be read"),
        (ROWS.replace(b'"literal"', b'"uri"').replace(b'"x"', b'"not an iri"'), "cannot be read"),
        (ROWS.replace(b'"a"', b'"b"'), "cannot be read|other variables"),
        (ROWS.replace(b'["a"]', b'["b"]'), "cannot be read|other variables"),
        (ROWS.replace(b'["a"]', b'["a","b"]'), "other variables"),
        (ROWS.replace(b'["a"]', b'["a\\u001b[2J"]'), "cannot be read|other variables"),
        (b'{"head":{},"boolean":true}', "true or false"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"a":' * 100_000, "cannot be read"),
        (b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":' + DEEP * 50_000, "cannot be read"),
    ],
)  # fmt: skip
def test_broken_json(body: bytes, told: str) -> None:
    with serving(answering(body)) as bad:
        fails(bad, told, caller=replace(FAIR, size=16 << 20))


@pytest.mark.parametrize(
    ("media", "told"),
    [
        ("text/html; charset=utf-8", "a page for people where results were asked for; name the address"),
        ("text/csv", "'text/csv' where application/sparql-results"),
        ("application/\x1b[2J", "where application/sparql-results"),
        ("", "no format that it names"),
    ],
)
def test_another_content_type(media: str, told: str) -> None:
    with serving(answering(ROWS, media)) as bad:
        fails(bad, told)


def test_a_boolean_where_rows_were_answered() -> None:
    with serving(answering(ROWS)) as bad:
        fails(bad, "true or false", "ASK {}")


def drip_body(handler: Handler, _: Asked) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    handler.drip(b" " * 1000)


def say_nothing(handler: Handler, _: Asked) -> None:
    handler.bad.stopped.wait(20)


@pytest.mark.parametrize("slow", [drip_body, say_nothing])
def test_the_deadline_holds_against_drips(slow: Callable[[Handler, Asked], None]) -> None:
    begun = time.monotonic()
    with serving(slow) as bad:
        fails(bad, "no whole answer within 1 s", caller=QUICK)
    assert time.monotonic() - begun < 15  # it drips for much longer


def test_an_answer_that_is_too_large() -> None:
    with serving(answering(b" " * (2 << 20))) as bad:
        fails(bad, "more than 1 MB")


def endless(handler: Handler, _: Asked) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not handler.bad.stopped.is_set():
        handler.wfile.write(b" " * 65536)


def test_an_answer_without_end() -> None:
    with serving(endless) as bad:
        fails(bad, "more than 1 MB")


def short(handler: Handler, _: Asked) -> None:
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nContent-Length: 1000\r\n\r\n<a:a> <a:a> <a:a> .\n"
    )


def short_chunks(handler: Handler, _: Asked) -> None:
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"14\r\n<a:a> <a:a> <a:a> .\n\r\n"
    )


@pytest.mark.parametrize("cut", [short, short_chunks])
def test_a_body_that_is_cut_off(cut: Callable[[Handler, Asked], None]) -> None:
    with serving(cut) as bad:
        fails(bad, "broke off", CONSTRUCT)


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000, b"\x16\x03\x01"],
)
def test_what_is_no_http(raw: bytes) -> None:
    with serving(lambda handler, _: handler.drip(raw, 0)) as bad:
        fails(bad, "cannot be reached or broke off")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (400, "answers 400: no such"),
        (401, "401.*TIPGRAPH_HOST"),
        (404, "name another address"),
        (500, "answers 500"),
        (503, "too busy"),
        *((status, "no redirect is followed") for status in (301, 302, 303, 307, 308)),
    ],
)
def test_a_status_that_is_no_answer(status: int, told: str) -> None:
    with serving(answering(ROWS)) as there:
        with serving(answering(b"no such\nthing \x1b[2J", "text/plain", status, Location=there.address)) as bad:
            fails(bad, told)
        assert (len(bad.asked), there.asked) == (1, []), "it is asked once, and nothing is followed"


def test_credentials_go_to_the_host_that_was_named_and_nowhere_else() -> None:
    mine = Credentials("127.0.0.1", user="ada", password=SECRET)
    with serving(answering(ROWS)) as there:
        with serving(answering(b"", status=307, Location=there.address)) as here:
            with pytest.raises(RemoteError, match="no redirect is followed"):
                remote(here, credentials=mine).query(SELECT, union=False)
            assert here.asked[0].headers["Authorization"].startswith("Basic ")
        assert there.asked == []


def test_credentials_of_another_host_are_not_sent() -> None:
    with serving(answering(ROWS)) as here:
        remote(here, credentials=Credentials("example.org", token=SECRET)).query(SELECT, union=False)
        assert "Authorization" not in here.asked[0].headers


def test_secrets_are_in_no_message() -> None:
    mine = Credentials("127.0.0.1", user="ada", password=SECRET)

    def in_body(handler: Handler, asked: Asked) -> None:
        handler.answer(f"{asked.headers['Authorization']} very-secret".encode(), "text/plain", 400)

    def in_status(handler: Handler, asked: Asked) -> None:
        handler.wfile.write(f"HTTP/1.1 {asked.headers['Authorization']} very-secret\r\n\r\n".encode())

    def in_type(handler: Handler, asked: Asked) -> None:
        handler.answer(ROWS, asked.headers["Authorization"].replace(" ", "/"))

    def in_names(handler: Handler, asked: Asked) -> None:
        handler.answer(rows([asked.headers["Authorization"].rpartition(" ")[2].rstrip("="), "verysecret"], []))

    for echo in (in_body, in_status, in_type, in_names):
        with serving(echo) as bad, pytest.raises(RemoteError) as caught:
            remote(bad, credentials=mine).query(SELECT, union=False)
        for shown in (str(caught.value), repr(caught.value), repr(mine), repr(Caller(mine))):
            assert "very-secret" not in shown
            assert mine.header.removeprefix("Basic ").rstrip("=").lower() not in shown.lower(), echo


@pytest.mark.parametrize(
    "address",
    ["http://ada:very-secret@127.0.0.1:1/query", "https://token@127.0.0.1:1/", "http://", "http:///x", "http://h:x/",
     "http://exa mple/", "HTTP://ada:very-secret@h/"],
)  # fmt: skip
def test_an_address_that_is_not_asked(address: str) -> None:
    result = CliRunner().invoke(main, ["query", "funding", "-g", address])
    assert result.exit_code == 2, result.output
    assert "very-secret" not in result.output
    assert result.stderr.count("\n") == 1


def test_part_of_a_construct_and_a_query_that_was_given_up() -> None:
    body = b"<a:a> <a:a> <a:a> .\n<a:a> <a:a> <a:b> .\n"
    with serving(answering(body, "application/n-triples", X_SPARQL_MaxRows="2")) as bad:
        fails(bad, "gives at most 2 rows", CONSTRUCT)
    with serving(answering(ROWS, X_SPARQL_MaxRows="1")) as bad:
        fails(bad, "gives at most 1 rows")
    with serving(answering(b"<a:a> <a:a> .", "application/n-triples")) as bad:
        fails(bad, "cannot be read", CONSTRUCT)
    with serving(answering(ROWS, X_SQL_State="S1TAT")) as bad:
        fails(bad, "gave up before its answer was whole")


def test_a_server_that_does_not_heed_what_is_named_is_not_believed() -> None:
    graphs = rows(["graph", "number"], [["x:a", "3"], ["x:b", "4"]])

    def stubborn(count: str) -> Callable[[Handler, Asked], None]:
        def answer(handler: Handler, asked: Asked) -> None:
            handler.answer(graphs if "GROUP BY" in asked.query else rows(["number"], [[count]]))

        return answer

    with serving(stubborn("0")) as bad, pytest.raises(RemoteError, match="let it answer over the union"):
        remote(bad).query("ASK {}", union=True)


def test_the_command_line_says_it_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPGRAPH_TIMEOUT", "1")
    with serving(drip_body) as bad:
        result = CliRunner().invoke(main, ["query", "funding", "-g", bad.address])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "no whole answer within 1 s" in result.stderr
    monkeypatch.setenv("TIPGRAPH_TIMEOUT", "soon")
    assert "is no number of seconds" in CliRunner().invoke(main, ["query", "funding", "-g", bad.address]).stderr


def test_nobody_listens() -> None:
    with serving(answering(ROWS)) as gone:
        pass
    with pytest.raises(RemoteError, match="cannot be reached"):
        remote(gone).query(SELECT, union=False)


def test_a_packed_answer_is_not_asked_for_and_not_read() -> None:
    with serving(answering(gzip.compress(ROWS), Content_Encoding="gzip")) as bad:
        fails(bad, "sends packed answers")
        assert bad.asked[0].headers["Accept-Encoding"] == "identity"


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(ROWS)) as proxy, serving(answering(ROWS)) as here:
        monkeypatch.setenv("http_proxy", proxy.address.removesuffix("/query"))
        monkeypatch.delenv("no_proxy", raising=False)
        Remote("http://target.invalid/query", FAIR).query(SELECT, union=False)
        remote(here).query(SELECT, union=False)
        assert [asked.path for asked in proxy.asked] == ["http://target.invalid/query"]


def test_truth_values_are_written_as_oxigraph_writes_them() -> None:
    """Virtuoso says 1 for true; the networks' declarations were misread by that."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    cell = {"type": "typed-literal", "value": "1", "datatype": f"{xsd}boolean"}
    body = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": cell}]}}).encode()
    with serving(answering(body)) as good:
        found: Any = remote(good).query(SELECT, union=False)
        assert [row["a"].value for row in found] == ["true"]
