"""The vocabulary: ontology terms, statements, dates, names, the kit and a project that extends it.

Decision: docs/decisions/0002-the-package-has-eleven-wings.md.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
