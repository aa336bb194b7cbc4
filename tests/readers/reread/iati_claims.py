"""The rows of a built graph for an IATI file: the same topics, read from the claims."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from .iati_rows import name_key, plain
from .nodes import Nodes
from .rows import Row, row


class IatiClaims:
    """What the graph claims of the activities of one source."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.groups = set(nodes.of("Group"))
        self.actors = self.groups | set(nodes.of("Organization", "GovernmentBody", "OrganizationalUnit"))
        self.names: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for naming in nodes.of("Naming"):
            kind = nodes.code(naming, "nameKind", "name-kind")
            self.names[nodes.one(naming, "named")][kind].append(nodes.one(naming, "name"))
        self.holders: defaultdict[str, set[str]] = defaultdict(set)  # the actors that have an identifier
        for actor in self.actors:
            for ref in (*nodes.all(actor, "iatiIdentifier"), *self.names[actor]["number"]):
                self.holders[ref].add(actor)

    def key(self, actor: str) -> str:
        """Return what identifies an actor: its ref, if no other actor has it too, else its name."""
        if not actor:
            return ""
        refs = self.nodes.all(actor, "iatiIdentifier") or [
            ref for ref in self.names[actor]["number"] if self.holders[ref] == {actor}
        ]
        if refs:
            return f"ref {refs[0]}"
        name = name_key(self.nodes.one(actor, "label"))
        return name.replace("name ", "group ", 1) if actor in self.groups else name

    def activity(self, undertaking: str) -> str:
        return self.nodes.one(undertaking, "iatiIdentifier")

    def rows(self) -> Iterator[Row]:
        nodes = self.nodes
        yield from dict.fromkeys(self._names())
        yield from self._organizations()
        reported = {nodes.one(claim, "undertaking") for claim in nodes.of("Participation")}
        for project in nodes.of("Project"):
            own = project in reported
            yield row("activity" if own else "activity that is only named", activity=self.activity(project))
            for title in self.names[project]["title"]:
                yield row("title", activity=self.activity(project), title=title)
        for claim in nodes.of("Participation"):
            yield row(
                "role",
                nodes.place(claim),
                activity=self.activity(nodes.one(claim, "undertaking")),
                role=nodes.code(claim, "role", "role"),
                party=self.key(nodes.one(claim, "participant")),
            )
        for claim in nodes.of("Funding"):
            if nodes.code(claim, "moneyKind", "money-kind") not in {"budgeted", "planned-disbursement"}:
                yield self._payment(claim)
        for claim in nodes.of("UndertakingReport"):
            yield from self._report(claim)
        for claim in nodes.of("Allocation"):
            if nodes.all(claim, "undertaking"):
                yield self._share(claim)

    def _names(self) -> Iterator[Row]:
        for naming in self.nodes.of("Naming"):
            actor, kind = self.nodes.one(naming, "named"), self.nodes.code(naming, "nameKind", "name-kind")
            if actor in self.actors and kind != "number":
                place, name = self.nodes.place(naming), self.nodes.one(naming, "name")
                yield row("name", place, party=self.key(actor), name=name)

    def _organizations(self) -> Iterator[Row]:
        """Yield each actor, and with a group the activities that name it: it has to be one."""
        activities: defaultdict[str, set[str]] = defaultdict(set)
        for claim in self.nodes.of("Participation", "Funding"):
            about = self.nodes.one(claim, "undertaking") or self.nodes.one(claim, "purpose")
            for actor in (self.nodes.one(claim, role) for role in ("participant", "giver", "receiver")):
                activities[actor].add(self.activity(about))
        for actor in self.actors:
            own = ", ".join(sorted(activities[actor])) if actor in self.groups else ""
            yield row("organization", party=self.key(actor), activity=own)

    def _payment(self, claim: str) -> Row:
        nodes = self.nodes
        amount = nodes.one(claim, "amount")
        if nodes.code(claim, "moneyKind", "money-kind") == "unknown":
            return row(
                "funder without an amount",
                nodes.place(claim),
                activity=self.activity(nodes.one(claim, "purpose")),
                amount=amount,
                giver=self.key(nodes.one(claim, "giver")),
            )
        return row(
            "payment",
            nodes.place(claim),
            activity=self.activity(nodes.one(claim, "purpose")),
            kind=nodes.code(claim, "moneyKind", "money-kind"),
            amount=plain(Decimal(amount)) if amount else "",
            printed=nodes.one(claim, "amountAsPrinted"),
            currency=nodes.one(claim, "currency"),
            date=nodes.one(claim, "date"),
            value_date=nodes.one(claim, "valueDate"),
            giver=self.key(nodes.one(claim, "giver")),
            receiver=self.key(nodes.one(claim, "receiver")),
            finance=nodes.code(claim, "financeType", "finance-type"),
            modality=nodes.code(claim, "modality", "modality"),
            provider_activity=nodes.one(claim, "providerActivity"),
            receiver_activity=nodes.one(claim, "receiverActivity"),
        )

    def _report(self, claim: str) -> Iterator[Row]:
        nodes = self.nodes
        at, name = nodes.place(claim), self.activity(nodes.one(claim, "undertaking"))
        if status := nodes.code(claim, "status", "status"):
            yield row("status", at, activity=name, status=status)
        if date := nodes.one(claim, "date"):
            planned = nodes.code(claim, "dateBasis", "date-basis") == "planned"
            yield row("dates", at, activity=name, basis="planned" if planned else "actual", span=date)
        for place in nodes.all(claim, "place"):
            modality = nodes.code(claim, "modality", "modality")
            yield row("place", at, activity=name, code=self.code(place), modality=modality)
        for other in nodes.all(claim, "partOf"):
            yield row("related", at, activity=name, other=self.activity(other), kind="part of")
        for other in nodes.all(claim, "relatedTo"):
            yield row("related", at, activity=name, other=self.activity(other), kind="related")

    def _share(self, claim: str) -> Row:
        nodes = self.nodes
        at, name = nodes.place(claim), self.activity(nodes.one(claim, "undertaking"))
        percentage = plain(Decimal(nodes.one(claim, "percentage"))) if nodes.one(claim, "percentage") else ""
        if place := nodes.one(claim, "place"):
            return row("part of the money", at, activity=name, code=self.code(place), percentage=percentage)
        code, vocabulary = nodes.one(claim, "sector"), nodes.one(claim, "sectorVocabulary")
        return row("sector", at, activity=name, code=code, of=vocabulary, percentage=percentage)

    def code(self, place: str) -> str:
        """Return the code of a country or region."""
        return self.nodes.one(place, "isoAlpha2") or self.nodes.one(place, "m49")
