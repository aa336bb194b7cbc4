"""A call to a server over HTTP, bounded in time, size and trust: what every answer from elsewhere goes through.

Decision: docs/decisions/0069-our-transport-sends-sparqlwrapper-requests.md.
"""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from secrets import SystemRandom
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from tipgraph.errors import BadValue, RemoteError, RemoteTimeout
from tipgraph.graph.remote.credentials import Credentials
from tipgraph.model import kit
from tipgraph.runtime import visible

AGENT = f"tipgraph/{kit.VERSION} (+https://w3id.org/tipgraph)"
_CHUNK = 1 << 16
_GREETING = 15.0  # seconds for a connection and its encryption
_BUSY = (429, 503)
_ELSEWHERE = (301, 302, 303, 307, 308)
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


class TransferLimits(NamedTuple):
    """What a call may take: seconds in all, bytes of an answer, tries of a busy server, redirects."""

    seconds: float = 60.0
    size: int = 256 << 20
    tries: int = 5
    redirects: int = 3


class Reply(NamedTuple):
    """What a server answered, whole, and what of it is not to be shown."""

    address: str
    status: int
    headers: "Message[str, str]"
    body: bytes
    credentials: Credentials | None = None

    @property
    def media(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def shown(self, words: str, most: int = 200) -> str:
        """Return words of the server as they may be shown: shortened, harmless, without our secrets."""
        return _shown(words, self.credentials, most)


class Deadline:
    """A moment after which a call is over, whatever it waits for.

    >>> Deadline(60).left > 59
    True
    """

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self.seconds, self._end = seconds, monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, 0 when it has passed."""
        return max(0.0, self._end - monotonic())


def address_of(text: str) -> str:
    """Return the address of a server as it is asked; raise BadValue for one that is not http(s) or holds a password.

    >>> address_of("https://example.org/sparql")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        raise BadValue(f"{said(text)} is no address; write https://HOST/PATH") from None
    if parts.scheme not in ("http", "https") or not host or any(character.isspace() for character in text):
        raise BadValue(f"{said(text)} is no address that is asked; write https://HOST/PATH")
    if "@" in parts.netloc:
        raise BadValue(
            f"{said(text)}: an address holds no user and password, since addresses are shown and logged; keep them in "
            "the keyring, in ~/.netrc, or in TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD"
        )
    at = f"[{host}]" if ":" in host else host
    netloc = at if port is None else f"{at}:{port}"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE), ""))


