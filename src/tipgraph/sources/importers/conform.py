"""Rows as the ontology lets them be, so that what an import writes is what a build reads.

A cell that does not fit is left out, and a row that then lacks what it needs too; both are listed.
"""

from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault
from tipgraph.model import REFERENCE_NAME, Ontology, Statement, data_iri
from tipgraph.sources.folder import Source
from tipgraph.sources.importers.row_builder import Cells
from tipgraph.sources.source_tables import Index, Reading, RowReader, Target, index_of


class Fitted(NamedTuple):
    """What is left of a row, none where nothing is; its statements; and what did not fit."""

    cells: Cells | None
    statements: list[Statement]
    faults: list[Fault]


class Fitting:
    """Fits the rows of one source."""

    def __init__(self, source: str, terms: Ontology, reference: Source) -> None:
        """Fit rows to an ontology; what they refer to is theirs, or stands in the reference."""
        self.ontology = terms
        self.source = Source(Path(source))
        self._reading = Reading()
        self.index: Index = _Own(terms, reference)
        self._reader = RowReader(self.source, terms, self.index, self._reading)

    def row(self, table: str, cells: Cells) -> Fitted:
        """Return a row without the cells that do not fit."""
        statements, faults = self._read(table, cells)
        if not faults:
            return Fitted(cells, statements, faults)
        wrong = {fault.column for fault in faults}
        kept = {name: cell for name, cell in cells.items() if name not in wrong}
        statements, missing = self._read(table, kept)
        lost = [Fault(f"{self.class_of(table, cells)}: the row was left out", column="")] * bool(missing)
        return Fitted(None if missing else kept, [] if missing else statements, faults + lost)

    def settings(self) -> list[Statement]:
        """Return what is said of the source itself."""
        self._reader.settings()
        statements, self._reading.statements = self._reading.statements, []
        return statements

    def class_of(self, table: str, cells: Cells) -> str:
        """Return the class of a row."""
        return cells.get("type") or self.ontology.tables[table]

    def _read(self, table: str, cells: Cells) -> tuple[list[Statement], list[Fault]]:
        self._reader.row(table, cells)
        statements, self._reading.statements = self._reading.statements, []
        faults, self._reading.faults = self._reading.faults, []
        return statements, faults


class _Own(Index):
    """The rows that references of a stream can mean: what a reader refers to, it has written; and the reference's."""

    def __init__(self, terms: Ontology, reference: Source) -> None:
        super().__init__()
        self._ontology = terms
        self._reference = index_of([reference], terms, [])

    def candidates(self, source: str, value: str) -> list[Target]:
        """Return the node of a reference `table/id`, or of one into the reference; none for what is neither."""
        parts = value.split("/")
        if parts[0] == REFERENCE_NAME:
            return self._reference.candidates(source, value)
        table, name = parts if len(parts) == 2 else ("evidence", parts[-1])
        if table not in self._ontology.tables:
            return []
        return [Target(data_iri(source, table, name), self._ontology.tables[table])]
