"""tipgraph: a knowledge graph of who works against human trafficking, with the source sentence for every claim.

>>> import tipgraph
>>> graph = tipgraph.build()
>>> answer = tipgraph.Query.find("routes").run(graph, {"destination": "place:japan"})

Decision: docs/decisions/0002-the-package-has-eleven-wings.md.
"""

import sys
from functools import cache
from typing import TYPE_CHECKING

import lazy_loader

from tipgraph.model import VERSION

if TYPE_CHECKING:
    from rdflib.namespace import ClosedNamespace

    from tipgraph.analysis import Filter as Filter
    from tipgraph.analysis import project as project
    from tipgraph.display import show as show
    from tipgraph.errors import TipgraphError as TipgraphError
    from tipgraph.graph import Graph as Graph
    from tipgraph.graph import Query as Query
    from tipgraph.graph import load as load
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

    tip: ClosedNamespace

__version__ = VERSION

_names, _, _others = lazy_loader.attach(
    __name__,
    submod_attrs={
        "analysis": ["Filter", "project"],
        "display": ["show"],
        "errors": ["TipgraphError"],
        "graph": ["Graph", "Query", "load"],
        "model": ["Statement"],
        "outputs": ["draw", "export", "render"],
        "pipeline": ["Report", "build", "check", "init"],
        "server": ["serve"],
        "sources": ["Source"],
    },
)


__all__ = sorted([*_others, "tip"])  # a list of names


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import tipgraph` stays fast."""
    if name == "serve":
        from tipgraph.runtime import need

        need("server", "tipgraph.serve")
    if name == "tip":
        return _terms()
    return _names(name)


@cache
def _terms() -> "ClosedNamespace":
    """Return the namespace of the ontology, whose terms are rdflib's: `tip.Funding` is a URIRef."""
    from rdflib.namespace import ClosedNamespace

    from tipgraph.model import tip

    names = [name for name, iri in vars(tip).items() if iri == tip.NAMESPACE + name]
    namespace = ClosedNamespace(tip.NAMESPACE, names)
    namespace.__doc__ = "The terms of the ontology, as rdflib's: `tip.Funding` is a URIRef."
    return namespace


if "IPython" in sys.modules:  # a notebook shows our objects
    from tipgraph.display import register

    register()
