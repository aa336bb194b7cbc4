"""The graph over HTTP, read only, on this machine unless it is told otherwise.

    request  →  guards  →  routes  →  a worker that can be ended (pool, fence)  →  answer, whole or an error

The front knows no graph: whatever reads one runs in a process with a deadline, a limit of memory and no network.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
