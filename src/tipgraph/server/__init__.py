"""The graph over HTTP: read only, and on this machine unless an option says otherwise.

    request  →  middleware  →  endpoints  →  worker (pool, landlock)  →  the whole answer, or an error

The front process holds no graph. A worker reads it: a process with a deadline, a memory limit and no network.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
