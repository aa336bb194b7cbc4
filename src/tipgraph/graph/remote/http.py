"""HTTP calls to a server, limited in time, size and trust: no redirect is followed, and no message shows a secret.

Decision: docs/decisions/0110-httpx-asks-other-servers.md.
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
    parts = urlsplit(address.lower())
    names = ("USER", "PASSWORD", "TOKEN", "HOST")
    user, password, token, host = (os.environ.get(f"TIPGRAPH_{name}", "").strip("\r\n") for name in names)
    if not (token or password):
        return None
    if not host:
        raise CallError(
            f"{'TIPGRAPH_TOKEN' if token else 'TIPGRAPH_PASSWORD'} is set without a server; set "
            f"TIPGRAPH_HOST={parts.netloc} if it is for that server, so that no other server gets it"
        )
    full = f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"  # with the port that an address leaves out
    is_meant = host.lower() in (parts.netloc, parts.hostname, full)
    return Credentials(parts.netloc, user, password, token) if is_meant else None


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

    A proxy that the environment names is used with `proxy`, but not for this machine.
    """

    credentials: Credentials | None = None
    seconds: float = 60.0
    size: int = 256 << 20
    proxy: bool = True

    def call(
        self, address: str, content: bytes | None = None, method: str = "GET", headers: Mapping[str, str] = {}
    ) -> Reply:
        """Send a request and return the answer of any status; raise RemoteError or RemoteTimeout."""
        here, end, parts = shown_address(address), monotonic() + self.seconds, urlsplit(address)
        own = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}  # half a packed answer would pass for a whole
        if self.credentials and self.credentials.host in (parts.netloc.lower(), parts.hostname):
            own["Authorization"] = self.credentials.header
        timeout = httpx.Timeout(self.seconds, connect=min(self.seconds, _CONNECT_SECONDS))
        use_proxy, body = self.proxy and not is_loopback(address), bytearray()
        try:
            with (
                httpx.Client(verify=_system_authorities(), timeout=timeout, trust_env=use_proxy) as client,
                client.stream(method, address, content=content, headers={**headers, **own}) as response,
            ):
                if (packed := response.headers.get("Content-Encoding", "identity").strip().lower()) != "identity":
                    raise RemoteError(
                        f"{here}: sends packed answers ({visible(packed)}) unasked; tell the endpoint's owner"
                    )
                for chunk in response.iter_raw():
                    body += chunk
                    if len(body) > self.size:
                        raise RemoteError(f"{here}: answers with more than {self.size >> 20} MB; ask for less")
                    if monotonic() > end:
                        raise TimeoutError
                return Reply(address, response.status_code, response.headers, bytes(body), self.credentials)
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
    """Return an address for a message, without user, password and query.

    >>> shown_address("https://ada:lace@example.org/sparql?key=1")
    'https://example.org/sparql'
    """
    return visible(re.sub(r"(?<=//)[^/?#]*@|[?#].*", "", address, flags=re.DOTALL))


@cache
def _system_authorities() -> ssl.SSLContext:
    return ssl.create_default_context()  # httpx alone would trust those of certifi
