"""The page of contradictions: both sides beside each other with their evidence, who found each, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tipgraph.conflicts import Case, Rule, tally
from tipgraph.conflicts.cases import source_of
from tipgraph.graph import Graph
from tipgraph.pages.claims import Claims, Told
from tipgraph.pages.site import Site
from tipgraph.pages.wording import codes_of
from tipgraph.statements import DATA

PATH: Final = "contradictions.html"


@dataclass(frozen=True)
class Contradiction:
    """A contradiction as its page shows it: what it is called, its sides, and which of them were judged right."""

    case: Case
    sides: list[list[Told]]
    right: list[bool]
    found_by: str

    @property
    def within(self) -> str:
        """The source that contradicts itself; empty where sources contradict each other."""
        return "" if len(set(map(source_of, self.case.claims))) > 1 else source_of(self.case.claims[0])


def write(site: Site, graph: Graph, claims: Claims, cases: Sequence[Case]) -> None:
    """Write the page of all contradictions: those between documents first, then those within each."""
    rules = {rule.name: rule.summary(site.language) for rule in Rule.all()}
    answers, judges = (codes_of(graph, scheme, site.language) for scheme in ("conflict-judgement", "judge-kind"))
    groups: dict[str, list[Contradiction]] = {}
    for case in cases:
        one = _shown(case, claims, rules)
        groups.setdefault(one.within, []).append(one)
    ordered = dict(sorted(groups.items(), key=lambda pair: (bool(pair[0]), pair[0])))
    counts = tally(cases)._asdict()
    site.write(PATH, "contradictions.html", groups=ordered, answers=answers, judges=judges, **counts)


def _shown(case: Case, claims: Claims, rules: dict[str, str]) -> Contradiction:
    sides = [list(claims.told(claim.value.removeprefix(DATA) for claim in side).values()) for side in case.sides]
    upheld = set(case.answer.upheld) if case.answer else set()
    right = [bool(upheld.intersection(side)) for side in case.sides]
    return Contradiction(case, sides, right, rules.get(case.rule, case.rule))
