"""HTTP calls to a server, limited in time, size and trust.

httpx connects, encrypts and speaks HTTP. The deadline, the size limits and the rules of trust are ours.

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
from ipaddress import ip_address
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

_AGENT = f"tipgraph/{kit.VERSION} (+https://w3id.org/tipgraph)"
_CONNECT_SECONDS = 15.0
# h11 quotes a line that it cannot read, escaped, so that our secrets would not be found in it.
_QUOTED = re.compile(r": (bytearray\()?b['\"].*", re.DOTALL)
_BUSY = (429, 503)
_REDIRECTS = (301, 302, 303, 307, 308)
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_HINTS = {
    401: "; give credentials by the keyring, ~/.netrc or TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD",
    403: "; the server does not let us",
    **dict.fromkeys(
        (404, 405, 406, 415, 501),
        "; name another address: queries are often at …/sparql or …/query, graphs, to push, at …/store or …/data",
    ),
}


class TransferLimits(NamedTuple):
    """The limits of a call: seconds in all, bytes of the answer, attempts at a busy server, redirects.

    Without `proxy`, the server is called directly, even if the environment names a proxy.
    """

    seconds: float = 60.0
    size: int = 256 << 20
    tries: int = 5
    redirects: int = 3
    proxy: bool = True


class Request(NamedTuple):
    """A request to an address that `address_of` returned."""

    address: str
    content: bytes | None = None
    method: str = "GET"
    headers: Mapping[str, str] = {}


class Reply(NamedTuple):
    """The complete answer of a server, and the credentials that no message may show."""

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
        """Return words of the server for a message: on one line, shortened, without our secrets."""
        return _shown(words, self.credentials, most)

    def error(self, message: str) -> RemoteError:
        """Return an error that names the address."""
        return RemoteError(f"{shown_address(self.address)}: {message}")

    def status_error(self) -> RemoteError:
        """Return the error for a status that is no success, with the words of the server."""
        words = self.body[:2000].decode("utf-8", "replace").strip()
        if self.media == "text/html" or not words:
            words = httpx.codes.get_reason_phrase(self.status) or "no reason given"
        return self.error(f"answers {self.status}: {self.shown(words, 300)}{_HINTS.get(self.status, '')}")


class Deadline:
    """The moment at which a call ends, whatever it waits for.

    >>> Deadline(60).left > 59
    True
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self._end = seconds, monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, at least 0."""
        return max(0.0, self._end - monotonic())

    def error(self, address: str) -> RemoteTimeout:
        """Return the error of a call that did not end in time."""
        return RemoteTimeout(
            f"{shown_address(address)}: no whole answer within {self.seconds:g} s; ask for less, or set "
            "TIPGRAPH_TIMEOUT to more"
        )


def address_of(text: str) -> str:
    """Return a server's address, encoded; raise BadValue if it is not http(s) or holds a password.

    >>> address_of("https://example.org/sparql")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        raise BadValue(f"{shown_address(text)} is no address; write https://HOST/PATH") from None
    if parts.scheme not in ("http", "https") or not host or any(character.isspace() for character in text):
        raise BadValue(f"{shown_address(text)} is no http or https address; write https://HOST/PATH")
    if "@" in parts.netloc:
        raise BadValue(
            f"{shown_address(text)}: an address holds no user and password, since addresses are shown and logged; "
            "keep them in the keyring, in ~/.netrc, or in TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD"
        )
    netloc = (f"[{host}]" if ":" in host else host) + ("" if port is None else f":{port}")
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE), ""))


def is_loopback(address: str) -> bool:
    """Tell whether an address is on this machine.

    >>> [is_loopback(f"http://{host}/v1") for host in ("localhost:80", "[::1]", "127.9.9.9", "10.0.0.1")]
    [True, True, True, False]
    """
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def shown_address(address: str) -> str:
    """Return an address for a message: without user, password and query."""
    bare = address.partition("?")[0].partition("#")[0]
    scheme, separator, rest = bare.partition("://")
    authority, slash, path = rest.partition("/")
    return visible(f"{scheme}{separator}{authority.rpartition('@')[2]}{slash}{path}")


