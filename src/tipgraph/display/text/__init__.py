"""Claims, answers and networks on standard output: a table, CSV or JSON.

Text of sources is hostile: no control or direction character reaches a terminal, and no cell of CSV runs as a formula.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
