"""The limits of a server for queries and clients."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Limits of queries, answers and clients.

    `seconds` count from the arrival of a query; `memory` is in bytes for a process, beyond what it needs to start;
    `rows` and `size` (bytes) are of an answer; `workers` are processes for queries; `rate` is requests a second of one
    client, 0 for no limit.
    """

    seconds: float = 10
    memory: int = 256 << 20
    rows: int = 100_000
    size: int = 32 << 20
    workers: int = 4
    rate: int = 100
