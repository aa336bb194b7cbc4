"""What a server gives to each query and each client."""

from typing import NamedTuple


class Limits(NamedTuple):
    """How long a query may take, how much memory, and how much it may answer; how many run, and how many may ask.

    `seconds` count from when a query arrives; `memory` is bytes for a process beside what it needs to start; `rows` and
    `size` (bytes) are of one answer; `workers` are processes for queries; `rate` is requests a second of one client, 0
    for any number.
    """

    seconds: float = 10
    memory: int = 256 << 20
    rows: int = 100_000
    size: int = 32 << 20
    workers: int = 4
    rate: int = 100
