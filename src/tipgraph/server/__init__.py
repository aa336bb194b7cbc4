"""Serve the graph over HTTP: read only, and on this machine unless an option says otherwise.

    request  →  guard  →  application (routes)  →  workers  →  jobs, in a process  →  the complete answer, or an error

The front process has no graph. Workers read it: processes with a limit of memory, which are ended at their deadline.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
