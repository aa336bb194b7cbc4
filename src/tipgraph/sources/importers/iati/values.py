"""The values of IATI elements as cells: amounts, days, percentages, codes, places and texts.

A wrong value is left out, with a fault of its element; the rest of the element is kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from lxml import etree

from tipgraph.sources.importers.cell_values import amount as number_of
from tipgraph.sources.importers.cell_values import currencies, day, interval, money
from tipgraph.sources.importers.iati.activity import WORDS, Activity, Element, narratives
from tipgraph.sources.importers.row_builder import MONEY, PLACES, At, RowBuilder
from tipgraph.sources.personal_data import masked

_PERIOD = ("period-start", "period-end")
_WHOLE, _ROUNDING = 100, 1  # percent
_DESCRIPTIONS = frozenset({"description", "objective", "targetGroup"})  # columns of whole sentences
_OECD, _UN = "1", "2"  # the vocabularies of regions of the OECD and of M49; that of the OECD also without a vocabulary
_OLD = {"DAC": _OECD, "DAC-3": "2"}  # vocabularies of sectors of version 1 as those of version 2
_DIGITS = {_OECD: 5, "2": 3}  # of the codes of the OECD's lists of sectors
_CATEGORIES = frozenset(WORDS["sectors"]["categories"].split())


def amount(activity: Activity, element: Element) -> dict[str, str]:
    """Return the amount of an element with its currency, as printed and as a number, and its value date.

    A wrong amount, and one of 0, is left out with its currency; a wrong value date costs nothing else.
    """
    value, tag = element.child("value"), element.tag
    known = currencies(activity.builder.ontology)
    currency = value.get("currency") or activity.currency
    if currency not in known and currency.upper() in known:
        currency = activity.in_capitals(currency, element)
    try:
        number = money(value.text, currency, known)
    except ValueError as error:
        activity.fault(f"value: {error}; the {tag} was imported without its amount", element, MONEY)
        return {}
    said = f"value: an amount of {value.text} is"
    if not float(number):
        activity.fault(f"{said} no payment; the {tag} was imported without its amount", element)
        return {}
    if number.startswith("-"):
        perhaps = ", and may take money back" * (tag == "transaction")
        activity.fault(f"{said} below 0{perhaps}; the {tag} was imported unchanged", element)
    value_date = value.get("value-date")
    dated = _day(activity, value_date, "value-date", element) if value_date else ""
    return {"amount": number, "currency": currency, "amountAsPrinted": value.text, "valueDate": dated}


def currency_at(activity: Activity, element: Element) -> list[At]:
    """Return the start tag of the activity if its default is the currency of an element."""
    value = element.child("value")
    return [activity.start_tag] if value.text and activity.currency and not value.get("currency") else []


def is_nothing(activity: Activity, element: Element) -> bool:
    """Tell whether the value of an element is the number 0, which is counted."""
    printed = element.child("value").text
    is_zero = "0" in printed and not printed.strip("+-0.,")
    activity.builder.report.left.update([f"{element.tag} elements with an amount of 0"] * is_zero)
    return is_zero


def _day(activity: Activity, text: str, name: str, element: Element) -> str:
    try:
        return day(text)
    except ValueError as error:
        activity.fault(f"{name}: {error}", element)
        return ""


def dated(activity: Activity, element: Element, name: str) -> str:
    """Return the day of a child; an empty string if there is none, or a fault if it is no day."""
    written = [part.get("iso-date") or part.text for part in element.all(name)]
    return _day(activity, written[0], name, element) if written else ""


def period(activity: Activity, element: Element) -> str:
    """Return the period as an EDTF interval whose unknown end stays unknown; nothing and a fault if it is wrong."""
    start, end = (dated(activity, element, name) for name in _PERIOD)
    if not element.all(*_PERIOD):
        activity.fault(f"the {element.tag} has no period; imported without one", element)
    if start and end and end < start:
        activity.fault(f"begins on {start} and ends on {end}; imported without its period", element)
        return ""
    return interval(start, end) if start or end else ""


def coded(activity: Activity, element: Element, attribute: str, lost: str = "") -> dict[str, str]:
    """Return our code for an attribute with its column, by the table of coded attributes; a fault for others."""
    column, code_list, unknown, *always = WORDS["coded"][element.tag][attribute]
    code = activity.builder.ontology.matches(code_list).get(element.code(attribute), "")
    written = element.get(attribute)
    if not code and (written or always):
        activity.fault(f"{written!r} {unknown}", element, lost)
    return {column: code}


def codes(activity: Activity, elements: Iterable[Element], attribute: str, code_list: str) -> list[str]:
    """Return our codes for those of a list of IATI, each once; a code without one is a fault."""
    known, found = activity.builder.ontology.matches(code_list), dict[str, None]()
    for element in elements:
        written = element.code(attribute)
        if written in known:
            found[known[written]] = None
        elif written:
            activity.fault(f"{element.tag} {attribute} {written!r} has no code here; left out", element)
    return list(found)


def share(activity: Activity, element: Element) -> str:
    """Return the percentage of an element; an empty string without one, and a fault for a wrong one."""
    printed = element.get("percentage")
    try:
        found = number_of(printed.rstrip("% "), ".") if printed else ""
        if found and not 0 <= float(found) <= _WHOLE:
            raise ValueError
    except ValueError:
        activity.fault(f"{printed!r} is no percentage; left out", element)
        return ""
    return found


def check_whole(activity: Activity, shares: Iterable[str], of: str, element: Element) -> None:
    """Add a fault of an element if the percentages of its parts do not add up to 100; there may be none."""
    total = sum(float(share or 0) for share in shares)
    if total and abs(total - _WHOLE) > _ROUNDING:
        activity.fault(f"the percentages of {of} add up to {total:g}, not {_WHOLE}", element)


def read_sectors(activity: Activity, sectors: Iterable[Element], whole: Element, **tie: str) -> None:
    """Claim the sectors of a whole with their percentages; `tie` has the column of its activity or its payment.

    The percentages of each vocabulary are parts of a whole of their own. A code that the OECD's list cannot have is
    kept as printed, with a fault.

    Decision: docs/decisions/0253-a-sector-is-known-by-its-category.md.
    """
    shares: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sector in sectors:
        code, vocabulary = sector.get("code"), sector.get("vocabulary") or _OECD
        if not code:
            activity.builder.report.left["sectors without a code"] += 1
        else:
            current = _OLD.get(vocabulary, vocabulary)
            is_listed = code.isascii() and code.isdigit() and len(code) == _DIGITS.get(current)
            if current in _DIGITS and not (is_listed and code[:3] in _CATEGORIES):
                activity.fault(f"{code!r} is no code of the OECD's list of sectors; imported unchanged", sector)
            part = share(activity, sector)
            shares[current, sector.get("vocabulary-uri")].append(part)
            activity.builder.claim(
                "allocations", sector.at, **tie, sector=code, sectorVocabulary=vocabulary, percentage=part
            )
    for (vocabulary, _), parts in shares.items():
        check_whole(activity, parts, f"sectors in the vocabulary {vocabulary!r}", whole)


def places_of(activity: Activity, elements: Iterable[Element]) -> list[tuple[Element, str]]:
    """Return the recipient countries and regions whose places are known, each with its place."""
    return [(element, place) for element in elements if (place := place_of(activity, element))]


def place_of(activity: Activity, element: Element) -> str:
    """Return the place of a recipient-country or recipient-region; an empty string and a fault if it is unknown.

    Regions of other lists than M49 are counted, and are no fault.
    """
    builder, written, vocabulary = activity.builder, element.get("code"), element.get("vocabulary")
    if element.tag == "recipient-country":
        code = written if len(written) == len("NO") else ""
    elif vocabulary == _UN:
        code = written.zfill(3)
    elif vocabulary not in ("", _OECD) or written in WORDS["regions"]["not_m49"]:
        builder.report.unresolved[written] += 1
        return ""
    else:
        code = WORDS["regions"]["dac"].get(written, "")
    if code.upper() != code and builder.countries.by_code(code.upper()):
        code = activity.in_capitals(code, element)
    place = builder.place_of_code(code, element.at, written=written) if code else ""
    if not place:
        activity.fault(f"{written!r} is no country or region of the reference; left out", element, PLACES)
    return place


def worded(activity: Activity, node: etree._Element | None, column: str) -> dict[str, str]:
    """Return the text of an element as the cell of a column with its language; no cell without a text.

    Of texts in several languages it is the English one, else the first.
    """
    cells = [] if node is None else all_worded(activity, node, column)
    return min(cells, key=lambda cell: column not in cell, default={})


def all_worded(activity: Activity, node: etree._Element, column: str) -> list[dict[str, str]]:
    """Return the texts of an element, each as the cell of a column with its language; personal data are masked.

    There are none of a description if the import leaves these out.
    """
    builder = activity.builder
    if column in _DESCRIPTIONS and not builder.options.descriptions:
        builder.report.left["descriptions of claims (--no-descriptions)"] += 1
        return []
    texts = ((_shown(builder, text), tongue) for text, tongue in narratives(node, activity.language))
    return [{_in_language(column, tongue): text} for text, tongue in texts if text]


def _shown(builder: RowBuilder, text: str) -> str:
    safe = masked(text)
    builder.report.left.update(["personal data in descriptions, which are masked there"] * (safe != text))
    return safe


@cache
def _in_language(column: str, tongue: str) -> str:
    """Return the name of a column for texts in a language.

    >>> _in_language("title", "en-gb"), _in_language("title", "fr"), _in_language("title", "")
    ('title', 'title@fr', 'title')
    """
    return column if tongue.partition("-")[0] in ("en", "") else f"{column}@{tongue}"
