"""Who we are to a server: a user and a password, or a token, for one host alone, and never shown.

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

_VARIABLES = ("TIPGRAPH_TOKEN", "TIPGRAPH_USER", "TIPGRAPH_PASSWORD")


class Credentials:
    """What a host asks for; its words are in no message.

    >>> Credentials("example.org", user="ada", password="lace")
    Credentials for example.org
    """

    def __init__(self, host: str, *, user: str = "", password: str = "", token: str = "") -> None:
        """Keep a token, or a user and a password, for a host; raise CallError for words that no header can hold."""
        token = token.strip()  # a file of one ends in a line break
        if not all(word.isprintable() for word in (user, password, token)):
            raise CallError(
                f"the credentials for {host} hold a line break or another control character; write them anew"
            )
        self.host, self.user, self.password, self._token = host, user, password, token

    def __repr__(self) -> str:
        """Say for which host they are, and nothing else."""
        return f"Credentials for {self.host}"

    def fit(self, address: str) -> bool:
        """Tell whether an address is on the host that they are for."""
        parts = urlsplit(address)
        return self.host in (parts.netloc.lower(), parts.hostname)

    @property
    def header(self) -> str:
        """The value of the header `Authorization`."""
        return f"Bearer {self._token}" if self._token else f"Basic {self._pair}"

    @property
    def _pair(self) -> str:
        return b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")

    def hidden_in(self, text: str) -> str:
        """Return words of the server without ours, which it might repeat, in capitals or not."""
        for secret in filter(None, (self._token, self._pair, self.password)):
            text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
        return text


def credentials_for(address: str) -> Credentials | None:
    """Return the credentials for the host of an address; None where there are none.

    They come from the environment (`TIPGRAPH_HOST` with `TIPGRAPH_TOKEN`, or with `TIPGRAPH_USER` and
    `TIPGRAPH_PASSWORD`), else from the keyring of the system where the package `keyring` is installed (service
    `tipgraph HOST`), else from `~/.netrc` or the file that `NETRC` names. Raises CallError for an environment that does
    not say for which host.
    """
    parts = urlsplit(address)
    named, host = parts.netloc.rpartition("@")[2].lower(), parts.hostname or ""
    return _in_environment(named, host) or _in_keyring(named) or _in_netrc(host)


def _in_environment(named: str, host: str) -> Credentials | None:
    token, user, password = (os.environ.get(name, "") for name in _VARIABLES)
    if not (token or password):
        return None
    meant = os.environ.get("TIPGRAPH_HOST", "").lower()
    if not meant:
        raise CallError(
            f"{'TIPGRAPH_TOKEN' if token else 'TIPGRAPH_PASSWORD'} is set but not for which server; "
            f"set TIPGRAPH_HOST={named} where it is meant for that one, so that no other gets it"
        )
    if meant not in (named, host):
        return None
    return Credentials(named, token=token) if token else Credentials(named, user=user, password=password)


def _in_keyring(named: str) -> Credentials | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    with suppress(KeyringError):  # a machine without one: nothing is kept there
        found = keyring.get_credential(f"tipgraph {named}", None)
        if found is not None:
            return Credentials(named, user=found.username, password=found.password)
    return None


def _in_netrc(host: str) -> Credentials | None:
    path = Path(os.environ.get("NETRC", "") or Path.home() / ".netrc")
    try:
        found = netrc(path).hosts.get(host)  # not its `default`, which would be sent to anybody
    except FileNotFoundError:
        return None
    except (NetrcParseError, OSError, UnicodeDecodeError):  # their words may quote the file
        raise CallError(f"{path}: cannot be read as a netrc file; mend it, and let nobody else read it") from None
    return Credentials(host, user=found[0], password=found[2]) if found else None
