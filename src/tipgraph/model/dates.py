"""Imprecise dates in EDTF (ISO 8601-2): their earliest and latest day, and their words.

The bounds are never sharper than the source. A season is three months. EDTF has codes for seasons of the northern and
of the southern hemisphere; if a code leaves the hemisphere open, the bounds cover both:

| season | open | northern | southern |
|---|---|---|---|
| spring | 21: March to November | 25: March to May | 29: September to November |
| summer | 22: December of the year before to the next February | 26: June to August | 30: as 22 |
| autumn | 23: March to November | 27: September to November | 31: March to May |
| winter | 24: December of the year before to the next February | 28: as 24 | 32: June to August |

A season from December to February may have begun or ended in the year. The end of `2004/` is unknown, `2004/..` has no
end yet, and `../2004` means 2004 or before. The `edtf` library bounds all other dates.
"""

import re
import tomllib
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tipgraph.model import kit
from tipgraph.model.project import FIRST_YEAR, LAST_YEAR

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

_SEASON = re.compile(r"(\d{4})-(2[1-9]|3[0-6])")
SEASON_MONTHS = {  # first and last month, of quarters too; other seasons extend over two years
    21: (3, 11), 23: (3, 11), 25: (3, 5), 26: (6, 8), 27: (9, 11), 29: (9, 11), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
}  # fmt: skip
_PLAIN = re.compile(r"(?!0000)(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
_OPEN = {"", ".."}
_FIRST_QUARTER = 33
_DURATION_PART = re.compile(r"(\d+)([YMD])")
_LAST_YEAR = 2999  # tables write 9999 for no end


class Bounds(NamedTuple):
    """The first and the last day that a date can mean; None at an open end of an interval."""

    earliest: date | None
    latest: date | None


def is_day(text: str) -> bool:
    """Tell whether a text is a day in the form of tables.

    >>> is_day("2004-11-11"), is_day("20041111"), is_day("2004-11-31")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def bounds(edtf: str) -> Bounds:
    """Return the bounds of an EDTF date; raise ValueError for one that does not parse.

    >>> bounds("2004-11-11/2004-11-12").latest
    datetime.date(2004, 11, 12)
    >>> bounds("2004-23").earliest, bounds("2004-27").earliest
    (datetime.date(2004, 3, 1), datetime.date(2004, 9, 1))
    """
    if not edtf.isascii():
        raise ValueError(f"{edtf!r} is no EDTF date: it has characters of another script")
    first, slash, last = edtf.partition("/")
    if not slash:
        return _bounds_of_part(edtf)
    earliest = None if first in _OPEN else _bounds_of_part(first).earliest
    latest = None if last in _OPEN else _bounds_of_part(last).latest
    if (first in _OPEN and last in _OPEN) or (earliest and latest and earliest > latest):
        raise ValueError(f"{edtf!r} is an interval that ends before it begins, or has no end at all")
    return Bounds(earliest, latest)


def plausible(edtf: str) -> Bounds:
    """Return the bounds of a date in a source; raise ValueError for one outside the years 1800 to 2100.

    Nobody worked against trafficking in persons before, and no plan reaches further. A project about older times sets
    `first_year`.

    >>> plausible("1815-02-08").latest
    datetime.date(1815, 2, 8)
    >>> plausible("1025/2005")
    Traceback (most recent call last):
    ValueError: '1025/2005' is before 1800 or after 2100; correct it, or set first_year in tipgraph.toml
    """
    interval, first = bounds(edtf), first_year()
    for part in filter(lambda part: part not in _OPEN, edtf.split("/")):
        earliest, latest = _bounds_of_part(part)
        if (latest and latest.year < first) or (earliest and earliest.year > LAST_YEAR):
            remedy = "correct it, or set first_year in tipgraph.toml"
            raise ValueError(f"{edtf!r} is before {first} or after {LAST_YEAR}; {remedy}")
    return interval


def today() -> str:
    """Return the day where the user is, such as 2026-11-27."""
    return date.today().isoformat()  # noqa: DTZ011


def first_year() -> int:
    """Return the earliest year of a date in a source, of the project or else 1800."""
    project = kit.project()
    return project.first_year if project else FIRST_YEAR


def words(edtf: str, language: str = "en") -> str:
    """Return a date in short words for a table; `spoken` has the words for a sentence.

    >>> words("2004-11-11/2004-11-12"), words("2004-26"), words("2003-36")
    ('2004-11-11 to 2004-11-12', 'summer 2004', 'quarter 4 of 2003')
    >>> words("2003/.."), words("2003/"), words("../2005-04", "es")
    ('from 2003 on', 'from 2003, end not known', 'a más tardar 2005-04')
    """
    first, slash, last = edtf.partition("/")
    if slash and (first in _OPEN or last in _OPEN):
        return _open_interval(first, last, language, _words_of_part)
    return str(_phrases(language)["to"]).join(_words_of_part(part, language) for part in edtf.split("/"))


def spoken(edtf: str, language: str = "en") -> str:
    """Return a date in words for a sentence, with the names of months; a form without words stays unchanged.

    >>> spoken("2004-11-11/2004-11-12"), spoken("2003-36/2005-04"), spoken("../2005-04-01")
    ('11–12 November 2004', 'from the fourth quarter of 2003 to April 2005', 'by 1 April 2005')
    >>> spoken("2004-11-11/2004-11-13", "es"), spoken("2004-22/2005-04", "es"), spoken("2004-06?", "es")
    ('del 11 al 13 de noviembre de 2004', 'desde el verano de 2004 hasta abril de 2005', 'junio de 2004 (incierto)')
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _spoken_part(edtf, language)
    if first in _OPEN or last in _OPEN:
        return _open_interval(first, last, language, _spoken_end)
    if is_day(first) and is_day(last) and first[:8] == last[:8] and first < last:
        days = int(last[8:]) - int(first[8:])
        return _spoken_plain(first, language, "two days" if days == 1 else "days", last=int(last[8:]))
    return str(_phrases(language)["between"]).format(_spoken_end(first, language), _spoken_end(last, language))


def duration_words(duration: str, language: str = "en") -> str:
    """Return an xsd:duration of years, months and days in words.

    >>> duration_words("P2D"), duration_words("P1Y6M", "es")
    ('2 days', '1 año 6 meses')
    """
    parts = _DURATION_PART.findall(duration)
    names = _phrases(language)["durations"]
    return " ".join(f"{number} {names[unit][number != '1']}" for number, unit in parts) or duration


def _open_interval(first: str, last: str, language: str, words_of: Callable[[str, str], str]) -> str:
    """Return the words of an interval without a beginning or an end."""
    mark = f"/{last}" if last in _OPEN else f"{first or '?'}/"
    return str(_phrases(language)["open"][mark]).format(words_of(first if last in _OPEN else last, language))


@lru_cache(maxsize=4096)  # sources repeat few dates often
def _bounds_of_part(edtf: str) -> Bounds:
    season = _SEASON.fullmatch(edtf)
    if season:
        year, code = int(season[1]), int(season[2])
        if code in SEASON_MONTHS:
            first, last = SEASON_MONTHS[code]
            return Bounds(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
        return Bounds(date(year - 1, 12, 1), date(year + 1, 2, monthrange(year + 1, 2)[1]))
    part = _plain_bounds(edtf) or _parsed_bounds(edtf)
    if part.latest and part.latest.year > _LAST_YEAR:
        raise ValueError(f"{edtf!r} is too far in the future; write .. for an open end")
    return part


def _plain_bounds(edtf: str) -> Bounds | None:
    """Return the bounds of a year, a month or a day, 100 times faster than the grammar of EDTF."""
    plain = _PLAIN.fullmatch(edtf)
    if plain is None:
        return None
    year, month, day = (int(part or 0) for part in plain.groups())
    last = day or monthrange(year, month or 12)[1]
    try:
        return Bounds(date(year, month or 1, day or 1), date(year, month or 12, last))
    except ValueError:  # no day of the calendar
        return None


def _parsed_bounds(edtf: str) -> Bounds:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(edtf)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        return Bounds(date(*lower[:3]), date(*upper[:3]))
    except (EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{edtf!r} is no EDTF date") from error


def _words_of_part(edtf: str, language: str, kind: str = "quarter") -> str:
    """Return a season or a quarter in words, any other date unchanged."""
    match = _SEASON.fullmatch(edtf)
    if match is None:
        return edtf
    year, code, phrases = match[1], int(match[2]), _phrases(language)
    if code < _FIRST_QUARTER:
        return f"{phrases['seasons'][(code - 21) % 4]} {year}"
    quarter = code - _FIRST_QUARTER
    return str(phrases[kind]).format(quarter + 1, year, phrases["ordinals"][quarter])


def _spoken_part(edtf: str, language: str) -> str:
    if edtf[-1:] in ("?", "~", "%"):
        return str(_phrases(language)[edtf[-1]]).format(_spoken_part(edtf[:-1], language))
    plain = _PLAIN.fullmatch(edtf)
    if plain is None or not plain[2]:
        return _words_of_part(edtf, language, "spoken quarter")
    return _spoken_plain(edtf, language, "day" if plain[3] else "month")


def _spoken_end(edtf: str, language: str) -> str:
    """Return the words of an end of an interval: Spanish has an article before a day, a season and a quarter."""
    words_, plain = _spoken_part(edtf, language), _PLAIN.fullmatch(edtf.rstrip("?~%"))
    return words_ if plain and not plain[3] else str(_phrases(language)["end"]).format(words_)


def _spoken_plain(edtf: str, language: str, form: str, last: int = 0) -> str:
    year, month, day = f"{edtf}-0".split("-")[:3]
    phrases = _phrases(language)
    return str(phrases[form]).format(year=year, month=phrases["months"][int(month) - 1], day=int(day), last=last)


@cache
def _phrases(language: str) -> dict[str, Any]:
    """Return the words of dates in a language."""
    phrases: dict[str, Any] = tomllib.loads(Path(__file__).with_name("dates.toml").read_text("utf-8"))[language]
    return phrases
