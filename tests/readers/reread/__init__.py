"""An independent reading of open data: what the files say, beside what `tipgraph source import` and `build` make of it.

It uses lxml, csv, json and decimal, the standards and what the guide promises, and none of the project's readers.
`python -m tests.readers.reread` compares files and lists the differences with their reasons.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad

from tests.shared import FOLDER

from . import factbook, ftm, iati_details, iati_organisations, route_lists
from .countries import Countries
from .iati_claims import IatiClaims
from .iati_reasons import REASONS
from .iati_rows import IatiFile
from .nodes import Nodes
from .route_lists import RouteClaims, RouteList
from .rows import Comparison, Difference, compare, row

__all__ = ["KINDS", "Comparison", "Nodes", "compare_file"]

DATE = "2005"  # of lists of routes, which have none


def compare_file(kind: str, path: Path, quads: Iterable[Quad], source: str, unread: Mapping[str, int]) -> Comparison:
    """Compare a file with the graph that was built of it; `unread` is how many parts the import says it left."""
    return KINDS[kind](path, Nodes(quads, source), unread)


def _iati(path: Path, nodes: Nodes, unread: Mapping[str, int]) -> Comparison:
    claims = IatiClaims(nodes)
    if iati_organisations.is_of_organisations(path):
        budgets = iati_organisations.OrganisationFile(path)
        held = iati_organisations.claimed(claims)
        return compare(budgets.rows(), held, budgets, iati_organisations.REASONS)
    file = IatiFile(path)
    said = chain(file.rows(), *map(iati_details.said, file.activities))
    comparison = compare(said, chain(claims.rows(), iati_details.claimed(claims)), file, REASONS)
    for part, number in sorted(file.uncompared().items()):
        reason = "not read, and the import says so" if unread.get(part) == number else ""
        comparison.differences.append(Difference(reason, row("part", name=part, number=str(number)), None))
    return comparison


def _routes(path: Path, nodes: Nodes, _: Mapping[str, int]) -> Comparison:
    file = RouteList(path, _countries(), date=DATE)
    return compare(file.pairs(), RouteClaims(nodes).rows(), file, route_lists.LIST_REASONS)


def _ctdc(path: Path, nodes: Nodes, _: Mapping[str, int]) -> Comparison:
    file = RouteList(path, _countries())
    return compare(file.corridors(), RouteClaims(nodes).rows(), file, route_lists.LIST_REASONS)


def _glotip(path: Path, nodes: Nodes, _: Mapping[str, int]) -> Comparison:
    file = RouteList(path, _countries())
    return compare(file.detected(), RouteClaims(nodes).rows(), file, route_lists.DETECTED_REASONS)


def _factbook(path: Path, nodes: Nodes, _: Mapping[str, int]) -> Comparison:
    file = factbook.Factbook(path, _countries())
    routes = list(factbook.route_rows(nodes, file))
    said = chain(file.rows(), filter(file.says, routes))
    return compare(said, chain(factbook.rating_rows(nodes), routes), file, factbook.REASONS)


def _ftm(path: Path, nodes: Nodes, _: Mapping[str, int]) -> Comparison:
    file = ftm.FtmFile(path)
    return compare(file.rows(), ftm.claimed(nodes), file, ftm.REASONS)


@cache
def _countries() -> Countries:
    return Countries(FOLDER / "data" / "reference")


KINDS: dict[str, Callable[[Path, Nodes, Mapping[str, int]], Comparison]] = {
    "iati": _iati,
    "routes": _routes,
    "ctdc": _ctdc,
    "glotip": _glotip,
    "factbook": _factbook,
    "ftm": _ftm,
}
