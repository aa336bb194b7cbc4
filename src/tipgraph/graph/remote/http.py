"""HTTP calls to a server, limited in time, size and trust: no redirect is followed, and no message shows a secret.

Decisions: docs/decisions/0110-httpx-speaks-http.md, 0073-credentials-name-their-host.md.
"""

import os
import re
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from tipgraph.errors import BadValue, CallError, RemoteError, RemoteTimeout
from tipgraph.model import kit
from tipgraph.runtime import visible

_AGENT = f"tipgraph/{kit.VERSION} (+https://w3id.org/tipgraph)"
_CONNECT_SECONDS = 10.0
_HINTS = {
    401: "; give credentials by TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD",
    403: "; the server does not let us",
    **dict.fromkeys((301, 302, 303, 307, 308), "; no redirect is followed: name the address to which it leads"),
    **dict.fromkeys((429, 503), "; it is too busy: ask later"),
    **dict.fromkeys(
        (404, 405, 406, 415, 501),
        "; name another address: queries are often at …/sparql or …/query, graphs, to push, at …/store or …/data",
    ),
}


@dataclass(frozen=True)
class Credentials:
    """The credentials for a host.

    >>> Credentials("example.org", user="ada", password="lace")
    Credentials(host='example.org')
    """

    host: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def header(self) -> str:
        """The value of the header `Authorization`."""
        pair = b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        return f"Bearer {self.token}" if self.token else f"Basic {pair}"

    def redact(self, text: str) -> str:
        """Remove the secrets from a text of the server, in upper or lower case."""
        for secret in filter(None, (self.token, self.password, self.header.partition(" ")[2])):
            text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
        return text


def credentials_for(address: str) -> Credentials | None:
    """Return the credentials for the host of an address, or None.

    They come from the environment: `TIPGRAPH_HOST` with `TIPGRAPH_TOKEN`, or with `TIPGRAPH_USER` and
    `TIPGRAPH_PASSWORD`. Raises CallError if it names no host.
    """
    parts = urlsplit(address)
    netloc, host = parts.netloc.rpartition("@")[2].lower(), parts.hostname or ""
    names = ("TIPGRAPH_USER", "TIPGRAPH_PASSWORD", "TIPGRAPH_TOKEN", "TIPGRAPH_HOST")
    user, password, token, own_host = (os.environ.get(name, "").strip("\r\n") for name in names)
    if (token or password) and not own_host:
        raise CallError(
            f"{'TIPGRAPH_TOKEN' if token else 'TIPGRAPH_PASSWORD'} is set without a server; "
            f"set TIPGRAPH_HOST={netloc} if it is for that server, so that no other server gets it"
        )
    full = f"{netloc}:{443 if parts.scheme == 'https' else 80}"  # with the port that an address leaves out
    is_meant = (token or password) and own_host.lower() in (netloc, host, full)
    return Credentials(netloc, user, password, token) if is_meant else None


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
        plain = " ".join(words.split())
        return visible((self.credentials.redact(plain) if self.credentials else plain)[:most])

    def error(self, message: str) -> RemoteError:
        """Return an error that names the address."""
        return RemoteError(f"{shown_address(self.address)}: {message}")

    def status_error(self) -> RemoteError:
        """Return the error for a status that is no success, with the words of the server."""
        words = self.body[:2000].decode("utf-8", "replace").strip()
        if self.media == "text/html" or not words:
            words = httpx.codes.get_reason_phrase(self.status) or "no reason given"
        return self.error(f"answers {self.status}: {self.shown(words, 300)}{_HINTS.get(self.status, '')}")


@dataclass(frozen=True)
class Caller:
    """Calls one server with our credentials, for some seconds in all and some bytes of an answer.

    Without `proxy`, the server is called directly, even if the environment names a proxy.
    """

    credentials: Credentials | None = None
    seconds: float = 60.0
    size: int = 256 << 20
    proxy: bool = True

    def call(
        self, address: str, content: bytes | None = None, method: str = "GET", headers: Mapping[str, str] = {}
    ) -> Reply:
        """Send a request and return the answer of any status; raise RemoteError or RemoteTimeout."""
        here, end = shown_address(address), monotonic() + self.seconds
        parts = urlsplit(address)
        own = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
        if self.credentials and self.credentials.host in (parts.netloc.lower(), parts.hostname):
            own["Authorization"] = self.credentials.header
        try:
            with (
                httpx.Client(
                    verify=_system_authorities(),
                    proxy=_proxy(address) if self.proxy else None,
                    timeout=httpx.Timeout(self.seconds, connect=min(self.seconds, _CONNECT_SECONDS)),
                    trust_env=False,
                ) as client,
                client.stream(method, address, content=content, headers={**headers, **own}) as response,
            ):
                body = self._body(response, end)
                return Reply(address, response.status_code, response.headers, body, self.credentials)
        except (httpx.TimeoutException, TimeoutError):
            message = (
                f"{here}: no whole answer within {self.seconds:g} s; ask for less, or set TIPGRAPH_TIMEOUT to more"
            )
            raise RemoteTimeout(message) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:  # its words may quote our secrets
            why = str(error) if isinstance(error, httpx.ConnectError) else type(error).__name__
            raise RemoteError(
                f"{here}: cannot be reached or broke off: {visible(why)}; see whether it runs there"
                + (" and speaks https" if address.startswith("https:") else "")
            ) from None

    def _body(self, response: httpx.Response, end: float) -> bytes:
        """Read an answer to its end, before a moment, and at most `size` bytes."""
        here, body = shown_address(str(response.url)), bytearray()
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding.strip().lower() not in ("", "identity"):
            raise RemoteError(f"{here}: answers in the encoding '{visible(encoding)}', not plain; tell its owner")
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > self.size:
                raise RemoteError(f"{here}: answers with more than {self.size >> 20} MB; ask for less")
            if monotonic() > end:
                raise TimeoutError
        return bytes(body)


def address_of(text: str) -> str:
    """Return a server's address, encoded; raise BadValue if it is not http(s) or holds a password.

    >>> address_of("https://example.org/sparql")
    'https://example.org/sparql'
    """
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or "%" in url.host or any(map(str.isspace, text)):
        raise BadValue(f"{shown_address(text)} is no http or https address; write https://HOST/PATH")
    if url.userinfo:
        raise BadValue(
            f"{shown_address(text)}: an address holds no user and password, since addresses are shown and logged; "
            "keep them in TIPGRAPH_HOST, TIPGRAPH_USER and TIPGRAPH_PASSWORD"
        )
    return str(url.copy_with(fragment=None))


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


@cache
def _system_authorities() -> ssl.SSLContext:
    return ssl.create_default_context()  # httpx alone would trust those of certifi


def _proxy(address: str) -> str | None:
    """Return the proxy of the environment or the system for an address; httpx fails if `no_proxy` holds `[::1]`."""
    parts = urlsplit(address)
    proxy = getproxies().get(parts.scheme)
    if not proxy or is_loopback(address) or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
