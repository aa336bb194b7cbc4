"""Rows of two engines compared: by value, and in the order that a query asks for.

The same value may be written in several ways, and an engine may choose: numbers ("12.50" and "12.5"; an integer as one
of its derived types), booleans ("1" and "true"), and the letters of a language tag. All else must agree to the letter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, TypeAlias

from pyoxigraph import Literal, Quad, Store

from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph

XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "int", "long", "nonNegativeInteger"))
LOST = "cells lost: "
_BOOLEANS = {"1": "true", "0": "false"}

Value: TypeAlias = object
Row: TypeAlias = tuple[Value, ...]


def value(term: Any) -> Value:
    """Return what a term is worth, for comparison."""
    if not isinstance(term, Literal):
        return None if term is None else term.value
    kind = term.datatype.value
    if kind in _NUMBERS:
        return Decimal(term.value).normalize()
    if kind == f"{XSD}boolean":
        return _BOOLEANS.get(term.value, term.value) == "true"
    return term.value, kind, (term.language or "").lower()


def rows_of(result: Any) -> list[Row]:
    """Return the rows of solutions or the triples of a CONSTRUCT."""
    return [tuple(map(value, row)) for row in result]


def same(text: str, names: Sequence[str], one: Sequence[Row], other: Sequence[Row]) -> str:
    """Return in which way two answers to a query differ, or nothing where they do not."""
    left, right = Counter(one), Counter(other)
    if left != right:
        lost = LOST if _are_cells_lost(left - right, right - left) else ""
        return f"{lost}{len(one)} rows, not {len(other)}; extra {_first(left - right)}; missing {_first(right - left)}"
    keys = [names.index(name) for name in _keys(text) if name in names]
    for at, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        if [mine[key] for key in keys] != [theirs[key] for key in keys]:
            return f"in another order, first at row {at}: {mine}, not {theirs}"
    return ""


def _are_cells_lost(extra: "Counter[Row]", missing: "Counter[Row]") -> bool:
    """Tell whether each row too many is one of those missing without some of its cells."""
    whole = [*missing.elements()]
    for row in extra.elements():
        if (match := next((one for one in whole if _has_cells(row, one)), None)) is None:
            return False
        whole.remove(match)
    return not whole


def _has_cells(row: Row, whole: Row) -> bool:
    return all(cell is None or cell == other for cell, other in zip(row, whole, strict=True))


def _first(rows: "Counter[Row]") -> list[Row]:
    return list(rows)[:2]


def _keys(text: str) -> list[str]:
    """Return the variables by which a query orders its rows; those of an inner query are not meant."""
    last = re.search(r"^ORDER BY (.*)$", text, re.MULTILINE)
    return [] if last is None else re.findall(r"\?(\w+)", re.sub(r"\w+\([^)]*\)", "", last[1]))


def with_more(graph: Graph, quads: Iterable[Quad]) -> Graph:
    """Return a graph with more statements in it."""
    return Graph.over(Embedded(store_of(chain(graph.quads(), quads))))


def store_of(quads: Iterable[Quad]) -> Store:
    """Return a store of statements, to which more can be added."""
    store = Store()
    store.extend(quads)
    return store
