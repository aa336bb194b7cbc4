"""tipgraph: a knowledge graph of who works against human trafficking, with the source sentence for every claim.

>>> import tipgraph
>>> graph = tipgraph.build()
>>> answer = tipgraph.Query.find("routes").run(graph, {"destination": "place:japan"})

Decision: docs/decisions/0002-the-package-has-eleven-wings.md.
"""

import sys
from typing import TYPE_CHECKING

import lazy_loader

from tipgraph.model import VERSION

if TYPE_CHECKING:
    from tipgraph.analysis import Filter, project
    from tipgraph.display import show
    from tipgraph.errors import TipgraphError
    from tipgraph.graph import Graph, Query, load
    from tipgraph.model import Statement, tip
    from tipgraph.outputs import draw, export, render
    from tipgraph.pipeline import Report, build, check, init
    from tipgraph.server import serve
    from tipgraph.sources import Source

__version__ = VERSION

__all__ = [
    "Filter",
    "Graph",
    "Query",
    "Report",
    "Source",
    "Statement",
    "TipgraphError",
    "build",
    "check",
    "draw",
    "export",
    "init",
    "load",
    "project",
    "render",
    "serve",
    "show",
    "tip",
]

_names, __dir__, _ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "analysis": ["Filter", "project"],
        "display": ["show"],
        "errors": ["TipgraphError"],
        "graph": ["Graph", "Query", "load"],
        "model": ["Statement", "tip"],
        "outputs": ["draw", "export", "render"],
        "pipeline": ["Report", "build", "check", "init"],
        "server": ["serve"],
        "sources": ["Source"],
    },
)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import tipgraph` stays quick."""
    if name == "serve":
        from tipgraph.runtime import need

        need("server", "tipgraph.serve")
    return _names(name)


if "IPython" in sys.modules:  # a notebook shows our objects
    from tipgraph.display import register

    register()
