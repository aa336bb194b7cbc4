"""The rows of an IATI file, as anybody reads it who knows the standard: money, roles, places, sectors, dates, names."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from .iati_file import INCOMING, Activity, Money, Party, Share, activities
from .rows import Row, row

ROLE = {"1": "funder", "2": "accountable", "3": "extender", "4": "implementer"}
KIND = {
    "1": "received",
    "2": "awarded",
    "3": "disbursed",
    "4": "spent",
    "7": "disbursed",
    "11": "incoming-commitment",
    "12": "pledged",
    "13": "pledged",
}
STATUS = {"1": "planned", "2": "ongoing", "3": "completed", "4": "completed", "5": "cancelled", "6": "suspended"}


COMPARED = {
    "activity-date", "activity-status", "budget", "default-aid-type", "default-finance-type", "default-flow-type",
    "default-tied-status", "description", "document-link", "humanitarian-scope", "iati-identifier", "location",
    "participating-org", "planned-disbursement", "policy-marker", "recipient-country", "recipient-region",
    "related-activity", "reporting-org", "result", "sector", "tag", "title", "transaction",
}  # fmt: skip
FINANCE = {"11": "grant", "5": "equity", "6": "debt-relief", "4": "loan", "8": "loan"}
FINANCE_OF_ONE = {"1100": "guarantee", "432": "equity", "433": "other"}  # codes that are not of the group around them


def finance(code: str) -> str:
    """Return the group of a code of IATI's list FinanceType by its first digits."""
    by_digits = next((group for digits, group in FINANCE.items() if code.startswith(digits)), "other")
    return FINANCE_OF_ONE.get(code, by_digits) if code else ""


def key(party: Party | None) -> str:
    """Return what identifies a party by the standard: its ref, else its name."""
    if party is None:
        return ""
    return f"ref {party.ref}" if party.ref else name_key(party.names[0]) if party.names else ""


def name_key(name: str) -> str:
    return f"name {' '.join(name.casefold().split())}"


