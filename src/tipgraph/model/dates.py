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

Decision: docs/decisions/0014-seasons-are-bounded-by-every-reading.md.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tipgraph.model import kit
from tipgraph.model.project import FIRST_YEAR, LAST_YEAR

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

_SEASON = re.compile(r"(\d{4})-(2[1-9]|3[0-2])")
SEASON_MONTHS = {  # first and last month; other seasons extend over two years
    21: (3, 11), 23: (3, 11), 25: (3, 5), 26: (6, 8), 27: (9, 11), 29: (9, 11), 31: (3, 5), 32: (6, 8),
}  # fmt: skip
_SEASON_NAMES = {
    "en": ("spring", "summer", "autumn", "winter"),
    "es": ("primavera de", "verano de", "otoño de", "invierno de"),
}
_OPEN_INTERVALS = {  # by the mark of the open end
    "en": {"/..": "from {} on", "/": "from {}, end not known", "../": "by {}", "?/": "until {}, beginning not known"},
    "es": {"/..": "desde {}", "/": "desde {}, fin no conocido", "../": "a más tardar {}",
           "?/": "hasta {}, comienzo no conocido"},
}  # fmt: skip
_QUARTER = re.compile(r"(\d{4})-3([3-6])")
_QUARTER_WORDS = {"en": "quarter {} of {}", "es": "trimestre {} de {}"}
_PLAIN = re.compile(r"(?!0000)(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
_OPEN = {"", ".."}
_MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"],
    "es": ["enero", "febrero", "marzo", "abril", "mayo", "junio",
           "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
}  # fmt: skip
_SPOKEN = {  # the parts of a date in a sentence
    "en": {"day": "{day} {month} {year}", "two days": "{day}–{last} {month} {year}",
           "days": "{day}–{last} {month} {year}", "month": "{month} {year}", "between": "from {} to {}", "end": "{}",
           "?": "{} (uncertain)", "~": "about {}", "%": "about {} (uncertain)"},
    "es": {"day": "{day} de {month} de {year}", "two days": "{day} y {last} de {month} de {year}",
           "days": "del {day} al {last} de {month} de {year}", "month": "{month} de {year}",
           "between": "desde {} hasta {}", "end": "el {}",
           "?": "{} (incierto)", "~": "hacia {}", "%": "hacia {} (incierto)"},
}  # fmt: skip
_SPOKEN_QUARTERS = {
    "en": [f"the {place} quarter of" for place in ("first", "second", "third", "fourth")],
    "es": [f"{place} trimestre de" for place in ("primer", "segundo", "tercer", "cuarto")],
}
_DURATION_PART = re.compile(r"(\d+)([YMD])")
_DURATION_NAMES = {
    "en": {"Y": ("year", "years"), "M": ("month", "months"), "D": ("day", "days")},
    "es": {"Y": ("año", "años"), "M": ("mes", "meses"), "D": ("día", "días")},
}

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
    if slash and language in _OPEN_INTERVALS and (first in _OPEN or last in _OPEN):
        return _open_interval(first, last, language, _words_of_part)
    between = {"en": " to ", "es": " a "}.get(language, "/")
    return between.join(_words_of_part(part, language) for part in edtf.split("/"))


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
    return _SPOKEN[language]["between"].format(_spoken_end(first, language), _spoken_end(last, language))


def duration_words(duration: str, language: str = "en") -> str:
    """Return an xsd:duration of years, months and days in words.

    >>> duration_words("P2D"), duration_words("P1Y6M", "es")
    ('2 days', '1 año 6 meses')
    """
    parts = _DURATION_PART.findall(duration)
    names = _DURATION_NAMES[language]
    return " ".join(f"{number} {names[unit][number != '1']}" for number, unit in parts) or duration


def _open_interval(first: str, last: str, language: str, words_of: Callable[[str, str], str]) -> str:
    """Return the words of an interval without a beginning or an end."""
    mark = f"/{last}" if last in _OPEN else f"{first or '?'}/"
    return _OPEN_INTERVALS[language][mark].format(words_of(first if last in _OPEN else last, language))


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


def _words_of_part(edtf: str, language: str) -> str:
    season = _SEASON.fullmatch(edtf)
    if season and language in _SEASON_NAMES:
        return f"{_SEASON_NAMES[language][(int(season[2]) - 21) % 4]} {season[1]}"
    quarter = _QUARTER.fullmatch(edtf)
    if quarter and language in _QUARTER_WORDS:
        return _QUARTER_WORDS[language].format(int(quarter[2]) - 2, quarter[1])
    return edtf


def _spoken_part(edtf: str, language: str) -> str:
    if edtf[-1:] in ("?", "~", "%"):
        return _SPOKEN[language][edtf[-1]].format(_spoken_part(edtf[:-1], language))
    if quarter := _QUARTER.fullmatch(edtf):
        return f"{_SPOKEN_QUARTERS[language][int(quarter[2]) - 3]} {quarter[1]}"
    plain = _PLAIN.fullmatch(edtf)
    if plain is None or not plain[2]:
        return _words_of_part(edtf, language)
    return _spoken_plain(edtf, language, "day" if plain[3] else "month")


def _spoken_end(edtf: str, language: str) -> str:
    """Return the words of an end of an interval: Spanish has an article before a day, a season and a quarter."""
    words_, plain = _spoken_part(edtf, language), _PLAIN.fullmatch(edtf.rstrip("?~%"))
    return words_ if plain and not plain[3] else _SPOKEN[language]["end"].format(words_)


def _spoken_plain(edtf: str, language: str, form: str, last: int = 0) -> str:
    year, month, day = f"{edtf}-0".split("-")[:3]
    name = _MONTHS[language][int(month) - 1]
    return _SPOKEN[language][form].format(year=year, month=name, day=int(day), last=last)
