"""Amounts of money and numbers of people in a sentence, with their hedges, and the currency that a text says."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.words.lexicon import codes_of
from tipgraph.sources import SPELLED

_NUMBER: Final = r"\d{1,3}(?:[,.  ]\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_TWO_MEANINGS: Final = re.compile(r"\d{1,3}\.\d{3}")
_SPELLED_WORDS: Final = "|".join(name.replace(" ", "[ ]") for name in sorted(SPELLED, key=len, reverse=True))
_SCALES: Final = {"thousand": 1000, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_SIGNS: Final = codes_of("sign")  # the signs of many countries have no code
_NAMES: Final = codes_of("currency")
_CODES: Final = "USD|EUR|GBP|JPY|CAD|AUD|CHF|SEK|NOK|DKK|NZD"
_SIGN: Final = rf"(?<![A-Za-z])(?:U\.S\.[ ]?|US[ ]?|CAD?|C|AU?|NZ)?\$|€|£|¥|\b(?:{_CODES})(?=\s?\d)"
_SCALE: Final = "thousand|million|billion|bn|m"
_TO: Final = r"\s?(?:-|–|to)\s?"
_AMOUNT: Final = rf"(?:{_NUMBER}|\b(?:{_SPELLED_WORDS}))(?:\s?(?:{_SCALE}))?"
_MONEY: Final = re.compile(
    rf"""(?P<sign>{_SIGN})\s?(?P<number>{_NUMBER})(?:\s?(?P<scale>{_SCALE})\b)?
    (?P<upper>{_TO}(?:(?:{_SIGN})\s?(?:{_NUMBER})(?:\s?(?:{_SCALE})\b)?|(?:{_NUMBER})\s?(?:{_SCALE})\b))?
    |(?P<lower>\bbetween\s(?:{_AMOUNT})\sand\s|(?:{_AMOUNT}){_TO})?
    (?:(?P<bare>{_NUMBER})(?:[\s-]?(?P<scaled>{_SCALE}))?|\b(?P<spelled>{_SPELLED_WORDS})[\s-](?P<times>{_SCALE}))
    [\s-](?P<name>{_CODES}|{"|".join(name.replace(" ", "[ ]") for name in _NAMES)})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ALONE: Final = re.compile(rf"(?P<number>{_NUMBER})(?:\s?(?P<scale>thousand|million|billion))?", re.IGNORECASE)
