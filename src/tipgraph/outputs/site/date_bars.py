"""Imprecise dates as bars with certain, possible and open parts; and their axis, with breaks where it is empty."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tipgraph.model import Bounds, bounds

_POINT = 7  # days: a date no longer than this is drawn as a point, which is seen at any scale
_UNSURE_MARKS = frozenset("~?%")  # EDTF's approximate and uncertain
_DAY = timedelta(1)
_TICKS = 12  # years that have room for a label of their own on a phone
_EMPTY = 4  # whole years without any date, from which the axis has a break
_BREAK = 240  # days that a break is wide


class Piece(NamedTuple):
    """A part of a bar: its first day and its number of days.

    Its kind is `sure` (all these days), `maybe` (some of these days), `point` (a few known days), or `after` and
    `before` (an open end without days).
    """

    kind: str
    start: date
    days: int


class Tick(NamedTuple):
    """A mark on the axis: `year` or `break`, its label, its first day and its number of days.

    A spare label has room only if the axis is wide, or shows fewer years.
    """

    kind: str
    label: str
    start: date
    days: int
    spare: bool = False


@dataclass(frozen=True)
class Axis:
    """The years of a picture; `start` is the first day, `end` the day after the last.

    `breaks` are the first years and the years after the last of its breaks, which are drawn as short as 240 days.
    """

    start: date
    end: date
    breaks: Sequence[tuple[int, int]] = ()

    @classmethod
    def over(cls, found: Iterable[Bounds]) -> "Axis":
        """Return the axis of whole years for all bounds, with breaks; raise ValueError without any bound."""
        pairs = [[day.year for day in pair if day is not None] for pair in found]
        years = {year for pair in pairs if pair for year in range(min(pair), max(pair) + 1)}
        if not years:
            raise ValueError("an axis needs a date")
        ordered = sorted(years)
        breaks = [(year + 1, following) for year, following in pairwise(ordered) if following - year > _EMPTY]
        return cls(date(ordered[0], 1, 1), date(ordered[-1] + 1, 1, 1), breaks)

    @property
    def days(self) -> int:
        """The number of days of the axis, as it is drawn."""
        return self.offset(self.end)

    @property
    def skipped(self) -> str:
        """The years of the breaks, in words."""
        return ", ".join(f"{first}–{end - 1}" for first, end in self.breaks)

    @property
    def gaps(self) -> list[tuple[int, int, int]]:
        """For each break: its first and its last day, counted from the start without breaks, and its days as drawn."""
        years = [(date(first, 1, 1), date(end, 1, 1)) for first, end in self.breaks]
        return [((first - self.start).days, (end - self.start).days, _BREAK) for first, end in years]

    def offset(self, day: date) -> int:
        """Return the number of days as drawn from the start of the axis to a day.

        >>> axis = Axis(date(1990, 1, 1), date(2021, 1, 1), [(1991, 2020)])
        >>> axis.offset(date(1991, 1, 1)), axis.offset(date(2020, 1, 1))
        (365, 605)
        """
        days = whole = (day - self.start).days
        for first, end, drawn in self.gaps:
            if whole > first:
                days -= round((min(whole, end) - first) * (1 - drawn / (end - first)))
        return days

    def percent(self, days: int) -> str:
        """Return a number of days as a percentage of the axis.

        >>> Axis(date(2004, 1, 1), date(2005, 1, 1)).percent(183)
        '50%'
        """
        return f"{100 * days / self.days:.3f}".rstrip("0").rstrip(".") + "%"

    def ticks(self) -> Iterator[Tick]:
        """Yield the years and the breaks; the labels of many years are spare, except of those after a break."""
        gone = {year for first, end in self.breaks for year in range(first, end)}
        years = [year for year in range(self.start.year, self.end.year) if year not in gone]
        step = -(-len(years) // _TICKS)
        after = {end for _, end in self.breaks}
        beside = {year for end in after for year in range(end + 1, end + step)}  # they have no room for a label
        for year in years:
            begins = date(year, 1, 1)
            spare = year not in after and (year % step > 0 or year in beside)
            yield Tick("year", str(year), begins, (date(year + 1, 1, 1) - begins).days, spare)
        for first_year, _ in self.breaks:
            yield Tick("break", "", date(first_year, 1, 1), _BREAK)


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
