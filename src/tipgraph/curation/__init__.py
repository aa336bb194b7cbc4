"""What people decide: which entries are one, which contradictions are real. One review loop asks for both."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
