"""The page of money: a river from funders, through whom and projects, to places, with sums and a table of payments.

    payments  →  stops (entries in columns) and the way of each payment  →  `web/static/money.js` draws bands

Without scripts, the page has the sums and the table.

One amount for several entries stays with all of them: they are one stop.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis import (
    FUNDING_NETWORK,
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
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import codes_of
from tipgraph.outputs.site.site_tree import Site, network_path

PATH: Final = "money.html"
_ROWS = 200  # payments in the table, the first of their order; the files that the page makes have all
_UNKNOWN_SHARE = 12  # percent: the length of the bar of an unknown amount
_ROLES = {
    "funder": marked("Funder"),
    "through": marked("Through whom"),
    "purpose": marked("Project or purpose"),
    "place": marked("Place"),
}
_IN_ROLES = (
    marked("Funding from it"),
    marked("Funding to it"),
    marked("Funding for it"),
    marked("Money to attend it"),
)
_SHARED, _WITH_OTHERS = marked("shared with other funders: {n}"), marked("one amount with others: {n}")
_UNFUNDED, _UNNAMED = marked("funder not named"), marked("purpose not named")
_Stop: TypeAlias = tuple[int, str, tuple[str, ...]]  # a column, a role and the entries; no entry is one not named
_Key: TypeAlias = tuple[str, str, MoneyKey]  # an entry whose sums they are, its role in them, what they add up
_Item: TypeAlias = tuple[_Key, Payment, Collection[str]]  # a payment with those who share its amount


class SumRow(NamedTuple):
    """A row of sums, in words; `page` is the page of the funder, if there is one, `payments` their number.

    `role` is that of the entry whose row it is. `compared` is the sum in one currency and year, empty if no amount is
    compared.
    """

    role: str
    funder: str
    page: str
    years: str
    kind: str
    payments: int
    totals: list[str]
    compared: str
    notes: str


@dataclass(frozen=True)
class MoneySums:
    """Sums of money by the IRI of an entry: what each funder gives, by years, and those of each role of an entry.

    `of` returns the sums of the claims with some keys: of each kind and type of finance, an item counts once.
    """

    funders: Mapping[str, Sequence[SumRow]]
    entries: Mapping[str, Sequence[SumRow]]
    of: Callable[[Collection[str]], Sequence[SumRow]]


def write(site: Site, graph: Graph, claims: Claims, found: Sequence[Payment]) -> MoneySums:
    """Write `money.html` in a language, of the payments of a graph; return its sums for the pages of entries."""
    said = _MoneyWords(site, graph, found)
    counted = [payment for payment in found if 0 in payment.counts]
    given = (((key.giver, "", key), payment, givers) for key, payment, givers in by_giver(found))
    funders = said.sums(given, _SHARED)
    elsewhere = {entry.path for entry in site.networks} & {network_path(FUNDING_NETWORK)}
    data = _data(said, found)
    site.write(
        PATH,
        PATH,
        data=data,
        sums=funders,
        payments=_payment_rows(said, found, claims),
        kind=lambda payment: said.kind(MoneyKey.of(payment)._replace(unreviewed=False)),
        links=claims.links,
        number=counts(found) | {"left": max(len(found) - _ROWS, 0)},
        network=next(iter(elsewhere), ""),
        prices=said.prices_words() if any(data["rates"]) else "",
        rates=rate_sources(data["rates"]),
    )

    def of(keys: Collection[str]) -> list[SumRow]:
        """Return the sums of some claims; one amount of several givers is one amount here."""
        own = [(MoneyKey.of(payment), payment) for payment in counted if data_name(payment.claim) in keys]
        items = [(("", "", key), payment, ()) for key, payment in sorted(own, key=lambda item: item[0])]
        return said.sums(items, _SHARED).get("", [])

    return MoneySums(funders, said.sums(_in_roles(site, counted), _WITH_OTHERS), of)


def _in_roles(site: Site, counted: Iterable[Payment]) -> Iterable[_Item]:
    """Yield each payment for its entries in each role; one amount for several of them is not the one's own."""
    for payment in counted:
        fields = payment.givers, payment.receivers, payment.purposes, payment.attendance
        for role, entries in zip(_IN_ROLES, fields, strict=True):
            for iri in entries:
                yield (iri, site.words(role), MoneyKey.of(payment)), payment, entries


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

    def __init__(self, site: Site, graph: Graph, found: Iterable[Payment]) -> None:
        self.site, self.prices = site, prices_of()
        self.kinds, self.finances, self.reviews, self.gaps = (
            codes_of(graph, name, site.language) for name in ("money-kind", "finance-type", "review", "not-compared")
        )
        self.kinds["unknown"] = site.words("not stated whether promised or paid")
        entries = {iri for payment in found for _, _, iris in _path(payment, 0, 0) for iri in iris}
        self._holders = holders_of(graph, {place for payment in found for place in payment.places})
        nodes = list(map(NamedNode, sorted(entries.union(*self._holders.values()))))
        self._labels = {node.value: text for node, text in graph.labels(nodes, site.language).items()}
        self._names: dict[str, list[str]] = {}
        for thing, name in graph.named("other-names", {"thing": nodes}):
            self._names.setdefault(thing.value, []).append(name.value)

    def label(self, iri: str) -> str:
        """Return the label of an entry."""
        return self._labels.get(iri, data_name(iri))

    def by_name(self, lists: Iterable[Iterable[str]]) -> dict[str, str]:
        """Return the labels of the entries of some lists by their names in addresses."""
        return {data_name(iri): self.label(iri) for iris in lists for iri in iris}

    def places(self, payment: Payment) -> list[str]:
        """Return the places of a payment and those that contain them; none for money to attend an event."""
        own = () if payment.attendance else payment.places
        return sorted({holder for place in own for holder in self._holders.get(place, {place})})

    def stop(self, stop: _Stop) -> dict[str, Any]:
        """Return a stop for the scripts: its name, short if it is several entries, all of them, and other names."""
        column, role, entries = stop
        unnamed = _UNNAMED if role == "purpose" else _UNFUNDED
        names = list(map(self.label, entries)) or [self.site.words(unnamed)]
        name = names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
        if role == "attendance":
            name, role = self.site.words("attendance: {name}", name=name), "purpose"
        also = dict.fromkeys(name for entry in entries for name in self._names.get(entry, ()) if name not in names)
        more = {"names": "; ".join(names) if len(names) > 1 else "", "also": "; ".join(also)}
        return {"column": column, "role": role, "label": name} | {key: text for key, text in more.items() if text}

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

    def compared_words(self, amount: Decimal | None, totals: Mapping[str, Decimal]) -> str:
        """Return the compared amount of some totals in words, such as `≈ USD 12,890 (2023)`, in whole units.

        It is empty without one, and if it is the total.
        """
        if amount is None or self.prices is None or totals == {self.prices.currency: amount}:
            return ""
        year = "" if self.prices.year is None else f" ({self.prices.year})"
        return f"≈ {money_words(self.prices.currency, amount.quantize(Decimal(1)))}{year}"

    def sums(self, items: Iterable[_Item], shared: str) -> dict[str, list[SumRow]]:
        """Return the rows of each entry, those of reviewed payments first; `shared` names shared amounts."""
        rows: dict[str, list[SumRow]] = {}
        found = sums(items, self.prices)
        for (iri, role, key), summed in sorted(found.items(), key=lambda item: item[0][2].unreviewed):
            rows.setdefault(iri, []).append(self._sum_row(role, key, summed, shared))
        return rows

    def _sum_row(self, role: str, key: MoneyKey, row: MoneySum, shared: str) -> SumRow:
        gaps = row.compared.gaps
        reasons = ", ".join(f"{self.gaps.get(gap, gap)} {number}" for gap, number in sorted(gaps.items()))
        notes = (
            (row.unknown, self.site.words("{n} of {m} amounts unknown", n=row.unknown, m=row.payments)),
            (row.shared, self.site.words(shared, n=row.shared)),
            (row.implied, self.site.words("implied: {n}", n=row.implied)),
            (gaps.total(), self.site.words("not compared: {n} ({reasons})", n=gaps.total(), reasons=reasons)),
        )
        return SumRow(
            role,
            self.label(key.giver) if key.giver else self.site.words(_UNFUNDED),
            self.site.page_of(key.giver),
            key.years.replace("/", "–"),
            self.kind(key),
            row.payments,
            [money_words(currency, total) for currency, total in sorted(row.totals.items())],
            self.compared_words(row.compared.total if row.compared.payments else None, row.totals),
            ", ".join(text for count, text in notes if count),
        )

    def kind(self, key: MoneyKey) -> str:
        """Return what may be added up, in words: the kind, the type of finance, and what sets it apart."""
        apart = (
            (key.finance, self.finances.get(key.finance, key.finance)),
            (key.attends, self.site.words("to attend an event")),
            (key.passed_on, self.site.words("passed on")),
            (key.unreviewed, self.site.words("not reviewed")),
        )
        return ", ".join([self.kinds.get(key.kind, key.kind), *(words for is_so, words in apart if is_so)])


