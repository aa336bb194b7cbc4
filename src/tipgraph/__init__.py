"""tipgraph: a knowledge graph of who works against human trafficking, with the source sentence for every claim.

>>> import tipgraph
>>> graph = tipgraph.build()
>>> answer = tipgraph.Query.find("routes").run(graph, {"destination": "place:japan"})

Decision: docs/decisions/0002-the-package-has-eleven-wings.md.
"""

import sys

import lazy_loader

from tipgraph.model import VERSION

__version__ = VERSION

_names, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import tipgraph` stays quick."""
    if name == "serve":
        from tipgraph.runtime import need

        need("server", "tipgraph.serve")
    return _names(name)


if "IPython" in sys.modules:  # a notebook shows our objects
    from tipgraph.display import register

    register()
