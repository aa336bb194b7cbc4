"""Pairs of numbers of two sources that count the same thing and exclude each other."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from pyoxigraph import Literal, NamedNode, QuerySolution

from tipgraph.analysis import Mention, agreement, alike, mentions
from tipgraph.graph import Graph, Term


def excluding(graph: Graph, rows: Iterable[QuerySolution]) -> Iterator[Mapping[str, Term]]:
    """Yield each pair of claims whose numbers exclude each other, with their subject and both figures.

    A row has a claim, its source, and the values that must be equal before the claims are compared.
    """
    for group in alike(mentions(graph, _candidates(rows)).values()):
        by_source: dict[NamedNode, list[Mention]] = {}
        for mention in group:
            by_source.setdefault(mention.source, []).append(mention)
        pairs = (pair for sides in combinations(by_source.values(), 2) for pair in product(*sides))
        for left, right in pairs:
            if agreement(left, right) == "contradict":
                yield {
                    "claim": left.claim,
                    "other": right.claim,
                    "thing": left.subject,
                    "left": Literal(_figure(left)),
                    "right": Literal(_figure(right)),
                }


def _candidates(rows: Iterable[QuerySolution]) -> Iterator[NamedNode]:
    """Yield the claims that have the values of a claim of another source."""
    groups: dict[tuple[Term, ...], dict[NamedNode, Term]] = {}
    for claim, source, *values in map(tuple, rows):
        groups.setdefault(tuple(values), {})[claim] = source
    for group in groups.values():
        if len(set(group.values())) > 1:
            yield from group


def _figure(mention: Mention) -> str:
    is_plain = mention.hedge in ("exact", "range")
    return mention.figure if is_plain else f"{mention.hedge.replace('-', ' ')} {mention.figure}"
