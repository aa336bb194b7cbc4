"""SPARQL endpoints of others: queried like a local graph, and uploaded to if they allow it.

Only `http` knows users, passwords and tokens.
"""

from tipgraph.graph.remote.endpoint import Remote
from tipgraph.graph.remote.http import Caller, Reply, address_of, credentials_for, is_loopback
from tipgraph.graph.remote.upload import Pushed, push

__all__ = ["Caller", "Pushed", "Remote", "Reply", "address_of", "credentials_for", "is_loopback", "push"]
