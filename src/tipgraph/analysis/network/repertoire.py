"""The measures and recipes by name, and how a measure changes without some sources: values, ranks, ties that vanish."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network import measures, money
from tipgraph.analysis.network.declarations import EVERY, networks
from tipgraph.analysis.network.projection import edges_of, fold, project
from tipgraph.analysis.network.ties import MeasureRow, MeasureTable, Network, behind, grouped
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph import Graph

GONE = "–"  # for no value, before or after


class Measure(NamedTuple):
    """A measure: the function, and the networks that it fits, empty for all."""

    function: Callable[[Network], MeasureTable]
    about: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The first sentence of its description."""
        return _summary(self.function)


def _summary(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").partition("\n")[0].rstrip(".")


_MONEY = ("funding", "partner-funding")
MEASURES: dict[str, Measure] = {
    "degree": Measure(measures.degree),
    "strength": Measure(measures.strength),
    "betweenness": Measure(measures.betweenness),
    "pagerank": Measure(measures.pagerank),
    "louvain": Measure(measures.louvain),
    "articulation-points": Measure(measures.articulation_points),
    "bridges": Measure(measures.bridges),
    "concentration": Measure(money.concentration, _MONEY),
    "dependence": Measure(money.dependence, _MONEY),
}
RECIPES: dict[str, Callable[[Graph, Filter], Network]] = {"partner-funding": money.partner_funding}


def catalogue(graph: Graph, language: str = "en") -> list[list[str]]:
    """Return a catalogue as rows: networks with their edges, recipes, and measures."""
    rows = [
        ["network", name, "; ".join(dict.fromkeys(each.label(language) for each in declared))]
        for name, declared in networks(graph).items()
    ]
    rows += [["network", EVERY, "every edge of them that a claim draws itself"]]
    rows += [["recipe", name, _summary(function)] for name, function in RECIPES.items()]
    for name, known in MEASURES.items():
        rows.append(["measure", name, known.summary + (f" ({', '.join(known.about)})" if known.about else "")])
    return rows


def know_recipe(name: str) -> None:
    """Raise UnknownName if a name is not a recipe."""
    if name not in RECIPES:
        raise UnknownName(f"{name!r} is not a recipe; the recipes are {', '.join(RECIPES)}")


def view(graph: Graph, name: str, asked: Filter | None = None, onto: str | None = None) -> Network:
    """Return the network or recipe of a name; with `onto`, folded onto its `starts` or `ends`.

    A recipe is made around the focus of the filter.
    """
    network = RECIPES[name](graph, asked or Filter()) if name in RECIPES else project(graph, name, asked)
    return fold(network, onto) if onto else network


def measure(network: Network, name: str) -> MeasureTable:
    """Return a measure of a network as a table with the claims behind each row.

    Raises UnknownName for an unknown measure, CallError for a measure of other networks.

    >>> from tipgraph import build
    >>> measure(project(build(), "partnership"), "bridges").columns
    ('cut off', 'sayings behind')
    """
    if name not in MEASURES:
        raise UnknownName(f"{name!r} is not a measure; the measures are {', '.join(MEASURES)}")
    found = MEASURES[name]
    if found.about and network.name not in found.about:
        raise CallError(f"{name} is not a measure of {network.name}; its networks are {', '.join(found.about)}")
    return found.function(network)


def compare(graph: Graph, name: str, measured: str, asked: Filter, onto: str | None = None) -> MeasureTable:
    """Return the changes of a measure of a network or recipe without the sources of `asked.without`.

    The rows are the things whose rank or value changes, and the ties that vanish. `onto` folds the network first.
    """
    whole, rest = view(graph, name, replace(asked, without=()), onto), view(graph, name, asked, onto)
    return knock_out(measure(whole, measured), measure(rest, measured), whole, rest)


def knock_out(before: MeasureTable, after: MeasureTable, whole: Network, rest: Network) -> MeasureTable:
    """Compare a measure of a network with that of the rest of it.

    The rows are the things whose rank or value changes, in their former order, and then the ties that vanish, with
    their claims.
    """
    columns = before.ranks(), after.ranks(), before.measured(), after.measured()
    rows = {row.name: row for row in [*before.rows, *after.rows]} | {row.name: row for row in before.rows}
    things = []
    for name, row in rows.items():
        rank, later_rank, was, now = shown = tuple(column.get(name, GONE) for column in columns)
        if (rank, was) != (later_rank, now) and {was, now} != {0, GONE}:
            what = "changes" if row.things else f"changes: {' '.join(row.key)}"
            things.append(replace(row, values=(what, *shown), key=()))
    left = {edge[:2] for edge in edges_of(rest)}
    gone = sorted(grouped((edge[:2], edge[3]) for edge in edges_of(whole) if edge[:2] not in left).items())
    vanished = [MeasureRow(ends, ("tie vanishes", *[GONE] * 4), *behind(data)) for ends, data in gone]
    same = len(columns[2].keys() & columns[3].keys()) - sum(GONE not in row.values[3:] for row in things)
    notes = (
        f"{len(things)} change, {same} stay as they are; {len(vanished)} ties vanish",
        f"{GONE}: not in the result; things that only come or go with a value of 0 are left out",
    )
    value = before.columns[before.value]
    names = ("what", "rank before", "rank after", f"{value} before", f"{value} after")
    return MeasureTable(("thing", "other"), names, [*things, *vanished], notes, ranked=False)
