"""Two numbers set beside each other: whether they can be compared, and what one changed that says the other again.

Decision: docs/decisions/0027-two-numbers-are-comparable-or-not.md.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates.estimate import FIELDS, Mention

# part: the left lies within the right; whole: it holds it; unsaid: one or both do not say it.
Kind: TypeAlias = Literal["other", "part", "whole", "unsaid"]
How: TypeAlias = Literal["lost", "added", "narrower", "wider", "changed"]
Verdict: TypeAlias = Literal["not comparable", "agree", "contradict", "cannot tell"]
_UNSAID: Final = "-not-stated"
_WHOLE: Final = frozenset({"sex", "age", "form"})  # where nothing is said, all are meant
_ENDS: Final = frozenset({"origin", "destination"})


class EstimateDifference(NamedTuple):
    """A field in which two numbers differ, how, and the values on both sides."""

    field: str
    kind: Kind
    left: frozenset[str]
    right: frozenset[str]


class EstimateChange(NamedTuple):
    """What a number changed of the one that it says again, and how."""

    field: str
    how: How
    before: frozenset[str]
    after: frozenset[str]


Places: TypeAlias = frozenset[tuple[NamedNode, NamedNode]]  # each place with one that it lies within


def differences(left: Mention, right: Mention, lying: Places) -> list[EstimateDifference]:
    """Return why two numbers cannot be compared; nothing where they can.

    They must count the same: alike in measure, basis, unit, period, date, population, sex, age, form and place. What is
    not stated is not taken to be alike; without a sex, an age or a form all of them are meant.
    """
    found = [
        EstimateDifference(
            name, _kind(name, left.fields[name], right.fields[name]), left.fields[name], right.fields[name]
        )
        for name in FIELDS
        if left.fields[name] != right.fields[name] or _unsaid(name, left.fields[name])
    ]
    return found + _apart(left.ends, right.ends, lying)


def alike(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Return numbers by what they count: those of a group can be compared with each other, and with no other."""
    groups: list[list[Mention]] = []
    first: dict[object, list[Mention]] = {}
    for one in mentions:
        alone = bool(differences(one, one, frozenset()))
        key = object() if alone else (tuple(one.fields[name] for name in FIELDS), tuple(sorted(one.ends.items())))
        if key not in first:
            first[key] = []
            groups.append(first[key])
        first[key].append(one)
    return groups


def _kind(name: str, left: frozenset[str], right: frozenset[str]) -> Kind:
    return "unsaid" if _unsaid(name, left) or _unsaid(name, right) else "other"


def _unsaid(name: str, values: frozenset[str]) -> bool:
    return (not values and name not in _WHOLE) or any(value.endswith(_UNSAID) for value in values)


def _apart(
    left: Mapping[str, frozenset[NamedNode]], right: Mapping[str, frozenset[NamedNode]], lying: Places
) -> list[EstimateDifference]:
    """Return the ends that are not the same places, or that one does not say; a route and a place differ as a whole."""
    if left.keys() != right.keys():
        return [EstimateDifference("place", "other", _iris(*left.values()), _iris(*right.values()))]
    if left.keys() & _ENDS and not left.keys() >= _ENDS:
        return [EstimateDifference("place", "unsaid", _iris(*left.values()), _iris(*right.values()))]
    return [
        EstimateDifference("place" if name == "endpoint" else name, _lying(left[name], right[name], lying),
                   _iris(left[name]), _iris(right[name]))
        for name in left
        if left[name] != right[name]
    ]  # fmt: skip


def _lying(left: frozenset[NamedNode], right: frozenset[NamedNode], lying: Places) -> Kind:
    if _within(left, right, lying):
        return "part"
    return "whole" if _within(right, left, lying) else "other"


def _within(parts: frozenset[NamedNode], wholes: frozenset[NamedNode], lying: Places) -> bool:
    return all(any(part == whole or (part, whole) in lying for whole in wholes) for part in parts)


def _iris(*places: frozenset[NamedNode]) -> frozenset[str]:
    return frozenset(place.value for some in places for place in some)


def changes(restating: Mention, restated: Mention, lying: Places) -> list[EstimateChange]:
    """Return what a number changed of the one that it says again, value and bound included, in the order of FIELDS."""
    found = []
    if restating.value != restated.value or restating.upper != restated.upper:
        found.append(EstimateChange("value", "changed", frozenset({restated.figure}), frozenset({restating.figure})))
    if restating.hedge != restated.hedge:
        how: How = "lost" if restating.hedge == "exact" else "added" if restated.hedge == "exact" else "changed"
        found.append(EstimateChange("bound", how, frozenset({restated.hedge}), frozenset({restating.hedge})))
    apart = (one for one in differences(restating, restated, lying) if one.left != one.right)
    return [*found, *(EstimateChange(one.field, _how(one), one.right, one.left) for one in apart)]


def _how(one: EstimateDifference) -> How:
    if one.kind == "unsaid":
        return "lost" if _unsaid(one.field, one.left) else "added"
    return {"part": "narrower", "whole": "wider"}.get(one.kind, "changed")  # type: ignore[return-value]


def supports(restated: Mention, restating: Mention) -> bool:
    """Tell whether a number supports the figures of the one that says it again.

    What is said at least or at most supports its own figure only, and what is withheld none. Whether population, period
    or place were kept is another matter: `changes` tells.
    """
    figures = [figure for figure in (restating.value, restating.upper) if figure is not None]
    if not figures or restated.value is None:
        return False
    if restated.hedge in ("at-least", "at-most"):
        return figures == [restated.value]
    return all(map(restated.holds, figures))


def agreement(left: Mention, right: Mention) -> Verdict:
    """Tell whether any number can be both of two that can be compared.

    Two of one source may count what no field tells apart, such as two rows of one table: of these nobody can tell.

    >>> from types import SimpleNamespace as Said
    >>> agreement(Said(bounds=(Decimal(90), Decimal(110)), source=1), Said(bounds=(Decimal(100), None), source=2))
    'agree'
    """
    (low, high), (least, most) = left.bounds, right.bounds
    if (low, high) == (None, None) or (least, most) == (None, None):
        return "cannot tell"
    if not (_beyond(low, most) or _beyond(least, high)):
        return "agree"
    return "cannot tell" if left.source == right.source else "contradict"


def _beyond(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high
