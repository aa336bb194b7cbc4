"""Withhold the results of a project if one of their values is a small count, so that no subtraction gives it back."""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.model import CODE, Statement, tip
from tipgraph.outputs.release.cell_suppression import SMALL
from tipgraph.pipeline import StatementIndex

_INDICATOR: Final = frozenset({tip.undertaking, tip.title, tip.indicator})
_VALUES: Final = frozenset({tip.baseline, tip.target, tip.actual})
_SHARES: Final = CODE + "indicator-measure-percentage"
_ANY: Final = NamedNode(tip.Result)  # the subject of statements that are compared
_COUNT: Final = re.compile(r"(?a)0*(\d{1,9})(?:[.,]0*)?")


def small_results(index: StatementIndex, k: int) -> dict[NamedNode, str]:
    """Return all results of each indicator that has a count from 1 to k - 1, each with the reason."""
    indicators: dict[frozenset[Statement], list[NamedNode]] = {}
    small: set[frozenset[Statement]] = set()
    for claim, quads in _results(index):
        key = frozenset(quad._replace(subject=_ANY) for quad in quads if quad.predicate.value in _INDICATOR)
        indicators.setdefault(key, []).append(claim)
        if any(_is_small(quad, k) for quad in quads):
            small.add(key)
    return {claim: SMALL for key in indicators if key in small for claim in indicators[key]}


def _results(index: StatementIndex) -> Iterator[tuple[NamedNode, list[Statement]]]:
    """Yield the results that count something, with their statements."""
    for claim in index.claims:
        quads = index.about[claim]
        if "Result" in index.classes(claim) and not any(quad.object == NamedNode(_SHARES) for quad in quads):
            yield claim, quads


def _is_small(quad: Statement, k: int) -> bool:
    match = _COUNT.fullmatch(quad.object.value.strip()) if quad.predicate.value in _VALUES else None
    return match is not None and 0 < int(match[1]) < k
