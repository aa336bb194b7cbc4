"""Credentials of one host: a user and a password, or a token. No message shows them.

Decision: docs/decisions/0073-credentials-name-their-host.md.
"""

import os
import re
from base64 import b64encode
from contextlib import suppress
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.parse import urlsplit

from tipgraph.errors import CallError


class Credentials:
    """The credentials for a host; `header` is the value of the header `Authorization`.

    >>> Credentials("example.org", user="ada", password="lace")
    Credentials for example.org
    """

    def __init__(self, host: str, *, user: str = "", password: str = "", token: str = "") -> None:
        """Keep a token, or a user and a password; raise CallError if a header cannot hold them."""
        token = token.strip()  # a token file ends in a line break
        if not all(word.isprintable() for word in (user, password, token)):
            raise CallError(
                f"the credentials for {host} hold a line break or another control character; write them anew"
            )
        pair = b64encode(f"{user}:{password}".encode()).decode("ascii")
        self.host, self.header = host, f"Bearer {token}" if token else f"Basic {pair}"
        self._secrets = [secret for secret in (token, pair, password) if secret]

    def __repr__(self) -> str:
        """Name the host only."""
        return f"Credentials for {self.host}"

    def match(self, address: str) -> bool:
        """Return whether an address is on their host."""
        parts = urlsplit(address)
        return self.host in (parts.netloc.lower(), parts.hostname)

    def redact(self, text: str) -> str:
        """Remove the secrets from a text of the server, in upper or lower case."""
        for secret in self._secrets:
            text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
        return text


def credentials_for(address: str) -> Credentials | None:
    """Return the credentials for the host of an address, or None.

    They come from the environment (`TIPGRAPH_HOST` with `TIPGRAPH_TOKEN`, or with `TIPGRAPH_USER` and
    `TIPGRAPH_PASSWORD`), else from the system's keyring if the package `keyring` is installed (service
    `tipgraph HOST`), else from `~/.netrc` or the file named by `NETRC`. Raises CallError if the environment names no
    host.
    """
    parts = urlsplit(address)
    netloc, host = parts.netloc.rpartition("@")[2].lower(), parts.hostname or ""
    return _from_environment(netloc, host) or _from_keyring(netloc) or _from_netrc(host)


def _from_environment(netloc: str, host: str) -> Credentials | None:
    names = ("TIPGRAPH_TOKEN", "TIPGRAPH_USER", "TIPGRAPH_PASSWORD", "TIPGRAPH_HOST")
    token, user, password, own_host = (os.environ.get(name, "") for name in names)
    if not (token or password):
        return None
    if not own_host:
        raise CallError(
            f"{'TIPGRAPH_TOKEN' if token else 'TIPGRAPH_PASSWORD'} is set without a server; "
            f"set TIPGRAPH_HOST={netloc} if it is for that server, so that no other server gets it"
        )
    if own_host.lower() not in (netloc, host):
        return None
    return Credentials(netloc, token=token) if token else Credentials(netloc, user=user, password=password)


def _from_keyring(netloc: str) -> Credentials | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    with suppress(KeyringError):  # a machine without a keyring
        entry = keyring.get_credential(f"tipgraph {netloc}", None)
        if entry is not None:
            return Credentials(netloc, user=entry.username, password=entry.password)
    return None


def _from_netrc(host: str) -> Credentials | None:
    path = Path(os.environ.get("NETRC", "") or Path.home() / ".netrc")
    try:
        entry = netrc(path).hosts.get(host)  # never its `default`, which would go to any host
    except FileNotFoundError:
        return None
    except (NetrcParseError, OSError, UnicodeDecodeError):  # their messages may quote the file
        raise CallError(f"{path}: cannot be read as a netrc file; correct it, and let nobody else read it") from None
    return Credentials(host, user=entry[0], password=entry[2]) if entry else None
