"""From sources to a graph: build, merge, correct, remove, derive, check, compare."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
