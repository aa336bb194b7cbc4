"""What leaves the house: files of a subgraph, a site of pages, and a release that withholds what a policy names."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