_HEDGE: Final = codes_of("hedge")
_HEDGE_WORDS: Final = "|".join(sorted(map(re.escape, _HEDGE), key=len, reverse=True))
_HEDGED: Final = re.compile(rf"\b({_HEDGE_WORDS})\s+(?:a\ total\ of\s+)?$", re.IGNORECASE)
_POPULATIONS: Final = codes_of("population")
_PEOPLE: Final = re.compile(
    rf"""(?:\b(?P<hedge>{_HEDGE_WORDS})\s+)?\b(?P<number>{_NUMBER})(?:\s(?P<scale>thousand|million))?
    (?:\s?(?:to|and|-|–)\s?(?P<upper>{_NUMBER}))?\s+(?:[a-z-]+\s+(?:and\s+)?){{0,3}}?
    (?P<who>{"|".join(_POPULATIONS).replace(" ", "[ ]")})\b""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class Money(NamedTuple):
    """An amount with its currency, as it is printed, its hedge (`exact` for none), and its offsets.

    Of a range, such as "$3 to 5 million", the amount is empty; of a sign of many countries, such as "$", the currency.
    """

    amount: str
    currency: str
    printed: str
    hedge: str
    start: int
    end: int


class People(NamedTuple):
    """A number of people with its hedge, its unit and population as codes, and its offsets."""

    value: str
    upper: str
    printed: str
    hedge: str
    unit: str
    population: str
    start: int
    end: int


def money(text: str) -> list[Money]:
    """Return the amounts of a text.

    >>> [one[:2] for one in money("It gave US$ 1.5 million, then 20,000 euros and $750.")]
    [('1500000', 'USD'), ('20000', 'EUR'), ('750', '')]
    >>> [one[:2] for one in money("a two-million Euro fund, half a million dollars and EUR 2.5 million")]
    [('2000000', 'EUR'), ('500000', ''), ('2500000', 'EUR')]
    >>> [one[:4] for one in money("up to US$50,000, or A$3 to 5 million")]
    [('50000', 'USD', 'up to US$50,000', 'at-most'), ('', 'AUD', 'A$3 to 5 million', 'range')]
    """
    return [found for match in _MONEY.finditer(text) if (found := _sum(match, text))]


def cells_of(sum_: Money) -> dict[str, str]:
    """Return the cells of an amount of funding; a hedge is in the words as printed, and in a note.

    >>> cells_of(money("over €750")[0])
    {'amount': '750', 'currency': 'EUR', 'amountAsPrinted': 'over €750', 'note': 'the source says "over €750"'}
    """
    note = "" if sum_.hedge == "exact" else f'the source says "{sum_.printed}"'
    cells = {"amount": sum_.amount, "currency": sum_.currency, "amountAsPrinted": sum_.printed, "note": note}
    return {name: cell for name, cell in cells.items() if cell}


def _sum(match: re.Match[str], text: str) -> Money | None:
    number = match["number"] or match["bare"] or str(SPELLED[match["spelled"].lower()])
    amount = _number(number, match["scale"] or match["scaled"] or match["times"])
    if not amount or not Decimal(amount):
        return None
    mark, is_range = (match["sign"] or match["name"]).lower(), match["upper"] or match["lower"]
    currency = _NAMES.get(mark, _SIGNS.get(mark.upper().replace(" ", ""), mark.upper()))
    hedged = _HEDGED.search(text, 0, match.start())
    hedge, start = (_HEDGE[" ".join(hedged[1].lower().split())], hedged.start()) if hedged else ("exact", match.start())
    found = ("", currency) if is_range else (amount, currency)
    return Money(*found, text[start : match.end()], "range" if is_range else hedge, start, match.end())


def people(text: str) -> list[People]:
    """Return the numbers of people in a text; years are none.

    >>> [(one.value, one.hedge, one.population) for one in people("In 2004 at least 1,700 women were trafficked.")]
    [('1700', 'at-least', 'women')]
    >>> people("The 2008 seminar for persons and the 2009 to 2011 training of trafficked women ended.")
    []
    """
    return [found for match in _PEOPLE.finditer(text) if (found := _group(match))]


def _group(match: re.Match[str]) -> People | None:
    value, who = _number(match["number"], match["scale"]), " ".join(match["who"].lower().split())
    upper = _number(match["upper"], match["scale"]) if match["upper"] else ""
    is_year = _YEAR.fullmatch(match["number"]) and not (match["hedge"] or match["scale"])
    if not value or is_year or bool(upper) != bool(match["upper"]):
        return None
    hedge = "range" if upper else _HEDGE.get((match["hedge"] or "").lower(), "exact")
    unit = "cases" if who == "cases" else "persons"
    return People(value, upper, match["number"], hedge, unit, _POPULATIONS[who], match.start(), match.end())


def number(words: str) -> str:
    """Return the number that some words are, and nothing else, in digits; an empty string if they may mean two.

    >>> number("1,250"), number("1.5 million"), number("1.250"), number("up to 40"), number("40 to 50")
    ('1250', '1500000', '', '', '')
    """
    match = _ALONE.fullmatch(words)
    return _number(match["number"], match["scale"]) if match else ""


def _number(words: str, scale: str | None) -> str:
    """Return a number in digits; an empty string if it may mean two, as 1.250 does."""
    if _TWO_MEANINGS.fullmatch(words):
        return ""
    plain = re.sub(r"[,.\s](?=\d{3}(?:\D|$))", "", words)
    value = Decimal(plain.replace(",", ".")) * _SCALES.get((scale or "").lower(), 1)
    return f"{value.normalize():f}"


_DOLLARS: Final = {  # the marks before "$", and the names of each country
    "USD": (r"(?:US|U\.S\.)\s?", r"US|U\.S\.|USA|USAID|United States"),
    "AUD": (r"AU?", r"Australian?"),
    "CAD": (r"CAD?|C", r"Canada|Canadian"),
    "NZD": (r"NZ", r"New Zealand"),
}
_SHARED: Final = "several givers share the amount"


def dollars(text: str) -> frozenset[str]:
    """Return the codes of the dollars that a text names.

    >>> sorted(dollars("A $5 grant in US dollars, and the AU$ 500 of Canada."))
    ['AUD', 'USD']
    """
    return frozenset(
        code
        for code, (mark, name) in _DOLLARS.items()
        if re.search(rf"\b(?:(?:{mark})\$|{code}\b|(?:{name})\s+dollars?\b)", text)
    )


def said_amounts(drafts: Sequence[Draft], sentence: str, named: Collection[str]) -> Iterator[Draft]:
    """Yield the drafts of a sentence with the currency that the text or the giver says, and each amount for one gift.

    `named` are the dollars that the text names. One amount of two givers is the amount of neither.
    """
    gifts = [draft.cells for draft in drafts if "amountAsPrinted" in draft.cells]
    for draft in drafts:
        cells, printed = dict(draft.cells), draft.cells.get("amountAsPrinted", "")
        others = [_givers(one) for one in gifts if one["amountAsPrinted"] == printed]
        is_once = sentence.count(printed) == 1 and not re.search(r"\beach\b", sentence)
        if "amount" in cells and is_once and any(not other <= _givers(cells) for other in others):
            del cells["amount"]
            cells |= {"currency": "", "note": _joined(cells, _SHARED)}
        elif printed and "currency" not in cells:
            cells |= _meant_currency(cells, printed, named)
        yield replace(draft, cells={name: cell for name, cell in cells.items() if cell})


def _meant_currency(cells: Mapping[str, str], printed: str, named: Collection[str]) -> dict[str, str]:
    """Return the cell of the one currency that the text or the giver means, or a note that the source says none."""
    meant = {*named, *_dollars_of(cells.get("giver", ""))} if "¥" not in printed else set()
    unsaid = f'the source does not say which currency "{printed}" is in'
    return {"currency": meant.pop()} if len(meant) == 1 else {"note": _joined(cells, unsaid)}


def _givers(cells: Mapping[str, str]) -> set[str]:
    return {*filter(None, cells.get("giver", "").split(" | "))}


def _dollars_of(giver: str) -> Iterator[str]:
    """Yield the dollars of the countries in the name or the id of a giver."""
    words = re.sub(r"[-/]", " ", giver)
    yield from (code for code, (_, name) in _DOLLARS.items() if re.search(rf"\b(?:{name})\b", words, re.IGNORECASE))


def _joined(cells: Mapping[str, str], note: str) -> str:
    return " | ".join(filter(None, (cells.get("note", ""), note)))
