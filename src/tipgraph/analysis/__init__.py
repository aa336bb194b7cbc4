"""What follows from a graph: networks, estimates of numbers, and how much an answer hangs on one source."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
