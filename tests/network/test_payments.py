"""Payments are counted once, and their sums are those of the claims: computed here again from the statements."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from operator import add

import pytest
from pyoxigraph import Literal, NamedNode

from tests.conftest import statements_of
from tipgraph.analysis import holders_of
from tipgraph.analysis.payments import by_giver, payments, sums
from tipgraph.analysis.prices import years_of
from tipgraph.graph.graph import Graph, derive
from tipgraph.graph.query import Answer, Query, ask
from tipgraph.model import DATA, Statement, kit, tip

GIVER, HARBOUR = f"{DATA}harbour-2020/actors/lantern-fund", f"{DATA}harbour-2020/funding/p2-1"


def claims(graph: Graph) -> dict[str, dict[str, list[str]]]:
    """The values of each claim of money by the local names of its properties."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in statements_of(graph):
        name = quad.predicate.value.rpartition("#")[2]
        found[quad.subject.value][name].append(quad.object.value.rpartition("#")[2])
    return {claim: values for claim, values in found.items() if "Funding" in values["type"]}


Key = tuple[str, str, str, bool, bool, str]  # giver, years, kind, is it to attend an event, not reviewed, currency


def added(graph: Graph) -> dict[Key, list[Decimal]]:
    """The sum, and the numbers of payments, of those without an amount and of implied ones."""
    rows: dict[Key, list[Decimal]] = {}
    for values in claims(graph).values():
        if values["countsAs"]:
            continue
        years = years_of(*(next(iter(values[name]), "") for name in ("earliest", "latest")))
        kind = values["moneyKind"][0].removeprefix("money-kind-")
        currency = values["currency"][0] if values["amount"] else ""
        own = values["amount"][0] if values["amount"] and len(values["giver"]) == 1 else 0
        numbers = [own, 1, not currency, values["modality"] == ["modality-implied"]]
        for giver in values["giver"] or [""]:
            key = (giver, years, kind, bool(values["attendance"]), values["review"] == ["review-unreviewed"], currency)
            rows[key] = [old + Decimal(new) for old, new in zip(rows.get(key, [Decimal()] * 4), numbers, strict=True)]
    return rows


