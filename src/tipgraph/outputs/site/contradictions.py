"""The page of contradictions: both sides with their evidence, the finder, and the answer."""

from collections.abc import Sequence
from typing import Final

from tipgraph.curation import Case, Rule, tally
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.claim_groups import grouped
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import codes_of
from tipgraph.outputs.site.site_tree import Site

PATH: Final = "contradictions.html"


def write(site: Site, graph: Graph, claims: Claims, cases: Sequence[Case]) -> None:
    """Write the page of all contradictions: those between documents first, refuted ones last."""
    ordered = sorted(cases, key=lambda case: (not case.is_held, not case.is_proposed, bool(case.within), case.within))
    answers, judges = (codes_of(graph, scheme, site.language) for scheme in ("conflict-judgement", "judge-kind"))
    site.write(
        PATH,
        PATH,
        groups=grouped(ordered, lambda case: [(case.is_held, case.is_proposed, case.within if case.is_held else "")]),
        views=lambda nodes: claims.of(data_name(node.value) for node in nodes),
        rules={rule.name: rule.summary(site.language) for rule in Rule.all()},
        answers=answers,
        judges=judges,
        **tally(cases)._asdict(),
    )
