"""Files of organizations (`iati-organisations`): the budgets of an organization, and its documents.

A total budget and a total expenditure are money for the organization itself, without a giver. They hold the budgets and
payments of its activities, and so they are kinds of their own. A budget for a country, a region or another organization
is money that the organization plans to give. None of them was paid.
"""

from typing import Final

from tipgraph.sources.importers.iati.activity import Activity, Element, narratives
from tipgraph.sources.importers.iati.actors import GOVERNMENT, Organizations, is_identifier
from tipgraph.sources.importers.iati.documents import read_document
from tipgraph.sources.importers.iati.money import MoneyValues, child, is_zero
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.row_builder import RowBuilder

IDENTIFIERS: Final = ("organisation-identifier", "iati-identifier")  # in versions 2 and 1
_RECIPIENTS = {  # the element that names for whom or where the money is
    "total-budget": "", "total-expenditure": "", "recipient-org-budget": "recipient-org",
    "recipient-country-budget": "recipient-country", "recipient-region-budget": "recipient-region",
}  # fmt: skip
_TOTALS = ("total-budget", "total-expenditure")  # kinds of money too
_READ = frozenset({*IDENTIFIERS, *_RECIPIENTS, "name", "reporting-org", "document-link"})
_UNKNOWN = "for a {} that is not known here ({})"
_LISTED = "the file lists it among the documents of the organization"


class OrganizationReading:
    """Reads one organization; it has no topic."""

    topic = None

    def __init__(self, builder: RowBuilder, activity: Activity, organizations: Organizations) -> None:
        self._builder, self._record, self._organizations = builder, activity, organizations
        self._values = MoneyValues(builder, activity)

    def read(self) -> None:
        """Claim names, budgets and documents of the organization."""
        self._builder.report.unread.update(self._record.unread(_READ))
        for element in self._record.all("reporting-org"):
            self._organizations.party(self._builder, self._record, element)
        actor = self._actor()
        for element in self._record.all(*_RECIPIENTS):
            self._budget(element, actor)
        for element in self._record.all("document-link"):
            read_document(self._builder, self._record, element.node, element.at, publisher=actor, modality="implied",
                          note=_LISTED)  # fmt: skip

    def _actor(self) -> str:
        """Return the organization, and claim its identifier and its names."""
        identifier = self._record.identifier
        names = [(element, *pair) for element in self._record.all("name")
                 for pair in narratives(element.node, self._record.language)]  # fmt: skip
        kinds = [
            element.get("type") for element in self._record.all("reporting-org") if element.get("ref") == identifier
        ]
        kind = next(iter(kinds), "")
        actor = self._builder.entry(
            "actors",
            identifier,
            names[0][1] if names else identifier,
            type="GovernmentBody" if kind in GOVERNMENT else "Organization",
            actorKind=self._builder.ontology.matches("organisationtype").get(kind, ""),
            iatiIdentifier=identifier if is_identifier(identifier) else "",
        )
        self._builder.name(actor, identifier, "number", self._record.all(*IDENTIFIERS)[0].at)
        for element, name, tongue in names:
            self._builder.name(actor, name, "name", element.at, language=tongue)
        return actor

    def _budget(self, element: Element, actor: str) -> None:
        tag = str(element.node.tag)
        if is_zero(element):
            self._builder.report.left[f"{tag} elements with an amount of 0"] += 1
            return
        status = self._values.codes([element], "status", "budgetstatus")
        self._builder.claim("funding", element.at, **self._ends(element, _RECIPIENTS[tag], actor),
                            moneyKind=tag if tag in _TOTALS else "budgeted", budgetStatus=status,
                            date=self._values.period(element), **self._values.amount(element))  # fmt: skip

    def _ends(self, element: Element, recipient: str, actor: str) -> dict[str, str]:
        """Return giver, receiver and purpose of a budget; a note if it names no recipient that is known here."""
        if not recipient:
            return {"purpose": actor}
        part = child(element, recipient)
        if recipient == "recipient-org":
            other = self._organizations.party(self._builder, self._record, part).actor
            known = {"receiver": other} if other else {}
        else:
            place = place_of(self._builder, self._record, part)
            known = {"purpose": place, "place": place} if place else {}
        if known:
            return {"giver": actor, **known}
        unknown = _UNKNOWN.format(recipient, part.get("code") or "without a name")
        return {"giver": actor, "purpose": actor, "note": unknown}
