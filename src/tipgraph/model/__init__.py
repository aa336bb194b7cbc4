"""The vocabulary: ontology terms, statements, dates, names, the kit and a project that extends it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