def _payment_rows(said: _MoneyWords, found: Sequence[Payment], claims: Claims) -> list[dict[str, Any]]:
    """Return the rows of the table: reviewed payments first; of these, the largest amounts of each currency first.

    `number` is the place of a payment in the data for the scripts. `way` has the names of its stops, with the page of
    an only entry. `share` is its amount in percent of the largest one of its currency.
    """
    most: dict[str, Decimal] = {}
    for payment in found:
        most[payment.currency] = max(most.get(payment.currency, Decimal()), abs(payment.amount or Decimal()))
    ordered = sorted(
        enumerate(found),
        key=lambda item: (item[1].unreviewed, item[1].amount is None, item[1].currency, -(item[1].amount or 0)),
    )
    rows = []
    for number, payment in ordered[:_ROWS]:
        amount, stops = payment.amount, [(said.stop(stop), stop[2]) for stop in _path(payment, 0, 0)]
        row: dict[str, Any] = {"number": number, "payment": payment}
        row["way"] = [
            (stop.get("names", stop["label"]), said.site.page_of(entries[0]) if len(entries) == 1 else "")
            for stop, entries in stops
        ]
        row["amount"] = "" if amount is None else money_words(payment.currency, amount)
        totals = {} if amount is None else {payment.currency: amount}
        row["compared"] = said.compared_words(said.compare(payment).amount, totals)
        row["share"] = max(round(100 * abs(amount) / most[payment.currency]), 1) if amount else _UNKNOWN_SHARE
        row["claims"] = claims.of(map(data_name, (payment.claim, *payment.repeated_by)))
        rows.append(row)
    return rows


