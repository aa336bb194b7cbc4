"""Numbers and days in English and Spanish words."""

from collections.abc import Iterator
from datetime import datetime
from itertools import product

_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
_SPANISH = """cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis
diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete
veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien doscientos trescientos
cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"""
_MONTHS = """january february march april may june july august september october november december
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"""
_NTH = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twentyfirst twentysecond twentythird twentyfourth
twentyfifth twentysixth twentyseventh twentyeighth twentyninth thirtieth thirtyfirst"""
_ONES, _UNOS, _NAMES, _ORDINALS = _ENGLISH.split(), _SPANISH.split(), _MONTHS.split(), _NTH.split()


def english(number: int) -> str:
    """Return a number below a billion in English.

    >>> english(79), english(1_700), english(305)
    ('seventy nine', 'one thousand seven hundred', 'three hundred five')
    """
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            return f"{english(number // size)} {name} {english(number % size) if number % size else ''}".strip()
    if number < 20:
        return _ONES[number]
    return f"{_ONES[number // 10 + 18]} {_ONES[number % 10] if number % 10 else ''}".strip()


def spanish(number: int) -> str:
    """Return a number below a billion in Spanish, without accents.

    >>> spanish(79), spanish(1_700), spanish(100)
    ('setenta y nueve', 'mil setecientos', 'cien')
    """
    for size, single, plural in ((10**6, "un millon", "millones"), (1000, "mil", "mil")):
        if number >= size:
            many = single if number // size == 1 else f"{spanish(number // size)} {plural}"
            return f"{many} {spanish(number % size) if number % size else ''}".strip()
    if number > 100:
        hundred = "ciento" if number < 200 else _UNOS[number // 100 + 36]
        return f"{hundred} {spanish(number % 100) if number % 100 else ''}".strip()
    if number < 30:
        return _UNOS[number]
    return f"{_UNOS[number // 10 + 27]}{f' y {_UNOS[number % 10]}' if number % 10 else ''}"


def spelled(number: int) -> set[str]:
    """Return the ways to write a number below a billion in words, alone or before a noun."""
    forms = {english(number), english(number).replace("hundred ", "hundred and "), spanish(number)}
    forms |= {form.replace("cientos", "cientas") for form in forms if number >= 200}
    forms |= {form[:-1] + end for form in forms if form.endswith("uno") for end in ("", "a")}
    return forms | {2: {"both"}, 12: {"dozen"}}.get(number, set())


def day_in_digits(day: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield the ways to write a day or month in digits, each with the positions where these are parted.

    >>> sorted({form for form, _ in day_in_digits("2025-06")})
    ['062025', '202506', '62025']
    """
    year, month, *rest = day.split("-")
    for parts in product([year], {month, month.lstrip("0")}, *({part, part.lstrip("0")} for part in rest)):
        y, m, *d = parts
        orders = ((y, m, *d), (*d, m, y), (m, *d, y)) if d or m == month else ((m, y),)
        for order in orders:
            yield "".join(order), frozenset(len("".join(order[:n])) for n in range(1, len(order)))


def day_in_numbers(day: str) -> Iterator[str]:
    """Yield the ways in which programs write a day as one word: its week, the seconds or milliseconds since 1970.

    >>> list(day_in_numbers("2025-06-11")), list(day_in_numbers("2025-06"))
    (['2025w243', '1749600000', '1749600000000'], [])
    """
    if len(day) == len("2025-06-11"):
        midnight = datetime.fromisoformat(f"{day}T00:00+00:00")
        year, week, of_week = midnight.isocalendar()
        yield f"{year}w{week:02}{of_week}"
        yield from (f"{midnight.timestamp() * unit:.0f}" for unit in (1, 1000) if midnight.year > 1970)


def day_in_words(day: str) -> Iterator[str]:
    """Yield the ways to write a day or month with the name of the month, as one word in small letters.

    >>> {"11june2025", "june11th2025", "11dejuniode2025", "elevenjune2025"} <= set(day_in_words("2025-06-11"))
    True
    """
    year, month, *rest = day.split("-")
    names = (_NAMES[int(month) - 1], _NAMES[int(month) + 11])
    months = {form for name in names for form in (name, name[:3], name[:4], name.replace("pt", "t"))}
    numbers = _days_from(int(rest[0])) if rest else set().union(*map(_of_month, range(1, 32)))
    if not rest:
        yield from (f"{name}{of}{year}" for name in months for of in ("", "of", "de", "del"))
        yield from (year + name for name in months)
    for number, name in product(numbers, months):
        yield from (f"{name}{number}{year}", f"{name}the{number}{year}", f"{year}{name}{number}")
        yield from (f"{number}{of}{name}{to}{year}" for of in ("", "of", "de") for to in ("", "of", "de", "del"))


def _days_from(day: int) -> set[str]:
    """Return the ways to write a day, and ranges that begin on it; those that end on it read as it does."""
    joints = product(("", "to", "and", "a", "al", "y"), range(day + 1, 32))
    return _of_month(day) | {f"{day}{joint}{last}" for joint, last in joints}


def _of_month(day: int) -> set[str]:
    nth = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    words = (english(day).replace(" ", ""), spanish(day).replace(" ", ""), _ORDINALS[day - 1])
    return {str(day), f"{day:02}", f"{day}{nth}", *words, *(("1o", "primero") if day == 1 else ())}
