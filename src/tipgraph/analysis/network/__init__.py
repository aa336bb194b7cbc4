"""Networks of a graph: nodes, edges with their claims, measures, and recipes for common networks.

    declarations  →  edges · things  →  filters  →  projection  →  ties  →  measures · money · routes

`project` makes a network for networkx. `measure` returns a table with the claims behind each row. `compare` shows how a
measure changes without some sources.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network import measures, money, routes
from tipgraph.analysis.network.comparison import knock_out
from tipgraph.analysis.network.declarations import EVERY, label_in, networks, tie_words
from tipgraph.analysis.network.folds import claims_of
from tipgraph.analysis.network.projection import edges_of, fold, project
from tipgraph.analysis.network.ties import MeasureRow, MeasureTable
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph import Graph

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

__all__ = [
    "EVERY",
    "MEASURES",
    "RECIPES",
    "Filter",
    "MeasureRow",
    "MeasureTable",
    "catalogue",
    "claims_of",
    "compare",
    "edges_of",
    "fold",
    "knock_out",
    "know_recipe",
    "label_in",
    "measure",
    "networks",
    "project",
    "recipe",
    "tie_words",
    "view",
]


class Measure(NamedTuple):
    """A measure: a summary, the function, and the networks that it applies to (empty: all)."""

    summary: str
    compute: Callable[[Graph, "Network", Filter], MeasureTable]
    about: tuple[str, ...] = ()


_MONEY = ("funding", EVERY, "partner-funding")


def _of_network(compute: Callable[["Network"], MeasureTable], *about: str) -> Measure:
    return Measure(_sentence(compute), lambda _graph, network, _asked: compute(network), about)


def _sentence(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").partition("\n")[0].rstrip(".")


MEASURES: dict[str, Measure] = {
    **{name: _of_network(compute) for name, compute in measures.NODE_MEASURES.items()},
    "concentration": _of_network(money.concentration, *_MONEY),
    "dependence": _of_network(money.dependence, *_MONEY),
    "reach": Measure(_sentence(money.reach), money.reach, _MONEY),
    "route-strength": _of_network(routes.route_strength, routes.ROUTES),
    "route-sources": _of_network(routes.route_sources, routes.ROUTES),
    "gaps": Measure(_sentence(routes.gaps), routes.gaps, (EVERY,)),
    "route-gaps": Measure(_sentence(routes.route_gaps), routes.route_gaps, (routes.ROUTES,)),
}
RECIPES: dict[str, Callable[[Graph, Filter], "Network"]] = {"partner-funding": money.partner_funding}


def catalogue(graph: Graph, language: str = "en") -> list[list[str]]:
    """Return a catalogue as rows: networks with their edges, recipes, and measures."""
    label = label_in(language)
    rows = [
        ["network", name, "; ".join(dict.fromkeys(getattr(declaration, label) for declaration in declared))]
        for name, declared in networks(graph).items()
    ]
    rows += [["network", EVERY, "every edge of them that a claim draws itself"]]
    rows += [["recipe", name, _sentence(function)] for name, function in RECIPES.items()]
    for name, known in MEASURES.items():
        about = f" ({', '.join(known.about)})" if known.about else ""
        rows.append(["measure", name, known.summary + about])
    return rows


def recipe(graph: Graph, name: str, asked: Filter) -> "Network":
    """Return the network of a recipe around the focus of a filter; raise UnknownName for an unknown recipe."""
    know_recipe(name)
    return RECIPES[name](graph, asked)


def know_recipe(name: str) -> None:
    """Raise UnknownName if a name is not a recipe."""
    if name not in RECIPES:
        raise UnknownName(f"{name!r} is not a recipe; the recipes are {', '.join(RECIPES)}")


def view(graph: Graph, name: str, asked: Filter | None = None, onto: str | None = None) -> "Network":
    """Return the network or recipe of a name; with `onto`, folded onto its `starts` or `ends`."""
    network = recipe(graph, name, asked or Filter()) if name in RECIPES else project(graph, name, asked)
    return fold(network, onto) if onto else network


def measure(graph: Graph, network: "Network", name: str, asked: Filter | None = None) -> MeasureTable:
    """Return a measure of a network as a table with the claims behind each row.

    `asked` is the filter of the network, for measures that project another network. Raises UnknownName for an unknown
    measure, CallError for a measure of other networks.

    >>> from tipgraph import build
    >>> graph = build()
    >>> table = measure(graph, project(graph, "routes"), "route-sources")
    >>> table.columns[:2]
    ('sources', 'independent sayings')
    """
    return _measure(network, name).compute(graph, network, asked or Filter())


def compare(graph: Graph, name: str, measured: str, asked: Filter, onto: str | None = None) -> MeasureTable:
    """Return the changes of a measure of a network or recipe without the sources of `asked.without`.

    The rows are the things whose rank or value changes, and the ties that vanish. `onto` folds the network first.
    """
    with_all = replace(asked, without=())
    whole, rest = view(graph, name, with_all, onto), view(graph, name, asked, onto)
    measure_ = _measure(whole, measured)
    return knock_out(measure_.compute(graph, whole, with_all), measure_.compute(graph, rest, asked), whole, rest)


def _measure(network: "Network", name: str) -> Measure:
    if name not in MEASURES:
        raise UnknownName(f"{name!r} is not a measure; the measures are {', '.join(MEASURES)}")
    found_measure = MEASURES[name]
    if found_measure.about and network.name not in found_measure.about:
        raise CallError(f"{name} is not a measure of {network.name}; its networks are {', '.join(found_measure.about)}")
    return found_measure
