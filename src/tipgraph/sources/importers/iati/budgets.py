"""The budgets and planned disbursements of an IATI activity as money of kinds of their own.

A budget names neither giver nor receiver, and so its claim has none. A planned disbursement has those that its element
names. Whether it is the original or a revised one, indicative or committed, is claimed only if the element says so.

Decision: docs/decisions/0200-budgets-are-kinds-of-money.md.
"""

from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.actors import Organizations
from tipgraph.sources.importers.iati.money import MoneyValues, is_zero
from tipgraph.sources.importers.iati.parties import Ends
from tipgraph.sources.importers.row_builder import RowBuilder

_KINDS = {"budget": "budgeted", "planned-disbursement": "planned-disbursement"}
TAGS = tuple(_KINDS)


class Budgets:
    """Claims the budgets and planned disbursements of one activity."""

    def __init__(self, builder: RowBuilder, activity: Activity, organizations: Organizations, project: str) -> None:
        self._builder, self._activity, self._organizations = builder, activity, organizations
        self._project = project
        self._values = MoneyValues(builder, activity)

    def read(self, element: Element) -> None:
        """Claim a budget or a planned disbursement with its period; one of 0 is counted and left out."""
        tag = str(element.node.tag)
        if is_zero(element):
            self._builder.report.left[f"{tag} elements with an amount of 0"] += 1
            return
        ends = Ends.of(self._builder, self._activity, self._organizations, element)
        kind, status = (self._values.codes([element], name, f"budget{name}") for name in ("type", "status"))
        self._builder.claim("funding", element.at, **ends.cells, purpose=self._project, moneyKind=_KINDS[tag],
                            budgetType=kind, budgetStatus=status, date=self._values.period(element),
                            note="; ".join(ends.notes), **self._values.amount(element))  # fmt: skip
