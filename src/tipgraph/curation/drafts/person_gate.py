"""The gate of all drafts, of rules and of models: none holds a probable name of a person in any cell.

A cell with one is emptied if the claim can do without it; else the draft is dropped. Both are counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rules.mentions.body_names import explained_names
from tipgraph.model import Column, Ontology, ontology
from tipgraph.sources import Gate, TextKind, gate_of

EMPTIED: Final = "a cell of a draft may name a person, and was emptied"
DROPPED: Final = "a draft may name a person"
_LABELS: Final = frozenset({"label", "name", "title"})
_LEAST: Final = 2  # cells of a draft that tells something


class PersonGate:
    """Takes the probable names of persons out of the drafts of a text; `dropped` counts them, by what was done."""

    def __init__(self, text: DraftText, terms: Ontology | None = None) -> None:
        self.dropped: Counter[str] = Counter()
        self._terms = terms or ontology()
        bodies = (name for sentence in text.sentences for name in explained_names(sentence.text))
        self._gate: Gate = gate_of([text.source, *text.others], self._terms, bodies)
        self._source = text.source.name

    def passed(self, draft: Draft) -> Draft | None:
        """Return a draft without names of persons; None if nothing is left of it."""
        columns = self._terms.columns(self._terms.tables[draft.table])
        naming = [name for name, cell in draft.cells.items() if self._names(columns.get(name.partition("@")[0]), cell)]
        entries = tuple(one for one in draft.entries if not self._is_person(one))
        if not naming and entries == draft.entries:
            return draft
        cells: Mapping[str, str] = {name: cell for name, cell in draft.cells.items() if name not in naming}
        is_needed = any(name not in columns or columns[name].needed for name in naming)
        if is_needed or len(cells) < _LEAST or not self._uses_only(cells, draft, entries):
            self.dropped[DROPPED] += 1
            return None
        self.dropped[EMPTIED] += len(naming)
        return replace(draft, cells=cells, entries=entries)

    def _names(self, column: Column | None, cell: str) -> bool:
        """Tell whether a cell of a column may name a person; codes, dates and figures do not."""
        if column is None or column.name in _LABELS:
            return self._may_name(cell, "prose")
        if column.refers:
            return self._may_be(cell, "places" if column.refers == "Place" else "")
        return column.is_text and not column.scheme and self._may_name(cell, "draft")

    def _is_person(self, entry: Entry) -> bool:
        return any(self._may_be(cell, entry.table) for name, cell in entry.cells.items() if name != "type")

    def _may_be(self, label: str, table: str) -> bool:
        """Tell whether a label may name a person, also by one word that no list has, as within a sentence."""
        if table == "places":
            return self._may_name(label, "place")
        return any(self._may_name(part if " " in part else f"by {part}", "prose") for part in label.split(" | "))

    def _may_name(self, cell: str, kind: TextKind) -> bool:
        return bool(self._gate.names(cell, kind, self._source))

    def _uses_only(self, cells: Mapping[str, str], draft: Draft, entries: tuple[object, ...]) -> bool:
        """Tell whether no cell needs an entry that was taken out."""
        gone = {one.cells.get("label", "") for one in draft.entries if one not in entries}
        return gone.isdisjoint(part for cell in cells.values() for part in cell.split(" | "))
