"""Cases that a person decides: contradictions with the evidence of both sides, and entries that may be the same."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.display.claims import ClaimView, claim_views, claims_about, identity_of
from tipgraph.display.text.claims import claim_lines
from tipgraph.display.text.rows import counted, rows_text, table_text
from tipgraph.model import DATA, data_name
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

if TYPE_CHECKING:
    from tipgraph.curation import Case, Proposal, Reason
    from tipgraph.graph import Graph
    from tipgraph.pipeline import Nodes
    from tipgraph.sources import Texts

_SIDES = ("first", "second")
_HEADER = (
    "id", "answer", "judge", "judge kind", "judged", "why", "reason", "found by",
    *(f"{side}{part}" for side in _SIDES for part in ("", " said at", " quote", " claim")), "note",
)  # fmt: skip


def conflicts_text(graph: "Graph", cases: "Sequence[Case]", form: str, texts: "Texts", language: str = "en") -> str:
    """Return contradictions as text for a person (`table`), or as rows in `csv` or `json`."""
    from tipgraph.curation import tally

    views = _views(graph, cases, language)
    if form != "table":
        return rows_text(_HEADER, [_row(case, views, texts) for case in cases], form)
    if not cases:
        return "0 contradictions: neither readers nor rules found any here; --open leaves out those that are answered"
    lines = [line for case in cases for line in [*_lines(case, views, texts), ""]]
    held, opened, proposed = tally(cases)
    return "\n".join([*lines, f"{counted(held, 'contradiction')}, {opened} open; rules propose {proposed} more"])


def conflict_lines(graph: "Graph", case: "Case", texts: "Texts", language: str = "en") -> list[str]:
    """Return one contradiction for a terminal."""
    return _lines(case, _views(graph, [case], language), texts)


def _views(graph: "Graph", cases: "Sequence[Case]", language: str) -> dict["NamedNode", ClaimView]:
    return claim_views(graph, (claim for case in cases for claim in case.claims), language)


def _lines(case: "Case", views: dict["NamedNode", ClaimView], texts: "Texts") -> list[str]:
    finder = f"the rule {case.rule}" if case.rule else JUDGES[case.found_by]
    lines = [f"{case.id}  (found by {finder})", f"  {case.reason}"]
    for number, side in enumerate(case.sides, 1):
        for claim in side:
            lines += claim_lines(views[claim], texts, f"  {number} ", "        ")
    lines += [f"  note: {case.note}"] if case.note else []
    answer = "open"
    if case.answer:
        judge, kind, judged = case.answer.judge, JUDGES[case.answer.judge_kind], case.answer.judged
        answer = f"{case.verdict} ({judge}, {kind}, {judged}): {case.answer.grounds}"
    return [visible(line) for line in [*lines, f"  answer: {answer}"]]


def _row(case: "Case", views: dict["NamedNode", ClaimView], texts: "Texts") -> list[str]:
    answer = case.answer[2:] if case.answer else ("", "", "", "")
    sides = [_cells([views[claim] for claim in side], texts) for side in case.sides]
    # the third side joins the second
    more = [" || ".join(filter(None, cells)) for cells in zip(*sides[1:], strict=True)]
    return [case.id, case.verdict, *answer, case.reason, case.rule or case.found_by, *sides[0], *more, case.note]


def _cells(side: Sequence[ClaimView], texts: "Texts") -> list[str]:
    return [
        " | ".join(view.sentence for view in side),
        "; ".join(dict.fromkeys(place for view in side for place in view.places)),
        " … ".join(quote for view in side for quote in view.quotes(texts)),
        " | ".join(view.claim.value for view in side),
    ]


_CLAIMS = 5  # that are shown of each side
_PROPOSED = ("score", "left", "left label", "right", "right label", "reasons", "judged before", "others")


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
        return rows_text(_PROPOSED, rows, form)
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