def cells(answer: Answer) -> list[dict[str, str]]:
    """The rows of an answer, as the values of their columns."""
    return [
        {name: getattr(term, "value", "") for name, term in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]


@pytest.mark.parametrize("name", ["graph", "small"])
def test_the_sums_are_those_of_the_claims(name: str, request: pytest.FixtureRequest) -> None:
    graph: Graph = request.getfixturevalue(name)
    expected = added(graph)
    asked: dict[Key, list[Decimal]] = {}
    for cell in cells(Query.find("funding-sums").run(graph)):
        assert (cell["total"] == "") == (cell["currency"] == "")  # an unknown amount is not 0
        kind = cell["kind"].rpartition("money-kind-")[2]
        numbers = [cell["total"] or 0, cell["payments"], cell["unknown"], cell["implied_payments"]]
        marks = bool(cell["attendance"]), bool(cell["not_reviewed"])
        asked[cell["giver"], cell["years"], kind, *marks, cell["currency"]] = list(map(Decimal, numbers))
    assert asked == expected
    totals: dict[Key, Decimal] = {}
    counts: dict[tuple[str, str, str, bool, bool], list[int]] = {}
    for key, found in sums(by_giver(payments(graph))).items():
        group = (key.giver, key.years, key.kind, key.attends, key.unreviewed)
        counts[group] = [found.payments, found.unknown, found.implied]
        totals |= {(*group, currency): total for currency, total in found.totals.items()}
    assert totals == {key: row[0] for key, row in expected.items() if key[-1]}
    assert counts == {
        group: [sum(row[at] for key, row in expected.items() if key[:-1] == group) for at in (1, 2, 3)]
        for group in {key[:-1] for key in expected}
    }


def test_the_sums_of_a_place_are_those_of_the_payments_that_may_reach_it(graph: Graph) -> None:
    every = payments(graph)
    reached: dict[str, set[str]] = defaultdict(set)
    for values in cells(ask(graph, "SELECT ?payment ?place { ?payment tip:mayReach ?place }")):
        reached[values["payment"]].add(values["place"])
    assert reached == {payment.claim: {*payment.places} for payment in every if payment.places}
    holders = holders_of(graph, {place for payment in every for place in payment.places})
    for name in ("world", "bangladesh", "caribbean", "japan"):
        place = f"{DATA}reference/places/{name}"
        found = [payment for payment in every if any(place in holders[own] for own in payment.places)]
        assert bool(found) == (name != "japan")
        expected: dict[tuple[str, str, str], list[Decimal]] = {}
        for key, row in sums(by_giver(found)).items():
            expected.setdefault((key.giver, key.years, key.kind), []).extend(
                [Decimal(row.payments), *row.totals.values()]
            )
        asked: dict[tuple[str, str, str], list[Decimal]] = {}
        for cell in cells(Query.find("funding-sums").run(graph, {"in": place})):
            kind = cell["kind"].rpartition("money-kind-")[2]
            numbers = [Decimal(cell[name]) for name in ("payments", "total") if cell[name]]
            asked.setdefault((cell["giver"], cell["years"], kind), []).extend(numbers)
        assert {key: sum(numbers) for key, numbers in asked.items()} == {
            key: sum(numbers) for key, numbers in expected.items()
        }


def with_claims(small: Graph, **changes: dict[str, str]) -> Graph:
    """The small graph with copies of its claim of money, some of their values replaced, or left out if empty."""
    own = [quad for quad in statements_of(small) if quad.subject.value == HARBOUR]
    more = []
    for name, values in changes.items():
        for quad in own:
            changed = values.get(quad.predicate.value.rpartition("#")[2], quad.object.value)
            old = quad.object
            if not changed:
                continue
            node = Literal(changed, datatype=old.datatype) if isinstance(old, Literal) else NamedNode(changed)
            more.append(Statement(NamedNode(f"{DATA}{name}"), quad.predicate, node, quad.source))
    return Graph([*statements_of(small), *more])


def extra(graph: Graph, *triples: tuple[str, str, str]) -> Graph:
    """The graph with more statements, and what a build derives of them about the claims that count."""
    source = next(quad.source for quad in statements_of(graph) if quad.subject.value == HARBOUR)
    more = [Statement(NamedNode(s), NamedNode(p), NamedNode(o), source) for s, p, o in triples]
    return derive(Graph([*statements_of(graph), *more]), kit.files("queries/derive", "77-counts-as.rq"))


def totals(graph: Graph, accept: int = 0) -> list[dict[str, Decimal]]:
    return [row.totals for row in sums(by_giver(payments(graph), accept)).values()]


def test_currencies_and_kinds_are_never_added_up(small: Graph) -> None:
    kind = "https://w3id.org/tipgraph/code#money-kind-awarded"
    graph = with_claims(small, euro={"currency": "EUR"}, award={"moneyKind": kind}, later={"amount": "0.10"})
    assert totals(graph) == [{"USD": Decimal(12500)}, {"USD": Decimal("12500.10"), "EUR": Decimal(12500)}]


def test_a_repeated_payment_counts_once_and_with_the_first_claim_that_is_accepted(small: Graph) -> None:
    implied = "https://w3id.org/tipgraph/code#modality-implied"
    graph = with_claims(small, again={"amount": "700"}, first={"amount": "20", "modality": implied})
    again, first = f"{DATA}again", f"{DATA}first"
    graph = extra(graph, (again, tip.restates, first), (first, tip.restates, again), (HARBOUR, tip.restates, first))
    assert totals(graph) == [{"USD": Decimal(700)}]  # of a circle, the first by name
    graph = extra(with_claims(small, first={"amount": "20", "modality": implied}), (HARBOUR, tip.restates, first))
    assert totals(graph) == [{"USD": Decimal(20)}]
    assert totals(graph, accept=1) == [{"USD": Decimal(12500)}]  # only stated
    both = extra(with_claims(small, first={}), (HARBOUR, tip.corroborates, first), (first, tip.corroborates, HARBOUR))
    assert totals(both) == [{"USD": Decimal(12500)}]
    assert asked_sums(both) == [(False, 1, 0, Decimal(12500))]


UNREVIEWED = {"review": "https://w3id.org/tipgraph/code#review-unreviewed"}
Row = tuple[bool, int, int, Decimal]  # is it not reviewed, the payments, those without an amount, the total


def by_review(rows: Iterable[Row]) -> list[Row]:
    found: dict[bool, Row] = {}
    for key, *numbers in rows:
        _, *old = found.get(key, (key, 0, 0, Decimal()))
        found[key] = (key, *map(add, old, numbers))
    return [found[key] for key in sorted(found)]


def asked_sums(graph: Graph) -> list[Row]:
    """The rows of the question."""
    return by_review(
        (bool(row["not_reviewed"]), int(row["payments"]), int(row["unknown"]), Decimal(row["total"] or 0))
        for row in cells(Query.find("funding-sums").run(graph))
    )


def added_sums(graph: Graph, accept: int = 0) -> list[Row]:
    """The same rows of the payments."""
    return by_review(
        (key.unreviewed, row.payments, row.unknown, row.totals.get("USD", Decimal()))
        for key, row in sums(by_giver(payments(graph), accept)).items()
    )


R, A, U, V = HARBOUR, f"{DATA}a", f"{DATA}u", f"{DATA}v"  # R and A are reviewed
ONCE, APART = (False, 1, 0, Decimal(12500)), (True, 1, 0, Decimal(700))


@pytest.mark.parametrize(
    ("copies", "links", "rows"),
    [
        ({"u": {}}, [(U, tip.corroborates, R)], [ONCE]),
        ({"u": {}}, [(R, tip.restates, U), (U, tip.restates, R)], [ONCE]),
        ({"u": {"amount": "700"}}, [(R, tip.restates, U)], [ONCE]),
        ({"u": {}, "v": {}}, [(R, tip.restates, U), (U, tip.restates, V)], [ONCE]),
        ({"u": {}, "v": {}}, [(R, tip.restates, U), (V, tip.corroborates, U)], [ONCE]),
        ({"u": {}, "v": {"amount": "700"}}, [(U, tip.restates, V)], [ONCE, APART]),
        ({"u": {"amount": "700"}, "r": {"amount": "", "currency": ""}}, [(f"{DATA}r", tip.restates, U)],
         [(False, 2, 1, Decimal(12500)), APART]),  # it may be another payment: it adds no money
        ({"u": {}, "r": {}}, [(R, tip.restates, U), (f"{DATA}r", tip.restates, U)], [ONCE]),
        ({"u": {}, "r": {}}, [(R, tip.restates, U), (U, tip.restates, f"{DATA}r")], [ONCE]),
        ({"u": {}, "a": {}}, [(R, tip.restates, U), (A, tip.restates, U), (A, tip.restates, R)], [ONCE]),
        ({"u": {}, "a": {"amount": "", "currency": ""}}, [(R, tip.restates, U), (A, tip.restates, U)], [ONCE]),
        ({"u": {"amount": "700"}}, [(R, tip.revisedBy, U)], [APART]),  # another budget, no repetition
    ],
)  # fmt: skip
def test_a_reviewed_claim_counts_before_one_that_nobody_has_reviewed(
    small: Graph, copies: dict[str, dict[str, str]], links: list[tuple[str, str, str]], rows: list[Row]
) -> None:
    own = {name: (UNREVIEWED if name in "uv" else {}) | values for name, values in copies.items()}
    graph = extra(with_claims(small, **own), *links)
    assert added_sums(graph) == asked_sums(graph) == rows
    if tip.revisedBy not in {name for _, name, _ in links}:  # the reviewed rows are those of reviewed claims alone
        assert added_sums(graph, accept=2) == [row for row in rows if not row[0]]


def test_one_amount_of_several_givers_is_in_no_sum_and_money_passed_on_is_apart(small: Graph) -> None:
    graph = extra(
        with_claims(small, next={}), (HARBOUR, tip.giver, f"{DATA}other"), (f"{DATA}next", tip.continues, HARBOUR)
    )
    found = sums(by_giver(payments(graph)))
    assert [(key.passed_on, row.totals, row.shared) for key, row in found.items()] == [
        (False, {}, 1),
        (True, {"USD": Decimal(12500)}, 0),
        (False, {}, 1),
    ]
