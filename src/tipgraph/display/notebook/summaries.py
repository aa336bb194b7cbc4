"""A graph and the report of a check in a few lines."""

from tipgraph.display.notebook.snippets import first, worded
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.pipeline import Report

_SOURCE = ("title", "issuedBy", "issued", "licence")


def graph(shown: Graph) -> str:
    """Return the number of claims by class and the sources of a graph, with its digest unless a server holds it."""
    sources: dict[str, list[str]] = {}
    for row in shown.named("sources"):
        name = data_name(row["source"].value)
        cells = [row[column].value if row[column] is not None else "" for column in _SOURCE]
        sources.setdefault(name, [name, *cells])
    counts = {row["class"].value: int(row["number"].value) for row in shown.named("claim-counts")}
    return worded(
        "graph",
        statements=len(shown),
        claims=sum(counts.values()),
        counts=sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        sources=list(sources.values()),
        digest=shown.digest if shown.is_near else "",
    )


def report(shown: Report) -> str:
    """Return the summary of a check, and its first findings."""
    findings, left = first([*shown.findings, *shown.notices])
    return worded("report", lines=shown.summary.splitlines(), findings=findings, left=left)
