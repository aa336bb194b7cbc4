r"""Personal data in a text: e-mail addresses, telephone numbers, numbers of passports and identity cards.

The rules look at the form alone, without any look-up. They know letters and digits of every script, dashes and spaces
of every width, and obfuscated addresses.

| kind | forms | forms after a word |
|---|---|---|
| `e-mail` | `a@b.org`, `a (at) b . org`, `a at b dot org`, `a%40b.org` | |
| `telephone` | `+41 22 …`, `0041 22 …`, `022 717 91 11`, `(22) 717 9111`, `202-555-0143` | *tel* `7179111` |
| `passport` | `A1234567`, `123-45-6789`, `12345678Z`, the lines of a passport | *passport* `123456789` |

Amounts, dates, coordinates, ISBNs, digests, items of Wikidata, numbers of documents, and identifiers with hyphens or
slashes (`XM-DAC-47066-DG.1234`) are not personal.

Decision: docs/decisions/0091-our-own-rules-find-personal-data.md.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import category, decimal, normalize

EMAIL: Final = "e-mail"
TELEPHONE: Final = "telephone"
PASSPORT: Final = "passport"
KIND_NAMES: Final = {
    EMAIL: "an e-mail address",
    TELEPHONE: "a telephone number",
    PASSPORT: "a number of the form of a passport or an identity card",
}


class Found(NamedTuple):
    """A piece of personal data: its kind and its text, with plain letters and digits."""

    kind: str
    text: str


# Patterns stay text until they are needed: most commands need none. The search for an address begins with its mark,
# then looks left and right, so that long words cost nothing.
_AT = r"(?P<spelled>\s(?:at|arroba)\s)|\s?[(\[{<]\s?(?:at|arroba|@)\s?[)\]}>]\s?|%40|&#0*64;|&#x0*40;|&commat;|\s?@\s?"
_LONGEST_LOCAL = 64
_LOCAL = r"""[\w.!#$'*+^`{|}~"-]{1,64}\Z"""  # without / = ? and &, which precede an address in a URL
_QUOTES = "\"'`*_{|}.-"  # marks before an address
_SPELLED_DOT = r"\s(?:dot|punto)\s"
_DOT = rf"(?:\.|\s\.\s|\s?[(\[{{]\s?(?:dot|punto|ponto|\.)\s?[)\]}}]\s?|{_SPELLED_DOT})"
_TOP = r"(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24})"
_DOMAIN = rf"(?:[\w-]{{1,63}}{_DOT}){{1,8}}{_TOP}|\[\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]"
_SPELLED_DOMAIN = rf"(?:[\w-]{{1,63}}(?:\.|{_SPELLED_DOT})){{0,7}}[\w-]{{1,63}}{_SPELLED_DOT}[a-z]{{2,4}}\b"

_FEWEST_DIGITS = r"\d(?:\D*\d){5}|P[A-Z<][A-Z<]{3}"
_ASIDE = r"""\bIS[BSM]N(?:-1[03])?\W{0,3}[\dX][\dX\ -]{6,16} | \b(?:doi:\s?|10\.)\d{4,9}/\S+ |
    [+-]\d{1,3}\.\d+[+-]\d{1,3}\.\d+ | \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b | \b[0-9a-f]{32,128}\b"""
# No part of an identifier, an address or a larger number; a year may stand before.
_ALONE = r"(?<![\w.,/:=+\#-])(?:(?<!\d\ )|(?<=\d{4}\ ))"
_END = r"(?!\w|[.,/-]\d)"
_MORE = r"(?:[\ ./()-]{0,3}\d)"
_NUMBERED = r"\W{0,3}(?:(?:no|nr|n[°ºo]|numbers?|num|núm|n[úu]mero|numéro)\b\.?)?\W{0,4}"
_CALLED = rf"""(?i:(?:\b(?:tele?|t[ée]l|telephones?|tel[ée]fon[oe]s?|telefon|t[ée]l[ée]phones?|tlf|tfno|phones?|fax|
    mobile|m[óo]vil|cell|cel|celular|call|contact|whatsapp|viber|hotline|helpline)\b|\bwa\.me/){_NUMBERED})"""
_IDENTIFIED = rf"""(?i:\b(?:passport|pasaporte|passeport|passaport[eo]|reisepass|DNI|NIE|NIF|CURP|CPF|RUT|SSN|DPI|
    c[ée]dula|aadhaar|national\ id|identity\ card|identity|id\ card|identification|social\ security)\b{_NUMBERED})"""
_PATTERNS = [
    (TELEPHONE, rf"{_CALLED}(?P<number>\+?\(?\d{_MORE}{{5,14}})(?!\d)"),
    (TELEPHONE, rf"(?<![\w+])(?:\+|\(\+)\ ?\(?\d{_MORE}{{6,14}}(?!\d)"),
    (TELEPHONE, rf"{_ALONE}00[\ -]?[1-9]{_MORE}{{7,13}}(?!\d)"),
    (TELEPHONE, rf"{_ALONE}(?:1[.\ -])?(?:\([2-9]\d\d\)\ ?|[2-9]\d\d[.\ -])\d{{3}}[.\ -]\d{{4}}{_END}"),
    (TELEPHONE, rf"{_ALONE}\((?:\d{{1,4}}[\ -])?\d{{1,5}}\)\ ?\d{{2,4}}(?:[\ .-]?\d{{2,4}}){{1,3}}{_END}"),
    (TELEPHONE, rf"{_ALONE}0[1-9]\d{{0,3}}/?(?:[\ .-]?\d{{2,8}}){{1,5}}{_END}"),
    (TELEPHONE, rf"{_ALONE}\d\d[\ -]\d{{4}}[\ -]\d{{4}}{_END}"),
    (PASSPORT, rf"{_IDENTIFIED}(?P<number>[A-Z]{{0,3}}[\ -]?\d(?:[\ .-]?\d){{5,13}}(?:-?[A-Z\d])?)(?!\w)"),
    (PASSPORT, rf"{_IDENTIFIED}(?P<number>(?=[A-Z]*\d)[A-Z\d]{{7,18}})(?!\w)"),
    (PASSPORT, rf"{_ALONE}(?!Q)(?:[A-Z]\d{{7,9}}|(?!FY|CY|SY)[A-Z]{{2}}\d{{6,7}}){_END}"),
    (PASSPORT, rf"{_ALONE}(?:\d{{3}}-\d\d-\d{{4}}|\d{{3}}\.\d{{3}}\.\d{{3}}-\d\d){_END}"),  # United States, Brazil
    (PASSPORT, rf"{_ALONE}(?:\d{{1,2}}\.\d{{3}}\.\d{{3}}-[\dKk]){_END}"),  # Chile
    (PASSPORT, rf"{_ALONE}[A-Z]{{4}}\d{{6}}[HMX][A-Z]{{5}}[A-Z\d]\d{_END}"),  # Mexico
    (PASSPORT, rf"{_ALONE}(?:\d{{8}}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{{7}}-?[A-Z]){_END}"),  # Spain
    (PASSPORT, r"\bP[A-Z<][A-Z<]{3}[A-Z]+(?:<[A-Z]+)*<<[A-Z<]{2,}"),  # the machine-readable line of a passport
]  # fmt: skip


def find_personal(text: str, *, numbers: bool = True) -> list[Found]:
    """Return the personal data of a text: addresses, then with `numbers` telephones and other numbers.

    >>> [found.kind for found in find_personal("Ana (at) example . org, tel. 022 717 91 11, passport A1234567")]
    ['e-mail', 'telephone', 'passport']
    >>> find_personal("XM-DAC-47066-DG.1234 of 2004-11-11: 1,700,000 USD (CP/doc.4023/05)")
    []
    """
    return [found for _, _, found in _places(readable(text), numbers=numbers)]


def masked(text: str) -> str:
    """Return a text with its personal data masked; a text without any unchanged.

    >>> masked("write to ana.perez@example.org"), masked("1,700 victims")
    ('write to a…@…', '1,700 victims')
    """
    plain = readable(text)
    places, parts, reached = sorted(_places(plain, numbers=True)), [], 0
    for start, end, found in places:
        parts += [plain[reached:start], mask(found)]
        reached = end
    return "".join([*parts, plain[reached:]]) if places else text


def mask(found: Found) -> str:
    """Return a piece of personal data shortened, so that only a person who knows it recognizes it.

    >>> mask(Found(TELEPHONE, "+41 22 717 9111")), mask(Found(PASSPORT, "A1234567"))
    ('…11', '…67')
    """
    return f"{found.text[:1]}…@…" if found.kind == EMAIL else f"…{found.text[-2:]}"


def key(found: Found) -> str:
    """Return the key that all spellings of an address or a number share.

    >>> key(Found(EMAIL, "Info (at) iom . int")), key(Found(TELEPHONE, "+41 22 717-9111"))
    ('info@iom.int', '41227179111')
    """
    at = _compiled(_AT, re.IGNORECASE).search(found.text)
    if found.kind == EMAIL and at:
        domain = re.sub(_DOT, ".", found.text[at.end() :], flags=re.IGNORECASE)
        return f"{found.text[: at.start()]}@{domain}".casefold()
    is_significant = str.isdigit if found.kind == TELEPHONE else str.isalnum
    return "".join(filter(is_significant, found.text)).casefold()


def readable(text: str) -> str:
    """Return a text with plain letters, digits and dashes, and without invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    plain = normalize("NFKC", text)
    return "".join(map(_plain, plain))


@cache
def _plain(mark: str) -> str:
    kind = category(mark)
    if kind in ("Cc", "Cf"):
        return " " if mark.isspace() else ""
    if kind == "Nd":
        return str(decimal(mark))
    return "-" if kind == "Pd" or mark == "\N{MINUS SIGN}" else " " if mark.isspace() else mark


@lru_cache(maxsize=64)  # a text is masked, then screened as the cell of its row
def _places(text: str, *, numbers: bool = True) -> Sequence[tuple[int, int, Found]]:
    """Return the personal data of a readable text with start and end; no two overlap."""
    places = [(start, end, Found(EMAIL, text[start:end].strip())) for start, end in _addresses(text)]
    if not numbers or not _compiled(_FEWEST_DIGITS).search(text):
        return places
    rest = _without(text, [(start, end) for start, end, _ in places])
    aside = _compiled(_ASIDE, re.IGNORECASE | re.VERBOSE)
    rest = aside.sub(lambda match: "\0" * len(match[0]), rest)
    for kind, pattern in _PATTERNS:
        candidates = _compiled(pattern, re.VERBOSE).finditer(rest)
        spans = [match.span(match.lastgroup or 0) for match in candidates if not _is_other(kind, match[0])]
        places += [(start, end, Found(kind, text[start:end])) for start, end in spans]
        rest = _without(rest, spans)
    return places


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    reached = 0
    for at in _compiled(_AT, re.IGNORECASE).finditer(text):
        before = _compiled(_LOCAL).search(text[max(reached, at.start() - _LONGEST_LOCAL) : at.start()])
        local = before[0].lstrip(_QUOTES) if before else ""
        after = _SPELLED_DOMAIN if at["spelled"] else _DOMAIN
        domain = _compiled(after, re.IGNORECASE).match(text, at.end()) if local else None
        if domain and any(map(str.isalnum, local)):
            yield at.start() - len(local), domain.end()
            reached = domain.end()


@cache
def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with the ordered spans blanked out."""
    parts, reached = [], 0
    for start, end in spans:
        parts += [text[reached:start], "\0" * (end - start)]
        reached = end
    return "".join([*parts, text[reached:]])


_DECIMAL = r"\(?\+\d{1,3}(?:\.\d+|(?:\.\d{3})+)"
_EMPLOYER = r"\d\d-\d{7}"  # how the United States number organizations
_DAY = r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d"
_LONG_CODES = {"1": 11, "7": 11}  # digits of numbers in North America and Russia


def _is_other(kind: str, part: str) -> bool:
    """Tell whether a candidate is a date, a decimal, or has too few or too many digits."""
    groups = re.findall(r"\d+", part)
    digits = "".join(groups)
    if _are_days(groups) or (_may_be_date(groups) and kind == TELEPHONE):
        return True
    if kind == PASSPORT:
        return False
    if "+" in part:
        return bool(re.fullmatch(_DECIMAL, part)) or len(digits) < _LONG_CODES.get(digits[0], 7)
    least = 6 if part[0].isalpha() else 9 if part.isdigit() else 8  # numbers of companies have eight digits
    return not least <= len(digits) <= 15 or bool(re.fullmatch(_EMPLOYER, part))


def _are_days(groups: list[str]) -> bool:
    return bool(groups) and all(re.fullmatch(_DAY, group) for group in groups)


def _may_be_date(groups: list[str]) -> bool:
    """Tell whether all groups of digits are years, months and days, with a year among them."""
    years = [group for group in groups if len(group) == 4 and "1500" <= group <= "2100"]
    small = [group for group in groups if len(group) <= 2 and int(group) <= 31]
    return bool(years) and len(years) + len(small) == len(groups)
