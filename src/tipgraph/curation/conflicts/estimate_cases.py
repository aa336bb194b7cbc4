"""Numbers of two sources that count the same by every field, and of which not both can be."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from pyoxigraph import Literal, NamedNode, QuerySolution

from tipgraph.analysis import Mention, agreement, alike, mentions
from tipgraph.graph import Graph, Term


def excluding(graph: Graph, rows: Iterable[QuerySolution]) -> Iterator[Mapping[str, Term]]:
    """Yield each pair of numbers that contradict each other, with what they are of and what they say.

    A row has a claim, its source, and what must be alike before it is worth looking at all the rest.
    """
    for group in alike(mentions(graph, _candidates(rows)).values()):
        by: dict[NamedNode, list[Mention]] = {}
        for one in group:
            by.setdefault(one.source, []).append(one)
        for some, others in combinations(by.values(), 2):
            for one, other in product(some, others):
                if agreement(one, other) == "contradict":
                    yield {
                        "claim": one.claim,
                        "other": other.claim,
                        "thing": one.subject,
                        "left": Literal(_figure(one)),
                        "right": Literal(_figure(other)),
                    }


def _candidates(rows: Iterable[QuerySolution]) -> Iterator[NamedNode]:
    """Yield the claims that are alike those of another source, as far as rows tell."""
    found: dict[tuple[Term, ...], list[tuple[NamedNode, Term]]] = {}
    for claim, source, *key in map(tuple, rows):
        found.setdefault(tuple(key), []).append((claim, source))
    for some in found.values():
        if len({source for _, source in some}) > 1:
            yield from (claim for claim, _ in some)


def _figure(one: Mention) -> str:
    return one.figure if one.hedge in ("exact", "range") else f"{one.hedge.replace('-', ' ')} {one.figure}"
