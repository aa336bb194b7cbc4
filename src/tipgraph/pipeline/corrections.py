"""What those who are described asked to have removed or corrected, applied at every build.

`data/reference/corrections.csv` holds a row for each request: `what` (as `source/table/row`), `askedBy` (in what part,
never a name), `asked` and `decided` (days), `decision`, `judgeKind` (person, ai-agent or rule) and `reason`; to
correct, also `column` and `value`, as a cell.

Decision: docs/decisions/0101-corrections-apply-in-two-steps.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import Fault, shown
from tipgraph.model import Ontology, Statement, data_iri, data_name, is_day, tip
from tipgraph.pipeline.removal import RESTS, Taken, Web
from tipgraph.sources import JUDGES, Row, Source, Table, masked

BOOK: Final = "corrections"
DECISIONS: Final = ("remove", "correct", "keep", "open")
_SAID: Final = {
    "what": "what", "decision": "decision", "column": "column", "value": "value", "reason": "reason",
    "judge_kind": "judgeKind", "decided": "decided",
}  # fmt: skip
_ACTING: Final = frozenset({"remove", "correct"})
ASKED_BY: Final = ("described", "advocate", "source", "editor")
COLUMNS: Final = ("id", "what", "askedBy", "asked", "decision", "judgeKind", "decided", "column", "value", "reason")


@dataclass(frozen=True)
class Correction:
    """One request that was granted: the row it is about, the decision, why, by whom and when, the cell to correct."""

    what: str
    decision: str
    column: str
    value: str
    reason: str
    judge_kind: str
    decided: str
    file: str
    line: int

    @property
    def node(self) -> NamedNode:
        """The node of the row."""
        return data_iri(*self.what.split("/"))

    def trace(self, before: str) -> Statement:
        """Return what the graph says of the corrected cell, which held another value before."""
        was = f"{self.column} was {masked(before)!r}" if before else f"{self.column} was empty"
        words = f"{was}; {self.reason}; {self.decided}, by {JUDGES[self.judge_kind]}"
        source, _, _ = self.what.partition("/")
        return Statement(self.node, NamedNode(tip.correction), Literal(words, language="en"), data_iri(source))

    def fault(self, column: str, message: str) -> Fault:
        """Return a fault of its row."""
        return Fault(message, self.file, self.line, column)


def read_corrections(sources: Iterable[Source]) -> tuple[list[Correction], list[Fault]]:
    """Read the book of corrections of the reference among sources: what was decided to be done, and faults of rows."""
    table = next((source.books[BOOK] for source in sources if BOOK in source.books), None)
    if table is None:
        return [], []
    strange = (name for name in table.columns if name not in COLUMNS)
    faults = [Fault(f"is no column of this book; they are {', '.join(COLUMNS)}", shown(table.path), 1, name)
              for name in strange]  # fmt: skip
    acting = []
    for row in table.rows:
        wrong = list(_row_faults(table, row))
        faults += wrong
        if not wrong and row.cells["decision"] in _ACTING:
            said = {field: row.cells.get(name, "") for field, name in _SAID.items()}
            acting.append(Correction(**said, file=table.at(row), line=row.line))
    return acting, faults


def _row_faults(table: Table, row: Row) -> Iterator[Fault]:
    def fault(column: str, message: str) -> Fault:
        return Fault(message, table.at(row), row.line, column)

    cells = {name: row.cells.get(name, "") for name in COLUMNS}
    needed = ["id", "what", "askedBy", "asked", "decision"]
    needed += ["judgeKind", "decided", "reason"] if cells["decision"] != "open" else []
    needed += ["column"] if cells["decision"] == "correct" else []
    yield from (fault(name, "is empty, and this row needs it; fill it in") for name in needed if not cells[name])
    for name, known in (("decision", DECISIONS), ("askedBy", ASKED_BY), ("judgeKind", JUDGES)):
        if cells[name] and cells[name] not in known:
            yield fault(name, f"{cells[name]!r} is none of {', '.join(known)}")
    for name in ("asked", "decided"):
        if cells[name] and not is_day(cells[name]):
            yield fault(name, f"{cells[name]!r} is no day; write it as 2026-11-26")
    if is_day(cells["asked"]) and is_day(cells["decided"]) and cells["decided"] < cells["asked"]:
        yield fault("decided", "is before it was asked; correct one of the days")
    if cells["what"] and cells["what"].count("/") != 2:
        yield fault("what", f"{cells['what']!r} names no row; write source/table/row, as oas-cim-2005/funding/p13-1")


def correct(
    sources: Sequence[Source], asked: Iterable[Correction], terms: Ontology
) -> tuple[list[Statement], list[Fault]]:
    """Put the values that were decided into the rows of sources, before these are read.

    Returns a statement on each, which says what it was, why, when and by which kind of judge, and the faults.
    """
    by_name = {source.name: source for source in sources}
    known = {f"{source.name}/{table.name}/{row.cells.get('id')}": row
             for source in sources for table in source.tables.values() for row in table.rows}  # fmt: skip
    traces, faults = [], []
    for one in (one for one in asked if one.decision == "correct"):
        if one.what not in known:
            faults.append(one.fault("what", _unknown(one.what, known)))
        elif one.column == "id":
            faults.append(one.fault("column", "an id is written once; retire the row instead (retirements.csv)"))
        elif message := _strange(one, terms):
            faults.append(one.fault("column", message))
        else:
            cells = known[one.what].cells
            traces.append(one.trace(cells.get(one.column, "")))
            cells[one.column] = one.value
            tables, name = by_name[one.what.partition("/")[0]].tables, one.what.split("/")[1]
            if one.column not in tables[name].columns:
                tables[name] = replace(tables[name], columns=(*tables[name].columns, one.column))
    return traces, faults


def _unknown(what: str, known: Iterable[str]) -> str:
    near = get_close_matches(what, known, n=1)
    perhaps = f" (perhaps {near[0]})" if near else ""
    return f"{what} is no row here{perhaps}; write the id of a row as source/table/row, or take this row out"


def _strange(one: Correction, terms: Ontology) -> str:
    """Say why the table of a row has no such column; nothing where it has."""
    base = terms.tables.get(one.what.split("/")[1], "")
    columns = {"type", *(name for cls in terms.below(base) for name in terms.columns(cls))} if base else {one.column}
    if one.column.partition("@")[0] in columns:
        return ""
    return (
        f"{one.column!r} is no column of {one.what.split('/')[1]}; they are {', '.join(sorted(columns - {'source'}))}"
    )


def remove(
    statements: list[Statement], asked: Sequence[Correction], terms: Ontology
) -> tuple[list[Statement], list[Fault]]:
    """Return statements, as identity leaves them, without what was decided to go and whatever rests on that.

    A request for one of the nodes that judgements join is one for the thing that they are.
    """
    going = [one for one in asked if one.decision == "remove"]
    if not going:
        return statements, []
    web = Web(statements, terms)
    taken, faults, covered = Taken(web), [], _covered(web, web.claims)
    for one in going:
        node = next(web.values(one.node, tip.canonical), one.node)
        if node in web.about:
            taken.take({node: one.decision})
        else:
            faults.append(one.fault("what", _unknown(one.what, (data_name(node.value) for node in web.about))))
    taken.take_unspoken()
    bare = covered - _covered(web, [claim for claim in web.claims if claim not in taken.nodes])
    taken.take(dict.fromkeys((node for node in web.about if _paragraph(web, node) in bare), RESTS))
    return taken.left(), faults


def _covered(web: Web, claims: Iterable[NamedNode]) -> set[tuple[NamedNode, str]]:
    """Return the paragraphs, each as source and number, that carry some claims."""
    spans = (span for claim in claims for span in web.values(claim, tip.evidence))
    return {(one.source, one.object.value) for span in spans for one in web.about.get(span, ())
            if one.predicate.value == tip.paragraph}  # fmt: skip


def _paragraph(web: Web, node: NamedNode) -> tuple[NamedNode, str] | None:
    """Return a paragraph of the coverage map as source and number; None for any other node."""
    if "Paragraph" not in web.classes(node):
        return None
    return next(((one.source, one.object.value) for one in web.about[node] if one.predicate.value == tip.number), None)
