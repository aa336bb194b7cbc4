"""The dates of English prose in EDTF: "14-15 April 2005", "in March 2006", "the summer of 2004", "2003 to 2005"."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tipgraph.model import plausible

_MONTHS: Final = {
    name[:3]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"), 1)
}  # fmt: skip
_MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_TO: Final = r"\s?(?:-|–|—|to|and|through|until|/)\s?"
_YEAR: Final = r"(?:1[89]|20)\d\d"
_SEASONS: Final = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<month>{_MONTH}) (?P<day>{_DAY}){_TO}(?P<month2>{_MONTH}) (?P<day2>{_DAY})(?:,? (?P<year>{_YEAR}))?\b",
        rf"\b(?P<day>{_DAY}) (?P<month>{_MONTH}){_TO}(?P<day2>{_DAY}) (?P<month2>{_MONTH})(?:,? (?P<year>{_YEAR}))?\b",
        rf"\b(?P<month>{_MONTH}) (?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))?(?!\d)(?:,? (?P<year>{_YEAR})\b)?",
        rf"\b(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))? (?:of )?(?P<month>{_MONTH})\b(?:,? (?P<year>{_YEAR})\b)?",
        rf"\b(?P<month>{_MONTH}) (?P<year>{_YEAR}){_TO}(?P<month2>{_MONTH}) (?P<year2>{_YEAR})\b",
        rf"\b(?P<month>{_MONTH})(?:{_TO}(?P<month2>{_MONTH}))? (?:of )?(?P<year>{_YEAR})\b",
        rf"\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter) (?:of )?(?P<year>{_YEAR})\b",
        rf"\b(?:[Ff]rom |[Bb]etween )?(?P<year>{_YEAR}){_TO}(?P<year2>{_YEAR})\b",
        rf"\b[Ss]ince (?:its \w+ in )?(?P<since>{_YEAR})\b",
        rf"\b(?:[Ii]n|[Dd]uring|[Oo]f|[Bb]y|year|[Ee]arly|[Ll]ate) (?P<year>{_YEAR})\b",
    )
)
_NUMERIC: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})(?:\s?(?:-|–|to)?\s?(\d{1,2})/(\d{1,2})/(\d{4}))?\b")
_MONTHS_OF_YEAR: Final = 12


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
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= day.start or match.start() >= day.end for day in found):
                found += _day(match, period)
    found += [day for match in _NUMERIC.finditer(text) if (day := _numeric(match))]
    return sorted(found, key=lambda day: day.start)


def _day(match: re.Match[str], period: str) -> Iterator[Day]:
    parts = {name: part for name, part in match.groupdict().items() if part}
    is_inferred = "year" not in parts and "since" not in parts
    if is_inferred:
        parts["year"] = _year_of(period, _month(parts["month"]))
    if "year" in parts and not parts["year"]:
        return
    edtf = _edtf(parts)
    try:
        plausible(edtf)
    except ValueError:
        return
    yield Day(edtf, is_inferred, *match.span())


def _edtf(parts: dict[str, str]) -> str:
    if "since" in parts:
        return f"{parts['since']}/.."
    if "season" in parts:
        return f"{parts['year']}-{_SEASONS[parts['season'].lower()]}"
    first = _one(parts["year"], parts.get("month", ""), parts.get("day", ""))
    if not any(name in parts for name in ("day2", "month2", "year2")):
        return first
    month = parts.get("month2", parts.get("month", ""))
    return f"{first}/{_one(parts.get('year2', parts['year']), month, parts.get('day2', ''))}"


def _one(year: str, month: str, day: str) -> str:
    parts = [
        year,
        *([f"{_month(month):02}"] if month else []),
        *([f"{int(re.sub(r'[a-z]', '', day)):02}"] if day else []),
    ]
    return "-".join(parts)


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _year_of(period: str, month: int) -> str:
    """Return the one year of a period in which a month lies; an empty string for none and for several."""
    ends = re.findall(r"\d{4}(?:-\d\d)?", period)
    if not ends:
        return ""
    first, last = ends[0], ends[-1]
    years = range(int(first[:4]), int(last[:4]) + 1)
    begins, finishes = (first + "-01")[:7], (last if len(last) > 4 else last + "-12")
    fitting = [year for year in years if begins <= f"{year}-{month:02}" <= finishes]
    return str(fitting[0]) if len(fitting) == 1 else ""


def _numeric(match: re.Match[str]) -> Day | None:
    """Return a date such as 12/05/2007, month first, if only that reading or its second day shows it."""
    numbers = [int(part) for part in match.groups() if part]
    pairs = [numbers[at : at + 3] for at in range(0, len(numbers), 3)]
    if not any(day > _MONTHS_OF_YEAR for _, day, _ in pairs) or any(month > _MONTHS_OF_YEAR for month, _, _ in pairs):
        return None
    edtf = "/".join(f"{year}-{month:02}-{day:02}" for month, day, year in pairs)
    try:
        plausible(edtf)
    except ValueError:
        return None
    return Day(edtf, True, *match.span())  # noqa: FBT003
