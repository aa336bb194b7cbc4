"""Corroboration: the sources that carry a claim, how many of them are independent, and who publishes them.

Two sources are independent as far as the graph knows: neither restates the claim from the other, or both from a third
(`tip:restates`). Sources with the same text count as one (`tip:voice`). All sources of one publisher count once among
the publishers.

Decision: docs/decisions/0003-the-ontology-declares-columns-and-edges.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, data_name


class Standing(NamedTuple):
    """How many independent sources support a claim, and how many publishers they have.

    `self_reported` is true if each of the sources is about its own publisher.

    >>> print(Standing(2, 1, self_reported=False))
    2 sources, 1 publisher
    """

    sources: int
    publishers: int
    self_reported: bool

    def __str__(self) -> str:
        """Return both numbers in words."""
        counts = ((self.sources, "source"), (self.publishers, "publisher"))
        return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)


@dataclass(frozen=True)
class Support:
    """The support of a claim.

    `others` are the claims that say all that it says, `sources` the names of its source and theirs; `standing` counts
    the independent ones.
    """

    others: tuple[NamedNode, ...]
    sources: tuple[str, ...]
    standing: Standing


def weakest(supports: Iterable[Support]) -> Standing | None:
    """Return the standing of a statement that needs several claims, that of the weakest; None if it needs none.

    >>> strong, weak = Standing(3, 2, self_reported=False), Standing(1, 1, self_reported=True)
    >>> weakest(Support((), (), standing) for standing in (strong, weak))
    Standing(sources=1, publishers=1, self_reported=False)
    """
    standings = [support.standing for support in supports]
    if not standings:
        return None
    sources, publishers, own = zip(*standings, strict=True)
    return Standing(min(sources), min(publishers), all(own))


def supports(graph: Graph, claims: Iterable[NamedNode]) -> dict[NamedNode, Support]:
    """Return the support of each claim; nodes that are no claims are left out.

    >>> from tipgraph import build
    >>> from tipgraph.model import DATA
    >>> claim = NamedNode(DATA + "cim-iom-caribbean-2005/participations/p6-7")
    >>> supports(build(), [claim])[claim].sources
    ('cim-iom-caribbean-2005', 'oas-cim-2005')
    """
    nodes = list(dict.fromkeys(claims))
    others = _grouped((row["claim"], row["other"]) for row in graph.named("corroborated", {"claim": nodes}))
    slot = {"claim": list(dict.fromkeys([*nodes, *chain.from_iterable(others.values())]))}
    sources = {row["claim"]: row["source"] for row in graph.named("claim-list", slot)}
    own = {row["claim"] for row in graph.named("self-reported", slot)}
    publishers, voices = _grouped(graph.named("published")), dict(map(tuple, graph.named("voices")))
    restated = _grouped((claim.value, earlier.value) for claim, earlier in graph.named("restated"))

    def support(node: NamedNode) -> Support:
        found = [node, *(other for other in others.get(node, ()) if other in sources)]
        names = [sources[claim] for claim in found]
        marks = [
            {voices.get(name, name).value, *roots(claim.value, restated)}
            for claim, name in zip(found, names, strict=True)
        ]
        published = [
            ours | {publisher.value for publisher in publishers.get(name, ())}
            for ours, name in zip(marks, names, strict=True)
        ]
        standing = Standing(_groups(marks), _groups(published), own.issuperset(found))
        return Support(tuple(found[1:]), tuple(sorted({data_name(name.value) for name in names})), standing)

    return {node: support(node) for node in nodes if node in sources}


def independent_sources(graph: Graph, names: Iterable[str]) -> int:
    """Return how many of some sources are independent: those with the same text or a common publisher are one.

    >>> from tipgraph import build
    >>> independent_sources(build(), ["oas-cim-2004", "oas-cim-2005", "crs-2005"])
    2
    """
    publishers, voices = _grouped(graph.named("published")), dict(map(tuple, graph.named("voices")))
    sources = [NamedNode(DATA + name) for name in names]
    return _groups({voices.get(node, node).value, *(one.value for one in publishers.get(node, ()))} for node in sources)


def roots(claim: str, restated: Mapping[str, Collection[str]]) -> list[str]:
    """Return the claims that a claim restates in the end, itself if it restates none; of a circle, the first.

    >>> roots("c", {"c": ["b"], "b": ["a"]}), roots("a", {"a": ["b"], "b": ["a"]})
    (['a'], ['a'])
    """
    seen, waiting = {claim}, [claim]
    while waiting:
        earlier = set(restated.get(waiting.pop(), ())) - seen
        seen |= earlier
        waiting += earlier
    return sorted(seen - restated.keys()) or [min(seen)]


def _grouped(pairs: Iterable[Any]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _groups(marks: Iterable[set[str]]) -> int:
    """Count the groups of sets that share marks, directly or over others."""
    groups: list[set[str]] = []
    for new in marks:
        touching = [group for group in groups if group & new]
        groups = [group for group in groups if not group & new] + [new.union(*touching)]
    return len(groups)
