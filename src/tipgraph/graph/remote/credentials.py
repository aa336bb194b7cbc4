"""Credentials of one host: a user and a password, or a token. No message shows them.

Decision: docs/decisions/0073-credentials-name-their-host.md.
"""

import os
import re
from base64 import b64encode
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.parse import urlsplit

from tipgraph.errors import CallError


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

    def __post_init__(self) -> None:
        """Raise CallError if a header cannot hold them."""
        if not all(word.isprintable() for word in (self.user, self.password, self.token)):
            raise CallError(
                f"the credentials for {self.host} hold a line break or another control character; write them anew"
            )

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

    They come from the environment (`TIPGRAPH_HOST` with `TIPGRAPH_TOKEN`, or with `TIPGRAPH_USER` and
    `TIPGRAPH_PASSWORD`), else from `~/.netrc` or the file named by `NETRC`. Raises CallError if the environment names
    no host, and for a file that is no netrc file.
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
    if (token or password) and own_host.lower() in (netloc, host):
        return Credentials(netloc, user, password, token)
    path = Path(os.environ.get("NETRC", "") or Path.home() / ".netrc")
    try:
        entry = netrc(path).hosts.get(host)  # never its `default`, which would go to any host
    except FileNotFoundError:
        return None
    except (NetrcParseError, OSError, UnicodeDecodeError):  # their messages may quote the file
        raise CallError(f"{path}: cannot be read as a netrc file; correct it, and let nobody else read it") from None
    return Credentials(host, entry[0], entry[2]) if entry else None
