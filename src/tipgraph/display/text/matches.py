"""Proposals that two things are one, as rows, and both sides of one, for a person who judges."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from tipgraph.display.text.answers import claim_lines
from tipgraph.display.text.rows import counted, csv_text, json_text, table_text
from tipgraph.model import DATA, data_name, tip
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from tipgraph.curation import Proposal, Reason
    from tipgraph.graph import Graph
    from tipgraph.pipeline import Nodes
    from tipgraph.sources import Texts

_CLAIMS = 5  # that are shown of each side
_TIES = 3  # that a table shows
_HEADER = ("score", "left", "left label", "right", "right label", "reasons", "judged before")


def proposals_text(graph: "Graph", found: "Sequence[Proposal]", nodes: "Nodes", form: str, language: str = "en") -> str:
    """Return proposals as `table`, `csv` or `json`, each with its reasons and what was judged before."""
    named = [NamedNode(DATA + node) for one in found for node in _nodes_of(one)]
    labels = {data_name(node.value): label for node, label in graph.labels(named, language).items()}
    if form == "json":
        return json_text([_record(one, nodes, labels) for one in found])
    rows = [
        [
            f"{one.score:.2f}",
            nodes.short(one.left),
            labels.get(one.left, ""),
            nodes.short(one.right),
            labels.get(one.right, ""),
            "; ".join(reasons(one.reasons, labels)),
            "; ".join(map(str, one.judged)),
        ]
        for one in found
    ]
    if form == "csv":
        return csv_text(_HEADER, rows)
    if not rows:
        return "0 proposals: nothing unjudged is alike enough; --least shows less likely ones, --reopen judged ones"
    told = [_told(one, row, labels) for one, row in zip(found, rows, strict=True)]
    return "\n".join([table_text(("score", "left", "right", "reasons"), told), counted(len(rows), "proposal")])


def proposal_lines(graph: "Graph", one: "Proposal", nodes: "Nodes", texts: "Texts", language: str = "en") -> list[str]:
    """Return both sides of a proposal and the reasons, for a terminal."""
    named = [NamedNode(DATA + node) for node in _nodes_of(one)]
    labels = {data_name(node.value): label for node, label in graph.labels(named, language).items()}
    lines = [f"{one.score:.2f}  {nodes.short(one.left)}  =  {nodes.short(one.right)} ?"]
    for node in (one.left, one.right):
        lines += ["", *_side(graph, node, nodes, texts, language)]
    lines += ["", *(f"  {words}" for words in reasons(one.reasons, labels))]
    return [visible(line) for line in [*lines, *(f"  judged before: {said}" for said in one.judged)]]


def reasons(given: "Iterable[Reason]", labels: dict[str, str]) -> list[str]:
    """Return reasons in words: first what speaks for it, then what against."""
    return [
        f"{'' if one.limit is None else 'but '}{one.words}{labels.get(one.node, one.node) if one.node else ''}"
        for one in given
    ]


def _told(one: "Proposal", row: "Sequence[str]", labels: dict[str, str]) -> list[str]:
    """Return a row for a terminal: label and name in one cell, and of many ties a few."""
    ties = [reason for reason in one.reasons if reason.node]
    kept = [reason for reason in one.reasons if reason not in ties[_TIES:]]
    more = [f"{len(ties) - _TIES} more such ties"] if len(ties) > _TIES else []
    before = [f"judged before: {said}" for said in one.judged]
    words = "; ".join([*reasons(kept, labels), *more, *before])
    return [row[0], f"{row[2]} ({row[1]})", f"{row[4]} ({row[3]})", words]


def _side(graph: "Graph", node: str, nodes: "Nodes", texts: "Texts", language: str) -> list[str]:
    from tipgraph.display import claims

    iri = NamedNode(DATA + node)
    said = [one for one in claims.said_of(graph, iri, language) if one.cls.value != tip.Naming]
    traits = [f"{name}: {words}" for name, words, _ in claims.identity_of(graph, iri, language)]
    more = [f"      … and {counted(len(said) - _CLAIMS, 'more claim')}"] if len(said) > _CLAIMS else []
    return [
        f"{nodes.short(node)}: {graph.labels([iri], language).get(iri, '')}",
        *([f"    {'; '.join(traits)}"] if traits else []),
        *_names(graph, iri),
        *(line for one in said[:_CLAIMS] for line in claim_lines(one, texts, "    ")),
        *more,
    ]


def _names(graph: "Graph", iri: NamedNode) -> list[str]:
    """Return every name with the sources that use it; those that none uses are of the tables' own labels."""
    used: dict[str, dict[str, None]] = {}
    for row in graph.named("other-names", {"thing": [iri]}):
        used.setdefault(row["name"].value, {})
    for row in graph.named("namings-of", {"thing": [iri]}):
        kind, source = row["kind"].value, data_name(row["source"].value)
        used.setdefault(row["name"].value, {})[f"{kind} in {source}"] = None
    return [f"    “{name}” ({', '.join(by) or 'label'})" for name, by in used.items()]


def _nodes_of(one: "Proposal") -> list[str]:
    return [one.left, one.right, *(reason.node for reason in one.reasons if reason.node)]


def _record(one: "Proposal", nodes: "Nodes", labels: dict[str, str]) -> dict[str, object]:
    sides = {
        side: {"iri": DATA + node, "short": nodes.short(node), "label": labels.get(node)}
        for side, node in (("left", one.left), ("right", one.right))
    }
    judged = [before._asdict() for before in one.judged]
    return {"score": one.score, **sides, "reasons": reasons(one.reasons, labels), "judged": judged}
