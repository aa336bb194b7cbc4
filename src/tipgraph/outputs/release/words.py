"""Words of a release: withheld names, days and small numbers found in them."""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import cached_property
from html import unescape
from typing import Final
from urllib.parse import unquote

from tipgraph.model import bounds, folded, is_acronym, unaccented

_LEAST: Final = 3  # letters of a name that is no acronym; shorter ones are in every text
_JOINED: Final = 8  # letters of a name of several words that is found within a longer word
_GROUP: Final = "[,.'’\u00a0\u2009\u202f ]"
_NUMBER: Final = re.compile(rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!\d)|\d+")
_SPELLED: Final = (
    "one two three four five six seven eight nine ten eleven twelve",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
)
_WORDS: Final = {
    **{word: Decimal(number) for words in _SPELLED for number, word in enumerate(words.split(), 1)},
    **dict.fromkeys(("un", "una"), Decimal(1)),
}
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar(?=\\.)|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ene|abr|ago|dic"
)
_MONTH: Final = re.compile(rf"(?<!\d )(?<!\d de )\b(?:{_MONTHS})\b(?: de)? \d{{4}}")
_TOLD: Final = re.compile(
    rf"\b(?:{_MONTHS}|spring|summer|autumn|fall|winter|primavera|verano|otoño|invierno|weeks?|semanas?|quarters?|Q[1-4]|"
    r"trimestres?|[IVX]{1,4}\.\d{2,4})\b|\b\d{1,2} ?[./-] ?\d{1,4}\b|\b\d{4}[./-]\d{1,2}\b|\b\d{6}(?:\d\d)?\b",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<[^<>]*>")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")


class Names:
    """Names to search for: acronyms as they are written, others in any case and accents, also joined in a word.

    `common` are those for which no search is made: they are too short, or in `kept`, the names that stay.

    >>> names = Names(["Casa Clara", "LIMA"])
    >>> names.within("the CASA-CLARA shelter"), names.within("in Lima"), names.within("of L.I.M.A.")
    ('Casa Clara', '', 'L.I.M.A')
    >>> names.within("write to casaclara.example"), names.within("Casa <b>Cl&aacute;ra</b>")
    ('Casa Clara', 'Casa Clara')
    """

    def __init__(self, names: Iterable[str], kept: Collection[str] = ()) -> None:
        """Divide names into those to search for, and common ones; `kept` are folded."""
        every = {name.strip() for name in names} - {""}
        is_short = {name for name in every if not is_acronym(name) and len(folded(name).replace(" ", "")) < _LEAST}
        self.common = sorted(is_short.union(name for name in every if folded(name) in kept))
        self.sought = sorted(every.difference(self.common))

    def within(self, text: str) -> str:
        """Return a name that a text has, also behind tags, entities and escapes; an empty text if it has none."""
        plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), unquote(unescape(text)))
        plain = f"{plain} | {_TAG.sub('', plain)}" if "<" in plain else plain
        if self._acronyms and (match := self._acronyms.search(plain)):
            return match[0]
        small = unaccented(plain)
        if not any(longest in small for longest, _, _ in self._phrases):  # most texts have none
            return ""
        words = f" {folded.__wrapped__(plain)} "
        return next((name for _, forms, name in self._phrases if any(form in words for form in forms)), "")

    @cached_property
    def _phrases(self) -> list[tuple[str, tuple[str, str], str]]:
        """Each name with its longest word, and as words and in one word, which may be part of one if it is long."""
        phrases = []
        for name in (name for name in self.sought if not is_acronym(name)):
            words = folded(name).split()
            joined = "".join(words)
            forms = (f" {' '.join(words)} ", joined if len(words) > 1 and len(joined) >= _JOINED else f" {joined} ")
            phrases.append((max(words, key=len), forms, name))
        return phrases

    @cached_property
    def _acronyms(self) -> re.Pattern[str] | None:
        """A pattern for acronyms, with points between the letters, or an s at the end."""
        letters = (name.replace(".", "") for name in self.sought if is_acronym(name))
        either = "|".join(r"\.?".join(map(re.escape, name)) for name in letters)
        return re.compile(rf"(?<![^\W_])(?:{either})(?=\.?s?(?![^\W_]))") if either else None


def numbers(text: str) -> set[Decimal]:
    """Return the numbers in a text, in digits and (to twelve) in English and Spanish words.

    >>> sorted(map(int, numbers("Rescue of one boy, and of 1,022 niñas y tres niños")))
    [1, 3, 1022]
    """
    digits = {Decimal(re.sub(_GROUP, "", number)) for number in _NUMBER.findall(text)}
    return digits.union(_WORDS[word] for word in folded(text).split() if word in _WORDS)


def tells_day(text: str, precision: str) -> bool:
    """Tell whether a text may have a day, a week, a season or, if dates are cut to a year, a month.

    >>> tells_day("On the eleventh of June", "month"), tells_day("Meeting of 20250611", "year")
    (True, True)
    >>> tells_day("Meeting, June 2025", "month"), tells_day("Meeting, 2025", "year")
    (False, False)
    """
    return _TOLD.search(_MONTH.sub("", text) if precision == "month" else text) is not None


def cut(date: str, precision: str) -> str:
    """Return a date in EDTF as a year, a month, or an interval of these.

    >>> cut("2004-11-11", "year"), cut("2004-11-11/2005-02", "month"), cut("2004-22", "year"), cut("2004/..", "year")
    ('2004', '2004-11/2005-02', '2003/2005', '2004/..')
    """
    pattern = "%Y" if precision == "year" else "%Y-%m"
    ends = [day for part in date.split("/") for day in ((None,) if part in ("", "..") else bounds(part))]
    parts = [f"{day:{pattern}}" if day else ".." for day in ends]
    return parts[0] if parts[0] == parts[-1] else f"{parts[0]}/{parts[-1]}"
