"""Small counts: they go, and nobody can work them out from what is left."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.release.making import write_reference, write_source
from tipgraph.graph.graph import Graph
from tipgraph.model import Statement, ontology
from tipgraph.outputs.release.cell_suppression import Counts
from tipgraph.outputs.release.small_results import small_results
from tipgraph.pipeline import StatementIndex
from tipgraph.pipeline.builder import build


def count(name: str, value: int | str, **fields: str) -> dict[str, object]:
    return {
        "id": name, "subject": "reference/erewhon", "value": value, "hedge": "exact" if value != "" else "suppressed",
        "unit": "persons", "per": "year", "date": "2019", "population": "victims", "basis": "detected",
        "measure": "flow", "form": "unspecified", **fields,
    }  # fmt: skip


def built(folder: Path, *rows: dict[str, object]) -> Graph:
    write_reference(folder)
    write_source(folder, "police-2020", estimates=list(rows))
    return build(folder)


def gone(graph: Graph, k: int = 11, *exempt: str) -> set[str]:
    return {claim.value.rpartition("/")[2] for claim in Counts(graph, exempt).withheld(k)}


WOMEN, MEN, OTHERS = ({"sex": sex} for sex in ("female", "male", "not-stated"))
LABOUR = {"form": "labour"}


@pytest.mark.parametrize(("rows", "withheld"), [
    ([count("women", 30, **WOMEN), count("men", 4, **MEN), count("all", 34)], {"men", "women"}),
    ([count("women", 30, **WOMEN), count("men", 4, **MEN), count("others", 5, **OTHERS), count("all", 39)],
     {"men", "women", "others"}),
    ([count("women", 30, **WOMEN), count("men", 20, **MEN), count("all", 50)], set()),
    ([count("town", 3, subject="reference/gormenghast"), count("all", 50)], {"town"}),
    ([count("women", 5, **WOMEN), count("men", 4, **MEN), count("all", 9)], {"women", "men", "all"}),
    ([count("women", "", **WOMEN), count("men", 30, **MEN), count("all", 34)], {"men"}),
    ([count("zero", 0), count("other", 40, population="children")], set()),
    ([count("zero", 0, **WOMEN), count("men", 4, **MEN), count("all", 20)], {"zero", "men"}),
    ([count("cases", 3, unit="cases")], {"cases"}),
    ([count("guess", 3, basis="estimated")], {"guess"}),
    ([count("unsaid", 2, basis="not-stated"), count("seven", 7, basis="not-stated", date="2018")], {"unsaid", "seven"}),
    ([count("about", 5, hedge="about"), count("range", 8, hedge="range", upperValue="30")], {"about", "range"}),
    ([count("about", 38, hedge="about", **WOMEN), count("women", 38, **WOMEN), count("men", 3, **MEN),
      count("all", 41)], {"about", "women", "men"}),
    ([count("women", 38, **WOMEN), count("men", 3, hedge="about", **MEN), count("all", 41)], {"women", "men"}),
    ([count("women", 38, **WOMEN), count("men", 3, hedge="at-most", **MEN), count("all", 41)], {"women", "men"}),
    ([count("some", 38, form="sexual"), count("few", 3, **LABOUR), count("all", 41, form="sexual | labour")],
     {"some", "few"}),
    ([count("women", 38, **WOMEN), count("all", 41)], {"women"}),  # the three others nobody counts
    ([count("women", 4, **WOMEN, **LABOUR), count("all-women", 40, **WOMEN), count("labour", 60, **LABOUR),
      count("all", 100)], {"women", "all-women", "labour"}),
])  # fmt: skip
def test_of_a_table_with_a_small_count_only_the_total_stays(
    tmp_path: Path, rows: list[dict[str, object]], withheld: set[str]
) -> None:
    assert gone(built(tmp_path, *rows)) == withheld


@pytest.mark.parametrize("value", ["", 3])
def test_two_routes_may_have_the_same_ends_in_other_words(tmp_path: Path, value: int | str) -> None:
    report = {"destination": "reference/utopia", "directed": "true", "form": "unspecified"}
    reports = [
        {"id": "r1", "route": "one", "origin": "reference/erewhon", **report},
        {"id": "r2", "route": "other", "origin": "reference/erewhon | reference/gormenghast", **report},
    ]
    routes = [{"id": name, "type": "Route", "label": name} for name in ("one", "other")]
    counts = [count(f"of-{name}", value, subject=name) for name in ("one", "other")]
    write_reference(tmp_path)
    write_source(tmp_path, "police-2020", routes=routes, estimates=counts, **{"route-reports": reports})
    assert gone(build(tmp_path)) == ({"of-one", "of-other"} if value else set())


def test_a_policy_may_exempt_a_basis_and_names_what_stays(tmp_path: Path) -> None:
    graph = built(tmp_path, count("guess", 3, basis="estimated"), count("seen", 4, date="2018"))
    assert gone(graph, 11, "estimated") == {"seen"}
    assert [one.figure for one in Counts(graph, ["estimated"]).spared(11)] == ["3"]


def test_k_of_one_withholds_nothing(tmp_path: Path) -> None:
    assert gone(built(tmp_path, count("women", 1, **WOMEN), count("men", "", **MEN), count("all", 3)), 1) == set()


def test_whoever_says_a_small_count_again_is_withheld_too(tmp_path: Path) -> None:
    write_reference(tmp_path, restatements=[
        {"id": "r1", "restating": "press-2020/again", "restated": "police-2020/men", "evidence": "police-2020/s1"},
    ])  # fmt: skip
    write_source(tmp_path, "police-2020", estimates=[count("men", 4, **MEN), count("same", 4, **MEN)])
    write_source(tmp_path, "press-2020", estimates=[count("again", 4, basis="not-stated", hedge="about")])
    assert gone(build(tmp_path)) == {"men", "same", "again"}


K = 4
cells = st.fixed_dictionaries({(sex, form): st.integers(0, 6) for sex, form in product("fm", "ls")})
SEX, FORM = {"f": {"sex": "female"}, "m": {"sex": "male"}}, {"l": {"form": "labour"}, "s": {"form": "sexual"}}
KINDS = {**SEX, **FORM, "all": dict[str, str](), **{f + s: SEX[f] | FORM[s] for f, s in product(SEX, FORM)}}


@settings(max_examples=12)
@given(cells, st.lists(st.sampled_from(["f", "m", "l", "s", "all"]), unique=True))
def test_a_small_count_can_be_any_small_number(
    tmp_path_factory: pytest.TempPathFactory, inner: dict[tuple[str, str], int], margins: list[str]
) -> None:
    """Every way to fill the cells is tried, as somebody would who has the release and knows which tables there are."""
    known = {f"{sex}{form}": inner[sex, form] for sex, form in inner}
    sums = {"f": ("fl", "fs"), "m": ("ml", "ms"), "l": ("fl", "ml"), "s": ("fs", "ms"), "all": ("fl", "fs", "ml", "ms")}
    values = known | {name: sum(known[part] for part in sums[name]) for name in margins}
    rows = [count(name, value, **KINDS[name]) for name, value in values.items()]
    hidden = gone(built(tmp_path_factory.mktemp("table"), *rows), K)
    assert {name for name, value in values.items() if 0 < value < K} <= hidden
    possible: dict[str, set[int]] = {name: set() for name in hidden & known.keys()}
    for guess in product(range(14), repeat=len(possible)):
        filled = known | dict(zip(possible, guess, strict=True))
        if all(sum(filled[part] for part in sums[name]) == values[name] for name in margins if name not in hidden):
            for name in possible:
                possible[name].add(filled[name])
    for name in possible:
        if 0 < known[name] < K:
            assert {1, 2, 3} <= possible[name] or sum(known.values()) < K, (name, possible[name], values, hidden)


def test_one_small_value_withholds_all_results_of_its_indicator(tmp_path: Path) -> None:
    project = {"id": "shelter", "type": "Project", "label": "A shelter"}
    values = {
        "one": {"indicator": "Persons housed", "actual": "3", "dimension": "sex: male"},
        "all": {"indicator": "Persons housed", "actual": "40"},
        "staff": {"indicator": "Staff trained", "target": "60", "baseline": "0"},
        "share": {"indicator": "Share housed", "indicatorMeasure": "percentage", "actual": "5"},
    }
    write_reference(tmp_path)
    rows = [{"id": name, "undertaking": "shelter", **cells} for name, cells in values.items()]
    write_source(tmp_path, "shelter-2020", undertakings=[project], results=rows)
    index = StatementIndex([Statement(*quad) for quad in build(tmp_path).quads()], ontology())
    assert {claim.value.rpartition("/")[2] for claim in small_results(index, 11)} == {"one", "all"}
    assert small_results(index, 1) == {}
