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
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
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


_LONGEST_LOCAL: Final = 64
_QUOTES: Final = "\"'`*_{|}.-"  # marks before an address
_LONG_CODES: Final = {"1": 11, "7": 11}  # digits of numbers in North America and Russia


class _Patterns(NamedTuple):
    """The compiled forms of `personal-patterns.toml`: of addresses, of numbers, and the kinds of numbers in order."""

    address: Mapping[str, re.Pattern[str]]
    number: Mapping[str, re.Pattern[str]]
    kinds: Sequence[tuple[str, re.Pattern[str]]]


@cache
def _patterns() -> _Patterns:
    """Read the forms once they are needed: most commands need none."""
    table = tomllib.loads(Path(__file__).with_name("personal-patterns.toml").read_text("utf-8"))

    def compiled(form: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        for name, part in reversed(table["parts"].items()):
            form = form.replace(name, part)
        return re.compile(form, flags | re.VERBOSE)

    address = {name: compiled(form, re.IGNORECASE) for name, form in table["address"].items()}
    number = {name: compiled(form) for name, form in table["number"].items()}
    return _Patterns(
        address, number, [(kind, compiled(form)) for kind, forms in table["kinds"].items() for form in forms]
    )


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
    forms = _patterns().address
    at = forms["mark"].search(found.text)
    if found.kind == EMAIL and at:
        domain = forms["dot"].sub(".", found.text[at.end() :])
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
    forms = _patterns()
    if not numbers or not forms.number["fewest_digits"].search(text):
        return places
    rest = _without(text, [(start, end) for start, end, _ in places])
    rest = forms.number["aside"].sub(lambda match: "\0" * len(match[0]), rest)
    for kind, pattern in forms.kinds:
        candidates = pattern.finditer(rest)
        spans = [match.span(match.lastgroup or 0) for match in candidates if not _is_other(kind, match[0])]
        places += [(start, end, Found(kind, text[start:end])) for start, end in spans]
        rest = _without(rest, spans)
    return places


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    reached, forms = 0, _patterns().address
    for at in forms["mark"].finditer(text):
        before = forms["local"].search(text[max(reached, at.start() - _LONGEST_LOCAL) : at.start()])
        local = before[0].lstrip(_QUOTES) if before else ""
        domain = forms["spelled_domain" if at["spelled"] else "domain"].match(text, at.end()) if local else None
        if domain and any(map(str.isalnum, local)):
            yield at.start() - len(local), domain.end()
            reached = domain.end()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with the ordered spans blanked out."""
    parts, reached = [], 0
    for start, end in spans:
        parts += [text[reached:start], "\0" * (end - start)]
        reached = end
    return "".join([*parts, text[reached:]])


def _is_other(kind: str, part: str) -> bool:
    """Tell whether a candidate is a date, a decimal, or has too few or too many digits."""
    forms, groups = _patterns().number, re.findall(r"\d+", part)
    digits = "".join(groups)
    years = [group for group in groups if len(group) == 4 and "1500" <= group <= "2100"]
    small = [group for group in groups if len(group) <= 2 and int(group) <= 31]
    may_be_date = bool(years) and len(years) + len(small) == len(groups)
    are_days = bool(groups) and all(map(forms["day"].fullmatch, groups))
    if are_days or kind == PASSPORT or may_be_date:
        return are_days or kind != PASSPORT
    if "+" in part:
        return bool(forms["decimal"].fullmatch(part)) or len(digits) < _LONG_CODES.get(digits[0], 7)
    least = 6 if part[0].isalpha() else 9 if part.isdigit() else 8  # numbers of companies have eight digits
    return not least <= len(digits) <= 15 or bool(forms["employer"].fullmatch(part))
