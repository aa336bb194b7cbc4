"""What a person sees of the drafts of a source, paragraph by paragraph: what was decided, and what the data have."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.draft_file import drafts_path, read_drafts
from tipgraph.curation.drafts.draft_text import NOT_READ, DraftText
from tipgraph.curation.drafts.rows.decided_rows import NOT_RENAMED, EntryKey, ResolvedRows, entry_key, namings
from tipgraph.curation.drafts.rows.known_claims import KnownClaims, merged_nodes
from tipgraph.curation.drafts.rows.row_sentences import RowSentences
from tipgraph.curation.drafts.rows.saved_claims import SavedClaim, saved_claims
from tipgraph.curation.drafts.session.draft_decisions import (
    ACCEPTED,
    CORRECTED,
    DONE,
    EDITED,
    MISSED,
    REJECTED,
    REMOVED,
    REVEALED,
    SET_ASIDE,
    blind_paragraphs,
    decisions_of,
    draft_id,
    paragraph_id,
    paragraph_ids,
)
from tipgraph.model import ontology
from tipgraph.sources import Layout, Source, SourceText, Texts, digest, paragraphs

_CAME: Final = (ACCEPTED, EDITED, MISSED)  # the decisions by which a claim was saved
_MOST: Final = 5  # claims of each kind beside a draft


@dataclass(frozen=True)
class ParagraphState:
    """A paragraph of the text: its place, its scope, and what a person has done with it.

    A `blind` one is read without its drafts, until they are `revealed`. It `is_aside` if a person said why it has no
    claims.
    """

    number: int
    id: str
    start: int
    end: int
    scope: str
    done: bool
    blind: bool
    revealed: bool
    is_aside: bool

    @property
    def is_hidden(self) -> bool:
        """Tell whether its drafts are not shown yet."""
        return self.blind and not self.revealed


class DraftView:
    """The drafts of a source by id, its paragraphs by number, and the decisions, as the tables are now; all stays."""

    def __init__(
        self,
        text: DraftText,
        drafts: Sequence[Draft],
        language: str = "en",
        *,
        layout: Layout | None = None,
        others: KnownClaims | None = None,
        renamed: Mapping[EntryKey, str] = NOT_RENAMED,
    ) -> None:
        """Look at a source.

        `others` are the claims of the other sources, which are read if they are not given. `renamed` has the labels
        that a person gave to new entries.
        """
        self.text, self._layout, self._language = text, layout, language
        self._others, self._renamed = others, renamed
        self.decisions = decisions_of(text.source)
        self.decided = {decision.id: decision for decision in self.decisions}
        spans = paragraphs(text.words, text.rule)
        ids = paragraph_ids(digest(text.words[span.start : span.end]) for span in spans)
        own_ids = {span.number: own_id for span, own_id in zip(spans, ids, strict=True)}
        labels = _own_labels(text.source)
        self.drafts = {draft_id(draft, own_ids[draft.paragraph], labels): draft
                       for draft in drafts if draft.paragraph in own_ids}  # fmt: skip
        self.by_paragraph: dict[int, dict[str, Draft]] = {number: {} for number in own_ids}
        for name, draft in self.drafts.items():
            self.by_paragraph[draft.paragraph][name] = draft
        self.paragraphs = {place.number: place for place in self._paragraphs(own_ids, is_drafted=bool(drafts))}

    def _paragraphs(self, own_ids: Mapping[int, str], *, is_drafted: bool) -> Iterator[ParagraphState]:
        """Yield the paragraphs; with drafts, some that a person reads are blind."""
        text, spans = self.text, paragraphs(self.text.words, self.text.rule)
        aside = {number for number, own_id in own_ids.items() if paragraph_id(SET_ASIDE, own_id) in self.decided}
        words = {span.number: len(text.words[span.start : span.end].split())
                 for span in spans if span.number not in text.scoped or span.number in aside}  # fmt: skip
        blind = blind_paragraphs(digest(text.words), words) if is_drafted else frozenset[int]()
        table = text.source.tables.get("paragraphs")
        scopes = {row.cells.get("number", ""): row.cells.get("scope", "") for row in (table.rows if table else ())}
        for number, start, end in ((span.number, span.start, span.end) for span in spans):
            scope, own_id = scopes.get(str(number), "").replace(NOT_READ, ""), own_ids[number]
            is_done, is_blind = paragraph_id(DONE, own_id) in self.decided, number in blind and not scope
            is_shown = is_done or paragraph_id(REVEALED, own_id) in self.decided or self._is_seen(number)
            yield ParagraphState(number, own_id, start, end, scope, is_done, is_blind, is_shown, number in aside)

    def _is_seen(self, paragraph: int) -> bool:
        """Tell whether a person has decided a draft of a paragraph, other than by a claim found without it."""
        verdicts = (self.decided[name].verdict for name in self.by_paragraph[paragraph] if name in self.decided)
        return any(verdict != MISSED for verdict in verdicts)

    def open_drafts(self, paragraph: int) -> dict[str, Draft]:
        """Return the drafts of a paragraph that have no decision, by their ids."""
        return {name: draft for name, draft in self.by_paragraph[paragraph].items() if name not in self.decided}

    def progress(self) -> dict[str, int]:
        """Return how many drafts are decided and open, and how many of the paragraphs that a person reads are done.

        A paragraph is done, too, if a person said why it has no claims.
        """
        read = [place for place in self.paragraphs.values() if not place.scope or place.is_aside]
        shown = [place.number for place in self.paragraphs.values() if not place.is_hidden]
        return {
            "decided": sum(name in self.decided for number in shown for name in self.by_paragraph[number]),
            "open": sum(len(self.open_drafts(place.number)) for place in read if not place.is_hidden),
            "done": sum(place.done or place.is_aside for place in read),
            "paragraphs": len(read),
        }

    @cached_property
    def sentences(self) -> RowSentences:
        """The sentences of rows."""
        return RowSentences(self.text.source, self.text.others, ontology(), self._language)

    @cached_property
    def resolved(self) -> ResolvedRows:
        """The rows that drafts become."""
        return ResolvedRows(self.sentences.names, ontology(), self._renamed)

    @cached_property
    def others(self) -> KnownClaims:
        """The claims of the other sources."""
        if self._others:
            return self._others
        return KnownClaims(self.text.others, self.sentences, merged_nodes(self.text.others, self.sentences))

    @cached_property
    def claims(self) -> KnownClaims:
        """The claims of the source, as those of the other sources."""
        return KnownClaims([self.text.source], self.sentences, self.others.merged)

    @cached_property
    def saved(self) -> dict[str, SavedClaim]:
        """The claims of the source that quote its text, as TABLE/ID."""
        return {claim.name: claim for claim in saved_claims(self.text.source, ontology())}

    def records(self, later: Collection[str]) -> dict[int, dict[str, Any]]:
        """Return each paragraph as it is shown; `later` are the drafts that a person has put off."""
        return {number: self._record(place, later) for number, place in self.paragraphs.items()}

    def _record(self, place: ParagraphState, later: Collection[str]) -> dict[str, Any]:
        drafts = {} if place.is_hidden else self.by_paragraph[place.number]
        return {
            **asdict(place),
            "text": self.text.words[place.start : place.end],
            "page": (self._layout.page_of(place.start, place.end) if self._layout else 0) or None,
            "drafts": [self._draft(name, draft, is_later=name in later) for name, draft in drafts.items()],
            "rows": self.rows.get(place.number, []),
        }

    def _draft(self, name: str, draft: Draft, *, is_later: bool) -> dict[str, Any]:
        decision, row = self.decided.get(name), self.resolved.draft(draft)
        state = "later" if is_later else "open"
        if decision:  # one whose claim was removed since is rejected
            is_removed = decision.row in self._removed
            state = REJECTED if is_removed else ACCEPTED if decision.verdict == MISSED else decision.verdict
        alike = [
            claim._asdict() for claims in (self.claims, self.others) for claim in claims.alike(row.table, row.cells)
        ]
        return {
            **vars(draft),
            "id": name,
            **self._statement(row.table, row.cells),
            "entries": [
                {"table": entry.table, "cells": dict(entry.cells), "rejected": entry_key(entry) in self._unwanted}
                for entry in row.entries
            ],
            "namings": [naming["name"] for naming in namings(row, self.text, self.text.source)],
            "state": state,
            "reason": decision.reason if decision else "",
            "row": decision.row if decision else "",
            "same": [claim for claim in alike if not claim["column"]][:_MOST],
            "against": [claim for claim in alike if claim["column"]][:_MOST],
        }

    def _statement(self, table: str, cells: Mapping[str, str], source: str = "") -> dict[str, Any]:
        """Return a row of a source, by default of a draft, as it is shown."""
        return {
            "table": table,
            "reads": self.sentences.reads(table, cells, source),
            "cells": dict(cells),
            "labels": self.sentences.labels(table, cells, source),
        }

    @cached_property
    def _removed(self) -> set[str]:
        """The claims that a person removed, and that are not there again."""
        return {decision.row for decision in self.decisions if decision.verdict == REMOVED} - self.saved.keys()

    @cached_property
    def _unwanted(self) -> set[EntryKey]:
        """The new entries that a person did not want to be named."""
        rejected = (draft for name, draft in self.drafts.items() if draft.table == "namings"
                    and name in self.decided and self.decided[name].verdict == REJECTED)  # fmt: skip
        return {entry_key(entry) for draft in rejected for entry in draft.entries}

    @cached_property
    def rows(self) -> dict[int, list[dict[str, Any]]]:
        """The claims of the source as they are shown, by the paragraphs that they quote."""
        came = {decision.row: decision.verdict for decision in self.decisions if decision.verdict in _CAME}
        corrected = {decision.row: decision.day for decision in self.decisions if decision.verdict == CORRECTED}
        found: dict[int, list[tuple[tuple[int, int], dict[str, Any]]]] = {}
        for name, claim in self.saved.items():
            record = {
                "id": name,
                **self._statement(claim.table, claim.form, self.text.source.name),
                "quotes": list(map(list, claim.spans)),
                "words": [self.text.words[start:end] for start, end in claim.spans],
                "digest": claim.digest,
                "origin": came.get(name, ""),
                "corrected": corrected.get(name, ""),
            }
            for number, spans in claim.places.items():
                found.setdefault(number, []).append((min(spans), record))
        return {number: [record for _, record in sorted(own, key=itemgetter(0))] for number, own in found.items()}


def _own_labels(source: Source) -> dict[str, str]:
    """Return the labels of the entries of a source by TABLE/ID."""
    return {
        f"{table.name}/{row.cells.get('id', '')}": row.cells["label"]
        for table in source.tables.values()
        for row in table.rows
        if row.cells.get("label")
    }


def drafts_left(source: Source, texts: Texts) -> int | None:
    """Return how many kept drafts of a source have no decision; None if there are none of its text as it is.

    They are those of the drafters that were asked last, as `review drafts` shows them. Raises InputError for a damaged
    file of drafts.
    """
    text = SourceText(source, texts)
    kept = read_drafts(drafts_path(source.name, text.path)) if text.path else None
    if kept is None or kept.text != digest(text.words):
        return None
    return DraftView(DraftText(source, (), text.words, text.rule), kept.drafts).progress()["open"]
