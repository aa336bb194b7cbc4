"""Every bad answer ends in one line that says what is wrong, before the deadline, and never in half an answer."""

import http.client
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, cast

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions

from tests.remote.hostile import JSON, ROWS, Asked, Bad, Handler, bomb, rows, serving
from tipgraph.cli import main
from tipgraph.errors import CallError, RemoteError, RemoteTimeout, TipgraphError
from tipgraph.graph.remote import Remote
from tipgraph.graph.remote.credentials import Credentials
from tipgraph.graph.remote.transport import Caller, TransferLimits

SELECT = "SELECT ?a { ?a ?b ?c } LIMIT 1"
SECRET = "very-secret"  # noqa: S105
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
FAIR = TransferLimits(seconds=30, size=1 << 20, tries=3)
QUICK = FAIR._replace(seconds=1)


def remote(bad: Bad, limits: TransferLimits = FAIR, credentials: Credentials | None = None) -> Remote:
    return Remote(bad.address, Caller(credentials, limits))


def fails(bad: Bad, told: str, text: str = SELECT, limits: TransferLimits = FAIR) -> RemoteError:
    """Ask; the error must be one line of our own, with an address and a status that fits."""
    with pytest.raises(RemoteError, match=told) as caught:
        remote(bad, limits).query(text, union=False)
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
        (ROWS.replace(b'"a"', b'"b"'), "variables 'b' where 'a'"),
        (ROWS.replace(b'["a"]', b'["b"]'), "cannot be read"),
        (ROWS.replace(b'["a"]', b'["a","b"]'), "variables 'a b' where 'a'"),
        (ROWS.replace(b'["a"]', b'["a\\u001b[2J"]'), "cannot be read|variables"),
        (b'{"head":{},"boolean":true}', "true or false where rows"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"a":' * 100_000, "nested deeper"),
        (b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":' + DEEP * 50_000, "nested deeper|more than"),
        (rows(["a"], [["x"], ["y"]]), "more rows than LIMIT"),
    ],
)  # fmt: skip
def test_broken_json(body: bytes, told: str) -> None:
    with serving(answering(body)) as bad:
        fails(bad, told, limits=FAIR._replace(size=16 << 20))


def test_no_answer_makes_its_reader_look_back_again_and_again() -> None:
    """What took the square of its length would take hours here."""
    with serving(answering(b'{"head":{"vars":["a"]},"x":"' + b'\\"' * 1_000_000)) as bad:
        fails(bad, "cannot be read", limits=TransferLimits(seconds=60))
    with serving(answering(b"<< " * 100 + b'"' + b'\\"' * 1_000_000, "text/turtle")) as bad:
        fails(bad, "nested deeper|cannot be read", CONSTRUCT, TransferLimits(seconds=60))


def test_turtle_that_says_far_more_than_it_sends() -> None:
    bomb = b"@prefix p: <a:" + b"x" * 20_000 + b"> .\n" + b"p:a p:b p:c .\n" * 5_000
    with serving(answering(bomb, "text/turtle")) as bad:
        fails(bad, "far more than it sends", CONSTRUCT)


def test_brackets_in_strings_are_no_depth() -> None:
    with serving(answering(ROWS.replace(b'"x"', b'"' + b'[{\\"' * 500 + b'"'))) as good:
        solutions: Any = remote(good).query(SELECT, union=False)
        assert len(next(solutions)["a"].value) == 1500


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<a:a> <a:a> .", "cannot be read"),
        (b"<a:a> <a:a> " + b"<<( <a:a> <a:a> " * 100_000, "nested deeper"),
        (b"<a:a> <a:a> " + b'<<( # "\n<a:a> <a:a> ' * 30_000 + b'<a:a> # "\n', "nested deeper"),
    ],
)
@pytest.mark.parametrize("media", ["application/n-triples", "text/turtle"])
def test_broken_triples(body: bytes, told: str, media: str) -> None:
    with serving(answering(body, media)) as bad:
        fails(bad, told, CONSTRUCT, FAIR._replace(size=16 << 20))


def test_many_signs_of_nesting_in_strings_are_read() -> None:
    body = b'<a:a> <a:b> "' + b"<< " * 100 + b'" .\n'
    with serving(answering(body, "application/n-triples")) as good:
        triples: Any = remote(good).query(CONSTRUCT, union=False)
        assert len(triples) == 1


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
        fails(bad, "rows where true or false", "ASK {}")


def drip_header(handler: Handler, _: Asked) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    handler.drip(b"a" * 1000)


def drip_body(handler: Handler, _: Asked) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    handler.drip(b" " * 1000)


