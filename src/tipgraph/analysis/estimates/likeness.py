"""Compare two numbers: whether they count the same, whether they agree, and what one that repeats another changed.

Decision: docs/decisions/0027-two-numbers-are-comparable-or-not.md.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates.estimate import FIELDS, Mention

# part: the left lies within the right; whole: the right within the left; unsaid: one or both do not state it.
Kind: TypeAlias = Literal["other", "part", "whole", "unsaid"]
How: TypeAlias = Literal["lost", "added", "narrower", "wider", "changed"]
Verdict: TypeAlias = Literal["not comparable", "agree", "contradict", "cannot tell"]
_UNSAID: Final = "-not-stated"
_WHOLE: Final = frozenset({"sex", "age", "form"})  # without a value, the number is of all
_ENDS: Final = frozenset({"origin", "destination"})


class EstimateDifference(NamedTuple):
    """A field in which two numbers differ, the kind of difference, and both values."""

    field: str
    kind: Kind
    left: frozenset[str]
    right: frozenset[str]


class EstimateChange(NamedTuple):
    """A field that a number changed of the number that it repeats, how, and the values before and after."""

    field: str
    how: How
    before: frozenset[str]
    after: frozenset[str]


Places: TypeAlias = frozenset[tuple[NamedNode, NamedNode]]  # each place with a place that it lies within


def differences(left: Mention, right: Mention, lying: Places) -> list[EstimateDifference]:
    """Return the differences because of which two numbers cannot be compared; none if they can.

    They must have the same measure, basis, unit, period, date, population, sex, age, form and place. A value that is
    not stated differs from any other; without a sex, an age or a form the number is of all.
    """
    found = []
    for name in FIELDS:
        ours, theirs = left.fields[name], right.fields[name]
        if ours != theirs or _unsaid(name, ours):
            kind: Kind = "unsaid" if _unsaid(name, ours) or _unsaid(name, theirs) else "other"
            found.append(EstimateDifference(name, kind, ours, theirs))
    return found + _apart(left.ends, right.ends, lying)


def alike(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Return numbers in groups that count the same; only numbers of one group can be compared."""
    groups: list[list[Mention]] = []
    first: dict[object, list[Mention]] = {}
    for estimate in mentions:
        fields, ends = (estimate.fields[name] for name in FIELDS), sorted(estimate.ends.items())
        alone = bool(differences(estimate, estimate, frozenset()))
        key = object() if alone else (*fields, *ends)
        if key not in first:
            first[key] = []
            groups.append(first[key])
        first[key].append(estimate)
    return groups


def _unsaid(name: str, values: frozenset[str]) -> bool:
    return (not values and name not in _WHOLE) or any(value.endswith(_UNSAID) for value in values)


def _apart(
    left: Mapping[str, frozenset[NamedNode]], right: Mapping[str, frozenset[NamedNode]], lying: Places
) -> list[EstimateDifference]:
    """Return the ends that are other places, or are not stated; a route and a place differ as a whole."""
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
    if lie_within(left, right, lying):
        return "part"
    return "whole" if lie_within(right, left, lying) else "other"


def lie_within(parts: frozenset[NamedNode], wholes: frozenset[NamedNode], lying: Places) -> bool:
    """Return whether each of some places is one of others, or lies within one of them."""
    return all(any(part == whole or (part, whole) in lying for whole in wholes) for part in parts)


def _iris(*places: frozenset[NamedNode]) -> frozenset[str]:
    return frozenset(place.value for ends in places for place in ends)


def changes(restating: Mention, restated: Mention, lying: Places) -> list[EstimateChange]:
    """Return the changes of a number to the number that it repeats: value, bound, and FIELDS in their order."""
    changed = []
    if restating.value != restated.value or restating.upper != restated.upper:
        changed.append(EstimateChange("value", "changed", frozenset({restated.figure}), frozenset({restating.figure})))
    if restating.hedge != restated.hedge:
        how: How = "lost" if restating.hedge == "exact" else "added" if restated.hedge == "exact" else "changed"
        changed.append(EstimateChange("bound", how, frozenset({restated.hedge}), frozenset({restating.hedge})))
    diffs = (diff for diff in differences(restating, restated, lying) if diff.left != diff.right)
    return [*changed, *(EstimateChange(diff.field, _how(diff), diff.right, diff.left) for diff in diffs)]


def _how(difference: EstimateDifference) -> How:
    if difference.kind == "unsaid":
        return "lost" if _unsaid(difference.field, difference.left) else "added"
    return {"part": "narrower", "whole": "wider"}.get(difference.kind, "changed")  # type: ignore[return-value]


def supports(restated: Mention, restating: Mention) -> bool:
    """Tell whether a number supports the figures of a number that repeats it; `changes` has the other fields.

    A number with `at least` or `at most` supports its own figure only, and a withheld number none.
    """
    figures = [figure for figure in (restating.value, restating.upper) if figure is not None]
    if not figures or restated.value is None:
        return False
    if restated.hedge in ("at-least", "at-most"):
        return figures == [restated.value]
    return all(map(restated.holds, figures))


def agreement(left: Mention, right: Mention) -> Verdict:
    """Return whether two comparable numbers can both be true.

    Two numbers of one source may differ in something that no field has, such as two rows of one table: then the verdict
    is "cannot tell".

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
