"""Proposals that two entries are the same, as rows, and both sides of one proposal for a judge."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.display.claims import claims_about, identity_of
from tipgraph.display.text.claims import claim_lines
from tipgraph.display.text.rows import counted, rows_text, table_text
from tipgraph.model import DATA, data_name
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from tipgraph.curation import Proposal, Reason
    from tipgraph.graph import Graph
    from tipgraph.pipeline import Nodes
    from tipgraph.sources import Texts

_CLAIMS = 5  # that are shown of each side
_HEADER = ("score", "left", "left label", "right", "right label", "reasons", "judged before", "others")


def proposals_text(
    graph: "Graph", proposals: "Sequence[Proposal]", nodes: "Nodes", form: str, language: str = "en"
) -> str:
    """Return proposals as `table`, `csv` or `json`, each with its reasons and its earlier judgements."""
    names = sorted({name for proposal in proposals for name in proposal.nodes})
    found = graph.labels((NamedNode(DATA + name) for name in names), language)
    labels = {data_name(node.value): label for node, label in found.items()}
    rows: list[list[Any]] = []
    for one in proposals:
        sides = [cell for name in (one.left, one.right) for cell in (nodes.short(name), labels.get(name, ""))]
        because, before, others = reasons(one.reasons), list(map(str, one.judged)), list(map(nodes.short, one.others))
        if form == "table":
            left = "; ".join([f"{sides[1]} ({sides[0]})", *others])
            why = "; ".join([*because, *(f"judged before: {judgement}" for judgement in before)])
            rows.append([f"{one.score:.2f}", left, f"{sides[3]} ({sides[2]})", why])
        else:
            score = one.score if form == "json" else f"{one.score:.2f}"
            rows.append([score, *sides, "; ".join(because), "; ".join(before), " ".join(others)])
    if form != "table":
        return rows_text(_HEADER, rows, form)
    if not rows:
        return "0 proposals: nothing unjudged is alike enough; --least shows less likely ones, --reopen judged ones"
    return "\n".join([table_text(("score", "left", "right", "reasons"), rows), counted(len(rows), "proposal")])


def proposal_lines(
    graph: "Graph", proposal: "Proposal", nodes: "Nodes", texts: "Texts", language: str = "en"
) -> list[str]:
    """Return both sides of a proposal and the reasons, for a terminal."""
    lines = [f"{proposal.score:.2f}  {'  =  '.join(map(nodes.short, proposal.nodes))} ?"]
    for node in proposal.nodes:
        lines += ["", *_side(graph, node, nodes, texts, language)]
    lines += ["", *(f"  {words}" for words in reasons(proposal.reasons))]
    return [visible(line) for line in [*lines, *(f"  judged before: {judgement}" for judgement in proposal.judged)]]


def reasons(given: "Iterable[Reason]") -> list[str]:
    """Return reasons in words: first those for a match, then those against it."""
    return [f"{'' if reason.limit is None else 'but '}{reason.words}" for reason in given]


def _side(graph: "Graph", node: str, nodes: "Nodes", texts: "Texts", language: str) -> list[str]:
    iri = NamedNode(DATA + node)
    views = [view for view in claims_about(graph, iri, language) if not view.is_naming]
    traits = [f"{trait.name}: {trait.words}" for trait in identity_of(graph, iri, language)]
    more = [f"      … and {counted(len(views) - _CLAIMS, 'more claim')}"] if len(views) > _CLAIMS else []
    return [
        f"{nodes.short(node)}: {graph.labels([iri], language).get(iri, '')}",
        *([f"    {'; '.join(traits)}"] if traits else []),
        *_names(graph, iri),
        *(line for view in views[:_CLAIMS] for line in claim_lines(view, texts, "    ", "        ")),
        *more,
    ]


def _names(graph: "Graph", iri: NamedNode) -> list[str]:
    """Return every name with the sources that use it; a name without a source is a label of our tables."""
    used: dict[str, dict[str, None]] = {}
    for row in graph.named("other-names", {"thing": [iri]}):
        used.setdefault(row["name"].value, {})
    for row in graph.named("namings-of", {"thing": [iri]}):
        kind, source = row["kind"].value, data_name(row["source"].value)
        used.setdefault(row["name"].value, {})[f"{kind} in {source}"] = None
    return [f"    “{name}” ({', '.join(by) or 'label'})" for name, by in used.items()]
