"""The options of a server, and the error that ends a request."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import TipgraphError


class Refusal(TipgraphError):
    """A server ends a request with a status of HTTP: the request has a fault, asks for too much, or is too late.

    Do what the message says; `docs/how-to/serve.md` explains each status.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.http_status = status


class Options(NamedTuple):
    """The options of a server, with the limits of queries, answers and clients.

    `seconds` count from the arrival of a query; `memory` is in bytes for a process, beyond what it needs to start;
    `size` is in bytes of an answer; `workers` are processes for queries; `rate` is requests a second of one client, 0
    for no limit.

    `token` is the secret of clients, empty for none; `allowed` are other names of this host, `origins` those of other
    sites that may send requests (CORS). `proxies` are addresses or networks of proxies, which name their clients in
    `X-Forwarded-For`. `site` is a folder of pages, used if it fits the graph; otherwise, the server writes pages when
    somebody asks for one, or none without `pages`. `exports` is a folder of files to offer. `texts` is the folder of
    the texts of sources. `in_house` shows all of them, on this machine only.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    seconds: float = 10
    memory: int = 256 << 20
    size: int = 32 << 20
    workers: int = 4
    rate: int = 100
    token: str = ""
    allowed: Sequence[str] = ()
    origins: Sequence[str] = ()
    proxies: Sequence[str] = ()
    site: Path | None = None
    pages: bool = True
    exports: Path | None = None
    texts: Path | None = None
    in_house: bool = False
