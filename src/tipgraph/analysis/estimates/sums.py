"""Possible sums: of numbers that count the same and nobody twice, each by a named rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates.estimate import FIELDS, Mention
from tipgraph.analysis.estimates.likeness import Places, differences

_PARTS: Final = ("sex", "age")
_BUT: Final = tuple(name for name in FIELDS if name not in _PARTS)


@dataclass(frozen=True)
class Sum:
    """A sum: the rule by which its parts are disjoint, the parts, and how many of them a source withholds.

    `hedge` is `exact` if every part is, and else `at-least`.
    """

    rule: str
    source: NamedNode
    subject: NamedNode | None
    parts: tuple[Mention, ...]
    value: Decimal
    hedge: str
    withheld: int


def sums(mentions: Iterable[Mention], lying: Places) -> list[Sum]:
    """Return the sums of numbers of one source and issuer; no number repeats another.

    By sex and age: numbers of one thing that differ in these only, each part stated once. By origin or destination:
    numbers of routes that differ in that end only, each end a country. There is no sum if a part is about, at most or a
    range, or does not state what it counts.
    """
    known = [number for number in mentions if not differences(number, number, lying)]
    return [*_by_parts(known), *(offer for end in ("origin", "destination") for offer in _by_end(known, end, lying))]


def _by_parts(mentions: Sequence[Mention]) -> list[Sum]:
    offers: list[Sum] = []
    for stated in (("sex",), ("age",), ("sex", "age")):
        cut = [number for number in mentions if tuple(name for name in _PARTS if number.fields[name]) == stated]
        groups = _alike(cut, lambda number: (_voice(number), number.subject.value, _values(number, _BUT)))
        once = (group for group in groups if len({_values(number, stated) for number in group}) == len(group))
        offers += [_sum("-and-".join(stated), group, group[0].subject) for group in once if _firm(group)]
    return offers


def _by_end(mentions: Sequence[Mention], end: str, lying: Places) -> list[Sum]:
    other = {"origin": "destination", "destination": "origin"}[end]
    routes = [number for number in mentions if number.ends.keys() == {end, other}]
    offers = []
    for group in _alike(routes, lambda n: (_voice(n), sorted(map(str, n.ends[other])), _values(n, FIELDS))):
        places = [place for number in group for place in number.ends[end]]
        countries = all((place, place) in lying for place in places)  # regions may overlap
        if countries and len(set(places)) == len(places) and _firm(group):
            offers.append(_sum(end, group, None))
    return offers


def _firm(group: Sequence[Mention]) -> bool:
    known = any(number.value is not None and number.hedge != "suppressed" for number in group)
    return known and len(group) > 1 and all(number.hedge in ("exact", "at-least", "suppressed") for number in group)


def _voice(number: Mention) -> tuple[str, list[str]]:
    return number.source.value, sorted(map(str, number.issuers))


def _sum(rule: str, group: Sequence[Mention], subject: NamedNode | None) -> Sum:
    known = [number.value for number in group if number.value is not None and number.hedge != "suppressed"]
    exact = all(number.hedge == "exact" for number in group)
    return Sum(rule, group[0].source, subject, tuple(group), sum(known, Decimal()), "exact" if exact else "at-least",
               len(group) - len(known))  # fmt: skip


def _values(number: Mention, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(number.fields[name])) for name in names)


def _alike(mentions: Iterable[Mention], key: Any) -> list[list[Mention]]:
    ordered = sorted(mentions, key=lambda number: (key(number), str(number.claim)))
    return [list(group) for _, group in groupby(ordered, key)]
