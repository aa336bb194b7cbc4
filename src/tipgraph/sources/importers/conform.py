"""Fit rows to the ontology, so that a build can read all rows of an import.

A cell that does not fit is left out, and so is a row without its needed cells; each is a fault.
"""

from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import Fault
from tipgraph.model import REFERENCE_NAME, Ontology, Statement, data_iri
from tipgraph.sources.folder import Source
from tipgraph.sources.importers.row_builder import Cells
from tipgraph.sources.source_tables import Index, Reading, RowReader, Target, index_of


class FittedRow(NamedTuple):
    """A row without the cells that do not fit (None: left out), its statements and its faults."""

    cells: Cells | None
    statements: list[Statement]
    faults: list[Fault]


class RowFitter:
    """Fits the rows of one source to the ontology."""

    def __init__(self, source: str, terms: Ontology, reference: Source) -> None:
        self.ontology = terms
        self.source = Source(Path(source))
        self._reading = Reading()
        self.index: Index = _StreamIndex(terms, reference)
        self._reader = RowReader(self.source, terms, self.index, self._reading)

    def row(self, table: str, cells: Cells) -> FittedRow:
        """Return a row without the cells that do not fit."""
        statements, faults = self._read(table, cells)
        if not faults:
            return FittedRow(cells, statements, faults)
        wrong = {fault.column for fault in faults}
        fitting = {name: cell for name, cell in cells.items() if name not in wrong}
        statements, missing = self._read(table, fitting)
        left_out = [Fault(f"{self.class_of(table, cells)}: the row was left out", column="")] * bool(missing)
        return FittedRow(None if missing else fitting, [] if missing else statements, faults + left_out)

    def settings(self) -> list[Statement]:
        """Return the statements about the source itself."""
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


class _StreamIndex(Index):
    """The rows that a stream can refer to: its own, which the reader has written, and those of the reference."""

    def __init__(self, terms: Ontology, reference: Source) -> None:
        super().__init__()
        self._ontology = terms
        self._reference = index_of([reference], terms, [])

    def candidates(self, source: str, value: str) -> list[Target]:
        """Return the node of `table/id`, or the candidates of the reference; none for another form."""
        parts = value.split("/")
        if parts[0] == REFERENCE_NAME:
            return self._reference.candidates(source, value)
        table, name = parts if len(parts) == 2 else ("evidence", parts[-1])
        if table not in self._ontology.tables:
            return []
        return [Target(data_iri(source, table, name), self._ontology.tables[table])]