def _redacted(words: str, credentials: Credentials | None) -> str:
    return credentials.redact(words) if credentials else words


def _shown(words: str, credentials: Credentials | None, most: int = 300) -> str:
    return visible(_redacted(" ".join(words.split()), credentials)[:most])


@dataclass(frozen=True)
class Caller:
    """Calls one server with our credentials, within limits.

    Redirects are followed on the same host only, and never with credentials or for writes.
    """

    credentials: Credentials | None = None
    limits: TransferLimits = field(default_factory=TransferLimits)

    def deadline(self) -> Deadline:
        """Return the deadline of a call that begins now."""
        return Deadline(self.limits.seconds)

    def call(self, request: Request, deadline: Deadline, *, follow: bool = True) -> Reply:
        """Send a request and return the answer of any status; raise RemoteError or RemoteTimeout."""
        here = shown_address(request.address)
        if self.credentials and not self.credentials.match(request.address):
            raise RemoteError(f"{here}: does not get the credentials of {self.credentials.host}; give its own")
        for _ in range(self.limits.redirects + 1):
            reply = self._call_until_free(request, deadline)
            if reply.status not in _REDIRECTS:
                return reply
            request = self._redirected(request, reply, follow=follow)
        raise reply.error("too many redirects; use the final URL")

    def _call_until_free(self, request: Request, deadline: Deadline) -> Reply:
        """Call a busy server again after the wait that it asks for, as long as the deadline allows."""
        for turn in range(self.limits.tries):
            reply = _Attempt(request, self.credentials, deadline, self.limits).reply()
            if reply.status not in _BUSY:
                return reply
            wait = max(_retry_after(reply), SystemRandom().uniform(0.5, 1.0) * 2**turn * 0.5)
            if wait >= deadline.left or turn + 1 == self.limits.tries:
                break
            sleep(wait)
        raise reply.error(
            f"is too busy (it answers {reply.status}, and again in {wait:.0f} s at the earliest); ask later"
        )

    def _redirected(self, request: Request, reply: Reply, *, follow: bool) -> Request:
        location = reply.headers.get("Location", "")
        try:
            target = address_of(urljoin(request.address, location))
        except (BadValue, ValueError):
            raise reply.error(
                f"redirects to '{reply.shown(shown_address(location))}', which is not followed; name another address"
            ) from None
        shown = reply.shown(unquote(shown_address(target)))  # unquoted, so that our secrets are found in it
        if self.credentials or not follow:
            content = "our credentials" if self.credentials else "what we write"
            raise reply.error(f"redirects to {shown}, which does not get {content}; name that address itself")
        if urlsplit(target).hostname != urlsplit(request.address).hostname:
            raise reply.error(f"redirects to another host, {shown}; name that address if you trust it")
        if request.address.startswith("https:") and not target.startswith("https:"):
            raise reply.error(f"redirects to {shown} without encryption, which is not followed; use an https address")
        return Request(target) if reply.status == 303 else request._replace(address=target)


@cache
def _system_authorities() -> ssl.SSLContext:
    return ssl.create_default_context()  # httpx alone would trust those of certifi


def _proxy(address: str) -> str | None:
    """Return the proxy of the environment or the system for an address; none for one on this machine.

    httpx reads it too, but fails if `no_proxy` holds `[::1]`.
    """
    if is_loopback(address):
        return None
    parts = urlsplit(address)
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


