"""The values of claims and things by property: from claim tables if the graph has them, else by SPARQL.

Decision: docs/decisions/0006-networks-read-claim-tables-where-present.md.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.graph import Graph, Tables
from tipgraph.model import terms

if TYPE_CHECKING:
    import pyarrow as pa

Values: TypeAlias = dict[str, list[str]]
"""The values of one claim by the IRI of their property: things as IRIs, codes as notations, all else as text."""


def values_of(graph: Graph, cls: str, properties: Collection[str]) -> dict[str, Values]:
    """Return the values of each member of a class for some properties, in the order of their IRIs."""
    ordered = sorted(properties)
    members = _in_tables(graph, cls, ordered) if graph.tables is not None else _in_sparql(graph, cls, ordered)
    return {iri: values for iri, values in members if values}


def _in_tables(graph: Graph, cls: str, properties: Sequence[str]) -> Iterator[tuple[str, Values]]:
    tables = Tables.of(graph)
    if terms.short(cls) not in tables:
        raise tables.lacking(f"of {terms.short(cls)}")
    table = tables[terms.short(cls)]
    present = [name for name in properties if terms.short(name) in table.column_names]
    columns = [_cells(table[terms.short(name)]) for name in present]
    for iri, *cells in zip(table["iri"].to_pylist(), *columns, strict=True):
        yield iri, {name: cell for name, cell in zip(present, cells, strict=True) if cell}


def _in_sparql(graph: Graph, cls: str, properties: Iterable[str]) -> Iterator[tuple[str, Values]]:
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    slots = {"class": [NamedNode(cls)], "property": [NamedNode(name) for name in properties]}
    values_by_claim: dict[str, Values] = {}
    for claim, name, value in graph.named("claim-values", slots):
        text = value.value
        values_by_claim.setdefault(claim.value, {}).setdefault(name.value, []).append(notations.get(text, text))
    for iri in sorted(values_by_claim):
        yield iri, {name: sorted(cell) for name, cell in values_by_claim[iri].items()}


def _cells(column: "pa.ChunkedArray") -> Iterator[list[str]]:
    """Return the values of each row of a column as text."""
    import pyarrow as pa

    for chunk in column.chunks:
        if pa.types.is_list(chunk.type):
            ends, flat = chunk.offsets.to_pylist(), _texts(chunk.values)
            yield from (flat[start:end] for start, end in pairwise(ends))
        else:
            yield from ([text] if text is not None else [] for text in _texts(chunk))


def _texts(values: "pa.Array") -> list[Any]:
    """Return values as text; None for no value."""
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):
        words = values.dictionary.to_pylist()
        return [words[at] if at is not None else None for at in values.indices.to_pylist()]
    if pa.types.is_boolean(values.type):
        return [None if value is None else str(value).lower() for value in values.to_pylist()]
    if pa.types.is_floating(values.type):  # as Oxigraph writes a decimal
        numbers = values.to_pylist()
        return [None if number is None else f"{Decimal(repr(number)):f}".removesuffix(".0") for number in numbers]
    return list(values.cast(pa.string()).to_pylist())
