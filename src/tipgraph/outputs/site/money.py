"""The page of money: a river from funders, through whom and projects, to places, with sums and a table of payments.

    payments  →  stops (entries in columns) and the way of each payment  →  `web/static/money.js` draws bands

Without scripts, the page has the sums and the table, whose rows are payments of the data of the script.

One amount for several entries stays with all of them: they are one stop.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Any, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis import (
    ComparedAmount,
    MoneyKey,
    MoneySum,
    Payment,
    by_giver,
    holders_of,
    prices_of,
    rate_sources,
    sums,
)
from tipgraph.display import marked
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims, grouped
from tipgraph.outputs.site.labels import codes_of

_ROWS = 200  # payments in the table, the first of their order; the files that the page makes have all
_UNKNOWN_SHARE = 12  # percent: the length of the bar of an unknown amount
_COLUMNS = marked("Funder"), marked("Through whom"), marked("Project or purpose"), marked("Place")
_ROLES = {  # of an entry, by the field of its payments
    "givers": marked("Funding from it"),
    "receivers": marked("Funding to it"),
    "purposes": marked("Funding for it"),
    "attendance": marked("Money to attend it"),
}
_SHARED, _WITH_OTHERS = marked("shared with other funders: {n}"), marked("one amount with others: {n}")
_UNFUNDED, _UNNAMED = marked("funder not named"), marked("purpose not named")
_Stop: TypeAlias = tuple[int, str, tuple[str, ...]]  # a column, a role and the entries; no entry is one not named
_Key: TypeAlias = tuple[str, str, MoneyKey]  # an entry whose sums they are, its role in them, what they add up
_Item: TypeAlias = tuple[_Key, Payment, Collection[str]]  # a payment with those who share its amount
_Rows: TypeAlias = Sequence[Mapping[str, Any]]  # rows of sums, in words


@dataclass(frozen=True)
class MoneySums:
    """Sums of money by the IRI of an entry: what each funder gives, by years, and those of each role of an entry.

    `years` has the latter by years. `of` returns the sums of the claims with some keys: of each kind and type of
    finance, an item counts once.
    """

    funders: Mapping[str, _Rows]
    entries: Mapping[str, _Rows]
    years: Mapping[str, _Rows]
    of: Callable[[Collection[str]], _Rows]


def write(claims: Claims, found: Sequence[Payment]) -> MoneySums:
    """Write `money.html` in a language, of the payments of a graph; return its sums for the pages of entries."""
    site, said = claims.site, _MoneyWords(claims, found)
    counted = [payment for payment in found if 0 in payment.counts]
    given = (((key.giver, "", key), payment, givers) for key, payment, givers in by_giver(found))
    funders = said.sums(given, _SHARED)
    data = _data(said, found)
    site.write(
        "money.html",
        "money.html",
        data=data,
        sums=funders,
        rows=_rows(found),
        amounts=said.amount_words,
        kind=lambda payment: said.kind(MoneyKey.of(payment)._replace(unreviewed=False)),
        claims_of=lambda payment: claims.of(map(data_name, (payment.claim, *payment.repeated_by))),
        number=counts(found) | {"left": max(len(found) - _ROWS, 0)},
        rates=rate_sources(data["rates"]),
    )

    def of(keys: Collection[str]) -> _Rows:
        """Return the sums of some claims; one amount of several givers is one amount here."""
        own = [(MoneyKey.of(payment), payment) for payment in counted if data_name(payment.claim) in keys]
        items = [(("", "", key), payment, ()) for key, payment in sorted(own, key=lambda item: item[0])]
        return said.sums(items, _SHARED).get("", [])

    in_roles = [  # one amount for several entries is not the one's own
        ((iri, site.words(role), MoneyKey.of(payment)), payment, getattr(payment, field))
        for payment in counted
        for field, role in _ROLES.items()
        for iri in getattr(payment, field)
    ]
    by_year = (((iri, role, key._replace(years=one.years)), one, own) for (iri, role, key), one, own in in_roles)
    return MoneySums(funders, said.sums(in_roles, _WITH_OTHERS), said.sums(by_year, _WITH_OTHERS, compared=False), of)


def counts(found: Sequence[Payment]) -> dict[str, int]:
    """Return how many items of funding some claims report, how many claims these are, and the items without amount."""
    counted = [payment for payment in found if 0 in payment.counts]
    return {
        "payments": len(counted),
        "claims": len(found),
        "unknown": sum(payment.amount is None for payment in counted),
    }


class _MoneyWords:
    """The words of the page in its language: labels of entries by IRI, of kinds and types of finance by notation."""

    def __init__(self, claims: Claims, found: Iterable[Payment]) -> None:
        site, graph = claims.site, claims.graph
        self.site, self.prices = site, prices_of()
        self.kinds, self.finances, self.reviews, self.gaps = (
            codes_of(graph, name, site.language) for name in ("money-kind", "finance-type", "review", "not-compared")
        )
        self.kinds["unknown"] = site.words("not stated whether promised or paid")
        self.sources = {data_name(row["source"].value): row["title"].value for row in graph.named("sources")}
        self._holders = holders_of(graph, {place for payment in found for place in payment.places})
        entries = {iri for payment in found for _, _, iris in _path(payment, 0, 0) for iri in iris}
        nodes = list(map(NamedNode, sorted(entries.union(*self._holders.values()))))
        self._labels = {node.value: text for node, text in graph.labels(nodes, site.language).items()}
        self._names = grouped(graph.named("other-names", {"thing": nodes}), lambda row: [row["thing"].value])

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the labels of entries by their names in addresses."""
        return {data_name(iri): self._labels.get(iri, data_name(iri)) for iri in iris}

    def places(self, payment: Payment) -> list[str]:
        """Return the places of a payment and those that contain them; none for money to attend an event."""
        own = () if payment.attendance else payment.places
        return sorted({holder for place in own for holder in self._holders.get(place, {place})})

    def stop(self, stop: _Stop) -> dict[str, Any]:
        """Return a stop for the scripts: its name, short if it is several entries, all of them, and other names."""
        column, role, entries = stop
        unnamed = _UNNAMED if role == "purpose" else _UNFUNDED
        names = [*self.labels(entries).values()] or [self.site.words(unnamed)]
        name = names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
        if role == "attendance":
            name, role = self.site.words("attendance: {name}", name=name), "purpose"
        also = dict.fromkeys(row["name"].value for entry in entries for row in self._names.get(entry, ()))
        return {
            "column": column,
            "role": role,
            "label": name,
            "page": self.site.page_of(entries[0]) if len(entries) == 1 else "",
            "names": "; ".join(names) if len(names) > 1 else "",
            "also": "; ".join(name for name in also if name not in names),
        }

    def prices_words(self) -> str:
        """Return the prices in words, such as `USD of 2023`."""
        if self.prices is None:
            return ""
        if self.prices.year is None:
            return self.site.words("{currency} of each year", currency=self.prices.currency)
        return self.site.words("{currency} of {year}", currency=self.prices.currency, year=self.prices.year)

    def compare(self, payment: Payment) -> ComparedAmount:
        """Return the amount of a payment in the prices of the page."""
        if payment.amount is None or self.prices is None:
            return ComparedAmount(None)
        return self.prices.compare(payment.amount, payment.currency, payment.rated)

    def compared_words(self, amount: Decimal | None, totals: Mapping[str, Decimal | None]) -> str:
        """Return the compared amount of some totals in words, such as `≈ USD 12,890 (2023)`, in whole units.

        It is empty without one, and if it is the total.
        """
        if amount is None or self.prices is None or totals == {self.prices.currency: amount}:
            return ""
        year = "" if self.prices.year is None else f" ({self.prices.year})"
        return f"≈ {money_words(self.prices.currency, amount)}{year}"

    def amount_words(self, payment: Payment) -> tuple[str, str]:
        """Return the amount of a payment in words, and the compared one; empty without one."""
        totals = {payment.currency: payment.amount}
        amount = "" if payment.amount is None else money_words(payment.currency, payment.amount)
        return amount, self.compared_words(self.compare(payment).amount, totals)

    def sums(self, items: Iterable[_Item], shared: str, *, compared: bool = True) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of each entry, those of reviewed payments first; `shared` names shared amounts."""
        found = sorted(sums(items, self.prices if compared else None).items(), key=lambda item: item[0][2].unreviewed)
        rows = grouped(found, lambda item: [item[0][0]])
        return {iri: [self._sum_row(*key[1:], row, shared) for key, row in own] for iri, own in rows.items()}

    def _sum_row(self, role: str, key: MoneyKey, row: MoneySum, shared: str) -> dict[str, Any]:
        """Return a row: `compared` is its sum in one currency and year, empty if no amount is compared."""
        gaps, amounts = row.gaps, row.comparable
        compared = self.compared_words(row.compared if amounts else None, row.totals)
        if compared and gaps:
            compared = self.site.words(
                "{amount} for {n} of {m} amounts", amount=compared, n=amounts, m=amounts + gaps.total()
            )
        reasons = ", ".join(f"{self.gaps.get(gap, gap)} {number}" for gap, number in sorted(gaps.items()))
        notes = (
            (row.unknown, self.site.words("{n} of {m} amounts not stated", n=row.unknown, m=row.payments)),
            (row.shared, self.site.words(shared, n=row.shared)),
            (row.implied, self.site.words("implied: {n}", n=row.implied)),
            (gaps.total(), self.site.words("not converted: {n} ({reasons})", n=gaps.total(), reasons=reasons)),
        )
        return {
            "role": role,
            "funder": "".join(self.labels([key.giver]).values()) if key.giver else self.site.words(_UNFUNDED),
            "page": self.site.page_of(key.giver),
            "years": key.years.replace("/", "–"),
            "kind": self.kind(key),
            "payments": row.payments,
            "amounts": row.totals,
            "totals": [money_words(currency, total) for currency, total in sorted(row.totals.items())],
            "compared": compared,
            "notes": ", ".join(text for count, text in notes if count),
        }

    def kind(self, key: MoneyKey) -> str:
        """Return what may be added up, in words: the kind, the type of finance, and what sets it apart."""
        apart = (
            (key.finance, self.finances.get(key.finance, key.finance)),
            (key.attends, self.site.words("to attend an event")),
            (key.passed_on, self.site.words("passed on")),
            (key.level == "whole", self.site.words("for a whole whose part has money too")),
            (key.level == "part", self.site.words("for a part of what has money too")),
            (key.unreviewed, self.site.words("not reviewed")),
        )
        return ", ".join([self.kinds.get(key.kind, key.kind), *(words for is_so, words in apart if is_so)])


def _rows(found: Sequence[Payment]) -> list[tuple[int, Payment, float]]:
    """Return the payments in the table with their numbers, and the lengths of their bars in percent.

    Reviewed payments come first, and of these, the largest amounts of each currency.
    """
    most: dict[str, Decimal] = {}
    for payment in found:
        most[payment.currency] = max(most.get(payment.currency, Decimal()), abs(payment.amount or Decimal()))
    ordered = sorted(
        enumerate(found),
        key=lambda item: (item[1].unreviewed, item[1].amount is None, item[1].currency, -(item[1].amount or 0)),
    )
    return [
        (at, one, max(round(100 * abs(one.amount) / most[one.currency]), 1) if one.amount else _UNKNOWN_SHARE)
        for at, one in ordered[:_ROWS]
    ]


def _data(said: _MoneyWords, found: Sequence[Payment]) -> dict[str, Any]:
    """Return the data for the scripts of the page."""
    by_claim = {payment.claim: payment for payment in found}
    starts = [_start(payment, by_claim) for payment in found]
    through = max((start + len(_between(one)) for start, one in zip(starts, found, strict=True)), default=0)
    paths = [_path(payment, start, through) for payment, start in zip(found, starts, strict=True)]
    stops = {stop: at for at, stop in enumerate(dict.fromkeys(stop for path in paths for stop in path))}
    compared = list(map(said.compare, found))
    rates = {text: at for at, text in enumerate(dict.fromkeys(amount.rates for amount in compared))}
    first, between, *last = map(said.site.words, _COLUMNS)
    return {
        "language": said.site.language,
        "columns": [first, *[between] * through, *last],
        "stops": list(map(said.stop, stops)),
        "funders": said.labels(chain(*(payment.givers for payment in found))),
        "places": said.labels(chain(*map(said.places, found))),
        "kinds": said.kinds,
        "finances": said.finances,
        "reviews": said.reviews,
        "gaps": said.gaps,
        "sources": said.sources,
        "prices": {"name": str(said.prices or ""), "words": said.prices_words()},
        "rates": list(rates),
        "payments": [
            _payment(said, payment, [stops[stop] for stop in path], amount, rates)
            for payment, path, amount in zip(found, paths, compared, strict=True)
        ],
        "words": said.site.phrases("shared", "money"),
    }


def _payment(
    said: _MoneyWords, payment: Payment, path: list[int], amount: ComparedAmount, rates: Mapping[str, int]
) -> dict[str, Any]:
    """Return a payment for the scripts; `sums` is what it may be added up with, in words.

    The compared amount is finer than it is shown: scripts add it up. Without one, the reason is there.
    """
    compared: dict[str, Any] = {"gap": amount.gap} if amount.gap else {}
    if amount.amount is not None:
        compared = {"compared": f"{amount.amount:.4f}", "rates": rates[amount.rates]}
    same = ("currency", "kind", "finance", "years", "date", "modality", "is_given", "review", "sources", "said_at")
    return {name: getattr(payment, name) for name in same} | {
        "path": path,
        "sums": said.kind(MoneyKey.of(payment)),
        "reported": bool(payment.place_claims),
        "givers": list(map(data_name, payment.givers)),
        "places": list(map(data_name, said.places(payment))),
        "amount": "" if payment.amount is None else f"{payment.amount:f}",
        "counts": sum(1 << way for way in payment.counts),
        "claims": list(map(data_name, (payment.claim, *payment.repeated_by, *payment.place_claims))),
        **compared,
    }


def money_words(currency: str, amount: Decimal) -> str:
    """Return an amount in words, the currency first, in whole units.

    >>> money_words("USD", Decimal("668000")), money_words("EUR", Decimal("12.5"))
    ('USD 668,000', 'EUR 13')
    """
    return f"{currency} {amount.quantize(Decimal(1), ROUND_HALF_UP):,}"


def _path(payment: Payment, start: int, through: int) -> list[_Stop]:
    """Return the way of a payment whose giver is in a column; `through` columns are between givers and purposes."""
    path: list[_Stop] = [(start, "through" if start else "funder", payment.givers)]
    path += [(start + step, "through", entries) for step, entries in enumerate(_between(payment), 1)]
    if payment.attendance:
        path.append((through + 1, "attendance", payment.attendance))
    elif payment.purposes or len(path) == 1:
        path.append((through + 1, "purpose", payment.purposes))
    if payment.places and not payment.attendance:
        path.append((through + 2, "place", payment.places))
    return path


def _between(payment: Payment) -> list[tuple[str, ...]]:
    """Return the entries through which a payment goes: a channel, then the receivers."""
    return [entries for entries in (payment.channels, payment.receivers) if entries]


def _start(payment: Payment, found: Mapping[str, Payment], later: frozenset[str] = frozenset()) -> int:
    """Return the column in which a payment begins: 0, or that of those whose money it passes on."""
    seen = later | {payment.claim}
    before = [found[one] for one in payment.continues if one in found and one not in seen]
    return max((max(1, _start(one, found, seen) + len(_between(one))) for one in before), default=0)
