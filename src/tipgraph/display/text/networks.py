"""Networks and their measures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.display.text.claims import reviewed
from tipgraph.display.text.rows import counted, csv_text, grouped, json_text, nothing, table_text
from tipgraph.model import words
from tipgraph.runtime import visible

if TYPE_CHECKING:
    import networkx as nx

    from tipgraph.analysis import MeasureRow, MeasureTable
    from tipgraph.graph import Graph

_ALSO_IN_CSV = [
    "earliest", "latest", "inherited", "concluded", "shared_amount", "shared_by", "part", "leg", "restates",
    "counts_as", "contradicts", "review", "corrected", "doubts", "document", "claim",
]  # fmt: skip
_HEADINGS = {"said_at": "said at", "via_label": "which"}


def measured_text(graph: "Graph", table: "MeasureTable", form: str, language: str = "en") -> str:
    """Return a measure as `table`, `csv` or `json`: entries, values and citations."""
    nodes = [NamedNode(iri) for row in table.rows for iri in row.things]
    return labelled_text({node.value: label for node, label in graph.labels(nodes, language).items()}, table, form)


def labelled_text(labels: Mapping[str, str], table: "MeasureTable", form: str) -> str:
    """Return a measure as `table`, `csv` or `json`, with the labels of its entries by their IRIs."""
    ranks = table.ranks()
    if form == "json":
        return json_text([_measured_record(row, table, labels, ranks) for row in table.rows])
    rows = list(_measured_cells(table, labels, ranks, form))
    names = ["rank", *table.names] if ranks else table.names
    if form == "csv":
        return csv_text([*names, *(f"{name} iri" for name in table.names), *table.columns, "said at", "claims"], rows)
    notes = ["", *(f"  {note}" for note in table.notes)] if table.notes else []
    return "\n".join(
        [table_text([*names, *table.columns, "said at"], _grouped(rows)), counted(len(rows)), *map(visible, notes)]
    )


def network_text(network: "nx.MultiDiGraph[str]", form: str, language: str = "en") -> str:
    """Return the edges of a network, as `table`, `csv` or `json`; JSON has its nodes too."""
    if form == "json":
        return json_text(_network_record(network))
    names = ["shared", "weight", "via_label", "kind", "status", "date", "amount", "currency", "modality", "said_at"]
    names += _ALSO_IN_CSV if form == "csv" else []
    used = [name for name in names if any(name in data for _, _, data in network.edges(data=True))]
    header = ["from", "edge", "to", *(_HEADINGS.get(name, name) for name in used)]
    rows = list(_edge_rows(network, used, form, language))
    if form == "csv":
        return csv_text([*header, "from iri", "to iri"], rows)
    return "\n".join([table_text(header, _grouped(rows)), _total(network)]) if rows else nothing("edge")


def _grouped(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Return rows with the thousands of their numbers apart."""
    return list(zip(*map(grouped, zip(*rows, strict=True)), strict=True))


def _network_record(network: "nx.MultiDiGraph[str]") -> dict[str, object]:
    edges = network.edges(keys=True, data=True)
    return {
        "graph": network.graph,
        "nodes": [data for _, data in network.nodes(data=True)],
        "edges": [{"start": start, "end": end, "key": key, **data} for start, end, key, data in edges],
    }


def _edge_rows(network: "nx.MultiDiGraph[str]", names: list[str], form: str, language: str) -> Iterator[list[str]]:
    """Yield the cells of each edge, the heaviest first."""
    from tipgraph.analysis import label_in, tie_words

    label = label_in(language)
    for start, end, data in sorted(network.edges(data=True), key=lambda edge: -edge[2].get("shared", 0)):
        tie = tie_words(data, language) + ("" if data["directed"] else " (both ways)")
        cells = (_edge_cell(name, data, form, language) for name in names)
        iris = [start, end] if form == "csv" else []
        yield [network.nodes[start][label], tie, network.nodes[end][label], *cells, *iris]


def _total(network: "nx.MultiDiGraph[str]") -> str:
    """Return the numbers of nodes and edges, of claims by reviewer, and of edges that may not be in the time asked."""
    from tipgraph.analysis import undated

    total = f"{network.number_of_nodes()} nodes, {counted(network.number_of_edges(), 'edge')}"
    reviews = [review for *_, data in network.edges(data=True) for review in data.get("review", "").split()]
    total += f": {reviewed(reviews)}" if reviews else ""
    without_date, asked = undated(network), network.graph.get("asked", {})
    if without_date and ("from" in asked or "to" in asked):
        total += f"; {without_date} have no date and may be in that time (--certainly keeps what lies wholly in it)"
    return total


def _measured_cells(
    table: "MeasureTable", labels: Mapping[str, str], ranks: Mapping[tuple[str, ...], int], form: str
) -> Iterator[list[str]]:
    for row in table.rows:
        things = [*row.things, *[""] * (len(table.names) - len(row.things))]
        rank = [str(ranks[row.name])] if ranks else []
        cells, figures = [*rank, *(labels.get(iri, iri) for iri in things)], map(_figure, row.values)
        if form == "csv":
            yield [*cells, *things, *figures, "; ".join(row.said_at), " ".join(row.claims)]
        else:
            yield [*cells, *figures, _some(row.said_at)]


def _measured_record(
    row: "MeasureRow", table: "MeasureTable", labels: Mapping[str, str], ranks: Mapping[tuple[str, ...], int]
) -> dict[str, object]:
    record: dict[str, object] = {"rank": ranks[row.name]} if ranks else {}
    for name, iri in zip(table.names, row.things, strict=False):
        record[name] = {"iri": iri, "label": labels.get(iri)}
    record |= dict(zip(table.columns, row.values, strict=True))
    return {**record, "said_at": list(row.said_at), "claims": list(row.claims)}


def _figure(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _edge_cell(name: str, data: Mapping[str, Any], form: str, language: str) -> str:
    """Return a value of an edge; a table marks those of its project or event, for which CSV has a column."""
    value = data.get(name, "")
    text = words(str(value), language) if name == "date" and value else _figure(value)
    if form == "csv" or name not in data.get("inherited", "").split():
        return text
    implied = ", implied" if name in data.get("concluded", "").split() else ""
    return f"{text} (of its project or event{implied})"


def _some(places: Sequence[str], most: int = 3) -> str:
    rest = len(places) - most
    return "; ".join(places[:most]) + (f"; and {rest} more" if rest > 0 else "")
