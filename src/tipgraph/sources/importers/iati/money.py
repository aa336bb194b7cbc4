"""Amounts, days, percentages and codes of the elements of an IATI activity that are about money.

A wrong value is left out, with a fault of its element; the rest of the element is kept.
"""

from collections.abc import Iterable
from functools import cache

from lxml import etree

from tipgraph.sources.importers.cell_values import amount, currencies, day, interval, money
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.row_builder import MONEY, RowBuilder

_PERIOD = ("period-start", "period-end")
_WHOLE, _ROUNDING = 100, 1  # percent


class MoneyValues:
    """Reads the values of the elements of one activity."""

    def __init__(self, builder: RowBuilder, activity: Activity) -> None:
        self._builder, self._activity = builder, activity

    def amount(self, element: Element) -> dict[str, str]:
        """Return the amount of an element with its currency, as printed and as a number, and its value date.

        A wrong amount, and one of 0, is left out with its currency; a wrong value date costs nothing else.
        """
        value = child(element, "value")
        printed = (value.node.text or "").strip()
        known = currencies(self._builder.ontology)
        currency = value.get("currency") or self._activity.currency
        if currency not in known and currency.upper() in known:
            currency = self._activity.in_capitals(self._builder, currency, element)
        try:
            number = money(printed, currency, known)
        except ValueError as error:
            self.fault(f"value: {error}; the {element.node.tag} was imported without its amount", element, MONEY)
            return {}
        if not float(number):
            message = (
                f"value: an amount of {printed} is no payment; the {element.node.tag} was imported without its amount"
            )
            self.fault(message, element)
            return {}
        if number.startswith("-"):
            tag = element.node.tag
            perhaps = ", and may take money back" * (tag == "transaction")
            self.fault(f"value: an amount of {printed} is below 0{perhaps}; the {tag} was imported unchanged", element)
        value_date = value.get("value-date")
        dated = self.day(value_date, "value-date", element) if value_date else ""
        return {"amount": number, "currency": currency, "amountAsPrinted": printed, "valueDate": dated}

    def day(self, text: str, name: str, element: Element) -> str:
        """Return a day; an empty string and a fault for any other text."""
        try:
            return day(text)
        except ValueError as error:
            self.fault(f"{name}: {error}", element)
            return ""

    def dated(self, element: Element, name: str) -> str:
        """Return the day of a child; an empty string if there is none, or a fault if it is no day."""
        written = [part.get("iso-date") or (part.node.text or "").strip() for part in children(element, name)]
        return self.day(written[0], name, element) if written else ""

    def period(self, element: Element) -> str:
        """Return the period as an EDTF interval whose unknown end stays unknown; nothing and a fault if it is wrong."""
        start, end = (self.dated(element, name) for name in _PERIOD)
        if not any(children(element, name) for name in _PERIOD):
            self.fault(f"the {element.node.tag} has no period; imported without one", element)
        if start and end and end < start:
            self.fault(f"begins on {start} and ends on {end}; imported without its period", element)
            return ""
        if start and not end:
            return f"{start}/"
        return interval(start, end) if end else ""

    def codes(self, elements: Iterable[Element], attribute: str, code_list: str) -> list[str]:
        """Return our codes for those of a list of IATI, each once; a code without one is a fault."""
        known, codes = self._builder.ontology.matches(code_list), dict[str, None]()
        for element in elements:
            written = element.code(attribute)
            if written in known:
                codes[known[written]] = None
            elif written:
                self.fault(f"{element.node.tag} {attribute} {written!r} has no code here; left out", element)
        return list(codes)

    def share(self, element: Element) -> str:
        """Return the percentage of an element; an empty string without one, and a fault for a wrong one."""
        printed = element.get("percentage")
        try:
            share = amount(printed.rstrip("% "), ".") if printed else ""
            if share and not 0 <= float(share) <= _WHOLE:
                raise ValueError
        except ValueError:
            self.fault(f"{printed!r} is no percentage; left out", element)
            return ""
        return share

    def check_whole(self, shares: Iterable[str], of: str, element: Element) -> None:
        """Add a fault of an element if the percentages of its parts do not add up to 100; there may be none."""
        total = sum(float(share or 0) for share in shares)
        if total and abs(total - _WHOLE) > _ROUNDING:
            self.fault(f"the percentages of {of} add up to {total:g}, not {_WHOLE}", element)

    def fault(self, message: str, element: Element, lost: str = "") -> None:
        """Add a fault of an element, and what is lost with it."""
        self._activity.fault(self._builder, message, element, lost)


def children(element: Element, name: str) -> list[Element]:
    """Return the children of a name, with the place of the element."""
    return [Element(node, element.at) for node in element.node.iterchildren(name)]


def child(element: Element, name: str) -> Element:
    """Return the first child of a name; an empty element if there is none."""
    node = element.node.find(name)
    return Element(_empty(name) if node is None else node, element.at)


@cache
def _empty(name: str) -> etree._Element:
    return etree.Element(name)


def is_zero(element: Element) -> bool:
    """Tell whether the value of an element is the number 0."""
    printed = (child(element, "value").node.text or "").strip()
    return "0" in printed and not printed.strip("+-0.,")
