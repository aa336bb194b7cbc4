"""Small counts: they go, and nobody can work them out from what is left."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from tests.release.making import write_reference, write_source
from tipgraph.graph import Graph
from tipgraph.pipeline import build
from tipgraph.release.counts import BESIDE, SMALL, Cells, Counts, Sum
from tipgraph.statements import DATA

K = 4
ROWS, COLUMNS = ("a", "b"), ("x", "y", "z")


def node(name: str) -> NamedNode:
    return NamedNode(f"{DATA}{name}")


def table(inner: Mapping[tuple[str, str], int]) -> Cells:
    """A table of two rows and three columns with all its totals."""
    values = {node(row + column): inner[row, column] for row in ROWS for column in COLUMNS}
    values |= {node(row): sum(inner[row, column] for column in COLUMNS) for row in ROWS}
    values |= {node(column): sum(inner[row, column] for row in ROWS) for column in COLUMNS}
    values[node("all")] = sum(inner.values())
    sums = [Sum(node(row), tuple(node(row + column) for column in COLUMNS), exact=True) for row in ROWS]
    sums += [Sum(node(column), tuple(node(row + column) for row in ROWS), exact=True) for column in COLUMNS]
    sums += [
        Sum(node("all"), tuple(map(node, ROWS)), exact=True),
        Sum(node("all"), tuple(map(node, COLUMNS)), exact=True),
    ]
    return Cells(dict(values), sums)


tables = st.fixed_dictionaries({(row, column): st.integers(0, 9) for row in ROWS for column in COLUMNS}).map(table)


def determined(cells: Cells, gone: Mapping[NamedNode, str]) -> set[NamedNode]:
    """The withheld cells that the linear system of the sums has one solution for, by its null space."""
    hidden = list(gone)
    rows = []
    for total, parts, _ in cells.sums:
        row = [sum(-1 if one == total else 1 for one in (total, *parts) if one == cell) for cell in hidden]
        rows.append(row)
    _, weights, vectors = np.linalg.svd(np.array(rows, dtype=float))
    rank = int((weights > 1e-9).sum())
    free = vectors[rank:]
    return {cell for at, cell in enumerate(hidden) if np.abs(free[:, at]).max(initial=0) < 1e-9}


@given(tables)
def test_no_small_count_is_a_solution_of_the_sums(cells: Cells) -> None:
    gone = cells.withheld(K)
    assert {cell for cell, why in gone.items() if why == SMALL} == cells.small(K)
    if gone:
        assert not determined(cells, gone) & cells.small(K)


@settings(max_examples=25)
@given(st.fixed_dictionaries({(row, column): st.integers(0, 5) for row in "ab" for column in "xy"}))
def test_a_small_count_can_be_any_small_number(inner: dict[tuple[str, str], int]) -> None:
    """Every way to fill the withheld cells is tried, by whole numbers from 1, as somebody would who has the release."""
    cells = square(inner)
    gone = cells.withheld(K)
    possible: dict[NamedNode, set[int]] = {cell: set() for cell in gone}
    inside = [cell for cell in cells.values if len(cell.value.removeprefix(DATA)) == 2]
    for guess in product(range(1, 11), repeat=sum(cell in gone for cell in inside)):
        numbers = iter(guess)
        filled = {cell: next(numbers) if cell in gone else cells.values[cell] for cell in inside}
        for total, parts, _ in sorted(cells.sums, key=lambda one: one.total.value.endswith("all")):
            made = sum(filled[part] or 0 for part in parts)
            if filled.setdefault(total, made) != made or (total not in gone and made != cells.values[total]):
                break
        else:
            for cell in gone:
                possible[cell].add(filled[cell] or 0)
    for cell in cells.small(K):
        least = 1 if cell in inside else min(possible[cell])  # a sum of two withheld ones is no 1
        assert set(range(least, K)) <= possible[cell], (cell, possible[cell])


def square(inner: Mapping[tuple[str, str], int]) -> Cells:
    values = {node(row + column): value for (row, column), value in inner.items()}
    values |= {node(row): inner[row, "x"] + inner[row, "y"] for row in "ab"}
    values |= {node(column): inner["a", column] + inner["b", column] for column in "xy"}
    values[node("all")] = sum(inner.values())
    sums = [Sum(node(row), (node(row + "x"), node(row + "y")), exact=True) for row in "ab"]
    sums += [Sum(node(column), (node("a" + column), node("b" + column)), exact=True) for column in "xy"]
    sums += [Sum(node("all"), (node("a"), node("b")), exact=True), Sum(node("all"), (node("x"), node("y")), exact=True)]
    return Cells(dict(values), sums)


def test_zero_tells_of_nobody_and_k_of_one_withholds_nothing() -> None:
    cells = square({("a", "x"): 0, ("a", "y"): 7, ("b", "x"): 9, ("b", "y"): 2})
    assert node("ax") not in cells.withheld(K)
    assert cells.withheld(1) == {}


def count(name: str, value: int | str, **fields: str) -> dict[str, object]:
    return {
        "id": name, "subject": "reference/erewhon", "value": value, "hedge": "exact" if value else "suppressed",
        "unit": "persons", "per": "year", "date": "2019", "population": "victims", "basis": "detected",
        "measure": "flow", "form": "unspecified", **fields,
    }  # fmt: skip


def counted(tmp_path: Path, *rows: dict[str, object], **tables: list[dict[str, object]]) -> dict[str, str]:
    write_reference(tmp_path)
    write_source(tmp_path, "police-2020", estimates=list(rows), **tables)
    return short(build(tmp_path))


def short(graph: Graph) -> dict[str, str]:
    return {claim.value.rpartition("/")[2]: why for claim, why in Counts(graph).withheld(11).items()}


def test_a_total_does_not_give_the_small_part_back(tmp_path: Path) -> None:
    parts = [count("women", 30, sex="female"), count("men", 4, sex="male"), count("all", 34)]
    assert counted(tmp_path, *parts) == {"men": SMALL, "women": BESIDE}


def test_two_small_parts_need_a_third(tmp_path: Path) -> None:
    """5 and 4 of 39 make 9: the greatest that either can be is 8, which tells more than "fewer than 11"."""
    parts = [count("women", 30, sex="female"), count("men", 4, sex="male"), count("others", 5, sex="not-stated")]
    assert counted(tmp_path, *parts, count("all", 39)) == {"men": SMALL, "others": SMALL, "women": BESIDE}


def test_places_within_a_place_are_its_parts(tmp_path: Path) -> None:
    rows = [count("town", 3, subject="reference/gormenghast"), count("all", 50)]
    assert counted(tmp_path, *rows) == {"town": SMALL}  # what lies outside the town is not counted by anybody


def test_of_what_is_estimated_or_counts_cases_nothing_goes(tmp_path: Path) -> None:
    rows = [count("guess", 3, basis="estimated"), count("cases", 3, unit="cases"), count("none", 0)]
    assert counted(tmp_path, *rows) == {}


def test_who_says_it_again_is_withheld_too(tmp_path: Path) -> None:
    rows = [count("men", 4, sex="male"), count("women", 30, sex="female"), count("all", 34)]
    write_reference(tmp_path, restatements=[
        {"id": "r1", "restating": "press-2020/again", "restated": "police-2020/women", "evidence": "police-2020/s1"},
    ])  # fmt: skip
    write_source(tmp_path, "police-2020", estimates=rows)
    write_source(tmp_path, "press-2020", estimates=[count("again", 30, basis="not-stated")])
    assert short(build(tmp_path)) == {"men": SMALL, "women": BESIDE, "again": BESIDE}


@pytest.mark.parametrize(("women", "men", "withheld"), [
    ("", 4, {"men": SMALL}),  # two that are withheld protect each other
    (30, "", {"women": BESIDE}),  # the source gave its own secret away
    ("", 20, {}),  # 14 women are no small count
])  # fmt: skip
def test_what_a_source_withheld_itself_stays_withheld(
    tmp_path: Path, women: int | str, men: int | str, withheld: dict[str, str]
) -> None:
    rows = [count("women", women, sex="female"), count("men", men, sex="male"), count("all", 34)]
    assert counted(tmp_path, *rows) == withheld
