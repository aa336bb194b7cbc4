"""Imprecise dates as bars with certain, possible and open parts; and their axis."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tipgraph.model import Bounds, bounds

_POINT = 7  # days: a date no longer than this is drawn as a point, which is seen at any scale
_UNSURE_MARKS = frozenset("~?%")  # EDTF's approximate and uncertain
_DAY = timedelta(1)
_TICKS = 12  # years that have room for a label of their own on a phone


class Piece(NamedTuple):
    """A part of a bar: its first day and its number of days.

    Its kind is `sure` (all these days), `maybe` (some of these days), `point` (a few known days), or `after` and
    `before` (an open end without days).
    """

    kind: str
    start: date
    days: int


class Tick(NamedTuple):
    """A mark on the axis: `year` or `month`, its label, its first day and its number of days."""

    kind: str
    label: str
    start: date
    days: int


@dataclass(frozen=True)
class Axis:
    """The years of a picture; `start` is the first day, `end` the day after the last."""

    start: date
    end: date

    @classmethod
    def over(cls, found: Iterable[Bounds]) -> "Axis":
        """Return the axis of whole years for all bounds; raise ValueError without any."""
        days = [day for pair in found for day in pair if day is not None]
        return cls(date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1))

    @property
    def days(self) -> int:
        """The number of days of the axis."""
        return (self.end - self.start).days

    def offset(self, day: date) -> int:
        """Return the number of days from the start of the axis to a day."""
        return (day - self.start).days

    def percent(self, days: int) -> str:
        """Return a number of days as a percentage of the axis.

        >>> Axis(date(2004, 1, 1), date(2005, 1, 1)).percent(183)
        '50%'
        """
        return f"{100 * days / self.days:.3f}".rstrip("0").rstrip(".") + "%"

    def ticks(self) -> Iterator[Tick]:
        """Yield the years and the months; of many years, only some have a label."""
        step = -(-(self.end.year - self.start.year) // _TICKS)
        for year in range(self.start.year, self.end.year):
            first = date(year, 1, 1)
            yield Tick("year", "" if year % step else str(year), first, (date(year + 1, 1, 1) - first).days)
            for month in range(1, 13):
                begin = date(year, month, 1)
                following = date(year + month // 12, month % 12 + 1, 1)
                yield Tick("month", f"{month:02}", begin, (following - begin).days)


def pieces(edtf: str, *, inferred: bool = False) -> list[Piece]:
    """Return the parts of the bar of a date: an interval lasts, an imprecise date is a range of possible days.

    A partly inferred interval with imprecise ends is a range too. Some editors give the bounds of a single event so,
    and the picture must not be more certain than the source.

    >>> [piece.kind for piece in pieces("2004-11-11/2004-11-12")], [piece.kind for piece in pieces("2004")]
    (['point'], ['maybe'])
    >>> [piece.kind for piece in pieces("2004-07/2005-04")], [piece.kind for piece in pieces("1999/..")]
    (['maybe', 'sure', 'maybe'], ['maybe', 'after'])
    """
    first, slash, last = edtf.partition("/")
    whole, unsure = bounds(edtf), bool(_UNSURE_MARKS & set(edtf))
    if not slash:
        return [_end(whole, unsure=unsure)]
    if whole.latest is None:
        begin = _end(bounds(first), unsure=unsure)
        return [begin, Piece("after", begin.start + timedelta(begin.days), 0)]
    if whole.earliest is None:
        finish = _end(bounds(last), unsure=unsure)
        return [Piece("before", finish.start, 0), finish]
    return _between(bounds(first), bounds(last), unsure=unsure, inferred=inferred)


def _between(begin: Bounds, finish: Bounds, *, unsure: bool, inferred: bool) -> list[Piece]:
    """Return the parts of an interval; it is certain from the last day of its beginning to the first of its end."""
    sure_from, sure_to = _day(begin.latest), _day(finish.earliest)
    first, last = _day(begin.earliest), _day(finish.latest)
    exact = first == sure_from and sure_to == last
    if unsure or sure_from > sure_to or (inferred and not exact):
        return [_stretch("maybe", first, last)]
    short = exact and (last - first).days < _POINT
    core = _stretch("point" if short else "sure", sure_from, sure_to)
    before = [_stretch("maybe", first, sure_from - _DAY)] if first < sure_from else []
    after = [_stretch("maybe", sure_to + _DAY, last)] if sure_to < last else []
    return [*before, core, *after]


def _end(found: Bounds, *, unsure: bool) -> Piece:
    """Return the part of one date: a point for one day, else a range of possible days."""
    first, last = _day(found.earliest), _day(found.latest)
    return _stretch("maybe" if unsure or first != last else "point", first, last)


def _stretch(kind: str, first: date, last: date) -> Piece:
    return Piece(kind, first, (last - first).days + 1)


def _day(found: date | None) -> date:
    """Return a bound that is not open: `pieces` treats open ends before."""
    if found is None:
        raise ValueError("an end of an interval has no bound")
    return found
