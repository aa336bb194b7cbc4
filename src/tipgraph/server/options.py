"""How a server is started: its address, its limits, who may ask, and where its pages lie."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tipgraph.server.limits import Limits


class Options(NamedTuple):
    """How a server is reached, what it gives, and where its pages come from.

    `token` is what clients have to show, empty for nothing; `allowed` are other names of this host, `origins` those of
    pages elsewhere that may ask (CORS). `proxies` are addresses or networks of proxies before it, which say by
    `X-Forwarded-For` who asks. `site` is a folder of pages that is taken where it fits the graph, else they are written
    for as long as the server runs; `pages` may leave them out. `texts` are those of the sources.
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
