"""Networks and their measures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.display.text.claims import reviewed
from tipgraph.display.text.rows import cell_text, counted, grouped, nothing, rows_text, table_text
from tipgraph.display.translations import phrases
from tipgraph.model import words
from tipgraph.runtime import visible

if TYPE_CHECKING:
    import networkx as nx

    from tipgraph.analysis import MeasureTable
    from tipgraph.graph import Graph

_ALSO_IN_FILES = [
    "earliest", "latest", "inherited", "concluded", "shared_amount", "shared_by", "part", "leg", "restates",
    "counts_as", "contradicts", "review", "corrected", "doubts", "document", "claim",
]  # fmt: skip
_HEADINGS = {"said_at": "said at", "via_label": "which"}


def measured_text(graph: "Graph", table: "MeasureTable", form: str, language: str = "en") -> str:
    """Return a measure as `table`, `csv` or `json`: entries, values and citations."""
    nodes = [NamedNode(iri) for row in table.rows for iri in row.things]
    labels, ranks = {node.value: label for node, label in graph.labels(nodes, language).items()}, table.ranks()
    names = ["rank", *table.names] if ranks else table.names
    said = phrases(language, "column")

    def say(cell: object) -> object:
        """Return a head, or a value such as `changes: givers`, in the language."""
        head, colon, rest = str(cell).partition(": ")
        return f"{said[head]}{colon}{rest}" if head in said else cell

    rows = []
    for row in table.rows:
        things = [*row.things, *[""] * (len(table.names) - len(row.things))]
        cells = [*([ranks[row.name]] if ranks else []), *(labels.get(iri, iri) for iri in things)]
        cells += [*map(say, row.values), _some(row.said_at)] if form == "table" else things
        rows.append(cells if form == "table" else [*cells, *row.values, row.said_at, " ".join(row.claims)])
    if form != "table":
        header = [*names, *(f"{name} iri" for name in table.names), *table.columns, "said at", "claims"]
        return rows_text(header, rows, form)
    heads = [str(say(name)) for name in (*names, *table.columns, "said at")]
    lines = [table_text(heads, _grouped(rows)), counted(len(rows))]
    return "\n".join([*lines, *map(visible, ["", *(f"  {note}" for note in table.notes)] if table.notes else [])])


def network_text(network: "nx.MultiDiGraph[str]", form: str, language: str = "en") -> str:
    """Return the edges of a network, as `table`, `csv` or `json`."""
    folded = any("shared" in data for _, _, data in network.edges(data=True))
    names = ["shared", "weight", "via_label"] if folded or form != "table" else []  # the edge of a claim weighs 1
    names += ["kind", "status", "date", "amount", "currency", "modality", "said_at"]
    names += _ALSO_IN_FILES if form != "table" else []
    used = [name for name in names if any(name in data for _, _, data in network.edges(data=True))]
    header = ["from", "edge", "to", *(_HEADINGS.get(name, name) for name in used)]
    rows = list(_edge_rows(network, used, form, language))
    if form != "table":
        return rows_text([*header, "from iri", "to iri"], rows, form)
    return "\n".join([table_text(header, _grouped(rows)), _total(network)]) if rows else nothing("edge")


def _grouped(rows: list[list[object]]) -> list[tuple[str, ...]]:
    """Return rows with the thousands of their numbers apart."""
    return list(zip(*(grouped(map(cell_text, column)) for column in zip(*rows, strict=True)), strict=True))


def _edge_rows(network: "nx.MultiDiGraph[str]", names: list[str], form: str, language: str) -> Iterator[list[object]]:
    """Yield the cells of each edge: reviewed ones first, and of these the heaviest."""
    from tipgraph.analysis import edges_of, is_reviewed, label_in, tie_words

    label = label_in(language)
    edges = sorted(edges_of(network), key=lambda edge: (not is_reviewed(edge[3]), -edge[3].get("shared", 0)))
    for start, end, _, data in edges:
        tie = tie_words(data, language) + " (both ways)" * data["undirected"]
        cells = (_edge_cell(name, data, form, language) for name in names)
        iris = [start, end] if form != "table" else []
        yield [network.nodes[start][label], tie, network.nodes[end][label], *cells, *iris]


def _total(network: "nx.MultiDiGraph[str]") -> str:
    """Return the numbers of nodes and edges, of claims by reviewer, and of edges that may not be in the time asked."""
    from tipgraph.analysis import undated

    total = f"{network.number_of_nodes()} nodes, {counted(network.number_of_edges(), 'edge')}"
    reviews = [review for *_, data in network.edges(data=True) for review in data.get("review", "").split()]
    total += f": {reviewed(reviews)}" if reviews else ""
    without_date, asked = undated(network), network.graph
    if without_date and ("from" in asked or "to" in asked):
        total += f"; {without_date} have no date and may be in that time (--certainly keeps what lies wholly in it)"
    return total


def _edge_cell(name: str, data: Mapping[str, Any], form: str, language: str) -> object:
    """Return a value of an edge; a table marks those of its project or event, for which CSV has a column."""
    value = data.get(name, "")
    if name == "date" and value:
        value = words(str(value), language)
    if form != "table" or name not in data.get("inherited", "").split():
        return value
    implied = ", implied" if name in data.get("concluded", "").split() else ""
    return f"{cell_text(value)} (of its project or event{implied})"


def _some(places: Sequence[str], most: int = 3) -> str:
    rest = len(places) - most
    return "; ".join(places[:most]) + (f"; and {rest} more" if rest > 0 else "")
