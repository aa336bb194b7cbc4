"""The provider and the receiver of an IATI element about money."""

from typing import NamedTuple

from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.actors import Organizations, Party
from tipgraph.sources.importers.iati.money import child
from tipgraph.sources.importers.row_builder import RowBuilder

_WITHHELD = "the file withholds the name of the {}"


class Ends(NamedTuple):
    """Provider and receiver of an element, the activities that it names for them, and notes on withheld names."""

    provider: Party
    receiver: Party
    provider_activity: str
    receiver_activity: str
    notes: list[str]

    @classmethod
    def of(cls, builder: RowBuilder, activity: Activity, organizations: Organizations, element: Element) -> "Ends":
        """Return the ends that an element names, and claim their names."""
        provider, receiver = (child(element, f"{name}-org") for name in ("provider", "receiver"))
        giving, receiving = (organizations.party(builder, activity, end) for end in (provider, receiver))
        withheld = {"provider": giving.withheld, "receiver": receiving.withheld}
        notes = [_WITHHELD.format(name) for name, text in withheld.items() if text]
        activities = provider.get("provider-activity-id"), receiver.get("receiver-activity-id")
        return cls(giving, receiving, *activities, notes)

    @property
    def cells(self) -> dict[str, str]:
        """The ends as the cells of a payment."""
        return {
            "giver": self.provider.actor,
            "receiver": self.receiver.actor,
            "providerActivity": self.provider_activity,
            "receiverActivity": self.receiver_activity,
        }
