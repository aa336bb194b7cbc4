"""Numbers beside each other: the case of Latin America and the Caribbean to Japan, and what must hold of any."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from tipgraph.analysis import estimates as numbers_package
from tipgraph.analysis.estimates import Numbers, numbers
from tipgraph.analysis.estimates.estimate import FIELDS, Mention
from tipgraph.analysis.estimates.likeness import agreement, changes, differences, supports
from tipgraph.analysis.estimates.lineage import Lineage
from tipgraph.analysis.estimates.phrases import Phrases
from tipgraph.display.text import numbers_text
from tipgraph.graph import lookup
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.sources.folder import Texts

REPORT, PRESS, FORUM, SOLD = (
    "oas-cim-2005/estimates/p23-1", "ap-2005/estimates/1", "law-forum/estimates/1", "mcclatchy-2005/estimates/1",
)  # fmt: skip
EMBASSY, POLICE = "ap-2005/estimates/2", "mcclatchy-2005/estimates/2"
CODE = "https://w3id.org/tipgraph/code#"
ALIKE = {
    "measure": "measure-flow", "basis": "estimate-basis-detected", "unit": "unit-persons", "per": "period-year",
    "population": "population-victims", "form": "form-unspecified", "date": "2004",
}  # fmt: skip
PERU, JAPAN, LIMA = (NamedNode(f"{DATA}reference/places/{name}") for name in ("peru", "japan", "lima"))


@pytest.fixture(scope="module")
def japan(graph: Graph) -> Numbers:
    return numbers(graph, lookup.resolve(graph, "route:lac-japan"))


def short(one: Mention) -> str:
    return one.claim.value.removeprefix(DATA)


def test_there_are_six_mentions_of_three_roots(japan: Numbers) -> None:
    assert [short(one) for one in japan.mentions] == [REPORT, PRESS, FORUM, SOLD, EMBASSY, POLICE]
    assert japan.roots == 3
    families = [[root.value.removeprefix(DATA) for root in family.roots] for family in japan.lineage.families]
    assert families == [[REPORT], [EMBASSY], [POLICE]]


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
    assert (embassy.kin, police.kin) == ("independent", "independent")
    assert pairs[frozenset((PRESS, FORUM))].kin == "echo"


def test_a_person_reads_it(japan: Numbers, graph: Graph) -> None:
    text = numbers_text(graph, japan, "table", Texts())
    for line in (
        "Latin America and the Caribbean to Japan: 6 mentions (2 of it, 4 of what is near it), 3 roots",
        "  1, 2, 3 and 4: 4 mentions, 1 root (1)",
        "  2 repeats 1, as far as we can tell: bound: about → at least; population: victims → women",
        "412 times as much; 1 does not support it",
        "per: per year → in a period not stated (lost)",
        "1 and 5: not comparable: measure (flow / stock)",
        "What cannot be compared contradicts nothing.",
    ):
        assert line in text
    spanish = Phrases(graph, japan, "es")
    counted = "6 menciones (2 de ella, 4 de lo que está cerca), 3 raíces"
    assert spanish.headline() == f"América Latina y el Caribe a Japón: {counted}"


def test_every_phrase_is_there_in_both_languages_with_the_same_places() -> None:
    phrases = tomllib.loads(Path(numbers_package.__file__).with_name("words.toml").read_text("utf-8"))
    assert list(phrases["en"]) == list(phrases["es"])
    for name, words in phrases["en"].items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", phrases["es"][name])), name


def test_a_thing_without_numbers_says_so(graph: Graph) -> None:
    found = numbers(graph, lookup.resolve(graph, "place:norway"))
    assert "does not mean that there is none" in numbers_text(graph, found, "table", Texts())


def test_no_number_is_asked_twice_from_a_route_and_from_its_ends(graph: Graph) -> None:
    of_place = numbers(graph, lookup.resolve(graph, "place:japan"))
    assert [short(one) for one in of_place.mentions] == [REPORT, PRESS, FORUM, SOLD, EMBASSY, POLICE]


@pytest.mark.parametrize(
    "thing", ["route:lac-japan", "place:japan", "colombia-japan", "place:colombia", "place:norway"]
)
def test_the_question_answers_with_the_same_numbers(graph: Graph, thing: str) -> None:
    asked = Query.find("numbers").run(graph, {"of": thing})
    found = numbers(graph, lookup.resolve(graph, thing))
    assert {row[asked.columns.index("claim")] for row in asked.rows} == {one.claim for one in found.mentions}


def mention(
    number: int,
    value: int | None = 10,
    hedge: str = "exact",
    upper: int | None = None,
    origin: NamedNode = PERU,
    source: str = "",
    issuer: str = "",
    **fields: str,
) -> Mention:
    said = ALIKE | fields
    codes = {
        name: frozenset({said[name] if name == "date" else CODE + said[name]} if said.get(name) else ())
        for name in FIELDS
    }
    node = NamedNode(f"{DATA}made/estimates/{number}")
    ends = {"origin": frozenset({origin}), "destination": frozenset({JAPAN})}
    said_by, route = NamedNode(DATA + (source or f"made-{number}")), NamedNode(f"{DATA}made/routes/{origin.value[-4:]}")
    return Mention(node, said_by, route, hedge,
                   None if value is None else Decimal(value), None if upper is None else Decimal(upper), str(value),
                   codes, frozenset({NamedNode(DATA + issuer)} if issuer else ()), ends)  # fmt: skip


def made(mentions: Sequence[Mention], arcs: Sequence[tuple[int, int]]) -> Numbers:
    claims = [one.claim for one in mentions]
    tied = {(claims[one], claims[other]): "" for one, other in arcs}
    return Numbers(JAPAN, list(mentions), Lineage(claims, tied), frozenset())


def test_numbers_that_count_alike_are_compared() -> None:
    one, other = mention(1, 100), mention(2, 100)
    found = made([one, other, mention(3, 120), mention(4, 105, "about"), mention(5, None, "suppressed")], [(1, 0)])
    verdicts = {(short(pair.left)[-1], short(pair.right)[-1]): (pair.verdict, pair.kin) for pair in found.pairs()}
    assert verdicts["1", "2"] == ("agree", "echo")
    assert verdicts["1", "3"] == ("contradict", "independent")
    assert verdicts["1", "4"] == ("agree", "independent")
    assert verdicts["1", "5"] == ("cannot tell", "independent")
    assert len(found.groups) == 1


def test_two_rows_of_one_source_may_count_what_no_field_tells_apart() -> None:
    assert agreement(mention(1, 60, source="table"), mention(2, 6, source="table")) == "cannot tell"
    assert agreement(mention(1, 6, source="table"), mention(2, 6, source="table")) == "agree"


def test_a_voice_is_an_issuer_or_else_a_source() -> None:
    found = made([mention(1, issuer="iom"), mention(2), mention(3, issuer="iom")], [(1, 0)])
    pairs = {short(pair.left)[-1] + short(pair.right)[-1]: pair.kin for pair in found.pairs()}
    assert pairs == {"12": "echo", "13": "one voice", "23": "one voice"}
    (pair,) = made([mention(1, source="table"), mention(2, source="table")], []).pairs()
    assert pair.kin == "one voice"


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


@pytest.mark.parametrize("name", ["date", "measure", "population"])
def test_an_empty_field_is_not_alike_either(name: str) -> None:
    one, other = (empty(mention(number), name) for number in (1, 2))
    assert [(found.field, found.kind) for found in differences(one, other, frozenset())] == [(name, "unsaid")]


def empty(one: Mention, name: str) -> Mention:
    return replace(one, fields={**one.fields, name: frozenset()})


def test_a_route_without_its_origin_is_compared_with_nothing() -> None:
    one, other = (replace(mention(number), ends={"destination": frozenset({JAPAN})}) for number in (1, 2))
    assert [found.field for found in differences(one, other, frozenset())] == ["place"]


def test_a_place_that_is_gone_makes_it_narrower() -> None:
    both = replace(mention(1), ends={"origin": frozenset({PERU, LIMA}), "destination": frozenset({JAPAN})})
    assert [(one.field, one.how) for one in changes(mention(2), both, frozenset())] == [("origin", "narrower")]


def test_a_circle_stands_on_nothing(graph: Graph) -> None:
    found = made([mention(1), mention(2), mention(3)], [(0, 1), (1, 0)])
    assert found.roots == 1
    assert len(found.lineage.circles) == 1
    told = [Phrases(graph, found).family(one) for one in found.lineage.families]
    assert told == [
        "1 and 2: 2 mentions in a circle: circular reporting, no other number supports them",
        "3: stands alone",
    ]


def test_a_circle_beside_a_root_is_told_apart(graph: Graph) -> None:
    found = made([mention(number) for number in range(1, 5)], [(0, 1), (1, 0), (2, 0), (2, 3)])
    told = [Phrases(graph, found).family(one) for one in found.lineage.families]
    assert told == ["1, 2, 3 and 4: 4 mentions, 1 root (4); of these 1 and 2 in a circle"]


def test_many_numbers_that_follow_each_other_are_a_range(graph: Graph) -> None:
    found = made([mention(number) for number in range(1, 9)], [(at, 0) for at in (1, 2, 3, 4, 7)])
    told = [Phrases(graph, found).family(one) for one in found.lineage.families]
    assert told == ["1–5 and 8: 6 mentions, 1 root (1)", "6: stands alone", "7: stands alone"]


def test_one_that_says_itself_again_is_a_circle() -> None:
    found = made([mention(1)], [(0, 0)])
    assert (found.roots, len(found.lineage.circles)) == (0, 1)


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
    assert first.circles == second.circles
    assert first.families == second.families


@given(arcs=ARCS)
def test_every_number_comes_from_a_root_or_a_circle(arcs: list[tuple[int, int]]) -> None:
    found = made([mention(number) for number in range(7)], arcs)
    firm = {one.claim for one in found.mentions} - {restating for restating, _ in found.lineage.arcs}
    roots = {root for one in found.mentions for root in found.lineage.roots(one.claim)}
    assert all(found.lineage.roots(one.claim) for one in found.mentions)
    assert roots.difference(found.lineage.circles) == {frozenset({claim}) for claim in firm}
    assert {claim for one in found.lineage.families for claim in one.roots} == firm
    assert found.roots == len(firm)
    assert sum(len(one.mentions) for one in found.lineage.families) == 7


@pytest.mark.parametrize(
    ("restated", "restating", "supported"),
    [
        (("at-least", 1700, None), ("exact", 700_000, None), False),
        (("at-least", 1700, None), ("exact", 1700, None), True),
        (("at-most", 100, None), ("exact", 5, None), False),
        (("range", 5, 8), ("range", 5, 800), False),
        (("range", 5, 8), ("exact", 8, None), True),
        (("about", 100, None), ("exact", 95, None), True),
    ],
)
def test_what_supports_a_figure(
    restated: tuple[str, int, int | None], restating: tuple[str, int, int | None], supported: bool
) -> None:
    said = enumerate((restated, restating))
    one, other = (mention(number, value, hedge, upper) for number, (hedge, value, upper) in said)
    assert supports(one, other) == supported


def test_a_withheld_number_supports_nothing() -> None:
    assert not supports(mention(1, None, "suppressed"), mention(2, 5))
    assert not supports(mention(1, 100), mention(2, None, "suppressed"))
    assert mention(1, 5, "suppressed").bounds == (None, None)
