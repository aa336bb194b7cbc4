"""The transactions of an IATI activity as hops of money, in the direction in which it flows."""

from lxml import etree

from tipgraph.model import ontology
from tipgraph.sources.importers.currencies import currencies
from tipgraph.sources.importers.estimates_table import ahead, amount, day
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.actors import Organizations, Party
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.row_builder import At, Intake

_KINDS = {
    "1": "received",
    "2": "awarded",
    "3": "disbursed",
    "4": "spent",
    "11": "incoming-commitment",
    "12": "pledged",
    "13": "pledged",
}
_NO_GIVING = {
    "5": "interest payments",
    "6": "loan repayments",
    "7": "reimbursements",
    "8": "purchases of equity",
    "9": "sales of equity",
    "10": "credit guarantees",
}
_INCOMING = frozenset({"1", "11", "13"})
_SILENT = "the element names no {}; by the standard it is the reporting organization"
_WITHHELD = "the file withholds the name of the {}"


class Hops:
    """Claims the transactions of one activity."""

    def __init__(
        self, intake: Intake, activity: Activity, organizations: Organizations, project: str, reporter: str
    ) -> None:
        """Claim them for a project that an actor reports; `places` are theirs, each with where it first stands."""
        self._intake, self._activity, self._organizations = intake, activity, organizations
        self._project, self._reporter = project, reporter
        self.places: dict[str, At] = {}

    def take(self, element: Element) -> str:
        """Claim a transaction as a hop from its provider to its receiver, and return who gives.

        Who is not named is the reporting organization by the standard: the receiver of incoming money, the provider of
        any other. Such a claim is implied. Who else is not named, or whose name is withheld, stays open. Where the
        transaction has countries of its own, the money is for these.
        """
        kind = _code(element, "transaction-type")
        if kind in _NO_GIVING:
            self._intake.report.left[f"{_NO_GIVING[kind]}, which give no money"] += 1
        if kind not in _KINDS:
            if kind not in _NO_GIVING:
                self._fault(f"{kind!r} is no type of transaction; left out", element)
            return ""
        ends = {name: element.node.find(f"{name}-org") for name in ("provider", "receiver")}
        parties = {name: self._party(node, element) for name, node in ends.items()}
        said = {name: party.actor for name, party in parties.items()}
        notes = [_WITHHELD.format(name) for name, party in parties.items() if party.withheld]
        ours = "receiver" if kind in _INCOMING else "provider"
        silent = parties[ours] == Party()
        if silent:
            said[ours] = self._reporter
            notes.append(_SILENT.format(ours))
        named = {f"{name}Activity": (node.get(f"{name}-activity-id") or "").strip() for name, node in ends.items()
                 if node is not None}  # fmt: skip
        places = [place for node in element.node.iterchildren("recipient-country", "recipient-region")
                  if (place := place_of(self._intake, self._activity, Element(node, element.at)))]  # fmt: skip
        finance, at = self._finance(element)
        self.places = dict.fromkeys(places, element.at) | self.places
        self._intake.claim("funding", *at, giver=said["provider"], receiver=said["receiver"],
                           purpose=self._project, moneyKind=_KINDS[kind], financeType=finance, place=places,
                           date=self._date(element),
                           modality="implied" if silent else "", note="; ".join(notes), **self._amount(element),
                           **named)  # fmt: skip
        return said["provider"]

    def _party(self, node: etree._Element | None, element: Element) -> Party:
        if node is None:
            return Party()
        return self._organizations.party(self._intake, self._activity, Element(node, element.at))

    def _finance(self, element: Element) -> tuple[str, list[At]]:
        """Return the type of finance, that of the activity where the transaction has none, and where it is said."""
        code, at = _code(element, "finance-type"), [element.at]
        default = self._activity.all("default-finance-type")[:1]
        if not code and default:
            code, at = default[0].get("code"), [element.at, default[0].at]
        found = ontology().matches("financetype").get(code, "")
        if code and not found:
            self._fault(f"{code!r} is no type of finance that we have a code for", element)
        return found, at if found else [element.at]

    def _date(self, element: Element) -> str:
        node = element.node.find("transaction-date")
        if node is None:
            return ""
        when = self._day(node.get("iso-date") or "", "transaction-date", element)
        if ahead(when):
            self._fault(f"the transaction of {when} lies ahead; taken as it stands", element)
        return when

    def _amount(self, element: Element) -> dict[str, str]:
        """Return the amount with its currency, as printed and as a number; nothing where it cannot be read."""
        node = element.node.find("value")
        printed = ((node.text or "") if node is not None else "").strip()
        currency = ((node.get("currency") or "") if node is not None else "").strip() or self._activity.currency
        without = "; the transaction was taken without its amount"
        try:
            found = amount(printed, ".")
        except ValueError as error:
            self._fault(f"value: {error}{without}", element)
            return {}
        if not currency:
            self._fault(f"an amount of {printed} without a currency{without}: give value a currency", element)
        elif currency not in currencies():
            self._fault(f"{currency!r} is no currency of ISO 4217{without}", element)
        elif not float(found):
            self._fault(f"an amount of {printed}, which says nothing{without}", element)
        else:
            said = node.get("value-date") if node is not None else ""
            dated = self._day(said, "value-date", element) if said else ""
            return {"amount": found, "currency": currency, "amountAsPrinted": printed, "valueDate": dated}
        return {}

    def _day(self, said: str, name: str, element: Element) -> str:
        """Return a day; an empty string, and a fault, for what is none."""
        try:
            return day(said)
        except ValueError as error:
            self._fault(f"{name}: {error}", element)
            return ""

    def _fault(self, message: str, element: Element) -> None:
        self._activity.fault(self._intake, message, element)


def _code(element: Element, name: str) -> str:
    node = element.node.find(name)
    return Element(node, element.at).code("code") if node is not None else ""
