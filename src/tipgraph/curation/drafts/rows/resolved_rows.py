"""The row that a decision writes: what it names in the data is a row there, and the rest are new entries.

The page shows a draft as this row, and a decision writes the same one, so that nothing else is saved than was shown.

Decision: docs/decisions/0169-a-draft-is-shown-as-the-row-that-is-written.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rows.decided_rows import DecidedRow
from tipgraph.model import Column, Ontology
from tipgraph.sources import RowNames, compared_name

EntryKey: TypeAlias = tuple[str, str]  # the table and the compared label of a new entry
_Row: TypeAlias = tuple[str, Mapping[str, str]]  # its table and its cells
_Labels: TypeAlias = Mapping[str, tuple[str, str]]  # of new entries: their own, and that of a person or nothing


class ResolvedRows:
    """The rows of drafts and forms, as the data are now; `renamed` has the labels that a person gave to new entries."""

    def __init__(self, names: RowNames, terms: Ontology, renamed: Mapping[EntryKey, str]) -> None:
        """Read what names mean from `names`."""
        self._names, self._terms, self._renamed = names, terms, renamed

    def draft(self, draft: Draft) -> DecidedRow:
        """Return the row of a draft, whose new entries have the labels that a person gave them meanwhile."""
        span = (draft.start, draft.end)
        return self.row(DecidedRow(draft.table, draft.cells, draft.entries, [span]), self._renamed)

    def row(self, row: DecidedRow, renamed: Mapping[EntryKey, str] = MappingProxyType({})) -> DecidedRow:
        """Return a row with references in place of the names that rows have, and without entries that are such rows.

        A name of several rows stays as it is, and no entry is added for it.
        """
        labels = [(entry_key(entry), entry.cells.get("label", "")) for entry in row.entries]
        known = {key[1]: (label, renamed.get(key, "")) for key, label in labels}
        cells = self._resolved(row.table, row.cells, known)
        entries = [Entry(entry.table, self._resolved(entry.table, entry.cells, known)) for entry in row.entries]
        entries = [entry for at, entry in enumerate(entries) if entry not in entries[:at]]
        before = [(row.table, row.cells), *((entry.table, entry.cells) for entry in row.entries)]
        after = [(row.table, cells), *((entry.table, entry.cells) for entry in entries)]
        named = {compared_name(part) for _, part in self._parts(before)}
        unknown = {
            compared_name(part) for column, part in self._parts(after) if not self._names.references(column, part)
        }
        new = [entry for entry in entries if self._is_new(entry, named, unknown)]
        return DecidedRow(row.table, cells, new, row.spans)

    def renames(self, shown: DecidedRow, decided: DecidedRow) -> dict[EntryKey, str]:
        """Return the new labels of new entries that a person renamed: in a cell, one is gone and one has come."""
        before, after = ({entry_key(entry)[1]: entry for entry in row.entries} for row in (shown, decided))
        columns = self._columns(shown.table, shown.cells)
        found = {}
        for name, column in columns.items():
            old, new = (
                {compared_name(part) for part in _parts(column, row.cells.get(name, ""))} for row in (shown, decided)
            )
            if len(old - new) == len(new - old) == 1 and old - new <= set(before) and new - old <= set(after):
                found[entry_key(before[(old - new).pop()])] = after[(new - old).pop()].cells["label"]
        return found

    def _is_new(self, entry: Entry, named: set[str], unknown: set[str]) -> bool:
        """Tell whether an entry is to be added: a cell names it that names no row, or else no row has its label."""
        table, label = entry_key(entry)
        return label in unknown or not (label in named or self._names.rows(self._terms.tables[table], label))

    def _resolved(self, table: str, cells: Mapping[str, str], known: _Labels) -> dict[str, str]:
        columns = self._columns(table, cells)
        return {name: self._cell(columns[name], cell, known) if name in columns else cell
                for name, cell in cells.items()}  # fmt: skip

    def _cell(self, column: Column, cell: str, known: _Labels) -> str:
        return " | ".join(self._part(column, part, known) for part in _parts(column, cell))

    def _part(self, column: Column, part: str, known: _Labels) -> str:
        """Return the reference that a name or a person's label of it means, or else the label of a new entry."""
        label, renamed = known.get(compared_name(part), (part, ""))
        every = (self._names.references(column, name) for name in (part, renamed) if name)
        rows = next(filter(None, every), [label])
        return rows[0] if len(rows) == 1 else part

    def _parts(self, rows: Iterable[_Row]) -> Iterator[tuple[Column, str]]:
        """Yield the names in the cells of rows."""
        for table, cells in rows:
            for name, column in self._columns(table, cells).items():
                yield from ((column, part) for part in _parts(column, cells.get(name, "")))

    def _columns(self, table: str, cells: Mapping[str, str]) -> dict[str, Column]:
        """Return the columns of a row that name entries."""
        base = self._terms.tables[table]
        cls = cells.get("type") or base
        columns = self._terms.columns(cls if cls in self._terms.classes else base)
        return {name: column for name, column in columns.items() if column.refers}


def entry_key(entry: Entry) -> EntryKey:
    """Return what two new entries have in common if they are the same: the table and the label."""
    return entry.table, compared_name(entry.cells.get("label", ""))


def _parts(column: Column, cell: str) -> list[str]:
    parts = map(str.strip, cell.split("|") if column.many else (cell,))
    return list(filter(None, parts))
