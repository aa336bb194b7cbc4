"""A call to a server over HTTP, bounded in time, size and trust: what every answer from elsewhere goes through.

httpx connects, encrypts and speaks HTTP. The deadline, the sizes and the rules of trust are ours.

Decisions: docs/decisions/0069-our-transport-sends-sparqlwrapper-requests.md, 0110-httpx-speaks-http.md.
"""

import re
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from secrets import SystemRandom
from time import monotonic, sleep
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from tipgraph.errors import BadValue, RemoteError, RemoteTimeout
from tipgraph.graph.remote.credentials import Credentials
from tipgraph.model import kit
from tipgraph.runtime import visible

AGENT = f"tipgraph/{kit.VERSION} (+https://w3id.org/tipgraph)"
_GREETING = 15.0  # seconds for a connection and its encryption
# h11 quotes a line that it cannot read, escaped, so that our secrets would not be found in it.
_QUOTED = re.compile(r": (bytearray\()?b['\"].*", re.DOTALL)
_BUSY = (429, 503)
_ELSEWHERE = (301, 302, 303, 307, 308)
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


class TransferLimits(NamedTuple):
    """What a call may take: seconds in all, bytes of an answer, tries of a busy server, redirects."""

    seconds: float = 60.0
    size: int = 256 << 20
    tries: int = 5
    redirects: int = 3


class Request(NamedTuple):
    """A request to an address that `address_of` gave."""

    address: str
    content: bytes | None = None
    method: str = "GET"
    headers: Mapping[str, str] = {}


class Reply(NamedTuple):
    """What a server answered, whole, and what of it is not to be shown."""

    address: str
    status: int
    headers: httpx.Headers
    body: bytes
    credentials: Credentials | None = None

    @property
    def media(self) -> str:
        """The media type, without its parameters."""
        return str(self.headers.get("Content-Type", "")).partition(";")[0].strip().lower()

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
        if self.credentials and not self.credentials.fit(request.address):
            raise RemoteError(f"{said(request.address)}: does not get the credentials of {self.credentials.host}")
        for _ in range(self.limits.redirects + 1):
            reply = self._patiently(request, deadline)
            if reply.status not in _ELSEWHERE:
                return reply
            request = self._elsewhere(request, reply, follow=follow)
        raise RemoteError(f"{said(request.address)}: too many redirects; use the final URL")

    def complaint(self, reply: Reply) -> RemoteError:
        """Return the error for an answer that is none, with the words of the server, shortened, without our secrets."""
        words = reply.body[:2000].decode("utf-8", "replace").strip()
        if reply.media == "text/html" or not words:
            words = httpx.codes.get_reason_phrase(reply.status) or "no reason given"
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
            f"{said(request.address)}: is too busy (it answers {reply.status}, and again in {wait:.0f} s at the "
            "earliest); ask later"
        )

    def _elsewhere(self, request: Request, reply: Reply, *, follow: bool) -> Request:
        here, location = said(request.address), reply.headers.get("Location", "")
        try:
            there = address_of(urljoin(request.address, location))
        except (BadValue, ValueError):
            raise RemoteError(f"{here}: sends us to '{reply.shown(said(location))}', which is not followed") from None
        to = reply.shown(unquote(said(there)))  # as our secrets are written, to find them
        if self.credentials or not follow:
            why = "our credentials" if self.credentials else "what we write"
            raise RemoteError(f"{here}: sends us to {to}, which does not get {why}; name that address itself")
        if urlsplit(there).hostname != urlsplit(request.address).hostname:
            raise RemoteError(f"{here}: sends us to another host, {to}; name that address if you trust it")
        if request.address.startswith("https:") and not there.startswith("https:"):
            raise RemoteError(f"{here}: sends us to {to}, which anybody on the way can read; not followed")
        return Request(there) if reply.status == 303 else request._replace(address=there)


