"""The dates of English prose in EDTF: "14-15 April 2005", "in March 2006", "the summer of 2004", "2003 to 2005"."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from tipgraph.model import plausible

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY: Final = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_TO: Final = r"\s?(?:-|–|—|to|and|through|until|/)\s?"
_YEAR: Final = r"(?:1[89]|20)\d\d"
_SEASONS: Final = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_DATES: Final = re.compile(
    rf"""\b(?:(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))?\ (?:of\ )?)?(?P<month>{_MONTH})\b
    (?:\ (?P<day_after>{_DAY})(?:{_TO}(?P<day2_after>{_DAY})(?!\ {_MONTH}))?)?(?:,?\ (?:of\ )?(?P<year>{_YEAR})\b)?
    (?:{_TO}(?:(?P<last_day>{_DAY})\ )?(?P<month2>{_MONTH})\b(?:\ (?P<last_day_after>{_DAY}))?
    (?:,?\ (?:of\ )?(?P<year2>{_YEAR})\b)?)?
    |\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\ (?:of\ )?(?P<season_year>{_YEAR})\b
    |\b(?:[Ff]rom\ |[Bb]etween\ )?(?P<first_year>{_YEAR}){_TO}(?P<last_year>{_YEAR})\b
    |\b[Ss]ince\ (?:its\ \w+\ in\ )?(?P<since>{_YEAR})\b
    |\b(?:[Ii]n|[Dd]uring|[Oo]f|[Bb]y|year|[Ee]arly|[Ll]ate)\ (?P<only_year>{_YEAR})\b(?!{_TO}{_YEAR})""",
    re.VERBOSE,
)


class Day(NamedTuple):
    """A date in EDTF, whether its year was concluded, and its offsets in the sentence."""

    edtf: str
    is_inferred: bool
    start: int
    end: int


def days(text: str, period: str = "") -> list[Day]:
    """Return the dates of a sentence; a missing year is that of the period of the source, if that is one year.

    >>> [day.edtf for day in days("It met on 14-15 April 2005, and since 2003 in the summer of 2004.")]
    ['2005-04-14/2005-04-15', '2003/..', '2004-22']
    >>> [day[:2] for day in days("Held on November 6 and 7.", "2007")], days("Held on November 6.")
    ([('2007-11-06/2007-11-07', True)], [])
    """
    return [day for match in _DATES.finditer(text) for day in _day(match, period)]


def _day(match: re.Match[str], period: str) -> Iterator[Day]:
    parts = {name.removesuffix("_after"): part for name, part in match.groupdict().items() if part}
    is_inferred = "month" in parts and not {"year", "year2"} & parts.keys()
    if is_inferred and "day" in parts:
        parts["year"] = _year_of(period, _month(parts["month"]))
    edtf = _edtf(parts)
    try:
        plausible(edtf)
    except ValueError:
        return
    yield Day(edtf, is_inferred, *match.span())


def _edtf(parts: Mapping[str, str]) -> str:
    """Return the date of the parts of an expression; not one that is plausible if its year is not known."""
    if "since" in parts:
        return f"{parts['since']}/.."
    if "season" in parts:
        return f"{parts['season_year']}-{_SEASONS[parts['season'].lower()]}"
    if "month" not in parts:
        return parts.get("only_year") or f"{parts['first_year']}/{parts['last_year']}"
    year = parts.get("year") or parts.get("year2", "")
    first = _one(year, parts["month"], parts.get("day", ""))
    if not {"day2", "month2"} & parts.keys():
        return first
    last_day = parts.get("last_day") or parts.get("day2", "")
    return f"{first}/{_one(parts.get('year2') or year, parts.get('month2', parts['month']), last_day)}"


def _one(year: str, month: str, day: str) -> str:
    return f"{year}-{_month(month):02}" + (f"-{int(re.sub('[a-z]', '', day)):02}" if day else "")


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _year_of(period: str, month: int) -> str:
    """Return the one year of a period in which a month lies; an empty string for none and for several."""
    ends = re.findall(r"\d{4}(?:-\d\d)?", period)
    first, last = (f"{ends[0]}-01"[:7], f"{ends[-1]}-12"[:7]) if ends else ("1", "0")
    fitting = [year for year in range(int(first[:4]), int(last[:4]) + 1) if first <= f"{year}-{month:02}" <= last]
    return str(fitting[0]) if len(fitting) == 1 else ""
