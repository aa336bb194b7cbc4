"""The transactions of an IATI activity as payments, in the direction of the money.

Decision: docs/decisions/0202-transactions-keep-the-codes-of-iati.md.
"""

from tipgraph.sources.importers.cell_values import is_future
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.actors import Organizations, Party
from tipgraph.sources.importers.iati.money import MoneyValues, child, children
from tipgraph.sources.importers.iati.parties import Ends
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.iati.sectors import read_sectors
from tipgraph.sources.importers.iati.words import worded
from tipgraph.sources.importers.row_builder import At, Cell, RowBuilder

_KINDS = {
    "1": "received", "2": "awarded", "3": "disbursed", "4": "spent", "11": "incoming-commitment", "12": "pledged",
    "13": "pledged", "7": "disbursed",  # by the list of types a reimbursement is a disbursement for what was spent
}  # fmt: skip
_NO_GIVING = {
    "5": "interest payments", "6": "loan repayments", "8": "purchases of equity", "9": "sales of equity",
    "10": "credit guarantees",
}  # fmt: skip
_INCOMING = frozenset({"1", "11", "13"})
_SILENT = "the element names no {}; by the standard it is the reporting organization"
_CODED = {  # the columns of coded elements; without one, the default of the activity counts
    "finance-type": "financeType", "flow-type": "flowType", "aid-type": "aidType", "tied-status": "tiedStatus",
    "disbursement-channel": "disbursementChannel",
}  # fmt: skip
DEFAULTS = tuple(f"default-{name}" for name in _CODED)
_OECD = "1"  # the vocabulary of types of aid; there are others for earmarking and cash


class Payments:
    """Claims the transactions of one activity."""

    def __init__(
        self, builder: RowBuilder, activity: Activity, organizations: Organizations, project: str, reporter: str
    ) -> None:
        """Claim payments for a project and its reporter; `places` has the places of transactions."""
        self._builder, self._activity, self._organizations = builder, activity, organizations
        self._project, self._reporter = project, reporter
        self._values = MoneyValues(builder, activity)
        self._defaults: dict[str, tuple[list[str], list[At]]] = {}
        self.places: dict[str, At] = {}

    def read(self, element: Element) -> str:
        """Claim a transaction as a payment from its provider to its receiver, with its sectors; return the giver.

        By the standard a missing receiver of incoming money, or a missing provider of other money, is the reporting
        organization; such a claim is implied, and cites the element that names it too. Any other missing or withheld
        name stays open. The money is for the countries of the transaction, if it has its own.
        """
        kind = child(element, "transaction-type").code("code")
        if kind in _NO_GIVING:
            self._builder.report.left[f"{_NO_GIVING[kind]}, which give no money"] += 1
            return ""
        if kind not in _KINDS:
            self._values.fault(f"{kind!r} is no type of transaction; left out", element, "transactions")
            return ""
        ends, notes = self._ends(element, "receiver" if kind in _INCOMING else "provider")
        coded, at = self._coded(element)
        at += [reporter.at for reporter in self._activity.all("reporting-org") if notes]
        words = child(element, "description").node
        payment = self._builder.claim("funding", element.at, *at, **ends.cells, purpose=self._project,
                            moneyKind=_KINDS[kind], place=self._places(element), date=self._date(element), **coded,
                            modality="implied" if notes else "", note="; ".join([*ends.notes, *notes]),
                            **self._values.amount(element),
                            **worded(self._builder, words, "description", self._activity.language))  # fmt: skip
        read_sectors(self._builder, self._values, children(element, "sector"), element, payment=payment)
        return ends.provider.actor

    def _ends(self, element: Element, ours: str) -> tuple[Ends, list[str]]:
        """Return the ends of a transaction, and a note if the reporter is one of them by the standard alone."""
        ends = Ends.of(self._builder, self._activity, self._organizations, element)
        named = {"provider": ends.provider, "receiver": ends.receiver}
        if named[ours] != Party():
            return ends, []
        named[ours] = Party(self._reporter)
        return ends._replace(provider=named["provider"], receiver=named["receiver"]), [_SILENT.format(ours)]

    def _places(self, element: Element) -> list[str]:
        """Return the places of a transaction, and keep them for the activity."""
        nodes = [*children(element, "recipient-country"), *children(element, "recipient-region")]
        places = list(filter(None, (place_of(self._builder, self._activity, node) for node in nodes)))
        self.places = dict.fromkeys(places, element.at) | self.places
        return places

    def _coded(self, element: Element) -> tuple[dict[str, Cell], list[At]]:
        """Return the coded cells of a transaction, and the places of the defaults of the activity among them."""
        cells, at = dict[str, Cell](), list[At]()
        for name, column in _CODED.items():
            own = [part for part in children(element, name) if part.get("code")]
            codes, places = (self._codes(name, own), []) if own else self._default(name)
            cells[column] = codes
            at += places
        return cells, at

    def _default(self, name: str) -> tuple[list[str], list[At]]:
        """Return our codes of a default of the activity, and its places; faults of it are added once."""
        if name not in self._defaults:
            parts = self._activity.all(f"default-{name}")
            codes = self._codes(name, parts)
            self._defaults[name] = codes, [part.at for part in parts if codes and _is_listed(part)]
        return self._defaults[name]

    def _codes(self, name: str, elements: list[Element]) -> list[str]:
        listed = [element for element in elements if _is_listed(element)]
        if others := len(elements) - len(listed):
            self._builder.report.left["types of aid of other lists than the OECD's"] += others
        return self._values.codes(listed, "code", name.replace("-", ""))

    def _date(self, element: Element) -> str:
        when = self._values.dated(element, "transaction-date")
        if not children(element, "transaction-date"):
            self._values.fault("the transaction has no transaction-date; imported without a date", element)
        if is_future(when):
            self._values.fault(f"the transaction of {when} is in the future; imported unchanged", element)
        return when


def _is_listed(element: Element) -> bool:
    return element.get("vocabulary") in ("", _OECD)
