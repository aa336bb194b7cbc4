"""The page on who made the graph and how: every figure on it is counted in the graph."""

from collections.abc import Sequence
from typing import Final

from tipgraph.analysis import Payment, headline_rules
from tipgraph.curation import Case
from tipgraph.graph import Graph, Query
from tipgraph.model import kit, tip
from tipgraph.outputs.site import money
from tipgraph.outputs.site.claim_groups import ClaimTotals
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site
from tipgraph.outputs.site.sources import SourcePage

PATH: Final = "about.html"


def write(
    site: Site,
    graph: Graph,
    claims: Claims,
    sources: Sequence[SourcePage],
    cases: Sequence[Case],
    paid: Sequence[Payment],
) -> None:
    """Write `about.html`."""
    held = [case for case in cases if case.is_held]
    paragraphs = [paragraph for source in sources for paragraph in source.paragraphs]
    site.write(
        PATH,
        PATH,
        whole=ClaimTotals(claims.all()),
        corrected=sum(bool(view.remark.corrections) for view in claims.all()),
        sources=[source for source in sources if source.claims],
        money=money.counts(paid),
        paragraphs=len(paragraphs),
        unread=sum(paragraph.shade == "none" for paragraph in paragraphs),
        held=len(held),
        unresolved=sum(not case.answer for case in held),
        audits=_audits(graph),
        rules=headline_rules(site.language),
        digest=graph.digest,
        version=kit.VERSION,
        ontology=next((row["version"].value for row in graph.named("version")), ""),
    )


def _audits(graph: Graph) -> list[dict[str, str]]:
    """Return the rows of the question on audits that count the claims of all classes."""
    answer = Query.find("audit").run(graph)
    rows = ([getattr(cell, "value", "") for cell in row] for row in answer.rows)
    return [dict(zip(answer.columns, row, strict=True)) for row in rows if row[0] == tip.Claim]
