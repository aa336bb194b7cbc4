"""HTML for notebooks: an answer, a question, a graph, the claims about an entry, a report.

IPython calls its own formatters, so that no other wing depends on this one. The HTML has no script and loads nothing.

Decision: docs/decisions/0105-no-sparql-magic-of-our-own.md.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tipgraph.display.answers import answer_view
from tipgraph.display.claims import ClaimView
from tipgraph.display.environment import render
from tipgraph.display.text.answers import count, footnotes, nearby, table_cells
from tipgraph.display.text.claims import support_lines
from tipgraph.display.text.rows import nothing
from tipgraph.display.thing import Account
from tipgraph.graph import Answer, Graph, Query
from tipgraph.model import data_name
from tipgraph.sources import Texts

if TYPE_CHECKING:
    from tipgraph.pipeline import Report

MOST = 30  # rows that a notebook shows


def worded(template: str, language: str = "en", **context: object) -> str:
    """Return a template of `templates/notebook/` filled with a context."""
    return render(f"notebook/{template}.html", language, **context)


def answer(shown: Answer) -> str:
    """Return the first rows of an answer as a table, with the remarks on their claims."""
    part = replace(shown, rows=shown.rows[:MOST])
    cells = table_cells(answer_view(part), Texts())
    return worded(
        "answer",
        columns=list(cells),
        rows=list(zip(*cells.values(), strict=True)),
        footnotes=footnotes(part)[0],
        count=count(shown),
        left=len(shown.rows) - len(part.rows),
        nothing=nothing("row"),
        nearby=nearby(shown),
    )


def question(shown: Query) -> str:
    """Return a question as its sentence and its parameters."""
    return worded("question", name=shown.name, said=shown.header_in("en"))


def account(shown: Account) -> str:
    """Return the claims about an entry, class by class."""
    parts = [
        (heading.capitalize(), list(views)) for heading, views in groupby(shown.claims, key=lambda view: view.heading)
    ]
    return worded("account", account=shown, parts=parts, texts=shown.texts, support_lines=support_lines)


def claim(shown: ClaimView) -> str:
    """Return one claim, without quotes."""
    return worded("claim", view=shown, texts=Texts(), support_lines=support_lines)


def graph(shown: Graph) -> str:
    """Return the number of claims by class and the sources of a graph, with its digest unless a server holds it."""
    sources: dict[str, list[str]] = {}
    for row in shown.named("sources"):
        name = data_name(row["source"].value)
        cells = (row[column] for column in ("title", "issuedBy", "issued", "licence"))
        sources.setdefault(name, [name, *(cell.value if cell is not None else "" for cell in cells)])
    counts = {row["class"].value: int(row["number"].value) for row in shown.named("claim-counts")}
    return worded(
        "graph",
        statements=len(shown),
        claims=sum(counts.values()),
        counts=sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        sources=list(sources.values()),
        digest=shown.digest if shown.is_near else "",
    )


def report(shown: "Report") -> str:
    """Return the summary of a check, and its first findings."""
    findings = [*shown.findings, *shown.notices]
    left = max(len(findings) - MOST, 0)
    return worded("report", lines=shown.summary.splitlines(), findings=findings[:MOST], left=left)


_FORMATTERS: dict[str, tuple[str, Callable[[Any], str]]] = {  # by the types, with their modules
    "Account": ("tipgraph.display.thing", account),
    "Answer": ("tipgraph.graph.query", answer),
    "ClaimView": ("tipgraph.display.claims", claim),
    "Graph": ("tipgraph.graph.graph", graph),
    "Query": ("tipgraph.graph.query", question),
    "Report": ("tipgraph.pipeline.shacl", report),
}


def html(shown: object) -> str:
    """Return an object as HTML; raise KeyError for an object of another type."""
    return _FORMATTERS[type(shown).__name__][1](shown)


def register() -> None:
    """Register the formatters of our objects in a running IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        for name, (module, format_) in _FORMATTERS.items():
            shell.display_formatter.formatters["text/html"].for_type_by_name(module, name, format_)
