"""Serve the graph over HTTP: read only, and on this machine unless an option says otherwise.

    request  →  middleware  →  endpoints  →  worker (pool, landlock)  →  the complete answer, or an error

The front process has no graph. Workers read it: processes with a deadline, a memory limit and no network.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
