"""Two numbers set beside each other: whether they can be compared, and what one changed that says the other again."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.numbers.mentions import FIELDS, Mention

# part: the left lies within the right; whole: it holds it; unsaid: one or both do not say it.
Kind: TypeAlias = Literal["other", "part", "whole", "unsaid"]
How: TypeAlias = Literal["lost", "added", "narrower", "wider", "changed"]
Verdict: TypeAlias = Literal["not comparable", "agree", "contradict", "cannot tell"]
_UNSAID: Final = "-not-stated"


class Difference(NamedTuple):
    """A field in which two numbers differ, how, and the values on both sides."""

    field: str
    kind: Kind
    left: frozenset[str]
    right: frozenset[str]


class Change(NamedTuple):
    """What a number changed of the one that it says again, and how."""

    field: str
    how: How
    before: frozenset[str]
    after: frozenset[str]


Places: TypeAlias = frozenset[tuple[NamedNode, NamedNode]]  # each place with one that it lies within


def differences(left: Mention, right: Mention, lying: Places) -> list[Difference]:
    """Return why two numbers cannot be compared; nothing where they can.

    They must count the same: alike in measure, basis, unit, period, date, population, sex, age, form and place. What is
    not stated is not taken to be alike.
    """
    found = [
        Difference(name, _kind(left.fields[name], right.fields[name]), left.fields[name], right.fields[name])
        for name in FIELDS
        if left.fields[name] != right.fields[name] or _unsaid(left.fields[name])
    ]
    return found + _apart(left.ends, right.ends, lying)


def _kind(left: frozenset[str], right: frozenset[str]) -> Kind:
    return "unsaid" if not (left and right) or _unsaid(left) or _unsaid(right) else "other"


def _unsaid(values: frozenset[str]) -> bool:
    return any(value.endswith(_UNSAID) for value in values)


def _apart(
    left: Mapping[str, frozenset[NamedNode]], right: Mapping[str, frozenset[NamedNode]], lying: Places
) -> list[Difference]:
    """Return the ends that are not the same places; a route and a place, or a link, differ as a whole."""
    if left.keys() != right.keys():
        return [Difference("place", "other", _iris(*left.values()), _iris(*right.values()))]
    return [
        Difference("place" if name == "endpoint" else name, _lying(left[name], right[name], lying),
                   _iris(left[name]), _iris(right[name]))
        for name in left
        if left[name] != right[name]
    ]  # fmt: skip


def _lying(left: frozenset[NamedNode], right: frozenset[NamedNode], lying: Places) -> Kind:
    if all(any((one, other) in lying for other in right) for one in left):
        return "part"
    return "whole" if all(any((one, other) in lying for other in left) for one in right) else "other"


def _iris(*places: frozenset[NamedNode]) -> frozenset[str]:
    return frozenset(place.value for some in places for place in some)


def changes(restating: Mention, restated: Mention, lying: Places) -> list[Change]:
    """Return what a number changed of the one that it says again, value and bound included, in the order of FIELDS."""
    found = []
    if restating.value != restated.value or restating.upper != restated.upper:
        found.append(Change("value", "changed", frozenset({restated.figure}), frozenset({restating.figure})))
    if restating.hedge != restated.hedge:
        how: How = "lost" if restating.hedge == "exact" else "added" if restated.hedge == "exact" else "changed"
        found.append(Change("bound", how, frozenset({restated.hedge}), frozenset({restating.hedge})))
    apart = (one for one in differences(restating, restated, lying) if one.left != one.right)
    return [*found, *(Change(one.field, _how(one), one.right, one.left) for one in apart)]


def _how(one: Difference) -> How:
    if one.kind == "unsaid":
        return "lost" if not one.left or _unsaid(one.left) else "added"
    return {"part": "narrower", "whole": "wider"}.get(one.kind, "changed")  # type: ignore[return-value]


def supports(restated: Mention, restating: Mention) -> bool:
    """Tell whether a number bears out the one that says it again; one that is withheld bears out none.

    What is said at least or at most is borne out by its own figure.
    """
    return restating.value is not None and restated.value is not None and restated.holds(restating.value)


def agreement(left: Mention, right: Mention) -> Verdict:
    """Tell whether any number can be both of two that can be compared.

    >>> from types import SimpleNamespace as Said
    >>> agreement(Said(bounds=(Decimal(90), Decimal(110))), Said(bounds=(Decimal(100), None)))
    'agree'
    """
    (low, high), (least, most) = left.bounds, right.bounds
    if (low, high) == (None, None) or (least, most) == (None, None):
        return "cannot tell"
    return "contradict" if _beyond(low, most) or _beyond(least, high) else "agree"


def _beyond(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high
