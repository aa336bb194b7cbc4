"""Somebody else's SPARQL endpoint, asked as a graph is asked, and filled where it lets us.

    query     →  cut into pages  →  called  →  answer read  →  rows, as from Oxigraph in the process
               (paging)         (transport)   (answers)      (endpoint)
    graph     →  named graph by named graph  →  called      →  counted there
               (pushing)                       (transport)

`credentials` has who we are to a server; nothing else knows.
"""

from tipgraph.graph.remote.endpoint import Remote
from tipgraph.graph.remote.upload import Pushed, push

__all__ = ["Pushed", "Remote", "push"]
