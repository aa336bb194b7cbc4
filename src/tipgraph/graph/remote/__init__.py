"""A SPARQL endpoint of somebody else, queried as a graph is, and filled where it allows that.

    query  →  pages (LIMIT, OFFSET)  →  transport  →  responses  →  rows, as from an engine in this process
    graph  →  upload, one named graph after the other  →  transport  →  counted there

Only `credentials` knows users, passwords and tokens.
"""

from tipgraph.graph.remote.endpoint import Remote
from tipgraph.graph.remote.upload import Pushed, push

__all__ = ["Pushed", "Remote", "push"]
