"""What a person sees of the drafts of a source: paragraph by paragraph, with what the data have already."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rows.decided_rows import DecidedRow, namings
from tipgraph.curation.drafts.rows.known_claims import KnownClaim, KnownClaims
from tipgraph.curation.drafts.rows.resolved_rows import EntryKey, ResolvedRows, entry_key
from tipgraph.curation.drafts.rows.row_sentences import RowSentences
from tipgraph.curation.drafts.session.draft_decisions import REJECTED, DraftDecision
from tipgraph.curation.drafts.session.drafted_text import DraftedText, ParagraphState
from tipgraph.model import ontology
from tipgraph.sources import Layout


class DraftView(DraftedText):
    """The drafts of a source and their decisions, as the tables are now; nothing here changes."""

    def __init__(
        self,
        text: DraftText,
        drafts: Sequence[Draft],
        layout: Layout | None,
        language: str,
        others: KnownClaims | None = None,
        renamed: Mapping[EntryKey, str] = MappingProxyType({}),
    ) -> None:
        """Look at a source.

        `others` are the claims of the other sources, which are read if they are not given. `renamed` has the labels
        that a person gave to new entries.
        """
        super().__init__(text, drafts)
        self._layout = layout
        self.sentences = RowSentences(text.source, text.others, ontology(), language)
        self.resolved = ResolvedRows(self.sentences.names, ontology(), renamed)
        self.others = others or KnownClaims(text.others, ontology(), self.sentences)
        self.claims = KnownClaims([text.source], ontology(), self.sentences, self.others)

    def records(self, later: Collection[str]) -> dict[int, dict[str, Any]]:
        """Return each paragraph as it is shown; `later` are the drafts that a person has put off."""
        return {number: self._record(paragraph, later) for number, paragraph in self.paragraphs.items()}

    def _record(self, paragraph: ParagraphState, later: Collection[str]) -> dict[str, Any]:
        drafts = {} if paragraph.is_hidden else self.by_paragraph.get(paragraph.number, {})
        return {
            "number": paragraph.number,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": self.text.words[paragraph.start : paragraph.end],
            "page": (self._layout.page_of(paragraph.start, paragraph.end) if self._layout else 0) or None,
            "kind": paragraph.scope or "prose",
            "scope": paragraph.scope,
            "done": paragraph.is_done,
            "blind": paragraph.is_blind,
            "revealed": paragraph.is_revealed,
            "drafts": [self._draft(name, draft, later) for name, draft in drafts.items()],
            "rows": self._rows.get(paragraph.number, []),
        }

    def _draft(self, name: str, draft: Draft, later: Collection[str]) -> dict[str, Any]:
        decision, row = self.decided.get(name), self.resolved.draft(draft)
        same, against = self.claims.beside(row.table, row.cells)
        return {
            "id": name,
            "sentence": draft.sentence,
            "table": row.table,
            "reads": self.sentences.reads(row.table, row.cells),
            "cells": dict(row.cells),
            "labels": self.sentences.labels(row.table, row.cells),
            "classes": self.sentences.classes(row.table, row.cells),
            "entries": list(map(self._entry, row.entries)),
            "namings": self._names(row),
            "start": draft.start,
            "end": draft.end,
            "quote": draft.quote,
            "producers": list(draft.producers),
            "state": _state(decision) if decision else "later" if name in later else "open",
            "reason": decision.reason if decision else "",
            "row": decision.row if decision else "",
            "same": list(map(_known, same)),
            "against": list(map(_known, against)),
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        return {"table": entry.table, "cells": dict(entry.cells), "rejected": entry_key(entry) in self._rejected}

    def _names(self, row: DecidedRow) -> list[str]:
        """Return the names that are saved with a row."""
        return [naming["name"] for naming in namings(row, self.text, self.text.source)]

    @cached_property
    def _rejected(self) -> set[EntryKey]:
        """The new entries that a person did not want to be named."""
        rejected = (draft for name, draft in self.drafts.items() if draft.table == "namings"
                   and name in self.decided and self.decided[name].verdict == REJECTED)  # fmt: skip
        return {entry_key(entry) for draft in rejected for entry in draft.entries}

    @cached_property
    def _rows(self) -> dict[int, list[dict[str, Any]]]:
        """The claims of the source by the paragraphs that they quote."""
        tables, terms = self.text.source.tables, ontology()
        evidence = {row.cells["id"]: row.cells for row in tables["evidence"].rows} if "evidence" in tables else {}
        found: dict[int, list[dict[str, Any]]] = {}
        for table in tables.values():
            if "evidence" not in table.columns or table.name not in terms.tables:
                continue
            for cells in (row.cells for row in table.rows):
                spans: dict[int, list[list[int]]] = {}
                for place in filter(None, map(evidence.get, map(str.strip, cells.get("evidence", "").split("|")))):
                    if place.get("digest"):
                        spans.setdefault(int(place["paragraph"]), []).append([int(place["start"]), int(place["end"])])
                reads = self.sentences.reads(table.name, cells) if spans else ""
                for number, own in spans.items():
                    record = {"name": f"{table.name}/{cells['id']}", "table": table.name, "reads": reads, "spans": own}
                    found.setdefault(number, []).append(record)
        return found


def _state(decision: DraftDecision) -> str:
    return "accepted" if decision.verdict == "missed" else decision.verdict


def _known(claim: KnownClaim) -> Mapping[str, str]:
    return {name: value for name, value in claim._asdict().items() if value}
