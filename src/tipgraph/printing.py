"""Rows as a person or a program reads them on standard output: a table, CSV or JSON.

Text of sources is hostile: control and direction characters do not reach a terminal, and cells that a spreadsheet
would run are neutralised in CSV.
"""

from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph.dates import EDTF, words
from tipgraph.graph import Citation, Graph, Term
from tipgraph.hostile import neutral, visible
from tipgraph.queries import Answer
from tipgraph.sources import Texts
from tipgraph.statements import DATA
from tipgraph.things import Said

if TYPE_CHECKING:
    import networkx as nx

    from tipgraph.network import Row, Table


_ALSO_IN_CSV = [
    "earliest", "latest", "inherited", "shared_amount", "shared_by", "part", "leg", "restates", "contradicts", "source",
    "claim",
]  # fmt: skip
_HEADINGS = {"said_at": "said at", "via_label": "shared"}


def answer_text(answer: Answer, form: str, texts: Texts) -> str:
    """Return an answer as `table`, `csv` or `json`, with its citations and, where a text is at hand, its quotes.

    A table shows labels, and leaves out claims and columns without a value. CSV and JSON have all columns, with the
    nodes and their labels.
    """
    if form == "json":
        return _json([_record(answer, row, texts) for row in answer.rows])
    columns = {name: [row[index] for row in answer.rows] for index, name in enumerate(answer.columns)}
    cells: dict[str, list[str]] = {}
    for name, terms in columns.items():
        labels = [answer.labels.get(term, "") if isinstance(term, NamedNode) else "" for term in terms]
        if form == "csv":
            cells[name] = [_plain(term) for term in terms]
            if any(labels):
                cells[_free(f"{name}_label", answer.columns)] = labels
        elif any(terms) and not all(term in answer.citations for term in terms if term is not None):
            cells[name] = [label or _spoken(term) for label, term in zip(labels, terms, strict=True)]
    if answer.citations:
        cited = [answer.cited(row) for row in answer.rows]
        cells[_free("said at", answer.columns)] = [_said_at(answer, row) for row in answer.rows]
        quotes = [" … ".join(_quotes(citations, texts)) for citations in cited]
        if any(quotes):
            cells[_free("quote", answer.columns)] = quotes
        notes = ["; ".join(_notes(answer, row)) for row in answer.rows]
        if form == "csv" and any(notes):
            cells[_free("note", answer.columns)] = notes
    rows = list(zip(*cells.values(), strict=True))
    if form == "csv":
        return _csv(list(cells), rows)
    if not rows:
        return "0 rows: nothing in this graph fits; that its sources do not say it does not mean that it is not so"
    return "\n".join([_table(list(cells), rows), _counted(len(answer.rows)), *_footnotes(answer)])


def said_text(title: Sequence[str], said: Sequence[Said], form: str, texts: Texts) -> str:
    """Return what is said of a thing, as text for a person (`table`), or as rows in `csv` or `json`."""
    if form == "table":
        return "\n".join([*map(visible, title), *_paragraphs(said, texts), "", _counted(len(said), "claim")])
    header = ("class", "sentence", "said at", "quote", "note", "contradicts", "claim")
    rows = [
        [
            one.heading,
            one.sentence,
            "; ".join(_places(one.citations)),
            " … ".join(_quotes(one.citations, texts)),
            "; ".join(one.notes),
            " | ".join(
                f"{reason}: {other.sentence} ({'; '.join(_places(other.citations))})" for reason, other in one.against
            ),
            one.claim.value,
        ]
        for one in said
    ]
    if form == "csv":
        return _csv(header, rows)
    return _json([dict(zip(header, row, strict=True)) for row in rows])


def measured_text(graph: Graph, table: "Table", form: str, language: str = "en") -> str:
    """Return what a measure answers, as `table`, `csv` or `json`: things, values and where that is said."""
    nodes = [NamedNode(iri) for row in table.rows for iri in row.things]
    labels = {node.value: label for node, label in graph.labels(nodes, language).items()}
    ranks = table.ranks()
    if form == "json":
        return _json([_measured_record(row, table, labels, ranks) for row in table.rows])
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
        return _csv(header, rows)
    notes = ["", *(f"  {note}" for note in table.notes)] if table.notes else []
    return "\n".join([_table(header, rows), _counted(len(rows)), *map(visible, notes)])


