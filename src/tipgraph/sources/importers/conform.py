"""Fit rows to the ontology, so that a build can read all rows of an import.

A cell that does not fit is left out, and so is a row without its needed cells; each is a fault.
"""

from pathlib import Path

from tipgraph.errors import Fault
from tipgraph.model import REFERENCE_NAME, Ontology, data_iri
from tipgraph.sources.folder import Source
from tipgraph.sources.importers.row_builder import Cells
from tipgraph.sources.source_tables import Index, Reading, RowReader, Target, index_of


class RowFitter:
    """Fits the rows of one source to the ontology."""

    def __init__(self, source: str, terms: Ontology, reference: Source) -> None:
        self.ontology = terms
        self.index: Index = _ImportIndex(terms, reference)
        self._reading = Reading()
        self._reader = RowReader(Source(Path(source)), terms, self.index, self._reading)

    def row(self, table: str, cells: Cells) -> tuple[Cells | None, list[Fault]]:
        """Return a row without the cells that do not fit (None: it is left out), and the faults."""
        faults = self._faults(table, cells)
        if not faults:
            return cells, []
        wrong = {fault.column for fault in faults}
        fitting = {name: cell for name, cell in cells.items() if name not in wrong}
        if not self._faults(table, fitting):
            return fitting, faults
        return None, [*faults, Fault(f"{self.class_of(table, cells)}: the row was left out", column="")]

    def class_of(self, table: str, cells: Cells) -> str:
        """Return the class of a row."""
        return cells.get("type") or self.ontology.tables[table]

    def _faults(self, table: str, cells: Cells) -> list[Fault]:
        self._reader.row(table, cells)
        self._reading.statements.clear()
        faults, self._reading.faults = self._reading.faults, []
        return faults


class _ImportIndex(Index):
    """The rows that an import can refer to: its own, which the reader has written, and those of the reference."""

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
