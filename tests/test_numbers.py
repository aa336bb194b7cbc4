"""Numbers beside each other: the case of Latin America and the Caribbean to Japan, and what must hold of any."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from tipgraph import names
from tipgraph.graph import Graph
from tipgraph.numbers import FIELDS, Lineage, Mention, Numbers, numbers
from tipgraph.numbers.comparing import agreement, changes, differences, supports
from tipgraph.numbers.sums import sums
from tipgraph.numbers.wording import Wording
from tipgraph.printing import numbers_text
from tipgraph.sources import Texts
from tipgraph.statements import DATA

REPORT, PRESS, FORUM, SOLD = (
    "oas-cim-2005/estimates/p23-1", "ap-2005/estimates/1", "law-forum/estimates/1", "mcclatchy-2005/estimates/1",
)  # fmt: skip
EMBASSY, POLICE = "ap-2005/estimates/2", "mcclatchy-2005/estimates/2"
CODE = "https://w3id.org/tipgraph/code#"
ALIKE = {
    "measure": "measure-flow", "basis": "estimate-basis-detected", "unit": "unit-persons", "per": "period-year",
    "population": "population-victims", "form": "form-unspecified",
}  # fmt: skip
PERU, JAPAN, LIMA = (NamedNode(f"{DATA}reference/places/{name}") for name in ("peru", "japan", "lima"))


@pytest.fixture(scope="module")
def japan(graph: Graph) -> Numbers:
    return numbers(graph, names.resolve(graph, "route:lac-japan"))


def short(one: Mention) -> str:
    return one.claim.value.removeprefix(DATA)


def test_there_are_six_mentions_of_three_roots(japan: Numbers) -> None:
    assert [short(one) for one in japan.mentions] == [REPORT, PRESS, FORUM, SOLD, EMBASSY, POLICE]
    assert japan.roots == 3
    families = [[root for one in family.roots for root in one] for family in japan.lineage.families()]
    assert [[root.value.removeprefix(DATA) for root in roots] for roots in families] == [[REPORT], [EMBASSY], [POLICE]]


def test_what_each_changed_of_the_report(japan: Numbers) -> None:
    drifts = {short(one.restating): one for one in japan.drifts}
    assert {short(one.restated) for one in drifts.values()} == {REPORT}
    said = {claim: {(change.field, change.how) for change in one.changes} for claim, one in drifts.items()}
    assert said == {
        PRESS: {("bound", "changed"), ("population", "changed")},
        SOLD: {
            ("bound", "lost"), ("per", "lost"), ("measure", "lost"), ("origin", "narrower"), ("population", "changed"),
        },
        FORUM: {
            ("value", "changed"), ("per", "lost"), ("measure", "lost"), ("origin", "narrower"),
            ("population", "changed"),
        },
    }  # fmt: skip
    assert {claim for claim, one in drifts.items() if not one.supported} == {FORUM}


def test_the_stock_and_the_detected_contradict_nothing(japan: Numbers) -> None:
    pairs = {frozenset((short(one.left), short(one.right))): one for one in japan.pairs()}
    assert "contradict" not in {one.verdict for one in pairs.values()}
    embassy, police = pairs[frozenset((REPORT, EMBASSY))], pairs[frozenset((REPORT, POLICE))]
    assert ("measure", "other") in {(one.field, one.kind) for one in embassy.differences}
    assert ("basis", "other") in {(one.field, one.kind) for one in police.differences}
    assert not embassy.echo
    assert not police.echo
    assert pairs[frozenset((PRESS, FORUM))].echo


def test_a_person_reads_it(japan: Numbers, graph: Graph) -> None:
    text = numbers_text(graph, japan, "table", Texts())
    for line in (
        "Latin America and the Caribbean to Japan: 6 mentions, 3 roots",
        "  1, 2, 3 and 4: 4 mentions, 1 root (1)",
        "  2 says 1 again: bound: about → at least; population: victims → women",
        "412 times as much; 1, which it credits, does not support it",
        "per: per year → in a period not stated (lost)",
        "1 and 5: not comparable: measure (flow / stock)",
        "What cannot be compared contradicts nothing.",
    ):
        assert line in text
    spanish = Wording(graph, japan, "es")
    assert spanish.headline() == "América Latina y el Caribe a Japón: 6 menciones, 3 raíces"


def test_a_thing_without_numbers_says_so(graph: Graph) -> None:
    found = numbers(graph, names.resolve(graph, "place:norway"))
    assert "does not mean that there is none" in numbers_text(graph, found, "table", Texts())


def test_no_number_is_asked_twice_from_a_route_and_from_its_ends(graph: Graph) -> None:
    of_place = numbers(graph, names.resolve(graph, "place:japan"))
    assert {short(one) for one in of_place.mentions} == {REPORT, PRESS, FORUM, SOLD, EMBASSY, POLICE}


def mention(
    number: int,
    value: int | None = 10,
    hedge: str = "exact",
    upper: int | None = None,
    origin: NamedNode = PERU,
    **fields: str,
) -> Mention:
    said = ALIKE | {name: value for name, value in fields.items() if name != "date"}
    codes = {name: frozenset({CODE + said[name]} if name in said else ()) for name in FIELDS}
    if "date" in fields:
        codes["date"] = frozenset({fields["date"]})
    node = NamedNode(f"{DATA}made/estimates/{number}")
    ends = {"origin": frozenset({origin}), "destination": frozenset({JAPAN})}
    return Mention(node, NamedNode(DATA + "made"), NamedNode(f"{DATA}made/routes/{origin.value[-4:]}"), hedge,
                   None if value is None else Decimal(value), None if upper is None else Decimal(upper), str(value),
                   codes, frozenset(), ends)  # fmt: skip


def made(mentions: Sequence[Mention], arcs: Sequence[tuple[int, int]]) -> Numbers:
    claims = [one.claim for one in mentions]
    tied = {(claims[one], claims[other]): "" for one, other in arcs}
    return Numbers(JAPAN, list(mentions), Lineage(claims, tied), frozenset())


def test_numbers_that_count_alike_are_compared() -> None:
    one, other = mention(1, 100), mention(2, 100)
    found = made([one, other, mention(3, 120), mention(4, 105, "about"), mention(5, None, "suppressed")], [(1, 0)])
    verdicts = {(short(pair.left)[-1], short(pair.right)[-1]): (pair.verdict, pair.echo) for pair in found.pairs()}
    assert verdicts["1", "2"] == ("agree", True)
    assert verdicts["1", "3"] == ("contradict", False)
    assert verdicts["1", "4"] == ("agree", False)
    assert verdicts["1", "5"] == ("cannot tell", False)
    assert len(found.groups) == 1


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (("exact", 5, None), ("at-least", 4, None), "agree"),
        (("exact", 3, None), ("at-least", 4, None), "contradict"),
        (("at-most", 9, None), ("at-least", 10, None), "contradict"),
        (("range", 5, 8), ("exact", 8, None), "agree"),
        (("range", 5, 8), ("exact", 9, None), "contradict"),
        (("about", 100, None), ("exact", 111, None), "contradict"),
    ],
)
def test_bounds_decide(left: tuple[str, int, int | None], right: tuple[str, int, int | None], told: str) -> None:
    one, other = (mention(number, value, hedge, upper) for number, (hedge, value, upper) in enumerate((left, right)))
    assert agreement(one, other) == told
    assert agreement(other, one) == told


def test_what_is_not_stated_is_not_taken_to_be_alike() -> None:
    one, other = (mention(number, per="period-not-stated") for number in (1, 2))
    assert [(found.field, found.kind) for found in differences(one, other, frozenset())] == [("per", "unsaid")]
    assert changes(one, other, frozenset()) == []
    assert len(made([one, other], []).groups) == 2


def test_a_circle_stands_on_nothing(graph: Graph) -> None:
    found = made([mention(1), mention(2), mention(3)], [(0, 1), (1, 0)])
    assert found.roots == 1
    assert len(found.lineage.circles()) == 1
    told = [Wording(graph, found).family(one) for one in found.lineage.families()]
    assert told == [
        "1 and 2: 2 mentions in a circle: circular reporting, they stand on nothing but each other",
        "3: stands alone",
    ]


def test_one_that_says_itself_again_is_a_circle() -> None:
    found = made([mention(1)], [(0, 0)])
    assert (found.roots, len(found.lineage.circles())) == (0, 1)


def test_sums_are_offered_of_what_counts_nobody_twice() -> None:
    girls, boys = mention(1, 5, sex="sex-female"), mention(2, 7, sex="sex-male")
    every, hidden = mention(3, 12), mention(4, None, "suppressed", sex="sex-not-stated")
    (one,) = sums([girls, boys, every], frozenset())
    assert (one.rule, one.value, one.hedge, one.withheld) == ("sex", Decimal(12), "exact", 0)
    (two,) = sums([girls, boys, every, hidden], frozenset())
    assert (two.value, two.hedge, two.withheld) == (Decimal(12), "at-least", 1)
    assert sums([girls, mention(5, 7, sex="sex-male", per="period-total")], frozenset()) == []
    assert sums([girls, boys, mention(6, 8, sex="sex-male")], frozenset()) == []
    assert sums([girls, mention(7, 8, "about", sex="sex-male")], frozenset()) == []


def test_places_that_lie_within_each_other_are_not_added_up() -> None:
    peru, lima = mention(1, 5), mention(2, 7, origin=LIMA)
    (one,) = sums([peru, lima], frozenset())
    assert (one.rule, one.value) == ("origin", Decimal(12))
    assert sums([peru, lima], frozenset({(LIMA, PERU)})) == []


def test_what_is_said_again_is_not_added_up() -> None:
    parts = [mention(1, 5, sex="sex-female"), mention(2, 7, sex="sex-male")]
    assert [one.value for one in made(parts, []).sums] == [12]
    assert made([*parts, mention(3, 7, sex="sex-male")], [(2, 1)]).sums[0].value == 12


ARCS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14, unique=True)


@given(arcs=ARCS, order=st.permutations(range(7)), turned=st.randoms(use_true_random=False))
def test_lineage_does_not_depend_on_the_order_of_rows(
    arcs: list[tuple[int, int]], order: list[int], turned: object
) -> None:
    mentions = [mention(number) for number in range(7)]
    claims = [one.claim for one in mentions]
    tied = [((claims[one], claims[other]), "") for one, other in arcs]
    shuffled = list(tied)
    turned.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = Lineage(claims, dict(tied)), Lineage([claims[place] for place in order], dict(shuffled))
    assert [first.roots(claim) for claim in claims] == [second.roots(claim) for claim in claims]
    assert first.circles() == second.circles()
    assert first.families() == second.families()


@given(arcs=ARCS)
def test_every_number_has_a_root_and_a_circle_is_one(arcs: list[tuple[int, int]]) -> None:
    found = made([mention(number) for number in range(7)], arcs)
    circles = {frozenset(circle) for circle in found.lineage.circles()}
    firm = {one.claim for one in found.mentions} - {restating for restating, _ in found.lineage.arcs}
    roots = {root for one in found.mentions for root in found.lineage.roots(one.claim)}
    assert all(found.lineage.roots(one.claim) for one in found.mentions)
    assert {root for root in roots if root not in circles} == {frozenset({claim}) for claim in firm}
    assert sum(len(one.mentions) for one in found.lineage.families()) == 7


def test_a_withheld_number_supports_nothing() -> None:
    assert not supports(mention(1, None, "suppressed"), mention(2, 5))
    assert supports(mention(1, 100, "about"), mention(2, 95))
    assert not supports(mention(1, 100), mention(2, 95))
