"""Who carries a claim: the sources that say all of it, how many of them stand for themselves, and who publishes them.

Two sources are independent as far as the graph knows: neither says the claim again from the other, and both do not from
a third (`tip:restates`). Sources with the same text are one (`tip:voice`). What one publisher brings out counts
once among the publishers.

Decision: docs/decisions/0043-the-ontology-declares-corroboration.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, data_name


class Standing(NamedTuple):
    """How many independent sources support a claim, and how many publishers they have.

    `self_reported` tells that each of the sources speaks of its own publisher.

    >>> print(Standing(2, 1, self_reported=False))
    2 sources, 1 publisher
    """

    sources: int
    publishers: int
    self_reported: bool

    def __str__(self) -> str:
        """Say it in words."""
        return ", ".join(_counted(*pair) for pair in ((self.sources, "source"), (self.publishers, "publisher")))


@dataclass(frozen=True)
class Support:
    """Who carries a claim.

    `others` are the claims that say all that it says, `sources` the names of all sources that do, its own among them;
    `standing` counts those that are independent.
    """

    others: tuple[NamedNode, ...]
    sources: tuple[str, ...]
    standing: Standing


def weakest(found: Iterable[Support]) -> Standing | None:
    """Return on how much something stands that needs several claims: as much as the weakest; None where it needs none.

    >>> strong, weak = Standing(3, 2, self_reported=False), Standing(1, 1, self_reported=True)
    >>> weakest(Support((), (), one) for one in (strong, weak))
    Standing(sources=1, publishers=1, self_reported=False)
    """
    standings = [one.standing for one in found]
    if not standings:
        return None
    sources, publishers, own = zip(*standings, strict=True)
    return Standing(min(sources), min(publishers), all(own))


def supports(graph: Graph, claims: Iterable[NamedNode]) -> dict[NamedNode, Support]:
    """Return what each of some claims stands on; what is no claim is left out.

    >>> from tipgraph import build
    >>> claim = NamedNode(DATA + "cim-iom-caribbean-2005/participations/p6-7")
    >>> supports(build(), [claim])[claim].sources
    ('cim-iom-caribbean-2005', 'oas-cim-2005')
    """
    wanted = list(dict.fromkeys(claims))
    others: dict[NamedNode, list[NamedNode]] = {}
    for row in graph.named("corroborated", {"claim": wanted}):
        others.setdefault(row["claim"], []).append(row["other"])
    carrying = list(dict.fromkeys([*wanted, *(one for found in others.values() for one in found)]))
    known = _KnownRoots(graph, carrying)
    return {claim: known.support(claim, others.get(claim, ())) for claim in wanted if claim in known.sources}


def roots(claim: str, restated: Mapping[str, Collection[str]]) -> list[str]:
    """Return the claims that a claim says again in the end, itself where it says none; of a circle, the first.

    >>> roots("c", {"c": ["b"], "b": ["a"]}), roots("a", {"a": ["b"], "b": ["a"]})
    (['a'], ['a'])
    """
    seen, waiting = {claim}, [claim]
    while waiting:
        for earlier in restated.get(waiting.pop(), ()):
            if earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    return sorted(one for one in seen if one not in restated) or [min(seen)]


class _KnownRoots:
    """What is known of some claims: their sources, the publishers of these, and what is only said again."""

    def __init__(self, graph: Graph, claims: list[NamedNode]) -> None:
        self.sources = {
            row["claim"]: data_name(row["source"].value) for row in graph.named("claim-list", {"claim": claims})
        }
        self._own = {row["claim"] for row in graph.named("self-reported", {"claim": claims})}
        self._publishers: dict[str, set[str]] = {}
        for source, publisher in graph.named("published"):
            self._publishers.setdefault(data_name(source.value), set()).add(publisher.value)
        self._voices: dict[str, str] = {data_name(source.value): voice.value for source, voice in graph.named("voices")}
        self._restated: dict[str, list[str]] = {}
        for claim, earlier in graph.named("restated"):
            self._restated.setdefault(claim.value, []).append(earlier.value)

    def support(self, claim: NamedNode, others: Iterable[NamedNode]) -> Support:
        """Return what one claim stands on, with others that bear it out."""
        carrying = [claim, *(other for other in others if other in self.sources)]
        return Support(
            tuple(carrying[1:]),
            tuple(sorted({self.sources[one] for one in carrying})),
            Standing(
                _apart({self._voice(self.sources[one]), *self._roots(one)} for one in carrying),
                _apart({*self._published_by(self.sources[one]), *self._roots(one)} for one in carrying),
                self._own.issuperset(carrying),
            ),
        )

    def _roots(self, claim: NamedNode) -> list[str]:
        return roots(claim.value, self._restated)

    def _voice(self, source: str) -> str:
        return self._voices.get(source, DATA + source)

    def _published_by(self, source: str) -> set[str]:
        return {self._voice(source), *self._publishers.get(source, ())}


def _apart(marked: Iterable[set[str]]) -> int:
    """Count those that share no mark, at any remove."""
    groups: list[set[str]] = []
    for marks in marked:
        touching = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks] + [marks.union(*touching)]
    return len(groups)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