_HINTS = {
    401: "; give credentials by the keyring, ~/.netrc or TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD",
    403: "; the server does not let us",
    **dict.fromkeys(
        (404, 405, 406, 415, 501),
        "; name another address: queries are often at …/sparql or …/query, graphs, to push, at …/store or …/data",
    ),
}


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()  # trusts the authorities of the system; httpx alone trusts those of certifi


def _proxy(address: str) -> str | None:
    """Return the proxy that the environment or the system names for an address.

    httpx reads it too, but fails where `no_proxy` holds `[::1]`.
    """
    parts = urlsplit(address)
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


class _Attempt:
    """One request and its answer, in a thread that is left behind at the deadline.

    Nothing else ends a look-up of a name, and a time limit on a socket begins anew with every byte that drips.
    """

    def __init__(self, request: Request, credentials: Credentials | None, deadline: Deadline, size: int) -> None:
        self._request, self._credentials, self._deadline, self._size = request, credentials, deadline, size
        self._done, self._sockets = threading.Event(), list[socket.socket]()
        self._reply: Reply | None = None
        self._error: Exception | None = None

    def reply(self) -> Reply:
        """Return the answer, or raise what went wrong, at the deadline at the latest."""
        threading.Thread(target=self._run, daemon=True, name="tipgraph call").start()
        address = said(self._request.address)
        if not self._done.wait(self._deadline.left):
            for opened in list(self._sockets):
                with suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)
            raise RemoteTimeout(_late(address, self._deadline))
        error, self._error = self._error, None  # or they would hold each other, and all that stands in its frames
        if isinstance(error, RemoteError):
            raise type(error)(_hidden(str(error), self._credentials))
        if isinstance(error, httpx.TransportError) and not self._deadline.left:
            raise RemoteTimeout(_late(address, self._deadline))
        if self._reply is None:
            words = _shown(_QUOTED.sub("", str(error)) or type(error).__name__, self._credentials)
            secret = " and speaks https" if address.startswith("https:") else ""
            raise RemoteError(f"{address}: cannot be reached or broke off: {words}; see whether it runs there{secret}")
        return self._reply

    def _run(self) -> None:
        address = self._request.address
        try:
            with self._transport() as transport, closing(transport.handle_request(self._sent())) as response:
                body = _body(response, self._deadline, self._size, said(address))
                self._reply = Reply(address, response.status_code, response.headers, body, self._credentials)
        except (RemoteError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError, zlib.error) as error:
            self._error = error
        finally:
            self._done.set()

    def _transport(self) -> httpx.HTTPTransport:
        """Return the lower half of httpx: it connects, and follows nothing, keeps nothing, reads no environment."""
        return httpx.HTTPTransport(verify=_trusted(), trust_env=False, proxy=_proxy(self._request.address))

    def _sent(self) -> httpx.Request:
        address, content, method, named = self._request
        headers = httpx.Headers(dict(named), encoding="latin-1")
        headers.update({"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close"})
        if self._credentials:
            headers["Authorization"] = self._credentials.header
        left = max(self._deadline.left, 0.001)
        timeout = httpx.Timeout(left, connect=min(left, _GREETING)).as_dict()
        more = {"timeout": timeout, "trace": self._watch}
        return httpx.Request(method, address, headers=headers, content=content, extensions=more)

    def _watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Keep the socket of a connection, to end it at the deadline; nothing is sent after the deadline."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            stream = info["return_value"]
            self._sockets.append(stream.get_extra_info("socket"))
            if not self._deadline.left:
                stream.close()
                raise RemoteTimeout(_late(said(self._request.address), self._deadline))


def _body(response: httpx.Response, deadline: Deadline, size: int, address: str) -> bytes:
    """Read an answer to its end, and no more than is allowed once decoded.

    httpx would unpack each chunk whole, drop what is zipped in a second piece, and take half of one for all.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise RemoteError(f"{address}: answers in the encoding '{visible(encoding)}', which was not asked for")
    unpack = zlib.decompressobj(31) if "gzip" in encoding else None
    body, taken = bytearray(), 0
    for chunk in response.iter_raw():
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
    if unpack and taken and not unpack.eof:
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
