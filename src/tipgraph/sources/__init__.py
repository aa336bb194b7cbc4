"""Sources: folders of tables and texts, importers of open data, the search for personal data; they give statements."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
