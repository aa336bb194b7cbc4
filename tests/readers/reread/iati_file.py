"""What an IATI file says, read with lxml alone: its activities with their roles, money, places, sectors and the rest.

Versions 1.01 to 2.03 become one form: the codes of 2.03, and a list of names for each
party. Nothing is concluded here but what the standard itself lays down: a default of the activity for a value that its
transaction lacks, and the reporting organization for a provider or receiver that is not named.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

Element = etree._Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ROLES = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
MONEY = {"if": "1", "c": "2", "d": "3", "e": "4", "ir": "5", "lr": "6", "r": "7", "qp": "8", "qs": "9", "cg": "10"}
DATES = {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"}
SECTORS = {"dac": "1", "dac-3": "2", "": "1", "ro": "99", "ro2": "98"}
RECEIVERS = ("receiver-org", "recipient-org")
INCOMING = {"1", "11", "13"}  # the reporting organization receives


@dataclass(frozen=True)
class Party:
    """An organization as one element names it; `place` is the number of its activity and of its element."""

    ref: str
    names: tuple[str, ...]
    place: tuple[int, int]
    activity: str = ""  # the identifier of the party's own activity


@dataclass(frozen=True)
class Share:
    """A sector, country or region, with the part of the money that it has."""

    of: str
    code: str
    vocabulary: str
    percentage: str
    place: tuple[int, int]


@dataclass(frozen=True)
class Money:
    """A transaction, budget or planned disbursement."""

    element: str
    kind: str
    date: str
    amount: Decimal | None
    printed: str
    currency: str
    value_date: str
    place: tuple[int, int]
    end: str = ""
    status: str = ""
    provider: Party | None = None
    receiver: Party | None = None
    finance: str = ""
    finance_of_activity: str = ""
    flow: str = ""
    aid: tuple[str, ...] = ()
    tied: str = ""
    channel: str = ""
    description: str = ""
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A policy marker, a tag, a humanitarian emergency or appeal, or the humanitarian flag."""

    scheme: str
    place: tuple[int, int]
    code: str = ""
    vocabulary: str = ""
    significance: str = ""
    label: str = ""


@dataclass(frozen=True)
class Location:
    """A place that a file describes: its position, the code of its country, its reach, and how fine it is."""

    position: str
    country: str
    reach: str
    kind: str  # the code of its class
    designation: str  # the code of GeoNames


@dataclass(frozen=True)
class Period:
    """A period of an indicator of a result, with its values as printed."""

    title: str
    indicator: str
    span: tuple[str, str]
    target: str
    actual: str


@dataclass
class Activity:
    """An activity: its own element, and each of its parts with the number of its element."""

    number: int
    identifier: str
    titles: list[str] = field(default_factory=list)
    reporter: Party | None = None
    secondary: bool = False
    roles: list[tuple[str, Party]] = field(default_factory=list)
    status: str = ""
    dates: list[tuple[str, str]] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    descriptions: list[tuple[str, str, int]] = field(default_factory=list)  # type, text, number of the element
    marks: list[Mark] = field(default_factory=list)
    documents: list[tuple[str, str, tuple[str, ...], int]] = field(default_factory=list)  # url, format, titles, element
    locations: list[Location] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)
    updated: str = ""

    def day(self, kind: str) -> str:
        """Return the first date of a kind, by its code."""
        return next((day for code, day in self.dates if code == kind), "")


def activities(path: Path) -> Iterator[Activity]:
    """Yield the activities of a file in their order, each from its own element."""
    events = etree.iterparse(path, events=("end",), tag="iati-activity", resolve_entities=False, no_network=True)
    for number, (_, element) in enumerate(events, 1):
        yield _activity(element, number)
        element.clear()


def organisation_money(path: Path) -> Iterator[tuple[str, Money]]:
    """Yield the budgets and the expenditure of a file of organisations, each with its organisation."""
    events = etree.iterparse(path, events=("end",), tag="iati-organisation", resolve_entities=False, no_network=True)
    for number, (_, element) in enumerate(events, 1):
        identifier = _text(element.find("organisation-identifier")) or _text(element.find("iati-identifier"))
        for place, child in enumerate(_children(element), 1):
            if child.find("value") is not None:
                yield identifier, _money(child, element, (number, place))
        element.clear()


def _activity(element: Element, number: int) -> Activity:
    activity = Activity(number, _text(element.find("iati-identifier")))
    activity.updated = element.get("last-updated-datetime", "")
    if element.get("humanitarian") in {"1", "true"}:
        activity.marks.append(Mark("humanitarian", (number, 0)))
    for place, child in enumerate(_children(element), 1):
        at = number, place
        activity.parts[str(child.tag)] += 1
        match child.tag:
            case "title":
                activity.titles += _names(child)
            case "reporting-org":
                activity.reporter = _party(child, at)
                activity.secondary = child.get("secondary-reporter", "") in {"1", "true"}
            case "participating-org":
                role = child.get("role", "")
                activity.roles.append((ROLES.get(role.casefold(), role), _party(child, at)))
            case "activity-status":
                activity.status = child.get("code", "")
            case "activity-date":
                kind = child.get("type", "")
                activity.dates.append((DATES.get(kind.casefold(), kind), _date(child)))
            case "sector" | "recipient-country" | "recipient-region":
                activity.shares.append(_share(child, at))
            case "related-activity":
                activity.related.append((child.get("ref", "").strip(), child.get("type", "")))
            case "description":
                activity.descriptions += [(child.get("type", "") or "1", text, place) for text in _names(child)]
            case "policy-marker" | "tag" | "humanitarian-scope":
                activity.marks.append(_mark(child, at))
            case "document-link":
                titles = tuple(text for title in child.findall("title") for text in _names(title))
                activity.documents.append((child.get("url", ""), child.get("format", ""), titles, place))
            case "result":
                activity.periods += _periods(child)
            case "location":
                activity.locations.append(_location(child))
            case "transaction" | "budget" | "planned-disbursement":
                activity.money.append(_money(child, element, at))
    return activity