def bare(name: str) -> str:
    """Return the letters and digits of a name in lower case, so that spellings of one name are equal."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


class IatiFile:
    """An IATI file, read once."""

    def __init__(self, path: Path) -> None:
        self.activities = list(activities(path))
        self.parties = dict(self._parties())
        self.named = defaultdict[str, set[str]](set)
        self.reporters = {party.ref: party.names for (_, side), party in self.parties.items() if side == "reporter"}
        newest = sorted(self.activities, key=lambda activity: (activity.updated, -activity.number))  # the last is read
        kept = {activity.identifier: activity.number for activity in newest}
        self.repeated = {activity.number for activity in self.activities} - set(kept.values())
        self.kinds = {money.place: money.kind for activity in self.activities for money in activity.money}
        for party in self.parties.values():
            self.named[party.ref].update(party.names)

    def _parties(self) -> Iterator[tuple[tuple[tuple[int, int], str], Party]]:
        """Yield each party by its element and its side there; one that is not named is the reporting organization."""
        for activity in self.activities:
            if activity.reporter:
                yield (activity.reporter.place, "reporter"), activity.reporter
                yield (activity.reporter.place, "party"), activity.reporter
            for _, party in activity.roles:
                yield from (((party.place, side), party) for side in ("party", "giver"))
            for money in activity.money:
                giver, receiver, _ = sides(activity, money)
                yield from (
                    ((money.place, side), party) for side, party in (("giver", giver), ("receiver", receiver)) if party
                )

    def rows(self) -> Iterator[Row]:
        """Yield what the file says, a row for each thing."""
        yield from self._named()
        for activity in self.activities:
            at = activity.number, 0
            yield row("activity", at, activity=activity.identifier)
            for title in activity.titles:
                yield row("title", at, activity=activity.identifier, title=title)
            yield from _roles(activity)
            for money in activity.money:
                if money.element == "transaction":
                    yield _payment(activity, money)
            yield from _unpaid(activity)
            yield from _facts(activity)

    def _named(self) -> Iterator[Row]:
        """Yield each name that an element gives to an organization, and each activity that others only name."""
        for (place, side), party in self.parties.items():
            yield replace(row("organization", place, party=key(party)), side=side)
            for name in dict.fromkeys(party.names):
                yield replace(row("name", place, party=key(party), name=name), side=side)
        own = {activity.identifier for activity in self.activities}
        for ref in {ref for activity in self.activities for ref, _ in activity.related} - own:
            yield row("activity that is only named", activity=ref)

    def uncompared(self) -> Counter[str]:
        """Count the elements of activities that no row comes from."""
        parts = sum((activity.parts for activity in self.activities), Counter[str]())
        return Counter({part: number for part, number in parts.items() if part not in COMPARED})


def sides(activity: Activity, money: Money) -> tuple[Party | None, Party | None, bool]:
    """Return who gives and who receives, and whether one of them is so by the standard only."""
    giver, receiver = (party if key(party) else None for party in (money.provider, money.receiver))
    if money.kind in INCOMING:
        return giver, receiver or activity.reporter, receiver is None
    return giver or activity.reporter, receiver, giver is None


def _roles(activity: Activity) -> Iterator[Row]:
    name = "secondary-reporter" if activity.secondary else "reporter"
    if activity.reporter:
        yield row(
            "role", activity.reporter.place, activity=activity.identifier, role=name, party=key(activity.reporter)
        )
    for role, party in activity.roles:
        yield row("role", party.place, activity=activity.identifier, role=ROLE.get(role, role), party=key(party))


def _payment(activity: Activity, money: Money) -> Row:
    giver, receiver, by_standard = sides(activity, money)
    return row(
        "payment",
        money.place,
        activity=activity.identifier,
        kind=KIND.get(money.kind, money.kind),
        amount=plain(money.amount),
        printed=money.printed,
        currency=money.currency if money.amount is not None else "",
        date=money.date,
        value_date=money.value_date,
        giver=key(giver),
        receiver=key(receiver),
        finance=finance(money.finance or money.finance_of_activity),
        modality="implied" if by_standard else "stated",
        provider_activity=money.provider.activity if money.provider else "",
        receiver_activity=money.receiver.activity if money.receiver else "",
    )


def _facts(activity: Activity) -> Iterator[Row]:
    at, name = (activity.number, 0), activity.identifier
    yield row("status", at, activity=name, status=STATUS.get(activity.status, activity.status))
    for basis, start, end in (("planned", "1", "3"), ("actual", "2", "4")):
        days = [activity.day(start), activity.day(end)]
        if any(days):
            yield row("dates", at, activity=name, basis=basis, span=days[0] if days[0] == days[1] else "/".join(days))
    for share in activity.shares:
        yield from _share(name, share)
    for ref, kind in activity.related:
        part, whole = (name, ref) if kind == "1" else (ref, name)
        yield (
            row("related", at, activity=part, kind="part of", other=whole)
            if kind in {"1", "2"}
            else row("related", at, activity=name, kind="related", other=ref)
        )


def _share(activity: str, share: Share) -> Iterator[Row]:
    """Yield where or in what field an activity works, and how much of its money goes there if the file says so."""
    percentage = plain(Decimal(share.percentage)) if share.percentage else ""
    if share.of == "sector":
        vocabulary = share.vocabulary or "1"
        yield row("sector", share.place, activity=activity, code=share.code, of=vocabulary, percentage=percentage)
        return
    code = share.code.zfill(3) if share.vocabulary == "2" else share.code
    yield row("place", share.place, activity=activity, code=code, modality="stated")
    if percentage:
        yield row("part of the money", share.place, activity=activity, code=code, percentage=percentage)


def _unpaid(activity: Activity) -> Iterator[Row]:
    """Yield the funders of an activity that give no amount by any of its transactions."""
    given = {
        key(sides(activity, money)[0]) for money in activity.money if money.element == "transaction" and money.amount
    }
    for role, party in activity.roles:
        if role == "1" and key(party) not in given:
            yield row("funder without an amount", party.place, activity=activity.identifier, giver=key(party))
