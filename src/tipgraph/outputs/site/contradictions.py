"""The page of contradictions: both sides with their evidence, the finder, and the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tipgraph.curation import Case, Rule, tally
from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Remark
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import codes_of
from tipgraph.outputs.site.site_tree import Site

PATH: Final = "contradictions.html"


@dataclass(frozen=True)
class Contradiction:
    """A contradiction on its page: its case, its sides, the sides judged right, the finder, and its remark.

    A contradiction that is no claim of the graph yet has no remark.
    """

    case: Case
    sides: list[list[ClaimView]]
    right: list[bool]
    found_by: str
    remark: Remark | None


def write(site: Site, graph: Graph, claims: Claims, cases: Sequence[Case]) -> None:
    """Write the page of all contradictions: those between documents first, refuted ones last."""
    rules = {rule.name: rule.summary(site.language) for rule in Rule.all()}
    answers, judges = (codes_of(graph, scheme, site.language) for scheme in ("conflict-judgement", "judge-kind"))
    groups = {
        heading: [_shown(case, claims, rules) for case in found] for heading, found in grouped(site, cases).items()
    }
    counts = tally(cases)._asdict()
    site.write(PATH, "contradictions.html", groups=groups, answers=answers, judges=judges, **counts)


def grouped(site: Site, cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Return cases by their headings: contradictions between documents first, refuted ones last."""
    groups: dict[str, list[Case]] = {}
    for case in sorted(cases, key=_rank):
        groups.setdefault(_heading(site, case), []).append(case)
    return groups


def _rank(case: Case) -> tuple[bool, bool, bool, str]:
    return not case.is_held, not case.is_proposed, bool(case.within), case.within


def _heading(site: Site, case: Case) -> str:
    if case.is_proposed:
        return site.words("Proposed by a rule, not judged yet")
    if not case.is_held:
        return site.words("Judged not to be a contradiction")
    if case.within:
        return site.words("Where {source} contradicts itself, or seems to", source=case.within)
    return site.words("Where documents contradict each other, or seem to")


def _shown(case: Case, claims: Claims, rules: dict[str, str]) -> Contradiction:
    sides = [claims.of(data_name(claim.value) for claim in side) for side in case.sides]
    upheld = set(case.answer.upheld) if case.answer else set()
    right = [bool(upheld.intersection(side)) for side in case.sides]
    remark = next((view.remark for view in claims.of([data_name(case.iri.value)])), None)
    return Contradiction(case, sides, right, rules.get(case.rule, case.rule), remark)
