"""SPARQL endpoints of others: queried like a local graph, and uploaded to if they allow it.

    query  →  pages (LIMIT, OFFSET)  →  transport  →  responses  →  rows, as from the embedded engine
    graph  →  upload, one named graph after the other  →  transport  →  counted there

Only `credentials` knows users, passwords and tokens.
"""

from tipgraph.graph.remote.credentials import credentials_for
from tipgraph.graph.remote.endpoint import Remote
from tipgraph.graph.remote.transport import Caller, Reply, Request, TransferLimits, address_of, is_loopback
from tipgraph.graph.remote.upload import Pushed, push

__all__ = [
    "Caller",
    "Pushed",
    "Remote",
    "Reply",
    "Request",
    "TransferLimits",
    "address_of",
    "credentials_for",
    "is_loopback",
    "push",
]
