"""The row that a decision writes: what it names in the data is a row there, and the rest are new entries.

The page shows a draft as this row, and a decision writes the same one, so that nothing else is saved than was shown.

Decision: docs/decisions/0169-a-draft-is-shown-as-the-row-that-is-written.md.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rows.decided_rows import DecidedRow
from tipgraph.curation.drafts.rows.row_sentences import filled, parts
from tipgraph.model import Column, Ontology
from tipgraph.sources import RowNames, compared_name

EntryKey: TypeAlias = tuple[str, str]  # the table and the compared label of a new entry
NOT_RENAMED: Mapping[EntryKey, str] = MappingProxyType({})
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

    def row(self, row: DecidedRow, renamed: Mapping[EntryKey, str] = NOT_RENAMED) -> DecidedRow:
        """Return a row with references in place of the names that rows have, and without entries that are such rows.

        A name of several rows stays as it is, and no entry is added for it.
        """
        labels = [(entry_key(entry), entry.cells.get("label", "")) for entry in row.entries]
        known = {key[1]: (label, renamed.get(key, "")) for key, label in labels}
        cells = self._resolved(row.table, row.cells, known)
        every = [Entry(entry.table, self._resolved(entry.table, entry.cells, known)) for entry in row.entries]
        entries = [entry for at, entry in enumerate(every) if entry not in every[:at]]
        named = {compared_name(part) for _, part in self._references(row)}
        after = self._references(DecidedRow(row.table, cells, entries, row.spans))
        unknown = {compared_name(part) for column, part in after if not self._names.references(column, part)}
        return DecidedRow(row.table, cells, [one for one in entries if self._is_new(one, named, unknown)], row.spans)

    def renames(self, shown: DecidedRow, decided: DecidedRow) -> dict[EntryKey, str]:
        """Return the new labels of new entries that a person renamed: in a cell, one is gone and one has come."""
        before, after = ({entry_key(entry)[1]: entry for entry in row.entries} for row in (shown, decided))
        found = {}
        for name, column in filled(self._terms, shown.table, shown.cells).items():
            cells = (row.cells.get(name, "") for row in (shown, decided)) if column.refers else ("", "")
            old, new = ({compared_name(part) for part in parts(column, cell)} for cell in cells)
            if len(old - new) == len(new - old) == 1 and old - new <= set(before) and new - old <= set(after):
                found[entry_key(before[(old - new).pop()])] = after[(new - old).pop()].cells["label"]
        return found

    def _is_new(self, entry: Entry, named: set[str], unknown: set[str]) -> bool:
        """Tell whether an entry is to be added: a cell names it that names no row, or else no row has its label."""
        table, label = entry_key(entry)
        return label in unknown or not (label in named or self._names.rows(self._terms.tables[table], label))

    def _resolved(self, table: str, cells: Mapping[str, str], known: _Labels) -> dict[str, str]:
        columns = {name: column for name, column in filled(self._terms, table, cells).items() if column.refers}
        return {name: " | ".join(self._part(columns[name], part, known) for part in parts(columns[name], cell))
                if name in columns else cell for name, cell in cells.items()}  # fmt: skip

    def _part(self, column: Column, part: str, known: _Labels) -> str:
        """Return the reference that a name or a person's label of it means, or else the label of a new entry."""
        label, renamed = known.get(compared_name(part), (part, ""))
        every = (self._names.references(column, name) for name in (part, renamed) if name)
        rows = next(filter(None, every), [label])
        return rows[0] if len(rows) == 1 else part

    def _references(self, row: DecidedRow) -> Iterator[tuple[Column, str]]:
        """Yield the names in the cells of a row and of its new entries."""
        for table, cells in ((row.table, row.cells), *((entry.table, entry.cells) for entry in row.entries)):
            for name, column in filled(self._terms, table, cells).items():
                if column.refers:
                    yield from ((column, part) for part in parts(column, cells[name]))


def entry_key(entry: Entry) -> EntryKey:
    """Return what two new entries have in common if they are the same: the table and the label."""
    return entry.table, compared_name(entry.cells.get("label", ""))