def network_text(network: "nx.MultiDiGraph[str]", form: str, language: str = "en") -> str:
    """Return the edges of a network, as `table`, `csv` or `json`; JSON has its nodes too."""
    label = "label_es" if language == "es" else "label"
    if form == "json":
        edges = [
            {"start": start, "end": end, "key": key, **data}
            for start, end, key, data in network.edges(keys=True, data=True)
        ]
        return _json({"graph": network.graph, "nodes": [data for _, data in network.nodes(data=True)], "edges": edges})
    names = ["weight", "via_label", "kind", "status", "date", "amount", "currency", "modality", "said_at"]
    names += _ALSO_IN_CSV if form == "csv" else []
    used = [name for name in names if any(name in data for _, _, data in network.edges(data=True))]
    header = ["from", "edge", "to", *(_HEADINGS.get(name, name) for name in used)]
    header += ["from iri", "to iri"] if form == "csv" else []
    rows = []
    heaviest = sorted(network.edges(data=True), key=lambda edge: -edge[2].get("weight", 0))
    for start, end, data in heaviest:
        tie = data[label] if data["directed"] else f"{data[label]} (both ways)"
        cells = [network.nodes[start][label], tie, network.nodes[end][label]]
        cells += [_edge_cell(name, data.get(name, ""), language) for name in used]
        rows.append(cells + ([start, end] if form == "csv" else []))
    if form == "csv":
        return _csv(header, rows)
    if not rows:
        return "0 edges: nothing in this graph fits; that its sources do not say it does not mean that it is not so"
    counted = f"{network.number_of_nodes()} nodes, {_counted(len(rows), 'edge')}"
    undated = sum("earliest" not in data and "latest" not in data for _, _, data in network.edges(data=True))
    asked = network.graph.get("asked", {})
    if undated and ("from" in asked or "to" in asked):
        counted += f"; {undated} have no date and may lie in that time (--certainly keeps what lies wholly in it)"
    return "\n".join([_table(header, rows), counted])


