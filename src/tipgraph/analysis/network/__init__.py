"""Networks of a graph: nodes, edges with their claims, measures, and recipes for common networks.

    declarations · ties  →  edges  →  filters  →  projection  →  measures · money · routes  →  repertoire

`project` makes a network for networkx. `measure` returns a table with the claims behind each row. `compare` shows how a
measure changes without some sources.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
