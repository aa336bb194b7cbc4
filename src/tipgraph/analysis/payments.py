"""Payments as sources report them, each once: who gives, through whom, for what, where, and how much.

A claim does not count if an accepted one counts instead of it (`tip:countsAs`). An unknown amount is not 0: it is
counted. One amount for several givers belongs to none of them. Amounts of two currencies, kinds or types of finance are
never added up, nor reviewed amounts and others.

Decisions: docs/decisions/0132-a-payment-counts-once.md,
docs/decisions/0232-reviewed-claims-come-first-and-are-summed-apart.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeVar

from pyoxigraph import NamedNode

from tipgraph.analysis.network.edges import Values, by_claim, notations
from tipgraph.analysis.prices import Prices, years_of
from tipgraph.graph import Graph, supports
from tipgraph.model import tip

Key = TypeVar("Key", bound=tuple[object, ...])
UNREVIEWED: Final = "unreviewed"
ACCEPT: Final = ("stated", "reviewed", "two-sources")  # the bits of a way to accept claims, the first is 1
_MANY: Final = {
    "givers": tip.giver, "channels": tip.channel, "receivers": tip.receiver, "purposes": tip.purpose,
    "attendance": tip.attendance, "continues": tip.continues,
}  # fmt: skip
_ONE: Final = {
    "kind": tip.moneyKind, "finance": tip.financeType, "currency": tip.currency, "date": tip.date,
    "modality": tip.modality, "source": tip.source, "said_at": tip.saidAt, "level": tip.moneyLevel,
}  # fmt: skip
_PROPERTIES: Final = frozenset({
    *_MANY.values(), *_ONE.values(), tip.place, tip.amount, tip.earliest, tip.latest, tip.valueDate, tip.review,
    tip.mayContinue, tip.countsAs,
})  # fmt: skip


@dataclass(frozen=True)
class Payment:
    """A claim of money; entries as IRIs, codes as notations, empty if no source reports them.

    `places` are its own places, else those reported for its purpose: then `place_claims` report them, and the money may
    not reach each of them. `is_given` is false if it is only planned, budgeted, proposed, pledged or guaranteed.
    `continues` are the payments that it passes on; `passed_on` is true for these, and if it may pass on others by the
    activities that files name. `level` is `whole` or `part` if an undertaking and a part of it have money of its kind,
    which may be the same. `repeated_by` are the claims that it counts instead of. `counts` has the ways to accept
    claims in which it counts: sums of bits of `ACCEPT`. `rated` is the year of the rates that its amount is compared
    by: that of its value date, else its years.
    """

    claim: str
    givers: tuple[str, ...]
    channels: tuple[str, ...]
    receivers: tuple[str, ...]
    purposes: tuple[str, ...]
    attendance: tuple[str, ...]
    places: tuple[str, ...]
    place_claims: tuple[str, ...]
    kind: str
    finance: str
    amount: Decimal | None
    currency: str
    date: str
    years: str
    rated: str
    modality: str
    review: str
    source: str
    said_at: str
    sources: int
    is_given: bool
    continues: tuple[str, ...]
    passed_on: bool
    level: str
    repeated_by: tuple[str, ...]
    counts: frozenset[int]

    @property
    def unreviewed(self) -> bool:
        """Whether nobody has compared it with its sentence."""
        return self.review == UNREVIEWED


class MoneyKey(NamedTuple):
    """The payments that may be added up, but for their currency."""

    giver: str
    years: str
    kind: str
    finance: str
    attends: bool
    passed_on: bool
    unreviewed: bool = False
    level: str = ""

    @classmethod
    def of(cls, payment: Payment, giver: str = "", years: str = "") -> "MoneyKey":
        """Return the key of a payment, in the sums of a giver and of some years."""
        attends = bool(payment.attendance)
        apart = payment.passed_on, payment.unreviewed, payment.level
        return cls(giver, years, payment.kind, payment.finance, attends, *apart)


@dataclass
class MoneySum:
    """The sums of some payments by currency, and their number: all, without an amount, shared, and implied.

    `compared` is the sum of their amounts in `prices`, not rounded, `comparable` their number, and `gaps` that of
    others by the code of the reason.
    """

    prices: Prices | None = None
    totals: dict[str, Decimal] = field(default_factory=dict)
    compared: Decimal = Decimal()
    comparable: int = 0
    gaps: Counter[str] = field(default_factory=Counter)
    payments: int = 0
    unknown: int = 0
    shared: int = 0
    implied: int = 0

    def add(self, payment: Payment, sharing: Collection[str]) -> None:
        """Add a payment; the amount of several who share it is in no total."""
        self.payments += 1
        self.implied += payment.modality == "implied"
        if payment.amount is None:
            self.unknown += 1
        elif len(sharing) > 1:
            self.shared += 1
        else:
            self.totals[payment.currency] = self.totals.get(payment.currency, Decimal()) + payment.amount
            if self.prices:
                found = self.prices.compare(payment.amount, payment.currency, payment.rated)
                self.gaps.update([found.gap] * bool(found.gap))
                self.comparable += not found.gap
                self.compared += found.amount or 0


def payments(graph: Graph) -> list[Payment]:
    """Return the claims of money in the order of their IRIs, also those that only repeat others.

    >>> [(payment.amount, payment.review) for payment in payments(graph)]
    [(Decimal('12500'), 'ai-agent')]
    """
    slots = {"class": [NamedNode(tip.Funding)], "property": list(map(NamedNode, sorted(_PROPERTIES)))}
    claims = dict(sorted(by_claim(graph.named("claim-values", slots), notations(graph)).items()))
    instead = {claim: values.get(tip.countsAs, []) for claim, values in claims.items()}
    repeated: dict[str, list[str]] = {}
    for claim, others in instead.items():
        for other in others:
            repeated.setdefault(other, []).append(claim)
    reported: dict[str, dict[str, list[str]]] = {}  # places of purposes, with the claims that report them
    for purpose, place, claim in graph.named("purpose-places"):
        reported.setdefault(purpose.value, {}).setdefault(place.value, []).append(claim.value)
    unfulfilled = {row["claim"].value for row in graph.named("unfulfilled")}
    standings = supports(graph, map(NamedNode, claims))
    sources = {node.value: support.standing.sources for node, support in standings.items()}
    ways = {claim: _ways(values, sources.get(claim, 1)) for claim, values in claims.items()}
    return [
        _payment(
            claim,
            values,
            reported,
            sources=sources.get(claim, 1),
            is_given=claim not in unfulfilled,
            repeated_by=tuple(repeated.get(claim, ())),
            counts=ways[claim].difference(*(ways.get(other, ()) for other in _counted_before(claim, instead))),
        )
        for claim, values in claims.items()
    ]


def by_giver(found: Iterable[Payment], accept: int = 0) -> list[tuple[MoneyKey, Payment, tuple[str, ...]]]:
    """Return the payments that count for a way to accept claims, by giver and years, with those who give together."""
    items = [
        (MoneyKey.of(payment, giver, payment.years), payment, payment.givers)
        for payment in found
        if accept in payment.counts
        for giver in payment.givers or ("",)
    ]
    return sorted(items, key=lambda item: item[0])


def sums(items: Iterable[tuple[Key, Payment, Collection[str]]], prices: Prices | None = None) -> dict[Key, MoneySum]:
    """Return the sums of payments by their keys, in this order; each payment comes with those who share its amount."""
    rows: dict[Key, MoneySum] = {}
    for key, payment, sharing in items:
        rows.setdefault(key, MoneySum(prices)).add(payment, sharing)
    return rows


def _ways(values: Values, sources: int) -> frozenset[int]:
    """Return the ways to accept claims that accept a claim with some values."""
    passes = (
        values.get(tip.modality) == ["stated"],
        values.get(tip.review, [UNREVIEWED]) != [UNREVIEWED],
        sources > 1,
    )
    return frozenset(
        way for way in range(2 ** len(ACCEPT)) if all(passes[bit] for bit in range(len(ACCEPT)) if way >> bit & 1)
    )


def _counted_before(claim: str, instead: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the claims that count instead of a claim, directly or through others."""
    seen: set[str] = set()
    waiting = [claim]
    while waiting:
        new = set(instead.get(waiting.pop(), ())) - seen
        seen |= new
        waiting += new
    return seen


def _payment(claim: str, values: Values, reported: Mapping[str, Mapping[str, list[str]]], **known: Any) -> Payment:
    places, place_claims = values.get(tip.place, []), list[str]()
    if not places:
        by_place = [item for purpose in values.get(tip.purpose, ()) for item in reported.get(purpose, {}).items()]
        places = [place for place, _ in by_place]
        place_claims = [claim for _, claims in by_place for claim in claims]
    amount, earliest, latest, valued = (
        values.get(name, [""])[0] for name in (tip.amount, tip.earliest, tip.latest, tip.valueDate)
    )
    years = years_of(earliest, latest)
    return Payment(
        claim,
        **{name: tuple(values.get(term, ())) for name, term in _MANY.items()},  # type: ignore[arg-type]  # as the tables say
        **{name: values.get(term, [""])[0] for name, term in _ONE.items()},  # type: ignore[arg-type]
        places=tuple(dict.fromkeys(places)),
        place_claims=tuple(dict.fromkeys(place_claims)),
        amount=Decimal(amount) if amount and tip.currency in values else None,
        years=years,
        rated=valued[:4] or years,
        review=values.get(tip.review, [UNREVIEWED])[0],
        passed_on=tip.continues in values or tip.mayContinue in values,
        **known,
    )
