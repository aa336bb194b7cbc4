"""How a measure of a network changes without each of its sources: values and ranks, and ties that vanish."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network import MeasureRow, MeasureTable, knock_out, measure, project
from tipgraph.analysis.network.filters import SELF_REPORTED, sources_of
from tipgraph.analysis.sensitivity.correspondence import Crossing
from tipgraph.graph import Graph, resolve
from tipgraph.pipeline import Gathered

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]


class Measured(NamedTuple):
    """The changes of a measure as a table, and the labels of its things by IRI."""

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
    """Measure a network or recipe, and measure it again without each source, or each of `sources`.

    The rows list, source by source, the values and ranks that change and the ties that vanish. `onto` folds the network
    first. Raises what `network.project` and `network.measure` raise, InputError, and UnknownName for an unknown source.

    >>> from tipgraph.pipeline.builder import gather
    >>> knock_out_of_measure(gather(), "partnership", "degree", sources=["oas-cim-2004"]).table.notes[0]
    'without oas-cim-2004: 30 change, 2 stay as they are; 8 ties vanish'
    """
    graph = gathered.graph()
    settled = _settled(graph, asked or Filter())
    whole = project(graph, name, settled, onto=onto)
    before = measure(whole, measured)
    rows: list[MeasureRow] = []
    notes: list[str] = []
    labels: dict[str, str] = {}
    comparison = knock_out(before, before, whole, whole)
    for source in sources or gathered.sources:
        rest = gathered.graph([source])
        crossing = Crossing(graph, rest, source)
        moved = _moved(settled, crossing, source)
        left = project(rest, name, moved, onto=onto) if moved else _nothing(whole)
        after = measure(left, measured) if moved else replace(before, rows=[])
        comparison = knock_out(before, _called(after, crossing), whole, _renamed(left, crossing))
        rows += [replace(row, values=(source, *row.values)) for row in comparison.rows]
        notes.append(f"without {source}: {comparison.notes[0]}{_apart(crossing)}")
        labels |= _labels(rest, comparison, language)
    notes += comparison.notes[1:]
    table = MeasureTable(comparison.names, ("without", *comparison.columns), rows, tuple(notes), ranked=False)
    return Measured(table, labels | _labels(graph, table, language))


def _settled(graph: Graph, asked: Filter) -> Filter:
    """Return a filter with IRIs and sources for names, which mean the same without a source."""
    return replace(
        asked,
        focus=tuple(resolve(graph, word).value for word in asked.focus),
        place=resolve(graph, asked.place, "place").value if asked.place else "",
        sources=_each(graph, asked.sources),
        without=_each(graph, asked.without),
    )


def _each(graph: Graph, names: Sequence[str]) -> tuple[str, ...]:
    sources = {source for name in names for source in ([name] if name == SELF_REPORTED else sources_of(graph, name))}
    return tuple(sorted(sources))


def _moved(asked: Filter, crossing: Crossing, source: str) -> Filter | None:
    """Translate a settled filter to the rest; return None if nothing is left of its sources, focus or place."""
    sources = tuple(name for name in asked.sources if name != source)
    focus = tuple(node.value for word in asked.focus for node in crossing.to_rest(NamedNode(word)))
    place = next((node.value for node in crossing.to_rest(NamedNode(asked.place))), "") if asked.place else ""
    if any(old and not new for old, new in ((asked.sources, sources), (asked.focus, focus), (asked.place, place))):
        return None
    without = tuple(name for name in asked.without if name != source)
    return replace(asked, sources=sources, focus=focus, place=place, without=without)


def _labels(graph: Graph, table: MeasureTable, language: str) -> dict[str, str]:
    things = (NamedNode(iri) for row in table.rows for iri in row.things)
    return {node.value: label for node, label in graph.labels(things, language).items()}


def _nothing(like: "Network") -> "Network":
    import networkx as nx

    return nx.MultiDiGraph(name=like.name)


def _called(table: MeasureTable, crossing: Crossing) -> MeasureTable:
    """Return a table of the rest with the names that things have in the whole graph."""
    names = crossing.names(iri for row in table.rows for iri in row.things)
    return replace(table, rows=[replace(row, things=tuple(names[iri] for iri in row.things)) for row in table.rows])


def _renamed(network: "Network", crossing: Crossing) -> "Network":
    import networkx as nx

    renamed: Network = nx.relabel_nodes(network, crossing.names(network))
    return renamed


def _apart(crossing: Crossing) -> str:
    number = len(crossing.apart)
    return f"; {number} things come apart that only it joins" if number else ""
