"""What claims and things say, by property: from the claim tables where they stand beside the graph, else by SPARQL.

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
    """Return what each member of a class says by some properties, in the order of their IRIs."""
    wanted = sorted(properties)
    found = _in_tables(graph, cls, wanted) if graph.tables is not None else _in_sparql(graph, cls, wanted)
    return {iri: values for iri, values in found if values}


def _in_tables(graph: Graph, cls: str, properties: Sequence[str]) -> Iterator[tuple[str, Values]]:
    tables = Tables.of(graph)
    if _local(cls) not in tables:
        raise tables.lacking(f"of {_local(cls)}")
    table = tables[_local(cls)]
    there = [name for name in properties if _local(name) in table.column_names]
    columns = [_cells(table[_local(name)]) for name in there]
    for iri, *cells in zip(table["iri"].to_pylist(), *columns, strict=True):
        yield iri, {name: cell for name, cell in zip(there, cells, strict=True) if cell}


def _in_sparql(graph: Graph, cls: str, properties: Iterable[str]) -> Iterator[tuple[str, Values]]:
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    slots = {"class": [NamedNode(cls)], "property": [NamedNode(name) for name in properties]}
    found: dict[str, Values] = {}
    for claim, name, value in graph.named("claim-values", slots):
        text = value.value
        found.setdefault(claim.value, {}).setdefault(name.value, []).append(notations.get(text, text))
    for iri in sorted(found):
        yield iri, {name: sorted(cell) for name, cell in found[iri].items()}


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
    """Return values as text, None where there is none."""
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):
        words = values.dictionary.to_pylist()
        return [words[at] if at is not None else None for at in values.indices.to_pylist()]
    if pa.types.is_boolean(values.type):
        return [None if one is None else str(one).lower() for one in values.to_pylist()]
    if pa.types.is_floating(values.type):  # as Oxigraph writes a decimal
        return [None if one is None else f"{Decimal(repr(one)):f}".removesuffix(".0") for one in values.to_pylist()]
    return list(values.cast(pa.string()).to_pylist())


def _local(iri: str) -> str:
    return terms.short(iri)
