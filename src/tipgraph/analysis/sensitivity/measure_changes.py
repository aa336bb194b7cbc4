"""What a measure of a network owes to each of its sources: values and ranks that change, ties that vanish."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network import MeasureRow, MeasureTable, knock_out, measure, view
from tipgraph.analysis.network.filters import SELF_REPORTED, sources_of
from tipgraph.analysis.sensitivity.correspondence import Crossing
from tipgraph.graph import Graph, resolve
from tipgraph.pipeline import Gathered

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]


class Measured(NamedTuple):
    """What becomes of a measure without its sources: a table, and the labels of its things by their IRIs."""

    table: MeasureTable
    labels: Mapping[str, str]


def knock_out_of_measure(
    gathered: Gathered,
    name: str,
    measured: str,
    asked: Filter | None = None,
    onto: str | None = None,
    sources: Sequence[str] = (),
    language: str = "en",
) -> Measured:
    """Measure a network or recipe of what was gathered, and of it built without each source, or each of some.

    The rows tell, source by source, which values and ranks change and which ties vanish; `onto` folds the network
    first. Raises what `network.view` and `network.measure` raise, InputError, and UnknownName for a source that is not
    there.

    >>> from tipgraph.pipeline.builder import gather
    >>> knock_out_of_measure(gather(), "routes", "route-sources", sources=["mcclatchy-2005"]).table.notes[0]
    'without mcclatchy-2005: 8 change, 1 stay as they are; 0 ties vanish'
    """
    graph = gathered.graph()
    wanted = _settled(graph, asked or Filter())
    whole = view(graph, name, wanted, onto)
    before = measure(graph, whole, measured, wanted)
    rows: list[MeasureRow] = []
    notes: list[str] = []
    labels: dict[str, str] = {}
    found = knock_out(before, before, whole, whole)
    for source in sources or gathered.sources:
        rest = gathered.graph([source])
        crossing = Crossing(graph, rest, source)
        moved = _moved(wanted, crossing, source)
        left = view(rest, name, moved, onto) if moved else _nothing(whole)
        after = measure(rest, left, measured, moved) if moved else replace(before, rows=[])
        found = knock_out(before, _called(after, crossing), whole, _renamed(left, crossing))
        rows += [replace(row, values=(source, *row.values)) for row in found.rows]
        notes.append(f"without {source}: {found.notes[0]}{_apart(crossing)}")
        labels |= _labels(rest, found, language)
    table = MeasureTable(found.names, ("without", *found.columns), rows, (*notes, *found.notes[1:]), ranked=False)
    return Measured(table, labels | _labels(graph, table, language))


def _settled(graph: Graph, asked: Filter) -> Filter:
    """Return a filter whose names are IRIs and sources, so that they mean the same where a source was left out."""
    return replace(
        asked,
        focus=tuple(resolve(graph, word).value for word in asked.focus),
        place=resolve(graph, asked.place, "place").value if asked.place else "",
        sources=_each(graph, asked.sources),
        without=_each(graph, asked.without),
    )


def _each(graph: Graph, names: Sequence[str]) -> tuple[str, ...]:
    found = {one for name in names for one in ([name] if name == SELF_REPORTED else sources_of(graph, name))}
    return tuple(sorted(found))


def _moved(asked: Filter, crossing: Crossing, source: str) -> Filter | None:
    """Return a settled filter as the rest knows it; None where nothing is left of what it is about."""
    sources = tuple(one for one in asked.sources if one != source)
    focus = tuple(node.value for word in asked.focus for node in crossing.to_rest(NamedNode(word)))
    places = crossing.to_rest(NamedNode(asked.place)) if asked.place else []
    if (asked.sources and not sources) or (asked.focus and not focus) or (asked.place and not places):
        return None
    without = tuple(one for one in asked.without if one != source)
    place = places[0].value if places else ""
    return replace(asked, sources=sources, focus=focus, place=place, without=without)


def _labels(graph: Graph, table: MeasureTable, language: str) -> dict[str, str]:
    things = (NamedNode(iri) for row in table.rows for iri in row.things)
    return {node.value: label for node, label in graph.labels(things, language).items()}


def _nothing(like: "Network") -> "Network":
    import networkx as nx

    return nx.MultiDiGraph(name=like.name)


def _called(table: MeasureTable, crossing: Crossing) -> MeasureTable:
    """Return a table of the rest with its things as the whole graph calls them."""
    names = crossing.names(iri for row in table.rows for iri in row.things)
    return replace(table, rows=[replace(row, things=tuple(names[iri] for iri in row.things)) for row in table.rows])


def _renamed(network: "Network", crossing: Crossing) -> "Network":
    import networkx as nx

    renamed: Network = nx.relabel_nodes(network, crossing.names(network))
    return renamed


def _apart(crossing: Crossing) -> str:
    number = len(crossing.apart)
    return f"; {number} things come apart that only it tells to be one" if number else ""
