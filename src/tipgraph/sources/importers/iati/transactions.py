"""The transactions of an IATI activity as payments, in the direction of the money."""

from lxml import etree

from tipgraph.model import ontology
from tipgraph.sources.importers.cell_values import day, is_future, money
from tipgraph.sources.importers.iati.activity import Activity, Element, described
from tipgraph.sources.importers.iati.actors import Organizations, Party
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.row_builder import At, RowBuilder

_KINDS = {
    "1": "received", "2": "awarded", "3": "disbursed", "4": "spent", "11": "incoming-commitment", "12": "pledged",
    "13": "pledged",
}  # fmt: skip
_NO_GIVING = {
    "5": "interest payments", "6": "loan repayments", "7": "reimbursements", "8": "purchases of equity",
    "9": "sales of equity", "10": "credit guarantees",
}  # fmt: skip
_INCOMING = frozenset({"1", "11", "13"})
_SILENT = "the element names no {}; by the standard it is the reporting organization"
_WITHHELD = "the file withholds the name of the {}"


class Payments:
    """Claims the transactions of one activity."""

    def __init__(
        self, builder: RowBuilder, activity: Activity, organizations: Organizations, project: str, reporter: str
    ) -> None:
        """Claim payments for a project and its reporter; `places` has the places of transactions."""
        self._builder, self._activity, self._organizations = builder, activity, organizations
        self._project, self._reporter = project, reporter
        self.places: dict[str, At] = {}

    def read(self, element: Element) -> str:
        """Claim a transaction as a payment from its provider to its receiver, and return the giver.

        By the standard a missing receiver of incoming money, or a missing provider of other money, is the reporting
        organization; such a claim is implied. Any other missing or withheld name stays open. The money is for the
        countries of the transaction, if it has its own.
        """
        kind = _code(element, "transaction-type")
        if kind in _NO_GIVING:
            self._builder.report.left[f"{_NO_GIVING[kind]}, which give no money"] += 1
            return ""
        if kind not in _KINDS:
            self._fault(f"{kind!r} is no type of transaction; left out", element)
            return ""
        ends = {name: _child(element, f"{name}-org") for name in ("provider", "receiver")}
        parties = {name: self._organizations.party(self._builder, self._activity, end) for name, end in ends.items()}
        notes = [_WITHHELD.format(name) for name, party in parties.items() if party.withheld]
        ours = "receiver" if kind in _INCOMING else "provider"
        silent = parties[ours] == Party()
        if silent:
            parties[ours] = Party(self._reporter)
            notes.append(_SILENT.format(ours))
        places = self._places(element)
        finance, at = self._finance(element)
        giver, words = parties["provider"].actor, _child(element, "description")
        self._builder.claim("funding", *at, giver=giver, receiver=parties["receiver"].actor, purpose=self._project,
                            moneyKind=_KINDS[kind], financeType=finance, place=places, date=self._date(element),
                            modality="implied" if silent else "", note="; ".join(notes), **self._amount(element),
                            providerActivity=ends["provider"].get("provider-activity-id"),
                            receiverActivity=ends["receiver"].get("receiver-activity-id"),
                            **described(self._builder, words.node, self._activity.language))  # fmt: skip
        return giver

    def _places(self, element: Element) -> list[str]:
        """Return the places of a transaction, and keep them for the activity."""
        nodes = element.node.iterchildren("recipient-country", "recipient-region")
        found = (place_of(self._builder, self._activity, Element(node, element.at)) for node in nodes)
        places = list(filter(None, found))
        self.places = dict.fromkeys(places, element.at) | self.places
        return places

    def _finance(self, element: Element) -> tuple[str, list[At]]:
        """Return the type of finance, of the transaction or else of the activity, and its places."""
        code, at = _code(element, "finance-type"), [element.at]
        default = self._activity.all("default-finance-type")[:1]
        if not code and default:
            code, at = default[0].get("code"), [element.at, default[0].at]
        finance = ontology().matches("financetype").get(code, "")
        if code and not finance:
            self._fault(f"{code!r} is no type of finance with a code here", element)
        return finance, at if finance else [element.at]

    def _date(self, element: Element) -> str:
        node = element.node.find("transaction-date")
        if node is None:
            return ""
        when = self._day(node.get("iso-date") or "", "transaction-date", element)
        if is_future(when):
            self._fault(f"the transaction of {when} is in the future; imported unchanged", element)
        return when

    def _amount(self, element: Element) -> dict[str, str]:
        """Return the amount with its currency, as printed and as a number; nothing and a fault if it is wrong."""
        value = _child(element, "value")
        printed = (value.node.text or "").strip()
        currency = value.get("currency") or self._activity.currency
        try:
            number = money(printed, currency)
            if not float(number):
                raise ValueError(f"an amount of {printed} is no payment")
        except ValueError as error:
            self._fault(f"value: {error}; the transaction was imported without its amount", element)
            return {}
        value_date = value.node.get("value-date") or ""
        dated = self._day(value_date, "value-date", element) if value_date else ""
        return {"amount": number, "currency": currency, "amountAsPrinted": printed, "valueDate": dated}

    def _day(self, text: str, name: str, element: Element) -> str:
        """Return a day; an empty string and a fault for any other text."""
        try:
            return day(text)
        except ValueError as error:
            self._fault(f"{name}: {error}", element)
            return ""

    def _fault(self, message: str, element: Element) -> None:
        self._activity.fault(self._builder, message, element)


def _child(element: Element, name: str) -> Element:
    """Return the first child of a name; an empty element if there is none."""
    node = element.node.find(name)
    return Element(etree.Element(name) if node is None else node, element.at)


def _code(element: Element, name: str) -> str:
    return _child(element, name).code("code")