def drip_status(handler: Handler, _: Asked) -> None:
    handler.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0.01)


def say_nothing(handler: Handler, _: Asked) -> None:
    handler.bad.stopped.wait(20)


@pytest.mark.parametrize("slow", [drip_header, drip_body, drip_status, say_nothing])
def test_the_deadline_holds_against_drips(slow: Callable[[Handler, Asked], None]) -> None:
    begun = time.monotonic()
    with serving(slow) as bad:
        fails(bad, "no whole answer within 1 s", limits=QUICK)
    assert time.monotonic() - begun < 15  # it drips for much longer


def test_the_deadline_holds_against_a_name_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up that hangs cannot be had without a name server of one's own: this one function stands in for it."""
    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: done.wait(30) and [])
    begun = time.monotonic()
    try:
        with pytest.raises(RemoteTimeout, match="no whole answer within 1 s"):
            Remote("http://slow.invalid/query", Caller(None, QUICK)).query(SELECT, union=False)
        assert time.monotonic() - begun < 15
    finally:
        done.set()


def test_nothing_is_sent_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is found when nobody waits any more: what was to be written there must not be written then."""
    found, look_up = threading.Event(), socket.getaddrinfo

    def slow(*words: Any, **more: Any) -> Any:
        time.sleep(1.3)
        found.set()
        return look_up(*words, **more)

    with serving(answering(ROWS)) as bad:
        monkeypatch.setattr(socket, "getaddrinfo", slow)
        fails(bad, "no whole answer within 1 s", limits=QUICK)
        assert found.wait(15)
        time.sleep(0.5)
        assert bad.asked == []


def test_the_deadline_is_one_for_all_pages() -> None:
    def page(handler: Handler, _: Asked) -> None:
        time.sleep(0.3)
        handler.answer(rows(["a"], [["x"], ["y"]]))

    with serving(page) as bad, pytest.raises(RemoteTimeout):
        Remote(bad.address, Caller(None, QUICK), rows=2).query("SELECT ?a { ?a ?b ?c }", union=False)
    assert len(bad.asked) < 6


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


def test_a_gzip_bomb() -> None:
    with serving(answering(bomb(300), Content_Encoding="gzip")) as bad:
        fails(bad, "more than 1 MB")


def test_gzip_is_read_and_broken_gzip_is_not() -> None:
    import gzip

    packed = gzip.compress(ROWS)
    with serving(answering(packed, Content_Encoding="gzip")) as good:
        assert len(list(cast(QuerySolutions, remote(good).query(SELECT, union=False)))) == 1
    half = len(ROWS) // 2
    with serving(answering(gzip.compress(ROWS[:half]) + gzip.compress(ROWS[half:]), Content_Encoding="gzip")) as good:
        assert len(list(cast(QuerySolutions, remote(good).query(SELECT, union=False)))) == 1
    with serving(answering(packed[:-12], Content_Encoding="gzip")) as bad:
        fails(bad, "broke off")
    with serving(answering(ROWS, Content_Encoding="gzip")) as bad:
        fails(bad, "broke off")
    with serving(answering(ROWS, Content_Encoding="br")) as bad:
        fails(bad, "encoding 'br'")


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
    [(400, "answers 400: no such"), (401, "401.*TIPGRAPH_HOST"), (404, "name another address"), (500, "answers 500")],
)
def test_a_status_that_is_no_answer(status: int, told: str) -> None:
    with serving(answering(b"no such\nthing \x1b[2J", "text/plain", status)) as bad:
        fails(bad, told)


def test_a_busy_server_is_asked_again_as_late_as_it_asks() -> None:
    turns: list[float] = []

    def busy(handler: Handler, _: Asked) -> None:
        turns.append(time.monotonic())
        if len(turns) == 1:
            handler.answer(b"", status=503, Retry_After="1")
        elif len(turns) == 2:
            later = datetime.now(UTC) + timedelta(seconds=2)
            handler.answer(b"", status=429, Retry_After=format_datetime(later, usegmt=True))
        else:
            handler.answer(ROWS)

    with serving(busy) as bad:
        solutions: Any = remote(bad).query(SELECT, union=False)
        assert len(list(solutions)) == 1
    assert turns[1] - turns[0] >= 1
    assert turns[2] - turns[1] >= 0.9  # an HTTP date has no parts of seconds


@pytest.mark.parametrize("wait", ["3600", "9" * 5000, "Fri, 31 Dec 2199 23:59:59 GMT"])
def test_a_server_that_asks_to_wait_too_long_is_not_waited_for(wait: str) -> None:
    with serving(answering(b"", status=503, Retry_After=wait)) as bad:
        fails(bad, "too busy")
    assert len(bad.asked) == 1


@pytest.mark.parametrize("wait", ["", "-5", "soon", "Fri, 99 Foo 2199"])
def test_a_server_that_stays_busy_is_asked_only_so_often(wait: str) -> None:
    with serving(answering(b"", status=429, Retry_After=wait)) as bad:
        fails(bad, "too busy")
    assert len(bad.asked) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_followed_with_the_query(status: int) -> None:
    with serving(answering(ROWS)) as there:
        with serving(answering(b"", status=status, Location=there.address)) as here:
            solutions: Any = remote(here).query(SELECT, union=False)
            assert len(list(solutions)) == 1
        assert there.asked[0].query.endswith(SELECT)


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:,x",
        "http://a:b@127.0.0.1/",
        "gopher://x",
        "http://[",
        "//",
        "\x1b",
    ],
)
def test_a_redirect_to_what_is_not_http_is_not_followed(location: str) -> None:
    with serving(answering(b"", status=302, Location=location)) as bad:
        error = fails(bad, "not followed|too many redirects|cannot be reached")
        assert "a:b@" not in str(error)


def test_a_redirect_to_another_host_is_not_followed() -> None:
    with serving(answering(ROWS)) as there:
        with serving(answering(b"", status=307, Location=there.address.replace("127.0.0.1", "localhost"))) as here:
            fails(here, "another host")
        assert there.asked == []


def test_redirects_end() -> None:
    with serving(lambda handler, asked: handler.answer(b"", status=307, Location=asked.path + "x")) as bad:
        fails(bad, "too many redirects")
    assert len(bad.asked) == 4


def test_credentials_go_to_the_host_that_was_named_and_nowhere_else() -> None:
    mine = Credentials("127.0.0.1", user="ada", password=SECRET)
    with serving(answering(ROWS)) as there:
        with serving(answering(b"", status=307, Location=there.address)) as here:
            with pytest.raises(RemoteError, match="does not get our credentials"):
                remote(here, credentials=mine).query(SELECT, union=False)
            assert here.asked[0].headers["Authorization"].startswith("Basic ")
        assert there.asked == []


def test_credentials_of_another_host_are_not_sent() -> None:
    with serving(answering(ROWS)) as here:
        with pytest.raises(RemoteError, match=r"does not get the credentials of example\.org"):
            remote(here, credentials=Credentials("example.org", token=SECRET)).query(SELECT, union=False)
        assert here.asked == []


def test_credentials_that_no_header_can_hold() -> None:
    with serving(answering(ROWS)) as here:
        mine = Credentials("127.0.0.1", token=f"{SECRET}\n")  # as a file of one holds it
        list(cast(QuerySolutions, remote(here, credentials=mine).query(SELECT, union=False)))
        assert here.asked[0].headers["Authorization"] == f"Bearer {SECRET}"
    with pytest.raises(CallError, match="another control character") as caught:
        Credentials("127.0.0.1", user="ada", password=f"{SECRET}\nX-More: x")
    assert SECRET not in str(caught.value)


def test_a_proxy_gets_the_same_request_each_time_and_its_password_goes_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """urllib changes a request that goes by a proxy: each try begins anew."""

    def busy(handler: Handler, _: Asked) -> None:
        if len(handler.bad.asked) < 3:
            handler.answer(b"", status=503, Retry_After="0")
        elif len(handler.bad.asked) == 3:
            handler.answer(b"", status=307, Location="http://target.invalid/elsewhere")
        else:
            handler.answer(ROWS)

    with serving(busy) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.replace("//", "//ada:proxy-secret@").removesuffix("/query"))
        monkeypatch.delenv("no_proxy", raising=False)
        answer = Remote("http://target.invalid/query", Caller(None, FAIR)).query(SELECT, union=False)
        assert len(list(cast(QuerySolutions, answer))) == 1
        paths = [asked.path for asked in proxy.asked]
        assert paths == ["http://target.invalid/query"] * 3 + ["http://target.invalid/elsewhere"]
        assert len({asked.headers["Proxy-Authorization"] for asked in proxy.asked}) == 1
        assert {asked.query for asked in proxy.asked} == {proxy.asked[0].query} != {""}


def test_an_exception_from_proxies_that_is_an_address_of_ipv6_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(ROWS)) as good:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        monkeypatch.setenv("no_proxy", "localhost,127.0.0.1,[::1]")
        assert len(list(cast(QuerySolutions, remote(good).query(SELECT, union=False)))) == 1


@pytest.mark.parametrize("secret", [SECRET, "very-sécret", "very'secret\"\\x"])
@pytest.mark.parametrize(
    "line",
    ["HTTP/1.1 {}", "HTTP/1.1 200 OK\r\n{}", "HTTP/1.1 200 OK\r\nContent-Encoding: {}",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}", "HTTP/1.1 200 OK\r\nContent-Length: {}",
     "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://{}:x[/",
     "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /{}"],
)  # fmt: skip
def test_secrets_are_not_in_what_is_no_http_either(secret: str, line: str) -> None:
    """h11 quotes a line that it cannot read, with each letter beyond ASCII, and each quotation mark, escaped."""
    mine = Credentials("127.0.0.1", user="ada", password=secret)
    with serving(lambda handler, _: handler.drip(f"{line.format(secret)}\r\n\r\n".encode(), 0)) as bad:
        with pytest.raises(RemoteError) as caught:
            remote(bad, credentials=mine).query(SELECT, union=False)
        assert "very" not in str(caught.value)


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


def test_a_server_that_cuts_answers_short_is_noticed() -> None:
    """It gives three rows at most, whatever LIMIT says, and says nothing of it."""
    everything = [[str(number)] for number in range(10)]

    def capped(handler: Handler, asked: Asked) -> None:
        if "?hundreds" in asked.query:
            handler.answer(rows(["hundreds", "tens", "ones"], [["0", "0", "0"]] * 3))
            return
        words = asked.query.split()
        first, most = int(words[words.index("OFFSET") + 1]), int(words[words.index("LIMIT") + 1])
        handler.answer(rows(["a"], everything[first : first + min(most, 3)]))

    with serving(capped) as bad:
        solutions: Any = remote(bad).query("SELECT ?a { ?a ?b ?c }", union=False)
        assert [row["a"].value for row in solutions] == [str(number) for number in range(10)]


def test_a_server_that_tells_its_cap_is_believed() -> None:
    pages = iter([["1", "2"], ["3"]])

    def capped(handler: Handler, asked: Asked) -> None:
        if "?hundreds" in asked.query:
            handler.answer(rows(["hundreds", "tens", "ones"], [["0", "0", "0"]] * 1000))
        else:
            handler.answer(rows(["a"], [[value] for value in next(pages)]), X_SPARQL_MaxRows="2")

    with serving(capped) as bad:
        solutions: Any = remote(bad).query("SELECT ?a { ?a ?b ?c }", union=False)
        assert [row["a"].value for row in solutions] == ["1", "2", "3"]


def test_part_of_a_construct_and_a_query_that_was_given_up() -> None:
    body = b"<a:a> <a:a> <a:a> .\n<a:a> <a:a> <a:b> .\n"
    with serving(answering(body, "application/n-triples", X_SPARQL_MaxRows="2")) as bad:
        fails(bad, "gives at most 2 triples", CONSTRUCT)
    with serving(answering(ROWS, X_SQL_State="S1TAT")) as bad:
        fails(bad, "gave up before its answer was whole")


def test_a_server_that_does_not_heed_what_is_named_is_not_believed() -> None:
    graphs = rows(["graph", "number"], [["x:a", "3"], ["x:b", "4"]])

    def stubborn(count: str) -> Callable[[Handler, Asked], None]:
        def answer(handler: Handler, asked: Asked) -> None:
            if "?hundreds" in asked.query:
                handler.answer(rows(["hundreds", "tens", "ones"], [["0", "0", "0"]] * 1000))
            else:
                handler.answer(graphs if "GROUP BY" in asked.query else rows(["number"], [[count]]))

        return answer

    with serving(stubborn("0")) as bad, pytest.raises(RemoteError, match="let it answer over the union"):
        remote(bad).query("ASK {}", union=True)
    with serving(stubborn("7")) as bad, pytest.raises(RemoteError, match="whatever FROM says"):
        remote(bad).query("ASK FROM <x:a> {}", union=False)


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


def test_errors_stand_in_the_tree() -> None:
    assert issubclass(RemoteTimeout, TipgraphError)
    assert http.client.HTTPException not in RemoteError.__mro__


def test_truth_values_are_written_as_oxigraph_writes_them() -> None:
    """Virtuoso says 1 for true; the networks' declarations were misread by that."""
    from tipgraph.graph.remote.responses import _read

    literal = b'{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#boolean"}'
    read = _read(b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":%s}]}}' % literal)
    assert read == (["x"], b'{"x":%s}' % literal.replace(b'"1"', b'"true"'))
