"""The page of money: a river from funders, through whom and projects, to places, with sums and a table of payments.

    payments  →  stops (entries in columns) and the way of each payment  →  `web/static/money.js` draws bands

Without scripts, the page has the sums and the table.

One amount for several entries stays with all of them: they are one stop.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.analysis import (
    FUNDING_NETWORK,
    ComparedAmount,
    MoneyKey,
    MoneySum,
    Payment,
    Prices,
    holders_of,
    prices_of,
    rate_sources,
    sums,
)
from tipgraph.display import ClaimView, marked
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import codes_of
from tipgraph.outputs.site.site_tree import Site, network_path

PATH = "money.html"
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
_SHARED = marked("shared with other funders: {n}")
_Stop: TypeAlias = tuple[int, str, tuple[str, ...]]  # a column, a role and the entries; no entry is one not named


class SumRow(NamedTuple):
    """A row of the table of sums, in words; `page` is the page of the funder, if there is one.

    `compared` is the sum in one currency and year, empty if no amount is compared.
    """

    funder: str
    page: str
    years: str
    kind: str
    totals: list[str]
    compared: str
    notes: str


class EntrySum(NamedTuple):
    """The sums of an entry in a role and a kind, in words."""

    role: str
    payments: int
    row: SumRow


class PaymentRow(NamedTuple):
    """A row of the table of payments, in words; `number` is its place in the data for the scripts.

    `way` has the names of its stops, with the page of an only entry. `share` is its amount in percent of the largest
    one of its currency. A row that is not counted repeats another.
    """

    number: int
    way: list[tuple[str, str]]
    amount: str
    compared: str
    share: int
    look: str
    years: str
    kind: str
    marks: str
    claims: list[ClaimView]
    is_counted: bool


@dataclass(frozen=True)
class MoneySums:
    """Sums of money by the IRI of an entry: what each funder gives, by years, and those of each role of an entry.

    `of` returns the sums of the claims with some keys: of each kind and type of finance, an item counts once.
    """

    funders: Mapping[str, Sequence[SumRow]]
    entries: Mapping[str, Sequence[EntrySum]]
    of: Callable[[Collection[str]], Sequence[EntrySum]]


def write(site: Site, graph: Graph, claims: Claims, found: Sequence[Payment]) -> MoneySums:
    """Write `money.html` in a language, of the payments of a graph; return its sums for the pages of entries."""
    said = _MoneyWords(site, graph, found, prices_of())
    data = _data(site, said, found)
    rows = _yearly_sums(said, found)
    elsewhere = {entry.path for entry in site.networks} & {network_path(FUNDING_NETWORK)}
    site.write(
        PATH,
        PATH,
        data=data,
        sums=_with_all_years(said, found, rows),
        payments=said.payment_rows(found, claims),
        links=claims.links,
        number=counts(found) | {"left": max(len(found) - _ROWS, 0)},
        network=next(iter(elsewhere), ""),
        prices=said.prices_words() if any(data["rates"]) else "",
        rates=rate_sources(data["rates"]),
    )
    return MoneySums(rows, _entry_sums(said, found), partial(_sums_of, said, found))


def counts(found: Sequence[Payment]) -> dict[str, int]:
    """Return how many items of funding some claims report, how many claims these are, and the items without amount."""
    counted = [payment for payment in found if 0 in payment.counts]
    return {
        "payments": len(counted),
        "claims": len(found),
        "unknown": sum(payment.amount is None for payment in counted),
    }


def _yearly_sums(said: "_MoneyWords", found: Sequence[Payment]) -> dict[str, list[SumRow]]:
    """Return the sums of each funder by its IRI: a row for each of its years, those of reviewed payments first."""
    rows: dict[str, list[SumRow]] = {}
    for key, row in sorted(sums(found, prices=said.prices).items(), key=lambda item: item[0].unreviewed):
        rows.setdefault(key.giver, []).append(said.sum_row(key, row))
    return rows


def _with_all_years(
    said: "_MoneyWords", found: Sequence[Payment], rows: Mapping[str, Sequence[SumRow]]
) -> dict[str, list[SumRow]]:
    """Return the sums with a row for all years of a funder and a kind that has several, if amounts are compared."""
    more: dict[str, list[SumRow]] = {giver: list(own) for giver, own in rows.items()}
    yearly = Counter(key._replace(years="") for key in sums(found))
    for key, row in sums(found, prices=said.prices, each_year=False).items():
        if yearly[key] > 1 and row.compared.payments:
            more[key.giver].append(said.sum_row(key, row)._replace(years=said.site.words("all years")))
    return more


def _entry_sums(said: "_MoneyWords", found: Iterable[Payment]) -> dict[str, list[EntrySum]]:
    """Return the sums of each entry by its IRI: a row for each role, kind and type of finance."""
    rows: dict[str, dict[tuple[str, MoneyKey], MoneySum]] = {}
    for payment in found:
        fields = payment.givers, payment.receivers, payment.purposes, payment.attendance
        for role, entries in zip(_IN_ROLES, fields, strict=True):
            for iri in entries if 0 in payment.counts else ():
                summed = rows.setdefault(iri, {}).setdefault((role, MoneyKey.of(payment)), MoneySum(said.prices))
                summed.add(replace(payment, givers=entries))  # one amount for several of them is not the one's own
    shared = marked("one amount with others: {n}")
    return {
        iri: [
            EntrySum(said.site.words(role), summed.payments, said.sum_row(key, summed, shared))
            for (role, key), summed in sorted(own.items(), key=lambda item: item[0][1].unreviewed)
        ]
        for iri, own in rows.items()
    }


def _sums_of(said: "_MoneyWords", found: Iterable[Payment], keys: Collection[str]) -> list[EntrySum]:
    """Return the sums of some claims, by their keys; one amount of several givers is one amount here."""
    rows: dict[MoneyKey, MoneySum] = {}
    for payment in found:
        if 0 in payment.counts and data_name(payment.claim) in keys:
            rows.setdefault(MoneyKey.of(payment), MoneySum(said.prices)).add(replace(payment, givers=()))
    sorted_rows = sorted(rows.items(), key=lambda item: (item[0].unreviewed, not item[1].totals, item[0]))
    return [EntrySum("", row.payments, said.sum_row(key, row)) for key, row in sorted_rows]


class _MoneyWords:
    """The words of the page in its language: labels of entries by IRI, of kinds and types of finance by notation."""

    def __init__(self, site: Site, graph: Graph, found: Iterable[Payment], prices: Prices | None) -> None:
        self.site, self.prices = site, prices
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

    def places(self, payment: Payment) -> list[str]:
        """Return the places of a payment and those that contain them; none for money to attend an event."""
        own = () if payment.attendance else payment.places
        return sorted({holder for place in own for holder in self._holders.get(place, {place})})

    def stop(self, stop: _Stop) -> dict[str, Any]:
        """Return a stop for the scripts: its name, short if it is several entries."""
        column, role, entries = stop
        names = list(map(self.label, entries))
        if not names:
            unnamed = marked("purpose not named") if role == "purpose" else marked("funder not named")
            name = self.site.words(unnamed)
        else:
            name = names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
        if role == "attendance":
            name = self.site.words("attendance: {name}", name=name)
        data = {"column": column, "role": "purpose" if role == "attendance" else role, "label": name}
        also = dict.fromkeys(name for entry in entries for name in self._names.get(entry, ()) if name not in names)
        more = {"names": "; ".join(names) if len(names) > 1 else "", "also": "; ".join(also)}
        return data | {key: text for key, text in more.items() if text}

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

    def _gaps(self, row: MoneySum) -> str:
        """Return the number of amounts that are not compared, with the reasons; empty if there is none."""
        gaps = row.compared.gaps
        reasons = ", ".join(f"{self.gaps.get(gap, gap)} {number}" for gap, number in sorted(gaps.items()))
        return self.site.words("not compared: {n} ({reasons})", n=gaps.total(), reasons=reasons) if gaps else ""

    def sum_row(self, key: MoneyKey, row: MoneySum, shared: str = _SHARED) -> SumRow:
        """Return a row of sums; `shared` names the payments whose amount is shared."""
        counts = (
            (row.unknown, self.site.words("{n} of {m} amounts unknown", n=row.unknown, m=row.payments)),
            (row.shared, self.site.words(shared, n=row.shared)),
            (row.implied, self.site.words("implied: {n}", n=row.implied)),
            (row.compared.gaps.total(), self._gaps(row)),
        )
        return SumRow(
            self.label(key.giver) if key.giver else self.site.words("funder not named"),
            self.site.page_of(key.giver),
            years_words(key.years),
            self._kind(key),
            [money_words(currency, total) for currency, total in sorted(row.totals.items())],
            self.compared_words(row.compared.total if row.compared.payments else None, row.totals),
            ", ".join(text for count, text in counts if count),
        )

    def _kind(self, key: MoneyKey) -> str:
        words = [self.kinds.get(key.kind, key.kind), *filter(None, [self.finances.get(key.finance, key.finance)])]
        words += [self.site.words("to attend an event")] * key.attends + [self.site.words("passed on")] * key.passed_on
        return ", ".join([*words, *[self.site.words("not reviewed")] * key.unreviewed])

    def payment_rows(self, found: Sequence[Payment], claims: Claims) -> list[PaymentRow]:
        """Return rows of payments: reviewed ones first; of these, the largest amounts of each currency first."""
        most: dict[str, Decimal] = {}
        for payment in found:
            if payment.amount is not None:
                most[payment.currency] = max(most.get(payment.currency, Decimal()), abs(payment.amount))
        rows = sorted(
            enumerate(found),
            key=lambda item: (
                item[1].unreviewed, item[1].amount is None, item[1].currency, -(item[1].amount or 0)
            ),
        )  # fmt: skip
        return [self._payment_row(number, payment, most, claims) for number, payment in rows[:_ROWS]]

    def _payment_row(self, number: int, payment: Payment, most: Mapping[str, Decimal], claims: Claims) -> PaymentRow:
        stops = [(self.stop(stop), stop[2]) for stop in _path(payment, 0, 0)]
        amount, largest = payment.amount, most.get(payment.currency)
        compared = self.compare(payment).amount
        marks = (
            (payment.modality == "implied", self.site.words("implied")),
            (bool(payment.place_claims), self.site.words("it may not reach the place")),
            (not payment.is_given, self.site.words("only planned")),
        )
        look = "planned" if not payment.is_given else "unknown" if amount is None else "known"
        return PaymentRow(
            number,
            [
                (stop.get("names") or stop["label"], self.site.page_of(entries[0]) if len(entries) == 1 else "")
                for stop, entries in stops
            ],
            self.site.words("amount unknown") if amount is None else money_words(payment.currency, amount),
            self.compared_words(compared, {} if amount is None else {payment.currency: amount}),
            max(round(100 * abs(amount) / largest), 1) if amount and largest else _UNKNOWN_SHARE,
            " ".join([look, *["implied"] * (payment.modality == "implied"), *["unreviewed"] * payment.unreviewed]),
            years_words(payment.years),
            self._kind(MoneyKey.of(payment)._replace(unreviewed=False)),
            ", ".join(words for is_marked, words in marks if is_marked),
            claims.of(map(data_name, (payment.claim, *payment.repeated_by))),
            0 in payment.counts,
        )


def _data(site: Site, said: _MoneyWords, found: Sequence[Payment]) -> dict[str, Any]:
    """Return the data for the scripts of the page."""
    paths, roles = _paths(found)
    stops = {stop: at for at, stop in enumerate(dict.fromkeys(stop for path in paths for stop in path))}
    compared = list(map(said.compare, found))
    rates = {text: at for at, text in enumerate(dict.fromkeys(found.rates for found in compared))}
    return {
        "language": site.language,
        "columns": [site.words(_ROLES[role]) for role in roles],
        "stops": [said.stop(stop) for stop in stops],
        "funders": {data_name(iri): said.label(iri) for payment in found for iri in payment.givers},
        "places": {data_name(iri): said.label(iri) for payment in found for iri in said.places(payment)},
        "kinds": said.kinds,
        "finances": said.finances,
        "reviews": said.reviews,
        "gaps": said.gaps,
        "prices": {"name": str(said.prices or ""), "words": said.prices_words()},
        "rates": list(rates),
        "payments": [
            _payment(payment, [stops[stop] for stop in path], said.places(payment)) | _compared(amount, rates)
            for payment, path, amount in zip(found, paths, compared, strict=True)
        ],
        "words": site.phrases("shared", "money"),
    }


def money_words(currency: str, amount: Decimal) -> str:
    """Return an amount in words, the currency first.

    >>> money_words("USD", Decimal("668000")), money_words("EUR", Decimal("12.5"))
    ('USD 668,000', 'EUR 12.50')
    """
    return f"{currency} {amount:,.2f}".removesuffix(".00")


def years_words(years: str) -> str:
    """Return years in words.

    >>> years_words("2008/2009"), years_words("2008")
    ('2008–2009', '2008')
    """
    return years.replace("/", "–")


def _paths(found: Sequence[Payment]) -> tuple[list[list[_Stop]], list[str]]:
    """Return the way of each payment over stops, and the roles of the columns."""
    starts = _starts({payment.claim: payment for payment in found})
    through = max((starts[payment.claim] + len(_between(payment)) for payment in found), default=0)
    return (
        [_path(payment, starts[payment.claim], through) for payment in found],
        ["funder", *["through"] * through, "purpose", "place"],
    )


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


def _compared(found: ComparedAmount, rates: Mapping[str, int]) -> dict[str, Any]:
    """Return a compared amount for the scripts, finer than it is shown: they add it up; else the reason."""
    if found.amount is None:
        return {"gap": found.gap} if found.gap else {}
    return {"compared": f"{found.amount:.4f}", "rates": rates[found.rates]}


def _payment(payment: Payment, path: list[int], places: Iterable[str]) -> dict[str, Any]:
    """Return a payment for the scripts."""
    own = [payment.claim, *payment.repeated_by, *payment.place_claims]
    return {
        "path": path,
        "reported": bool(payment.place_claims),
        "givers": [data_name(iri) for iri in payment.givers],
        "places": [data_name(iri) for iri in places],
        "amount": "" if payment.amount is None else f"{payment.amount:f}",
        "currency": payment.currency,
        "kind": payment.kind,
        "finance": payment.finance,
        "years": payment.years,
        "date": payment.date,
        "attends": bool(payment.attendance),
        "passed": payment.passed_on,
        "modality": payment.modality,
        "given": payment.is_given,
        "review": payment.review,
        "sources": payment.sources,
        "said": payment.said_at,
        "counts": sum(1 << way for way in payment.counts),
        "claims": [data_name(claim) for claim in own],
    }