class _Attempt:
    """One request and its answer, in a thread that is abandoned at the deadline.

    Nothing else ends a name look-up, and a socket timeout begins anew with every byte.
    """

    def __init__(
        self, request: Request, credentials: Credentials | None, deadline: Deadline, limits: TransferLimits
    ) -> None:
        self._request, self._credentials, self._deadline, self._limits = request, credentials, deadline, limits
        self._done, self._sockets = threading.Event(), list[socket.socket]()
        self._reply: Reply | None = None
        self._error: Exception | None = None

    def reply(self) -> Reply:
        """Return the answer, or raise the error, at the deadline at the latest."""
        threading.Thread(target=self._run, daemon=True, name="tipgraph call").start()
        address = self._request.address
        if not self._done.wait(self._deadline.left):
            for connection in list(self._sockets):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            raise self._deadline.error(address)
        error, self._error = self._error, None  # else the error and this object would keep each other alive
        if isinstance(error, RemoteError):
            raise type(error)(_redacted(str(error), self._credentials))
        if isinstance(error, httpx.TransportError) and not self._deadline.left:
            raise self._deadline.error(address)
        if self._reply is None:
            words = _shown(_QUOTED.sub("", str(error)) or type(error).__name__, self._credentials)
            raise RemoteError(
                f"{shown_address(address)}: cannot be reached or broke off: {words}; see whether it runs there"
                + (" and speaks https" if address.startswith("https:") else "")
            )
        return self._reply

    def _run(self) -> None:
        address = self._request.address
        # The lower half of httpx: it follows no redirect, keeps no cookie and reads no environment.
        try:
            proxy = _proxy(address) if self._limits.proxy else None
            with (
                httpx.HTTPTransport(verify=_system_authorities(), trust_env=False, proxy=proxy) as transport,
                closing(transport.handle_request(self._httpx_request())) as response,
            ):
                body = _body(response, self._deadline, self._limits.size, address)
                self._reply = Reply(address, response.status_code, response.headers, body, self._credentials)
        except (RemoteError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError, zlib.error) as error:
            self._error = error
        finally:
            self._done.set()

    def _httpx_request(self) -> httpx.Request:
        address, content, method, named = self._request
        headers = httpx.Headers(dict(named), encoding="latin-1")
        headers.update({"User-Agent": _AGENT, "Accept-Encoding": "gzip", "Connection": "close"})
        if self._credentials:
            headers["Authorization"] = self._credentials.header
        left = max(self._deadline.left, 0.001)
        timeout = httpx.Timeout(left, connect=min(left, _CONNECT_SECONDS)).as_dict()
        extensions = {"timeout": timeout, "trace": self._watch}
        return httpx.Request(method, address, headers=headers, content=content, extensions=extensions)

    def _watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Keep the socket of a connection, to end it at the deadline; send nothing after the deadline."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            stream = info["return_value"]
            self._sockets.append(stream.get_extra_info("socket"))
            if not self._deadline.left:
                stream.close()
                raise self._deadline.error(self._request.address)


def _body(response: httpx.Response, deadline: Deadline, size: int, address: str) -> bytes:
    """Read an answer to its end, and at most `size` bytes once unpacked.

    httpx would unpack each chunk whole, drop a second gzip member, and accept half a member as complete.
    """
    here = shown_address(address)
    member = zlib.decompressobj(31) if _is_packed(response, here) else None
    body, received = bytearray(), 0
    for chunk in response.iter_raw():
        received += len(chunk)
        if member:
            member = _unpack(member, chunk, body, size)
        else:
            body += chunk
        if len(body) > size or received > size:
            raise RemoteError(f"{here}: answers with more than {size >> 20} MB; ask for less, or by LIMIT and OFFSET")
        if not deadline.left:
            raise deadline.error(address)
    if member and received and not member.eof:
        raise RemoteError(f"{here}: broke off in the middle of its answer; ask again")
    return bytes(body)


def _is_packed(response: httpx.Response, here: str) -> bool:
    """Return whether an answer is in gzip; raise RemoteError for an encoding that is neither gzip nor plain."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise RemoteError(
            f"{here}: answers in the encoding '{visible(encoding)}', not in gzip or plain; tell its owner"
        )
    return "gzip" in encoding


def _unpack(member: "zlib._Decompress", chunk: bytes, body: bytearray, size: int) -> "zlib._Decompress":
    """Append a chunk of gzip to a body of at most `size` bytes and one; return the gzip member that is still open."""
    while chunk and len(body) <= size:
        body += member.decompress(chunk, size + 1 - len(body))
        chunk = member.unused_data if member.eof else b""
        member = zlib.decompressobj(31) if chunk else member
    return member


def _retry_after(reply: Reply) -> float:
    """Return the seconds that a server asks to wait, 0 if it does not say."""
    value = reply.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value) if len(value) < 10 else float("inf")
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
