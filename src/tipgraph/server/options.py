"""The options of a server: its address, limits, access and pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tipgraph.server.limits import Limits


class Options(NamedTuple):
    """The options of a server.

    `token` is the secret of clients, empty for none; `allowed` are other names of this host, `origins` those of other
    sites that may send requests (CORS). `proxies` are addresses or networks of proxies, which name their clients in
    `X-Forwarded-For`. `site` is a folder of pages, used if it fits the graph; otherwise, the server writes pages while
    it runs, or none without `pages`. `texts` is the folder of the texts of sources. `in_house` shows all of them, on
    this machine only.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    limits: Limits = Limits()
    token: str = ""
    allowed: Sequence[str] = ()
    origins: Sequence[str] = ()
    proxies: Sequence[str] = ()
    site: Path | None = None
    pages: bool = True
    texts: Path | None = None
    in_house: bool = False
