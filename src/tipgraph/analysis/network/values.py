"""The values of claims and things as columns: from claim tables if the graph has them, else by SPARQL.

Decision: docs/decisions/0006-networks-read-claim-tables-where-present.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pyoxigraph import NamedNode

from tipgraph.analysis.network.columns import Cells, ClaimColumns, ValueColumn
from tipgraph.graph import Graph, Tables
from tipgraph.model import terms, tip

if TYPE_CHECKING:
    import pyarrow as pa

Values: TypeAlias = dict[str, list[str]]
"""The values of one claim by the IRI of their property: things as IRIs, codes as notations, all else as text."""

Given: TypeAlias = "defaultdict[str, list[tuple[str, str]]]"
"""The same of several things: by property, each thing with one value."""


def values_of(graph: Graph, cls: str, properties: Collection[str]) -> ClaimColumns:
    """Return the members of a class with their values for some properties."""
    if graph.tables is None:
        return _in_sparql(graph, cls, sorted(properties))
    names = {terms.short(name): name for name in sorted(properties)}
    return _in_table(Tables.of(graph).part(terms.short(cls), names), names)


def things_of(graph: Graph, iris: Collection[str]) -> ClaimColumns:
    """Return some things with `kind` (their lowest class), `within`, and labels by attribute (`label`, `label_es` …).

    A thing without any of these is left out.
    """
    if graph.tables is None:
        return _things_in_sparql(graph, iris)
    table = Tables.of(graph)["Thing"]
    names = {"class": "kind", "within": "within"} | {
        column: column.replace("prefLabel", "label") for column in table.column_names if column.startswith("prefLabel")
    }
    return _in_table(table, names)


def _in_table(table: "pa.Table", names: Mapping[str, str]) -> ClaimColumns:
    """Return the columns of a table by other names, those that it has."""
    cells = {name: _cells(table[column]) for column, name in names.items() if column in table.column_names}
    return ClaimColumns(table["iri"].to_pylist(), {name: each for name, each in cells.items() if each.codes.size})


def _in_sparql(graph: Graph, cls: str, properties: Iterable[str]) -> ClaimColumns:
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    slots = {"class": [NamedNode(cls)], "property": [NamedNode(name) for name in properties]}
    given: Given = defaultdict(list)
    for claim, name, value in graph.named("claim-values", slots):
        given[name.value].append((claim.value, value.value))
    return _columns(given, notations)


def _things_in_sparql(graph: Graph, iris: Collection[str]) -> ClaimColumns:
    nodes = [NamedNode(iri) for iri in iris]
    given: Given = defaultdict(list, kind=list(_lowest_classes(graph, iris).items()))
    labels = {(node.value, label.language): label.value for node, label in graph.named("node-labels", {"node": nodes})}
    for (node, language), label in labels.items():
        given["label" if language == "en" else f"label_{language}"].append((node, label))
    for place, holder in graph.named("holders", {"place": nodes}):
        given["within"].append((place.value, holder.value))
    return _columns(given, {})


def _columns(given: Given, notations: Mapping[str, str]) -> ClaimColumns:
    """Return the values of things as columns, those of a thing in order: codes by their IRIs, as in the tables."""
    iris = sorted({iri for pairs in given.values() for iri, _ in pairs})
    number = dict(zip(iris, range(len(iris)), strict=True))

    def cells(pairs: list[tuple[str, str]]) -> Cells:
        counts = np.bincount([number[iri] for iri, _ in pairs], minlength=len(iris))
        return Cells.counted(counts, ValueColumn.of(notations.get(value, value) for _, value in sorted(pairs)))

    return ClaimColumns(iris, {name: cells(given[name]) for name in sorted(given) if given[name]})


def _cells(column: "pa.ChunkedArray") -> Cells:
    """Return the values of each row of a column as text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    counts, columns = [np.empty(0, np.int64)], [ValueColumn.of([])]
    for chunk in column.chunks:
        is_list = pa.types.is_list(chunk.type)
        flat = chunk.flatten() if is_list else chunk.drop_null()
        coded = flat if pa.types.is_dictionary(flat.type) else flat.dictionary_encode()
        lengths = pc.list_value_length(chunk).fill_null(0) if is_list else chunk.is_valid()
        counts.append(lengths.to_numpy(zero_copy_only=False).astype(np.int64))
        columns.append(ValueColumn(coded.indices.to_numpy().astype(np.int64), _texts(coded.dictionary)))
    return Cells.counted(np.concatenate(counts), ValueColumn.joined(columns))


def _texts(values: "pa.Array") -> Sequence[str]:
    import pyarrow as pa

    if pa.types.is_boolean(values.type):
        return [str(value).lower() for value in values.to_pylist()]
    if pa.types.is_floating(values.type):  # as Oxigraph writes a decimal
        return [f"{Decimal(repr(number)):f}".removesuffix(".0") for number in values.to_pylist()]
    texts: list[str] = values.cast(pa.string()).to_pylist()
    return texts


def kinds_of(graph: Graph, things: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the lowest class of each thing, the first by name of several, and the class below Thing that holds it."""
    tops = tops_of(graph)
    return {node: (kind, tops.get(kind, kind)) for node, kind in _lowest_classes(graph, things).items()}


def _lowest_classes(graph: Graph, things: Iterable[str]) -> dict[str, str]:
    """Return the lowest class of each thing, the first by name of several."""
    above = _classes_above(graph)
    classes: dict[str, set[str]] = {}
    for node, cls in graph.named("nodes", {"node": [NamedNode(iri) for iri in things]}):
        classes.setdefault(node.value, set()).add(cls.value)
    lowest = {
        own: terms.short(min(own.difference(*(above.get(cls, ()) for cls in own))))
        for own in set(map(frozenset, classes.values()))
    }
    return {node: lowest[frozenset(own)] for node, own in classes.items()}


def tops_of(graph: Graph) -> dict[str, str]:
    """Return, for each class below Thing, the class directly below Thing that holds it, by their short names."""
    above = _classes_above(graph)
    tops = {cls: cls for cls, others in above.items() if tip.Thing in others}
    for _ in above:
        for cls, others in above.items():
            for other in sorted(others & tops.keys()):
                tops.setdefault(cls, tops[other])
    return {terms.short(cls): terms.short(top) for cls, top in tops.items()}


def _classes_above(graph: Graph) -> dict[str, set[str]]:
    """Return the classes directly above each class, as IRIs."""
    above: dict[str, set[str]] = {}
    for cls, other in graph.named("class-tree"):
        above.setdefault(cls.value, set()).add(other.value)
    return above