def _mark(element: Element, at: tuple[int, int]) -> Mark:
    scheme = str(element.tag)
    if scheme == "humanitarian-scope":
        scheme = {"1": "emergency", "2": "appeal"}.get(element.get("type", ""), "")
    return Mark(
        scheme=scheme,
        place=at,
        code=element.get("code", "").strip(),
        vocabulary=element.get("vocabulary", ""),
        significance=element.get("significance", ""),
        label="".join(_names(element)[:1]),
    )


def _periods(element: Element) -> Iterator[Period]:
    """Yield the periods of all indicators of a result; values of a part, such as women, are left to others."""
    for indicator in element.findall("indicator"):
        for period in indicator.findall("period"):
            values = {name: [one.get("value", "") for one in period.findall(name) if one.find("dimension") is None]
                      for name in ("target", "actual")}  # fmt: skip
            yield Period(
                title="".join(_names(element.find("title"))[:1]),
                indicator="".join(_names(indicator.find("title"))[:1]),
                span=(_date(period.find("period-start")), _date(period.find("period-end"))),
                target="".join(values["target"][:1]),
                actual="".join(values["actual"][:1]),
            )


def _location(element: Element) -> Location:
    codes = [child for name in ("location-id", "administrative") for child in element.findall(name)]
    of_country = [child.get("code", "") for child in codes if child.get("vocabulary") == "A4"]
    return Location(
        position=_text(element.find("point/pos")),
        country="".join(of_country[:1]),
        reach=_code(element, "location-reach"),
        kind=_code(element, "location-class"),
        designation=_code(element, "feature-designation"),
    )


def _money(element: Element, activity: Element, at: tuple[int, int]) -> Money:
    value = element.find("value")
    printed = _text(value)
    kind = _code(element, "transaction-type").casefold() or element.get("type", "").casefold()
    return Money(
        element=str(element.tag),
        kind=MONEY.get(kind, {"original": "1", "revised": "2"}.get(kind, kind)),
        date=_date(element.find("transaction-date")) or _date(element.find("period-start")),
        end=_date(element.find("period-end")),
        amount=_number(printed),
        printed=printed,
        currency=_attribute(value, "currency") or activity.get("default-currency", ""),
        value_date=_attribute(value, "value-date"),
        place=at,
        status=element.get("status", ""),
        provider=_party(element.find("provider-org"), at),
        receiver=_party(next((element.find(name) for name in RECEIVERS if element.find(name) is not None), None), at),
        finance=_code(element, "finance-type"),
        finance_of_activity=_code(activity, "default-finance-type"),
        flow=_code(element, "flow-type") or _code(activity, "default-flow-type"),
        aid=tuple(_aid(element, "aid-type") or _aid(activity, "default-aid-type")),
        tied=_code(element, "tied-status") or _code(activity, "default-tied-status"),
        channel=_code(element, "disbursement-channel"),
        description=_english(element.find("description"), activity.get(LANGUAGE, "")),
        shares=tuple(
            _share(child, at)
            for child in _children(element)
            if child.tag in {"sector", "recipient-country", "recipient-region"}
        ),
    )


def _party(element: Element | None, at: tuple[int, int]) -> Party:
    if element is None:
        return Party("", (), at)
    names = ("provider-activity-id", "receiver-activity-id", "activity-id")
    activity = next((element.get(name, "").strip() for name in names if element.get(name)), "")
    return Party(element.get("ref", "").strip(), tuple(_names(element)), at, activity)


def _share(element: Element, at: tuple[int, int]) -> Share:
    vocabulary = element.get("vocabulary", "")
    if element.tag == "sector":
        vocabulary = SECTORS.get(vocabulary.casefold(), vocabulary)
    return Share(str(element.tag), element.get("code", "").strip(), vocabulary, element.get("percentage", ""), at)


def _children(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _names(element: Element | None) -> list[str]:
    """Return the texts of an element: its narratives (2.x), else its own (1.x)."""
    if element is None:
        return []
    said = [_text(child) for child in element.findall("narrative")] or [_text(element)]
    return [text for text in said if text]


def _text(element: Element | None) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split()) if element is not None else ""


def _code(element: Element, name: str) -> str:
    return next(iter(_codes(element, name)), "")


def _codes(element: Element, name: str) -> list[str]:
    return [child.get("code", "").strip() for child in element.findall(name) if child.get("code", "").strip()]


def _aid(element: Element, name: str) -> list[str]:
    """Return the codes of the OECD's list of types of aid; other lists have other codes."""
    listed = [child for child in element.findall(name) if child.get("vocabulary", "1") == "1"]
    return [child.get("code", "").strip() for child in listed if child.get("code", "").strip()]


def _english(element: Element | None, language: str) -> str:
    """Return the English text of an element, or else its first; a text without a language has that of the activity."""
    if element is None:
        return ""
    tongues = [(one.get(LANGUAGE) or language, _text(one)) for one in element.findall("narrative")]
    english = [text for tongue, text in tongues if tongue.casefold().startswith("en")]
    return "".join([*english, *_names(element)][:1])


def _attribute(element: Element | None, name: str) -> str:
    return element.get(name, "").strip() if element is not None else ""


def _date(element: Element | None) -> str:
    """Return the day of an element: its attribute, else its text (1.x), without a time."""
    return (_attribute(element, "iso-date") or _text(element))[:10]


def _number(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
