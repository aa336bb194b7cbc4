"""What a person brings in: documents, quotes and rows become the text, evidence and tables of a source."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=("add",))
