"""Statements in an engine: SPARQL, questions, names, storage, tables, remote endpoints, files of strangers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
