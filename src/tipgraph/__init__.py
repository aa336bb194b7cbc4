"""tipgraph: a knowledge graph of who works against human trafficking, with the source sentence for every claim.

>>> import tipgraph
>>> graph = tipgraph.build()
>>> answer = graph.ask("routes", destination="place:japan")

Decision: docs/decisions/0002-the-package-has-eleven-wings.md.
"""

import sys
from typing import TYPE_CHECKING

import lazy_loader

from tipgraph.model import VERSION

if TYPE_CHECKING:
    from tipgraph.analysis import Filter as Filter
    from tipgraph.analysis import project as project
    from tipgraph.display import show as show
    from tipgraph.errors import TipgraphError as TipgraphError
    from tipgraph.graph import Graph as Graph
    from tipgraph.graph import Query as Query
    from tipgraph.graph import load as load
    from tipgraph.graph import tip as tip
    from tipgraph.model import Statement as Statement
    from tipgraph.outputs import draw as draw
    from tipgraph.outputs import export as export
    from tipgraph.outputs import render as render
    from tipgraph.pipeline import Report as Report
    from tipgraph.pipeline import build as build
    from tipgraph.pipeline import check as check
    from tipgraph.pipeline import init as init
    from tipgraph.server import serve as serve
    from tipgraph.sources import Source as Source

__version__ = VERSION

_names, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "analysis": ["Filter", "project"],
        "display": ["show"],
        "errors": ["TipgraphError"],
        "graph": ["Graph", "Query", "load", "tip"],
        "model": ["Statement"],
        "outputs": ["draw", "export", "render"],
        "pipeline": ["Report", "build", "check", "init"],
        "server": ["serve"],
        "sources": ["Source"],
    },
)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import tipgraph` stays fast."""
    if name == "serve":
        from tipgraph.runtime import need

        need("server", "tipgraph.serve")
    return _names(name)


if "IPython" in sys.modules:  # a notebook shows our objects
    from tipgraph.display import register

    register()
