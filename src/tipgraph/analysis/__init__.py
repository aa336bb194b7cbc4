"""Analysis of a graph: networks, estimates, and how much an answer depends on one source."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
