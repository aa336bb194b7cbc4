"""Make dates and places coarser, in statements and in words: days become months or years, places larger places."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import EDTF, PREFIXES, Statement, bounds, tip

_MADE: Final = frozenset({tip.earliest, tip.latest, tip.valueDate})  # derived from a date, or a day by datatype
_SHARP: Final = re.compile(r"(?P<year>\d{4})(?P<month>-(?:0\d|1[0-2]))(?:-\d\d)?(?P<mark>[~?%]?)")  # no season
_SEASON: Final = re.compile(r"\d{4}-[234]\d[~?%]?")
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar(?=\\.)|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|ene|abr|ago|dic"
)
_ORDINALS: Final = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    "sixteenth|seventeenth|eighteenth|nineteenth|twent(?:ieth|y[- ](?:first|second|third|fourth|fifth|sixth|seventh|"
    "eighth|ninth))|thirt(?:ieth|y[- ]first)|primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|"
    "trece|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti\\w+|treinta(?: y uno)?"
)
_NUMBERS: Final = {
    name: number
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "ene feb mar abr may jun jul ago set oct nov dic")
    for number, name in enumerate(names.split(), 1)
}  # the first three letters of a month
_DAY: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|(?:the )?\b(?:{_ORDINALS}))"
_DAYS: Final = rf"{_DAY}(?:(?: ?[–-] ?| (?:and|to|y|a|al) ){_DAY})?"
# 11–12 November 2004 · November 11, 2004 · 11 y 12 de noviembre de 2004 · Nov. 2004 · 2004-11-11 · 11.11.2004
_WORDS: Final = re.compile(
    rf"(?:(?:{_DAYS} (?:de |of )?)?\b(?P<month>{_MONTHS})\b\.?(?P<of> de)?(?: {_DAYS},?)? (?P<year>\d{{4}})"
    rf"|\b(?P<iso>\d{{4}})-(?P<number>\d\d)(?:-\d\d)?|\b\d{{1,2}}[./]\d{{1,2}}[./](?P<last>\d{{4}}))\b",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    rf"\b(?:{_MONTHS}|spring|summer|autumn|fall|winter|primavera|verano|otoño|invierno|weeks?|semanas?|quarters?|Q[1-4]|"
    r"trimestres?|[IVX]{1,4}\.\d{2,4})\b|\b\d{1,2} ?[./-] ?\d{1,4}\b|\b\d{4}[./-]\d{1,2}\b|\b\d{6}(?:\d\d)?\b",
    re.IGNORECASE,
)
_PARAGRAPH: Final = re.compile(r"¶¶? ?\d+(?: ?s ?\d+)?(?:(?:,| and| y|–|-) ?¶? ?\d+(?: ?s ?\d+)?|, ?p\. ?\d+)*")
_PAGE: Final = re.compile(r"\bpp?\. ?\d+(?:(?:,| and| y|–|-) ?\d+)*")
_MONTH: Final = re.compile(
    rf"(?<!\d )(?<!\d de )\b(?:{_MONTHS})\b(?: de)? \d{{4}}", re.IGNORECASE
)  # the form to which dates are cut
_MAY: Final = re.compile(r"\bmay\b")  # in small letters it is also a verb


def coarser(quad: Statement, sharp: str) -> Iterator[Statement]:
    """Yield a statement with its date, its bounds and the days in its words cut to a year or a month.

    A statement that is only a day is left out.
    """
    if quad.predicate.value in _MADE:
        return
    if not isinstance(quad.object, Literal):
        yield quad
    elif quad.predicate.value == tip.date:
        yield from _dated(quad, sharp)
    elif quad.object.language:
        yield quad._replace(object=Literal(in_words(quad.object.value, sharp), language=quad.object.language))
    elif quad.object.datatype.value == f"{PREFIXES['xsd']}string":
        yield quad._replace(object=Literal(in_words(quad.object.value, sharp)))
    else:
        yield quad


def in_words(text: str, sharp: str) -> str:
    """Cut the days in a text to a year or a month.

    >>> in_words("Workshop in La Paz, 11–12 November 2004", "year"), in_words("el 5 de mayo de 2004", "month")
    ('Workshop in La Paz, 2004', 'el mayo de 2004')
    """

    def cut(match: re.Match[str]) -> str:
        if sharp == "year" or match["last"]:
            return match["year"] or match["iso"] or match["last"]
        if match["iso"]:
            return f"{match['iso']}-{match['number']}"
        return f"{match['month']}{match['of'] or ''} {match['year']}"

    return _WORDS.sub(cut, text)


def months(text: str) -> set[tuple[int, int]]:
    """Return the months in a text, with their years.

    >>> sorted(months("on 14 March 2023, in mayo de 2024 and 2025-06-11"))
    [(2023, 3), (2024, 5), (2025, 6)]
    """
    months = set()
    for match in _WORDS.finditer(text):
        if match["month"]:
            months.add((int(match["year"]), _NUMBERS[match["month"].casefold()[:3]]))
        elif match["number"]:
            months.add((int(match["iso"]), int(match["number"])))
        else:
            months |= {(int(match["last"]), int(number)) for number in re.findall(r"\d+", match[0])[:2]}
    return months


def tells_day(text: str) -> bool:
    """Tell whether a text that was cut may still have a day, a month, a week or a season.

    >>> tells_day("Meeting on the eleventh of June"), tells_day("Meeting of 20250611"), tells_day("Meeting, 2025")
    (True, True, False)
    """
    return _TOLD.search(_MAY.sub("", _MONTH.sub("", text))) is not None


def without_paragraphs(text: str, language: str | None) -> str:
    """Remove the numbers of paragraphs, sentences and pages from a text.

    >>> without_paragraphs("six countries by ¶31 of the report, seven by ¶ 16 s2, p. 7, ten on pp. 8–9", "en")
    'six countries by a paragraph of the report, seven by a paragraph, ten on a page'
    """
    paragraph, page = ("un párrafo", "una página") if language == "es" else ("a paragraph", "a page")
    return _PAGE.sub(page, _PARAGRAPH.sub(paragraph, text))


def replace_places(text: str, names: Mapping[str, str]) -> str:
    """Replace the names of places by those of larger places, as words of their own in any case.

    >>> replace_places("Workshop in La Paz, held in LA PAZ; La Pazada", {"La Paz": "Bolivia"})
    'Workshop in Bolivia, held in Bolivia; La Pazada'
    """
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    by_name = {name.casefold(): larger for name, larger in names.items()}
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda match: by_name[match[0].casefold()], text) if names else text


def _dated(quad: Statement, sharp: str) -> Iterator[Statement]:
    cut = [year for part in quad.object.value.split("/") for year in _cut(part, sharp)]
    date = cut[0] if cut[0] == cut[-1] else f"{cut[0]}/{cut[-1]}"
    yield quad._replace(object=Literal(date, datatype=NamedNode(EDTF)))
    for predicate, day in zip((tip.earliest, tip.latest), bounds(date), strict=True):
        if day:
            made = Literal(day.isoformat(), datatype=NamedNode(f"{PREFIXES['xsd']}date"))
            yield quad._replace(predicate=NamedNode(predicate), object=made)


def _cut(part: str, sharp: str) -> list[str]:
    """Return a date cut to its year or month; a season or an unspecified date as the years or months of its bounds.

    >>> _cut("2004-11-11", "year"), _cut("2004-22", "year"), _cut("2004-22", "month"), _cut("..", "year")
    (['2004'], ['2003', '2005'], ['2004-22'], ['..'])
    >>> _cut("2023-03-14T10:00:00", "month"), _cut("2023-XX-14", "month")
    (['2023-03'], ['2023-01', '2023-12'])
    """
    if _SHARP.fullmatch(part):
        return [_SHARP.sub(r"\g<year>\g<mark>" if sharp == "year" else r"\g<year>\g<month>\g<mark>", part)]
    if "-" not in part or (sharp == "month" and _SEASON.fullmatch(part)):
        return [part]
    cut = [f"{day:%Y}" if sharp == "year" else f"{day:%Y-%m}" for day in bounds(part) if day]
    return list(dict.fromkeys(cut)) or [".."]
