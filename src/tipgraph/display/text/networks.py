"""Networks and their measures."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.display.text.claims import reviewed
from tipgraph.display.text.rows import counted, csv_text, json_text, nothing, table_text
from tipgraph.model import words
from tipgraph.runtime import visible

if TYPE_CHECKING:
    import networkx as nx

    from tipgraph.analysis import MeasureRow, MeasureTable
    from tipgraph.graph import Graph

_ALSO_IN_CSV = [
    "earliest", "latest", "inherited", "concluded", "shared_amount", "shared_by", "part", "leg", "restates",
    "contradicts", "review", "corrected", "doubts", "source", "claim",
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
    header = [*(["rank"] if ranks else []), *table.names]
    header += [f"{name} iri" for name in table.names] if form == "csv" else []
    header += [*table.columns, "said at", *(["claims"] if form == "csv" else [])]
    rows = []
    for row in table.rows:
        things = [*row.things, *[""] * (len(table.names) - len(row.things))]
        cells = [*([str(ranks[row.name])] if ranks else []), *(labels.get(iri, iri) for iri in things)]
        cells += things if form == "csv" else []
        cells += [*map(_figure, row.values), _some(row.said_at) if form == "table" else "; ".join(row.said_at)]
        rows.append([*cells, *([" ".join(row.claims)] if form == "csv" else [])])
    if form == "csv":
        return csv_text(header, rows)
    notes = ["", *(f"  {note}" for note in table.notes)] if table.notes else []
    return "\n".join([table_text(header, rows), counted(len(rows)), *map(visible, notes)])


def network_text(network: "nx.MultiDiGraph[str]", form: str, language: str = "en") -> str:
    """Return the edges of a network, as `table`, `csv` or `json`; JSON has its nodes too."""
    from tipgraph.analysis import label_in, tie_words, undated

    label = label_in(language)
    if form == "json":
        edges = [
            {"start": start, "end": end, "key": key, **data}
            for start, end, key, data in network.edges(keys=True, data=True)
        ]
        return json_text(
            {"graph": network.graph, "nodes": [data for _, data in network.nodes(data=True)], "edges": edges}
        )
    names = ["shared", "weight", "via_label", "kind", "status", "date", "amount", "currency", "modality", "said_at"]
    names += _ALSO_IN_CSV if form == "csv" else []
    used = [name for name in names if any(name in data for _, _, data in network.edges(data=True))]
    header = ["from", "edge", "to", *(_HEADINGS.get(name, name) for name in used)]
    header += ["from iri", "to iri"] if form == "csv" else []
    rows = []
    heaviest = sorted(network.edges(data=True), key=lambda edge: -edge[2].get("shared", 0))
    for start, end, data in heaviest:
        words = tie_words(data, language)
        tie = words if data["directed"] else f"{words} (both ways)"
        cells = [network.nodes[start][label], tie, network.nodes[end][label]]
        cells += [_edge_cell(name, data.get(name, ""), language) + _whose(name, data, form) for name in used]
        rows.append(cells + ([start, end] if form == "csv" else []))
    if form == "csv":
        return csv_text(header, rows)
    if not rows:
        return nothing("edge")
    total = f"{network.number_of_nodes()} nodes, {counted(len(rows), 'edge')}"
    reviews = [review for *_, data in network.edges(data=True) for review in data.get("review", "").split()]
    total += f": {reviewed(reviews)}" if reviews else ""
    without_date, asked = undated(network), network.graph.get("asked", {})
    if without_date and ("from" in asked or "to" in asked):
        total += f"; {without_date} have no date and may be in that time (--certainly keeps what lies wholly in it)"
    return "\n".join([table_text(header, rows), total])


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


def _edge_cell(name: str, value: object, language: str) -> str:
    return words(str(value), language) if name == "date" and value else _figure(value)


def _whose(name: str, data: Mapping[str, Any], form: str) -> str:
    """Return a mark for a value of the project or event, not of the edge itself; CSV has a column for that."""
    if form == "csv" or name not in data.get("inherited", "").split():
        return ""
    return (
        " (of its project or event, implied)"
        if name in data.get("concluded", "").split()
        else " (of its project or event)"
    )


def _some(places: Sequence[str], most: int = 3) -> str:
    rest = len(places) - most
    return "; ".join(places[:most]) + (f"; and {rest} more" if rest > 0 else "")
