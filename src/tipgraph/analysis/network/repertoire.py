"""The measures and recipes by name, and how a measure changes without some sources: values, ranks, ties that vanish."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network import measures, money
from tipgraph.analysis.network.declarations import EVERY, networks
from tipgraph.analysis.network.projection import edges_of, fold, projected
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


def project(
    graph: Graph, name: str = EVERY, asked: Filter | None = None, *, onto: str | None = None, undirected: bool = False
) -> Network:
    """Return a network of a graph as a `networkx.MultiDiGraph`, in a fixed order.

    `name` is a network of the ontology (partnership, funding, participation, routes, affiliation …), `all`, or a recipe
    around the focus of the filter (partner-funding). With `onto`, it is folded onto its `starts` or `ends`. Nodes are
    IRIs, with `iri`, `label`, `label_es`, `kind` (their class) and `type` (Actor, Place, Undertaking, Document or
    Route); actors with `actor_kind`, `actor_kind_label` and `actor_kind_label_es`, our classification; places with
    `iso` (two letters of ISO 3166), `latitude`, `longitude` and `within` (places of this network that hold them), where
    these are known. The attributes of the network are its `name` and the parts of the filter by name.

    Edges have, as far as sources state them: `claim` (IRIs with spaces between), `class`, `edge` (the declaration),
    `label`, `label_es`, `kind`, `status`, `date`, `earliest`, `latest`, `amount`, `currency`, `document` (the source
    that says it), `said_at` (source, paragraph, sentence), `modality`, `caveats` and `caveats_es` (what makes the edge
    weaker than its label), `review` (who compared the claim with its sentence), `corrected`, `doubts` (of audits),
    `undirected`, `weight` (independent sayings: 1 for the edge of a claim), `restates` (the claim that it repeats),
    `contradicts` (claims) and `via` (the undertaking). Edges of money also have `finance` (its type), `passed_on` (the
    giver has it, or may have it, from an earlier payment) and `counts_as` (claims of the network that count instead).
    `inherited` names the values that are the undertaking's, `concluded` those of them that are only implied. An amount
    for several edges is `shared_amount` on each, with their number `shared_by`.

    An edge that is `undirected` stands once, from the first to the second of its ends by name: networkx takes it for an
    arc. With `undirected` as an argument it goes in both directions, as `to_directed` of networkx makes them, so that
    in-degree, PageRank and reachability count it from either end; then its claims and money are there twice.
    `to_undirected` gives a multigraph in which no edge has a direction. Raises UnknownName, AmbiguousName or BadValue.

    >>> from tipgraph import build
    >>> project(build(), "routes", Filter(focus=("JP",))).number_of_nodes()
    7
    """
    network = RECIPES[name](graph, asked or Filter()) if name in RECIPES else projected(graph, name, asked)
    if onto:
        network = fold(network, onto)
    if undirected:
        back = [(end, start, f"{key} back", data) for start, end, key, data in edges_of(network) if data["undirected"]]
        network.add_edges_from(back)  # type: ignore[arg-type]  # the stubs do not know keys
    return network


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
    whole, rest = project(graph, name, replace(asked, without=()), onto=onto), project(graph, name, asked, onto=onto)
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
