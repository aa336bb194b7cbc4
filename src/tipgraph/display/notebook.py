"""What a notebook prints of our objects: the text that the command line prints.

IPython calls its own formatters, so that no other wing depends on this one.

Decision: docs/decisions/0046-which-libraries-are-installed.md.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tipgraph.display.claims import ClaimView
from tipgraph.display.text.answers import answer_text, count
from tipgraph.display.text.claims import paragraphs
from tipgraph.display.text.rows import rows_text
from tipgraph.graph import Answer, Graph, Query
from tipgraph.model import data_name
from tipgraph.runtime import visible
from tipgraph.sources import Texts

if TYPE_CHECKING:
    from tipgraph.pipeline import Report

MOST = 30  # rows that a notebook shows


def answer(shown: Answer) -> str:
    """Return the first rows of an answer as a table, with the remarks on their claims."""
    text, left = answer_text(replace(shown, rows=shown.rows[:MOST]), "table", Texts()), len(shown.rows) - MOST
    return f"{text}\nof {count(shown)}: .rows and .to_pandas() have the last {left}" if left > 0 else text


def question(shown: Query) -> str:
    """Return a question as its sentence and its parameters."""
    header = shown.header_in("en")
    rows = [[name, one.kind, one.summary] for name, one in header.parameters.items()]
    return f"{visible(header.summary or shown.name)}\n{rows_text(['parameter', 'takes', 'it means'], rows, 'table')}"


def graph(shown: Graph) -> str:
    """Return the number of claims by class and the sources of a graph, with its digest unless a server holds it."""
    names = {data_name(row["source"].value) for row in shown.named("sources")}
    counts = {row["class"].value: int(row["number"].value) for row in shown.named("claim-counts")}
    lines = [f"A graph of {len(shown):,} statements, {sum(counts.values()):,} claims and {len(names)} sources",
             ", ".join(f"{counts[name]} {name}" for name in sorted(counts, key=lambda name: (-counts[name], name))),
             f"sources: {', '.join(sorted(names))}"]  # fmt: skip
    lines += [f"digest (SHA-256 of the sorted N-Quads): {shown.digest}"] if shown.is_near else []
    return "\n".join(map(visible, lines))


def report(shown: "Report") -> str:
    """Return the first findings of a check, and its summary."""
    return "\n".join(map(visible, [*shown.lines[:MOST], *shown.summary.splitlines()]))


def claim(shown: ClaimView) -> str:
    """Return one claim, without quotes."""
    return "\n".join(paragraphs([shown], Texts())).strip()


def extract(shown: Any) -> str:
    """Return what was exported, from which sources, and into which files."""
    asked = ", ".join(f"{name} {value}" for name, value in shown.asked.items())
    withheld = [f"withheld: {what} ({count}): {why}" for (what, why), count in sorted(shown.withheld.items())]
    lines = [shown.summary, f"asked: {asked}", f"written: {', '.join(map(str, shown.files))}", *withheld]
    return "\n".join(map(visible, [*lines, f"sources: {', '.join(shown.sources)}"]))


_PRINTED: dict[str, tuple[str, Callable[[Any], str]]] = {  # by the types, with their modules
    "Account": ("tipgraph.display.thing", str),
    "Answer": ("tipgraph.graph.query", answer),
    "ClaimView": ("tipgraph.display.claims", claim),
    "Extract": ("tipgraph.outputs.files.extract", extract),
    "Graph": ("tipgraph.graph.graph", graph),
    "Query": ("tipgraph.graph.query", question),
    "Report": ("tipgraph.pipeline.shacl", report),
}


def printed(shown: object) -> str:
    """Return an object as text; raise KeyError for an object of another type."""
    return _PRINTED[type(shown).__name__][1](shown)


def register() -> None:
    """Register the texts of our objects in a running IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        printing = shell.display_formatter.formatters["text/plain"]
        for name, (module, _) in _PRINTED.items():
            printing.for_type_by_name(module, name, lambda shown, printer, _: printer.text(printed(shown)))
