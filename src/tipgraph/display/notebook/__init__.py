"""What a notebook shows of an object: an answer, a question, a graph, the claims about an entry, a report.

IPython asks its own formatters, so that nothing below this room knows how it is shown. What is shown needs no script
and loads nothing.

Decision: docs/decisions/0105-no-sparql-magic-of-our-own.md.
"""

import sys
from collections.abc import Callable
from typing import Any

_TYPES = {  # the module and the name of a type → what shows it
    ("tipgraph.display.thing", "Account"): "account",
    ("tipgraph.graph.graph", "Graph"): "graph",
    ("tipgraph.graph.query", "Answer"): "answer",
    ("tipgraph.graph.query", "Query"): "question",
    ("tipgraph.pipeline.shacl", "Report"): "report",
    ("tipgraph.display.claims", "Said"): "claim",
}


def html(shown: object) -> str:
    """Return an object as HTML; raise KeyError for an object of another type."""
    from tipgraph.display.notebook import answers, claims, summaries

    formatters: dict[str, Callable[[Any], str]] = {
        "account": claims.account,
        "answer": answers.answer,
        "claim": claims.claim,
        "graph": summaries.graph,
        "question": answers.question,
        "report": summaries.report,
    }
    return formatters[_TYPES[type(shown).__module__, type(shown).__name__]](shown)


def register() -> None:
    """Let the IPython that runs here, if one does, show our objects by `html`."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        for module, name in _TYPES:
            shell.display_formatter.formatters["text/html"].for_type_by_name(module, name, html)