def rows_text(header: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> str:
    """Return plain rows as `table`, `csv` or `json`."""
    if form == "json":
        return _json([dict(zip(header, row, strict=True)) for row in rows])
    return _csv(header, rows) if form == "csv" else _table(header, rows)


def _paragraphs(said: Sequence[Said], texts: Texts) -> list[str]:
    lines, heading = [], ""
    for one in said:
        if one.heading != heading:
            heading = one.heading
            lines += ["", heading.capitalize()]
        lines += [visible(f"  {one.sentence}"), *_evidence_lines(one, texts, "      ")]
        lines += [visible(f"      note: {note}") for note in one.notes]
        for reason, other in one.against:
            lines += [
                visible(f"    ! but: {other.sentence}"),
                *_evidence_lines(other, texts, "      ! "),
                visible(f"      ! why: {reason}"),
            ]
    return lines


def _evidence_lines(one: Said, texts: Texts, indent: str) -> list[str]:
    lines = []
    for citation in one.citations:
        quote = texts.quote(*_span(citation))
        lines.append(visible(f"{indent}{citation}" + (f"  “{quote}”" if quote else "")))
    return lines


def _record(answer: Answer, row: Sequence[Term | None], texts: Texts) -> dict[str, object]:
    record: dict[str, object] = {}
    for name, term in zip(answer.columns, row, strict=True):
        if isinstance(term, NamedNode):
            record[name] = {"iri": term.value, "label": answer.labels.get(term)}
        else:
            record[name] = _number(term) if isinstance(term, Literal) else None if term is None else str(term)
    if answer.citations:
        record[_free("said_at", answer.columns)] = [
            {
                "source": c.source,
                "paragraph": c.paragraph,
                "sentence": c.sentence,
                "start": c.start,
                "end": c.end,
                "digest": c.digest,
                "quote": texts.quote(*_span(c)),
            }
            for c in answer.cited(tuple(row))
        ]
        remarks = [answer.remarks[claim] for claim in answer.claims(tuple(row)) if claim in answer.remarks]
        record[_free("implied", answer.columns)] = any(remark.implied for remark in remarks)
        record[_free("notes", answer.columns)] = [note for remark in remarks for note in remark.notes]
    return record


def _measured_record(
    row: "Row", table: "Table", labels: Mapping[str, str], ranks: Mapping[tuple[str, ...], int]
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


def _some(places: Sequence[str], most: int = 3) -> str:
    rest = len(places) - most
    return "; ".join(places[:most]) + (f"; and {rest} more" if rest > 0 else "")


def _number(literal: Literal) -> object:
    kind = literal.datatype.value.rpartition("#")[2]
    if kind == "integer":
        return int(literal.value)
    return literal.value == "true" if kind == "boolean" else literal.value


def _plain(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else "" if term is None else str(term)


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a column name that the query does not use itself."""
    return name if name not in taken else _free(f"{name}_", taken)


def _said_at(answer: Answer, row: tuple[Term | None, ...]) -> str:
    """Return where the claims of a row are said; a place at which one is only implied says so."""
    said = []
    for claim in answer.claims(row):
        implied = claim in answer.remarks and answer.remarks[claim].implied
        said += [f"{place} (implied)" if implied else place for place in _places(answer.citations[claim])]
    return "; ".join(dict.fromkeys(said))


def _notes(answer: Answer, row: tuple[Term | None, ...]) -> list[str]:
    return [note for claim in answer.claims(row) if claim in answer.remarks for note in answer.remarks[claim].notes]


def _footnotes(answer: Answer) -> list[str]:
    """Return the editor's notes on the claims of an answer, each with the place that it is about, none twice."""
    notes = {
        f"  {', '.join(_places(answer.citations[claim]))}: {note}": None
        for row in answer.rows
        for claim in answer.claims(row)
        if claim in answer.remarks
        for note in answer.remarks[claim].notes
    }
    return ["", "Notes of the editor:", *map(visible, notes)] if notes else []


def _spoken(term: Term | None) -> str:
    if isinstance(term, Literal) and term.datatype.value == EDTF:
        return words(term.value)
    return _plain(term).removeprefix(DATA)


def _places(citations: Sequence[Citation]) -> list[str]:
    return list(dict.fromkeys(map(str, citations)))


def _quotes(citations: Sequence[Citation], texts: Texts) -> list[str]:
    return [quote for quote in (texts.quote(*_span(citation)) for citation in citations) if quote]


def _span(citation: Citation) -> tuple[str, int, int, str]:
    return citation.file, citation.start, citation.end, citation.digest


def _counted(number: int, noun: str = "row") -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from prettytable import HRuleStyle, PrettyTable, VRuleStyle

    if not header:
        return "(nothing)"
    table = PrettyTable(list(header), align="l", valign="t")
    table.add_rows([[visible(cell) for cell in row] for row in rows])
    table.max_width = _widths([max(map(len, column)) for column in zip(header, *rows, strict=True)], header)
    table.hrules, table.vrules, table.left_padding_width = HRuleStyle.HEADER, VRuleStyle.NONE, 0
    table.right_padding_width = 2
    return "\n".join(line.rstrip() for line in table.get_string().splitlines() if line.strip())


def _widths(natural: Sequence[int], header: Sequence[str]) -> dict[str, int]:
    """Share the width of the terminal: narrow columns get what they need, wide ones the same share of the rest."""
    left = max(get_terminal_size((120, 24)).columns, 60) - 3 * len(natural) - 1
    widths = {}
    for rank, index in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        widths[header[index]] = max(min(natural[index], left // (len(natural) - rank)), 4)
        left -= widths[header[index]]
    return widths


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\n")


def _json(found: object) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2)
