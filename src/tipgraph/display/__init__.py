"""Things as a notebook shows them: answers, graphs, what is said of a thing, reports, and networks drawn inline.

    faces (asks for a thing's HTML)  →  here  →  templates/notebook/

What is shown stands by itself: no script but in the sandbox of a drawing, no address that a browser would load.
"""

from collections.abc import Callable
from typing import Any

from tipgraph.display import answers, claims, summaries
from tipgraph.display.drawing import Drawing, draw

__all__ = ["Drawing", "draw", "html"]

_FACES: dict[str, Callable[[Any], str]] = {
    "Account": claims.account,
    "Answer": answers.answer,
    "Drawing": Drawing.framed,
    "Extract": summaries.extract,
    "Graph": summaries.graph,
    "Query": answers.question,
    "Report": summaries.report,
    "Said": claims.claim,
}


def html(thing: object) -> str:
    """Return a thing as HTML; raise KeyError for what has no face."""
    return _FACES[type(thing).__name__](thing)
