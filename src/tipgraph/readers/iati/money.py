"""The transactions of an IATI activity as hops of money, in the direction in which it flows."""

from tipgraph.readers.currencies import currencies
from tipgraph.readers.figures import ahead, amount, day
from tipgraph.readers.iati.activity import Activity, Element
from tipgraph.readers.iati.actors import actor_of
from tipgraph.readers.iati.places import place_of
from tipgraph.readers.intake import Intake

_KINDS = {
    "1": "received",
    "2": "awarded",
    "3": "disbursed",
    "4": "spent",
    "11": "incoming-commitment",
    "12": "pledged",
    "13": "pledged",
}
_INCOMING = frozenset({"1", "11", "13"})
_SILENT = "the element names no {}; by the standard it is the reporting organization"


def take(intake: Intake, activity: Activity, element: Element, project: str, reporter: str) -> None:
    """Claim a transaction as a hop from its provider to its receiver, for the activity.

    Who is not named is the reporting organization by the standard: the receiver of incoming money, the provider of any
    other. Such a claim is implied. Where the transaction has countries of its own, the money is for these.
    """
    kind = _code(element, "transaction-type")
    if kind not in _KINDS:
        activity.fault(intake, f"a transaction of type {kind!r}, which is no giving of money; left out", element)
        return
    ends = {name: element.node.find(f"{name}-org") for name in ("provider", "receiver")}
    giver, receiver = (actor_of(intake, activity, node, element.at) for node in ends.values())
    silent = ""
    if kind in _INCOMING and not receiver:
        receiver, silent = reporter, "receiver"
    elif kind not in _INCOMING and not giver:
        giver, silent = reporter, "provider"
    if not giver:
        activity.fault(intake, "a transaction that names nobody who gives; left out", element)
        return
    places = [place for node in element.node.iterchildren("recipient-country", "recipient-region")
              if (place := place_of(intake, activity, Element(node, element.at)))]  # fmt: skip
    named = {f"{name}Activity": (node.get(f"{name}-activity-id") or "").strip() for name, node in ends.items()
             if node is not None}  # fmt: skip
    hop = {"giver": giver, "receiver": receiver, "purpose": project, "moneyKind": _KINDS[kind]}
    if silent:
        hop |= {"modality": "implied", "note": _SILENT.format(silent)}
    date = _date(intake, activity, element)
    intake.claim("funding", element.at, **hop, place=places, date=date, **_amount(intake, activity, element), **named)


def _code(element: Element, name: str) -> str:
    node = element.node.find(name)
    return Element(node, element.at).code("code") if node is not None else ""


def _date(intake: Intake, activity: Activity, element: Element) -> str:
    node = element.node.find("transaction-date")
    if node is None:
        return ""
    try:
        when = day(node.get("iso-date") or "")
    except ValueError as error:
        activity.fault(intake, f"transaction-date: {error}", element)
        return ""
    if ahead(when):
        activity.fault(intake, f"the transaction of {when} lies ahead; taken as it stands", element)
    return when


def _amount(intake: Intake, activity: Activity, element: Element) -> dict[str, str]:
    """Return the amount with its currency, as printed and as a number; nothing where it cannot be read."""
    node = element.node.find("value")
    printed = ((node.text or "") if node is not None else "").strip()
    currency = ((node.get("currency") or "") if node is not None else "").strip() or activity.currency
    without = "; the transaction was taken without its amount"
    try:
        found = amount(printed, ".")
        dated = day(node.get("value-date") or "") if node is not None and node.get("value-date") else ""
    except ValueError as error:
        activity.fault(intake, f"value: {error}{without}", element)
        return {}
    if currency not in currencies():
        activity.fault(intake, f"{currency!r} is no currency of ISO 4217{without}", element)
        return {}
    if not float(found):
        activity.fault(intake, f"an amount of {printed}, which says nothing{without}", element)
        return {}
    return {"amount": found, "currency": currency, "amountAsPrinted": printed, "valueDate": dated}
