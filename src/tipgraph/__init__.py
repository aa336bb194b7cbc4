"""tipgraph: who acts against trafficking in persons, by which source, at which sentence.

>>> import tipgraph
>>> graph = tipgraph.build()
>>> answer = tipgraph.Query.find("routes").run(graph, {"destination": "place:japan"})
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from tipgraph.kit import VERSION

if TYPE_CHECKING:
    from tipgraph import tip
    from tipgraph.accounts import show
    from tipgraph.errors import TipgraphError
    from tipgraph.exports import export
    from tipgraph.graph import Graph
    from tipgraph.network import Filter, project
    from tipgraph.pages import render
    from tipgraph.pages.embed import draw
    from tipgraph.pipeline import build
    from tipgraph.queries import Query
    from tipgraph.scaffolding import init
    from tipgraph.server import serve
    from tipgraph.shapes import Report, check
    from tipgraph.sources import Source
    from tipgraph.statements import Statement
    from tipgraph.storage import load

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

_HOMES = {
    "Filter": "network",
    "Graph": "graph",
    "Query": "queries",
    "Report": "shapes",
    "Source": "sources",
    "Statement": "statements",
    "TipgraphError": "errors",
    "build": "pipeline",
    "check": "shapes",
    "draw": "pages.embed",
    "export": "exports",
    "init": "scaffolding",
    "load": "storage",
    "project": "network",
    "render": "pages",
    "serve": "server",
    "show": "accounts",
}


def __dir__() -> list[str]:
    """Name what is public."""
    return sorted([*__all__, "__version__"])


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import tipgraph` stays quick."""
    if name == "tip":
        return import_module("tipgraph.tip")
    if name in _HOMES:
        if name == "serve":
            from tipgraph.guests import need

            need("server", "tipgraph.serve")
        return getattr(import_module(f"tipgraph.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'tipgraph' has no attribute {name!r}")


if "IPython" in sys.modules:  # a notebook shows our objects
    from tipgraph.display import register

    register()
