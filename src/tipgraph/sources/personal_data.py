r"""What in a text points to one person: e-mail addresses, telephone numbers, numbers of passports and identity cards.

Rules of shape, no look-ups: nobody is asked whether an address or a number is in use. Letters and digits of every
script count, dashes and spaces of every width, and addresses that are written so that machines do not see them.

| kind | is found | needs a word before |
|---|---|---|
| `e-mail` | `a@b.org`, `a (at) b . org`, `a at b dot org`, `a%40b.org` | |
| `telephone` | `+41 22 …`, `0041 22 …`, `022 717 91 11`, `(22) 717 9111`, `202-555-0143` | *tel* `7179111` |
| `passport` | `A1234567`, `123-45-6789`, `12345678Z`, the lines of a passport | *passport* `123456789` |

Amounts, dates, coordinates, ISBNs, digests, items of Wikidata, numbers of documents, and identifiers whose parts a
hyphen or slash joins (`XM-DAC-47066-DG.1234`) are none of these.

Decision: docs/decisions/0091-our-own-rules-find-personal-data.md.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple
from unicodedata import category, decimal, normalize

EMAIL: Final = "e-mail"
TELEPHONE: Final = "telephone"
PASSPORT: Final = "passport"
SAID: Final = {
    EMAIL: "an e-mail address",
    TELEPHONE: "a telephone number",
    PASSPORT: "a number as a passport or an identity card has",
}


class Found(NamedTuple):
    """What was found: its kind, and the part of the text, as it reads once its letters and digits are plain ones."""

    kind: str
    text: str


# Patterns are text, compiled when they are first needed: most commands need none of them.
# Of an address the mark is looked for first, then what stands to its left and right, so that long words cost nothing.
_AT = r"(?P<spelled>\s(?:at|arroba)\s)|\s?[(\[{<]\s?(?:at|arroba|@)\s?[)\]}>]\s?|%40|&#0*64;|&#x0*40;|&commat;|\s?@\s?"
_LONGEST_LOCAL = 64
_LOCAL = r"""[\w.!#$'*+^`{|}~"-]{1,64}\Z"""  # without / = ? and &, which stand before one in a URL
_QUOTES = "\"'`*_{|}.-"  # what may stand before an address and is none of it
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
    (PASSPORT, r"\bP[A-Z<][A-Z<]{3}[A-Z]+(?:<[A-Z]+)*<<[A-Z<]{2,}"),  # what machines read of a passport
]  # fmt: skip


def find_personal(text: str, *, numbers: bool = True) -> list[Found]:
    """Return what in a text points to one person, in the order of its kinds: addresses, telephones, other numbers.

    Without `numbers`, addresses only.

    >>> [one.kind for one in find_personal("Ana (at) example . org, tel. 022 717 91 11, passport A1234567")]
    ['e-mail', 'telephone', 'passport']
    >>> find_personal("XM-DAC-47066-DG.1234 of 2004-11-11: 1,700,000 USD (CP/doc.4023/05)")
    []
    """
    return [one for _, _, one in _places(readable(text), numbers=numbers)]


def masked(text: str) -> str:
    """Return a text in which nothing that was found can be read any more; one without any as it stands.

    >>> masked("write to ana.perez@example.org"), masked("1,700 victims")
    ('write to a…@…', '1,700 victims')
    """
    plain = readable(text)
    places, parts, reached = sorted(_places(plain)), [], 0
    for start, end, one in places:
        parts += [plain[reached:start], mask(one)]
        reached = end
    return "".join([*parts, plain[reached:]]) if places else text


def mask(one: Found) -> str:
    """Return what was found so that a person knows it again who sees it, and nobody else learns it.

    >>> mask(Found(TELEPHONE, "+41 22 717 9111")), mask(Found(PASSPORT, "A1234567"))
    ('…11', '…67')
    """
    return f"{one.text[:1]}…@…" if one.kind == EMAIL else f"…{one.text[-2:]}"


def key(one: Found) -> str:
    """Return what all spellings of an address or a number have in common.

    >>> key(Found(EMAIL, "Info (at) iom . int")), key(Found(TELEPHONE, "+41 22 717-9111"))
    ('info@iom.int', '41227179111')
    """
    at = _compiled(_AT, re.IGNORECASE).search(one.text)
    if one.kind == EMAIL and at:
        domain = re.sub(_DOT, ".", one.text[at.end() :], flags=re.IGNORECASE)
        return f"{one.text[: at.start()]}@{domain}".casefold()
    kept = str.isdigit if one.kind == TELEPHONE else str.isalnum
    return "".join(filter(kept, one.text)).casefold()


def readable(text: str) -> str:
    """Return a text with letters and digits of their plain forms, one kind of dash, and nothing that is not seen."""
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


def _places(text: str, *, numbers: bool = True) -> list[tuple[int, int, Found]]:
    """Return what was found in a readable text, each with its start and end; no two overlap."""
    places = [(start, end, Found(EMAIL, text[start:end].strip())) for start, end in _addresses(text)]
    if not numbers or not _compiled(_FEWEST_DIGITS).search(text):
        return places
    rest = _without(text, [(start, end) for start, end, _ in places])
    aside = _compiled(_ASIDE, re.IGNORECASE | re.VERBOSE)
    rest = _without(rest, [match.span() for match in aside.finditer(rest)])
    for kind, pattern in _PATTERNS:
        found_ = _compiled(pattern, re.VERBOSE).finditer(rest)
        matches = [match for match in found_ if not _is_other(kind, match[0])]
        spans = [match.span(match.lastgroup or 0) for match in matches]
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
    """Return a text with nothing where the spans are, which are in order."""
    parts, reached = [], 0
    for start, end in spans:
        parts += [text[reached:start], "\0" * (end - start)]
        reached = end
    return "".join([*parts, text[reached:]])


_DECIMAL = r"\(?\+\d{1,3}(?:\.\d+|(?:\.\d{3})+)"
_EMPLOYER = r"\d\d-\d{7}"  # how the United States number organizations
_DAY = r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d"
_LONG_CODES = {"1": 11, "7": 11}  # how many digits numbers of North America and Russia have


def _is_other(kind: str, part: str) -> bool:
    """Tell whether what looks like a number of a kind is a date, a decimal, or has too few or too many digits."""
    groups = re.findall(r"\d+", part)
    digits = "".join(groups)
    if (groups and all(re.fullmatch(_DAY, one) for one in groups)) or (_may_be_date(groups) and kind == TELEPHONE):
        return True
    if kind == PASSPORT:
        return False
    if "+" in part:
        return bool(re.fullmatch(_DECIMAL, part)) or len(digits) < _LONG_CODES.get(digits[0], 7)
    least = 6 if part[0].isalpha() else 9 if part.isdigit() else 8  # companies are numbered by eight digits
    return not least <= len(digits) <= 15 or bool(re.fullmatch(_EMPLOYER, part))


def _may_be_date(groups: list[str]) -> bool:
    """Tell whether all groups of digits are years, months and days, and one a year at least."""
    years = [one for one in groups if len(one) == 4 and "1500" <= one <= "2100"]
    small = [one for one in groups if len(one) <= 2 and int(one) <= 31]
    return bool(years) and len(years) + len(small) == len(groups)
