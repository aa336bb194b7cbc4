"""Sources: folders of tables and texts, importers of open data, and the screening of personal data."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
