"""A claim, an entry and an answer as a person reads them: on a terminal and in a notebook."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
