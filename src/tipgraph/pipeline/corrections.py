"""Corrections: requests of described persons and organizations to remove or correct a row, applied at every build.

`data/reference/corrections.csv` holds a row for each request: `what` (as `source/table/row`), `askedBy` (in what role,
never a name), `asked` and `decided` (days), `decision`, `judgeKind` (person, ai-agent or rule) and `reason`; to
correct, also `column` and `value`, as a cell.

Decision: docs/decisions/0095-a-claim-is-removed-whole.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import Fault, near, shown
from tipgraph.model import Ontology, Statement, data_iri, data_name, tip
from tipgraph.pipeline.removal import RESTS, Removal, StatementIndex
from tipgraph.sources import JUDGES, Source, cell_faults, cell_rules, masked, rows_of

BOOK: Final = "corrections"
_Paragraph: TypeAlias = tuple[NamedNode, str]  # source and number


@dataclass(frozen=True)
class Correction:
    """A granted request: its row as cells, and the file and line of the row."""

    cells: Mapping[str, str]
    file: str
    line: int

    @property
    def what(self) -> str:
        """The row to correct, as `source/table/row`."""
        return self.cells["what"]

    @property
    def node(self) -> NamedNode:
        """The node of the row."""
        return data_iri(*self.what.split("/"))

    def trace(self, before: str) -> Statement:
        """Return the statement about the corrected cell: its old value, the reason, the day and the judge."""
        was = f"{self.cells['column']} was {masked(before)!r}" if before else f"{self.cells['column']} was empty"
        words = f"{was}; {self.cells['reason']}; {self.cells['decided']}, by {JUDGES[self.cells['judgeKind']]}"
        source, _, _ = self.what.partition("/")
        return Statement(self.node, NamedNode(tip.correction), Literal(words, language="en"), data_iri(source))

    def fault(self, column: str, message: str) -> Fault:
        """Return a fault of its row."""
        return Fault(message, self.file, self.line, column)


def read_corrections(sources: Iterable[Source]) -> tuple[list[Correction], list[Fault]]:
    """Return the granted requests in the reference's table of corrections, and the faults of its rows."""
    table = next((source.books[BOOK] for source in sources if BOOK in source.books), None)
    if table is None:
        return [], []
    columns = cell_rules()[BOOK]
    message = f"is no column of this book; they are {', '.join(columns)}"
    faults = [Fault(message, shown(table.path), 1, name) for name in table.columns if name not in columns]
    granted = []
    for row in table.rows:
        correction = Correction({name: row.cells.get(name, "") for name in columns}, table.at(row), row.line)
        row_faults, cells = cell_faults(table, row), correction.cells
        if cells["decided"] and cells["decided"] < cells["asked"] and not row_faults:
            row_faults.append(correction.fault("decided", "is before it was asked; correct one of the days"))
        faults += row_faults
        if not row_faults and cells["decision"] in ("remove", "correct"):
            granted.append(correction)
    return granted, faults


def correct_rows(
    sources: Sequence[Source], granted: Iterable[Correction], terms: Ontology
) -> tuple[list[Statement], list[Fault]]:
    """Put the corrected values into the rows of sources, before these become statements.

    Returns a statement on each corrected cell, and the faults.
    """
    requests = [request for request in granted if request.cells["decision"] == "correct"]
    by_name = {source.name: source for source in sources}
    rows = rows_of(sources) if requests else {}
    traces, faults = [], []
    for correction in requests:
        what, column = correction.what, correction.cells["column"]
        if what not in rows:
            faults.append(correction.fault("what", _unknown_row(what, rows)))
        elif column == "id":
            faults.append(correction.fault("column", "an id never changes; retire the row instead (retirements.csv)"))
        elif message := _unknown_column(correction, terms):
            faults.append(correction.fault("column", message))
        else:
            cells = rows[what][1].cells
            traces.append(correction.trace(cells.get(column, "")))
            cells[column] = correction.cells["value"]
            source, name, _ = what.split("/")
            tables = by_name[source].tables
            if column not in tables[name].columns:
                tables[name] = replace(tables[name], columns=(*tables[name].columns, column))
    return traces, faults


def _unknown_row(what: str, known: Iterable[str]) -> str:
    return f"{what} is no row here{near(what, known)}; write the id of a row as source/table/row, or take this row out"


def _unknown_column(correction: Correction, terms: Ontology) -> str:
    """Return the message about a column that the table of a row does not have; an empty string if it has it."""
    table, column = correction.what.split("/")[1], correction.cells["column"]
    base = terms.tables.get(table, "")
    columns = {"type", *(name for cls in terms.below(base) for name in terms.columns(cls))} if base else set()
    if not base or column.partition("@")[0] in columns:
        return ""
    return f"{column!r} is no column of {table}; they are {', '.join(sorted(columns - {'source'}))}"


def remove_rows(
    statements: list[Statement], granted: Sequence[Correction], terms: Ontology
) -> tuple[list[Statement], list[Fault]]:
    """Remove the rows of granted requests from statements with merged nodes, and all that depends on them.

    A request for a node that was merged is one for the thing that it became.
    """
    removals = [correction for correction in granted if correction.cells["decision"] == "remove"]
    if not removals:
        return statements, []
    index = StatementIndex(statements, terms)
    taken, faults, covered = Removal(index), [], _covered(index, index.claims)
    for correction in removals:
        node = next(index.values(correction.node, tip.canonical), correction.node)
        if node in index.about:
            taken.take({node: "remove"})
        else:
            message = _unknown_row(correction.what, (data_name(known.value) for known in index.about))
            faults.append(correction.fault("what", message))
    taken.take_unspoken()
    bare = covered - _covered(index, [claim for claim in index.claims if claim not in taken.nodes])
    taken.take(dict.fromkeys((node for node in index.about if _paragraph(index, node) in bare), RESTS))
    return taken.left(), faults


def _covered(index: StatementIndex, claims: Iterable[NamedNode]) -> set[_Paragraph]:
    """Return the paragraphs that some claims cite."""
    spans = (span for claim in claims for span in index.values(claim, tip.evidence))
    return {
        _place(part) for span in spans for part in index.about.get(span, ()) if part.predicate.value == tip.paragraph
    }


def _paragraph(index: StatementIndex, node: NamedNode) -> _Paragraph | None:
    """Return the paragraph of a row of the coverage map; None for any other node."""
    if "Paragraph" not in index.classes(node):
        return None
    return next((_place(part) for part in index.about[node] if part.predicate.value == tip.number), None)


def _place(statement: Statement) -> _Paragraph:
    return statement.source, statement.object.value
