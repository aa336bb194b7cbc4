"""The page on who made the graph and how: every figure on it is counted in the graph."""

from collections.abc import Sequence
from typing import Final

from tipgraph.analysis import Payment, headline_rules
from tipgraph.curation import Case, tally
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
    paragraphs = [paragraph for source in sources for paragraph in source.paragraphs]
    audits = Query.find("audit").run(graph)
    rows = ([getattr(cell, "value", "") for cell in row] for row in audits.rows)
    site.write(
        PATH,
        PATH,
        whole=ClaimTotals(claims.all()),
        corrected=sum(bool(view.remark.corrections) for view in claims.all()),
        sources=[source for source in sources if source.claims],
        money=money.counts(paid),
        paragraphs=len(paragraphs),
        unread=sum(not (paragraph.claims or paragraph.scope) for paragraph in paragraphs),
        contradictions=tally(cases),
        audits=[dict(zip(audits.columns, row, strict=True)) for row in rows if row[0] == tip.Claim],  # of all classes
        rules=headline_rules(site.language),
        digest=graph.digest,
        version=kit.VERSION,
        ontology=next((row["version"].value for row in graph.named("version")), ""),
    )