def request(address: str, data: bytes | None = None, method: str = "GET", **headers: str) -> Request:
    """Return a request of an address that `address_of` gave; headers are written as `content_type`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(address, data, named, method=method)  # noqa: S310  address_of lets http(s) through alone


def said(address: str) -> str:
    """Return an address as it may be shown: without user, password and what is asked."""
    bare = address.partition("?")[0].partition("#")[0]
    scheme, separator, rest = bare.partition("://")
    authority, slash, path = rest.partition("/")
    return visible(f"{scheme}{separator}{authority.rpartition('@')[2]}{slash}{path}")


def _hidden(words: str, credentials: Credentials | None) -> str:
    return credentials.hidden_in(words) if credentials else words


def _shown(words: str, credentials: Credentials | None, most: int = 300) -> str:
    return visible(_hidden(" ".join(words.split()), credentials)[:most])


@dataclass(frozen=True)
class Caller:
    """Calls one server, with what it may take and who we are to it.

    Redirects lead to the same host only, the one that was named to us; with credentials, and for writes, nowhere.
    """

    credentials: Credentials | None = None
    limits: TransferLimits = field(default_factory=TransferLimits)

    def deadline(self) -> Deadline:
        """Return the moment after which a call that begins now is over."""
        return Deadline(self.limits.seconds)

    def call(self, request: Request, deadline: Deadline, *, follow: bool = True) -> Reply:
        """Send a request; return the answer, whatever its status. Raises RemoteError, RemoteTimeout."""
        if self.credentials and not self.credentials.fit(request.full_url):
            raise RemoteError(f"{said(request.full_url)}: does not get the credentials of {self.credentials.host}")
        for _ in range(self.limits.redirects + 1):
            reply = self._patiently(request, deadline)
            if reply.status not in _ELSEWHERE:
                return reply
            request = self._elsewhere(request, reply, follow=follow)
        raise RemoteError(f"{said(request.full_url)}: sends us on and on; name the address where it answers")

    def complaint(self, reply: Reply) -> RemoteError:
        """Return the error for an answer that is none, with the words of the server, shortened, without our secrets."""
        words = reply.body[:2000].decode("utf-8", "replace").strip()
        if reply.media == "text/html" or not words:
            words = http.client.responses.get(reply.status, "no reason given")
        hint = _HINTS.get(reply.status, "")
        return RemoteError(f"{said(reply.address)}: answers {reply.status}: {reply.shown(words, 300)}{hint}")

    def _patiently(self, request: Request, deadline: Deadline) -> Reply:
        """Ask a busy server again, as late as it asks and the deadline lets us."""
        for turn in range(self.limits.tries):
            reply = _Attempt(request, self.credentials, deadline, self.limits.size).reply()
            if reply.status not in _BUSY:
                return reply
            wait = max(_asked_wait(reply), SystemRandom().uniform(0.5, 1.0) * 2**turn * 0.5)
            if wait >= deadline.left or turn + 1 == self.limits.tries:
                break
            sleep(wait)
        raise RemoteError(
            f"{said(request.full_url)}: is too busy (it answers {reply.status}, and again in {wait:.0f} s at the "
            "earliest); ask later"
        )

    def _elsewhere(self, request: Request, reply: Reply, *, follow: bool) -> Request:
        here, location = said(request.full_url), reply.headers.get("Location", "")
        try:
            there = address_of(urljoin(request.full_url, location))
        except (BadValue, ValueError):
            raise RemoteError(f"{here}: sends us to {said(location)!r}, which is not followed") from None
        if self.credentials or not follow:
            why = "our credentials" if self.credentials else "what we write"
            raise RemoteError(f"{here}: sends us to {said(there)}, which does not get {why}; name that address itself")
        if urlsplit(there).hostname != urlsplit(request.full_url).hostname:
            raise RemoteError(f"{here}: sends us to another host, {said(there)}; name that address if you trust it")
        if request.full_url.startswith("https:") and not there.startswith("https:"):
            raise RemoteError(f"{here}: sends us to {said(there)}, which anybody on the way can read; not followed")
        return _moved(request, there, keep=reply.status != 303)


_HINTS = {
    401: "; give credentials by the keyring, ~/.netrc or TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD",
    403: "; the server does not let us",
    **dict.fromkeys(
        (404, 405, 406, 415, 501),
        "; name another address: queries are often at …/sparql or …/query, graphs, to push, at …/store or …/data",
    ),
}


def _moved(request: Request, there: str, *, keep: bool) -> Request:
    """Return the same request to another address; without its content where that is not kept."""
    headers = {name: value for name, value in request.headers.items() if keep or name != "Content-type"}
    data, method = (request.data, request.get_method()) if keep else (None, "GET")
    return Request(there, data, headers, method=method)  # noqa: S310  address_of lets http(s) through alone


class _Attempt:
    """One request and its answer, in a thread that is left behind at the deadline.

    Nothing else ends a look-up of a name, and a time limit on a socket begins anew with every byte that drips.
    """

    def __init__(self, request: Request, credentials: Credentials | None, deadline: Deadline, size: int) -> None:
        data, method = request.data, request.get_method()
        own = Request(request.full_url, data, request.headers, method=method)  # noqa: S310  address_of lets http(s) through
        own.add_header("User-Agent", AGENT)
        own.add_header("Accept-Encoding", "gzip")
        if credentials:
            own.add_unredirected_header("Authorization", credentials.header)
        self._request, self._credentials, self._deadline, self._size = own, credentials, deadline, size
        self._address = request.full_url  # the request is changed where a proxy gets it
        self._done, self._sockets = threading.Event(), list[socket.socket]()
        self._reply: Reply | None = None
        self._error: Exception | None = None

    def reply(self) -> Reply:
        """Return the answer, or raise what went wrong, at the deadline at the latest."""
        threading.Thread(target=self._run, daemon=True, name="tipgraph call").start()
        address = said(self._address)
        if not self._done.wait(self._deadline.left):
            for opened in list(self._sockets):
                with suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)
            raise RemoteTimeout(_late(address, self._deadline))
        error, self._error = self._error, None  # or they would hold each other, and all that stands in its frames
        if isinstance(error, RemoteError):
            raise type(error)(_hidden(str(error), self._credentials))
        if isinstance(error, OSError) and not self._deadline.left:
            raise RemoteTimeout(_late(address, self._deadline))
        if self._reply is None:
            reason = getattr(error, "reason", error)
            words = _shown(str(reason) or repr(reason), self._credentials)
            secret = " and speaks https" if address.startswith("https:") else ""
            raise RemoteError(f"{address}: cannot be reached or broke off: {words}; see whether it runs there{secret}")
        return self._reply

    def _run(self) -> None:
        try:
            response = self._open()
            with response:
                body = _body(response, self._deadline, self._size, said(self._address))
                self._reply = Reply(self._address, response.status, response.headers, body, self._credentials)
        except (RemoteError, OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            self._error = error
        finally:
            self._done.set()

    def _open(self) -> http.client.HTTPResponse:
        opener = OpenerDirector()  # only these: no file:, no ftp:, no data:, no redirects, no errors by status
        for handler in (ProxyHandler(), _Http(self._sockets), _Https(self._sockets)):
            opener.add_handler(handler)
        response = opener.open(self._request, timeout=max(self._deadline.left, 0.001))
        if not isinstance(response, http.client.HTTPResponse):
            raise RemoteError(f"{said(self._address)}: is no address that is asked")
        return response


def _watched(kind: type[http.client.HTTPConnection], sockets: list[socket.socket]) -> Callable[..., Any]:
    class Watched(kind):  # type: ignore[misc, valid-type]
        def connect(self) -> None:
            whole = self.timeout  # type: ignore[has-type]
            self.timeout = min(whole, _GREETING)
            super().connect()
            self.sock.settimeout(whole)
            sockets.append(self.sock)

    return Watched


class _Http(HTTPHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._sockets = sockets

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPConnection, self._sockets), req)


class _Https(HTTPSHandler):
    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._sockets = sockets

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        connection = _watched(http.client.HTTPSConnection, self._sockets)
        return self.do_open(connection, req, context=ssl.create_default_context())


def _body(response: http.client.HTTPResponse, deadline: Deadline, size: int, address: str) -> bytes:
    """Read an answer to its end, neither more nor less than it says, and no more than is allowed once decoded."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise RemoteError(f"{address}: answers in the encoding {visible(encoding)!r}, which was not asked for")
    unpack = zlib.decompressobj(31) if "gzip" in encoding else None
    told = response.headers.get("Content-Length", "")
    length = int(told) if told.isdecimal() and len(told) < 20 and not response.chunked else None
    body, taken = bytearray(), 0
    while taken != length and (chunk := response.read1(_CHUNK)):
        taken += len(chunk)
        if unpack is None:
            body += chunk
        while unpack and chunk and len(body) <= size:
            body += unpack.decompress(chunk, size + 1 - len(body))
            chunk = unpack.unused_data if unpack.eof else b""
            unpack = zlib.decompressobj(31) if chunk else unpack  # what is zipped may come in several pieces
        if len(body) > size or taken > size:
            raise RemoteError(
                f"{address}: answers with more than {size >> 20} MB; ask for less, or by LIMIT and OFFSET"
            )
        if not deadline.left:
            raise RemoteTimeout(_late(address, deadline))
    if (length is not None and taken < length) or (unpack and taken and not unpack.eof):
        raise RemoteError(f"{address}: broke off in the middle of its answer; ask again")
    return bytes(body)


def _late(address: str, deadline: Deadline) -> str:
    return f"{address}: no whole answer within {deadline.seconds:g} s; ask for less, or set TIPGRAPH_TIMEOUT to more"


def _asked_wait(reply: Reply) -> float:
    told = reply.headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return float(told) if len(told) < 10 else float("inf")
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
