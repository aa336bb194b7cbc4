"""HTML for notebooks: an answer, a question, a graph, the claims about an entry, a report.

IPython calls its own formatters, so that no other wing depends on this one. The HTML has no script and loads nothing.

Decision: docs/decisions/0105-no-sparql-magic-of-our-own.md.
"""

import sys
from collections.abc import Callable
from typing import Any

_MODULES = {  # of the types; no class name occurs twice
    "Account": "tipgraph.display.thing",
    "Answer": "tipgraph.graph.query",
    "ClaimView": "tipgraph.display.claims",
    "Graph": "tipgraph.graph.graph",
    "Query": "tipgraph.graph.query",
    "Report": "tipgraph.pipeline.shacl",
}


def html(shown: object) -> str:
    """Return an object as HTML; raise KeyError for an object of another type."""
    from tipgraph.display.notebook import answers, claims, summaries

    formatters: dict[str, Callable[[Any], str]] = {
        "Account": claims.account,
        "Answer": answers.answer,
        "ClaimView": claims.claim,
        "Graph": summaries.graph,
        "Query": answers.question,
        "Report": summaries.report,
    }
    return formatters[type(shown).__name__](shown)


def register() -> None:
    """Register `html` for our objects in a running IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        for name, module in _MODULES.items():
            shell.display_formatter.formatters["text/html"].for_type_by_name(module, name, html)
