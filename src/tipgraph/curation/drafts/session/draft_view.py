"""What a person sees of the drafts of a source: paragraph by paragraph, with what the data have already."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rows.decided_rows import DecidedRow, namings
from tipgraph.curation.drafts.rows.known_claims import KnownClaim, KnownClaims
from tipgraph.curation.drafts.rows.resolved_rows import EntryKey, ResolvedRows, entry_key
from tipgraph.curation.drafts.rows.row_sentences import RowSentences
from tipgraph.curation.drafts.rows.saved_claims import ClaimReferences, SavedClaim, saved_claims
from tipgraph.curation.drafts.session.draft_decisions import (
    ACCEPTED,
    CORRECTED,
    EDITED,
    MISSED,
    REJECTED,
    REMOVED,
    DraftDecision,
)
from tipgraph.curation.drafts.session.drafted_text import DraftedText, ParagraphState
from tipgraph.model import ontology
from tipgraph.sources import Layout

_CAME: Final = (ACCEPTED, EDITED, MISSED)  # the decisions by which a claim was saved


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
            "state": self._state(decision) if decision else "later" if name in later else "open",
            "reason": decision.reason if decision else "",
            "row": decision.row if decision else "",
            "same": list(map(_known, same)),
            "against": list(map(_known, against)),
        }

    def _state(self, decision: DraftDecision) -> str:
        """Return what a decision made of a draft; one whose claim was removed since is rejected."""
        if decision.row in self._removed:
            return REJECTED
        return ACCEPTED if decision.verdict == MISSED else decision.verdict

    @cached_property
    def _removed(self) -> set[str]:
        """The claims that a person removed, and that are not there again."""
        return {decision.row for decision in self.decisions if decision.verdict == REMOVED} - self.saved.keys()

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
    def saved(self) -> dict[str, SavedClaim]:
        """The claims of the source that quote its text, as TABLE/ID."""
        return {claim.name: claim for claim in saved_claims(self.text.source, ontology())}

    @cached_property
    def references(self) -> ClaimReferences:
        """The rows that refer to claims of the source."""
        return ClaimReferences(self.text, self.sentences.names.index, ontology())

    @cached_property
    def _rows(self) -> dict[int, list[dict[str, Any]]]:
        """The claims of the source as they are shown, by the paragraphs that they quote."""
        came = {decision.row: decision.verdict for decision in self.decisions if decision.verdict in _CAME}
        corrected = {decision.row: decision.day for decision in self.decisions if decision.verdict == CORRECTED}
        found: dict[int, list[tuple[tuple[int, int], dict[str, Any]]]] = {}
        for claim in self.saved.values():
            record = self._saved(claim) | {
                "origin": came.get(claim.name, ""),
                "corrected": corrected.get(claim.name, ""),
            }
            for number, spans in claim.places.items():
                found.setdefault(number, []).append((min(spans), record))
        return {number: [record for _, record in sorted(own, key=itemgetter(0))] for number, own in found.items()}

    def _saved(self, claim: SavedClaim) -> dict[str, Any]:
        row, own = (claim.table, claim.form), self.text.source.name
        return {
            "id": claim.name,
            "table": claim.table,
            "reads": self.sentences.reads(*row, own),
            "cells": claim.form,
            "labels": self.sentences.labels(*row, own),
            "classes": self.sentences.classes(*row, own),
            "quotes": list(map(list, claim.spans)),
            "words": [self.text.words[start:end] for start, end in claim.spans],
            "digest": claim.digest,
        }


def _known(claim: KnownClaim) -> Mapping[str, str]:
    return {name: value for name, value in claim._asdict().items() if value}
