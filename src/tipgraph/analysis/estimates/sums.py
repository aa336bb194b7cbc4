"""Sums that can be offered: of numbers that count alike and nobody twice, by a rule that is named."""

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

    `hedge` is exact where every part is; `at-least` where one is, or is withheld.
    """

    rule: str
    source: NamedNode
    subject: NamedNode | None
    parts: tuple[Mention, ...]
    value: Decimal
    hedge: str
    withheld: int


def sums(mentions: Iterable[Mention], lying: Places) -> list[Sum]:
    """Return the sums that can be offered of numbers of one source and issuer each, none of which says another again.

    By sex and age: numbers of one thing that differ in these only, each part stated once. By origin, or destination:
    numbers of routes that differ in that end only, each a country. Nothing is summed where one of the parts is about,
    at most or a range, or where it is not said what it counts.
    """
    known = [one for one in mentions if not differences(one, one, lying)]
    return [*_by_parts(known), *(offer for end in ("origin", "destination") for offer in _by_end(known, end, lying))]


def _by_parts(mentions: Sequence[Mention]) -> list[Sum]:
    offers: list[Sum] = []
    for stated in (("sex",), ("age",), ("sex", "age")):
        cut = [one for one in mentions if tuple(name for name in _PARTS if one.fields[name]) == stated]
        groups = _alike(cut, lambda one: (_voice(one), one.subject.value, _of(one, _BUT)))
        once = (group for group in groups if len({_of(one, stated) for one in group}) == len(group))
        offers += [_sum("-and-".join(stated), group, group[0].subject) for group in once if _firm(group)]
    return offers


def _by_end(mentions: Sequence[Mention], end: str, lying: Places) -> list[Sum]:
    other = {"origin": "destination", "destination": "origin"}[end]
    routes = [one for one in mentions if one.ends.keys() == {end, other}]
    offers = []
    for group in _alike(routes, lambda one: (_voice(one), sorted(map(str, one.ends[other])), _of(one, FIELDS))):
        places = [place for one in group for place in one.ends[end]]
        countries = all((place, place) in lying for place in places)  # regions may overlap, and nobody says how
        if countries and len(set(places)) == len(places) and _firm(group):
            offers.append(_sum(end, group, None))
    return offers


def _firm(group: Sequence[Mention]) -> bool:
    known = any(one.value is not None and one.hedge != "suppressed" for one in group)
    return known and len(group) > 1 and all(one.hedge in ("exact", "at-least", "suppressed") for one in group)


def _voice(one: Mention) -> tuple[str, list[str]]:
    return one.source.value, sorted(map(str, one.issuers))


def _sum(rule: str, group: Sequence[Mention], subject: NamedNode | None) -> Sum:
    known = [one.value for one in group if one.value is not None and one.hedge != "suppressed"]
    exact = all(one.hedge == "exact" for one in group)
    return Sum(rule, group[0].source, subject, tuple(group), sum(known, Decimal()), "exact" if exact else "at-least",
               len(group) - len(known))  # fmt: skip


def _of(one: Mention, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(one.fields[name])) for name in names)


def _alike(mentions: Iterable[Mention], key: Any) -> list[list[Mention]]:
    return [list(group) for _, group in groupby(sorted(mentions, key=lambda one: (key(one), str(one.claim))), key)]