def _data(said: _MoneyWords, found: Sequence[Payment]) -> dict[str, Any]:
    """Return the data for the scripts of the page."""
    paths, through = _paths(found)
    stops = {stop: at for at, stop in enumerate(dict.fromkeys(stop for path in paths for stop in path))}
    compared = list(map(said.compare, found))
    rates = {text: at for at, text in enumerate(dict.fromkeys(amount.rates for amount in compared))}
    return {
        "language": said.site.language,
        "columns": [said.site.words(_ROLES[role]) for role in ("funder", *["through"] * through, "purpose", "place")],
        "stops": [said.stop(stop) for stop in stops],
        "funders": said.by_name(payment.givers for payment in found),
        "places": said.by_name(map(said.places, found)),
        "kinds": said.kinds,
        "finances": said.finances,
        "reviews": said.reviews,
        "gaps": said.gaps,
        "prices": {"name": str(said.prices or ""), "words": said.prices_words()},
        "rates": list(rates),
        "payments": [
            _payment(said, payment, [stops[stop] for stop in path]) | _compared(amount, rates)
            for payment, path, amount in zip(found, paths, compared, strict=True)
        ],
        "words": said.site.phrases("shared", "money"),
    }


def _payment(said: _MoneyWords, payment: Payment, path: list[int]) -> dict[str, Any]:
    """Return a payment for the scripts; `sums` is what it may be added up with, in words."""
    same = ("currency", "kind", "finance", "years", "date", "modality", "is_given", "review", "sources", "said_at")
    return {name: getattr(payment, name) for name in same} | {
        "path": path,
        "sums": said.kind(MoneyKey.of(payment)),
        "reported": bool(payment.place_claims),
        "givers": [data_name(iri) for iri in payment.givers],
        "places": [data_name(iri) for iri in said.places(payment)],
        "amount": "" if payment.amount is None else f"{payment.amount:f}",
        "counts": sum(1 << way for way in payment.counts),
        "claims": [data_name(claim) for claim in (payment.claim, *payment.repeated_by, *payment.place_claims)],
    }


def _compared(found: ComparedAmount, rates: Mapping[str, int]) -> dict[str, Any]:
    """Return a compared amount for the scripts, finer than it is shown: they add it up; else the reason."""
    if found.amount is None:
        return {"gap": found.gap} if found.gap else {}
    return {"compared": f"{found.amount:.4f}", "rates": rates[found.rates]}


def money_words(currency: str, amount: Decimal) -> str:
    """Return an amount in words, the currency first.

    >>> money_words("USD", Decimal("668000")), money_words("EUR", Decimal("12.5"))
    ('USD 668,000', 'EUR 12.50')
    """
    return f"{currency} {amount:,.2f}".removesuffix(".00")


def _paths(found: Sequence[Payment]) -> tuple[list[list[_Stop]], int]:
    """Return the way of each payment over stops, and the number of columns of those through whom it goes."""
    starts = _starts({payment.claim: payment for payment in found})
    through = max((starts[payment.claim] + len(_between(payment)) for payment in found), default=0)
    return [_path(payment, starts[payment.claim], through) for payment in found], through


def _path(payment: Payment, start: int, through: int) -> list[_Stop]:
    """Return the way of a payment whose giver is in a column."""
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


def _starts(found: Mapping[str, Payment]) -> dict[str, int]:
    """Return the column in which each payment begins: 0, or that of those whose money it passes on."""
    starts: dict[str, int] = {}

    def start(claim: str, later: frozenset[str]) -> int:
        if claim not in starts:
            before = [found[one] for one in found[claim].continues if one in found and one not in later]
            columns = [start(one.claim, later | {claim}) + len(_between(one)) for one in before]
            starts[claim] = max([1, *columns]) if columns else 0
        return starts[claim]

    for claim in found:
        start(claim, frozenset({claim}))
    return starts
