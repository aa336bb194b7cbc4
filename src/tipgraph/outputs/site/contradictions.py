"""The page of contradictions: both sides with their evidence, the finder, and the answer."""

from collections.abc import Sequence
from typing import Any, Final

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
    rules = {rule.name: rule.summary(site.language) for rule in Rule.all()}
    answers, judges = (codes_of(graph, scheme, site.language) for scheme in ("conflict-judgement", "judge-kind"))
    ordered = sorted(cases, key=lambda case: (not case.is_held, not case.is_proposed, bool(case.within), case.within))
    groups = {
        heading: [_shown(case, claims, rules) for case in own]
        for heading, own in grouped(ordered, lambda case: [_heading(site, case)]).items()
    }
    counts = tally(cases)._asdict()
    site.write(PATH, "contradictions.html", groups=groups, answers=answers, judges=judges, **counts)


def _heading(site: Site, case: Case) -> str:
    if case.is_proposed:
        return site.words("Proposed by a rule, not judged yet")
    if not case.is_held:
        return site.words("Judged not to be a contradiction")
    if case.within:
        return site.words("Where {source} contradicts itself, or seems to", source=case.within)
    return site.words("Where documents contradict each other, or seem to")


def _shown(case: Case, claims: Claims, rules: dict[str, str]) -> dict[str, Any]:
    """Return a case with its sides, those judged right, and its finder; no claim of the graph yet has no remark."""
    upheld = set(case.answer.upheld) if case.answer else set()
    return {
        "case": case,
        "sides": [claims.of(data_name(claim.value) for claim in side) for side in case.sides],
        "right": [bool(upheld.intersection(side)) for side in case.sides],
        "found_by": rules.get(case.rule, case.rule),
        "remark": next((view.remark for view in claims.of([data_name(case.iri.value)])), None),
    }
